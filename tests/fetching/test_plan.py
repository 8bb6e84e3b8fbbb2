"""What to fetch, and under which name."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import PAGE

from digest.fetching.feeds import Entry
from digest.fetching.plan import (
    MAX_PAGES,
    declared_charset,
    file_name,
    in_turns,
    is_kept,
    names_of_pages,
    page_problem,
    plan_feed,
    validator,
)
from digest.fetching.urls import Url, parse_url

NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)


def url(path: str, host: str = "news.example") -> Url:
    return parse_url(f"https://{host}/{path}")


def test_known_and_old_entries_are_skipped() -> None:
    week = timedelta(days=7)
    entries = [
        Entry(url("new"), NOW),
        Entry(url("known"), NOW),
        Entry(url("old"), NOW - week - timedelta(seconds=1)),
        Entry(url("just"), NOW - week),
        Entry(url("undated"), None),
        Entry(url("tomorrow"), NOW + timedelta(days=1)),
    ]
    plan = plan_feed(entries, {str(url("known"))}, NOW, 7)
    assert plan.pages == (url("new"), url("just"), url("undated"), url("tomorrow"))
    assert (plan.skipped, plan.left) == (2, 0)


@given(st.integers(0, 3 * MAX_PAGES))
def test_every_entry_is_counted_once(count: int) -> None:
    entries = [Entry(url(str(number)), None) for number in range(count)]
    plan = plan_feed(entries, {str(url("1"))}, NOW, 7)
    assert len(plan.pages) + plan.skipped + plan.left == count
    assert len(plan.pages) <= MAX_PAGES


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9))))
def test_hosts_take_turns(pairs: list[tuple[str, int]]) -> None:
    pages = [url(str(path), f"{host}.example") for host, path in pairs]
    turns = in_turns(pages)
    assert sorted(turns, key=str) == sorted(set(pages), key=str)
    for host in {page.host for page in pages}:
        assert [page for page in turns if page.host == host] == [
            page for page in dict.fromkeys(pages) if page.host == host
        ]
    assert [page.host for page in in_turns([url("1", "a.x"), url("2", "a.x"), url("1", "b.x")])] == [
        "a.x",
        "b.x",
        "a.x",
    ]


def test_names_of_files() -> None:
    day = date(2026, 11, 20)
    name = file_name(url("a"), day)
    assert name.startswith("2026-11-20-news.example-")
    assert name.endswith(".html")
    assert file_name(url("b"), day) != name
    assert is_kept(url("a"), names_of_pages([file_name(url("a"), date(2025, 1, 1)), "notes.txt"]))
    assert not is_kept(url("b"), names_of_pages([name]))
    assert file_name(parse_url("http://[2606:4700::1]/"), day).startswith("2026-11-20-2606-4700--1-")


@given(st.from_regex(r"[a-z0-9.-]{1,250}", fullmatch=True), st.text(max_size=50))
def test_names_are_plain_and_short(host: str, path: str) -> None:
    name = file_name(Url("https", host, 443, f"/{path}"), date(2026, 11, 20))
    assert len(f".{name}.digest-0123456789abcdef.tmp") < 200
    assert not set(name) & set('/\\:*?"<>|')
    assert not name.startswith(".")


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        ("text/html; charset=utf-8", PAGE, None),
        ("TEXT/HTML", b"x", None),
        ("application/xhtml+xml", PAGE, None),
        (None, PAGE, None),
        (None, PAGE.decode().encode("utf-16"), None),
        ("", b"\x89PNG\r\n", "not an HTML page but of unknown type"),
        ("application/pdf", b"%PDF", "not an HTML page but application/pdf"),
        ("\x1b[31m", PAGE, "not an HTML page but of unknown type"),
        ("text/html", b" \r\n", "an empty page"),
    ],
)
def test_what_is_a_page(kind: str | None, body: bytes, said: str | None) -> None:
    assert page_problem(kind, body) == said


@pytest.mark.parametrize(
    ("charset", "wanted"),
    [
        ("windows-1256", "windows-1256"),
        ("utf-16", "utf-16"),
        (None, None),
        ("no-such", None),
        ("hex", None),
        ("a b", None),
    ],
)
def test_charsets(charset: str | None, wanted: str | None) -> None:
    assert declared_charset(charset) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"), [('W/"a"', 'W/"a"'), (None, ""), ("", ""), ("a\r\nX: y", ""), ("a" * 501, ""), ("é", "")]
)
def test_validators_fit_into_a_header(value: str | None, wanted: str) -> None:
    assert validator(value) == wanted
