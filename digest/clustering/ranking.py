"""In which order stories are told: a sum of parts that a reader can check, shown by `digest stories --explain`.

    outlets  log2(1 + n), n the independent outlets: those whose text is no near copy of another's
    size     0.25 log2(1 + n), n the articles, near copies included
    recency  2 to the power of -d, d the days from the latest article to the briefing's day; 1 where no article is dated
    novelty  1 for a new story, 0.5 for the update of an earlier one
    watched  2 where one of the reader's words stands in a title or among the first sentences

Equal sums go by the story's id.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.arabic.text import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from digest.model import Article, Story

SIZE_WEIGHT = 0.25
NEW, UPDATE = 1.0, 0.5
WATCHED = 2.0
LOOKED_AT = 3
"""Sentences of an article in which a watched or muted word counts: what it mentions further down it is not about."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score: its name, its value, and what it was made of in English."""

    name: str
    value: float
    because: str


@dataclass(frozen=True, slots=True)
class Score:
    """The parts of a story's rank."""

    parts: tuple[Part, ...]

    @property
    def total(self) -> float:
        """The sum of the parts."""
        return math.fsum(part.value for part in self.parts)


def outlets_of(articles: Iterable[Article]) -> tuple[str, ...]:
    """Return the outlets of `articles`, each once, in order; an article without a known one counts as its own."""
    return tuple(dict.fromkeys(article.outlet or article.origin for article in articles))


def score(story: Story, day: date, *, update: bool, watched: Sequence[str] = ()) -> Score:
    """Return the score of `story` in the briefing of `day`; `watched` are words or phrases of the reader's."""
    independent = len(outlets_of(story.originals))
    size = len(story.articles)
    dates = [article.published for article in story.articles if article.published]
    age = max(0, (day - max(dates)).days) if dates else 0
    parts = [
        Part("outlets", math.log2(1 + independent), f"{independent} independent"),
        Part("size", SIZE_WEIGHT * math.log2(1 + size), f"{size} in all"),
        Part("recency", 2.0**-age, f"{age} {'day' if age == 1 else 'days'} old" if dates else "no date known"),
        Part("novelty", UPDATE if update else NEW, "update" if update else "new"),
    ]
    if found := mentioned(story, watched):
        parts.append(Part("watched", WATCHED, found))
    return Score(tuple(parts))


def mentioned(story: Story, phrases: Sequence[str]) -> str:
    """Return the first of the `phrases` that the story is about, "" where there is none. Spelling variants are equal.

    A phrase is met word for word; a prefix written onto its first word (و, ف, ب, ل, ك, ال) does not matter.
    """
    if not phrases:
        return ""
    texts = [
        f" {key(text)} "
        for article in story.articles
        for text in (article.title, *(sentence.text for sentence in article.sentences[:LOOKED_AT]))
    ]
    for phrase in phrases:
        wanted = key(phrase)
        starts = [wanted, *(f"{prefix}{wanted}" for prefix in ("و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "فال"))]
        if wanted and any(f" {start} " in text for start in starts for text in texts):
            return phrase
    return ""
