"""Translation memories in TMX 1.4b (LISA OSCAR, 2005), which translators' programs read and write.

What made a translation stands in `<prop>` elements of its unit; a unit without them was made by hand.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from importlib import metadata
from typing import TYPE_CHECKING
from xml.parsers import expat
from xml.sax.saxutils import escape

from digest.errors import ReadingError
from digest.translating.memory import Maker, MemoryEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MAX_BYTES = 500_000_000

_PROPS = ("x-digest-package", "x-digest-version", "x-digest-options")
_CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})
"""Elements in a segment that hold another program's codes and no text."""

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_tmx(entries: Iterable[MemoryEntry]) -> Iterator[str]:
    """Yield the lines of a TMX file, with their ends; entries with characters that XML cannot hold are left out."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
    yield (
        f'<header creationtool="digest" creationtoolversion="{metadata.version("digest")}" segtype="sentence" '
        'o-tmf="digest" adminlang="en" srclang="ar" datatype="plaintext"/>\n<body>\n'
    )
    for entry in entries:
        unit = _unit(entry)
        if not _NOT_IN_XML.search(unit):
            yield unit
    yield "</body>\n</tmx>\n"


def _unit(entry: MemoryEntry) -> str:
    used = f' lastusagedate="{date.fromordinal(entry.day):%Y%m%d}T000000Z"' if entry.day else ""
    maker = entry.maker
    stated = zip(_PROPS, (maker.package, maker.version, maker.options), strict=True) if maker else ()
    props = "".join(f'<prop type="{kind}">{_escaped(value)}</prop>' for kind, value in stated)
    pair = "".join(
        f'<tuv xml:lang="{language}"><seg>{_escaped(text)}</seg></tuv>'
        for language, text in (("ar", entry.ar), ("en", entry.en))
    )
    return f"<tu{used}>{props}{pair}</tu>\n"


def _escaped(text: str) -> str:
    return escape(text, {"\r": "&#13;"})


def read_tmx(file: Path) -> tuple[MemoryEntry, ...]:
    """Return the units of a TMX file that have both Arabic and English, of whatever country.

    Raises:
        ReadingError: the file cannot be read, is no TMX, or declares entities (they may grow without bound).

    """
    reader = _Reader(str(file))
    try:
        with file.open("rb") as stream:
            if stream.seek(0, 2) > MAX_BYTES:
                raise ReadingError(str(file), f"larger than {MAX_BYTES // 1_000_000} MB")
            stream.seek(0)
            reader.parser.ParseFile(stream)
    except OSError as error:
        raise ReadingError(str(file), f"cannot be read ({error.strerror})") from error
    except expat.ExpatError as error:
        reason = f"not valid TMX (line {error.lineno}: {expat.ErrorString(error.code)})"
        raise ReadingError(str(file), reason) from error
    except (LookupError, ValueError) as error:  # an encoding that Python does not know
        raise ReadingError(str(file), "not valid TMX (unknown encoding)") from error
    return tuple(reader.entries)


class _Reader:
    """Makes entries of the units as they are parsed."""

    def __init__(self, name: str) -> None:
        self.entries: list[MemoryEntry] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.EntityDeclHandler = self._refuse
        self._name = name
        self._open: list[str] = []
        self._day: int | None = None
        self._props: dict[str, str] = {}
        self._segments: dict[str, str] = {}
        self._language = self._prop = ""
        self._text: list[str] = []

    def _refuse(self, *_: object) -> None:
        raise ReadingError(self._name, "declares entities (<!ENTITY ...>), which no memory needs; take them out")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self._open and tag != "tmx":
            raise ReadingError(self._name, f"not TMX, but <{tag[:50]}>")
        self._open.append(tag)
        if tag == "tu":
            self._day = _day(attributes.get("lastusagedate") or attributes.get("changedate") or "")
            self._props, self._segments = {}, {}
        elif tag == "tuv":
            language = attributes.get("xml:lang") or attributes.get("lang") or ""
            self._language = language.replace("_", "-").partition("-")[0].lower()
        if tag in {"prop", "seg"}:
            self._prop = attributes.get("type", "")
            self._text = []

    def _characters(self, text: str) -> None:
        if ("seg" in self._open and not _CODES & set(self._open)) or self._open[-1:] == ["prop"]:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        self._open.pop()
        if tag == "seg":
            self._segments.setdefault(self._language, "".join(self._text))
        elif tag == "prop" and self._open[-1:] == ["tu"]:
            self._props[self._prop] = "".join(self._text)
        elif tag == "tu":
            self._finish()

    def _finish(self) -> None:
        ar, en = self._segments.get("ar", ""), self._segments.get("en", "")
        if ar.strip() and en.strip():
            package, version, options = (self._props.get(kind, "") for kind in _PROPS)
            self.entries.append(MemoryEntry(ar, en, Maker(package, version, options) if package else None, self._day))


def _day(stated: str) -> int | None:
    """Return the ordinal of a date as TMX writes it (20261120T063000Z), None for another."""
    try:
        return datetime.strptime(stated, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).toordinal()
    except ValueError:
        return None
