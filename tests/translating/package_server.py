"""A real HTTP server on this machine with an index and a package file, that can stop in the middle and go on from there."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

FILE = "/ar_en.argosmodel"


@dataclass
class PackageServer:
    """Serves `/index.json` and, at `FILE`, `content`.

    `pause_at`: it sends so many bytes of an answer and waits for `go_on`. `cut_at`: it ends the connection after so many.
    `etag`: None for a server that neither tells versions apart nor sends parts. `promised`: a wrong Content-Length.
    """

    content: bytes
    version: str = "1.1"
    etag: str | None = '"first"'
    pause_at: int | None = None
    cut_at: int | None = None
    promised: int | None = None
    index: object = None
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    go_on: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append((self.path, self.headers["Range"]))
                try:
                    server.answer(self)
                except OSError:  # the client was killed
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        if self.index is None:
            self.index = [
                {"from_code": "ar", "to_code": "en", "package_version": self.version, "links": [self.url(FILE)]}
            ]
        return self

    def __exit__(self, *_: object) -> None:
        self.go_on.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def url(self, path: str = "/") -> str:
        """Return the address of a path here."""
        return f"http://127.0.0.1:{self._server.server_port}{path}"

    @property
    def ranges(self) -> list[str | None]:
        """Return the Range headers of the requests for the file."""
        return [wanted for path, wanted in self.asked if path == FILE]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer a request as told."""
        if handler.path != FILE:
            body = json.dumps(self.index).encode() if handler.path == "/index.json" else None
            handler.send_response(404 if body is None else 200)
            handler.end_headers()
            handler.wfile.write(body or b"")
            return
        start = 0
        wanted = handler.headers["Range"]
        if wanted and self.etag and handler.headers["If-Range"] == self.etag:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        body = self.content[start:]
        handler.send_response(206 if start else 200)
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{len(self.content) - 1}/{len(self.content)}")
        if self.etag:
            handler.send_header("ETag", self.etag)
        handler.send_header("Content-Length", str(self.promised or len(body)))
        handler.end_headers()
        if self.pause_at is not None:
            handler.wfile.write(body[: self.pause_at])
            handler.wfile.flush()
            self.go_on.wait(60)
            body = body[self.pause_at :]
        handler.wfile.write(body[: self.cut_at])
