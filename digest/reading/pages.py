"""HTML pages: the main text line by line, and what the page states about it."""

from __future__ import annotations

import contextlib
import logging
import re
from typing import TYPE_CHECKING, Any

from digest.arabic.text import has_arabic, repair
from digest.errors import ReadingError
from digest.fetching.header import parse_header
from digest.model import Document, Hints
from digest.reading.dates import stated_day
from digest.reading.encodings import UndecodableError, decode

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 400
"""Elements inside each other beyond which a page is refused: pages have up to 60, parsers recurse."""
LEAST_LETTERS = 120
"""With fewer Arabic letters than about two sentences the extractor is asked again for more."""

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)|<\?xml[^>]{0,80}encoding=["']([\w-]+)""", re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^<>]*?(/?)>")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "option",
        "tr",
        "td",
        "th",
    ]
)
_HEAD_BYTES = 4096


def read_page(origin: str, data: bytes) -> Document:
    """Return the page as a document: its main text by trafilatura, its metadata as hints.

    A page that `digest fetch` saved is read with the charset it was served with, and knows its address.

    Raises:
        ReadingError: the bytes are no text, the page is nested beyond reason, or no text is found in it.

    """
    header = parse_header(data)
    html = _decode(origin, data[header.size :], header.charset) if header else _decode(origin, data, None)
    if _depth(html) > MAX_DEPTH:
        raise ReadingError(origin, f"more than {MAX_DEPTH} elements inside each other, no page of a reader's")
    found = _extract(html, precise=True)
    if found is None or not has_arabic(found.text or "", LEAST_LETTERS):
        found = _extract(html, precise=False) or found
    if found is None or not (found.text or "").strip():
        raise ReadingError(origin, "no text found in this page")
    return Document(origin, found.text, _hints(found, header.url if header else None))


def _decode(origin: str, data: bytes, served_as: str | None) -> str:
    """Return the page's text; the charset that it was served with counts before what it says itself."""
    match = _DECLARED.search(data[:_HEAD_BYTES])
    declared = served_as or (next((name.decode() for name in match.groups() if name), None) if match else None)
    try:
        return decode(data, declared, markup=True)
    except UndecodableError as error:
        raise ReadingError(origin, str(error)) from error


def _depth(html: str) -> int:
    """Return how deep elements stand inside each other, at most; elements that pages leave unclosed do not count."""
    depth = deepest = 0
    for match in _TAG.finditer(html):
        closing, name, empty = match.groups()
        if empty or name.lower() in _VOID:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _extract(html: str, *, precise: bool) -> Any:
    """Return trafilatura's document, or None where it finds nothing."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - only pages need it

    with _quiet():
        return bare_extraction(
            html,
            favor_precision=precise,
            favor_recall=not precise,
            include_comments=False,
            with_metadata=True,
            # Only a day that the page gives as its publication; none that is merely mentioned.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep the extractor's own log from the user: what it means is said in our words."""
    logger = logging.getLogger("trafilatura")
    before = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = before


def _hints(found: Any, fetched_from: str | None) -> Hints:
    keywords = (
        tag.strip() for entry in (*(found.tags or ()), *(found.categories or ())) for tag in re.split("[,،]", entry)
    )
    return Hints(
        title=_one_line(found.title),
        outlet=_name(found.sitename),
        author=_name(found.author),
        published=stated_day(found.date),
        url=found.url or fetched_from,
        keywords=tuple(dict.fromkeys(tag for tag in keywords if tag)),
    )


def _one_line(text: str | None) -> str | None:
    return " ".join(repair(text).split()) or None if text else None


def _name(text: str | None) -> str | None:
    """Return a name that a page gives, if it is one: addresses and lists of them are not."""
    name = _one_line(text)
    return None if name is None or re.search(r"https?|www\.|;", name) else name
