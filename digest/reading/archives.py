"""Archives: their members, read in memory one by one. Nothing is ever unpacked onto the disk."""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from typing import TYPE_CHECKING

from digest.errors import ReadingError
from digest.model import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_MEMBERS = 100_000
MAX_TOTAL_BYTES = 2_000_000_000
"""What an archive may hold unpacked, in all. Sizes are counted as they are read, not as the archive claims them."""

_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


def read_members(origin: str, data: bytes, limit: int) -> Iterator[tuple[str, bytes] | Failure]:
    """Yield (ARCHIVE/MEMBER, bytes) for every regular file of a zip or tar archive, hidden ones left alone.

    A member that cannot be read, or is larger than `limit` bytes, is a Failure, and the rest goes on.

    Raises:
        ReadingError: the archive is broken, encrypted or larger than any archive of articles.

    """
    opened = _zip if zipfile.is_zipfile(io.BytesIO(data)) else _tar
    total = 0
    try:
        for count, (name, content) in enumerate(opened(data, limit + 1), 1):
            where = f"{origin}/{name}"
            total += len(content)
            if count > MAX_MEMBERS or total > MAX_TOTAL_BYTES:
                raise ReadingError(origin, "more files or bytes in it than an archive of articles has")
            if len(content) > limit:
                yield Failure(where, "reading", f"larger than {limit // 1_000_000} MB, no article")
            elif not any(part.startswith(".") for part in name.split("/")):
                yield where, content
    except _BROKEN as error:
        raise ReadingError(origin, f"a broken or encrypted archive ({' '.join(str(error).split())})") from error


def _zip(data: bytes, most: int) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if not entry.is_dir():
                with archive.open(entry) as member:
                    yield entry.filename, member.read(most)


def _tar(data: bytes, most: int) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:*") as archive:
        for entry in archive:
            # Links and devices are passed over: what a link points to is not in the archive's hands.
            member = archive.extractfile(entry) if entry.isreg() else None
            if member is not None:
                yield entry.name, member.read(most)
