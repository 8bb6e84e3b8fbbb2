"""Package files (`.argosmodel`): a zip archive of one folder, checked before a byte of it is written.

Such a file comes from anywhere. What is unpacked stays in the folder that it is unpacked into and within sizes that a
translation package has; whether it is one that runs is found out by `digest.translating.packages.read_package` and
`digest.translating.trial.try_package`.
"""

from __future__ import annotations

import lzma
import os
import shutil
import stat
import zipfile
import zlib
from typing import TYPE_CHECKING

from digest.errors import PackageError

if TYPE_CHECKING:
    from pathlib import Path

MAX_MEMBERS = 10_000
MAX_UNPACKED_BYTES = 4_000_000_000
"""What a package may hold unpacked, in all. Argos packages have 0.1 to 0.5 GB."""

MAX_RATIO = 30
"""Bytes unpacked for a byte of the file. Weights shrink hardly at all, vocabularies to a quarter; deflate's limit, which
only zip bombs come near, is 1032 (zlib's technical details)."""

_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, ValueError)
_ENCRYPTED = 0x1
_COPY_BYTES = 1 << 20


def unpack(file: Path, into: Path) -> Path:
    """Unpack a package file into the folder `into`, which must not exist yet, and return the package's folder in it.

    Raises:
        PackageError: the file cannot be read, is no zip archive of one folder with metadata.json, has links, devices,
            encrypted files or paths that lead elsewhere in it, or is absurdly large unpacked; or the disk is full.
            Parts of it may then lie in `into`.

    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            top = _checked_top(file, members)
            into.mkdir(parents=True)
            if (wanted := sum(member.file_size for member in members)) > shutil.disk_usage(into).free:
                raise PackageError(f"{file}: needs {wanted / 1e6:.0f} MB unpacked, more than is free in {into.parent}")
            for member in members:
                _extract(archive, member, into)
    except OSError as error:
        raise PackageError(f"{file}: cannot be read or unpacked ({(error.strerror or str(error)).lower()})") from error
    except _BROKEN as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise PackageError(f"{file}: a broken package file ({reason}); get it again") from error
    return into / top


def _checked_top(file: Path, members: list[zipfile.ZipInfo]) -> str:
    """Return the name of the one folder that all members are in; PackageError where one of them must not be unpacked."""
    if len(members) > MAX_MEMBERS:
        raise PackageError(f"{file}: {len(members)} files in it, more than a translation package has")
    unpacked = sum(member.file_size for member in members)
    if unpacked > min(MAX_UNPACKED_BYTES, MAX_RATIO * file.stat().st_size):
        raise PackageError(f"{file}: {unpacked / 1e6:.0f} MB unpacked, more than a translation package of its size has")
    for member in members:
        if reason := _objection(member):
            # repr: what stands in a name must not reach the terminal as it is.
            raise PackageError(f"{file}: refused, {member.orig_filename[:100]!r} in it {reason}")
    # Not every file system tells capitals from small letters.
    if len({member.filename.removesuffix("/").casefold() for member in members}) < len(members):
        raise PackageError(f"{file}: refused, two files in it have one name")
    names = {member.filename for member in members}
    tops = {name.partition("/")[0] for name in names}
    if len(tops) != 1 or f"{(top := tops.pop())}/metadata.json" not in names:
        raise PackageError(f"{file}: not a translation package, it does not hold one folder with metadata.json in it")
    return top


def _objection(member: zipfile.ZipInfo) -> str:
    """Return why a member must not be unpacked, or ""."""
    name = member.orig_filename
    parts = name.removesuffix("/").split("/")
    if any(char in "\\:" or not char.isprintable() for char in name) or {"", ".", ".."} & set(parts):
        return "has a name that leads out of its folder or is none"
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return "is a link or a device"
    if member.flag_bits & _ENCRYPTED:
        return "is encrypted"
    return ""


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, into: Path) -> None:
    """Write a member; `zipfile` reads no more bytes of it than the archive states."""
    target = into / member.filename
    if member.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member) as source, target.open("xb") as written:
        shutil.copyfileobj(source, written, _COPY_BYTES)
        written.flush()
        os.fsync(written.fileno())
