"""The outbox: everyone once a day, whatever happens in between."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.delivering.outbox import KEEP_DAYS, Mail, Outbox, State
from digest.delivering.smtp import Verdict
from digest.mailboxes import Mailbox
from digest.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = date(2026, 11, 20)
ANA = Mailbox("Ana", "ana", "example.org")
BEN = Mailbox("", "ben", "example.org")


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with Store(tmp_path / "store.sqlite") as store:
        yield Outbox(store, "series")


def waiting(outbox: Outbox) -> list[tuple[date, str]]:
    return [(mail.day, mail.address) for mail in outbox.waiting()]


def test_what_was_asked_for_waits_until_it_is_sent(outbox: Outbox) -> None:
    outbox.ask(DAY, [BEN, ANA], DAY, again=False)
    assert outbox.waiting() == [Mail(DAY, ANA, State.WAITING), Mail(DAY, BEN, State.WAITING)]
    outbox.note(outbox.waiting()[0], Verdict.SENT)
    assert waiting(outbox) == [(DAY, BEN.address)]
    assert outbox.of_day(DAY) == {ANA.key: Mail(DAY, ANA, State.SENT), BEN.key: Mail(DAY, BEN, State.WAITING)}
    assert outbox.of_day(DAY + timedelta(days=1)) == {}


@pytest.mark.parametrize(
    ("verdict", "waits"),
    [(Verdict.SENT, False), (Verdict.UNKNOWN, False), (Verdict.REFUSED, True), (Verdict.LATER, True)],
)
def test_asking_again_sends_only_what_nobody_can_have_got(outbox: Outbox, verdict: Verdict, waits: bool) -> None:
    outbox.ask(DAY, [ANA], DAY, again=False)
    outbox.note(outbox.waiting()[0], verdict)
    outbox.ask(DAY, [ANA], DAY, again=False)
    assert bool(outbox.waiting()) is waits
    assert outbox.of_day(DAY)[ANA.key].sendings == 0


@pytest.mark.parametrize(
    ("verdict", "sendings"), [(Verdict.SENT, 1), (Verdict.UNKNOWN, 1), (Verdict.REFUSED, 0), (Verdict.LATER, 0)]
)
def test_force_sends_again_and_counts(outbox: Outbox, verdict: Verdict, sendings: int) -> None:
    outbox.ask(DAY, [ANA], DAY, again=False)
    outbox.note(outbox.waiting()[0], verdict)
    outbox.ask(DAY, [ANA], DAY, again=True)
    assert outbox.waiting() == [Mail(DAY, ANA, State.WAITING, sendings)]


def test_a_mailbox_in_capitals_is_the_same_and_the_newest_name_counts(outbox: Outbox) -> None:
    outbox.ask(DAY, [ANA], DAY, again=False)
    other = Mailbox("Ana Lima", "ANA", "Example.org")
    outbox.ask(DAY, [other], DAY, again=False)
    assert outbox.waiting() == [Mail(DAY, other, State.WAITING)]


def test_series_are_kept_apart(tmp_path: Path) -> None:
    with Store(tmp_path / "store.sqlite") as store:
        one, other = Outbox(store, "one"), Outbox(store, "other")
        one.ask(DAY, [ANA], DAY, again=False)
        one.note(one.waiting()[0], Verdict.SENT)
        other.ask(DAY, [ANA], DAY, again=False)
        assert waiting(other) == [(DAY, ANA.address)]
        assert waiting(one) == []


def test_what_waits_too_long_is_given_up_until_it_is_asked_for_again(outbox: Outbox) -> None:
    asked = DAY + timedelta(days=100)  # an old briefing may be sent, too
    outbox.ask(DAY, [ANA], asked, again=False)
    assert outbox.give_up(asked + timedelta(days=KEEP_DAYS)) == []
    assert [mail.address for mail in outbox.give_up(asked + timedelta(days=KEEP_DAYS + 1))] == [ANA.address]
    assert waiting(outbox) == []
    assert outbox.give_up(asked + timedelta(days=KEEP_DAYS + 1)) == []
    outbox.ask(DAY, [ANA], asked + timedelta(days=9), again=False)
    assert waiting(outbox) == [(DAY, ANA.address)]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["ask", "sent", "unknown", "later", "refused"]), max_size=12))
def test_without_force_nobody_is_sent_to_after_a_mail_that_may_have_arrived(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    with Store(tmp_path_factory.mktemp("any") / "store.sqlite") as store:
        outbox = Outbox(store, "series")
        arrived = False
        for step in steps:
            if step == "ask":
                outbox.ask(DAY, [ANA], DAY, again=False)
            elif mails := outbox.waiting():
                assert not arrived
                outbox.note(mails[0], Verdict(step))
                arrived = step in {"sent", "unknown"}
