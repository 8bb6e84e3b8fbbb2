"""A terminal of a given size for a program that is tested, as the standard library makes them (pty)."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import termios
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SECONDS = 60.0
"""How long a program may take at most before the test gives up on it."""

# A terminal that the first process of a session opens becomes its controlling one. Whoever runs the tests in the
# background may have Ctrl-C ignored, and programs inherit that.
_START = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.close(os.open(os.ttyname(0), os.O_RDWR))
os.execv(sys.executable, [sys.executable, "-m", "digest", *sys.argv[1:]])
"""


def in_terminal(
    arguments: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    columns: int = 80,
    rows: int = 24,
    keys: Sequence[tuple[bytes, bytes]] = (),
    **environment: str,
) -> tuple[int, str]:
    """Run `digest` with its three streams on a terminal; return its exit status and what the terminal got.

    `keys` are pressed one after the other, each when what the terminal got since the last ends in its first item: then
    it gets the second. The terminal is the controlling one: Ctrl-C interrupts.
    """
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (rows, columns))
    inherited = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "COLUMNS", "LINES"}}
    process = subprocess.Popen(
        [sys.executable, "-c", _START, *map(str, arguments)],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=cwd, start_new_session=True,
        env=inherited | {"TERM": "xterm-256color"} | environment,
    )  # fmt: skip
    os.close(theirs)
    got = since = b""
    waiting = list(keys)
    deadline = time.monotonic() + SECONDS
    try:
        while time.monotonic() < deadline:
            if not select.select([ours], [], [], 0.2)[0]:
                continue
            try:
                part = os.read(ours, 65536)
            except OSError:  # Linux says so, with EIO, when the last program has closed the terminal
                break
            if not part:
                break
            got += part
            since += part
            if waiting and since.endswith(waiting[0][0]):
                os.write(ours, waiting.pop(0)[1])
                since = b""
        return process.wait(max(1.0, deadline - time.monotonic())), got.decode(errors="replace").replace("\r\n", "\n")
    finally:
        process.kill()
        process.wait()
        os.close(ours)
