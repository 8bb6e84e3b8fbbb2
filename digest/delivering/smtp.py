"""Handing letters to a mail server (SMTP, RFC 5321), each to one recipient, with a verdict on every one.

What went wrong for a while (a 4xx answer, a connection that is refused or drops) is tried again after a pause; what a
server refuses for good (5xx) is not, and does not stop the other letters. A letter whose last byte went out, and that no
answer came to, may have arrived: it is never sent again by itself, because nobody should get a mail twice. To keep such
doubt rare, a letter's end goes out only after a moment in which the server could have dropped the connection; and a
connection that is reset tells that the server lost data (RFC 1122 section 4.2.2.13), of which the end was the last.
"""

from __future__ import annotations

import base64
import contextlib
import re
import smtplib
import ssl
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from digest.errors import DeliveryError, SettingsError

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

PAUSES = (5.0, 30.0, 120.0)
"""Seconds between the attempts. What fails for longer (greylisting asks for five minutes, say) waits for the next run."""

TIMEOUT = 60.0
"""Seconds to wait for an answer. RFC 5321 section 4.5.3.2 allows five minutes for each; nobody waits so long."""

END_TIMEOUT = 600.0
"""Seconds to wait for the answer to a whole letter, from the same section: servers search it for malware before it."""

MOMENT = 0.2
"""Seconds before the end of a letter in which a drop is noticed: a round trip to most servers and back."""

_PERMANENT = 500
_CLOSING = 421
_START = 354
_SAID = 200


class Verdict(StrEnum):
    """What became of a letter."""

    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict on a letter and the reason for it, in one line ("" where it was sent)."""

    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server: `security` is "tls", "starttls" or "none", `ca` a file of authorities instead of the system's.

    Without `user` it is not logged in. Times are in seconds: for an answer, for that to a whole letter, and before a
    letter's end.
    """

    host: str
    port: int
    security: str
    user: str = ""
    password: str = field(default="", repr=False)
    ca: Path | None = None
    timeout: float = TIMEOUT
    end_timeout: float = END_TIMEOUT
    moment: float = MOMENT

    def __str__(self) -> str:
        return f"{self.host} port {self.port}"


@dataclass(frozen=True, slots=True)
class Letter:
    """A message, whole and with CR LF at the end of every line, and the bare addresses of its envelope."""

    sender: str
    recipient: str
    content: bytes = field(repr=False)


class Journal(Protocol):
    """Where it is written down what happens to a letter, so that a killed run leaves no doubt but one."""

    def ending(self, letter: Letter) -> None:
        """Note that the end of the letter goes out now: from here until `settled` it may have arrived."""

    def settled(self, letter: Letter, outcome: Outcome) -> None:
        """Note what became of the letter."""

    def pausing(self, letters: int, seconds: float, reason: str) -> None:
        """Note that so many letters are tried again after so many seconds."""


class _TryAgainError(Exception):
    """The server cannot be used now."""


def send_all(
    server: Server,
    letters: Sequence[Letter],
    journal: Journal,
    wait: Callable[[float], object],
    pauses: Sequence[float] = PAUSES,
) -> tuple[Outcome, ...]:
    """Send the letters, in their order, over as few connections as may be; return what became of each.

    `wait` is called with seconds to let pass. Raises DeliveryError where no letter can be sent with these settings:
    a certificate that is not trusted, a password or a sender that is refused, no encryption; SettingsError where the
    file of authorities cannot be read. What was not settled then is to be sent another time.
    """
    outcomes: dict[int, Outcome] = {}
    left = list(range(len(letters)))
    for pause in (0.0, *pauses):
        if pause:
            journal.pausing(len(left), pause, outcomes[left[0]].reason)
            wait(pause)
        for number, outcome in _attempt(server, [(number, letters[number]) for number in left], journal):
            outcomes[number] = outcome
            if outcome.verdict is not Verdict.LATER:
                journal.settled(letters[number], outcome)
        left = [number for number in left if outcomes[number].verdict is Verdict.LATER]
        if not left:
            break
    for number in left:
        journal.settled(letters[number], outcomes[number])
    return tuple(outcomes[number] for number in range(len(letters)))


def log_in(server: Server) -> None:
    """Connect to the server as for sending, encrypted and logged in as the settings say, and leave it.

    Raises DeliveryError where that cannot be done, now or ever, and SettingsError as `send_all` does.
    """
    try:
        smtp = _connect(server)
    except _TryAgainError as error:
        raise DeliveryError(str(error)) from error
    _leave(smtp)


def _attempt(server: Server, letters: Sequence[tuple[int, Letter]], journal: Journal) -> Iterator[tuple[int, Outcome]]:
    """Try every letter once, over one connection and a new one whenever it drops."""
    smtp: smtplib.SMTP | None = None
    unreachable = ""
    try:
        for number, letter in letters:
            if smtp is None and not unreachable:
                try:
                    smtp = _connect(server)
                except _TryAgainError as error:
                    unreachable = str(error)
            if smtp is None:
                yield number, Outcome(Verdict.LATER, unreachable)
                continue
            outcome, alive = _hand_over(smtp, server, letter, journal)
            if not alive:
                smtp.close()
                smtp = None
            yield number, outcome
    finally:
        if smtp is not None:
            _leave(smtp)


def _leave(smtp: smtplib.SMTP) -> None:
    with contextlib.suppress(smtplib.SMTPException, OSError):
        smtp.quit()
    smtp.close()


def _connect(server: Server) -> smtplib.SMTP:
    """Return an open connection, encrypted and logged in as the settings say.

    Raises _TryAgainError where it may work later, else DeliveryError.
    """
    context = _context(server.ca) if server.security != "none" else None
    smtp: smtplib.SMTP | None = None
    try:
        if server.security == "tls":
            smtp = smtplib.SMTP_SSL(server.host, server.port, "localhost", timeout=server.timeout, context=context)
        else:
            smtp = smtplib.SMTP(server.host, server.port, "localhost", timeout=server.timeout)
        # A client without a name of its own gives its address (RFC 5321 section 4.1.3), not the name of the machine.
        smtp.local_hostname = _literal(smtp)
        if server.security == "starttls":
            smtp.starttls(context=context)
        smtp.ehlo_or_helo_if_needed()
        if server.user:
            smtp.login(server.user, server.password)
    except Exception as error:
        if smtp is not None:
            smtp.close()
        if isinstance(error, OSError | smtplib.SMTPException):
            raise _explained(server, error) from error
        if isinstance(error, ValueError):  # what no name server or TLS takes, an empty label in it, say
            raise SettingsError(f"mail_host = {server.host!r}: no name of a server") from error
        raise
    return smtp


def _context(ca: Path | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca)
    except OSError as error:  # SSLError, where it is no certificate, is one too
        reason = "holds no certificates in PEM form" if isinstance(error, ssl.SSLError) else error.strerror
        raise SettingsError(f"mail_ca: {ca}: {reason}") from error


def _literal(smtp: smtplib.SMTP) -> str:
    address = _socket(smtp).getsockname()[0]
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"


def _explained(server: Server, error: Exception) -> Exception:
    """Return what is to be raised for a connection that could not be made."""
    kind: type[Exception] = DeliveryError
    if isinstance(error, ssl.SSLCertVerificationError):
        said = (
            f"its certificate is not trusted ({error.verify_message}); nothing was sent. If the server is yours, name the "
            "file of its authority in mail_ca"
        )
    elif isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        said = f"does not speak TLS there ({error.reason}); check mail_port and mail_security (tls or starttls)"
    elif isinstance(error, smtplib.SMTPNotSupportedError):
        said = f"{_clean(str(error), server).rstrip('.')}; check mail_port, mail_security and mail_user"
    elif isinstance(error, smtplib.SMTPResponseException):
        said = f"answers {_reply(error.smtp_code, error.smtp_error, server)}"
        if error.smtp_code < _PERMANENT:
            kind = _TryAgainError
        elif isinstance(error, smtplib.SMTPAuthenticationError):
            said = f"refuses mail_user or its password ({_reply(error.smtp_code, error.smtp_error, server)})"
    elif type(error) is smtplib.SMTPException:  # login found no method that both sides know
        said = f"{_clean(str(error), server).rstrip('.')}; check mail_security and mail_user"
    else:
        kind, said = _TryAgainError, _trouble(error, server)
    return kind(f"{server}: {said}")


def _hand_over(smtp: smtplib.SMTP, server: Server, letter: Letter, journal: Journal) -> tuple[Outcome, bool]:
    """Send one letter; return what became of it, and whether the connection can be used for another."""
    try:
        code, said = smtp.mail(letter.sender)
        if code >= _PERMANENT:
            raise DeliveryError(f"{server}: refuses the sender {letter.sender} ({_reply(code, said, server)})")
        if _went_well(code):
            code, said = smtp.rcpt(letter.recipient)
        if _went_well(code):
            code, said = smtp.docmd("DATA")
        if code == _START:
            _socket(smtp).settimeout(server.end_timeout)  # for all of it, however slow the line
            smtp.send(re.sub(rb"(?m)^\.", b"..", letter.content))  # RFC 5321 section 4.5.2
            if _broke_off(smtp, server.moment):
                return Outcome(Verdict.LATER, f"{server}: the server broke off"), False
            journal.ending(letter)
            return _end(smtp, server)
    except (smtplib.SMTPException, OSError) as error:
        return Outcome(Verdict.LATER, f"{server}: {_trouble(error, server)}"), False
    return _judged(smtp, server, code, said)


def _broke_off(smtp: smtplib.SMTP, moment: float) -> bool:
    """Tell whether the server closes the connection, or says anything, before it was its turn."""
    sock = _socket(smtp)
    patience = sock.gettimeout()
    sock.settimeout(moment)
    try:
        sock.recv(1)
    except TimeoutError:
        sock.settimeout(patience)
        return False
    return True


def _end(smtp: smtplib.SMTP, server: Server) -> tuple[Outcome, bool]:
    """Send the line that ends a letter, wait for the answer and return what `_hand_over` does."""
    smtp.send(b".\r\n")
    try:
        code, said = smtp.getreply()
    except (smtplib.SMTPException, OSError) as error:
        is_lost = isinstance(error.__context__, ConnectionResetError)
        return Outcome(Verdict.LATER if is_lost else Verdict.UNKNOWN, f"{server}: {_trouble(error, server)}"), False
    _socket(smtp).settimeout(server.timeout)
    if _went_well(code):
        return Outcome(Verdict.SENT), True
    return _judged(smtp, server, code, said)


def _judged(smtp: smtplib.SMTP, server: Server, code: int, said: bytes) -> tuple[Outcome, bool]:
    """Return what `_hand_over` does, for an answer that does not take the letter."""
    verdict = Verdict.REFUSED if code >= _PERMANENT else Verdict.LATER
    return Outcome(verdict, _reply(code, said, server)), code != _CLOSING and _is_reset(smtp)


def _socket(smtp: smtplib.SMTP) -> socket.socket:
    assert smtp.sock is not None  # noqa: S101 - it is connected
    return smtp.sock


def _is_reset(smtp: smtplib.SMTP) -> bool:
    try:
        return _went_well(smtp.rset()[0])
    except (smtplib.SMTPException, OSError):
        return False


def _went_well(code: int) -> bool:
    return 200 <= code < 300  # noqa: PLR2004 - 2yz of RFC 5321 section 4.2.1


def _reply(code: int, said: bytes | str, server: Server) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {_clean(text, server)}".strip()


def _trouble(error: Exception, server: Server) -> str:
    """Return in a few words why a connection was not made or did not last."""
    # smtplib tells of a connection that ended for whatever reason; the reason is behind it.
    reason = error.__context__ if isinstance(error, smtplib.SMTPServerDisconnected) else error
    if isinstance(reason, TimeoutError):
        return "no answer in time"
    if isinstance(reason, ConnectionResetError):
        return "the server reset the connection"
    if reason is None or isinstance(reason, BrokenPipeError | ssl.SSLEOFError):
        return "the server closed the connection"
    return _clean(getattr(reason, "strerror", None) or str(reason), server)


def _clean(text: str, server: Server) -> str:
    """Return what the server said as one short line; were the password in it, it would land in a log."""
    if server.password:
        for secret in (
            server.password,
            base64.b64encode(server.password.encode()).decode(),
            base64.b64encode(f"\0{server.user}\0{server.password}".encode()).decode(),
        ):
            text = text.replace(secret, "...")
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= _SAID else f"{line[:_SAID]}..."
