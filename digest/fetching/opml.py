"""Lists of feeds in OPML, as feed readers write them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from digest.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 10_000_000


def read_opml(file: Path) -> tuple[str, ...]:
    """Return the addresses of the feeds in an OPML file, each once, in its order.

    Raises:
        SettingsError: the file cannot be read, is no OPML, has a document type (no feed reader writes one, and with it
            come entities that grow without bound), or names no feed.

    """
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read ({error.strerror})") from error
    if len(data) > MAX_BYTES:
        raise SettingsError(f"{file}: larger than {MAX_BYTES // 1_000_000} MB, no list of feeds")
    return _feeds(data, str(file))


def _feeds(data: bytes, name: str) -> tuple[str, ...]:
    feeds: dict[str, None] = {}
    roots: list[str] = []

    def refuse(*_: object) -> None:
        raise SettingsError(f"{name}: has a document type (<!DOCTYPE ...>); take that line out")

    def start(tag: str, attributes: dict[str, str]) -> None:
        if not roots:
            roots.append(tag.lower())
        if tag.lower() == "outline":
            address = next((value.strip() for key, value in attributes.items() if key.lower() == "xmlurl"), "")
            if address:
                feeds[address] = None

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise SettingsError(f"{name}: not valid OPML (line {error.lineno}: {expat.ErrorString(error.code)})") from error
    except (LookupError, ValueError) as error:  # an encoding that Python does not know
        raise SettingsError(f"{name}: not valid OPML (unknown encoding)") from error
    if roots != ["opml"]:
        raise SettingsError(f"{name}: not OPML, but <{roots[0]}>")
    if not feeds:
        raise SettingsError(f"{name}: names no feed (no outline with an xmlUrl)")
    return tuple(feeds)
