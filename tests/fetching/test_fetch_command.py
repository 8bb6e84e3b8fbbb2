"""digest fetch as people start it, killed at every point that matters too."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from loopback import PAGE, Site, page, reply, rss

from digest.fetching.header import parse_header
from digest.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

LINKS = ["/a", "/b", "/c"]


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        running.answers |= {"/feed": reply(200, rss(*((link, None) for link in LINKS)), ETag='"1"')}
        running.answers |= dict.fromkeys(LINKS, page())
        yield running


@pytest.fixture
def folder(tmp_path: Path, site: Site) -> Path:
    settings = f'feeds = ["{site.url("/feed")}"]\ndelay = 0\nstore = "store.sqlite"\n'
    (tmp_path / "digest.toml").write_text(settings, encoding="utf-8")
    return tmp_path


def fetch(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "digest", "fetch", *arguments],
        cwd=folder, env=os.environ | environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_feeds_of_the_settings(folder: Path, site: Site) -> None:
    done = fetch(folder, "--allow-private")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Feeds: 1 ok, 0 unchanged, 0 failed; pages: 3 new, 0 skipped, 0 failed\n"
    assert len(list((folder / "inbox").glob("*-127.0.0.1-*.html"))) == 3
    agent = site.asked[0][1]["user-agent"]
    assert agent.startswith("digest/0.")
    assert agent.endswith(" (+offline briefing)")
    again = fetch(folder, "--allow-private", "--quiet")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert site.paths.count("/a") == 1


def test_feeds_of_an_opml_file_replace_them(folder: Path, site: Site) -> None:
    site.answers["/other"] = reply(200, rss(("/b", None)))
    (folder / "my.opml").write_text(f'<opml><outline xmlUrl="{site.url("/other")}"/></opml>', encoding="utf-8")
    done = fetch(folder, "--allow-private", "--opml", "my.opml", "--inbox", "pages", DIGEST_STORE="none")
    assert done.returncode == 0, done.stderr
    assert len(list((folder / "pages").iterdir())) == 1
    assert site.paths == ["/other", "/robots.txt", "/b"]
    assert not (folder / "store.sqlite").exists()
    assert not (folder / ":memory:").exists()


def test_the_own_network_is_refused_and_no_feed_is_an_error(folder: Path, site: Site) -> None:
    done = fetch(folder)
    assert done.returncode == 3
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"digest: {site.url('/feed')}: 127.0.0.1 is at 127.0.0.1, which is no public address; ")
    assert done.stdout == "Feeds: 0 ok, 0 unchanged, 1 failed; pages: 0 new, 0 skipped, 0 failed\n"
    assert site.asked == []


def test_what_fails_is_named_and_the_rest_goes_on(folder: Path, site: Site) -> None:
    del site.answers["/b"]
    feeds = f"{site.url('/missing')}\n{site.url('/feed')}"
    done = fetch(folder, "--allow-private", DIGEST_FEEDS=feeds)
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        f"digest: {site.url('/missing')}: the server answered 404 (Not Found)",
        f"digest: {site.url('/b')}: the server answered 404 (Not Found)",
    ]
    assert done.stdout == "Feeds: 1 ok, 0 unchanged, 1 failed; pages: 2 new, 0 skipped, 1 failed\n"


def test_no_feeds_and_a_wrong_list_of_feeds(folder: Path) -> None:
    (folder / "digest.toml").unlink()
    (folder / "bad.opml").write_text("<html/>", encoding="utf-8")
    for arguments, said in ((), "no feeds: list them under `feeds`"), (("--opml", "bad.opml"), "bad.opml: not OPML"):
        done = fetch(folder, *arguments)
        assert done.returncode == 2
        assert done.stderr.startswith(f"digest: {said}")
        assert done.stderr.count("\n") == 1


def test_help_starts_without_network_and_feed_libraries() -> None:
    code = (
        "import sys; sys.argv = ['digest', 'fetch', '--help']\n"
        "from digest.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code\n"
        "assert not {'feedparser', 'http.client', 'urllib3', 'digest.fetching'} & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


# --- killed


def whole_pages(folder: Path) -> set[str]:
    """Return the URLs of the pages in the inbox, having checked that each file is whole and once there."""
    urls = []
    for file in (folder / "inbox").glob("*"):
        if file.name.startswith("."):
            continue
        data = file.read_bytes()
        header = parse_header(data)
        assert header
        assert data[header.size :] == PAGE
        urls.append(header.url)
    assert len(urls) == len(set(urls))
    return set(urls)


def check_that_the_next_run_completes(folder: Path, site: Site, remaining: int) -> None:
    before = whole_pages(folder)
    site.asked.clear()
    done = fetch(folder, "--allow-private")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Feeds: 1 ok, 0 unchanged, 0 failed; pages: {remaining} new, {3 - remaining} skipped" in done.stdout
    assert whole_pages(folder) == {site.url(link) for link in LINKS}
    assert {path for path in site.paths if path in LINKS} == {link for link in LINKS if site.url(link) not in before}
    assert [path for path in (folder / "inbox").iterdir() if path.name.startswith(".")] == []
    with Store(folder / "store.sqlite") as store:
        assert store.feed_validators(site.url("/feed")) == ('"1"', "")


@pytest.mark.parametrize("stuck", ["/feed", "/robots.txt", "/a", "/b", "/c"])
def test_killed_while_the_server_is_sending(folder: Path, site: Site, stuck: str) -> None:
    reached, end = threading.Event(), threading.Event()

    def hang(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", "99999")
        handler.end_headers()
        handler.wfile.write(PAGE[:50])
        reached.set()
        end.wait(20)

    answers = dict(site.answers)
    site.answers[stuck] = hang
    command = [sys.executable, "-m", "digest", "fetch", "--allow-private"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert reached.wait(20)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    end.set()
    site.answers = answers
    check_that_the_next_run_completes(folder, site, 3 - (LINKS.index(stuck) if stuck in LINKS else 0))


KILLED = """
import os, pathlib, signal, sys
from digest.cli import app
from digest.store import Store
where, when = sys.argv.pop(1), int(sys.argv.pop(1))
calls = 0

def killing(method):
    def replaced(*arguments, **named):
        global calls
        calls += 1
        if calls == when:
            os.kill(os.getpid(), signal.SIGKILL)
        return method(*arguments, **named)
    return replaced

owner = {"replace": pathlib.Path, "remember_pages": Store, "remember_feed": Store}[where]
setattr(owner, where, killing(getattr(owner, where)))
app()
"""


@pytest.mark.parametrize(
    ("where", "when", "remaining"),
    [
        ("replace", 1, 3),  # written, not yet in its place
        ("replace", 3, 1),
        ("remember_pages", 1, 2),  # on disk, not yet remembered
        ("remember_pages", 3, 0),
        ("remember_feed", 1, 0),
    ],
)
def test_killed_between_the_steps_of_keeping(folder: Path, site: Site, where: str, when: int, remaining: int) -> None:
    command = [sys.executable, "-c", KILLED, where, str(when), "fetch", "--allow-private"]
    process = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert process.returncode == -signal.SIGKILL, process.stderr
    check_that_the_next_run_completes(folder, site, remaining)


def test_two_runs_at_once(folder: Path, site: Site) -> None:
    both = threading.Barrier(2, timeout=20)
    feed = site.answers["/feed"]

    def together(handler: BaseHTTPRequestHandler) -> None:
        both.wait()
        feed(handler)

    site.answers["/feed"] = together
    command = [sys.executable, "-m", "digest", "fetch", "--allow-private"]
    runs = [subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) for _ in range(2)]
    for run in runs:
        _, errors = run.communicate(timeout=60)
        assert (run.returncode, errors.decode()) == (0, "")
    assert whole_pages(folder) == {site.url(link) for link in LINKS}
