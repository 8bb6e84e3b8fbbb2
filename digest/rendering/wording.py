"""How numbers, days and long lines are put in words and columns."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

COLUMNS = 78
"""Width of the plain-text views: what RFC 5322 section 2.1.1 recommends for a line of mail."""

# Written out, because strftime follows the locale of the machine.
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day(value: date | None) -> str:
    """Return "20 November 2026", or "date unknown"."""
    return "date unknown" if value is None else f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def weekday_and_day(value: date) -> str:
    """Return "Friday 20 November 2026"."""
    return f"{_WEEKDAYS[value.weekday()]} {day(value)}"


def hijri_day(value: date) -> str:
    """Return the day in the Umm al-Qura calendar, "10 Jumada al-Thaniyah 1448 AH"; "" where its tables have no such day."""
    from hijridate import Gregorian  # noqa: PLC0415 - its tables are loaded where a briefing is drawn, not before

    try:
        hijri = Gregorian.fromdate(value).to_hijri()
    except OverflowError:
        return ""
    return f"{hijri.day} {hijri.month_name()} {hijri.year} AH"


def plural(number: int, one: str, many: str | None = None) -> str:
    """Return "1 story", "2 stories": the number with its noun; `many` defaults to `one` and an s."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def wrap(text: str, indent: str = "", first: str | None = None) -> str:
    """Return `text` in lines of at most 78 columns, white space collapsed; a longer word keeps a line of its own.

    Every line starts with `indent`, the first one with `first` where that is given.
    """
    return textwrap.fill(
        " ".join(text.split()),
        width=COLUMNS,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
