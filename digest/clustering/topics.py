"""The heading that a story goes under, by a linear classifier whose every weight can be read (`topics.tsv`).

The probability of a heading is the softmax of the sums of its stems' weights. How the table was made, and how good it is,
is in TOPICS.md beside it. Where no heading is likely enough the story goes under "Other".
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from digest.clustering.stories import article_vector

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from digest.arabic.vectors import Vector
    from digest.model import Article

OTHER = "Other"
LEAST_CONFIDENCE = 0.5
"""In five-fold cross-validation 96 % of what is at least so likely is right, and 96 % of the articles are."""
BIAS = "*"
"""The row of the table that counts for every text; no stem is written so."""
SHOWN_STEMS = 5


@dataclass(frozen=True, slots=True)
class Topic:
    """A heading, how likely it is (0 to 1), and the stems that spoke most for it."""

    heading: str
    confidence: float
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicTable:
    """The classifier: its headings, and for every stem a weight for each."""

    headings: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]

    def to_text(self) -> str:
        """Return the table as lines of tab-separated values, the headings first."""
        rows = ["\t".join(("stem", *self.headings))]
        rows += ["\t".join((stem, *(f"{w:g}" for w in weights))) for stem, weights in sorted(self.weights.items())]
        return "\n".join(rows) + "\n"

    @classmethod
    def from_text(cls, text: str) -> TopicTable:
        """Return the table that `to_text` wrote."""
        first, *rows = text.splitlines()
        cells = (row.split("\t") for row in rows)
        return cls(tuple(first.split("\t")[1:]), {stem: tuple(map(float, weights)) for stem, *weights in cells})


@lru_cache(maxsize=1)
def bundled_topics() -> TopicTable:
    """Return the table that ships with digest."""
    return TopicTable.from_text(resources.files("digest.clustering").joinpath("topics.tsv").read_text(encoding="utf-8"))


def classify(vector: Vector, table: TopicTable) -> Topic:
    """Return the likeliest heading for a vector; it may be unlikely all the same."""
    sums = list(table.weights[BIAS])
    known = [(stem, weight, table.weights[stem]) for stem, weight in vector.items() if stem in table.weights]
    for _, weight, weights in known:
        sums = [total + weight * own for total, own in zip(sums, weights, strict=True)]
    most = max(sums)
    shares = [math.exp(total - most) for total in sums]
    best = sums.index(most)
    spoke = sorted(((-weight * weights[best], stem) for stem, weight, weights in known))[:SHOWN_STEMS]
    return Topic(table.headings[best], shares[best] / math.fsum(shares), tuple(stem for _, stem in spoke))


def topic_of(articles: Iterable[Article], names: Mapping[str, str] | None = None) -> Topic:
    """Return the topic of a story by the mean of its articles' vectors, `OTHER` where none is likely enough.

    `names` gives headings of the reader's own in place of those of the table, or of `OTHER`.
    """
    total: Counter[str] = Counter()
    count = 0
    for article in articles:
        count += 1
        for stem, weight in article_vector(article).items():
            total[stem] += weight  # type: ignore[assignment]  # Counter takes any number
    found = classify({stem: weight / max(1, count) for stem, weight in total.items()}, bundled_topics())
    heading = found.heading if found.confidence >= LEAST_CONFIDENCE else OTHER
    return Topic((names or {}).get(heading, heading), found.confidence, found.stems)
