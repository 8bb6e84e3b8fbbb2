"""A real HTTP server on this machine that answers as told and remembers what it was asked."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import ssl
    from email.message import Message

Answer = Callable[[BaseHTTPRequestHandler], None]

PAGE = """<!DOCTYPE html>
<html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>عنوان الخبر</title></head>
<body><article><p>أعلنت وزارة الصحة تسجيل إصابات جديدة.</p></article></body></html>
""".encode()


def reply(status: int, body: bytes = b"", **headers: str) -> Answer:
    """Return an answer with a Content-Length; `_` in the names of headers stands for `-`."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def page(body: bytes = PAGE, kind: str = "text/html; charset=utf-8") -> Answer:
    return reply(200, body, Content_Type=kind)


def to(location: str, status: int = 302) -> Answer:
    return reply(status, Location=location)


def rss(*entries: tuple[str, str | None]) -> bytes:
    """Return an RSS feed of (link, pubDate) entries."""
    items = "".join(
        f"<item><title>خبر</title><link>{link}</link>{f'<pubDate>{date}</pubDate>' if date else ''}</item>"
        for link, date in entries
    )
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>أخبار</title>'
    return f"{head}<link>/</link>{items}</channel></rss>".encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        site = self.server.site
        site.asked.append((self.path, self.headers))
        answer = site.answers.get(self.path) or reply(404)
        try:
            answer(self)
        except OSError:  # the client has had enough
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Site

    def handle_error(self, *_: object) -> None:
        """Print nothing of a client that goes away, or does not want our certificate."""


class _Server6(_Server):
    address_family = socket.AF_INET6

    def server_bind(self) -> None:
        """Bind without looking up the name of the machine, which may take long."""
        self.socket.bind(self.server_address)
        self.server_port = self.socket.getsockname()[1]


@dataclass
class Site:
    """A running server: `answers` by path with query, and every request as (path, headers) in `asked`."""

    answers: dict[str, Answer] = field(default_factory=dict)
    address: str = "127.0.0.1"
    tls: ssl.SSLContext | None = None
    asked: list[tuple[str, Message]] = field(default_factory=list)
    port: int = 0

    def __enter__(self) -> Self:
        self._server = (_Server6 if ":" in self.address else _Server)((self.address, 0), _Handler)
        self._server.site = self
        self.port = self._server.server_port
        if self.tls:
            self._server.socket = self.tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def url(self, path: str = "/") -> str:
        """Return the URL of a path here."""
        return f"http://{self.address}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [path for path, _ in self.asked]
