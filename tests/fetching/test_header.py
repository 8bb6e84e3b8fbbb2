"""The first line of a saved page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.fetching.header import FetchHeader, make_header, parse_header
from digest.fetching.urls import FetchError, parse_url

TIME = datetime(2026, 11, 20, 8, 0, 5, 123, tzinfo=timezone(timedelta(hours=3)))
LINE = b"<!-- digest: url=https://news.example/a fetched=2026-11-20T05:00:05+00:00 charset=windows-1256 -->\n"


def test_there_and_back() -> None:
    line = make_header("https://news.example/a", TIME, "windows-1256")
    assert line == LINE
    time = datetime(2026, 11, 20, 5, 0, 5, tzinfo=UTC)
    header = FetchHeader("https://news.example/a", time, "windows-1256", len(LINE))
    assert parse_header(LINE + b"<!DOCTYPE html>\xc7") == header
    assert (LINE + b"page")[header.size :] == b"page"


@given(st.text(), st.datetimes(timezones=st.just(UTC)), st.sampled_from([None, "utf-8", "ISO-8859-6"]), st.binary())
def test_any_url_survives(path: str, time: datetime, charset: str | None, body: bytes) -> None:
    try:
        url = parse_url(f"https://news.example/{path}-->--")
    except FetchError:
        return
    line = make_header(str(url), time, charset)
    assert line.count(b"\n") == 1
    assert line.index(b"-->") == len(line) - 4
    assert parse_header(line + body) == FetchHeader(str(url), time.replace(microsecond=0), charset, len(line))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<!DOCTYPE html>",
        b" " + LINE,
        LINE.replace(b"https:", b"file:"),
        LINE.replace(b"11-20", b"11-31"),
        LINE.replace(b"\n", b""),
        LINE.replace(b"/a", b"/a b"),
        LINE.replace(b"/a", b"/" + b"a" * 9000),
    ],
)
def test_anything_else_is_no_header(data: bytes) -> None:
    assert parse_header(data) is None
