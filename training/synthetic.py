"""New sentence pairs from true ones: another number or another country on both sides.

What is swapped occurs exactly once on each side, and its grammar does not change: a number keeps its length and its
class of Arabic agreement, and only countries without an article, of one word and of feminine gender take part. So the
new pair is as right as the old one, while the model cannot learn by heart which number goes with which event.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.arabic.text import ascii_digits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np

    from training.corpus import Pair

_NUMBER = re.compile(r"(?<![\w.,٫٬،:/\-–%٪])(?<!\ba )(?<!\ban )\d+(?![\w%٪])(?![.,٫٬،:/\-–]\d)")
"""A whole number that stands by itself: no decimals, groups, times, dates, ranges, percentages or codes; nor one after
"a" or "an", which depends on how the number is spoken."""
_LEAST = 3
"""One and two have their own grammar, in Arabic a noun alone (رجل, رجلان)."""
_YEARS = range(1900, 2040)
_DAYS = range(11, 32)
"""Numbers that may be the day of a month, and stay one."""
_LEAST_PAIRS = 3
"""Pairs that must have a country before it is put in the place of others: names that no outlet writes teach nothing."""
_MASCULINE = frozenset({"تشاد", "لبنان"})
"""Countries that Arabic treats as masculine; the others of this gender (العراق, اليمن ...) carry the article."""
_PROCLITICS = "[وفبل]?"
"""What may be written before a name without changing it: and, then, in, for."""


def swap_numbers(pair: Pair, random: np.random.Generator) -> Pair | None:
    """Return `pair` with other numbers, or None where it has none that can be swapped."""
    ar, en = pair
    numbers = {
        int(number): number
        for number in _NUMBER.findall(ascii_digits(ar))
        if _once(number, ascii_digits(ar)) and _once(number, en) and str(int(number)) == number
    }
    swaps = {number: _other(value, random) for value, number in numbers.items() if value >= _LEAST}
    if not swaps:
        return None
    return _replace_numbers(ar, swaps), _replace_numbers(en, swaps)


def country_names(rows: Sequence[Pair], pairs: Sequence[Pair]) -> dict[str, str]:
    """Return the English of the countries that can stand for each other, by their Arabic: one word, no article.

    `rows` are names of countries in both languages; only those are taken that some of `pairs` have on both sides.
    """
    names: dict[str, str] = {}
    for ar, en in rows:
        plain = re.fullmatch(r"[^\W\d_]{3,}", ar) and re.fullmatch(r"[A-Z][a-z]{2,}", en)
        if plain and not ar.startswith("ال") and not en.endswith("s") and ar not in _MASCULINE:
            names.setdefault(ar, en)
    return {
        name: english
        for name, english in names.items()
        if sum(name in ar and english in en for ar, en in pairs) >= _LEAST_PAIRS
    }


def swap_country(pair: Pair, countries: Mapping[str, str], random: np.random.Generator) -> Pair | None:
    """Return `pair` with another country, or None where no country of `countries` is once on both sides."""
    ar, en = pair
    for name, english in countries.items():
        if name not in ar or english not in en:
            continue
        in_arabic = re.findall(rf"(?<!\w)({_PROCLITICS}){name}(?!\w)", ar)
        in_english = re.findall(rf"\b{english}\b", en)
        if len(in_arabic) != 1 or len(in_english) != 1 or ar.count(name) != 1 or en.count(english) != 1:
            continue
        others = [other for other in countries if other not in ar and countries[other] not in en]
        if not others:
            return None
        other = others[int(random.integers(len(others)))]
        return ar.replace(name, other), en.replace(english, countries[other])
    return None


def _once(number: str, text: str) -> bool:
    """Tell whether the digits of `number` occur once in `text`, and as a number that can be swapped."""
    return _NUMBER.findall(text).count(number) == 1 and re.findall(r"\d+", text).count(number) == 1


def _other(value: int, random: np.random.Generator) -> str:
    """Return another number of the same length that takes the same form of an Arabic noun.

    Nouns agree with the last two digits: 3 to 10 take a plural, 11 to 99 a singular accusative, round hundreds a
    singular genitive (W. Wright, A Grammar of the Arabic Language, vol. 2, on the numerals). Years stay years.
    """
    if value in _YEARS:
        return str(random.integers(_YEARS.start, _YEARS.stop))
    if value in _DAYS:
        return str(random.integers(_DAYS.start, _DAYS.stop))
    hundreds, rest = divmod(value, 100)
    if hundreds:
        lowest = 10 ** (len(str(hundreds)) - 1)
        hundreds = int(random.integers(lowest, 10 * lowest))
    for first, last in ((3, 9), (11, 99)):
        if first <= rest <= last:
            rest = int(random.integers(first, last + 1))
    return str(hundreds * 100 + rest)


def _replace_numbers(text: str, swaps: Mapping[str, str]) -> str:
    """Return `text` with the numbers swapped, each in the script of digits that it was written in."""

    def swapped(match: re.Match[str]) -> str:
        written = match.group()
        new = swaps.get(ascii_digits(written))
        if new is None:
            return written
        zero = ord(written[0]) - int(written[0])
        return "".join(chr(zero + int(digit)) for digit in new)

    return _NUMBER.sub(swapped, text)
