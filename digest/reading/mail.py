"""Saved mails (.eml) and saved pages (.mhtml): the text or the page inside, and attachments that are articles."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.utils import parseaddr
from typing import TYPE_CHECKING

from digest.arabic.text import has_arabic
from digest.errors import ReadingError
from digest.model import Document, Failure, Hints
from digest.reading.dates import stated_day
from digest.reading.encodings import UndecodableError, decode
from digest.reading.kinds import Kind, kind_of
from digest.reading.markup import text_of
from digest.reading.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage, MIMEPart

LEAST_LETTERS = 120
"""A text part with fewer Arabic letters is a stub beside the HTML part."""


def read_mail(origin: str, data: bytes) -> Iterator[Document | Failure]:
    """Yield the document in the body of a mail or saved page, then one for each attachment that is text or a page.

    Subject, sender's name and date of a mail are hints; of a saved page the page itself says more.

    Raises:
        ReadingError: there is neither a text nor a page in it.

    """
    message = message_from_bytes(data, policy=policy.default)
    body = _body(origin, message)
    found = body is not None
    if body is not None:
        yield body
    for number, part in enumerate(message.iter_attachments(), 2):
        if part.get_content_type() in ("text/plain", "text/html"):
            found = True
            yield _attachment(f"{origin}#{number}", part)
    if not found:
        raise ReadingError(origin, "a mail without text")


def _body(origin: str, message: EmailMessage) -> Document | None:
    plain = message.get_body(("plain",))
    page = message.get_body(("html",)) or next(
        (part for part in message.walk() if part.get_content_type() == "text/html"), None
    )
    if page is not None and message.get_content_type() == "multipart/related":  # a page as a browser saves it
        return read_page(origin, _bytes(page))
    text = _text(plain) if plain is not None else ""
    if page is not None and not has_arabic(text, LEAST_LETTERS):
        text = text_of(_text(page))
    return Document(origin, text, _hints(message)) if text.strip() else None


def _attachment(origin: str, part: MIMEPart) -> Document | Failure:
    data = _bytes(part)
    try:
        if part.get_content_type() == "text/html" or kind_of(part.get_filename() or "", data) is Kind.PAGE:
            return read_page(origin, data)
        return Document(origin, decode(data, part.get_content_charset()))
    except UndecodableError as error:
        return Failure(origin, "reading", str(error))
    except ReadingError as error:
        return Failure(error.origin, error.stage, error.reason)


def _bytes(part: MIMEPart) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: MIMEPart) -> str:
    try:
        return decode(_bytes(part), part.get_content_charset())
    except UndecodableError:
        return ""


def _hints(message: EmailMessage) -> Hints:
    return Hints(
        title=" ".join(str(message["subject"] or "").split()) or None,
        outlet=parseaddr(str(message["from"] or ""))[0] or None,
        published=stated_day(str(message["date"] or "")),
    )
