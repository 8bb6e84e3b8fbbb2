"""A lock on a folder that the system lets go when the process that holds it dies, by SIGKILL too."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import TYPE_CHECKING

from digest.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if sys.platform != "win32":
    import fcntl

PATIENCE = 30.0
"""Seconds to wait for another process that holds the lock."""

_PAUSE = 0.05


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Hold the lock on `folder` and give True, or give False where folders cannot be locked.

    What was moved into the folder is brought to disk at the end.

    Raises:
        OSError: the folder cannot be opened.
        OutputError: another process keeps the lock for longer than PATIENCE.

    """
    if sys.platform == "win32":
        yield False
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield _lock(folder, descriptor)
        with contextlib.suppress(OSError):  # not every file system brings folders to disk
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _lock(folder: Path, descriptor: int) -> bool:
    if sys.platform == "win32":
        return False
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise OutputError(f"{folder}: another run is writing there; try again when it has ended") from None
            time.sleep(_PAUSE)
        except OSError:
            return False
        else:
            return True
