"""Two strings per text: what is shown (`repair`) and a key for comparing (`fold`). The key is never shown."""

from __future__ import annotations

import re
import unicodedata
import warnings
from itertools import islice

with warnings.catch_warnings():
    # pyarabic's patterns have escapes that the compiler warns of the first time the module is loaded.
    warnings.simplefilter("ignore")
    from pyarabic import araby

# Characters that show nothing: bidi marks, embeddings and isolates, zero-width space and joiners, soft hyphen, BOM.
# The zero-width non-joiner goes too: Arabic news text uses it only as an accident of Persian keyboards.
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_PRESENTATION_FORM = re.compile("[\ufb50-\ufdfb\ufdfd-\ufdff\ufe70-\ufefc]")
_TATWEEL = "\u0640"
_TATWEEL_RUN = re.compile(rf"{_TATWEEL}+([^\W\d_])?")
_UNUSUAL_SPACE = re.compile(r"[^\S\n ]")
_SPACES = re.compile("  +")
_ARABIC_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff]")
# Marks belong to the word they stand in: without them here a vocalised word falls into pieces.
_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
_LETTER_OR_DIGIT_RUN = re.compile(rf"[^\W_][^\W_{_MARKS}]*(?:[{_MARKS}]+[^\W_]*)*(?:[.,٫٬]\d+)*")

_TO_ASCII_DIGITS = {digit: str(unicodedata.decimal(digit)) for digit in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"}
_OTHER_DIGIT = re.compile(f"[{''.join(_TO_ASCII_DIGITS)}]")
# Alef variants to bare alef, alef maqsura to yeh, teh marbuta to heh, seated hamzas to their seat, Persian letters to
# their Arabic twins: the pairs that outlets spell both ways. araby.normalize_alef is not used: it turns على into علا.
_VARIANTS = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي",
             "ؤ": "و", "ة": "ه", "ک": "ك", "گ": "ك", "ڤ": "ف", "پ": "ب", "چ": "ج", "ء": ""}  # fmt: skip
# What is frequent is replaced letter by letter, at the speed of a search; the rest in one pass, as it is rare. Both beat
# str.translate on Arabic, which looks up every letter, three times over.
_FREQUENT = [(letter, _VARIANTS.pop(letter)) for letter in "أةىإئءآؤ"]
_RARE = {**dict.fromkeys((*araby.DIACRITICS, _TATWEEL), ""), **_VARIANTS, **_TO_ASCII_DIGITS}
_ANY_RARE = re.compile(f"[{''.join(_RARE)}]")


def repair(text: str) -> str:
    """Return `text` fit to be shown: the same words without what scraping and typesetting left in them.

    Presentation forms become letters, invisible controls go, runs of spaces (no-break ones too) become one space within
    a line. Tatweel goes where it stretches a word; at the end of one it is spelling (لـ, هـ) and stays. Letters, marks,
    digits and punctuation stay as they were written.
    """
    text = _PRESENTATION_FORM.sub(lambda form: unicodedata.normalize("NFKC", form.group()), text)
    text = _INVISIBLE.sub("", text)
    text = _TATWEEL_RUN.sub(lambda run: run.group(1) or _TATWEEL, text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SPACES.sub(" ", _UNUSUAL_SPACE.sub(" ", text))


def fold(text: str) -> str:
    """Return a key of `text` for comparing: no marks, spelling variants and digits united, lower case."""
    return fold_spelling(repair(text)).casefold()


def fold_spelling(text: str) -> str:
    """Return `text` without marks, with spelling variants and digits united; case, spaces and punctuation stay.

    Regular expressions about Arabic text keep their meaning under it, so that one pattern serves all spellings.
    """
    for letter, plain in _FREQUENT:
        text = text.replace(letter, plain)
    return _ANY_RARE.sub(lambda found: _RARE[found.group()], text)


def ascii_digits(text: str) -> str:
    """Return `text` with Arabic-Indic and Persian digits as 0 to 9."""
    return _OTHER_DIGIT.sub(lambda found: _TO_ASCII_DIGITS[found.group()], text)


def words(text: str) -> list[str]:
    """Return the words and numbers of `text` in order, as written; a number with its decimals is one word."""
    return _LETTER_OR_DIGIT_RUN.findall(text)


def key(text: str) -> str:
    """Return the folded words of `text` joined by single spaces: equal for texts that differ in nothing that counts."""
    return " ".join(words(fold(text)))


def arabic_letters(text: str) -> int:
    """Return how many Arabic letters `text` has (marks, digits and punctuation not counted)."""
    return len(_ARABIC_LETTER.findall(text))


def has_arabic(text: str, least: int) -> bool:
    """Tell whether `text` has at least `least` Arabic letters, without looking further than needed."""
    return sum(1 for _ in islice(_ARABIC_LETTER.finditer(text), least)) == least


def foreign_letters(text: str) -> int:
    """Return how many letters of other scripts `text` has."""
    return sum(map(str.isalpha, _ARABIC_LETTER.sub("", text)))
