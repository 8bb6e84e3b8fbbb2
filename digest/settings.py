"""Settings: defaults, then `digest.toml`, then `DIGEST_*` environment variables, then options, as one frozen value.

Every key of digest.toml is a field of `Settings` and an environment variable (`sentences` is `DIGEST_SENTENCES`). A list
in a variable has one item a line or, where it is a single line, commas between them. The mail password is in a variable
only: files are shown around.
"""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from digest.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

SETTINGS_FILE = "digest.toml"
PREFIX = "DIGEST_"
PASSWORD_VARIABLE = f"{PREFIX}MAIL_PASSWORD"
MAIL_SECURITY = ("tls", "starttls", "none")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set.

    out: folder in which each day's briefing gets a folder of its own.
    store: SQLite file that remembers translations and what was fetched; empty: in the user's data folder; "none":
        nothing is remembered.
    package: translation package, as its folder or the name of an installed one; empty: the best installed, else the
        bundled one.
    templates: folder whose templates replace those of the same name; empty: none.
    rules: file with cleaning rules of the user's own, asked before those that ship; empty: none.
    time_zone: time zone, such as Asia/Dubai, whose calendar says which day today is; empty: the machine's.
    sentences: how many sentences a story's summary has at most, at least 1.
    threads: how many processor cores translate; 0: all.
    cut: mean cosine distance, above 0 and at most 1, up to which groups of articles are one story.
    window_days: articles published further apart than this many days are never one story.
    lookback: the inbox gives the articles of the briefing's day and of so many days before.
    memory_days: for so many days a story is known to have been printed, and what continues it is an update.
    top: most stories of a briefing, at least 1.
    outlet_cap: most stories that one outlet alone carries; 0: no limit.
    watch: words and phrases, in Arabic, whose stories come first.
    mute: words and phrases, in Arabic, whose stories are left out.
    glossary: file with names of your own and their English forms, before those that ship; empty: none.
    topics: headings of your own, as "HEADING=YOURS"; two that are the same become one.
    mute_outlets: outlets whose articles are left out, by their Arabic names.
    outlets: English names of outlets, as "ARABIC NAME=English name", before those that ship.
    feeds: addresses of the feeds that `digest fetch` asks.
    inbox: folder that fetched pages go into.
    delay: seconds between two requests to one host.
    fetch_days: pages that a feed dates further back than this many days are not fetched, at least 1.
    mail_to: mailboxes that the briefing is sent to, each as an address or as `Name <address>`.
    mail_from: mailbox that it is sent from; empty: mail_user, where that is an address.
    mail_host: server that sends mail (SMTP).
    mail_port: its port; 0: the usual one, 465 for tls, 587 for starttls, 25 for none.
    mail_security: "tls", "starttls", or "none": mail, but never a password, goes in clear to servers elsewhere.
    mail_user: user name at that server; empty: it asks for none.
    mail_password_file: file whose first line is the password.
    mail_keyring: service under which the desktop's keyring has the password; empty: it is not asked.
    mail_ca: file with the certificate authorities (PEM) to trust instead of the system's; empty: the system's.
    """

    out: str = "output"
    store: str = ""
    package: str = ""
    templates: str = ""
    rules: str = ""
    time_zone: str = ""
    sentences: int = 4
    threads: int = 0
    cut: float = 0.71
    window_days: int = 7
    lookback: int = 1
    memory_days: int = 7
    top: int = 30
    outlet_cap: int = 0
    watch: tuple[str, ...] = ()
    mute: tuple[str, ...] = ()
    mute_outlets: tuple[str, ...] = ()
    glossary: str = ""
    topics: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    inbox: str = "inbox"
    delay: float = 1.0
    fetch_days: int = 7
    mail_to: tuple[str, ...] = ()
    mail_from: str = ""
    mail_host: str = ""
    mail_port: int = 0
    mail_security: str = "tls"
    mail_user: str = ""
    mail_password_file: str = ""
    mail_keyring: str = ""
    mail_ca: str = ""

    def __post_init__(self) -> None:
        bounds = {
            "sentences": (1, 50),
            "threads": (0, 1024),
            "cut": (0.01, 1.0),
            "window_days": (0, 3650),
            "lookback": (0, 3650),
            "memory_days": (0, 3650),
            "top": (1, 1000),
            "outlet_cap": (0, 1000),
            "delay": (0.0, 3600.0),
            "fetch_days": (1, 3650),
            "mail_port": (0, 65535),
        }
        for name, (least, most) in bounds.items():
            if not least <= getattr(self, name) <= most:
                raise SettingsError(f"{name} = {getattr(self, name)}: must be between {least} and {most}")
        if self.time_zone:
            _check_zone(self.time_zone)
        if wrong := [entry for entry in self.topics if not all(map(str.strip, (*entry.split("=", 1), "")[:2]))]:
            raise SettingsError(f'topics: {wrong[0]!r} must be "HEADING=YOURS"')
        if self.outlets:
            _check_outlets(self.outlets)
        if self.mail_security not in MAIL_SECURITY:
            raise SettingsError(f"mail_security = {self.mail_security!r}: must be one of {', '.join(MAIL_SECURITY)}")
        for name, mailboxes in (("mail_to", self.mail_to), ("mail_from", (self.mail_from,) if self.mail_from else ())):
            for text in mailboxes:
                _check_mailbox(name, text)


def _check_zone(name: str) -> None:
    from digest.zones import zone_of  # noqa: PLC0415 - few name one

    try:
        zone_of(name)
    except ValueError as error:
        raise SettingsError(f"time_zone: {error}") from error


def _check_outlets(entries: tuple[str, ...]) -> None:
    from digest.arabic.outlets import own_outlets  # noqa: PLC0415 - few have some

    try:
        own_outlets(entries)
    except ValueError as error:
        raise SettingsError(f"outlets: {error}") from error


def _check_mailbox(name: str, text: str) -> None:
    from digest.mailboxes import parse_mailbox  # noqa: PLC0415 - the parser of e-mail takes longer than all of this

    try:
        parse_mailbox(text)
    except ValueError as error:
        raise SettingsError(f"{name}: {error}") from error


_TYPES: dict[str, type] = {field.name: type(field.default) for field in fields(Settings)}


def load_settings(file: Path | None, environment: Mapping[str, str], options: Mapping[str, Any]) -> Settings:
    """Return the settings in force.

    `file` is read if given (and must then exist); of `environment` the variables `DIGEST_<KEY>` count; of `options`
    those that are not None.

    Raises:
        SettingsError: an unreadable file, an unknown key or variable, or a value of the wrong kind or out of bounds.

    """
    values: dict[str, Any] = {}
    if file is not None:
        values |= {name: _checked(name, value, str(file)) for name, value in _read(file).items()}
    variables = {f"{PREFIX}{name.upper()}": name for name in _TYPES}
    for variable in (variable for variable in environment if variable.startswith(PREFIX)):
        if variable in variables:
            values[variables[variable]] = _converted(variables[variable], environment[variable], variable)
        elif variable != PASSWORD_VARIABLE:
            hint = _hint(variable.upper(), (*variables, PASSWORD_VARIABLE), "variables")
            raise SettingsError(f"unknown environment variable {variable}; {hint}")
    values |= {name: value for name, value in options.items() if value is not None}
    return replace(Settings(), **values)


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file}: not UTF-8 text") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: not valid TOML ({error})") from error


def _checked(name: str, value: object, where: str) -> object:
    """Return a value of digest.toml if its key is known and its kind is right.

    A whole number serves as a float; a list becomes a tuple.
    """
    if name not in _TYPES:
        raise SettingsError(f"{where}: unknown key {name}; {_hint(name, _TYPES, 'keys')}")
    wanted = _TYPES[name]
    if wanted is float and type(value) is int:
        return float(value)
    if wanted is tuple and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if type(value) is not wanted:
        raise SettingsError(f"{where}: {name} = {value!r} must be {_KINDS[wanted]}")
    return value


def _hint(name: str, known: Iterable[str], kind: str) -> str:
    known = tuple(known)
    # What they all start with makes no two of them alike.
    bare = {one.removeprefix(PREFIX): one for one in known}
    near = difflib.get_close_matches(name.removeprefix(PREFIX), bare, n=1, cutoff=0.5)
    return f"did you mean {bare[near[0]]}?" if near else f"known {kind}: {', '.join(known)}"


_KINDS = {str: "text in quotes", int: "a whole number", float: "a number", tuple: "a list of texts in quotes"}


def _converted(name: str, text: str, where: str) -> object:
    wanted = _TYPES[name]
    if wanted is tuple:
        items = text.split("\n" if "\n" in text.strip() else ",")
        return tuple(item.strip() for item in items if item.strip())
    try:
        return wanted(text)
    except ValueError as error:
        raise SettingsError(f"{where}={text!r} must be {_KINDS[wanted]}") from error
