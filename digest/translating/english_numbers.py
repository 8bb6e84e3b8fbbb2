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
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
"""Those that are not a cardinal and "th"."""
_VALUES = (
    {word: value for value, word in enumerate(_SMALL)}
    | _ORDINALS
    | {word: 10 * at for at, word in enumerate(_TENS, 2)}
    | {word.removesuffix("y") + "ieth": 10 * at for at, word in enumerate(_TENS, 2)}
)
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_TOKEN = re.compile(r"[a-z]+|[^\sa-z]")
_THOUSAND, _HUNDRED, _TWENTY, _TEN = 1000, 100, 20, 10


def english_numbers(text: str) -> frozenset[int]:
    """Return the numbers that `text` has in words; of a number of several words its small parts too (five of 25)."""
    found: set[int] = set()
    total = current = last = 0
    for token in (*_TOKEN.findall(text.lower()), "."):
        if token in ("-", "and"):
            continue
        value, scale = _look_up(_VALUES, token), _look_up(_SCALES, token)
        if value is not None:
            below = current % _HUNDRED
            if below and not (below >= _TWENTY and below % _TEN == 0 and value < _TEN):
                found.add(total + current)
                total = current = last = 0
            current += value
            found.add(value)
        elif scale is None:
            found.add(total + current)
            total = current = last = 0
        elif scale >= _THOUSAND:
            if 0 < last <= scale:  # two million and three million are two numbers
                found.add(total)
                total = 0
            total, current, last = total + max(1, current) * scale, 0, scale
        else:
            current = max(1, current) * scale
    return frozenset(found - {0})


def _look_up(values: dict[str, int], token: str) -> int | None:
    """Return the value of a word, its plural or its regular ordinal."""
    forms = (token, token.removesuffix("s"), re.sub("ths?$", "", token))
    return next((values[form] for form in forms if form in values), None)
