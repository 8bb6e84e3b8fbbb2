"""What an article states about itself: outlet, agencies, author, day, place, keywords, title. The rest stays unknown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.arabic.dates import find_dates, today_weekdays
from digest.arabic.outlets import outlet_names
from digest.arabic.text import key
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


_KEYWORDS_PREFIX = re.compile(r"^[^:：|]{3,20}[:：|]\s*")
_KEYWORD_SEPARATORS = re.compile(r"\s*[،,؛;|•]\s*|\s*#")
# Place and agency before the first sentence, as in: دبي، الإمارات العربية المتحدة (CNN)--  or: القاهرة - رويترز:
_DATELINES = (
    re.compile(r"^(?P<place>[^\W\d][^\d:().\"«]{1,60}?)\s*\((?P<agency>[^()]{2,25})\)\s*[-–—:]+"),
    re.compile(
        r"^(?P<place>[^\W\d][^\d:().\"«]{1,40}?)\s*[-–—/]\s*(?P<agency>[^\d:().\"«]{2,25}?)\s*(?:[-–—]{1,2}|:)\s"
    ),
)
_DESK = re.compile(r"(?:عام|سياسي|[إا]قتصادي|اجتماعي|ثقافي|رياضي)\s*/\s*(?=\S)")
"""The desk that the Saudi Press Agency puts before its headlines."""
_TITLE_SEPARATOR = re.compile(r"\s+[|\-–—»:]{1,2}\s+|\s*\|\s*")


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


def find_agencies(lines: Iterable[JudgedLine]) -> tuple[str, ...]:
    """Return the news agencies that the byline, source and picture credit lines name, each once, as written."""
    names = outlet_names()
    credited = (line for line in lines if line.label in (Label.BYLINE, Label.SOURCE, Label.CREDIT))
    parts = (part.strip("()[] ") for line in credited for part in _parts(_SOURCE_PREFIX.sub("", line.text)))
    return tuple(dict.fromkeys(part for part in parts if part and names.is_agency(part)))


def find_dateline(first_paragraph: str) -> tuple[str | None, str | None]:
    """Return (place, agency) where an article's text begins with them: "لندن (رويترز) - "."""
    names = outlet_names()
    for pattern in _DATELINES:
        match = pattern.match(first_paragraph)
        if match and (names.is_agency(match["agency"]) or names.is_outlet(match["agency"])):
            return match["place"].strip(" ،,-–—"), match["agency"].strip()
    return None, None


def find_keywords(lines: Iterable[JudgedLine]) -> tuple[str, ...]:
    """Return the tags of the keyword lines. Tags parted by nothing but spaces cannot be told apart and stay one."""
    tags = (
        tag.strip(" .:")
        for line in lines
        if line.label is Label.KEYWORDS
        for tag in _KEYWORD_SEPARATORS.split(_KEYWORDS_PREFIX.sub("", line.text))
    )
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def strip_outlet(title: str, outlet: str | None) -> str:
    """Return a page's title without the outlet's name behind (or before) a dash or bar.

    Only a part that is the outlet's name goes: headlines have dashes of their own.
    """
    pieces = _TITLE_SEPARATOR.split(title)
    if len(pieces) == 1:
        return title.strip()
    names = outlet_names()
    own = key(outlet) if outlet else None

    def is_outlet(piece: str) -> bool:
        return bool(piece) and (key(piece) == own or key(piece) in names.english)

    if is_outlet(pieces[-1]):
        return title[: title.rindex(pieces[-1])].rstrip(" |-–—»:")
    if is_outlet(pieces[0]):
        return title[title.index(pieces[0]) + len(pieces[0]) :].lstrip(" |-–—»:")
    return title.strip()


def strip_desk(title: str) -> str:
    """Return a headline without the name of an agency's desk before it ("Economy / ...")."""
    return title[desk.end() :] if (desk := _DESK.match(title)) else title


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
    posted = [day for line in lines if line.label is Label.EMBED for day in find_dates(line.text)]
    if not posted:
        return None
    today = {weekday for line in lines if line.label is Label.PARAGRAPH for weekday in today_weekdays(line.text)}
    agreeing = [day for day in posted if today == {day.weekday()}]
    return max(agreeing, default=None)
