"""RSS, Atom and JSON Feed documents on disk: every entry an article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from digest.errors import ReadingError
from digest.model import Document, Failure, Hints
from digest.reading.dates import stated_day
from digest.reading.markup import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read_feed(origin: str, data: bytes) -> Iterator[Document | Failure]:
    """Yield a document for each entry of a feed that has text, with the feed's title as outlet, and a failure otherwise.

    Raises:
        ReadingError: the document is no feed, has no entries, or declares entities (which may expand without end).

    """
    if _ENTITY.search(data):
        raise ReadingError(origin, "a feed with a document type or entities of its own; it is not read")
    import feedparser  # noqa: PLC0415 - only feeds need it

    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not feed.version or not feed.entries:
        raise ReadingError(origin, "no feed with entries")
    for number, entry in enumerate(feed.entries, 1):
        where = f"{origin}#{number}"
        text = text_of(_content(entry))
        if not text:
            yield Failure(where, "reading", "an entry without text")
            continue
        hints = Hints(
            title=entry.get("title") or None,
            outlet=feed.feed.get("title") or None,
            author=entry.get("author") or None,
            published=stated_day(entry.get("published")),
            url=entry.get("link") or None,
            keywords=tuple(tag["term"] for tag in entry.get("tags", ()) if tag.get("term")),
        )
        yield Document(where, text, hints, entry.get("id") or None)


def _content(entry: Any) -> str:
    """Return the longest of an entry's texts: many feeds put a teaser into one field and the article into another."""
    texts: list[str] = [part.get("value", "") for part in entry.get("content", ())]
    return max([*texts, str(entry.get("summary", ""))], key=len)
