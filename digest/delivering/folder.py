"""Writing a set of files into a folder so that no reader ever sees half of one.

Every file is written to a temporary name in the same folder and brought to disk before the first one moves into place.
While it works, a run holds a lock on the folder itself (`flock`, which the system lets go when the process dies, by
SIGKILL too). So two runs never mix their files, and temporary files found while holding the lock have no owner: a
killed run left them, and they are removed. Where folders cannot be locked (Windows, some network file systems) the
files are written all the same; leftovers then stay, because they could belong to a run that is at work.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from digest.errors import OutputError
from digest.locking import locked

if TYPE_CHECKING:
    from collections.abc import Mapping

_LEFTOVER = re.compile(r"\..+\.digest-[0-9a-f]{16}\.tmp")


def write_all(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write `files`, by plain file name, into `folder`, which is made where it is missing; return their paths.

    Files of the same names are replaced whole. Raises OutputError, in one line, where that cannot be done; up to the
    first move into place the old files are untouched, and no temporary file stays behind. ValueError where a name is
    more than a file name.
    """
    for name in files:
        if name in {"", ".", ".."} or Path(name).name != name:
            raise ValueError(f"not a plain file name: {name!r}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder) as is_locked:
            if is_locked:
                _remove_leftovers(folder)
            return _write(folder, files)
    except OSError as error:
        raise OutputError(_explain(folder, error)) from error


def _write(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    targets = {name: folder / name for name in files}
    for target in targets.values():
        if target.is_dir():
            raise OutputError(f"{target}: a folder is in the way of the file; move it or choose another folder")
    token = secrets.token_hex(8)
    temporary = {name: folder / f".{name}.digest-{token}.tmp" for name in files}
    try:
        for name, content in files.items():
            _write_through(temporary[name], content)
        for name, target in targets.items():
            temporary[name].replace(target)
    finally:
        for path in temporary.values():
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
    return tuple(targets.values())


def _write_through(path: Path, content: bytes) -> None:
    """Write a new file and bring it to disk; its mode is what the user's umask gives."""
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _remove_leftovers(folder: Path) -> None:
    for path in folder.iterdir():
        if _LEFTOVER.fullmatch(path.name):
            with contextlib.suppress(OSError):
                path.unlink()


def _explain(folder: Path, error: OSError) -> str:
    where = error.filename2 or error.filename or folder
    what = (error.strerror or str(error)).lower()
    if isinstance(error, FileExistsError | NotADirectoryError):
        what = "a file is where the folder should be; move it or choose another folder"
    elif isinstance(error, PermissionError):
        what = "not allowed to write there; choose another folder or change its permissions"
    return f"{where}: {what}"
