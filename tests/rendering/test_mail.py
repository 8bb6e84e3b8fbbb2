"""The mail, read back by Python's own parser."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

import pytest
from briefing_strategies import TEXTS, briefings
from hypothesis import HealthCheck, given, settings
from reading_back import Page, flat, message, part
from sample_briefing import BRIEFING

from digest.mailboxes import Mailbox, parse_mailbox
from digest.model import Briefing, BriefStory, Doubt, Failure, Translation
from digest.rendering import render
from digest.rendering.bidi import clip, one_line
from digest.rendering.mail import LIMIT, addressed

DAY = "Morning briefing, Friday 20 November 2026"
HEADERS = ["Subject", "From", "To", "Date", "Message-ID", "List-Id", "X-Unsent", "MIME-Version", "Content-Type"]
SENT_HEADERS = [*HEADERS[:6], "Auto-Submitted", *HEADERS[7:]]
SENDER = Mailbox("Morning, briefing", "digest", "news.example.org")
ANA = Mailbox("Ana", "ana", "example.org")
NOW = datetime(2026, 11, 21, 6, 5, tzinfo=timezone(timedelta(hours=2)))


def big(stories: int, sentences: int, words: int) -> Briefing:
    """Return the sample briefing grown to this many stories, sentences in each and words in those."""
    first = BRIEFING.stories[0]
    long = replace(first.sentences[0], translation=Translation("كلمة " * words, "word & " * words))
    return replace(
        BRIEFING,
        stories=tuple(
            replace(
                first,
                id=f"s{number}",
                headline=Translation("عنوان", f"Headline {number}"),
                sentences=(long,) * sentences,
            )
            for number in range(1, stories + 1)
        ),
    )


def told(page: Page) -> int:
    return sum(text[0].isdigit() for text in page.texts("h2"))


def test_the_headers() -> None:
    mail = message(render(BRIEFING)["briefing.eml"])
    assert mail.keys() == HEADERS
    assert mail["Subject"] == (
        "Morning briefing, Friday 20 November 2026: New quay opens in the city's harbour after 3 years of work"
    )
    assert parsedate_to_datetime(mail["Date"]) == datetime(2026, 11, 20, 6, tzinfo=UTC)
    assert mail["Message-ID"].startswith("<2026-11-20.")
    assert mail["Message-ID"].endswith("@digest.invalid>")
    assert mail["X-Unsent"] == "1"
    assert mail["From"] == mail["To"] == "digest <digest@localhost>"
    assert mail["List-Id"] == "Morning briefing <morning-briefing.digest.invalid>"


def test_the_mailboxes_of_the_settings_are_named() -> None:
    recipients = [parse_mailbox("ana@example.org"), parse_mailbox("عمر, الثاني <omar@example.net>")]
    mail = message(render(BRIEFING, None, SENDER, recipients)["briefing.eml"])
    assert mail.keys() == HEADERS
    assert mail["From"] == '"Morning, briefing" <digest@news.example.org>'
    assert [(box.display_name, box.addr_spec) for box in mail["To"].addresses] == [
        ("", "ana@example.org"),
        ("عمر, الثاني", "omar@example.net"),
    ]
    assert mail["Message-ID"].endswith("@news.example.org>")
    assert mail["List-Id"] == "Morning briefing <morning-briefing.news.example.org>"


def test_the_message_id_follows_what_the_briefing_says() -> None:
    other = replace(BRIEFING, passed_over=("day/other.md",))
    ids = {message(render(briefing)["briefing.eml"])["Message-ID"] for briefing in (BRIEFING, other, BRIEFING)}
    assert len(ids) == 2


def test_the_parts_are_text_html_page_and_markdown() -> None:
    files = render(BRIEFING)
    mail = message(files["briefing.eml"])
    assert [one.get_content_type() for one in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/html",
        "text/markdown",
    ]
    assert part(mail, "plain").replace("\r\n", "\n") == files["briefing.txt"].decode()
    attached = {one.get_filename(): one.get_payload(decode=True) for one in mail.iter_attachments()}
    assert attached == {
        "briefing-2026-11-20.html": files["briefing.html"],
        "briefing-2026-11-20.md": files["briefing.md"],
    }
    assert not any(one.defects for one in mail.walk())


def test_the_message_goes_over_any_wire() -> None:
    content = render(BRIEFING)["briefing.eml"]
    assert content.isascii()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.splitlines())) <= 998


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, TEXTS)
def test_no_headline_can_add_a_header(english: str, arabic: str) -> None:
    story = BriefStory(
        "s", Translation(f"{arabic}\r\nCc: a@example.invalid", f"{english}\r\nBcc: b@example.invalid"), (), ()
    )
    mail = message(render(replace(BRIEFING, stories=(story,)))["briefing.eml"])
    assert mail.keys() == HEADERS
    assert mail["Subject"] == clip(f"{DAY}: {one_line(story.headline.en)}", 160)
    assert mail["To"] == "digest <digest@localhost>"


def test_a_long_headline_is_cut_in_the_subject() -> None:
    story = replace(BRIEFING.stories[0], headline=Translation("عنوان", "word " * 200))
    subject = message(render(replace(BRIEFING, stories=(story,)))["briefing.eml"])["Subject"]
    assert len(subject) <= 161
    assert subject.endswith("word…")


def test_without_stories_the_subject_is_the_day() -> None:
    mail = message(render(replace(BRIEFING, stories=()))["briefing.eml"])
    assert mail["Subject"] == DAY


@pytest.mark.parametrize(
    "headline",
    [
        "| --- | 2024. كان العام صعبا 2024. كان العام صعبا Bcc: b@example.invalid",
        "The headline =?utf-8?q?x?= says =?utf-8?b?eA==?=",
        "Minister’s “قال” 5 % – عبا 2024. كان a_b é 🙂 الوزير: Egypt's =?x?= العام",
        "ال" * 55,
        "word" * 28,
    ],
)
def test_the_subject_is_the_headline_to_the_letter(headline: str) -> None:
    story = replace(BRIEFING.stories[0], headline=Translation("عنوان", headline))
    eml = render(replace(BRIEFING, stories=(story,)))["briefing.eml"]
    for mail in (eml, addressed(eml, SENDER, ANA, NOW, 0)):
        assert message(mail)["Subject"] == f"{DAY}: {headline}"
        assert mail.isascii()


def test_the_preheader_holds_the_top_headlines() -> None:
    page = Page(part(message(render(BRIEFING)["briefing.eml"]), "html"))
    hidden = page.texts("div")[0]
    assert hidden.startswith("New quay opens in the city's harbour after 3 years of work · Heavy rain closes")


@pytest.mark.parametrize(
    ("stories", "sentences", "words"), [(60, 5, 60), (1, 400, 60), (3, 1, 40_000), (900, 1, 10), (12, 0, 0)]
)
def test_the_html_part_is_small_whatever_the_day(stories: int, sentences: int, words: int) -> None:
    briefing = big(stories, sentences, words)
    html = part(message(render(briefing)["briefing.eml"]), "html")
    assert len(html.encode()) < LIMIT


def test_what_does_not_fit_is_named() -> None:
    page = Page(part(message(render(big(60, 5, 60))["briefing.eml"]), "html"))
    shown = told(page)
    assert 2 < shown < 60
    assert [text for text in page.texts("p") if text.startswith("60. ")] == ["60. Headline 60"]
    assert "More in the attached page" in page.texts("h2")
    named = [text for text in page.texts("p") if text.split(". ")[0].isdigit()]
    assert len(named) == 60 - shown


def test_sentences_that_do_not_fit_are_counted() -> None:
    page = Page(part(message(render(big(1, 400, 60))["briefing.eml"]), "html"))
    shown = sum(text.startswith("word & word") for text in page.texts("p"))
    assert 10 < shown < 400
    assert f"{400 - shown} more sentences of this story in the attached page." in page.texts("p")


def test_stories_that_cannot_even_be_named_are_counted() -> None:
    page = Page(part(message(render(big(900, 1, 10))["briefing.eml"]), "html"))
    named = sum(text.split(". ")[0].isdigit() for text in page.texts("p"))
    assert f"And {900 - told(page) - named} more stories." in page.texts("p")


def test_a_flood_of_failures_is_counted() -> None:
    failures = tuple(Failure(f"day/{number}.txt" * 50, "reading", "a reason & more " * 100) for number in range(500))
    html = part(message(render(replace(BRIEFING, failures=failures))["briefing.eml"]), "html")
    assert len(html.encode()) < LIMIT
    assert "And 480 more failures, named in the attached page." in Page(html).texts("p")


def test_a_monstrous_headline_does_not_push_the_mail_over_the_limit() -> None:
    story = replace(BRIEFING.stories[0], headline=Translation("عنوان", "<" * 20_000, (Doubt("g", "&" * 20_000),)))
    page = Page(part(message(render(replace(BRIEFING, stories=(story, BRIEFING.stories[1])))["briefing.eml"]), "html"))
    assert len(page.source.encode()) < LIMIT
    assert any(text.startswith("1. <<<<") for text in page.texts("p"))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(briefings())
def test_any_mail_parses_without_a_fault(briefing: Briefing) -> None:
    mail = message(render(briefing)["briefing.eml"])
    assert mail.keys() == HEADERS
    assert flat(mail["Subject"]).startswith("Morning briefing, ")
    assert not any(one.defects for one in mail.walk())


def test_a_reader_gets_the_same_parts_under_headers_of_her_own() -> None:
    eml = render(BRIEFING)["briefing.eml"]
    sent = addressed(eml, SENDER, ANA, NOW, 0)
    assert sent.partition(b"\r\n\r\n")[2] == eml.partition(b"\r\n\r\n")[2]
    mail = message(sent)
    assert mail.keys() == SENT_HEADERS
    assert mail["Subject"] == message(eml)["Subject"]
    assert mail["From"] == '"Morning, briefing" <digest@news.example.org>'
    assert mail["To"] == "Ana <ana@example.org>"
    assert mail["Date"] == "Sat, 21 Nov 2026 06:05:00 +0200"
    assert mail["Message-ID"].startswith("<2026-11-20.")
    assert mail["Message-ID"].endswith("@news.example.org>")
    assert mail["List-Id"] == "Morning briefing <morning-briefing.news.example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert not any(one.defects for one in mail.walk())


def test_a_message_id_is_of_one_reader_one_briefing_and_one_sending() -> None:
    eml = render(BRIEFING)["briefing.eml"]
    other = render(replace(BRIEFING, passed_over=("day/other.md",)))["briefing.eml"]
    ben = Mailbox("Ben", "ben", "example.org")
    ids = [
        message(addressed(which, SENDER, to, now, sendings))["Message-ID"]
        for which, to, now, sendings in (
            (eml, ANA, NOW, 0),
            (other, ANA, NOW, 0),
            (eml, ben, NOW, 0),
            (eml, ANA, NOW, 1),
        )
    ]
    assert len(set(ids)) == 4
    later = addressed(eml, SENDER, replace(ANA, name="A.", local="Ana"), NOW + timedelta(hours=1), 0)
    assert message(later)["Message-ID"] == ids[0]


@pytest.mark.parametrize(
    "eml",
    [b"", b"x", b"\r\n\r\nx", b"Subject: x\r\n\r\nx", b"\xff\x00: \x80\r\n\r\n", b"Subject: a\r\nSubject: b\r\n\r\nx"],
)
def test_what_is_no_briefing_is_not_addressed(eml: bytes) -> None:
    with pytest.raises(ValueError, match="not a briefing's mail"):
        addressed(eml, SENDER, ANA, NOW, 0)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, TEXTS)
def test_no_headline_can_add_a_header_to_what_is_sent(english: str, arabic: str) -> None:
    story = BriefStory("s", Translation(arabic, f"{english}\r\nBcc: b@example.invalid"), (), ())
    eml = render(replace(BRIEFING, stories=(story,)))["briefing.eml"]
    sent = addressed(eml, SENDER, ANA, NOW, 0)
    mail = message(sent)
    assert mail.keys() == SENT_HEADERS
    assert mail["Subject"] == clip(f"{DAY}: {one_line(story.headline.en)}", 160)
    assert mail["To"] == "Ana <ana@example.org>"
    assert sent.isascii()
    assert max(map(len, sent.splitlines())) <= 998
