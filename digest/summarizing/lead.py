"""The summary of one article: its lead, told apart a little.

In news nothing beats the first sentences: on the development sets every method of sumy, and a linear model over position,
centrality, title and length, stays behind them or ties. So a sentence's rank is its place, moved by at most a few places:
a paragraph's first sentence goes before others where the text has real paragraphs, a fragment goes back, and where there is
room for only two or three sentences, what the title speaks of goes first. The weights were set on the development sets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.arabic.text import key
from digest.arabic.vectors import cosine, vector
from digest.model import Article, Excerpt, Sentence
from digest.summarizing.hanging import hangs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

FEW_WORDS = 45
"""Room for two or three sentences."""
FEW_SENTENCES = 3
PARAGRAPH_START = 1.1
FRAGMENT = 2.0
FRAGMENT_WORDS = 8
TITLE = 3.0
"""Places that a sentence moves for being the first of its paragraph, for being a fragment, and for having the very words
of the title."""
LAST_CHOICES = 5
"""Sentences among which the last one is chosen that few words have room for: the one that ends closest behind the room."""
PLACE = 0.1
"""What a place further down costs there, as a share of the room."""


def summarize_article(article: Article, count: int, avoid: AbstractSet[str] = frozenset()) -> tuple[Excerpt, ...]:
    """Return up to `count` sentences of `article`, in the order of the text; its title is told beside them.

    None of the texts to `avoid` is among them.
    """
    ranked = _ranked(article, few=count <= FEW_SENTENCES, said=article.title)
    left = [sentence for sentence in ranked if sentence.text not in avoid]
    taken: list[Sentence] = []
    while len(taken) < count and (free := _standing(article, left, taken)):
        left.remove(free[0])
        taken.append(free[0])
    return _excerpts(article, taken)


def summarize_to_length(article: Article, words: int) -> tuple[Excerpt, ...]:
    """Return sentences of `article` up to the one with which they have `words` words, in the order of the text.

    In a short summary the last of them is left out where that is closer to the length. They stand alone: where the article
    has no title, the sentence that serves as one may be among them.
    """
    few = words <= FEW_WORDS
    left = _ranked(article, few=few, said="" if article.title_made else article.title)
    taken: list[Sentence] = []
    total = 0
    while total < words and (free := _standing(article, left, taken)):
        choice = free[0]
        if few and taken and total + _length(choice) > words:
            choice = _closest(free[:LAST_CHOICES], words - total, words)
            if total + _length(choice) - words > words - total:
                break
        left.remove(choice)
        taken.append(choice)
        total += _length(choice)
    return _excerpts(article, taken)


def _ranked(article: Article, *, few: bool, said: str) -> list[Sentence]:
    """Return the sentences that may be told, best first: none that is broken off, or is what was `said`."""
    title = "" if article.title_made else article.title
    about = vector([(title, 1.0)])
    paragraphs = len({sentence.paragraph for sentence in article.sentences})
    has_paragraphs = 2 < paragraphs < len(article.sentences)  # noqa: PLR2004 - a text in one or two blocks says nothing
    ranks: list[tuple[float, int, Sentence]] = []
    before = -1
    for sentence in article.sentences:
        rank = float(sentence.index)
        if few:
            rank -= TITLE * cosine(vector([(sentence.text, 1.0)]), about)
        elif has_paragraphs and sentence.paragraph != before:
            rank -= PARAGRAPH_START
        before = sentence.paragraph
        if _length(sentence) < FRAGMENT_WORDS:
            rank += FRAGMENT
        if sentence.whole and key(sentence.text) != key(said):
            ranks.append((rank, sentence.index, sentence))
    return [sentence for _, _, sentence in sorted(ranks, key=lambda item: item[:2])]


def _standing(article: Article, left: Sequence[Sentence], taken: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences of `left` that can be told now: those that hang on one before need that to be told."""
    told = {sentence.index for sentence in taken}
    told |= {sentence.index for sentence in article.sentences if key(sentence.text) == key(article.title)}
    return [sentence for sentence in left if not hangs(sentence) or sentence.index - 1 in told]


def _closest(choices: Sequence[Sentence], room: int, words: int) -> Sentence:
    """Return the sentence that fills `room` words with the least overrun, or the first where none does."""
    costs = [
        ((_length(sentence) - room) / words + PLACE * place, place)
        for place, sentence in enumerate(choices)
        if _length(sentence) >= room
    ]
    return choices[min(costs)[1]] if costs else choices[0]


def _length(sentence: Sentence) -> int:
    return len(sentence.text.split())


def _excerpts(article: Article, sentences: Iterable[Sentence]) -> tuple[Excerpt, ...]:
    return tuple(Excerpt(article.id, sentence) for sentence in sorted(sentences, key=lambda sentence: sentence.index))
