"""Which English words an Arabic word is translated by, for words whose translation hardly varies.

The table (`digest/translating/lexicon.tsv`) was learnt from sentence pairs by training/lexicon.py, which tells how. A line
has the stem of an Arabic word (`digest.arabic.stems`), the English word or two that stand for it most often, and the stems of
all that may. A word is in it only where at least 93 of 100 pairs with the word have one of these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

import snowballstemmer

from digest.arabic.stems import stems
from digest.arabic.text import words

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?")


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands for an Arabic word: an English word or two to tell it by, and the stems of all."""

    english: str
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class LostWord:
    """A word of the Arabic, as written, for which the English has none; `english` is what it means most often."""

    arabic: str
    english: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries by the stem of the Arabic word."""

    entries: Mapping[str, Entry]

    def lost_words(self, ar: str, en: str, without: Container[str] = ()) -> list[LostWord]:
        """Return the words of `ar` that have an entry and no English of it in `en`, in order, each stem once.

        Stems in `without` are passed over.
        """
        there = english_stems(en)
        lost: dict[str, LostWord] = {}
        for word in words(ar):
            for stem in stems(word):
                entry = self.entries.get(stem)
                if entry is not None and stem not in without and entry.stems.isdisjoint(there):
                    lost.setdefault(stem, LostWord(word, entry.english))
        return list(lost.values())


def english_stems(text: str) -> frozenset[str]:
    """Return the stems of the words of an English text (Snowball's English stemmer), function words among them."""
    return frozenset(_stem(word.lower()) for word in english_words(text))


def english_words(text: str) -> list[str]:
    """Return the words of an English text as written, without figures; the 's of a genitive stays on."""
    return _WORD.findall(text.replace("’", "'"))


@lru_cache(maxsize=1)
def bundled_lexicon() -> Lexicon:
    """Return the table that ships with digest."""
    text = resources.files("digest.translating").joinpath("lexicon.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return Lexicon({stem: Entry(english, frozenset(all_stems.split())) for stem, english, all_stems in rows})


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    stemmed: str = _stemmer().stemWord(word)
    return stemmed


@lru_cache(maxsize=1)
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")
