"""Who gets the mail of which day, in the store: what is to be sent, what was, and what nobody can know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from digest.delivering.smtp import Verdict
from digest.mailboxes import Mailbox, parse_mailbox

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from digest.store import Store

KEEP_DAYS = 5
"""Days for which a mail waits to be sent: RFC 5321 section 4.5.4.1 says four to five."""


class State(StrEnum):
    """Where a mail is.

    WAITING: to be sent, the next time too. ENDING: its end went out and no answer was noted, so it may have arrived.
    SENT: the server took it. REFUSED: the server refused it for good. GIVEN_UP: it waited too long.
    """

    WAITING = "waiting"
    ENDING = "ending"
    SENT = "sent"
    REFUSED = "refused"
    GIVEN_UP = "given up"


_STATES = {
    Verdict.SENT: State.SENT,
    Verdict.REFUSED: State.REFUSED,
    Verdict.LATER: State.WAITING,
    Verdict.UNKNOWN: State.ENDING,
}


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail of a day to one mailbox.

    `sendings` counts how often it was sent before, by force; `by_hand` tells that the mailbox was named for this one
    mail, and not by the settings.
    """

    day: date
    mailbox: Mailbox
    state: State
    sendings: int = 0
    by_hand: bool = False

    @property
    def address(self) -> str:
        """The bare address that it goes to."""
        return self.mailbox.address


class Outbox:
    """The mails of one series of briefings. Every method raises OutputError where the store cannot be used."""

    def __init__(self, store: Store, series: str) -> None:
        self._store = store
        self._series = series
        with store.reading() as database:
            # In a power cut too, what was sent must stay known.
            database.execute("PRAGMA synchronous = FULL")

    def ask(self, day: date, mailboxes: Iterable[Mailbox], today: date, *, again: bool, by_hand: bool = False) -> None:
        """Let the mail of `day` be sent to the mailboxes, but for those it was sent to or may have been.

        With `again`, to those too, and each sending counts.
        """
        with self._store.writing() as database:
            for mailbox in mailboxes:
                key = (self._series, day.toordinal(), mailbox.key)
                database.execute(
                    "INSERT INTO mails (series, day, recipient, mailbox, state, asked, sendings, by_hand)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?10)"
                    " ON CONFLICT (series, day, recipient) DO UPDATE SET mailbox = ?4, state = ?5, asked = ?6, by_hand = ?10,"
                    " sendings = sendings + (state IN (?7, ?8)) WHERE ?9 OR state NOT IN (?7, ?8)",
                    (*key, str(mailbox), State.WAITING, today.toordinal(), State.SENT, State.ENDING, again, by_hand),
                )

    def of_day(self, day: date) -> dict[str, Mail]:
        """Return the mails of a day by the key of their mailbox."""
        with self._store.reading() as database:
            return {mail.mailbox.key: mail for mail in self._mails(database, "day = ?", day.toordinal())}

    def waiting(self) -> list[Mail]:
        """Return the mails that are to be sent, those of the earliest day first."""
        with self._store.reading() as database:
            return self._mails(database, "state = ?", State.WAITING)

    def give_up(self, today: date) -> list[Mail]:
        """Give up the mails that have waited for more than KEEP_DAYS, and return them."""
        since = (today - timedelta(days=KEEP_DAYS)).toordinal()
        with self._store.writing() as database:
            old = self._mails(database, "state = ? AND asked < ?", State.WAITING, since)
            for mail in old:
                self._set(database, mail, State.GIVEN_UP)
        return old

    def note(self, mail: Mail, verdict: Verdict) -> None:
        """Note what became of a mail."""
        with self._store.writing() as database:
            self._set(database, mail, _STATES[verdict])

    def _mails(self, database: sqlite3.Connection, condition: str, *values: object) -> list[Mail]:
        rows = database.execute(
            f"SELECT day, mailbox, state, sendings, by_hand FROM mails WHERE series = ? AND {condition}"  # noqa: S608 - ours
            " ORDER BY day, recipient",
            (self._series, *values),
        )
        return [
            Mail(date.fromordinal(day), parse_mailbox(mailbox), State(state), sendings, bool(by_hand))
            for day, mailbox, state, sendings, by_hand in rows
        ]

    def _set(self, database: sqlite3.Connection, mail: Mail, state: State) -> None:
        database.execute(
            "UPDATE mails SET state = ? WHERE series = ? AND day = ? AND recipient = ?",
            (state, self._series, mail.day.toordinal(), mail.mailbox.key),
        )
