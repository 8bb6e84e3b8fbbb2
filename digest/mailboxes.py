"""Mailboxes as people write them: `ana@example.org` or `Ana Lima <ana@example.org>`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from email.headerregistry import Address

# The "valid email address" of the HTML standard, section 4.10.5.1.5, with the lengths of RFC 5321 section 4.5.3.1: all
# that servers agree on. Quoted local parts and addresses outside ASCII (RFC 6531) are not taken: few servers take them.
_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_NAMED = re.compile(r'"?([^"<>]*?)"?\s*<([^<>]*)>')
_MOST = 254


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A person's name, or "", and the address."""

    name: str
    local: str
    domain: str

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address

    @property
    def address(self) -> str:
        """The bare address, as it goes into the envelope."""
        return f"{self.local}@{self.domain}"

    @property
    def key(self) -> str:
        """What is the same for the same mailbox: hardly any server tells capitals from small letters."""
        return self.address.casefold()

    @property
    def header(self) -> Address:
        """The mailbox as `email.message.EmailMessage` takes it for a header."""
        return Address(self.name, self.local, self.domain)


def parse_mailbox(text: str) -> Mailbox:
    """Return the mailbox that `text` names; ValueError, in one line, where it names none or more than one."""
    if any(unicodedata.category(char) in {"Cc", "Zl", "Zp"} for char in text):
        raise ValueError(f"{text!r} must be one line")
    named = _NAMED.fullmatch(text.strip())
    name, address = named.groups() if named else ("", text.strip())
    local, at, domain = address.strip().rpartition("@")
    labels = domain.split(".")
    right = at and _LOCAL.fullmatch(local) and all(map(_LABEL.fullmatch, labels)) and len(address) <= _MOST
    if not right or local[0] == "." or local[-1] == "." or ".." in local:
        hint = "" if text.isascii() or address.isascii() else "; letters outside ASCII in a domain go as xn--..."
        raise ValueError(f"{text!r} is no address like ana@example.org or Ana Lima <ana@example.org>{hint}")
    return Mailbox(" ".join(name.split()), local, domain)
