"""`digest send`: the briefing of a day by mail, to everyone once."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.commands.common import (
    SettingsOption,
    clear_errors,
    complain,
    counted,
    day_of,
    now_of,
    settings_of,
    store_path,
)
from digest.errors import DeliveryError, ReadingError, SettingsError

if TYPE_CHECKING:
    from digest.delivering.outbox import Mail, Outbox
    from digest.delivering.smtp import Outcome, Server
    from digest.mailboxes import Mailbox
    from digest.settings import Settings

_FILE = "briefing.eml"
_MOST = 60_000_000


def send(
    on: Annotated[
        str | None,
        typer.Argument(
            metavar="[DATE]", help="The briefing's date, as YYYY-MM-DD, today or yesterday. Default: the newest."
        ),
    ] = None,
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to",
            metavar="ADDRESS",
            help="Send to this mailbox instead of those of mail_to, and nothing else that waits. May be given several times.",
        ),
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="FOLDER", help="Folder with the briefings. Default: output.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be sent to whom, and send nothing.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Send again to those who got the day's mail.")] = False,
    config: SettingsOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Send the briefing of DATE as a mail, once to everyone in mail_to; what could not be sent goes the next time.

    The password of the mail server is in the variable DIGEST_MAIL_PASSWORD, in the file mail_password_file, or in the
    keyring under mail_keyring.
    """
    with clear_errors():
        settings = settings_of(config, out=out, mail_to=tuple(to) if to else None)
        from digest.delivering.account import account_of, password_of, recipients_of  # noqa: PLC0415

        (server, sender), recipients = account_of(settings), recipients_of(settings)
        if not recipients:
            raise SettingsError("nobody to send to: set mail_to in digest.toml, or give --to ADDRESS")
        day = newest_day(Path(settings.out)) if on is None else day_of(on, settings, "DATE")
        task = Task(settings, sender, recipients, day, only=bool(to), force=force)
        task.read(day)
        if dry_run:
            for line in task.planned(server):
                typer.echo(line)
            return
        server = replace(server, password=password_of(settings, os.environ))
        task.run(server, lambda: now_of(settings), time.sleep, Teller(quiet=quiet))


def newest_day(out: Path) -> date:
    """Return the last day with a briefing's mail in the folder `out`; DeliveryError where there is none."""
    days: list[date] = []
    for file in out.glob(f"????-??-??/{_FILE}"):
        try:
            days.append(date.fromisoformat(file.parent.name))
        except ValueError:
            continue
    if not days:
        raise DeliveryError(f"{out}: no briefing there; make one with `digest run`, or name its folder with --out")
    return max(days)


@dataclass(slots=True)
class Teller:
    """Tells the user on standard output and error, and counts what was not sent."""

    quiet: bool = False
    sent: int = 0
    unsent: int = 0

    def say(self, line: str) -> None:
        """Print a line unless the user wants errors only."""
        if not self.quiet:
            typer.echo(line)

    def settled(self, mail: Mail, outcome: Outcome) -> None:
        """Print what became of a mail."""
        if outcome.verdict == "sent":
            self.sent += 1
            self.say(f"{mail.day}: sent to {mail.address}")
            return
        self.unsent += 1
        told = {
            "refused": "refused for good; it is tried again when this day is sent again",
            "later": "not sent yet; the next `digest send` tries again",
            "unknown": f"may have arrived or not; `digest send {mail.day} --force --to {mail.address}` sends it again",
        }
        complain(f"{mail.day}: {mail.address}: {told[outcome.verdict]} ({outcome.reason})")

    def pausing(self, mails: int, seconds: float, reason: str) -> None:
        """Say why it takes longer."""
        self.say(f"Trying {counted(mails, 'mail')} again in {seconds:g} seconds ({reason})")


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be sent: the mail of `day` to the recipients, and, but with `only`, what waits from before."""

    settings: Settings
    sender: Mailbox
    recipients: tuple[Mailbox, ...]
    day: date
    only: bool = False
    force: bool = False

    def read(self, day: date) -> bytes:
        """Return the mail of a day as `digest run` wrote it; DeliveryError where it is not there."""
        file = Path(self.settings.out) / day.isoformat() / _FILE
        try:
            with file.open("rb") as stream:
                content = stream.read(_MOST + 1)
        except FileNotFoundError as error:
            raise DeliveryError(f"{file}: not there; make it with `digest run --date {day}`") from error
        except OSError as error:
            raise DeliveryError(f"{file}: cannot be read ({error.strerror})") from error
        if len(content) > _MOST:
            raise DeliveryError(f"{file}: has more than {_MOST // 1_000_000} MB, which no server takes")
        return content

    def planned(self, server: Server) -> list[str]:
        """Return in lines what would be done now; nothing is changed."""
        from digest.delivering.outbox import Outbox, State  # noqa: PLC0415
        from digest.store import Store  # noqa: PLC0415

        known: dict[str, Mail] = {}
        waiting: list[Mail] = []
        path = store_path(self.settings)
        if path.is_file():
            with Store(path) as store:
                outbox = Outbox(store, self._series)
                known, waiting = outbox.of_day(self.day), self._waiting(outbox)
        size = f"{len(self.read(self.day)) / 1000:.0f} kB by {server} ({server.security})"
        lines = [f"{mail.day}: would be sent to {mail.address}, left from before" for mail in waiting]
        for mailbox in self.recipients:
            mail = known.get(mailbox.key)
            if mail and mail.state in {State.SENT, State.ENDING} and not self.force:
                had = "was sent before" if mail.state == State.SENT else "may have been sent before"
                lines.append(f"{self.day}: {had} to {mailbox.address}; --force would send it again")
            else:
                lines.append(f"{self.day}: would be sent to {mailbox.address}, {size}")
        return lines

    def run(
        self, server: Server, clock: Callable[[], datetime], wait: Callable[[float], object], teller: Teller
    ) -> None:
        """Send what is to be sent; DeliveryError, after everything else was done, where something was not."""
        from digest.delivering.outbox import Outbox  # noqa: PLC0415
        from digest.delivering.post import deliver  # noqa: PLC0415
        from digest.locking import locked  # noqa: PLC0415
        from digest.rendering.mail import addressed  # noqa: PLC0415
        from digest.store import Store  # noqa: PLC0415

        path = store_path(self.settings)

        def compose(mail: Mail) -> bytes:
            file = f"{mail.day}/{_FILE}"
            try:
                return addressed(self.read(mail.day), self.sender, mail.mailbox, clock(), mail.sendings)
            except DeliveryError as error:
                raise ReadingError(file, str(error)) from error
            except ValueError as error:
                raise ReadingError(file, f"{error}; make it again with `digest run --date {mail.day}`") from error

        # Two of us at a time would both find the same mails waiting.
        with Store(path) as store, locked(path.parent):
            outbox = Outbox(store, self._series)
            self._tell_of_old(outbox, clock().date())
            mails = self._asked(outbox, clock().date(), teller)
            if mails:
                deliver(server, self.sender.address, mails, compose, outbox, teller, wait)
        if teller.unsent:
            raise DeliveryError(f"{counted(teller.sent, 'mail')} sent, {teller.unsent} not")

    def _asked(self, outbox: Outbox, today: date, teller: Teller) -> Sequence[Mail]:
        """Put the day's mails into the outbox and return all that are to be sent now."""
        from digest.delivering.outbox import State  # noqa: PLC0415

        outbox.ask(self.day, self.recipients, today, again=self.force, by_hand=self.only)
        mails = outbox.of_day(self.day)
        asked = [mails[mailbox.key] for mailbox in self.recipients]
        for mail in asked:
            if mail.state == State.SENT:
                teller.say(f"{mail.day}: was sent to {mail.address} before; --force sends it again")
            elif mail.state == State.ENDING:
                complain(
                    f"{mail.day}: {mail.address} may have got the mail or not: the last attempt broke off at its end; "
                    f"`digest send {mail.day} --force --to {mail.address}` sends it again"
                )
        left = self._waiting(outbox)
        return [*left, *(mail for mail in asked if mail.state == State.WAITING)]

    def _waiting(self, outbox: Outbox) -> list[Mail]:
        """Return what waits besides the mails of the day to the recipients; whoever left mail_to gets no more."""
        if self.only:
            return []
        listed = {mailbox.key for mailbox in self.recipients}
        return [
            mail for mail in outbox.waiting() if (mail.day != self.day if mail.mailbox.key in listed else mail.by_hand)
        ]

    def _tell_of_old(self, outbox: Outbox, today: date) -> None:
        for mail in outbox.give_up(today):
            complain(f"{mail.day}: {mail.address}: waited too long and was given up")

    @property
    def _series(self) -> str:
        from digest.commands.days import series_of  # noqa: PLC0415

        return series_of(self.settings)
