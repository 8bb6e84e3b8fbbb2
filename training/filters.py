"""Which sentence pairs are fit to train on: normalising them, and the reasons to leave one out."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from digest.arabic import text as arabic

if TYPE_CHECKING:
    from training.recipe import Filters

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_REPEATED_QUOTES = re.compile('"{2,}')
"""Left over from tables that were read line by line."""


def normalise(text: str) -> str:
    """Return `text` composed (NFC), without invisible characters, with single spaces and no line breaks or tabs."""
    text = arabic.repair(unicodedata.normalize("NFC", _CONTROLS.sub(" ", text)))
    return " ".join(_REPEATED_QUOTES.sub('"', text).split())


def english_key(text: str) -> str:
    """Return the words of `text` in lower case without accents, joined by spaces: equal for texts that say the same."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(arabic.words(plain.casefold()))


def refusal(ar: str, en: str, filters: Filters) -> str | None:
    """Return why the normalised pair is not to be trained on, in a word or two, or None where it is."""
    arabic_letters, foreign_letters = arabic.arabic_letters(ar), arabic.foreign_letters(ar)
    letters = sum(char.isalpha() for char in en)
    shorter, longer = sorted((len(ar), len(en)))
    reasons = {
        "empty": not arabic_letters + foreign_letters or not letters,
        "copy": arabic.key(ar) == english_key(en),
        "script": arabic_letters < filters.arabic_share * (arabic_letters + foreign_letters)
        or arabic.arabic_letters(en) > filters.foreign_share * letters,
        "long": longer > filters.longest,
        "ratio": longer >= filters.ratio_from and longer > filters.ratio * shorter,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)
