"""Fetching feeds and pages from a real server into a folder and a store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest
from loopback import PAGE, Answer, Site, page, reply, rss, to

from digest.errors import OutputError
from digest.fetching import fetch as fetching
from digest.fetching.client import Client, Limits, Pacer
from digest.fetching.fetch import FetchReport, fetch
from digest.fetching.header import parse_header
from digest.fetching.plan import MAX_PAGES
from digest.progress import Silent
from digest.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return tmp_path / "inbox"


def run(site: Site, inbox: Path, *feeds: str, now: datetime = NOW, pacer: Pacer | None = None) -> FetchReport:
    client = Client("digest/1", pacer or Pacer(0), allow_private=True, limits=Limits(5, 5, 10))
    urls = [feed if ":" in feed else site.url(feed) for feed in feeds or ("/feed",)]
    with Store(inbox.parent / "store.sqlite") as store:
        return fetch(urls, inbox, 7, client, store, lambda: now, Silent())


def counts(report: FetchReport) -> tuple[int, ...]:
    return (
        report.feeds_read, report.feeds_unchanged, len(report.feed_failures),
        report.pages_new, report.pages_skipped, len(report.page_failures),
    )  # fmt: skip


def feed(*links: str, **headers: str) -> Answer:
    return reply(200, rss(*((link, None) for link in links)), Content_Type="application/rss+xml", **headers)


def files(inbox: Path) -> list[str]:
    return sorted(path.name for path in inbox.iterdir())


def test_pages_land_with_their_url_and_time(site: Site, inbox: Path) -> None:
    arabic = PAGE.decode().replace("utf-8", "windows-1256").encode("cp1256")
    site.answers |= {
        "/feed": feed("/a", "b"), "/a": page(), "/b": to("/b/final"),
        "/b/final": page(arabic, "text/html; charset=windows-1256"),
    }  # fmt: skip
    assert counts(run(site, inbox)) == (1, 0, 0, 2, 0, 0)
    assert len(files(inbox)) == 2
    pages = {}
    for file in inbox.iterdir():
        assert file.name.startswith("2026-11-20-127.0.0.1-")
        data = file.read_bytes()
        header = parse_header(data)
        assert header
        assert header.fetched == NOW
        pages[header.url] = (header.charset, data[header.size :])
    assert pages == {site.url("/a"): ("utf-8", PAGE), site.url("/b/final"): ("windows-1256", arabic)}


def test_nothing_is_fetched_twice(site: Site, inbox: Path) -> None:
    site.answers |= {"/feed": feed("/a", "/b"), "/a": page(), "/b": to("/c"), "/c": page()}
    run(site, inbox)
    site.asked.clear()
    for file in inbox.iterdir():
        file.unlink()  # read and thrown away
    # Under its last address another feed names a page that is known.
    site.answers["/other"] = feed("/c")
    assert counts(run(site, inbox, "/feed", "/other")) == (2, 0, 0, 0, 3, 0)
    assert site.paths == ["/feed", "/other"]


def test_without_the_store_the_inbox_tells_what_was_fetched(site: Site, inbox: Path) -> None:
    site.answers |= {"/feed": feed("/a"), "/a": page()}
    run(site, inbox)
    (inbox.parent / "store.sqlite").unlink()
    assert counts(run(site, inbox, now=NOW + timedelta(days=1))) == (1, 0, 0, 0, 1, 0)
    assert len(files(inbox)) == 1


def test_old_entries_are_left_out(site: Site, inbox: Path) -> None:
    dates = {f"/{days}": format_datetime(NOW - timedelta(days=days)) for days in (0, 6, 8, 400)}
    site.answers |= {"/feed": reply(200, rss(*dates.items()))} | dict.fromkeys(dates, page())
    assert counts(run(site, inbox)) == (1, 0, 0, 2, 2, 0)
    assert set(site.paths) == {"/feed", "/robots.txt", "/0", "/6"}


@pytest.mark.parametrize(
    ("sent", "asked", "value"),
    [("ETag", "if-none-match", 'W/"x1"'), ("Last_Modified", "if-modified-since", "Fri, 20 Nov 2026 05:00:00 GMT")],
)
def test_an_unchanged_feed_is_not_sent_again(site: Site, inbox: Path, sent: str, asked: str, value: str) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        (reply(304) if handler.headers[asked] == value else feed("/a", **{sent: value}))(handler)

    site.answers |= {"/feed": answer, "/a": page()}
    assert counts(run(site, inbox)) == (1, 0, 0, 1, 0, 0)
    assert site.asked[0][1][asked] is None
    assert counts(run(site, inbox)) == (0, 1, 0, 0, 0, 0)
    assert site.paths.count("/a") == 1


def test_a_failed_page_is_tried_again_though_the_feed_has_not_changed(site: Site, inbox: Path) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        (reply(304) if handler.headers["if-none-match"] else feed("/a", "/b", ETag='"1"'))(handler)

    site.answers |= {"/feed": answer, "/a": page(), "/b": reply(500)}
    report = run(site, inbox)
    assert counts(report) == (1, 0, 0, 1, 0, 1)
    assert report.page_failures[0].origin == site.url("/b")
    assert report.page_failures[0].reason == "the server answered 500 (Internal Server Error)"
    site.answers["/b"] = page()
    assert counts(run(site, inbox)) == (1, 0, 0, 1, 1, 0)
    assert counts(run(site, inbox)) == (0, 1, 0, 0, 0, 0)
    assert len(files(inbox)) == 2


def test_a_failed_feed_is_named_and_the_rest_go_on(site: Site, inbox: Path) -> None:
    site.answers |= {
        "/feed": feed("/a"), "/a": page(), "/page": page(), "/500": reply(500), "/304": reply(304),
        "/large": reply(200, Content_Length="10000001"), "/private": to("ftp://news.example/"),
    }  # fmt: skip
    bad = [
        "/404",
        "/500",
        "/304",
        "/page",
        "/large",
        "/private",
        "http://none.invalid/",
        "file:///etc/passwd",
        "x:\x1b",
    ]
    report = run(site, inbox, *bad, "/feed")
    assert counts(report) == (1, 0, len(bad), 1, 0, 0)
    reasons = {failure.origin.removeprefix(site.url("")): failure.reason for failure in report.feed_failures}
    assert reasons.pop("http://none.invalid/").startswith("none.invalid has no address (")
    assert reasons == {
        "/404": "the server answered 404 (Not Found)",
        "/500": "the server answered 500 (Internal Server Error)",
        "/304": "the server answered 304 (Not Modified)",
        "/page": "not a feed (neither RSS nor Atom nor JSON Feed)",
        "/large": "larger than 10 MB",
        "/private": "redirected: ftp://news.example/ is no http or https URL",
        "file:///etc/passwd": "file:///etc/passwd is no http or https URL",
        "x:�": "x:� is no URL: control characters or backslashes in it",
    }


def test_pages_that_are_none_are_named_and_not_kept(site: Site, inbox: Path) -> None:
    site.answers |= {
        "/feed": feed("/pdf", "/empty", "/large", "/gone"), "/pdf": page(b"%PDF", "application/pdf"), "/empty": page(b""),
        "/large": reply(200, Content_Length="5000001", Content_Type="text/html"), "/gone": reply(410),
    }  # fmt: skip
    report = run(site, inbox)
    assert [failure.reason for failure in report.page_failures] == [
        "not an HTML page but application/pdf", "an empty page", "larger than 5 MB", "the server answered 410 (Gone)",
    ]  # fmt: skip
    assert not inbox.exists()


def test_robots_are_respected_for_pages_and_where_they_lead(site: Site, inbox: Path) -> None:
    site.answers |= {
        "/robots.txt": reply(200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /no*\n"), "/feed": feed("/no1", "/a", "/moved"),
        "/no1": page(), "/no2": page(), "/a": page(), "/moved": to("/no2"),
    }  # fmt: skip
    report = run(site, inbox)
    assert counts(report) == (1, 0, 0, 1, 2, 0)
    assert report.notices == ("127.0.0.1: robots.txt forbids 2 of the pages",)
    assert site.paths == ["/feed", "/robots.txt", "/a", "/moved"]


@pytest.mark.parametrize(
    ("answer", "new"),
    [(reply(404), 1), (reply(403), 1), (to("/a"), 1), (reply(500), 0), (reply(503), 0), (to("/robots.txt"), 0)],
)
def test_without_robots_pages_are_fetched_unless_the_server_is_broken(
    site: Site, inbox: Path, answer: Answer, new: int
) -> None:
    site.answers |= {"/robots.txt": answer, "/feed": feed("/a"), "/a": page()}
    report = run(site, inbox)
    assert (report.pages_new, len(report.page_failures)) == (new, 1 - new)
    assert all(failure.reason.startswith("robots.txt: ") for failure in report.page_failures)


def test_the_delay_that_robots_ask_for_is_kept(site: Site, inbox: Path) -> None:
    slept: list[float] = []
    site.answers |= {
        "/robots.txt": reply(200, b"User-agent: digest\nCrawl-delay: 7"), "/feed": feed("/a", "/b"), "/a": page(), "/b": page(),
    }  # fmt: skip
    run(site, inbox, pacer=Pacer(1, lambda: 50.0, slept.append))
    assert slept == [1, 7, 7]


def test_a_silent_host_is_left_for_the_next_run(site: Site, inbox: Path) -> None:
    site.answers |= {"/feed": feed("/a", "/b", "/c", "/d")} | dict.fromkeys(("/a", "/b", "/c", "/d"), reply(503))
    report = run(site, inbox)
    assert site.paths == ["/feed", "/robots.txt", "/a", "/b"]
    assert [failure.reason.partition(",")[0] for failure in report.page_failures] == [
        "the server answered 503 (Service Unavailable)"
    ] * 2 + ["not asked for"] * 2


def test_a_long_feed_is_fetched_over_several_runs(site: Site, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "write_all", lambda *_: None)  # the disk is not what is tested, and slow
    links = [f"/{number}" for number in range(MAX_PAGES + 5)]
    site.answers |= {"/feed": feed(*links, ETag='"1"')} | dict.fromkeys(links, page())
    report = run(site, inbox)
    assert counts(report) == (1, 0, 0, MAX_PAGES, 0, 0)
    assert report.notices == (f"{site.url('/feed')}: 5 more pages are left for the next run",)
    assert counts(run(site, inbox)) == (1, 0, 0, 5, MAX_PAGES, 0)


def test_an_inbox_that_cannot_be_written_ends_the_run_and_is_not_remembered(site: Site, inbox: Path) -> None:
    site.answers |= {"/feed": feed("/a"), "/a": page()}
    inbox.touch()
    with pytest.raises(OutputError, match="inbox"):
        run(site, inbox)
    inbox.unlink()
    assert counts(run(site, inbox)) == (1, 0, 0, 1, 0, 0)
