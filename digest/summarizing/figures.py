"""Figures side by side: how many were killed, hurt, held ... and who says so, from a story's sentences, by rules.

A figure is taken only where a number, the word it counts and what happened stand in one clause and fit each other; anything
else (dates, ages, distances, scores, a number with a word that is not in `figures.toml`) is passed over. Different claims
stand beside each other: their disagreement is the news, and nothing is averaged.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from digest.arabic.text import repair
from digest.model import Figure
from digest.summarizing.claims import SEGMENT_ENDS, begins_with_saying, claims_of
from digest.summarizing.counts import counts_of
from digest.summarizing.figure_words import Aligned
from digest.summarizing.hanging import hangs, names_no_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from digest.model import Article
    from digest.summarizing.claims import Claim
    from digest.summarizing.counts import Count

CARRIED_SENTENCES = 3
"""For so many sentences a speaker stays the one whom "he added" and "according to him" mean."""


def figures_of(articles: Sequence[Article]) -> tuple[Figure, ...]:
    """Return the figures of a story's articles, grouped by what they count, in the order of the text.

    A claim that one article makes several times is one figure; where it names the source once, that is the source.
    """
    found = [figure for article in articles for figure in _article_figures(article)]
    order = {kind: at for at, kind in reversed(list(enumerate((f.event, f.counted) for f in found)))}
    found.sort(key=lambda figure: order[figure.event, figure.counted])
    unique: list[Figure] = []
    for figure in found:
        same = [
            at
            for at, other in enumerate(unique)
            if (other.value, other.qualifier, other.event, other.counted, other.article)
            == (figure.value, figure.qualifier, figure.event, figure.counted, figure.article)
        ]
        if not same:
            unique.append(figure)
        elif figure.claimant and not unique[same[0]].claimant:
            unique[same[0]] = figure
    return tuple(unique)


def by_kind(figures: Iterable[Figure]) -> list[tuple[str, tuple[Figure, ...]]]:
    """Return figures that `figures_of` gave under their English headings ("civilians killed")."""
    return [
        (f"{counted} {event}".strip(), tuple(own))
        for (event, counted), own in groupby(figures, key=lambda figure: (figure.event, figure.counted))
    ]


def _article_figures(article: Article) -> Iterator[Figure]:
    speaker, age = "", 0
    for sentence in article.sentences:
        text = Aligned.of(repair(sentence.text))
        counts, claims = counts_of(text.folded), claims_of(text)
        adds = names_no_source(sentence.text) or (hangs(sentence) and begins_with_saying(text.folded))
        carried = speaker if adds and age < CARRIED_SENTENCES else ""
        for count in counts:
            claimant = _claimant(text.folded, count, counts, claims) or carried
            yield Figure(count.value, count.qualifier, count.counted, count.event, claimant, article.id, sentence.index)
        age = 0 if claims else age + 1
        speaker = claims[-1].who if claims else speaker


def _claimant(folded: str, count: Count, counts: Sequence[Count], claims: Sequence[Claim]) -> str:
    """Return who claims a count, "" where nobody is sure to.

    Whoever speaks before it in its segment does, or the source behind it. A source that stands behind counts is theirs
    alone, not that of what comes after.
    """
    segment = max((m.end() for m in SEGMENT_ENDS.finditer(folded) if m.end() <= count.start), default=0)
    segment_end = min((m.start() for m in SEGMENT_ENDS.finditer(folded) if m.start() >= count.end), default=len(folded))
    before = [claim for claim in claims if segment <= claim.start < count.start < claim.end]
    if opening := [claim.who for claim in before if not _is_trailing(folded, claim, counts)]:
        return opening[-1]
    return next((claim.who for claim in claims if claim.is_source and count.end <= claim.start < segment_end), "")


def _is_trailing(folded: str, claim: Claim, counts: Sequence[Count]) -> bool:
    """Tell whether a claim is a source that stands behind the counts it is the source of."""
    return claim.is_source and any(
        count.end <= claim.start and not SEGMENT_ENDS.search(folded[count.end : claim.start + 1]) for count in counts
    )
