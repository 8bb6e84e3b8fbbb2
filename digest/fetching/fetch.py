"""digest fetch: ask the feeds, then fetch the pages that they newly name into the inbox folder.

What was done is remembered only after it is safely on disk: a page's URL after its file, a feed's validators (with which
the server is asked whether anything changed) after all its pages. So a run that is killed, or a page that failed, costs
the next run nothing but the work that is missing, and two runs at once write the same files.
"""

from __future__ import annotations

import http
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.delivering import write_all
from digest.errors import OutputError
from digest.fetching.client import Client, Response, Unreachable, status_line
from digest.fetching.feeds import parse_feed
from digest.fetching.gate import Forbidden, Gate
from digest.fetching.header import make_header
from digest.fetching.plan import (
    Plan,
    declared_charset,
    file_name,
    in_turns,
    is_kept,
    names_of_pages,
    page_problem,
    plan_feed,
    validator,
)
from digest.fetching.urls import FetchError, Url, parse_url, shown
from digest.model import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    from digest.fetching.feeds import Entry
    from digest.progress import Progress
    from digest.store import Store

FEED_BYTES = 10_000_000
PAGE_BYTES = 5_000_000
"""Most bytes of a decoded feed and page; pages of news outlets have 0.1 to 1 MB."""

PATIENCE = 2
"""Times that a host may in a row not answer before its other pages are left for the next run."""

_ACCEPT_FEED = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_ACCEPT_PAGE = "text/html, application/xhtml+xml, */*;q=0.1"


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What a run did.

    `feeds_read` counts feeds that had something to read, `feeds_unchanged` those that had not changed; the failures are
    those of feeds and of pages. `pages_skipped` counts entries that need not be fetched: fetched before, too old, or
    forbidden by robots.txt. `notices` are lines for the user about what is no failure.
    """

    feeds_read: int
    feeds_unchanged: int
    feed_failures: tuple[Failure, ...]
    pages_new: int
    pages_skipped: int
    page_failures: tuple[Failure, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Feed:
    """A feed that was read: its URL, validators for the next time, and the pages it names."""

    url: str
    etag: str
    modified: str
    plan: Plan


@dataclass(slots=True)
class _Pages:
    """What became of the pages so far."""

    new: int = 0
    forbidden: Counter[str] = field(default_factory=Counter)
    failures: dict[Url, str] = field(default_factory=dict)
    silent: Counter[str] = field(default_factory=Counter)


def fetch(
    feeds: Iterable[str],
    inbox: Path,
    days: int,
    client: Client,
    store: Store,
    now: Callable[[], datetime],
    progress: Progress,
) -> FetchReport:
    """Fetch what the `feeds` (URLs) newly name into `inbox`.

    Entries published more than `days` days ago are left out. `now` gives the time with its zone, by whose day the files
    are named. What fails is in the report and does not end the run.

    Raises:
        OutputError: the inbox cannot be written, or the store cannot be used.

    """
    start = now()
    kept = _kept(inbox)
    read: list[_Feed] = []
    unchanged = 0
    failures = []
    for name in progress.over(dict.fromkeys(feeds), "Fetching feeds"):
        try:
            feed = _read_feed(name, kept, days, client, store, start)
        except FetchError as error:
            failures.append(Failure(shown(name), "fetching", str(error)))
            continue
        if feed:
            read.append(feed)
        else:
            unchanged += 1

    pages = _Pages()
    gate = Gate(client)
    wanted = in_turns(url for feed in read for url in feed.plan.pages)
    for url in progress.over(wanted, "Fetching pages"):
        _keep_page(url, inbox, client, gate, store, now, pages)
    for feed in read:
        if not feed.plan.left and pages.failures.keys().isdisjoint(feed.plan.pages):
            store.remember_feed(feed.url, feed.etag, feed.modified)
    return FetchReport(
        len(read),
        unchanged,
        tuple(failures),
        pages.new,
        sum(feed.plan.skipped for feed in read) + pages.forbidden.total(),
        tuple(Failure(str(url), "fetching", reason) for url, reason in pages.failures.items()),
        tuple(_notices(read, pages)),
    )


def _kept(inbox: Path) -> frozenset[str]:
    """Return what the names of the pages in the inbox have in common with later ones of the same URL."""
    try:
        return names_of_pages(path.name for path in inbox.iterdir())
    except FileNotFoundError:
        return frozenset()
    except OSError as error:
        raise OutputError(f"{inbox}: cannot be listed ({error.strerror}); choose another folder") from error


def _read_feed(name: str, kept: frozenset[str], days: int, client: Client, store: Store, now: datetime) -> _Feed | None:
    """Return what the feed now names, or None where it has not changed since its pages were fetched."""
    url = parse_url(name)
    etag, modified = store.feed_validators(str(url))
    conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
    headers = {"Accept": _ACCEPT_FEED} | {header: value for header, value in conditions.items() if value}
    answer = client.get(url, FEED_BYTES, headers)
    if answer.status == http.HTTPStatus.NOT_MODIFIED and (etag or modified):
        return None
    if answer.status != http.HTTPStatus.OK:
        raise FetchError(status_line(answer.status))
    entries = parse_feed(answer.body, answer.url, answer.headers.get("content-type", ""))
    known = _known(entries, kept, store)
    return _Feed(
        str(url),
        validator(answer.headers["etag"]),
        validator(answer.headers["last-modified"]),
        plan_feed(entries, known, now, days),
    )


def _known(entries: Iterable[Entry], kept: frozenset[str], store: Store) -> set[str]:
    """Return the URLs that need not be fetched: the store knows them, or, where it was lost, the inbox has them."""
    urls = [entry.url for entry in entries]
    return store.fetched_pages(map(str, urls)) | {str(url) for url in urls if is_kept(url, kept)}


def _keep_page(
    url: Url, inbox: Path, client: Client, gate: Gate, store: Store, now: Callable[[], datetime], pages: _Pages
) -> None:
    """Fetch a page into the inbox, then remember it; note in `pages` what became of it."""
    if pages.silent[url.host] >= PATIENCE:
        pages.failures[url] = f"not asked for, since {url.host} did not answer {PATIENCE} times; left for the next run"
        return
    try:
        answer = client.get(url, PAGE_BYTES, {"Accept": _ACCEPT_PAGE}, gate.check)
        content = _content(answer, now())
    except Forbidden:
        pages.forbidden[url.host] += 1
        return
    except FetchError as error:
        pages.failures[url] = str(error)
        if isinstance(error, Unreachable):
            pages.silent[url.host] += 1
        return
    pages.silent.pop(url.host, None)
    name = file_name(url, now().date())
    write_all(inbox, {name: content})
    # The URL after redirects too, under which another feed may name the page.
    store.remember_pages((str(url), str(answer.url)), name)
    pages.new += 1


def _content(answer: Response, fetched: datetime) -> bytes:
    """Return the file of a page: its header and what was received."""
    if answer.status != http.HTTPStatus.OK:
        raise FetchError(status_line(answer.status))
    if problem := page_problem(answer.headers.get("content-type"), answer.body):
        raise FetchError(problem)
    charset = declared_charset(answer.headers.get_content_charset())
    return make_header(str(answer.url), fetched, charset) + answer.body


def _notices(read: Iterable[_Feed], pages: _Pages) -> Iterable[str]:
    for host, count in pages.forbidden.items():
        yield f"{host}: robots.txt forbids {count} of the pages"
    for feed in read:
        if feed.plan.left:
            yield f"{feed.url}: {feed.plan.left} more pages are left for the next run"
