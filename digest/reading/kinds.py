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
    FEED = "feed"
    MAIL = "mail"
    ARCHIVE = "archive"


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
    ".xml": Kind.FEED,
    ".rss": Kind.FEED,
    ".atom": Kind.FEED,
    ".eml": Kind.MAIL,
    ".mhtml": Kind.MAIL,
    ".mht": Kind.MAIL,
    ".zip": Kind.ARCHIVE,
    ".tar": Kind.ARCHIVE,
    ".tgz": Kind.ARCHIVE,
    ".gz": Kind.ARCHIVE,
    ".bz2": Kind.ARCHIVE,
    ".xz": Kind.ARCHIVE,
}
"""Files with these names are taken from a folder; others are passed over."""

_PAGE = re.compile(
    rb"\A\s*(?:\xef\xbb\xbf)?(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FEED = re.compile(rb"<(?:rss|rdf:RDF|feed)[\s>]", re.IGNORECASE)
_ARCHIVE = re.compile(rb"\A(?:PK\x03\x04|PK\x05\x06|\x1f\x8b|BZh|\xfd7zXZ)")
_MAIL_FIELDS = (
    b"From|Date|Subject|To|MIME-Version|Received|Return-Path|Message-ID|Content-Type|Snapshot-Content-Location"
)
_MAIL = re.compile(rb"\A(?:(?:" + _MAIL_FIELDS + rb"): .*\r?\n(?:[ \t].*\r?\n)*){2}", re.IGNORECASE)
_SNIFFED_BYTES = 4096


def kind_of_name(name: str) -> Kind | None:
    """Return the kind of file that goes by this name, None where it is none that articles come in, a README included."""
    path = PurePath(name)
    return None if path.stem.upper() == "README" else SUFFIXES.get(path.suffix.lower())


def kind_of(name: str, data: bytes) -> Kind:
    """Return the kind of a file that was named itself: by its name, and where that says nothing by its first bytes."""
    known = SUFFIXES.get(PurePath(name).suffix.lower())
    if known not in (None, Kind.TEXT):
        return known
    start = data[:_SNIFFED_BYTES]
    if _PAGE.match(start):
        return Kind.PAGE
    return known or _sniffed(start)


def _sniffed(start: bytes) -> Kind:
    """Return the kind that the first bytes of a file show, text where they show none."""
    if _ARCHIVE.match(start):
        return Kind.ARCHIVE
    if start.lstrip()[:1] == b"<" and _FEED.search(start):
        return Kind.FEED
    if _MAIL.match(start):
        return Kind.MAIL
    return Kind.RECORDS if start.lstrip()[:1] in (b"{", b"[") else Kind.TEXT
