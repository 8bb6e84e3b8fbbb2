"""TF-IDF vectors of Arabic texts over folded stems, weighed by how common a word is in news at large.

The inverse document frequencies come from a fixed table of 15,315 news articles (document_frequencies.tsv, made by
training/document_frequencies.py), not from the texts at hand: in a folder of five articles on one war the name of the war
would be the commonest word and count for nothing, and the same two articles would be alike or not depending on the rest.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from digest.arabic.stems import stems

Vector = Mapping[str, float]
"""Stem to weight, of length 1 (or empty)."""


@dataclass(frozen=True, slots=True)
class DocumentFrequencies:
    """In how many of `articles` news articles each stem occurs."""

    articles: int
    counts: Mapping[str, int]

    def idf(self, stem: str) -> float:
        """Return log((1 + N) / (1 + n)), the smoothed inverse document frequency without scikit-learn's added 1."""
        return math.log((1 + self.articles) / (1 + self.counts.get(stem, 0)))


@lru_cache(maxsize=1)
def news_frequencies() -> DocumentFrequencies:
    """Return the table that ships with digest."""
    text = resources.files("digest.arabic").joinpath("document_frequencies.tsv").read_text(encoding="utf-8")
    first, *rows = text.splitlines()
    counts = (row.split("\t") for row in rows)
    return DocumentFrequencies(int(first.split("\t")[1]), {stem: int(count) for stem, count in counts})


def vector(weighted_texts: Sequence[tuple[str, float]]) -> Vector:
    """Return the vector of a document given as (text, weight) pairs: sublinear term frequency times idf, length 1.

    A text's weight multiplies its counts: a headline of weight 2 counts as if it stood there twice.
    """
    counts: Counter[str] = Counter()
    for text, weight in weighted_texts:
        for stem in stems(text):
            counts[stem] += weight  # type: ignore[assignment]  # Counter takes any number
    frequencies = news_frequencies()
    return _unit({s: (1 + math.log(n) if n > 1 else n) * frequencies.idf(s) for s, n in counts.items()})


def contrast_vectors(texts: Sequence[str]) -> list[Vector]:
    """Return a vector for each of the sentences of one story, in which what the whole story is about weighs little.

    A stem's weight is its idf in the news times its idf among `texts`, the latter scaled to at most 1: two sentences are
    not alike because both name the war, but because both name the same town, weapon and number.
    """
    sets = [set(stems(text)) for text in texts]
    among = Counter(stem for own in sets for stem in own)
    frequencies, most = news_frequencies(), math.log(1 + len(texts))
    return [
        _unit({s: frequencies.idf(s) * math.log((1 + len(texts)) / (1 + among[s])) / most for s in own}) for own in sets
    ]


def _unit(weights: Mapping[str, float]) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {stem: weight / length for stem, weight in weights.items() if weight} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    """Return the cosine of two vectors of length 1: 0 (nothing in common) to 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[stem] for stem, weight in one.items() if stem in other)
