"""`digest doctor --mail` against a real mail server: sound settings, and one fault after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import trustme
from mail_server import DROP, MailServer, context_of, pem_of
from test_cli import digest

if TYPE_CHECKING:
    from pathlib import Path

ANA = "ana@example.org"
SECRET = "open-sesame"  # noqa: S105 - of nobody


def examined(folder: Path, server: MailServer, *settings: str, **environment: str) -> tuple[int, str]:
    """Return the exit status, and what is said of mail; the password is never said."""
    common = (f'mail_to = ["Ana <{ANA}>"]', 'mail_from = "digest@example.org"', f"mail_port = {server.port}")
    (folder / "digest.toml").write_text("\n".join((*common, *settings)), encoding="utf-8")
    environment = {"DIGEST_STORE": str(folder / "store.sqlite")} | environment
    done = digest("doctor", "--mail", cwd=folder, **environment)
    assert done.stderr == ""
    assert SECRET not in done.stdout
    (line,) = [line for line in done.stdout.splitlines() if " mail: " in line]
    assert [line for line in done.stdout.splitlines() if line.startswith("fail")] == [line] * (done.returncode != 0)
    return done.returncode, " ".join(line.split())


@pytest.mark.parametrize(("security", "starttls"), [("tls", False), ("starttls", True)])
def test_it_logs_in_encrypted_and_sends_nothing(tmp_path: Path, security: str, starttls: bool) -> None:
    authority = trustme.CA()
    settings = (
        'mail_host = "localhost"', f'mail_security = "{security}"', f'mail_user = "{ANA}"',
        f"mail_ca = '{pem_of(authority, tmp_path)}'",
    )  # fmt: skip
    with MailServer(context_of(authority, "localhost"), starttls, {ANA: SECRET}) as server:
        assert examined(tmp_path, server, *settings, DIGEST_MAIL_PASSWORD=SECRET) == (
            0,
            (
                f"ok mail: localhost port {server.port} can be used ({security}, logged in as {ANA}), "
                f"from digest@example.org to {ANA}"
            ),
        )
        assert {command.split()[0] for command in server.commands} == {"EHLO", "AUTH"}
        wrong = examined(tmp_path, server, *settings, DIGEST_MAIL_PASSWORD="guessed")  # noqa: S106 - a wrong one
        assert wrong[0] == 6
        assert wrong[1].startswith(f"fail mail: localhost port {server.port}: refuses mail_user or its password (535")
        missing = examined(tmp_path, server, *settings)
        assert missing[0] == 2
        assert missing[1].startswith(f"fail mail: no password for mail_user = '{ANA}'")
        assert server.accepted == []


def test_a_certificate_of_nobody_known(tmp_path: Path) -> None:
    with MailServer(context_of(trustme.CA(), "localhost")) as server:
        status, said = examined(tmp_path, server, 'mail_host = "localhost"')
    assert status == 6
    assert "its certificate is not trusted" in said


def test_a_server_without_accounts_and_its_faults(tmp_path: Path) -> None:
    plain = ('mail_host = "127.0.0.1"', 'mail_security = "none"')
    with MailServer() as server:
        status, said = examined(tmp_path, server, *plain)
        assert (status, said.split(" from ")[0]) == (
            0,
            f"ok mail: 127.0.0.1 port {server.port} can be used (none, without logging in),",
        )
        nobody = examined(tmp_path, server, *plain, DIGEST_MAIL_TO="")
        assert nobody[0] == 0
        assert nobody[1].startswith("warning mail: ")
        assert nobody[1].endswith(", but mail_to names nobody to send to")
        assert examined(tmp_path, server, *plain, DIGEST_MAIL_FROM="") == (
            2, "fail mail: mail_from is not set: name the mailbox to send from in digest.toml",
        )  # fmt: skip
        assert examined(tmp_path, server) == (
            2, "fail mail: mail_host is not set: name the server that sends your mail in digest.toml",
        )  # fmt: skip
        status, said = examined(tmp_path, server, *plain, DIGEST_STORE="none")
        assert status == 2
        assert said.startswith('fail mail: store = "none"')
        status, said = examined(tmp_path, server, 'mail_host = "127.0.0.1"')
        assert status == 6
        assert "does not speak TLS there" in said
        server.script["EHLO"] = [DROP]
        assert examined(tmp_path, server, *plain)[0] == 6
    status, said = examined(tmp_path, server, *plain)
    assert status == 6
    assert "refused" in said
