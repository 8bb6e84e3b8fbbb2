"""The mail server of the settings, and its password from where the user keeps it: never from the command line."""

from __future__ import annotations

import importlib
import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING

from digest.delivering.smtp import Server
from digest.errors import SettingsError
from digest.mailboxes import Mailbox, parse_mailbox
from digest.settings import PASSWORD_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.settings import Settings

_PORTS = {"tls": 465, "starttls": 587, "none": 25}
"""Implicit TLS (RFC 8314 section 7.3), submission (RFC 6409), and the plain port of RFC 5321."""


def server_of(settings: Settings) -> Server:
    """Return the server of the settings, without the password.

    Raises SettingsError where none is named, or where a password would go in clear to another machine.
    """
    if not settings.mail_host:
        raise SettingsError("mail_host is not set: name the server that sends your mail in digest.toml")
    if settings.mail_security == "none" and settings.mail_user and not _is_here(settings.mail_host):
        raise SettingsError(
            'mail_security = "none": the password would go in clear to another machine; take "tls" or "starttls"'
        )
    return Server(
        host=settings.mail_host,
        port=settings.mail_port or _PORTS[settings.mail_security],
        security=settings.mail_security,
        user=settings.mail_user,
        ca=Path(settings.mail_ca) if settings.mail_ca else None,
    )


def sender_of(settings: Settings) -> Mailbox | None:
    """Return the mailbox that mail is sent from: mail_from, else the user where that is an address, else None."""
    try:
        return parse_mailbox(settings.mail_from or settings.mail_user)
    except ValueError:
        return None


def account_of(settings: Settings) -> tuple[Server, Mailbox]:
    """Return the server, as `server_of` does, and the mailbox that mail is sent from.

    Raises SettingsError for what keeps `digest send` from sending to anybody.
    """
    server, sender = server_of(settings), sender_of(settings)
    if sender is None:
        raise SettingsError("mail_from is not set: name the mailbox to send from in digest.toml")
    if settings.store == "none":
        raise SettingsError('store = "none": who was sent what could not be remembered; take that setting out')
    return server, sender


def recipients_of(settings: Settings) -> tuple[Mailbox, ...]:
    """Return the mailboxes that mail is sent to, each once."""
    mailboxes: dict[str, Mailbox] = {}
    for mailbox in map(parse_mailbox, settings.mail_to):
        mailboxes.setdefault(mailbox.key, mailbox)
    return tuple(mailboxes.values())


def password_of(settings: Settings, environment: Mapping[str, str]) -> str:
    """Return the password: that of the variable, else of the file, else of the keyring; "" where there is no user.

    Raises SettingsError where none is found, or one that SMTP cannot carry.
    """
    if not settings.mail_user:
        return ""
    password = (
        environment.get(PASSWORD_VARIABLE)
        or (_from_file(Path(settings.mail_password_file)) if settings.mail_password_file else "")
        or (_from_keyring(settings.mail_keyring, settings.mail_user) if settings.mail_keyring else "")
    )
    if not password:
        raise SettingsError(
            f"no password for mail_user = {settings.mail_user!r}: set the variable {PASSWORD_VARIABLE}, or "
            "mail_password_file or mail_keyring in digest.toml"
        )
    if not (password.isascii() and settings.mail_user.isascii()):
        raise SettingsError("mail_user or its password has letters outside ASCII, which mail servers read differently")
    return password


def _from_file(file: Path) -> str:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SettingsError(f"mail_password_file: {file}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"mail_password_file: {file}: not UTF-8 text") from error
    if not lines or not lines[0].strip():
        raise SettingsError(f"mail_password_file: {file}: its first line is empty")
    return lines[0].strip()


def _from_keyring(service: str, user: str) -> str:
    try:
        keyring = importlib.import_module("keyring")
    except ImportError as error:
        raise SettingsError("mail_keyring: the library is missing: pip install keyring") from error
    try:
        password = keyring.get_password(service, user)
    except keyring.errors.KeyringError as error:
        raise SettingsError(f"mail_keyring: the keyring does not answer ({error})") from error
    if not password:
        raise SettingsError(f"mail_keyring: nothing is kept for it; set it with: keyring set {service} {user}")
    return str(password)


def _is_here(host: str) -> bool:
    """Tell whether `host` names this machine whatever a name server says (RFC 6761 section 6.3 for the name)."""
    if host.rstrip(".").casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
