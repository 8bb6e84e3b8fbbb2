"""JSON and JSON lines: every record an article.

Field names are understood as in `FIELDS`; `field_map` (from `--map NAME=FIELD`) adds others.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from digest.errors import ReadingError
from digest.model import Document, Failure, Hints
from digest.reading.dates import stated_day
from digest.reading.markup import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FIELDS = {
    "text": (
        "text",
        "body",
        "content",
        "article",
        "article_text",
        "full_text",
        "maintext",
        "content_html",
        "content_text",
        "clean_text",
        "raw_text",
    ),
    "title": ("title", "headline", "name"),
    "outlet": ("outlet", "source", "publisher", "site", "sitename", "site_name", "newspaper"),
    "author": ("author", "authors", "byline", "creator"),
    "published": (
        "published",
        "date",
        "published_at",
        "date_published",
        "publication_date",
        "date_publish",
        "datePublished",
        "pubDate",
    ),
    "url": ("url", "link", "canonical_url"),
    "keywords": ("keywords", "tags"),
    "id": ("id", "_id", "guid", "uid"),
}
"""Our field to the names it may have in a record; the first that has a value counts."""
LISTS = ("articles", "items", "data", "results", "records")
"""Fields under which an object may hold its records."""


class NoRecordsError(ReadingError):
    """The file is JSON, but none of its records is an article."""


def read_records(origin: str, text: str, field_map: Mapping[str, str]) -> Iterator[Document | Failure]:
    """Yield a document for each record of `text`, one JSON value or JSON lines, and a failure for each that is none.

    Raises:
        NoRecordsError: no record in the text has a text.

    """
    names = {field: (*(own for own, to in field_map.items() if to == field), *known) for field, known in FIELDS.items()}
    found = False
    seen: set[str] = set()
    for number, record in _records(origin, text):
        where = f"{origin}#{number}"
        if isinstance(record, ReadingError):
            yield Failure(where, record.stage, record.reason)
            continue
        body = _first(record, names["text"])
        if not isinstance(body, str) or not body.strip():
            seen.update(record)
            continue
        found = True
        yield Document(where, text_of(body), _hints(record, names), _text(_first(record, names["id"])))
    if not found:
        fields = ", ".join(sorted(seen)[:12]) or "none"
        raise NoRecordsError(
            origin, f"no record with a text (fields found: {fields}); name its field with --map FIELD=text"
        )


def _records(origin: str, text: str) -> Iterator[tuple[int, dict[str, Any] | ReadingError]]:
    """Yield (number from 1, record) for every record, in order."""
    try:
        value = json.loads(text)
    except ValueError:
        yield from _lines(origin, text)
        return
    if isinstance(value, dict):
        value = next((value[name] for name in LISTS if isinstance(value.get(name), list)), [value])
    if not isinstance(value, list):
        raise NoRecordsError(origin, "JSON without records")
    for number, record in enumerate(value, 1):
        yield number, record if isinstance(record, dict) else ReadingError(origin, "not a JSON object")


def _lines(origin: str, text: str) -> Iterator[tuple[int, dict[str, Any] | ReadingError]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            yield number, ReadingError(origin, f"not JSON ({error})")
            continue
        yield number, record if isinstance(record, dict) else ReadingError(origin, "not a JSON object")


def _first(record: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((record[name] for name in names if record.get(name)), None)


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = ", ".join(str(entry) for entry in value)
    return " ".join(str(value).split()) or None if isinstance(value, str | int | float) else None


def _hints(record: Mapping[str, Any], names: Mapping[str, tuple[str, ...]]) -> Hints:
    keywords = _first(record, names["keywords"])
    if isinstance(keywords, str):
        keywords = keywords.replace("،", ",").split(",")
    return Hints(
        title=_text(_first(record, names["title"])),
        outlet=_text(_first(record, names["outlet"])),
        author=_text(_first(record, names["author"])),
        published=stated_day(_text(_first(record, names["published"]))),
        url=_text(_first(record, names["url"])),
        keywords=tuple(str(entry).strip() for entry in keywords if str(entry).strip())
        if isinstance(keywords, list)
        else (),
    )
