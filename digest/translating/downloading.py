"""Downloading one large file so that what was fetched is not lost when the connection or the process breaks off.

The file grows under its name with `.part` behind it, beside a note of what it is a part of (RFC 9110: the ETag or
Last-Modified, and the length). The next download of the same address goes on where the part ends if the server still has
the same file (`Range` with `If-Range`), else it begins anew.
"""

from __future__ import annotations

import http
import http.client
import json
import re
import ssl
import urllib.error
import urllib.request
from importlib import metadata
from typing import IO, TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import Message
    from pathlib import Path

SILENCE = 60.0
"""Seconds without a byte after which the server counts as gone."""

_CHUNK = 1 << 16
_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+)")


class DownloadError(Exception):
    """Something could not be downloaded; the message is the reason in one line, without the address."""


class _NothingBehindError(DownloadError):
    """The server has nothing behind the byte that was asked for: the file has become shorter."""


class _Redirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        """Follow a redirect, but not out of HTTP and never from https to what anybody on the way can change."""
        if _scheme(newurl) not in ({"https"} if req.type == "https" else {"http", "https"}):
            raise DownloadError("redirected to an address that is no https address")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_OPENER = urllib.request.build_opener(_Redirects)


def fetch(url: str, limit: int) -> bytes:
    """Return what is at an http or https address; DownloadError where that fails or is larger than `limit` bytes."""
    with _Answer(url, {}) as answer:
        data = answer.read(limit + 1)
    if len(data) > limit:
        raise DownloadError(f"larger than {limit / 1e6:g} MB")
    return data


def download(url: str, file: Path, limit: int, told: Callable[[int, int | None], object]) -> None:
    """Download what is at an http or https address into `file`, whose folder must exist.

    `told` is called with the bytes that are there and the bytes promised, None where the server promised no length.

    Raises:
        DownloadError: the address cannot be fetched, is larger than `limit` bytes, or did not give what it promised.
            What came is kept for the next time if it can be gone on from.
        OSError: the file cannot be written.

    """
    try:
        _receive(url, file, limit, told)
    except _NothingBehindError:
        discard(file)
        _receive(url, file, limit, told)


def _receive(url: str, file: Path, limit: int, told: Callable[[int, int | None], object]) -> None:
    part, note = _beside(file)
    had = _continued(part, note, url)
    headers = {"Range": f"bytes={part.stat().st_size}-", "If-Range": had["validator"]} if had else {}
    with _Answer(url, headers) as answer:
        start, total = answer.start_and_total()
        if not had or start != part.stat().st_size or (start and total != had["total"]):
            if start:
                discard(file)
                raise DownloadError("the server sent another part of it than was asked for; try again")
            discard(file)
            note.write_text(json.dumps({"url": url, "validator": answer.validator(), "total": total}), encoding="utf-8")
        if total is not None and total > limit:
            discard(file)
            raise DownloadError(f"larger than {limit / 1e6:g} MB")
        got = start
        with part.open("ab") as stream:
            while chunk := answer.read(_CHUNK):
                got += len(chunk)
                if got > limit:
                    raise DownloadError(f"larger than {limit / 1e6:g} MB")
                stream.write(chunk)
                told(got, total)
    if total is not None and got != total:
        raise DownloadError(f"broke off after {got} of {total} bytes; the same command again goes on from there")
    part.replace(file)
    note.unlink()


def discard(file: Path) -> None:
    """Forget a download of `file`, the whole of it and a part."""
    for path in (file, *_beside(file)):
        path.unlink(missing_ok=True)


def _beside(file: Path) -> tuple[Path, Path]:
    return file.with_name(f"{file.name}.part"), file.with_name(f"{file.name}.part.json")


def _continued(part: Path, note: Path, url: str) -> dict[str, Any]:
    """Return the note of a part of what is at `url` that can be gone on from, {} where there is none."""
    try:
        noted = json.loads(note.read_text(encoding="utf-8"))
        usable = noted["url"] == url and noted["validator"] and 0 < part.stat().st_size < noted["total"]
    except (OSError, ValueError, LookupError, TypeError):
        return {}
    return dict(noted) if usable else {}


class _Answer:
    """The answer to a GET; whatever goes wrong with it is a DownloadError."""

    def __init__(self, url: str, headers: dict[str, str]) -> None:
        if _scheme(url) not in {"http", "https"}:
            raise DownloadError("no http or https address")
        agent = {"User-Agent": f"digest/{metadata.version('digest')}", "Accept-Encoding": "identity"}
        self._request = urllib.request.Request(url, headers=agent | headers)  # noqa: S310 - checked above

    def __enter__(self) -> Self:
        try:
            self._response = _OPENER.open(self._request, timeout=SILENCE)
        except urllib.error.HTTPError as error:
            error.close()
            kind = (
                _NothingBehindError if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE else DownloadError
            )
            raise kind(f"the server answered {error.code}") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise DownloadError(_kind(error)) from error
        return self

    def __exit__(self, *_: object) -> None:
        self._response.close()

    def read(self, size: int) -> bytes:
        try:
            data: bytes = self._response.read(size)
        except http.client.IncompleteRead as error:
            return error.partial
        except (OSError, http.client.HTTPException) as error:
            raise DownloadError(f"broke off ({_kind(error)}); the same command again goes on from there") from error
        return data

    def validator(self) -> str:
        """Return what tells that the file has not changed: a strong ETag, else Last-Modified, or ""."""
        headers: Message = self._response.headers
        etag = headers.get("ETag", "")
        return etag if etag and not etag.startswith("W/") else headers.get("Last-Modified", "")

    def start_and_total(self) -> tuple[int, int | None]:
        """Return which byte the answer begins with and how many the whole file has, if the server tells."""
        headers: Message = self._response.headers
        if self._response.status == http.HTTPStatus.PARTIAL_CONTENT:
            stated = _CONTENT_RANGE.fullmatch(headers.get("Content-Range", ""))
            return (int(stated[1]), int(stated[2])) if stated else (-1, None)
        length = headers.get("Content-Length", "")
        return 0, int(length) if length.isdecimal() else None


def _scheme(url: str) -> str:
    try:
        return urlsplit(url).scheme
    except ValueError:
        return ""


def _kind(error: Exception) -> str:
    """Return the reason of an error in one line; what a library quotes of foreign bytes is left out."""
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, TimeoutError):
        return "timed out"
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"certificate not valid: {reason.verify_message}"
    return (reason.strerror if isinstance(reason, OSError) else None) or type(reason).__name__
