"""What to fetch, and under which name it is kept: decisions only, no effects."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from datetime import date, datetime

    from digest.fetching.feeds import Entry
    from digest.fetching.urls import Url

MAX_PAGES = 100
"""Pages fetched for one feed in one run, the first that the feed names; the rest is left for the next run. News feeds
name 10 to 50."""

_MAX_HOST = 80
_HEAD = 2048
_NAME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-(.+\.html)")
_CHARSET = re.compile(r"[A-Za-z0-9._:-]{1,40}")
_VALIDATOR = re.compile(r"[ -~]{1,500}")


@dataclass(frozen=True, slots=True)
class Plan:
    """The pages of one feed: those to fetch, how many need not be, and how many are left for the next run."""

    pages: tuple[Url, ...]
    skipped: int
    left: int


def plan_feed(entries: Iterable[Entry], known: Container[str], now: datetime, days: int) -> Plan:
    """Return which of a feed's `entries` to fetch.

    Not fetched again: those whose URL is in `known`. Not fetched at all: those published more than `days` days before
    `now`; an entry that states no time is fetched.
    """
    oldest = now - timedelta(days=days)
    total = 0
    pages = []
    for entry in entries:
        total += 1
        if str(entry.url) not in known and (entry.published is None or entry.published >= oldest):
            pages.append(entry.url)
    return Plan(tuple(pages[:MAX_PAGES]), total - len(pages), len(pages[MAX_PAGES:]))


def in_turns(pages: Iterable[Url]) -> tuple[Url, ...]:
    """Return the `pages`, each once, one of every host in turn, so that the delay of one passes while others are asked."""
    hosts: dict[str, dict[Url, None]] = {}
    for url in pages:
        hosts.setdefault(url.host, {})[url] = None
    rounds = zip_longest(*hosts.values())
    return tuple(url for turn in rounds for url in turn if url is not None)


def file_name(url: Url, day: date) -> str:
    """Return the name that a page fetched on `day` is kept under, which is the same for the same URL and day."""
    return f"{day.isoformat()}-{_lasting_part(url)}"


def names_of_pages(files: Iterable[str]) -> frozenset[str]:
    """Return what the names of kept pages have in common whatever the day, for `is_kept`."""
    return frozenset(found[1] for found in map(_NAME.fullmatch, files) if found)


def is_kept(url: Url, names: Container[str]) -> bool:
    """Tell whether a page of the URL is among the kept ones."""
    return _lasting_part(url) in names


def _lasting_part(url: Url) -> str:
    host = url.host.replace(":", "-").strip(".")[:_MAX_HOST]
    return f"{host}-{hashlib.sha256(str(url).encode()).hexdigest()[:12]}.html"


def page_problem(content_type: str | None, body: bytes) -> str | None:
    """Return why a body that was received is no page to keep, or None. `content_type` is the header's value."""
    if not body.strip():
        return "an empty page"
    kind = (content_type or "").partition(";")[0].strip().lower()
    # Without a declared type the beginning has to show it; UTF-16 has a zero byte in every letter.
    if not kind and b"<" in body[:_HEAD] and b"html" in body[:_HEAD].replace(b"\0", b"").lower():
        return None
    if kind in {"text/html", "application/xhtml+xml"}:
        return None
    return f"not an HTML page but {kind if re.fullmatch(r'[a-z0-9.+-]+/[a-z0-9.+-]+', kind) else 'of unknown type'}"


def declared_charset(charset: str | None) -> str | None:
    """Return the charset of an HTTP answer where it is one that can be decoded."""
    if not charset or not _CHARSET.fullmatch(charset):
        return None
    try:
        b"a".decode(charset)
    except LookupError:  # unknown, or one that does not make text
        return None
    except UnicodeError:  # of several bytes a letter
        pass
    return charset


def validator(value: str | None) -> str:
    """Return an ETag or Last-Modified as it may be sent back, or "" for none or one not fit for a header."""
    return value if value and _VALIDATOR.fullmatch(value) else ""
