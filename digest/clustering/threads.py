"""Stories across days: which story continues one that was printed before, and what in it is new.

A story of today continues an earlier one where they share an article, or where average linkage would have joined the two:
where the mean cosine of all pairs of their articles reaches the same threshold as within a day. For that a printed story
is remembered as the mean vector of its articles, since the mean cosine of all pairs is the product of the means.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from digest.arabic.text import key
from digest.arabic.vectors import Vector, cosine
from digest.clustering.stories import article_vector
from digest.model import Article, Story

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

REMEMBERED_STEMS = 300
"""Weightiest stems of a story that are remembered; the rest adds less than a hundredth to a cosine."""
KNOWN_SHARE = 0.8
"""An article of whose sentences so many were in the story before is a copy that brings nothing new."""


@dataclass(frozen=True, slots=True)
class PastStory:
    """A story as it was printed on `day`.

    `thread` is the id that it shares with the stories it continues, and `since` the day on which that was first printed.
    `articles` are ids, `sentences` keys of all sentences of the articles, `printed` the Arabic that was printed.
    """

    day: date
    id: str
    thread: str
    since: date
    headline: str
    articles: frozenset[str]
    sentences: frozenset[str]
    printed: tuple[str, ...]
    mean: Vector

    def to_json(self) -> str:
        """Return the story as JSON, the same for equal stories."""
        value = {
            "thread": self.thread,
            "since": self.since.isoformat(),
            "headline": self.headline,
            "articles": sorted(self.articles),
            "sentences": sorted(self.sentences),
            "printed": list(self.printed),
            "mean": {stem: round(weight, 5) for stem, weight in sorted(self.mean.items())},
        }
        return json.dumps(value, ensure_ascii=False)

    @classmethod
    def from_json(cls, day: date, story_id: str, text: str) -> PastStory:
        """Return the story that `to_json` made; ValueError or KeyError where the text is none."""
        value = json.loads(text)
        return cls(
            day,
            story_id,
            value["thread"],
            date.fromisoformat(value["since"]),
            value["headline"],
            frozenset(value["articles"]),
            frozenset(value["sentences"]),
            tuple(value["printed"]),
            value["mean"],
        )


@dataclass(frozen=True, slots=True)
class Thread:
    """A story of today with what was printed of it before: `past` is empty for a new story, else the latest come last.

    `news` are the articles that bring something new, without the sentences that were known.
    """

    story: Story
    past: tuple[PastStory, ...]
    news: tuple[Article, ...]

    @property
    def evidence(self) -> Story:
        """The story as it is summarised: without near copies, and the articles that bring news without what was known."""
        fresh = {article.id: article for article in self.news} if self.past else {}
        articles = tuple(fresh.get(article.id, article) for article in self.story.originals)
        return Story(self.story.id, articles)

    @property
    def id(self) -> str:
        """The id of the thread: that of its first story."""
        return self.past[-1].thread if self.past else self.story.id

    @property
    def since(self) -> date | None:
        """The day on which the thread was first printed, None for a new one."""
        return self.past[-1].since if self.past else None

    @property
    def printed(self) -> tuple[str, ...]:
        """All Arabic sentences of the thread that were printed before."""
        return tuple(text for past in self.past for text in past.printed)


def follow(stories: Iterable[Story], past: Sequence[PastStory], cut: float) -> tuple[Thread, ...]:
    """Return a thread for every story, linked to the stories of `past` that it continues.

    `cut` is the mean cosine distance up to which two groups of articles are one story. The order of `past` does not matter.
    """
    ordered = sorted(past, key=lambda one: (one.day, one.id))
    return tuple(_thread(story, ordered, 1 - cut) for story in stories)


def _thread(story: Story, past: Sequence[PastStory], least: float) -> Thread:
    ids, mean = {article.id for article in story.articles}, mean_vector(story.originals)
    linked = [one for one in past if ids & one.articles or cosine(mean, one.mean) >= least]
    if linked:
        # What the latest of them continues belongs to it too, whether or not it is still alike.
        linked = [one for one in past if one.thread == linked[-1].thread]
    known_ids = frozenset(own for one in linked for own in one.articles)
    known = frozenset(own for one in linked for own in one.sentences)
    copied = {copy for copy, _ in story.copies}
    news = []
    for article in story.articles:
        if article.id in known_ids or article.id in copied:
            continue
        fresh = tuple(sentence for sentence in article.sentences if sentence_key(sentence.text) not in known)
        if len(fresh) > (1 - KNOWN_SHARE) * len(article.sentences):
            news.append(replace(article, sentences=fresh))
    return Thread(story, tuple(linked), tuple(news))


def remembered(thread: Thread, day: date, printed: Sequence[str]) -> PastStory:
    """Return what is kept of a story that is printed on `day`."""
    story = thread.story
    return PastStory(
        day,
        story.id,
        thread.id,
        thread.since or day,
        story.articles[0].title,
        frozenset(article.id for article in story.articles),
        frozenset(sentence_key(sentence.text) for article in story.articles for sentence in article.sentences),
        tuple(printed),
        mean_vector(story.originals),
    )


def mean_vector(articles: Sequence[Article]) -> Vector:
    """Return the mean of the vectors of `articles`, cut to its weightiest stems; shorter than 1 unless they are equal."""
    total: Counter[str] = Counter()
    for article in articles:
        for stem, weight in article_vector(article).items():
            total[stem] += weight / len(articles)  # type: ignore[assignment]  # Counter takes any number
    weightiest = sorted(total.items(), key=lambda item: (-item[1], item[0]))[:REMEMBERED_STEMS]
    return {stem: float(weight) for stem, weight in weightiest}


def sentence_key(text: str) -> str:
    """Return a short key of a sentence, equal for spellings of the same words."""
    return hashlib.sha256(key(text).encode(errors="surrogatepass")).hexdigest()[:12]
