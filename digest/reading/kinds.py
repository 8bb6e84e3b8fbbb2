"""What kind of file an input is: by its name, else by what is in it."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath


class Kind(StrEnum):
    """A kind of file that articles come in."""

    TEXT = "text"
    PAGE = "page"
    RECORDS = "records"


SUFFIXES = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".md": Kind.TEXT,
    ".markdown": Kind.TEXT,
    ".html": Kind.PAGE,
    ".htm": Kind.PAGE,
    ".xhtml": Kind.PAGE,
    ".json": Kind.RECORDS,
    ".jsonl": Kind.RECORDS,
    ".ndjson": Kind.RECORDS,
}
"""Files with these names are taken from a folder; others are passed over."""

_PAGE = re.compile(
    rb"\A\s*(?:\xef\xbb\xbf)?(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_SNIFFED_BYTES = 4096


def kind_of_name(name: str) -> Kind | None:
    """Return the kind of file that goes by this name, None where it is none that articles come in, a README included."""
    path = PurePath(name)
    return None if path.stem.upper() == "README" else SUFFIXES.get(path.suffix.lower())


def kind_of(name: str, data: bytes) -> Kind:
    """Return the kind of a file that was named itself: by its name, and where that says nothing by its first bytes."""
    known = SUFFIXES.get(PurePath(name).suffix.lower())
    start = data[:_SNIFFED_BYTES]
    if known in (None, Kind.TEXT) and _PAGE.match(start):
        return Kind.PAGE
    if known is None and start.lstrip()[:1] in (b"{", b"["):
        return Kind.RECORDS
    return known or Kind.TEXT
