"""The day that a feed, a mail or a record states for an article."""

from __future__ import annotations

from datetime import date
from email.utils import parsedate_to_datetime

from digest.arabic.dates import find_dates


def stated_day(text: str | None) -> date | None:
    """Return the day that `text` states as a time of ISO 8601 or RFC 5322 or as a date written out; None where none.

    It is the day as the outlet writes it, in whatever time zone: an article of half past midnight in Baghdad is that
    day's for its readers everywhere.
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        pass
    if day := next(find_dates(text), None):
        return day
    try:
        return parsedate_to_datetime(text).date()
    except ValueError:
        return None
