"""Light stems of Arabic words: keys for comparing texts, never shown."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

import snowballstemmer

from digest.arabic.text import fold, words

# Conjunction, preposition and article are written onto the next word. The Snowball stemmer leaves و- on, so they come off
# first; at least three letters stay, as in light10 (Larkey, Ballesteros and Connell 2007). A conjunction's letter comes off
# behind an article too (الوزارة), where it is part of the word: so the word meets itself without the article (وزارة).
_ARTICLE = re.compile(r"^[وف]?(?:[بك]?ال|لل)(?=[^\W\d_]{3})")
_CONJUNCTION = re.compile(r"^[وف](?=[^\W\d_]{4})")


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Return folded Arabic function words and the reporting verbs that every news text has."""
    text = resources.files("digest.arabic").joinpath("stop_words.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0] for line in text.splitlines())
    return frozenset(fold(word) for line in lines for word in line.split())


@lru_cache(maxsize=100_000)
def stem(folded_word: str) -> str:
    """Return the stem of a word that `fold` has already been applied to; numbers and Latin words come back as is."""
    bare = _CONJUNCTION.sub("", _ARTICLE.sub("", folded_word))
    if not bare or bare.isascii():
        return bare or folded_word
    stemmed: str = _stemmer().stemWord(bare)
    return stemmed if len(stemmed) > 1 else bare


@lru_cache(maxsize=1)
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("arabic")


def stems(text: str) -> list[str]:
    """Return the stems of the content words and numbers of `text`, in order: folded, without function words."""
    without = stop_words()
    return [stem(word) for word in words(fold(text)) if word not in without and (len(word) > 1 or word.isdigit())]
