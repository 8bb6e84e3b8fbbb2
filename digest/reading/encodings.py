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
"""Least share of Arabic letters among all letters for a guessed reading to be believed: any byte string decodes as
windows-1256, and other eight-bit texts read so have accented Latin letters in between. A page's markup does not count."""
_EIGHT_BIT = ("cp1256", "iso-8859-6")
_UTF16 = ("utf-16-le", "utf-16-be")
_TAG = re.compile("<[^<>]*>")
_CODE = re.compile("<(?:script|style)\\b", re.IGNORECASE)
_CODE_END = re.compile("</(?:script|style)\\b", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_UTF8_ARABIC = re.compile(rb"[\xd8-\xdb][\x80-\xbf]")


class UndecodableError(ValueError):
    """The bytes are not text in an encoding that Arabic is written in; the message says why, without the file name."""


def decode(data: bytes, declared: str | None = None, *, markup: bool = False) -> str:
    """Return the text of `data`: by its byte order mark, else as `declared`, else as UTF-8, windows-1256 or ISO-8859-6.

    A declared encoding is believed only if the text it gives reads as one; pages declare wrongly. Of the two eight-bit
    encodings the one wins in which the text looks more like Arabic. UTF-16 without a mark is known by its zero bytes.
    With `markup` the tags and scripts of a page do not count as its text.

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
        return _without_mark(data, markup=markup)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken_at = error.start
        if error.reason == "unexpected end of data":  # cut off within the last character
            return data[:broken_at].decode("utf-8")
    if declared is not None and (text := _believed(data, declared, markup=markup)) is not None:
        return text
    if _is_mostly_utf8(data):
        raise UndecodableError(f"broken UTF-8 text at byte {broken_at}; save it anew as UTF-8")
    readings = [text for encoding in _EIGHT_BIT if (text := _believed(data, encoding, markup=markup))]
    if not readings:
        raise UndecodableError(
            f"neither UTF-8 (broken at byte {broken_at}) nor Arabic windows-1256 or ISO-8859-6; save it as UTF-8"
        )
    return max(readings, key=_looks_arabic)


def _without_mark(data: bytes, *, markup: bool) -> str:
    """Return the text of bytes with zeros among them: UTF-16 that lost its mark, or no text at all."""
    for encoding in _UTF16:
        if (text := _believed(data, encoding, markup=markup)) is not None:
            return text
    raise UndecodableError("a binary file, not text")


def _believed(data: bytes, encoding: str, *, markup: bool) -> str | None:
    """Return `data` read in `encoding` if it reads as Arabic in it, else None."""
    try:
        text = data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None
    shown = _without_markup(text) if markup else text
    letters = sum(map(str.isalpha, shown))
    if _CONTROLS.search(text) or not letters or arabic_letters(shown) / letters < _ARABIC_SHARE:
        return None
    return text


def _without_markup(html: str) -> str:
    """Return what is outside of tags, scripts and styles, roughly, in one pass."""
    first, *others = _CODE.split(html)
    behind = (other[end.start() :] for other in others if (end := _CODE_END.search(other)))
    return _TAG.sub(" ", "".join((first, *behind)))


def _looks_arabic(text: str) -> int:
    """Return how often the commonest pieces of Arabic words occur: the article, "in", "from", and feminine endings."""
    return sum(text.count(piece) for piece in ("ال", "في ", "من ", "ية ", "ات "))


def _is_mostly_utf8(data: bytes) -> bool:
    """Tell whether `data` is Arabic in UTF-8 with a few wrong bytes: read as windows-1256 it would be gibberish.

    Lead bytes of Arabic letters in UTF-8 are letters in windows-1256 too, but there no punctuation follows each of them.
    """
    high = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
    return 2 * len(_UTF8_ARABIC.findall(data)) > high / 2
