"""A guarded HTTP client: GET only, bounded in time, size and redirects, and never into the user's own network.

It is made of `http.client` over a socket that is opened here, and not of a connection class of urllib3: a name is
resolved once, every address it has is checked, and the socket is opened to a checked address, so there is no second
look-up that could answer differently. The name stays in the Host header and is what TLS verifies. Reading from the
socket goes through one place that knows the deadline of the whole request, so that a server which sends a byte now and
then cannot hold a run. No proxy, cookie or password is ever used, and nothing is kept between requests.
"""

from __future__ import annotations

import http
import http.client
import io
import itertools
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from digest.fetching.addresses import is_public
from digest.fetching.urls import FetchError, Url, parse_url, shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import Message

MAX_REDIRECTS = 5
MAX_ADDRESSES = 4
"""Addresses of one host that are tried before it counts as out of reach."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OVERLOADED = frozenset({429, 503})
_CHUNK = 65536


class Unreachable(FetchError):  # noqa: N818 - what it says, not that it is an error
    """The host has no address, does not answer in time, or wants to be left alone; asking on would only cost time."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds allowed for connecting to an address, for silence of the server, and for one request as a whole.

    Looking up a name counts, but can only be waited for: the system's own limits hold for it.
    """

    connect: float = 10.0
    silence: float = 20.0
    total: float = 60.0


@dataclass(frozen=True, slots=True)
class Response:
    """The answer to a request, after redirects. `url` is the last one asked, `body` is decoded and b"" unless 200."""

    url: Url
    status: int
    headers: Message
    body: bytes


Resolve = Callable[[str, int], Sequence[str]]
"""From a host and port to its IP addresses, best first; OSError or UnicodeError where it has none."""
Connect = Callable[[str, int, float], socket.socket]
"""From an IP address, a port and a limit in seconds to an open socket; OSError where that fails."""


def resolve_name(host: str, port: int) -> Sequence[str]:
    """Return the addresses of `host` as the system gives them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def open_socket(address: str, port: int, seconds: float) -> socket.socket:
    """Connect to an IP address."""
    return socket.create_connection((address, port), seconds)


@dataclass(slots=True)
class Pacer:
    """Keeps requests to one host `delay` seconds apart, from the end of a request to the start of the next."""

    delay: float
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep
    _last: dict[str, float] = field(default_factory=dict)
    _slower: dict[str, float] = field(default_factory=dict)

    def slow(self, host: str, delay: float) -> None:
        """Let `host` be asked no more often than every `delay` seconds, if that is more than the delay for all."""
        self._slower[host] = delay

    def wait(self, host: str) -> None:
        """Wait until `host` may be asked again."""
        if host in self._last:
            due = self._last[host] + max(self.delay, self._slower.get(host, 0.0))
            if (left := due - self.clock()) > 0:
                self.sleep(left)

    def done(self, host: str) -> None:
        """Note that a request to `host` has just ended."""
        self._last[host] = self.clock()


@dataclass(frozen=True, slots=True)
class Client:
    """What requests have in common. Everything of the world outside comes in here and can be replaced."""

    user_agent: str
    pacer: Pacer
    allow_private: bool = False
    limits: Limits = Limits()
    resolve: Resolve = resolve_name
    connect: Connect = open_socket
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    clock: Callable[[], float] = time.monotonic

    def get(
        self,
        url: Url,
        limit: int,
        headers: Mapping[str, str] | None = None,
        permit: Callable[[Url], None] = lambda _: None,
    ) -> Response:
        """Return the answer to a GET of `url`, whatever its status, after at most MAX_REDIRECTS redirects.

        `limit` is the most bytes that the decoded body may have. `permit` is called with every URL before it is asked
        for, that of a redirect too, and raises FetchError for one that must not be.

        Raises:
            Unreachable: no address, no connection, no answer in time, or an answer 429 or 503.
            FetchError: an address that is not public, TLS that cannot be verified, a body that is too large or broken,
                too many redirects or one to something that is no http or https URL, or no HTTP at all.

        """
        for _ in range(MAX_REDIRECTS + 1):
            permit(url)
            self.pacer.wait(url.host)
            try:
                response = self._ask(url, limit, headers or {})
            finally:
                self.pacer.done(url.host)
            if response.status in _OVERLOADED:
                raise Unreachable(status_line(response.status))
            if response.status not in _REDIRECTS or "location" not in response.headers:
                return response
            try:
                url = parse_url(_location(response), url)
            except FetchError as error:
                raise FetchError(f"redirected: {error}") from error
        raise FetchError(f"more than {MAX_REDIRECTS} redirects")

    def _ask(self, url: Url, limit: int, headers: Mapping[str, str]) -> Response:
        deadline = self.clock() + self.limits.total
        try:
            with self._open(url, deadline) as stream:
                # The class for plain HTTP in both cases: it is given its connection, and never opens one.
                connection = http.client.HTTPConnection(url.host, url.port)
                connection.sock = _Wire(stream, lambda: self._left(deadline, self.limits.silence))
                asked = {"Host": url.authority, "User-Agent": self.user_agent, "Accept-Encoding": "gzip"}
                connection.request("GET", url.target, headers=asked | dict(headers) | {"Connection": "close"})
                with connection.getresponse() as answer:
                    body = _body(answer, limit) if answer.status == http.HTTPStatus.OK else b""
                    return Response(url, answer.status, answer.headers, body)
        except TimeoutError as error:
            raise Unreachable(f"{url.host} did not answer in time") from error
        except ssl.SSLCertVerificationError as error:
            raise FetchError(f"the certificate of {url.host} is not valid for it ({error.verify_message})") from error
        except (http.client.HTTPException, ssl.SSLError, OSError, zlib.error) as error:
            raise FetchError(f"{url.host} broke off or does not speak HTTP ({_kind(error)})") from error

    def _left(self, deadline: float, most: float) -> float:
        """Return the seconds that a step may take; TimeoutError where none are left."""
        left = deadline - self.clock()
        if left <= 0:
            raise TimeoutError
        return min(left, most)

    def _open(self, url: Url, deadline: float) -> socket.socket:
        """Return a connection to a public address of the host, with TLS on it for https."""
        stream = self._connected(url, deadline)
        if url.scheme == "http":
            return stream
        try:
            stream.settimeout(self._left(deadline, self.limits.silence))
            return self.tls.wrap_socket(stream, server_hostname=url.host)
        except BaseException:
            stream.close()
            raise

    def _connected(self, url: Url, deadline: float) -> socket.socket:
        try:
            addresses = self.resolve(url.host, url.port)
        except (OSError, UnicodeError) as error:
            raise Unreachable(f"{url.host} has no address ({_kind(error)})") from error
        for address in addresses:
            # One that is not public among others that are is no accident of a news site either.
            if not (self.allow_private or is_public(address)):
                raise FetchError(
                    f"{url.host} is at {shown(address)}, which is no public address; --allow-private lets it be asked"
                )
        failures = []
        for address in itertools.islice(addresses, MAX_ADDRESSES):
            try:
                return self.connect(address, url.port, self._left(deadline, self.limits.connect))
            except OSError as error:
                failures.append(error)
        why = _kind(failures[0]) if failures else "no address"
        raise Unreachable(f"{url.host} cannot be connected to ({why})")


def status_line(status: int) -> str:
    """Return what a status code other than 200 says, in words of our own."""
    known = {code.value: code.phrase for code in http.HTTPStatus}
    return f"the server answered {status}" + (f" ({known[status]})" if status in known else "")


def _kind(error: Exception) -> str:
    """Return the reason of an error of the system; what a library quotes of foreign bytes is left out."""
    if isinstance(error, TimeoutError):
        return "timed out"
    return error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__


def _location(response: Response) -> str:
    """Return the Location header; raw UTF-8 in it, which many sites send, arrives read as Latin-1."""
    text = str(response.headers["location"])
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


class _Wire:
    """A socket as `http.client` uses one; every step on it takes at most the seconds that `left` gives."""

    def __init__(self, stream: socket.socket, left: Callable[[], float]) -> None:
        self._stream = stream
        self._left = left

    def sendall(self, data: bytes) -> None:
        self._stream.settimeout(self._left())
        self._stream.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Receiver(self._stream, self._left), _CHUNK)

    def close(self) -> None:
        """Leave the socket open: whoever opened it closes it, after the body was read."""


class _Receiver(io.RawIOBase):
    def __init__(self, stream: socket.socket, left: Callable[[], float]) -> None:
        super().__init__()
        self._stream = stream
        self._left = left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._stream.settimeout(self._left())
        return self._stream.recv_into(buffer)


def _body(answer: http.client.HTTPResponse, limit: int) -> bytes:
    encoding = (answer.getheader("content-encoding") or "identity").strip().lower()
    if encoding not in {"identity", "gzip", "x-gzip"}:
        raise FetchError(f"sent as {shown(encoding, 40)}, which was not asked for")
    decoder = zlib.decompressobj(16 + zlib.MAX_WBITS) if encoding != "identity" else None
    too_large = FetchError(f"larger than {limit / 1_000_000:g} MB")
    if answer.length is not None and answer.length > limit:
        raise too_large
    body = bytearray()
    received = 0
    # Not read1, which before Python 3.11.8 waits for more behind a body of known length.
    while chunk := answer.read(_CHUNK):
        received += len(chunk)
        # One byte above the limit is enough to know, however much would come out of a bomb.
        body += decoder.decompress(chunk, limit + 1 - len(body)) if decoder else chunk
        if len(body) > limit or received > limit:
            raise too_large
    if answer.length or (decoder and received and not decoder.eof):
        raise FetchError("broke off before its end")
    return bytes(body)
