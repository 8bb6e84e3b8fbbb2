"""Near copies: one text in several outlets, whole or a little changed, as agencies' reports are republished.

Two texts are near copies where most of their shingles (runs of `SHINGLE_WORDS` folded words) are the same: the exact
Jaccard coefficient (Broder 1997), asked of pairs alone whose TF-IDF vectors are nearly the same already. So no estimate by
hashing (MinHash, LSH) is needed, whose false negatives would print one text twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.arabic.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.clustering.neighbours import Neighbours
    from digest.model import Article

SHINGLE_WORDS = 4
SAME_SHINGLES = 0.5
"""Jaccard coefficient from which two texts are one. On the development set all pairs above it are one press release or
wire report with a few words changed; reports that share a quotation or a paragraph have 0.2 to 0.45."""
CONTAINED = 0.8
"""Share of the shorter text's shingles that stand in the longer one: a report cut short, or with a paragraph more."""
LEAST_SHINGLES = 20
"""Shorter texts are copies only when they are equal: a few set phrases make half of them."""
LEAST_COSINE = 0.5


def shingles(article: Article) -> frozenset[int]:
    """Return the hashes of the runs of words of an article's text, the title not counted."""
    tokens = words(fold(" ".join(sentence.text for sentence in article.sentences)))
    # Hashes of strings change from process to process; they are only compared within one.
    runs = range(max(1, len(tokens) - SHINGLE_WORDS + 1))
    return frozenset(hash(tuple(tokens[at : at + SHINGLE_WORDS])) for at in runs)


def find_copies(articles: Sequence[Article], pairs: Neighbours) -> dict[int, int]:
    """Return which articles are near copies: the place of each copy, and that of the article it is a copy of.

    Of several the one published first is the original, then the longest. An original is never a copy itself.
    """
    close = pairs.cosine >= LEAST_COSINE
    known: dict[int, frozenset[int]] = {}
    original = list(range(len(articles)))

    def root(at: int) -> int:
        while original[at] != at:
            at = original[at]
        return at

    def own(at: int) -> frozenset[int]:
        if at not in known:
            known[at] = shingles(articles[at])
        return known[at]

    for one, other in zip(pairs.first[close].tolist(), pairs.second[close].tolist(), strict=True):
        first, second = root(one), root(other)
        if first != second and are_copies(own(one), own(other)):
            earlier, later = sorted((first, second), key=lambda at: _precedence(articles[at]))
            original[later] = earlier
    return {at: root(at) for at in range(len(articles)) if root(at) != at}


def are_copies(one: frozenset[int], other: frozenset[int]) -> bool:
    """Tell whether two texts, as their shingles, are near copies."""
    if min(len(one), len(other)) < LEAST_SHINGLES:
        return one == other
    common = len(one & other)
    return common / len(one | other) >= SAME_SHINGLES or common / min(len(one), len(other)) >= CONTAINED


def _precedence(article: Article) -> tuple[int, int, str]:
    day = article.published.toordinal() if article.published else 10**7
    return (day, -len(article.sentences), article.id)
