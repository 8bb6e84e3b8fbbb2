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
from digest.summarizing.centrality import MAX_SENTENCES, centrality

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much. The lead weighs most: in news it beats every centrality measure on its own."""

    position: float = 1.0
    centrality: float = 0.5
    title: float = 0.5
    hanging: float = 0.6
    """Taken off a sentence that hangs on the one before it ("He added ..."), unless that one is taken too."""
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

# First words of sentences whose subject was named before: verbs of adding and answering, and pronouns.
_HANGING_WORDS = """
وأضاف أضاف وأضافت أضافت وأضافوا وتابع وتابعت وأوضح وأوضحت وأشار وأشارت وأكد وأكدت وشدد وشددت ولفت ولفتت وذكر وذكرت
وقال وقالت وقالوا قالوا قالت ووصف ووصفت واعتبر واعتبرت ونفى ونفت واستطرد وأردف ومضى وأعرب وأعربت ورأى ورأت وختم وبين وبينت
وهو وهي وهم وهذا وهذه وذلك هذا هذه ذلك لكنه لكنها ولكنه كما فيما بينما لكن ولكن أما ومنها ومنهم وفيها وجاء وجاءت وأفاد وأفادت
ويأتي وتأتي ويذكر يذكر يشار ويشار وكان وكانت بدوره بدورها وبدوره وبدورها
"""
_HANGING_STARTS = frozenset(key(word) for word in _HANGING_WORDS.split())


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that may be taken; `contrast` is its vector for telling repetitions."""

    article: Article
    sentence: Sentence
    score: float
    contrast: Vector
    figures: frozenset[str]


def summarize_article(article: Article, count: int, weights: Weights | None = None) -> tuple[Excerpt, ...]:
    """Return up to `count` sentences of `article` in the order of the text."""
    title = None if article.title_made else article.title
    chosen = _choose([article], title, count, weights or Weights())
    chosen.sort(key=lambda candidate: candidate.sentence.index)
    return tuple(Excerpt(article.id, candidate.sentence) for candidate in chosen)


def summarize_story(
    story: Story,
    count: int,
    weights: Weights | None = None,
    *,
    said: Sequence[str] = (),
    only: frozenset[str] | None = None,
) -> StorySummary:
    """Return the headline of `story` and up to `count` sentences, in reading order.

    What is `said` already is not said again; `only` the articles with these ids give sentences. The
    headline is the title of the first article that has one. A story of several articles draws on several.
    """
    headline = next((article.title for article in story.articles if not article.title_made), story.articles[0].title)
    known = frozenset(map(key, said))
    chosen = [
        candidate
        for candidate in _choose(story.articles, headline, count, weights or Weights())
        if key(candidate.sentence.text) not in known and (only is None or candidate.article.id in only)
    ]
    order = {article.id: place for place, article in enumerate(story.articles)}
    chosen.sort(key=lambda candidate: (_depth(candidate), order[candidate.article.id]))
    excerpts = tuple(Excerpt(candidate.article.id, candidate.sentence) for candidate in chosen)
    return StorySummary(story, headline, excerpts)


def _depth(candidate: _Candidate) -> float:
    """Return how far down its article a sentence stands, 0 to 1: what happened comes first, background last."""
    return candidate.sentence.index / len(candidate.article.sentences)


def _choose(articles: Sequence[Article], title: str | None, count: int, weights: Weights) -> list[_Candidate]:
    """Return the chosen candidates, best first. A sentence that is the title itself is said already."""
    said = None if title is None else key(title)
    left = [candidate for candidate in _candidates(articles, title, weights) if key(candidate.sentence.text) != said]
    taken: list[_Candidate] = []
    while left and len(taken) < count:
        best = max(left, key=lambda candidate: (_worth(candidate, taken, weights), -candidate.sentence.index))
        left.remove(best)
        if not any(_same(best, other) for other in taken):
            taken.append(best)
    return taken


def _candidates(articles: Sequence[Article], title: str | None, weights: Weights) -> list[_Candidate]:
    per_article = max(1, MAX_SENTENCES // len(articles))
    pairs = [(article, sentence) for article in articles for sentence in article.sentences[:per_article]]
    texts = [sentence.text for _, sentence in pairs]
    about = vector([(title or "", 1.0)])
    candidates = []
    for (article, sentence), rank, contrast in zip(pairs, centrality(texts), contrast_vectors(texts), strict=True):
        if not sentence.whole:
            continue
        near_title = cosine(vector([(sentence.text, 1.0)]), about)
        score = weights.position / (1 + sentence.index) + weights.centrality * rank + weights.title * near_title
        tokens = words(fold(sentence.text))
        if not SHORTEST_WORDS <= len(tokens) <= LONGEST_WORDS or _EMBEDDED.search(sentence.text):
            score -= weights.length
        figures = frozenset(token for token in tokens if token[0].isdigit() and not _YEAR.fullmatch(token))
        candidates.append(_Candidate(article, sentence, score, contrast, figures))
    return candidates


def _worth(candidate: _Candidate, taken: Sequence[_Candidate], weights: Weights) -> float:
    """Return the score of a candidate, given what has been taken so far."""
    own = [other for other in taken if other.article.id == candidate.article.id]
    worth = candidate.score - weights.same_article * len(own)
    worth -= weights.repetition * max((cosine(candidate.contrast, other.contrast) for other in taken), default=0.0)
    if _hangs(candidate.sentence) and all(other.sentence.index != candidate.sentence.index - 1 for other in own):
        worth -= weights.hanging
    return worth


def _hangs(sentence: Sentence) -> bool:
    """Tell whether a sentence begins as one that cannot stand alone."""
    return sentence.index > 0 and key(sentence.text).partition(" ")[0] in _HANGING_STARTS


def _same(one: _Candidate, other: _Candidate) -> bool:
    """Tell whether two sentences report the same thing: alike in what sets them apart from the rest, or in figures."""
    return cosine(one.contrast, other.contrast) >= SAME_THING or len(one.figures & other.figures) >= SAME_FIGURES
