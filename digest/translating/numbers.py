"""Compare the numbers of an Arabic text with those of its English.

A number is read in every way that it may be meant: "300 ألف" agrees with "300,000" and with "300 thousand", not with 300.
The rules were tuned on reference translations; `digest.translating.guards.numbers` says with what result.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from digest.arabic.dates import MONTH_NUMBER
from digest.arabic.number_words import spoken_numbers
from digest.arabic.text import ascii_digits, fold_spelling
from digest.translating.english_numbers import english_numbers

_NUMBER = re.compile(r"\d+(?:[.,٫٬ر]\d+|،\d{3}(?!\d))*")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+")
_GROUPED_WITH_DECIMALS = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3})+\.\d{1,2}")
_DECIMAL = re.compile(r"\d+[.,]\d+")
_MARKS = str.maketrans({"٫": ".", "٬": ",", "،": ","})
# Some agencies write the decimal mark as the letter ر, with the whole number on either side of it: 6ر3 may be 3.6.
_LETTER_DECIMAL = re.compile(r"(\d+)ر(\d+)")

_ARABIC_SCALE = re.compile(
    r"\s*(?:(?P<thousand>الفا?|الاف)|(?P<million>مليونا?|ملايين)|(?P<billion>مليارا?|مليارات|بليونا?|بلايين))\b"
)
_ENGLISH_SCALE = re.compile(
    r"[\s-]*(?:(?P<thousand>thousand|k)|(?P<million>million|mln|m)|(?P<billion>billion|bln|bn))\b", re.IGNORECASE
)
_SCALES = {"thousand": Decimal(1_000), "million": Decimal(1_000_000), "billion": Decimal(1_000_000_000)}
_LETTER_SCALE = re.compile(r"[\s-]*[km]", re.IGNORECASE)
"""Kilo or thousand, metres or million."""
_RANGE = re.compile(r"\s*(?:-|–|الي|حتي|او|و|to|and|or)\s*", re.IGNORECASE)
"""Between two numbers that share the unit of the second: 30 إلى 40 ألف."""

_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAY_OF_MONTH = re.compile(rf"\s*(?:من\s+)?(?:شهر\s+)?(?:{'|'.join(map(re.escape, MONTH_NUMBER))})\b")
"""What follows a day in a date, in folded text: the name of the month, which is then not that number in words."""
_IN_WORDS = {
    Decimal(value): re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for value, words in {0: "no", 1: "once|single", 2: "twice|both", 4: "quarters?"}.items()
}
_MONTH = {Decimal(number): re.compile(rf"\b{name}\b") for number, name in enumerate(_MONTH_NAMES, 1)}

# Folded Arabic words that an English writer may put in figures. The indefinite plurals (عشرات، مئات، آلاف، ملايين) are
# not among them: figures in their place are invented.
_ARABIC_NUMBER_WORD = re.compile(
    r"\b[وف]?(?:لل|[بلك]?(?:ال)?)(?:"
    r"واحده?|احد[يه]?|حادي\w*|اول\w*|اثن\w+|ثان[يه]\w*|ثلاث\w*|ثالث\w*|ثلثي?ن?|اربع\w*|رابع\w*|ربع|خمس\w*|خامس\w*|"
    r"سته?|ستين\w*|ستون|ستما?يه|سادس\w*|سبع\w*|سابع\w*|ثمان\w*|ثامن\w*|تسع\w*|تاسع\w*|عشر(?!ات\b)\w*|عاشر\w*|"
    r"ما?يه|ما?يتي?ن|ما?يتان|الفا?|الفين|الفان|مليونا?|مليونين|مليارا?|مليارين|نصف)\b"
)
_LIKE_A_NUMBER = re.compile(r"\b[وفبلك]?ميتا\b")
"""Meta, or "dead", in text not yet folded; folded, it is what the 200 of مئتا is."""
_PER_CENT = re.compile(r"\b(?:في ال|بال|ب)ما?يه\b")


@dataclass(frozen=True, slots=True)
class NumberMismatch:
    """Numbers, as written, that only one side has; both empty where the sides agree."""

    missing: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Number:
    written: str
    readings: frozenset[Decimal]
    is_day: bool
    """Whether the name of a month follows."""


def compare_numbers(ar: str, en: str) -> NumberMismatch:
    """Return the numbers of `ar` that `en` lacks and those of `en` that `ar` does not have.

    Both sides may write digits in any script, with 1,000 or 1.000 or ١٬٠٠٠ for thousands and either decimal mark.
    A number that Arabic repeats must come as often in English, while English may repeat one. A number may stand in English
    words, and those up to twelve as months, unless a month's name follows in Arabic (the January of "1 January" is not the
    1). English figures may stand for Arabic number words, as many as there are. A number in Arabic words
    (`digest.arabic.number_words`) must stand in the English, in words or figures.
    """
    folded = _PER_CENT.sub(" ", fold_spelling(_LIKE_A_NUMBER.sub(" ", ar)))
    arabic, english = _numbers(folded, _ARABIC_SCALE), _numbers(ascii_digits(en), _ENGLISH_SCALE)
    in_words = {Decimal(value) for value in english_numbers(en)}
    unused = list(english)
    missing: list[str] = []
    for number in arabic:
        match = next((other for other in unused if not number.readings.isdisjoint(other.readings)), None)
        if match is not None:
            unused.remove(match)
        elif number.readings.isdisjoint(in_words) and not _in_a_word(number, en):
            missing.append(number.written)
    in_english = in_words.union(*(number.readings for number in english))
    missing += [
        folded[spoken.start : spoken.end]
        for spoken in spoken_numbers(folded)
        if Decimal(spoken.value) not in in_english
    ]
    told = frozenset[Decimal]().union(*(number.readings for number in arabic))
    added = [number.written for number in unused if told.isdisjoint(number.readings)]
    words = len(_ARABIC_NUMBER_WORD.findall(folded))
    return NumberMismatch(missing=tuple(missing), added=tuple(added[words:]))


def _numbers(text: str, scale: re.Pattern[str]) -> list[_Number]:
    """Return the numbers in `text`, whose digits are 0 to 9; 30 thousand is one number."""
    found: list[_Number] = []
    following: re.Match[str] | None = None
    shared = ""
    for match in reversed(list(_NUMBER.finditer(text))):
        unit = scale.match(text, match.end())
        in_range = following is not None and _RANGE.fullmatch(text, match.end(), following.start())
        name = (unit.lastgroup or "") if unit else shared if in_range else ""
        sure = unit is not None and not _LETTER_SCALE.fullmatch(unit.group())
        factors = {_SCALES[name]} if sure else {Decimal(1), _SCALES.get(name, Decimal(1))}
        found.extend(
            _Number(
                written=f"{written} {name}" if sure else written,
                readings=frozenset(value * factor for value in values for factor in factors),
                is_day=_DAY_OF_MONTH.match(text, match.end()) is not None,
            )
            for written, values in reversed(_readings(match.group()))
        )
        following, shared = match, name
    return found[::-1]


def _readings(written: str) -> list[tuple[str, tuple[Decimal, ...]]]:
    """Return each number in `written` with the values it may have; several where the marks fit none (12.5.2020)."""
    if swapped := _LETTER_DECIMAL.fullmatch(written):
        one, other = swapped.groups()
        return [(written, (Decimal(f"{one}.{other}"), Decimal(f"{other}.{one}")))]
    plain = written.translate(_MARKS)
    if _GROUPED.fullmatch(plain):
        return [(written, (Decimal(re.sub("[.,]", "", plain)),))]
    if _GROUPED_WITH_DECIMALS.fullmatch(plain):
        whole, decimals = plain[: (at := max(plain.rfind("."), plain.rfind(",")))], plain[at + 1 :]
        return [(written, (Decimal(re.sub("[.,]", "", whole) + "." + decimals),))]
    if _DECIMAL.fullmatch(plain):
        return [(written, (Decimal(plain.replace(",", ".")),))]
    return [(part, (Decimal(part),)) for part in re.findall(r"\d+", plain)]


def _in_a_word(number: _Number, en: str) -> bool:
    """Tell whether `en` has a word for `number` that is none of the plain cardinals and ordinals: "once", "May"."""
    return any(
        pattern.search(en)
        for words in ((_IN_WORDS,) if number.is_day else (_IN_WORDS, _MONTH))
        for value, pattern in words.items()
        if value in number.readings
    )
