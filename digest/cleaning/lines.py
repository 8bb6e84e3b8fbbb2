"""A line of a scraped document, and what can be told from it alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from digest.arabic.sentences import is_ended
from digest.arabic.text import arabic_letters, fold_spelling, foreign_letters, key, words

PROSE_WORDS = 6
"""A line of so many words that ends like a sentence is prose."""
UNENDED_PROSE_WORDS = 15
"""A line of so many words in the body is prose though it ends like a headline: losing text is worse than keeping it."""
LONG_WORDS = 20
"""Hardly a headline is so long; some outlets leave out the full stop at the end of a paragraph."""
SUBHEAD_WORDS = 10
SHORT_SUBHEAD_WORDS = 5
"""Few headlines are as short as this, most subheads are."""
KICKER_WORDS = 3
"""A line of so few words above a longer headline is the name of a section; with a colon behind them, of who speaks."""
FOREIGN_NAME_LETTERS = 8
"""A line may be as long as this in another script and still be a name that belongs to the text."""

_HEADLINE_DOTS = re.compile(r"[^\s.]\s?(?:\.{2,3}|…)\s*\S")
_HEADLINE_COLON = re.compile(r"^(?:\S+\s+){0,2}\S+:\s(?![\"“«])")
_SCRIPT_CHARACTERS = 160
"""How much of a line is looked at to tell its script."""
_CUT = re.compile(r"(?:\.{2,}|…)\s*$")  # how lists of headlines shorten them
_END_INSIDE = re.compile(r"[^\s.][.!?؟][»”\"]?\s+\S")
_CLOSERS = "»”\"')) "


@lru_cache(maxsize=4)  # the rules ask for one line many times over; keeping it for a million lines would cost 100 MB
def _folded(text: str) -> str:
    return fold_spelling(text)


@dataclass(frozen=True)
class Line:
    """A non-empty line, stripped; `number` counts all lines of the document from 1.

    The other attributes are worked out when first asked for, since most prose is never looked at closely.
    """

    number: int
    text: str

    @cached_property
    def key(self) -> str:
        """The comparing key of the text."""
        return key(self.text)

    @property
    def folded(self) -> str:
        """The text with its spelling united."""
        return _folded(self.text)

    @cached_property
    def word_count(self) -> int:
        """How many words the line has, by spaces."""
        return len(self.text.split())

    @cached_property
    def ended(self) -> bool:
        """Whether the line ends like a sentence."""
        return is_ended(self.text)

    @cached_property
    def is_prose(self) -> bool:
        """Whether the line reads as a paragraph wherever it stands."""
        if self.word_count < PROSE_WORDS or (self.word_count < UNENDED_PROSE_WORDS and _CUT.search(self.text)):
            return False
        return self.ended or self.text.endswith((":", "؛")) or self.word_count >= 2 * UNENDED_PROSE_WORDS

    @property
    def is_told(self) -> bool:
        """Whether the line is of a text where it stands among links: prose, or what announces a quotation or a list.

        A question may be a headline.
        """
        if self.is_prose:
            return not self.is_question
        return self.announces or self.word_count >= LONG_WORDS

    @property
    def announces(self) -> bool:
        """Whether the line ends in a colon: a quotation or a list follows."""
        return self.text.endswith(":")

    @property
    def is_short_sentence(self) -> bool:
        """Whether the line is a sentence of few words, as at the end of an article."""
        return self.ended and self.word_count <= PROSE_WORDS and bool(words(self.text))

    @cached_property
    def has_sentence_end(self) -> bool:
        """Whether a sentence ends in the line or with it; a row of headlines has none, however long."""
        return self.ended or _END_INSIDE.search(self.text) is not None

    @property
    def is_foreign(self) -> bool:
        """Whether the line is in another script: far more of its letters than Arabic ones, and more than a name."""
        start = self.text[:_SCRIPT_CHARACTERS]
        foreign = foreign_letters(start)
        return foreign > FOREIGN_NAME_LETTERS and foreign > 2 * arabic_letters(start)

    @property
    def is_question(self) -> bool:
        """Whether the line is short and asks or exclaims: at the head of a page that is a title, not the lead."""
        return self.word_count <= UNENDED_PROSE_WORDS and self.text.rstrip(_CLOSERS)[-1:] in ("؟", "?", "!")

    @property
    def looks_like_headlines(self) -> bool:
        """Whether a long line without a full stop is made of headlines: it has their dots or a speaker's colon."""
        if self.ended or self.word_count <= SUBHEAD_WORDS:
            return False
        return _HEADLINE_DOTS.search(self.text) is not None or _HEADLINE_COLON.search(self.text) is not None
