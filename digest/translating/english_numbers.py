"""Cardinal and ordinal numbers written as English words: twenty-five thousand is 25,000."""

from __future__ import annotations

import re

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: value for value, word in enumerate(_SMALL)} | {word: 10 * at for at, word in enumerate(_TENS, 2)}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_TOKEN = re.compile(r"[a-z]+|[^\sa-z]")
_THOUSAND, _HUNDRED, _TWENTY, _TEN = 1000, 100, 20, 10


def english_numbers(text: str) -> frozenset[int]:
    """Return the numbers that `text` has in words; of a number of several words its small parts too (five of 25)."""
    found: set[int] = set()
    total = current = 0
    for token in (*_TOKEN.findall(text.lower()), "."):
        if token in ("-", "and"):
            continue
        value, scale = _look_up(_VALUES, token), _look_up(_SCALES, token)
        if value is not None:
            below = current % _HUNDRED
            if below and not (below >= _TWENTY and below % _TEN == 0 and value < _TEN):
                found.add(total + current)
                total = current = 0
            current += value
            found.add(value)
        elif scale is None:
            found.add(total + current)
            total = current = 0
        elif scale >= _THOUSAND:
            total, current = total + max(1, current) * scale, 0
        else:
            current = max(1, current) * scale
    return frozenset(found - {0})


def _look_up(values: dict[str, int], token: str) -> int | None:
    """Return the value of a word, its plural or its regular ordinal."""
    return next((values[form] for form in (token, re.sub("(?:s|th|ieth)$", "", token)) if form in values), None)
