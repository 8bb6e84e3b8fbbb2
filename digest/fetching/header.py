"""What digest knows of a page that it fetched, as the first line of the saved file.

The line is an HTML comment in ASCII, which may stand before the document type, and the page follows byte for byte as it
was received:

    <!-- digest: url=https://news.example/a fetched=2026-11-20T05:00:00+00:00 charset=windows-1256 -->

So a saved page is one file that can be moved and copied, and a browser shows it. A page in UTF-16 is shown right only
without its first line, since its byte order mark is no longer the first thing in the file: `data[header.size:]`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from digest.fetching.urls import MAX_LENGTH

_LINE = re.compile(
    rb"<!-- digest: url=(?P<url>https?://[!-=?-~]+) fetched=(?P<fetched>[0-9T:+-]{25})"
    rb"(?: charset=(?P<charset>[A-Za-z0-9._:-]{1,40}))? -->\r?\n"
)


@dataclass(frozen=True, slots=True)
class FetchHeader:
    """The first line of a saved page, read.

    `url` is the page's own, after redirects; `fetched` is in UTC; `charset` is what the HTTP answer declared, which
    counts before what the page says (HTML, 13.2.3.2), or None; `size` is the length of the line in bytes with its end.
    """

    url: str
    fetched: datetime
    charset: str | None
    size: int


def make_header(url: str, fetched: datetime, charset: str | None) -> bytes:
    """Return the line for a page from `url`, a URL in ASCII, fetched at `fetched`, which knows its time zone."""
    time = fetched.astimezone(UTC).isoformat(timespec="seconds")
    # A raw > has no place in a URL, and without one no URL ends the comment.
    declared = f" charset={charset}" if charset else ""
    return f"<!-- digest: url={url.replace('>', '%3E')} fetched={time}{declared} -->\n".encode("ascii")


def parse_header(data: bytes) -> FetchHeader | None:
    """Return what the first line of a saved page says, or None where it is no such line."""
    found = _LINE.match(data[: MAX_LENGTH + 200])
    if not found:
        return None
    try:
        fetched = datetime.fromisoformat(found["fetched"].decode("ascii"))
    except ValueError:
        return None
    charset = found["charset"]
    return FetchHeader(
        found["url"].decode("ascii"), fetched, charset.decode("ascii") if charset else None, len(found[0])
    )
