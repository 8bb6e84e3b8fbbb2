"""From the outbox to the mail server: each mail composed, handed over, and what became of it written down at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from digest.delivering.smtp import Letter, Outcome, Verdict, send_all
from digest.errors import ReadingError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from digest.delivering.outbox import Mail, Outbox
    from digest.delivering.smtp import Server


class Report(Protocol):
    """Where the user is told."""

    def settled(self, mail: Mail, outcome: Outcome) -> None:
        """Tell what became of a mail."""

    def pausing(self, mails: int, seconds: float, reason: str) -> None:
        """Tell that so many mails are tried again after so many seconds."""


@dataclass(frozen=True, slots=True)
class _Journal:
    outbox: Outbox
    report: Report
    mails: dict[Letter, Mail]

    def ending(self, letter: Letter) -> None:
        self.outbox.note(self.mails[letter], Verdict.UNKNOWN)

    def settled(self, letter: Letter, outcome: Outcome) -> None:
        self.outbox.note(self.mails[letter], outcome.verdict)
        self.report.settled(self.mails[letter], outcome)

    def pausing(self, letters: int, seconds: float, reason: str) -> None:
        self.report.pausing(letters, seconds, reason)


def deliver(
    server: Server,
    sender: str,
    mails: Sequence[Mail],
    compose: Callable[[Mail], bytes],
    outbox: Outbox,
    report: Report,
    wait: Callable[[float], object],
) -> tuple[Outcome, ...]:
    """Send the mails and return what became of each that could be composed, in their order, then of the others.

    `sender` is the bare address of the envelope; `compose` returns a mail's message, or raises ReadingError, and then the
    mail stays where it is. `wait` lets so many seconds pass. Raises what `digest.delivering.smtp.send_all` raises, and
    OutputError where the store cannot be used.
    """
    letters: dict[Letter, Mail] = {}
    unread: list[Outcome] = []
    for mail in mails:
        try:
            content = compose(mail)
        except ReadingError as error:
            unread.append(Outcome(Verdict.LATER, str(error)))
            report.settled(mail, unread[-1])
        else:
            letters[Letter(sender, mail.address, content)] = mail
    if not letters:
        return tuple(unread)
    return (*send_all(server, tuple(letters), _Journal(outbox, report, letters), wait), *unread)
