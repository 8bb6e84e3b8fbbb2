"""Decode the bytes of a text file: never with replacement characters, never by a silent guess."""

from __future__ import annotations

import codecs
import re

from digest.arabic.text import arabic_letters

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ARABIC_SHARE = 0.6
"""Least share of Arabic letters among all letters for a windows-1256 reading to be believed: any byte string decodes as
windows-1256, and other eight-bit texts read so have accented Latin letters in between."""
_UTF8_ARABIC = re.compile(rb"[\xd8-\xdb][\x80-\xbf]")


class UndecodableError(ValueError):
    """The bytes are not text in an encoding that Arabic is written in; the message says why, without the file name."""


def decode(data: bytes) -> str:
    """Return the text of `data`: by its byte order mark, else as UTF-8, else as windows-1256 if that reads as Arabic.

    Raises:
        UndecodableError: binary data, a broken UTF text, or an encoding that is none of these.

    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise UndecodableError(f"broken {encoding} text at byte {error.start}") from error
    if b"\0" in data:
        raise UndecodableError("a binary file, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken_at = error.start
        if error.reason == "unexpected end of data":  # cut off within the last character
            return data[:broken_at].decode("utf-8")
    if _is_mostly_utf8(data):
        raise UndecodableError(f"broken UTF-8 text at byte {broken_at}; save it anew as UTF-8")
    text = data.decode("cp1256")  # has a character for every byte
    letters = sum(char.isalpha() for char in text)
    controls = sum(char < " " and char not in "\t\n\r\f" for char in text)
    if controls or not letters or arabic_letters(text) / letters < _ARABIC_SHARE:
        raise UndecodableError(f"neither UTF-8 (broken at byte {broken_at}) nor Arabic windows-1256; save it as UTF-8")
    return text


def _is_mostly_utf8(data: bytes) -> bool:
    """Tell whether `data` is Arabic in UTF-8 with a few wrong bytes: read as windows-1256 it would be gibberish.

    Lead bytes of Arabic letters in UTF-8 are letters in windows-1256 too, but there no punctuation follows each of them.
    """
    high = sum(byte >= 0x80 for byte in data)  # noqa: PLR2004 - not ASCII
    return 2 * len(_UTF8_ARABIC.findall(data)) > high / 2
