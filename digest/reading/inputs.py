"""Files, folders and standard input to Documents."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from digest.errors import ReadingError
from digest.model import Document, Failure
from digest.reading.archives import read_members
from digest.reading.encodings import UndecodableError, decode
from digest.reading.feeds import read_feed
from digest.reading.kinds import Kind, kind_of, kind_of_name
from digest.reading.mail import read_mail
from digest.reading.pages import read_page
from digest.reading.records import NoRecordsError, read_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

STANDARD_INPUT = "-"
MAX_BYTES = 200_000_000
"""A file above this size is refused with one line, whatever it is: records and archives of some ten thousand articles."""
LIMITS = {Kind.TEXT: 55_000_000, Kind.PAGE: 10_000_000, Kind.MAIL: 60_000_000, Kind.FEED: 60_000_000}
"""Smaller limits for what is one article, in bytes. Cleaning takes time linear in the text, under two seconds a megabyte
and 30 MB of memory for each at worst (a million lines of a few letters); parsing a page takes more."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of the inputs: documents in the order they were named, failures, and files of folders passed over."""

    documents: tuple[Document, ...]
    failures: tuple[Failure, ...]
    passed_over: tuple[str, ...]


@dataclass(slots=True)
class _Harvest:
    """A Reading in the making."""

    documents: list[Document] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)

    def fail(self, error: ReadingError) -> None:
        self.failures.append(Failure(error.origin, error.stage, error.reason))

    def take(self, origin: str, data: bytes, field_map: Mapping[str, str]) -> None:
        """Add what is in a file; ReadingError where nothing of it can be used."""
        for item in _read(origin, data, field_map):
            if isinstance(item, Failure):
                self.failures.append(item)
            else:
                self.documents.append(item)


def read_inputs(inputs: Iterable[str], stdin: BinaryIO, field_map: Mapping[str, str] | None = None) -> Reading:
    """Read every input: a file, a folder (recursively, hidden files left alone), or `-` for `stdin`.

    A file reached twice is read once. An input that cannot be used is a Failure of the result, and the rest goes on.
    `field_map` names the fields of JSON records (`digest.reading.records`).
    """
    harvest = _Harvest()
    names = field_map or {}
    seen: set[Path] = set()
    for name in dict.fromkeys(inputs):
        try:
            if name == STANDARD_INPUT:
                harvest.take(name, stdin.read(MAX_BYTES + 1), names)
            elif Path(name).is_dir():
                _read_folder(Path(name), harvest, names, seen)
            elif (real := Path(name).resolve()) not in seen:
                seen.add(real)
                harvest.take(name, _bytes(Path(name)), names)
        except ReadingError as error:
            harvest.fail(error)
    return Reading(tuple(harvest.documents), tuple(harvest.failures), tuple(harvest.passed_over))


def _read_folder(folder: Path, harvest: _Harvest, field_map: Mapping[str, str], seen: set[Path]) -> None:
    try:
        files = sorted(_walk(folder))
    except OSError as error:
        raise ReadingError(str(folder), f"cannot be listed ({error.strerror})") from error
    wanted = 0
    for path in files:
        kind = kind_of_name(path.name)
        if kind is None:
            harvest.passed_over.append(str(path))
            continue
        wanted += 1
        if (real := path.resolve()) in seen:
            continue
        seen.add(real)
        try:
            harvest.take(str(path), _bytes(path), field_map)
        except NoRecordsError:  # data of another kind that lies beside the articles
            harvest.passed_over.append(str(path))
        except ReadingError as error:
            harvest.fail(error)
    if not wanted:
        raise ReadingError(str(folder), "no article in this folder")


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder, onerror=_raise):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(root, name) for name in files if not name.startswith("."))


def _raise(error: OSError) -> None:
    raise error


def _bytes(path: Path) -> bytes:
    if not path.exists():
        raise ReadingError(str(path), "no such file or folder")
    if not path.is_file():
        raise ReadingError(str(path), "not a regular file")
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ReadingError(str(path), f"cannot be read ({error.strerror})") from error


def _read(
    origin: str, data: bytes, field_map: Mapping[str, str], *, in_archive: bool = False
) -> Iterator[Document | Failure]:
    """Yield what is in a file of any kind; ReadingError where nothing of it can be used."""
    kind = kind_of(origin, data)
    limit = LIMITS.get(kind, MAX_BYTES)
    if len(data) > limit:
        raise ReadingError(origin, f"larger than {limit // 1_000_000} MB, no article")
    if not data.strip():
        raise ReadingError(origin, "empty")
    if kind is Kind.ARCHIVE:
        if in_archive:
            raise ReadingError(origin, "an archive in an archive; unpack the outer one first")
        yield from _read_archive(origin, data, field_map)
    elif kind is Kind.PAGE:
        yield read_page(origin, data)
    elif kind is Kind.MAIL:
        yield from read_mail(origin, data)
    elif kind is Kind.FEED:
        yield from read_feed(origin, data)
    else:
        text = _decoded(origin, data)
        if kind is Kind.RECORDS:
            yield from read_records(origin, text, field_map)
        else:
            yield Document(origin, text)


def _decoded(origin: str, data: bytes) -> str:
    try:
        text = decode(data)
    except UndecodableError as error:
        raise ReadingError(origin, str(error)) from error
    if not text.strip():
        raise ReadingError(origin, "empty")
    return text


def _read_archive(origin: str, data: bytes, field_map: Mapping[str, str]) -> Iterator[Document | Failure]:
    found = False
    for member in read_members(origin, data, LIMITS[Kind.TEXT]):
        if isinstance(member, Failure):
            yield member
            continue
        name, content = member
        if kind_of_name(name) is None:
            continue
        found = True
        try:
            yield from _read(name, content, field_map, in_archive=True)
        except ReadingError as error:
            yield Failure(error.origin, error.stage, error.reason)
    if not found:
        raise ReadingError(origin, "no article in this archive")
