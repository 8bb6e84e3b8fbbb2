"""Choose the sentences of a summary: by place, centrality and the title, without saying one thing twice.

The score of a sentence is a sum of readable parts (`Weights`). Sentences are then taken one by one, best first, each
time lowering what repeats the ones already taken (maximal marginal relevance, Carbonell and Goldstein 1998) and what
comes from an article that has had its say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.arabic.text import fold, key, words
from digest.arabic.vectors import Vector, contrast_vectors, cosine, vector
from digest.model import Article, Excerpt, Sentence, Story, StorySummary
from digest.summarizing.hanging import hangs
from digest.summarizing.lead import summarize_article

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much. The lead weighs most: in news it beats every centrality measure on its own."""

    position: float = 1.0
    centrality: float = 0.5
    title: float = 0.5
    length: float = 0.6
    """Taken off a sentence too short to say something, too long to read, or with an address of a post in it."""
    repetition: float = 2.0
    same_article: float = 0.5


SHORTEST_WORDS = 8
LONGEST_WORDS = 55
SAME_THING = 0.30
"""Cosine of contrast vectors from which two sentences are held to say the same; the second is not taken at all. On the
pairs of sentences of the sample stories those above it do, and few of those below."""
SAME_FIGURES = 2
"""So many numbers in common (years not counted), and two sentences report the same fact in other words."""

_EMBEDDED = re.compile(r"https?://|pic\.twitter\.com|@\w")  # a post that the page ran into the paragraph
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that may be taken; `contrast` is its vector for telling repetitions."""

    article: Article
    sentence: Sentence
    score: float
    contrast: Vector
    figures: frozenset[str]


def summarize_story(
    story: Story,
    count: int,
    weights: Weights | None = None,
    *,
    said: Sequence[str] = (),
    only: frozenset[str] | None = None,
    avoid: AbstractSet[str] = frozenset(),
) -> StorySummary:
    """Return the headline of `story` and up to `count` sentences, in reading order: none where all is said.

    The headline is the title of the first article that has one. A story of several articles draws on several; that of one
    is summarised as an article is. What was `said` on earlier days, or much the same, is not said again; `only` the
    articles with these ids give sentences, the others still tell what is central. None of the texts to `avoid` is chosen.
    """
    headline = next((article.title for article in story.articles if not article.title_made), story.articles[0].title)
    if len(story.articles) == 1 and not said:
        return StorySummary(story, headline, summarize_article(story.articles[0], count, avoid))
    chosen = _choose(story.articles, headline, count, weights or Weights(), said, only, avoid)
    order = {article.id: place for place, article in enumerate(story.articles)}
    chosen.sort(key=lambda candidate: (_depth(candidate), order[candidate.article.id]))
    excerpts = tuple(Excerpt(candidate.article.id, candidate.sentence) for candidate in chosen)
    return StorySummary(story, headline, excerpts)


def _depth(candidate: _Candidate) -> float:
    """Return how far down its article a sentence stands, 0 to 1: what happened comes first, background last."""
    return candidate.sentence.index / len(candidate.article.sentences)


def _choose(
    articles: Sequence[Article],
    title: str,
    count: int,
    weights: Weights,
    said: Sequence[str],
    only: frozenset[str] | None,
    avoid: AbstractSet[str],
) -> list[_Candidate]:
    """Return the chosen candidates, best first. A sentence that is the title itself is said already."""
    known = {key(title), *map(key, said)}
    everything, told = _candidates(articles, title, weights, said)
    left = [
        candidate
        for candidate in everything
        if candidate.sentence.whole
        and candidate.sentence.text not in avoid
        and key(candidate.sentence.text) not in known
        and (only is None or candidate.article.id in only)
        and not any(_same(candidate, other) for other in told)
    ]
    taken: list[_Candidate] = []
    while len(taken) < count and (free := [candidate for candidate in left if _stands(candidate, taken, title)]):
        best = max(free, key=lambda candidate: (_worth(candidate, taken, weights), -candidate.sentence.index))
        left.remove(best)
        if not any(_same(best, other) for other in taken):
            taken.append(best)
    return taken


def _candidates(
    articles: Sequence[Article], title: str, weights: Weights, said: Sequence[str]
) -> tuple[list[_Candidate], list[_Candidate]]:
    """Return the sentences of the articles as candidates, and likewise those that were said."""
    from digest.summarizing.centrality import MAX_SENTENCES, centrality  # noqa: PLC0415 - sumy takes a second to load

    per_article = max(1, MAX_SENTENCES // len(articles))
    pairs = [(article, sentence) for article in articles for sentence in article.sentences[:per_article]]
    old = [(articles[0], Sentence(text, -1, -1)) for text in said]
    contrasts = contrast_vectors([sentence.text for _, sentence in (*pairs, *old)])
    ranks = [*centrality([sentence.text for _, sentence in pairs]), *(0.0 for _ in old)]
    about = vector([(title, 1.0)])
    candidates = []
    for (article, sentence), rank, contrast in zip((*pairs, *old), ranks, contrasts, strict=True):
        near_title = cosine(vector([(sentence.text, 1.0)]), about)
        place = max(0, sentence.index)
        score = weights.position / (1 + place) + weights.centrality * rank + weights.title * near_title
        tokens = words(fold(sentence.text))
        if not SHORTEST_WORDS <= len(tokens) <= LONGEST_WORDS or _EMBEDDED.search(sentence.text):
            score -= weights.length
        figures = frozenset(token for token in tokens if token[0].isdigit() and not _YEAR.fullmatch(token))
        candidates.append(_Candidate(article, sentence, score, contrast, figures))
    return candidates[: len(pairs)], candidates[len(pairs) :]


def _stands(candidate: _Candidate, taken: Sequence[_Candidate], title: str) -> bool:
    """Tell whether a sentence can stand in the summary: one that hangs on the sentence before needs that to be told."""
    if not hangs(candidate.sentence):
        return True
    before = candidate.sentence.index - 1
    if any(other.article.id == candidate.article.id and other.sentence.index == before for other in taken):
        return True
    return any(own.index == before and key(own.text) == key(title) for own in candidate.article.sentences)


def _worth(candidate: _Candidate, taken: Sequence[_Candidate], weights: Weights) -> float:
    """Return the score of a candidate, given what has been taken so far."""
    own = [other for other in taken if other.article.id == candidate.article.id]
    worth = candidate.score - weights.same_article * len(own)
    return worth - weights.repetition * max(
        (cosine(candidate.contrast, other.contrast) for other in taken), default=0.0
    )


def _same(one: _Candidate, other: _Candidate) -> bool:
    """Tell whether two sentences report the same thing: alike in what sets them apart from the rest, or in figures."""
    return cosine(one.contrast, other.contrast) >= SAME_THING or len(one.figures & other.figures) >= SAME_FIGURES
