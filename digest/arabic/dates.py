"""Calendar dates and weekdays as Arabic outlets write them.

Month names come in three sets: Levantine (كانون الثاني), Egyptian and Gulf (يناير), Maghrebi (جانفي, شتنبر); many outlets
print two with a slash (سبتمبر/أيلول). Dates of the Islamic calendar are converted by the Umm al-Qura tables.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from digest.arabic.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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

_HIJRI_MONTHS = (
    ("محرم", "المحرم"),
    ("صفر",),
    ("ربيع الأول", "ربيع أول"),
    ("ربيع الآخر", "ربيع الثاني", "ربيع ثاني"),
    ("جمادى الأولى", "جمادى الأول"),
    ("جمادى الآخرة", "جمادى الآخر", "جمادى الثانية", "جمادى الثاني"),
    ("رجب",),
    ("شعبان",),
    ("رمضان",),
    ("شوال",),
    ("ذو القعدة", "ذي القعدة"),
    ("ذو الحجة", "ذي الحجة"),
)
_HIJRI_NUMBER = {fold(name): number for number, names in enumerate(_HIJRI_MONTHS, 1) for name in names}
MONTH_WORDS = frozenset(word for name in (*MONTH_NUMBER, *_HIJRI_NUMBER) for word in name.split())
"""Folded words of which the names of months are made, in both calendars."""

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


def _either(names: Iterable[str]) -> str:
    """Return a pattern for any of `names`, the longest first."""
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


_NAMES = _either(MONTH_NUMBER)
_DASH = r"(?:[-.]|\s*/\s*)"
_MONTH = rf"(?P<month>{_NAMES})(?:\s*/\s*(?:{_NAMES}))?"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_PATTERNS = (
    re.compile(rf"(?<!\d)(?P<year>(?:19|20)\d\d){_DASH}(?P<month>\d{{1,2}}){_DASH}(?P<day>\d{{1,2}})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}}){_DASH}(?P<month>\d{{1,2}}){_DASH}(?P<year>(?:19|20)\d\d)(?!\d)"),
    re.compile(rf"{_DAY}\s*(?:من\s+)?[-/,،]?\s*{_MONTH}\s*[-/,،]?\s*(?:عام\s+|سنه\s+)?{_YEAR}"),
    re.compile(rf"(?<!\w){_MONTH}\s+{_DAY}\s*[,،]?\s*{_YEAR}"),
)
_HIJRI = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\s*(?:من\s+)?(?P<month>{_either(_HIJRI_NUMBER)})\s*(?:عام\s+|سنه\s+)?(?P<year>1[345]\d\d)(?!\d)"
)
_TODAY = re.compile(rf"(?<!\w)اليوم\s+(?P<day>{'|'.join(WEEKDAY_NUMBER)})(?!\w)")


def find_dates(text: str) -> Iterator[date]:
    """Yield the full calendar dates (day, month and year) in `text`, pattern by pattern; those of the Islamic calendar last.

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
    for match in _HIJRI.finditer(folded):
        from hijridate import Hijri  # noqa: PLC0415 - few texts need its tables

        try:
            converted = Hijri(int(match["year"]), _HIJRI_NUMBER[match["month"]], int(match["day"])).to_gregorian()
        except (ValueError, OverflowError):
            continue
        yield date(converted.year, converted.month, converted.day)


def today_weekdays(text: str) -> list[int]:
    """Return the weekdays that `text` calls today ("اليوم الأربعاء"), in order, Monday = 0."""
    return [WEEKDAY_NUMBER[match["day"]] for match in _TODAY.finditer(fold(text))]
