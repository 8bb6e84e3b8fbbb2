"""Files, folders and standard input to Documents."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from digest.errors import ReadingError
from digest.model import Document, Failure
from digest.reading.encodings import UndecodableError, decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STANDARD_INPUT = "-"
FOLDER_SUFFIXES = frozenset({".txt"})
"""Files of these kinds are taken from a folder. A file that is named itself is read whatever its name."""
MAX_BYTES = 20_000_000
"""A text file above this size is no article; it is refused rather than worked on for minutes."""

_HTML = re.compile(
    r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of the inputs: documents in the order they were named, failures, and files of folders passed over."""

    documents: tuple[Document, ...]
    failures: tuple[Failure, ...]
    passed_over: tuple[str, ...]


def read_inputs(inputs: Iterable[str], stdin: BinaryIO) -> Reading:
    """Read every input: a file, a folder (recursively, hidden files left alone), or `-` for `stdin`.

    A file reached twice is read once. An input that cannot be used is a Failure of the result, and the rest goes on.
    """
    documents: list[Document] = []
    failures: list[Failure] = []
    passed_over: list[str] = []
    seen: set[Path] = set()
    for name in dict.fromkeys(inputs):
        try:
            if name == STANDARD_INPUT:
                documents.append(_document(STANDARD_INPUT, stdin.read(MAX_BYTES + 1)))
                continue
            for path, wanted in _expand(name):
                if not wanted:
                    passed_over.append(str(path))
                elif (real := path.resolve()) not in seen:
                    seen.add(real)
                    try:
                        documents.append(_read_file(path))
                    except ReadingError as error:
                        failures.append(Failure(error.origin, error.stage, error.reason))
        except ReadingError as error:
            failures.append(Failure(error.origin, error.stage, error.reason))
    return Reading(tuple(documents), tuple(failures), tuple(passed_over))


def _expand(name: str) -> Iterator[tuple[Path, bool]]:
    """Yield the files that `name` stands for, each with whether it is one to read."""
    path = Path(name)
    if not path.exists():
        raise ReadingError(name, "no such file or folder")
    if not path.is_dir():
        yield path, True
        return
    try:
        files = sorted(file for file in _walk(path))
    except OSError as error:
        raise ReadingError(name, f"cannot be listed ({error.strerror})") from error
    wanted = [file.suffix.lower() in FOLDER_SUFFIXES for file in files]
    yield from zip(files, wanted, strict=True)
    if not any(wanted):
        raise ReadingError(name, "no .txt file in this folder")


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder, onerror=_raise):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(root, name) for name in files if not name.startswith("."))


def _raise(error: OSError) -> None:
    raise error


def _read_file(path: Path) -> Document:
    if not path.is_file():
        raise ReadingError(str(path), "not a regular file")
    try:
        with path.open("rb") as file:
            return _document(str(path), file.read(MAX_BYTES + 1))
    except OSError as error:
        raise ReadingError(str(path), f"cannot be read ({error.strerror})") from error


def _document(origin: str, data: bytes) -> Document:
    if len(data) > MAX_BYTES:
        raise ReadingError(origin, f"larger than {MAX_BYTES // 1_000_000} MB, no article")
    try:
        text = decode(data)
    except UndecodableError as error:
        raise ReadingError(origin, str(error)) from error
    if not text.strip():
        raise ReadingError(origin, "empty")
    if _HTML.match(text):
        raise ReadingError(origin, "an HTML page; save the page as text first")
    return Document(origin, text)
