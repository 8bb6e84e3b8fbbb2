"""Who published an article, who wrote it and when, read off the lines that say so. What no line says stays unknown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.arabic.dates import find_dates, today_weekdays
from digest.arabic.outlets import outlet_names
from digest.model import JudgedLine, Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

_PARTS = re.compile(r"\s*[-–—|/+،,؛&]\s*|\s+و(?=وكالات|الوكالات|رويترز)")
_SOURCE_PREFIX = re.compile(
    r"^\s*(?:المصدر|المصادر|مصدر الخبر|نقلا? عن|نقلاً عن|source)\s*[:：\-–—|/]\s*", re.IGNORECASE
)
_WRITTEN_BY = re.compile(
    r"^\s*(?:كتب|كتبت|بقلم|تحرير|إعداد|متابعة|ترجمة|الكاتب|المحرر|محرر|by)\s*[:：\-–—|/]?\s*", re.IGNORECASE
)
_CHANGED = re.compile(r"^\s*(?:آخر تحديث|اخر تحديث|تحديث|تم التحديث|updated|last update)", re.IGNORECASE)


def _parts(text: str) -> list[str]:
    """Return what a byline or source line names, cut at dashes, plus signs and commas."""
    return [part.strip(" .:") for part in _PARTS.split(text) if part.strip(" .:")]


def _outlet_of_byline(text: str) -> str | None:
    names = outlet_names()
    parts = _parts(text)
    if not parts or names.is_agency(parts[0]):
        return None
    first, others = parts[0], parts[1:]
    if names.is_outlet(first) or any(names.is_agency(part) or names.is_edition(part) for part in others):
        return first
    return None


def _outlet_of_source(text: str) -> str | None:
    names = outlet_names()
    return next((part for part in _parts(_SOURCE_PREFIX.sub("", text)) if not names.is_agency(part)), None)


def find_outlet(lines: Iterable[JudgedLine]) -> str | None:
    """Return the outlet's name as one article's `lines` give it: the byline's, else the source line's, else None.

    A source line may name where an outlet took the text from, a byline names the outlet itself. An agency is no outlet.
    """
    lines = tuple(lines)
    bylines = (_outlet_of_byline(line.text) for line in lines if line.label is Label.BYLINE)
    sources = (_outlet_of_source(line.text) for line in lines if line.label is Label.SOURCE)
    return next((name for name in (*bylines, *sources) if name), None)


def find_author(lines: Iterable[JudgedLine]) -> str | None:
    """Return the name after "written by" in the byline, where there is one."""
    for line in lines:
        if line.label is Label.BYLINE and (match := _WRITTEN_BY.match(line.text)):
            names = outlet_names()
            parts = (
                part
                for part in _parts(line.text[match.end() :])
                if not names.is_agency(part) and not names.is_outlet(part)
            )
            return next(parts, None)
    return None


def find_published(lines: Sequence[JudgedLine]) -> date | None:
    """Return the day on which an article was published, or None where its lines do not state it.

    A date line states it (one that says "published" before one that says "updated"). So does the date of a post embedded
    in the article, but only together with the text: where the article calls a weekday "today" and the post was made on
    that weekday. A date that the text mentions never does.
    """
    stamps = [line for line in lines if line.label is Label.DATE]
    for line in sorted(stamps, key=lambda stamp: _CHANGED.match(stamp.text) is not None):
        if (stated := next(find_dates(line.text), None)) is not None:
            return stated
    today = {weekday for line in lines if line.label is Label.PARAGRAPH for weekday in today_weekdays(line.text)}
    posted = [day for line in lines if line.label is Label.EMBED for day in find_dates(line.text)]
    agreeing = [day for day in posted if today == {day.weekday()}]
    return max(agreeing, default=None)
