"""From the bytes of a feed to its entries."""

from __future__ import annotations

import contextlib
import json
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import PAGE, rss

from digest.fetching.feeds import Entry, parse_feed
from digest.fetching.urls import FetchError, parse_url

if TYPE_CHECKING:
    from pathlib import Path

BASE = parse_url("https://news.example/ar/feed.xml")
MORNING = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://base.example/x/">
<entry><title>خبر</title><link rel="alternate" href="a?b=1&amp;c=2"/><published>2026-11-20T08:00:00+03:00</published></entry>
<entry><title>خبر</title><link href="/b"/><updated>2026-11-20T05:00:00Z</updated></entry>
<entry><title>خبر</title><link href="c"/></entry></feed>"""
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "items": [
        {"id": "1", "url": "/a", "date_published": "2026-11-20T08:00:00+03:00"},
        {"id": "2", "external_url": "https://other.example/b", "date_published": "2026-11-20T05:00:00"},
        {"id": "3", "url": "c", "date_published": "yesterday"},
        {"id": "4"},
        {"id": "5", "url": 5},
        "no item",
    ],
}


def entries(data: bytes, content_type: str = "") -> list[tuple[str, datetime | None]]:
    return [(str(entry.url), entry.published) for entry in parse_feed(data, BASE, content_type)]


def test_rss_with_relative_links_dates_and_repetitions() -> None:
    date = "Fri, 20 Nov 2026 08:00:00 +0300"
    data = rss(
        ("/a", date), ("b?x=1&amp;y=2", None), (" https://other.example/ج ", date), ("/a#part", None), ("c", "أمس")
    )
    assert entries(data, "application/rss+xml; charset=utf-8") == [
        ("https://news.example/a", MORNING),
        ("https://news.example/ar/b?x=1&y=2", None),
        ("https://other.example/%D8%AC", MORNING),
        ("https://news.example/ar/c", None),
    ]


def test_links_that_cannot_be_fetched_are_left_out() -> None:
    assert entries(rss(("javascript:alert(1)", None), ("file:///etc/passwd", None), ("", None), ("/a", None))) == [
        ("https://news.example/a", None)
    ]
    assert entries(rss()) == []


def test_atom() -> None:
    assert entries(ATOM.encode()) == [
        ("https://base.example/x/a?b=1&c=2", MORNING),
        ("https://base.example/b", MORNING),
        ("https://base.example/x/c", None),
    ]


def test_json_feed() -> None:
    assert entries(json.dumps(JSON).encode()) == [
        ("https://news.example/a", MORNING),
        ("https://other.example/b", MORNING),
        ("https://news.example/ar/c", None),
    ]


def test_windows_1256_by_its_declaration() -> None:
    text = rss(("https://news.example/خبر", None)).decode().replace('encoding="utf-8"', 'encoding="windows-1256"')
    assert entries(text.encode("cp1256")) == [("https://news.example/%D8%AE%D8%A8%D8%B1", None)]


@pytest.mark.parametrize(
    "data",
    [b"", b"no feed", PAGE, b"\x00\xff" * 99, b"{}", b"{", b'{"version": "https://jsonfeed.org/version/1", "items": 3}',
     b'{"version": 1, "items": []}', b'{"a":' * 100_000, b"<?xml version='1.0'?><sitemap/>"],
    ids=lambda data: repr(data[:20]),
)  # fmt: skip
def test_what_is_no_feed_is_told(data: bytes) -> None:
    with pytest.raises(FetchError, match=r"not a feed|not a JSON Feed"):
        parse_feed(data, BASE, "application/rss+xml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "'
        + "a" * 1000
        + '">]><rss version="2.0"><channel>&a;</channel></rss>'
    )
    with pytest.raises(FetchError, match="declares entities"):
        parse_feed(bomb.encode(encoding), BASE, "")


def test_a_feed_that_is_the_name_of_a_file_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(rss(("/a", None)))
    with pytest.raises(FetchError, match="not a feed"):
        parse_feed(str(file).encode(), BASE, "")


@given(st.binary() | st.text().map(lambda text: rss((text, text))) | st.binary().map(lambda data: rss() + data))
def test_any_bytes_give_entries_or_one_error(data: bytes) -> None:
    with contextlib.suppress(FetchError):
        assert all(isinstance(entry, Entry) for entry in parse_feed(data, BASE, "text/xml"))


@pytest.mark.parametrize(
    "data", [b"<" * 200_000, b"<a " * 70_000, rss() + b"&" * 200_000, b"<rss>" + b"<![CDATA[" * 20_000]
)
def test_hostile_feeds_end_soon(data: bytes) -> None:
    start = time.perf_counter()
    with contextlib.suppress(FetchError):
        parse_feed(data, BASE, "")
    assert time.perf_counter() - start < 5
