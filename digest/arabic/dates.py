"""Calendar dates and weekdays as Arabic outlets write them.

Month names come in three sets: Levantine (كانون الثاني), Egyptian and Gulf (يناير), Maghrebi (جانفي, شتنبر); many outlets
print two with a slash (سبتمبر/أيلول).
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from digest.arabic.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTHS = (
    ("يناير", "كانون الثاني", "جانفي", "january", "jan"),
    ("فبراير", "شباط", "فيفري", "february", "feb"),
    ("مارس", "آذار", "march", "mar"),
    ("أبريل", "إبريل", "نيسان", "أفريل", "april", "apr"),
    ("مايو", "أيار", "ماي", "may"),
    ("يونيو", "يونية", "حزيران", "جوان", "june", "jun"),
    ("يوليو", "يولية", "تموز", "جويلية", "يوليوز", "july", "jul"),
    ("أغسطس", "آب", "أوت", "غشت", "august", "aug"),
    ("سبتمبر", "أيلول", "شتنبر", "september", "sep", "sept"),
    ("أكتوبر", "تشرين الأول", "october", "oct"),
    ("نوفمبر", "تشرين الثاني", "نونبر", "november", "nov"),
    ("ديسمبر", "كانون الأول", "دجنبر", "december", "dec"),
)
MONTH_NUMBER = {fold(name): number for number, names in enumerate(_MONTHS, 1) for name in names}
"""Folded month name to its number, January = 1."""

_WEEKDAYS = (
    ("الاثنين", "الإثنين", "monday"),
    ("الثلاثاء", "tuesday"),
    ("الأربعاء", "الاربعاء", "wednesday"),
    ("الخميس", "thursday"),
    ("الجمعة", "friday"),
    ("السبت", "saturday"),
    ("الأحد", "sunday"),
)
WEEKDAY_NUMBER = {fold(name): number for number, names in enumerate(_WEEKDAYS) for name in names}
"""Folded weekday name to its number as in `date.weekday()`: Monday = 0."""

_NAMES = "|".join(sorted((re.escape(name) for name in MONTH_NUMBER), key=len, reverse=True))
_MONTH = rf"(?P<month>{_NAMES})(?:\s*/\s*(?:{_NAMES}))?"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_PATTERNS = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>(?:19|20)\d\d)(?!\d)"),
    re.compile(rf"{_DAY}\s*(?:من\s+)?[-/,،]?\s*{_MONTH}\s*[-/,،]?\s*(?:عام\s+|سنه\s+)?{_YEAR}"),
    re.compile(rf"(?<!\w){_MONTH}\s+{_DAY}\s*[,،]?\s*{_YEAR}"),
)
_TODAY = re.compile(rf"(?<!\w)اليوم\s+(?P<day>{'|'.join(WEEKDAY_NUMBER)})(?!\w)")


def find_dates(text: str) -> Iterator[date]:
    """Yield the full calendar dates (day, month and year) in `text`, pattern by pattern.

    All-figure dates are read day first, as Arabic outlets write them, unless the year leads.
    """
    folded = fold(text)
    for pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            name = match["month"]
            month = int(name) if name.isdigit() else MONTH_NUMBER[name]
            try:
                yield date(int(match["year"]), month, int(match["day"]))
            except ValueError:
                continue


def today_weekdays(text: str) -> list[int]:
    """Return the weekdays that `text` calls today ("اليوم الأربعاء"), in order, Monday = 0."""
    return [WEEKDAY_NUMBER[match["day"]] for match in _TODAY.finditer(fold(text))]
