"""LexRank centrality by sumy, over our own sentences and stems.

Sumy's Arabic sentence splitter stops after 32 splits and cuts at commas, its word pattern loses numbers and vocalised
words, and two sentences or sentences of stop words alone make it divide zero by zero. So it gets sentence objects that
carry our stems, and is not asked where it cannot answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.lex_rank import LexRankSummarizer

from digest.arabic.stems import stems

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_SENTENCES = 120
"""Sumy compares all pairs in plain Python: 120 sentences take a quarter of a second, 600 ten seconds."""


class _Stems:
    """The tokenizer that sumy's sentences ask for their words."""

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(stems(text))


class _Ratings(LexRankSummarizer):  # type: ignore[misc]  # sumy has no types
    """LexRank that hands out its ratings instead of the best sentences."""

    def _get_best_sentences(
        self, sentences: Sequence[Sentence], count: int, rating: dict[Sentence, float]
    ) -> dict[Sentence, float]:
        del sentences, count
        return rating


def centrality(sentences: Sequence[str]) -> list[float]:
    """Return how central each sentence is among all, scaled so that the most central has 1.

    At most `MAX_SENTENCES` are compared; the rest, and all where fewer than three have content words, get 0.
    """
    tokenizer = _Stems()
    compared = [Sentence(text, tokenizer) for text in sentences[:MAX_SENTENCES]]
    if sum(1 for sentence in set(compared) if sentence.words) < 3:  # noqa: PLR2004 - see above
        return [0.0] * len(sentences)
    rating = _Ratings()(ObjectDocumentModel([Paragraph(compared)]), len(compared))
    best = max(rating.values())
    scaled = [float(rating[sentence] / best) for sentence in compared]
    return scaled + [0.0] * (len(sentences) - len(compared))
