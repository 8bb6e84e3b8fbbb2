"""Downloading: what was promised comes whole, what broke off is gone on from, and trouble is one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from package_server import FILE, PackageServer

from digest.translating.downloading import DownloadError, discard, download, fetch

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = b"".join(number.to_bytes(4) for number in range(75_000))
LIMIT = 10**9


def ignored(*_: object) -> None:
    pass


def test_progress_ends_with_what_was_promised(tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    with PackageServer(CONTENT) as server:
        download(server.url(FILE), tmp_path / "file", LIMIT, lambda got, total: told.append((got, total)))
    assert (tmp_path / "file").read_bytes() == CONTENT
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert [got for got, _ in told] == sorted({got for got, _ in told})
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_what_broke_off_is_gone_on_from(tmp_path: Path) -> None:
    with PackageServer(CONTENT, cut_at=100_000) as server:
        for _ in range(2):
            with pytest.raises(DownloadError, match=r"broke off after \d+ of 300000 bytes"):
                download(server.url(FILE), tmp_path / "file", LIMIT, ignored)
        assert not (tmp_path / "file").exists()
        download(server.url(FILE), tmp_path / "file", LIMIT, ignored)
        assert server.ranges == [None, "bytes=100000-", "bytes=200000-"]
    assert (tmp_path / "file").read_bytes() == CONTENT


@pytest.mark.parametrize("change", ["etag", "no etag", "address", "part", "note"])
def test_a_part_of_something_else_is_not_gone_on_from(tmp_path: Path, change: str) -> None:
    file = tmp_path / "file"
    with PackageServer(CONTENT, cut_at=1000, etag=None if change == "no etag" else '"first"') as server:
        with pytest.raises(DownloadError):
            download(server.url(FILE), file, LIMIT, ignored)
        server.cut_at = None
        if change == "etag":
            server.etag, server.content = '"second"', CONTENT[::-1]
        elif change == "part":
            (tmp_path / "file.part").write_bytes(CONTENT + b"more")
        elif change == "note":
            (tmp_path / "file.part.json").write_text("[", encoding="utf-8")
        if change == "address":
            with PackageServer(CONTENT[::-1]) as other:
                download(other.url(FILE), file, LIMIT, ignored)
                assert file.read_bytes() == other.content
        else:
            download(server.url(FILE), file, LIMIT, ignored)
            assert file.read_bytes() == server.content


def test_a_shorter_or_longer_answer_than_promised_is_an_error(tmp_path: Path) -> None:
    with PackageServer(CONTENT, promised=len(CONTENT) + 1) as server, pytest.raises(DownloadError, match="broke off"):
        download(server.url(FILE), tmp_path / "file", LIMIT, ignored)
    assert not (tmp_path / "file").exists()
    with PackageServer(CONTENT, promised=1000) as server:
        download(server.url(FILE), tmp_path / "other", LIMIT, ignored)
    assert (tmp_path / "other").read_bytes() == CONTENT[:1000]


def test_too_large_is_told_before_it_is_fetched(tmp_path: Path) -> None:
    with PackageServer(CONTENT) as server:
        with pytest.raises(DownloadError, match=r"larger than 0\.2 MB"):
            download(server.url(FILE), tmp_path / "file", 200_000, ignored)
        with pytest.raises(DownloadError, match=r"larger than 0\.2 MB"):
            fetch(server.url(FILE), 200_000)
        assert fetch(server.url(FILE), len(CONTENT)) == CONTENT
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://127.0.0.1/file", "data:,text", "name", "http://[bad"])
def test_other_addresses_are_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(DownloadError, match="no http or https address"):
        download(url, tmp_path / "file", LIMIT, ignored)
    assert list(tmp_path.iterdir()) == []


def test_no_server_and_no_such_file_are_one_line(tmp_path: Path) -> None:
    with PackageServer(CONTENT) as server:
        gone = server.url(FILE)
        with pytest.raises(DownloadError, match="the server answered 404"):
            fetch(server.url("/nothing"), LIMIT)
    with pytest.raises(DownloadError, match="refused"):
        download(gone, tmp_path / "file", LIMIT, ignored)
    discard(tmp_path / "file")
