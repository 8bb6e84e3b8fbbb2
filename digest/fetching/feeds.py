"""From the bytes of a feed (RSS, Atom or JSON Feed) to the pages that it names."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from digest.fetching.urls import FetchError, Url, parse_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from time import struct_time


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that a feed names, and when it says that it was published, in UTC, or None."""

    url: Url
    published: datetime | None


def parse_feed(data: bytes, base: Url, content_type: str) -> tuple[Entry, ...]:
    """Return the entries of the feed at `base`, each page once; those without a link that could be fetched are left out.

    Raises:
        FetchError: not a feed, or one that declares entities, with which a small file grows without bound.

    """
    entries: dict[Url, Entry] = {}
    pairs = _json_entries(data) if data.lstrip().startswith(b"{") else _xml_entries(data, base, content_type)
    for link, published in pairs:
        if not link.strip():  # as a reference that would be the feed itself
            continue
        with contextlib.suppress(FetchError):
            url = parse_url(link, base)
            entries.setdefault(url, Entry(url, published))
    return tuple(entries.values())


def _xml_entries(data: bytes, base: Url, content_type: str) -> Iterator[tuple[str, datetime | None]]:
    import feedparser  # noqa: PLC0415 - slow to import, and only needed where there is a feed

    if b"<!ENTITY" in data.replace(b"\0", b""):  # in UTF-16 too
        raise FetchError("declares entities, which no news feed needs")
    # A stream: given bytes, feedparser would open the file of that name.
    feed = feedparser.parse(
        io.BytesIO(data),
        response_headers={"content-type": content_type, "content-location": str(base)},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not feed.get("version") and not feed.entries:
        raise FetchError("not a feed (neither RSS nor Atom nor JSON Feed)")
    for entry in feed.entries:
        # dict.get: feedparser's own answers for `updated` with `published`, and warns that it will not for ever.
        yield entry.get("link") or "", _time(entry.get("published_parsed") or dict.get(entry, "updated_parsed"))


def _time(parsed: struct_time | None) -> datetime | None:
    try:
        return datetime(*parsed[:6], tzinfo=UTC) if parsed else None
    except ValueError:
        return None


def _json_entries(data: bytes) -> Iterator[tuple[str, datetime | None]]:
    """Yield the items of a JSON Feed (jsonfeed.org, version 1.1)."""
    not_a_feed = FetchError("JSON, but not a JSON Feed")
    try:
        feed = json.loads(data)
    except (ValueError, RecursionError):
        raise not_a_feed from None
    items = feed.get("items") if str(feed.get("version")).startswith("https://jsonfeed.org/version/") else None
    if not isinstance(items, list):
        raise not_a_feed
    for item in items:
        if isinstance(item, dict) and isinstance(link := item.get("url") or item.get("external_url"), str):
            yield link, _json_time(item.get("date_published"))


def _json_time(text: Any) -> datetime | None:
    try:
        time = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
