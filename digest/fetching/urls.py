"""Addresses of feeds and pages: which may be asked for, and in what one form they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_LENGTH = 4000
"""Longest URL taken, in characters once escaped; RFC 9110, 4.1, recommends support for 8000 octets at least, and a URL
also stands in a line of the saved page."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\\]")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?|[0-9a-f:.]*:[0-9a-f:.]*")
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"  # what RFC 3986, 3.3, allows in a path; a % stays, so that nothing is escaped twice


class FetchError(Exception):
    """Something could not be fetched; the message is the reason in one line, without the URL asked for."""


@dataclass(frozen=True, slots=True)
class Url:
    """An http or https URL without credentials or fragment, all in ASCII.

    `host` is in lower case, IDNA-encoded and without the brackets of an IPv6 address; `target` is the path and query.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The host and, where it is not the scheme's own, the port, as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what one robots.txt holds for."""
        return f"{self.scheme}://{self.authority}"

    def __str__(self) -> str:
        return self.origin + self.target


def parse_url(text: str, base: Url | None = None) -> Url:
    """Return the URL that `text` is, or that it is as a reference in the document at `base`.

    Raises:
        FetchError: not an http or https URL, or one with a user name or password, control characters, or no host.

    """
    text = text.strip()
    if _CONTROL.search(text):
        raise FetchError(f"{shown(text)} is no URL: control characters or backslashes in it")
    try:
        parts = urlsplit(urljoin(str(base), text) if base else text)
        port = parts.port
    except ValueError:
        raise FetchError(f"{shown(text)} is no URL") from None
    if parts.scheme not in DEFAULT_PORTS:
        raise FetchError(f"{shown(text)} is no http or https URL")
    if "@" in parts.netloc:
        # Not shown: it may hold a password, and this line may end in a log.
        raise FetchError("a URL with a user name or password in it is not fetched")
    target = quote(parts.path or "/", safe=_PATH_SAFE)
    if parts.query:
        target += "?" + quote(parts.query, safe=_PATH_SAFE + "?")
    url = Url(parts.scheme, _host(parts.hostname or "", text), port or DEFAULT_PORTS[parts.scheme], target)
    if len(str(url)) > MAX_LENGTH:
        raise FetchError(f"{shown(text)} is longer than {MAX_LENGTH} characters")
    return url


def _host(host: str, text: str) -> str:
    try:
        # A name in ASCII is left as it is: the codec refuses underscores at the ends of labels, which real hosts have.
        ascii_host = host if host.isascii() else host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        ascii_host = ""
    if not _HOST.fullmatch(ascii_host):
        raise FetchError(f"{shown(text)} has no host that can be asked")
    return ascii_host


def shown(text: str, longest: int = 200) -> str:
    """Return foreign text fit for one line on a terminal: no control or direction characters, not too long."""
    line = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return line if len(line) <= longest else line[: longest - 1] + "…"
