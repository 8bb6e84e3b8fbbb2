"""The mail server of the settings and its password."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, ClassVar

import keyring
import pytest
from keyring.backend import KeyringBackend

from digest.delivering.account import password_of, recipients_of, sender_of, server_of
from digest.errors import SettingsError
from digest.mailboxes import Mailbox
from digest.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class _Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 1
    kept: ClassVar[dict[tuple[str, str], str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def ring() -> Iterator[_Ring]:
    before = keyring.get_keyring()
    ring = _Ring()  # type: ignore[no-untyped-call] # keyring has types for half of it
    ring.kept.clear()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


@pytest.mark.parametrize(
    ("security", "port", "wanted"), [("tls", 0, 465), ("starttls", 0, 587), ("none", 0, 25), ("tls", 2525, 2525)]
)
def test_the_port_follows_from_the_security(security: str, port: int, wanted: int) -> None:
    server = server_of(Settings(mail_host="mail.example.org", mail_security=security, mail_port=port))
    assert (server.host, server.port, server.security) == ("mail.example.org", wanted, security)


def test_a_host_is_needed() -> None:
    with pytest.raises(SettingsError, match="mail_host is not set"):
        server_of(Settings())


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST.", "127.0.0.1", "127.9.9.9", "::1"])
def test_a_password_goes_in_clear_to_this_machine(host: str) -> None:
    assert server_of(Settings(mail_host=host, mail_security="none", mail_user="ana")).user == "ana"


@pytest.mark.parametrize("host", ["mail.example.org", "10.0.0.1", "localhost.example.org", "127.0.0.1.example.org"])
def test_a_password_never_goes_in_clear_to_another(host: str) -> None:
    with pytest.raises(SettingsError, match="password would go in clear"):
        server_of(Settings(mail_host=host, mail_security="none", mail_user="ana"))
    assert server_of(Settings(mail_host=host, mail_security="none")).user == ""


def test_the_sender() -> None:
    assert sender_of(Settings(mail_from="Digest <d@example.org>")) == Mailbox("Digest", "d", "example.org")
    assert sender_of(Settings(mail_user="ana@example.org")) == Mailbox("", "ana", "example.org")
    assert sender_of(Settings(mail_user="ana")) is None
    assert sender_of(Settings()) is None


def test_every_recipient_once_under_the_first_name() -> None:
    settings = Settings(mail_to=("Ana <ana@example.org>", "ben@example.org", "ANA@example.org"))
    assert [str(mailbox) for mailbox in recipients_of(settings)] == ["Ana <ana@example.org>", "ben@example.org"]


def test_the_variable_comes_before_the_file_and_the_file_before_the_keyring(tmp_path: Path, ring: _Ring) -> None:
    file = tmp_path / "password"
    file.write_text("of the file \nsecond line\n", encoding="utf-8")
    ring.set_password("digest mail", "ana", "of the keyring")
    kept = Settings(mail_user="ana", mail_keyring="digest mail")
    both = Settings(mail_user="ana", mail_keyring="digest mail", mail_password_file=str(file))
    assert password_of(both, {"DIGEST_MAIL_PASSWORD": "of the variable"}) == "of the variable"
    assert password_of(both, {"DIGEST_MAIL_PASSWORD": ""}) == "of the file"
    assert password_of(kept, {}) == "of the keyring"


def test_without_a_user_there_is_no_password() -> None:
    assert password_of(Settings(mail_host="localhost"), {"DIGEST_MAIL_PASSWORD": "x"}) == ""


def test_no_password_names_the_places() -> None:
    with pytest.raises(SettingsError, match=r"DIGEST_MAIL_PASSWORD, or mail_password_file or mail_keyring"):
        password_of(Settings(mail_user="ana"), {})


@pytest.mark.parametrize(("content", "said"), [(None, "No such file"), (b"\n", "empty"), (b"\xff", "not UTF-8")])
def test_a_password_file_that_is_none(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "password"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match=f"mail_password_file: .*{said}"):
        password_of(Settings(mail_user="ana", mail_password_file=str(file)), {})


def test_a_password_that_smtp_cannot_carry_is_not_shown() -> None:
    with pytest.raises(SettingsError, match="outside ASCII") as caught:
        password_of(Settings(mail_user="ana"), {"DIGEST_MAIL_PASSWORD": "pässword"})
    assert "pässword" not in str(caught.value)


def test_a_keyring_without_the_password_says_how_to_set_it(ring: _Ring) -> None:
    assert not ring.kept
    with pytest.raises(SettingsError, match="keyring set digest ana"):
        password_of(Settings(mail_user="ana", mail_keyring="digest"), {})


def test_a_locked_keyring_is_told(ring: _Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_service: str, _user: str) -> str:
        raise keyring.errors.KeyringLocked("no answer")

    monkeypatch.setattr(ring, "get_password", locked)
    with pytest.raises(SettingsError, match=r"the keyring does not answer \(no answer\)"):
        password_of(Settings(mail_user="ana", mail_keyring="digest"), {})


def test_a_missing_keyring_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(SettingsError, match="pip install keyring"):
        password_of(Settings(mail_user="ana", mail_keyring="digest"), {})
