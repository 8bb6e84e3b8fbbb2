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
_PRESENTATION_FORMS = re.compile("[\ufb50-\ufdfb\ufdfd-\ufdff\ufe70-\ufefc]+")
_TATWEEL_IN_WORD = re.compile(r"\u0640+(?=[^\W\d_])|(?<=\u0640)\u0640+")
_UNUSUAL_SPACES = re.compile(r"[^\S\n ][^\S\n]*| [^\S\n]+")
_ARABIC_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff]")
# Marks belong to the word they stand in: without them here a vocalised word falls into pieces.
_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
_LETTER_OR_DIGIT_RUN = re.compile(rf"[^\W_][^\W_{_MARKS}]*(?:[{_MARKS}]+[^\W_]*)*(?:[.,٫٬]\d+)*")

_TO_ASCII_DIGITS = {ord(digit): str(unicodedata.decimal(digit)) for digit in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"}
# Alef variants to bare alef, alef maqsura to yeh, teh marbuta to heh, seated hamzas to their seat, Persian letters to
# their Arabic twins: the pairs that outlets spell both ways. araby.normalize_alef is not used: it turns على into علا.
_VARIANTS = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي",
             "ؤ": "و", "ة": "ه", "ک": "ك", "گ": "ك", "ڤ": "ف", "پ": "ب", "چ": "ج", "ء": ""}  # fmt: skip
# One table for all of it: a pass over the text for every mark would be fifty.
_FOLDED = {
    **dict.fromkeys(map(ord, (*araby.DIACRITICS, araby.TATWEEL)), ""),
    **str.maketrans(_VARIANTS),
    **_TO_ASCII_DIGITS,
}


def repair(text: str) -> str:
    """Return `text` fit to be shown: the same words without what scraping and typesetting left in them.

    Presentation forms become letters, invisible controls go, runs of spaces (no-break ones too) become one space within
    a line. Tatweel goes where it stretches a word; at the end of one it is spelling (لـ, هـ) and stays. Letters, marks,
    digits and punctuation stay as they were written.
    """
    text = _PRESENTATION_FORMS.sub(lambda run: unicodedata.normalize("NFKC", run.group()), text)
    text = _TATWEEL_IN_WORD.sub("", _INVISIBLE.sub("", text))
    return _UNUSUAL_SPACES.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def fold(text: str) -> str:
    """Return a key of `text` for comparing: no marks, spelling variants and digits united, lower case."""
    return fold_spelling(repair(text)).casefold()


def fold_spelling(text: str) -> str:
    """Return `text` without marks, with spelling variants and digits united; case, spaces and punctuation stay.

    Regular expressions about Arabic text keep their meaning under it, so that one pattern serves all spellings.
    """
    return text.translate(_FOLDED)


def ascii_digits(text: str) -> str:
    """Return `text` with Arabic-Indic and Persian digits as 0 to 9."""
    return text.translate(_TO_ASCII_DIGITS)


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
