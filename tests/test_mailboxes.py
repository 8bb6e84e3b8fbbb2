"""Mailboxes: what people write is understood, and nothing else goes to a server."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.mailboxes import Mailbox, parse_mailbox


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ana@example.org", Mailbox("", "ana", "example.org")),
        (" <ana@example.org> ", Mailbox("", "ana", "example.org")),
        ("Ana Lima <ana@example.org>", Mailbox("Ana Lima", "ana", "example.org")),
        ('"Lima, Ana" <ana+news@mail.example.org>', Mailbox("Lima, Ana", "ana+news", "mail.example.org")),
        ("آنا ليما <ana@localhost>", Mailbox("آنا ليما", "ana", "localhost")),
    ],
)
def test_mailboxes(text: str, wanted: Mailbox) -> None:
    assert parse_mailbox(text) == wanted
    assert parse_mailbox(str(wanted)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ana",
        "@example.org",
        "ana@",
        "ana@@example.org",
        "ana@example.org, ben@example.org",
        "ana@example..org",
        "ana@-example.org",
        ".ana@example.org",
        "an a@example.org",
        "ana@exa mple.org",
        "Ana <ana@example.org",
        "Ana <ana@example.org> x",
        "<ana@example.org> SIZE=1",
        "آنا@example.org",
        "ana@مثال.example",
        "ana@example.org\r\nBcc: ben@example.org",
        "Ana\nBcc: x <ana@example.org>",
        "a" * 65 + "@example.org",
        "ana@" + "a" * 64 + ".org",
        "ana@" + ".".join(["abcdefgh"] * 40),
    ],
)
def test_what_is_no_mailbox(text: str) -> None:
    with pytest.raises(ValueError, match=r"no address like|must be one line") as caught:
        parse_mailbox(text)
    assert "\n" not in str(caught.value)


def test_capitals_do_not_make_another_mailbox() -> None:
    assert parse_mailbox("Ana@Example.org").key == parse_mailbox("A <ana@example.ORG>").key


@given(st.text())
def test_any_text_gives_a_clean_address_or_an_error(text: str) -> None:
    try:
        mailbox = parse_mailbox(f"{text}@example.org")
    except ValueError:
        return
    assert mailbox.address.isascii()
    assert not set(mailbox.address) & set(' <>"\\,;:()[]\r\n\t')
    assert mailbox.header.addr_spec == mailbox.address
