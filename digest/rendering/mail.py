"""The briefing as an e-mail: ready to open in a mail program, and as it goes to each of its readers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, time
from email import message_from_bytes
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from digest.errors import TemplateError
from digest.mailboxes import Mailbox
from digest.rendering.bidi import clip, one_line
from digest.rendering.view import BriefingView, FailureView, SentenceView, StoryView
from digest.rendering.wording import weekday_and_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.model import Briefing
    from digest.rendering.templates import Templates

LIMIT = 90_000
"""Bytes of the HTML part. Gmail cuts a mail's HTML at about 102 kB, counted in ways that differ; this is well below."""

_SUBJECT = 160
_PREHEADER = 160
_NAME = 160
_REASON = 240
_FAILURES = 20
_NOBODY = Mailbox("digest", "digest", "localhost")
_NOWHERE = "digest.invalid"
_HASH = 32
_REQUIRED = ("Subject", "Message-ID", "MIME-Version", "Content-Type")
_SENT = time(6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class MailStory:
    """A story in the mail: the sentences that fit, and how many more the attached page has."""

    story: StoryView
    sentences: tuple[SentenceView, ...]
    more: int


def mail_html(shown: BriefingView, templates: Templates) -> str:
    """Return the mail's HTML part, under 90,000 bytes; stories and sentences that do not fit are named or counted.

    Raises TemplateError where the template fills the 90,000 bytes without a single story.
    """

    def composed(units: int, named: int) -> str:
        return templates.fill("mail.html.j2", _values(shown, units, named))

    def fits(units: int, named: int) -> bool:
        html = composed(units, named)
        return len(html.encode()) + html.count("\n") < LIMIT  # lines end in CR LF on the way

    # A headline is a unit and so is a sentence; more units, and more names for the rest, make a longer mail.
    units = sum(1 + len(story.sentences) for story in shown.stories)
    named = len(shown.stories)
    if not fits(units, named):
        while not fits(0, named):
            if not named:
                raise TemplateError(f"mail.html.j2: makes {LIMIT:,} bytes or more even for a mail without stories")
            named //= 2
        low, high = 0, units
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if fits(middle, named) else (low, middle)
        units = low
    return composed(units, named)


def message(
    briefing: Briefing,
    files: Mapping[str, bytes],
    html: str,
    content: str,
    sender: Mailbox | None,
    recipients: Sequence[Mailbox],
) -> bytes:
    """Return the message as bytes: the text and HTML parts, the page and the Markdown attached.

    `content` is a hash of what the briefing says; it makes the Message-ID and the boundaries, so that the same briefing
    gives the same bytes. Without a sender or recipients it names a mailbox that is nobody's.
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"] = (sender or _NOBODY).header
    mail["To"] = [mailbox.header for mailbox in recipients or (_NOBODY,)]
    mail["Date"] = format_datetime(datetime.combine(briefing.date, _SENT))
    domain = sender.domain if sender else _NOWHERE
    mail["Message-ID"] = f"<{briefing.date.isoformat()}.{content[:_HASH]}@{domain}>"
    mail["List-Id"] = _list_id(domain)
    mail["X-Unsent"] = "1"  # mail programs open it as a draft
    # Base64: quoted-printable makes Arabic half as long again, 8bit does not pass every server.
    mail.set_content(files["briefing.txt"].decode(), cte="base64")
    mail.add_alternative(html, subtype="html", cte="base64")
    for ending, subtype in (("html", "html"), ("md", "markdown")):
        mail.add_attachment(
            files[f"briefing.{ending}"],
            maintype="text",
            subtype=subtype,
            filename=f"briefing-{briefing.date.isoformat()}.{ending}",
            params={"charset": "utf-8"},
        )
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"digest-{content[:32]}-{number}")
    return _subject_line(_subject(briefing)) + mail.as_bytes()


def addressed(eml: bytes, sender: Mailbox, recipient: Mailbox, now: datetime, sendings: int) -> bytes:
    """Return the message of `briefing.eml` as it goes to one reader.

    The same message has the same Message-ID for the same reader, so that a mail program shows it once should it come
    twice; with each of the `sendings` that were forced before it gets another. The parts stay byte for byte.
    Raises ValueError where `eml` is no such message.
    """
    head, gap, body = eml.partition(b"\r\n\r\n")
    mail = message_from_bytes(head + gap, policy=SMTP)
    if not body or any(len(mail.get_all(name, ())) != 1 for name in _REQUIRED):
        raise ValueError("not a briefing's mail")
    identity = f"{mail['Message-ID']}\n{recipient.key}\n{sendings}"
    day = str(mail["Message-ID"]).strip("<> ").partition(".")[0]
    told: dict[str, object] = {
        "From": sender.header,
        "To": recipient.header,
        "Date": format_datetime(now),
        "Message-ID": f"<{day}.{hashlib.sha256(identity.encode()).hexdigest()[:_HASH]}@{sender.domain}>",
        "List-Id": _list_id(sender.domain),
        "Auto-Submitted": "auto-generated",  # RFC 3834: nothing answers it by itself
        "MIME-Version": mail["MIME-Version"],
        "Content-Type": mail["Content-Type"],
    }
    sent = EmailMessage(policy=SMTP)
    for name, value in told.items():
        sent[name] = value
    headers = "".join(SMTP.fold(name, value) for name, value in sent.items()).encode("ascii")
    return _subject_line(" ".join(str(mail["Subject"]).split())) + headers + b"\r\n" + body


def _list_id(domain: str) -> str:
    """Return the List-Id (RFC 2919), by which mail programs file what comes every day."""
    return f"Morning briefing <morning-briefing.{domain}>"


def _subject_line(subject: str) -> bytes:
    """Return the folded Subject header.

    EmailMessage is not asked: it reads "=?utf-8?q?x?=" in a subject as "x", and where Arabic and Latin words alternate its
    folding can cut an encoded word in two (seen with Python 3.11.7).
    """
    charset = "us-ascii" if subject.isascii() and "=?" not in subject else "utf-8"
    folded = Header(subject, charset, header_name="Subject").encode(splitchars=" ", linesep=SMTP.linesep)
    return f"Subject: {folded}{SMTP.linesep}".encode("ascii")


def _subject(briefing: Briefing) -> str:
    day = f"Morning briefing, {weekday_and_day(briefing.date)}"
    top = one_line(briefing.stories[0].headline.en) if briefing.stories else ""
    return clip(f"{day}: {top}" if top else day, _SUBJECT)


def _values(shown: BriefingView, units: int, named: int) -> dict[str, object]:
    """Return what the template gets when the first `units` headlines and sentences are told and `named` more named."""
    told: list[MailStory] = []
    for story in shown.stories:
        if units < 1:
            break
        sentences = story.sentences[: units - 1]
        told.append(MailStory(story, sentences, len(story.sentences) - len(sentences)))
        units -= 1 + len(story.sentences)
    rest = shown.stories[len(told) :]
    return {
        "date": shown.date,
        "date_text": shown.date_text,
        "hijri_text": shown.hijri_text,
        "counts": shown.counts,
        "facts": shown.facts,
        "notice": clip(shown.notice, 2 * _REASON),
        "preheader": clip(" · ".join(story.headline_en for story in shown.stories[:3]), _PREHEADER),
        "stories": told,
        "named": [f"{story.number}. {clip(story.headline_en, _NAME)}" for story in rest[:named]],
        "unnamed": max(0, len(rest) - named),
        "failures": [
            FailureView(clip(failure.origin, _NAME), clip(failure.stage, _NAME), clip(failure.reason, _REASON))
            for failure in shown.failures[:_FAILURES]
        ],
        "more_failures": max(0, len(shown.failures) - _FAILURES),
    }
