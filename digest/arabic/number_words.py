"""Cardinal numbers written as Arabic words: خمسة وعشرون ألفا is 25,000.

One and two are not read: Arabic says them by the form of the noun, and the words stand for much else (أحد، ثاني). Nor are
ordinals, fractions and the indefinite plurals (عشرات، مئات، آلاف).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNITS = {
    3: "ثلاثه ثلاث",
    4: "اربعه اربع",
    5: "خمسه خمس",
    6: "سته ست",
    7: "سبعه سبع",
    8: "ثمانيه ثماني ثمان",
    9: "تسعه تسع",
    10: "عشره عشر",
    20: "عشرون عشرين",
    30: "ثلاثون ثلاثين",
    40: "اربعون اربعين",
    50: "خمسون خمسين",
    60: "ستون ستين",
    70: "سبعون سبعين",
    80: "ثمانون ثمانين",
    90: "تسعون تسعين",
    100: "ميه مايه",
    200: "ميتان ميتا ميتين ميتي مايتان مايتا مايتين مايتي",
    300: "ثلاثميه ثلاثمايه",
    400: "اربعميه اربعمايه",
    500: "خمسميه خمسمايه",
    600: "ستميه ستمايه",
    700: "سبعميه سبعمايه",
    800: "ثمانميه ثمانمايه ثمانيميه ثمانيمايه",
    900: "تسعميه تسعمايه",
    1_000: "الف الفا الاف",
    2_000: "الفان الفين الفي",
    1_000_000: "مليون مليونا ملايين",
    2_000_000: "مليونان مليونين مليوني",
    1_000_000_000: "مليار مليارا مليارات",
    2_000_000_000: "ملياران مليارين ملياري",
}
_VALUES = {word: value for value, words in _UNITS.items() for word in words.split()}
_TEEN_UNITS = {"احد": 1, "احدي": 1, "اثنا": 2, "اثني": 2, "اثنتا": 2, "اثنتي": 2}
_COUNTED_PLURALS = frozenset({"الاف", "ملايين", "مليارات"})
_WORD = re.compile(r"[^\W_]+")
_PREFIX = re.compile(r"^(?P<joint>و?)(?:ف|ب|ل|ال|بال|كال|لل)?(?=[^\W\d_]{2})")
_NO_PREFIXED = frozenset({"لست", "ولست", "فلست"})
"""لست is "I am not", not "for six"."""
_ORDINAL = re.compile(
    r"^و?(?:ال|بال|لل)?(?:حادي|ثان[يه]|ثاني|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع|عاشر)ه?$"
    r"|^و?(?:ال|بال|لل)?قرن(?:ين)?$"
)
_HUNDRED, _THOUSAND = 100, 1000
_TEN = 10


@dataclass(frozen=True, slots=True)
class SpokenNumber:
    """A number written in words, as it stands in the folded text from `start` to `end`."""

    value: int
    start: int
    end: int


@dataclass(slots=True)
class _Sum:
    """A number in the making: what is complete, and what a following thousand would multiply."""

    start: int
    end: int
    total: int = 0
    current: int = 0
    scale: int = 0
    """The last thousand, million or milliard in `total`, or 0."""
    complete: int = 0
    """Where the words of `total` end."""

    @property
    def value(self) -> int:
        return self.total + self.current


def spoken_numbers(folded: str) -> list[SpokenNumber]:
    """Return the numbers written as words in a text that `digest.arabic.text.fold_spelling` was applied to."""
    sums: list[_Sum] = []
    now: _Sum | None = None
    teen = 0
    ordinal = False
    for match in _WORD.finditer(folded):
        word, joint = _bare(match.group())
        if _ORDINAL.match(match.group()) or (ordinal and word in _VALUES):  # the fifteenth, the twentieth century
            now, teen, ordinal = None, 0, True
            continue
        ordinal = False
        if word in _TEEN_UNITS and not teen:
            teen = _TEEN_UNITS[word]
            teen_start = match.start()
            continue
        value = _VALUES.get(word)
        if teen and value == _TEN:
            now = _Sum(teen_start, match.end(), current=_TEN + teen)
            sums.append(now)
            teen = 0
            continue
        teen = 0
        if value is None or (now is None and _is_scale_of_digits(folded, match, word)):
            now = None
            continue
        if now is not None and value >= _THOUSAND and 0 < now.scale <= _scale(value):
            # The numbers of "two million and three million": what would be multiplied is the second's.
            rest = now.current
            now.current, now.end = 0, now.complete
            start = _WORD.search(folded, now.end)
            now = _Sum(start.start() if start else match.start(), match.end(), current=rest)
            sums.append(now)
        elif now is None or not _joins(now, value, joint=joint):
            now = _Sum(match.start(), match.end())
            sums.append(now)
        _add(now, value)
        now.end = match.end()
        now.complete = now.complete if now.current else now.end
    return [SpokenNumber(one.value, one.start, one.end) for one in sums if one.value]


def _bare(word: str) -> tuple[str, bool]:
    """Return a word without what is written onto it, and whether that is the joining و."""
    if word in _VALUES or word in _TEEN_UNITS:
        return word, False
    if word[0] == "و" and word[1:] in _VALUES:  # وألفان, whose أل is no article
        return word[1:], True
    prefix = None if word in _NO_PREFIXED else _PREFIX.match(word)
    rest = word[prefix.end() :] if prefix else word
    if rest in _VALUES or rest in _TEEN_UNITS:
        return rest, bool(prefix and prefix["joint"])
    return word, False


def _is_scale_of_digits(folded: str, match: re.Match[str], word: str) -> bool:
    """Tell whether a thousand or million belongs to figures before it, or to an indefinite plural."""
    before = folded[: match.start()].rstrip()
    return before[-1:].isdigit() or word in _COUNTED_PLURALS


def _joins(now: _Sum, value: int, *, joint: bool) -> bool:
    """Tell whether `value` goes on with the number before it."""
    if value >= _THOUSAND:
        return joint or 0 < now.current < _THOUSAND
    if joint:
        # hundred(s) and what is below, or a unit and its tens: five and twenty
        return now.current % _HUNDRED == 0 or (now.current % _HUNDRED < _TEN < value < _HUNDRED)
    return value in (_TEN, _HUNDRED) and 0 < now.current < _TEN


def _scale(value: int) -> int:
    """Return the thousand, million or milliard of a scale word: that of two thousand is a thousand."""
    return max(scale for scale in (_THOUSAND, _THOUSAND**2, _THOUSAND**3) if scale <= value)


def _add(now: _Sum, value: int) -> None:
    if value >= _THOUSAND:
        now.total += max(1, now.current) * value
        now.current = 0
        now.scale = _scale(value)
    elif value == _HUNDRED and 0 < now.current < _TEN:
        now.current *= _HUNDRED
    else:
        now.current += value
