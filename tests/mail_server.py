"""A real mail server on this machine (aiosmtpd) that answers as told and keeps what it accepted."""

# ruff: noqa: N802 - aiosmtpd names its hooks after the commands

from __future__ import annotations

import asyncio
import ssl
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import trustme

    Answer = str | Callable[[], str]

DROP = "(drop)"
"""As an answer: close the connection instead of answering."""

HANG = "(hang)"
"""As an answer: say nothing, for ever."""

MIDDLE = "MIDDLE"
"""The name of the moment, after DATA, at which a part of the letter has come."""

TAKEN = "TAKEN"
"""The name of the moment at which the server has taken the letter and not yet said so."""


def context_of(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    """Return what a server with a certificate for these names needs."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*names).configure_cert(context)
    return context


def pem_of(authority: trustme.CA, folder: Path) -> Path:
    """Return a file with the certificate of the authority."""
    file = folder / "authority.pem"
    authority.cert_pem.write_to_path(file)
    return file


class _Connection(SMTP):
    event_handler: MailServer

    async def smtp_DATA(self, arg: str) -> None:
        assert self.envelope is not None
        recipient = self.envelope.rcpt_tos[0] if self.envelope.rcpt_tos else ""
        if recipient and self.event_handler.script.get(f"{MIDDLE} {recipient}"):
            await self.push("354 go on")
            await self._reader.readuntil(b"\r\n")
            await self.event_handler.answer(self, MIDDLE, recipient)
            return
        await super().smtp_DATA(arg)


@dataclass
class MailServer:
    """A running server.

    `script` has the answers by command and address ("RCPT ana@example.org", "EHLO"), used up one by one; then, and for
    all else, everything is accepted. `accepted` are (recipients, content, TLS or not) in order; `commands` what was
    answered by the script or the rules.
    """

    tls: ssl.SSLContext | None = None
    starttls: bool = False
    accounts: dict[str, str] = field(default_factory=dict)
    script: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    accepted: list[tuple[list[str], bytes, bool]] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    connections: int = 0
    port: int = 0

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(30)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(30)
        assert not self._thread.is_alive()

    @property
    def recipients(self) -> list[str]:
        """Who got a letter, in order."""
        return [recipient for recipients, _, _ in self.accepted for recipient in recipients]

    async def answer(self, server: SMTP, command: str, address: str = "") -> str | None:
        """Return the next answer of the script, or None; hang or close the connection where it says so."""
        line = f"{command} {address}".strip()
        self.commands.append(line)
        answer = self.script[line].pop(0) if self.script.get(line) else None
        if callable(answer):
            answer = answer()
        if answer == HANG:
            await asyncio.Event().wait()
        if answer == DROP:
            assert server.transport is not None
            server.transport.abort()  # type: ignore[attr-defined]
            raise ConnectionResetError
        return answer

    async def handle_EHLO(
        self, server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Answer as the script says, or with what the server can do."""
        session.host_name = hostname
        answer = await self.answer(server, "EHLO")
        return [answer] if answer else responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take the sender from those who are logged in, where accounts are asked for."""
        if self.accounts and not session.authenticated:
            return "530 who are you?"
        answer = await self.answer(server, "MAIL", address)
        if answer:
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take the recipient unless the script says otherwise."""
        answer = await self.answer(server, "RCPT", address)
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take the letter unless the script says otherwise."""
        recipient = envelope.rcpt_tos[0]
        answer = await self.answer(server, "DATA", recipient)
        if answer:
            return answer
        assert isinstance(envelope.content, bytes)
        self.accepted.append(
            (list(envelope.rcpt_tos), envelope.content, session.ssl is not None or self.tls is not None)
        )
        return await self.answer(server, TAKEN, recipient) or "250 OK"

    def _authenticate(self, *arguments: Any) -> AuthResult:
        data = arguments[-1]
        self.commands.append(f"AUTH {arguments[-2]}")
        right = isinstance(data, LoginPassword) and (self.accounts.get(data.login.decode()) == data.password.decode())
        return AuthResult(success=right, handled=False)

    def _connection(self) -> SMTP:
        self.connections += 1
        return _Connection(
            self,
            hostname="mail.example.org",
            loop=self._loop,
            tls_context=self.tls if self.starttls else None,
            require_starttls=self.starttls,
            authenticator=self._authenticate if self.accounts else None,
            auth_require_tls=False,
            auth_exclude_mechanism=None if self.accounts else ["PLAIN", "LOGIN"],
        )

    def _serve(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        implicit = None if self.starttls else self.tls
        server = self._loop.run_until_complete(self._loop.create_server(self._connection, "127.0.0.1", 0, ssl=implicit))
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self._loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.close()
