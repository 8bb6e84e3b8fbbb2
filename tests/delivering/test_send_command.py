"""digest send as people start it, against a real mail server, killed and set up wrongly too."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest
import trustme
from mail_server import DROP, TAKEN, MailServer, context_of, pem_of

from digest.commands.send import Task, Teller, newest_day
from digest.delivering.outbox import Outbox
from digest.delivering.smtp import PAUSES, Server
from digest.errors import DeliveryError
from digest.mailboxes import parse_mailbox
from digest.settings import Settings
from digest.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

ANA, BEN, CYR = (f"{name}@example.org" for name in ("ana", "ben", "cyr"))
DAY = "2026-11-20"
EML = (
    "Subject: Morning briefing, {day}: top\r\nFrom: digest <digest@localhost>\r\nTo: digest <digest@localhost>\r\n"
    "Date: Fri, 20 Nov 2026 06:00:00 +0000\r\nMessage-ID: <{day}.0123@digest.invalid>\r\nX-Unsent: 1\r\n"
    "MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n.Text of {day}\r\n"
)


@pytest.fixture
def running() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path, running: MailServer) -> Path:
    """Return a folder with two briefings and settings for the server."""
    for day in ("2026-11-19", DAY):
        lay(tmp_path, day)
    (tmp_path / "digest.toml").write_text(
        f'mail_to = ["Ana <{ANA}>", "{BEN}", "{CYR}"]\nmail_from = "Digest <digest@example.org>"\nmail_host = "127.0.0.1"\n'
        f'mail_port = {running.port}\nmail_security = "none"\nstore = "memory/store.sqlite"\n',
        encoding="utf-8",
    )
    return tmp_path


def lay(folder: Path, day: str) -> None:
    file = folder / "output" / day / "briefing.eml"
    file.parent.mkdir(parents=True)
    file.write_bytes(EML.format(day=day).encode())


def send(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "digest", "send", *arguments],
        cwd=folder, env=os.environ | environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def read(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=policy.default)


def test_the_newest_briefing_goes_to_everyone_once(folder: Path, running: MailServer) -> None:
    (folder / "output" / "2026-99-99").mkdir()
    (folder / "output" / "2026-99-99" / "briefing.eml").write_bytes(b"")
    done = send(folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{DAY}: sent to {ANA}\n{DAY}: sent to {BEN}\n{DAY}: sent to {CYR}\n"
    assert running.recipients == [ANA, BEN, CYR]
    mails = [read(content) for _, content, _ in running.accepted]
    assert [mail["To"] for mail in mails] == [f"Ana <{ANA}>", BEN, CYR]
    assert {mail["From"] for mail in mails} == {"Digest <digest@example.org>"}
    assert {mail.get_content() for mail in mails} == {f".Text of {DAY}\r\n"}
    assert len({mail["Message-ID"] for mail in mails}) == 3
    sent = [mail["Date"].datetime for mail in mails]
    assert all(timedelta() <= datetime.now(UTC) - moment < timedelta(minutes=5) for moment in sent)

    again = send(folder)
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout.splitlines()[0] == f"{DAY}: was sent to {ANA} before; --force sends it again"
    assert len(running.accepted) == 3
    assert (send(folder, "--quiet").stdout, len(running.accepted)) == ("", 3)


def test_a_day_a_recipient_and_force(folder: Path, running: MailServer) -> None:
    for arguments in ((), (), ("--force",)):
        assert send(folder, "2026-11-19", "--to", f"Cyr <{CYR}>", *arguments).returncode == 0
    assert running.recipients == [CYR, CYR]
    first, second = (read(content) for _, content, _ in running.accepted)
    assert first.get_content() == ".Text of 2026-11-19\r\n"
    assert first["To"] == f"Cyr <{CYR}>"
    assert first["Message-ID"] != second["Message-ID"]


def test_a_dry_run_changes_and_asks_nothing(folder: Path, running: MailServer) -> None:
    done = send(folder, "--dry-run")
    assert done.returncode == 0, done.stderr
    where = f"0 kB by 127.0.0.1 port {running.port} (none)"
    assert done.stdout.splitlines() == [f"{DAY}: would be sent to {to}, {where}" for to in (ANA, BEN, CYR)]
    assert running.connections == 0
    assert not (folder / "memory").exists()
    assert send(folder, "--to", BEN).returncode == 0
    assert send(folder, "--dry-run").stdout.splitlines()[1] == (
        f"{DAY}: was sent before to {BEN}; --force would send it again"
    )
    assert send(folder, "--dry-run", "--force").stdout.splitlines()[1] == f"{DAY}: would be sent to {BEN}, {where}"
    assert running.recipients == [BEN]


def test_a_refused_recipient_is_told_and_asked_again_with_the_day(folder: Path, running: MailServer) -> None:
    running.script[f"RCPT {BEN}"] = ["550 no such person"]
    done = send(folder)
    assert done.returncode == 6
    assert done.stdout == f"{DAY}: sent to {ANA}\n{DAY}: sent to {CYR}\n"
    assert done.stderr == (
        f"digest: {DAY}: {BEN}: refused for good; it is tried again when this day is sent again (550 no such person)\n"
        "digest: 2 mails sent, 1 not\n"
    )
    assert send(folder).returncode == 0
    assert running.recipients == [ANA, CYR, BEN]


def test_killed_between_recipients_and_started_again_nobody_gets_two(folder: Path, running: MailServer) -> None:
    process: list[subprocess.Popen[bytes]] = []

    def kill() -> str:
        process[0].send_signal(signal.SIGKILL)
        process[0].wait(30)
        return DROP

    running.script[f"RCPT {BEN}"] = [kill]
    process.append(subprocess.Popen([sys.executable, "-m", "digest", "send"], cwd=folder))
    assert process[0].wait(30) == -signal.SIGKILL
    assert running.recipients == [ANA]
    done = send(folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert running.recipients == [ANA, BEN, CYR]


def test_killed_before_the_answer_to_a_letter_it_is_not_sent_again(folder: Path, running: MailServer) -> None:
    process: list[subprocess.Popen[bytes]] = []

    def kill() -> str:
        process[0].send_signal(signal.SIGKILL)
        process[0].wait(30)
        return "250 OK"

    running.script[f"{TAKEN} {BEN}"] = [kill]
    process.append(subprocess.Popen([sys.executable, "-m", "digest", "send"], cwd=folder))
    assert process[0].wait(30) == -signal.SIGKILL
    assert running.recipients == [ANA, BEN]
    done = send(folder)
    assert done.returncode == 0
    assert done.stderr == (
        f"digest: {DAY}: {BEN} may have got the mail or not: the last attempt broke off at its end; "
        f"`digest send {DAY} --force --to {BEN}` sends it again\n"
    )
    assert running.recipients == [ANA, BEN, CYR]


def test_two_at_a_time_send_once(folder: Path, running: MailServer) -> None:
    both = [
        subprocess.Popen([sys.executable, "-m", "digest", "send"], cwd=folder, stdout=subprocess.PIPE) for _ in range(2)
    ]
    said = [process.communicate(timeout=60)[0].decode() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sorted(running.recipients) == [ANA, BEN, CYR]
    assert sum(text.count("was sent to") for text in said) == 3


@pytest.mark.parametrize(
    ("setting", "arguments", "code", "said"),
    [
        ('mail_host = ""', [], 2, "mail_host is not set"),
        ('mail_from = ""', [], 2, "mail_from is not set"),
        ("mail_to = []", [], 2, "nobody to send to"),
        ('mail_to = ["ana"]', [], 2, "mail_to: 'ana' is no address like"),
        ('store = "none"', [], 2, "could not be remembered"),
        ('mail_user = "ana"', [], 2, "no password for mail_user = 'ana'"),
        ('mail_security = "ssl"', [], 2, "must be one of tls, starttls, none"),
        ('mail_password = "x"', [], 2, "did you mean mail_password_file?"),
        ("", ["--to", "a@example.org\nBcc: b@example.org"], 2, "must be one line"),
        ("", ["2026-11-18"], 6, "2026-11-18/briefing.eml: not there; make it with `digest run --date 2026-11-18`"),
        ("", ["tomorrow"], 2, "'tomorrow' is no date"),
        ("", ["--out", "elsewhere"], 6, "elsewhere: no briefing there; make one with `digest run`"),
        ('mail_security = "tls"', [], 6, "does not speak TLS there"),
        ('mail_ca = "missing.pem"\nmail_security = "tls"', [], 2, "mail_ca: missing.pem: No such file"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(
    folder: Path, running: MailServer, setting: str, arguments: list[str], code: int, said: str
) -> None:
    file = folder / "digest.toml"
    keys = {line.split(" = ")[0] for line in setting.splitlines()}
    kept = [line for line in file.read_text(encoding="utf-8").splitlines() if line.split(" = ")[0] not in keys]
    file.write_text("\n".join([*kept, setting]), encoding="utf-8")
    done = send(folder, *arguments)
    assert done.returncode == code, done.stderr
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert running.accepted == []


def test_a_file_that_is_no_briefing_is_told_and_waits(folder: Path, running: MailServer) -> None:
    (folder / "output" / DAY / "briefing.eml").write_bytes(b"no mail")
    done = send(folder, "--to", ANA)
    assert done.returncode == 6
    assert f"not a briefing's mail; make it again with `digest run --date {DAY}`" in done.stderr
    assert running.connections == 0


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_over_tls_with_the_password_of_the_environment(folder: Path, security: str) -> None:
    authority = trustme.CA()
    context = context_of(authority, "localhost")
    settings = {
        "DIGEST_MAIL_HOST": "localhost",
        "DIGEST_MAIL_SECURITY": security,
        "DIGEST_MAIL_USER": "ana",
        "DIGEST_MAIL_CA": str(pem_of(authority, folder)),
        "DIGEST_MAIL_PASSWORD": "s3cret",
    }
    with MailServer(tls=context, starttls=security == "starttls", accounts={"ana": "s3cret"}) as server:
        settings["DIGEST_MAIL_PORT"] = str(server.port)
        wrong = send(folder, **(settings | {"DIGEST_MAIL_PASSWORD": "wr0ng"}))
        assert wrong.returncode == 6
        assert "refuses mail_user or its password (535" in wrong.stderr
        assert "wr0ng" not in wrong.stdout + wrong.stderr
        untrusted = send(folder, **(settings | {"DIGEST_MAIL_CA": ""}))
        assert untrusted.returncode == 6
        assert "certificate is not trusted" in untrusted.stderr
        assert server.accepted == []
        done = send(folder, **settings)
    assert (done.returncode, done.stderr) == (0, "")
    assert server.recipients == [ANA, BEN, CYR]
    assert all(over_tls for _, _, over_tls in server.accepted)
    kept = b"".join(path.read_bytes() for path in (folder / "memory").iterdir())
    assert b"s3cret" not in kept


class _Morning:
    """The command in this process, with a clock and a way to wait of its own."""

    def __init__(self, folder: Path, running: MailServer) -> None:
        self.settings = Settings(out=str(folder / "output"), store=str(folder / "memory" / "store.sqlite"))
        self.server = Server("127.0.0.1", running.port, "none", timeout=5, end_timeout=5, moment=0.05)
        self.pauses: list[float] = []

    def send(self, day: str, today: str, *to: str, only: bool = False) -> str:
        """Send and return the error, or ""."""
        mailboxes = tuple(map(parse_mailbox, to))
        task = Task(self.settings, parse_mailbox("d@example.org"), mailboxes, date.fromisoformat(day), only=only)
        clock = datetime.fromisoformat(f"{today}T06:00:00+00:00")
        try:
            task.run(self.server, lambda: clock, self.pauses.append, Teller(quiet=True))
        except DeliveryError as error:
            return str(error)
        return ""

    def waiting(self) -> list[str]:
        with Store(self.path) as store:
            return [mail.address for mail in Outbox(store, self.settings.out).waiting()]

    @property
    def path(self) -> Path:
        from digest.commands.common import store_path  # noqa: PLC0415

        return store_path(self.settings)


def test_what_is_left_goes_the_next_morning_before_the_new_one(folder: Path, running: MailServer) -> None:
    morning = _Morning(folder, running)
    running.script[f"RCPT {BEN}"] = ["451 later"] * (1 + len(PAUSES))
    assert morning.send("2026-11-19", "2026-11-19", ANA, BEN) == "1 mail sent, 1 not"
    assert morning.pauses == list(PAUSES)
    assert morning.waiting() == [BEN]
    assert morning.send(DAY, DAY, CYR, only=True) == ""
    assert running.recipients == [ANA, CYR]
    assert morning.send(DAY, DAY, ANA, BEN) == ""
    days = [read(content)["Subject"].split()[2] for _, content, _ in running.accepted]
    assert list(zip(days, running.recipients, strict=True)) == [
        ("2026-11-19:", ANA),
        ("2026-11-20:", CYR),
        ("2026-11-19:", BEN),
        ("2026-11-20:", ANA),
        ("2026-11-20:", BEN),
    ]


def test_whoever_left_the_list_gets_nothing_that_waits_but_for_what_was_asked_by_hand(
    folder: Path, running: MailServer
) -> None:
    morning = _Morning(folder, running)
    for to in (BEN, CYR):
        running.script[f"RCPT {to}"] = ["451 later"] * (1 + len(PAUSES))
    morning.send("2026-11-19", "2026-11-19", BEN)
    morning.send("2026-11-19", "2026-11-19", CYR, only=True)
    assert morning.send(DAY, DAY, ANA) == ""
    assert running.recipients == [CYR, ANA]


def test_what_is_left_is_given_up_after_some_days(
    folder: Path, running: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    morning = _Morning(folder, running)
    running.script[f"RCPT {BEN}"] = ["451 later"] * (1 + len(PAUSES))
    morning.send("2026-11-19", "2026-11-19", BEN)
    assert morning.send(DAY, "2026-11-30", ANA) == ""
    assert running.recipients == [ANA]
    assert f"2026-11-19: {BEN}: waited too long and was given up" in capsys.readouterr().err


def test_what_is_left_and_has_no_file_any_more_waits_and_stops_nothing(
    folder: Path, running: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    morning = _Morning(folder, running)
    running.script[f"RCPT {BEN}"] = ["451 later"] * (1 + len(PAUSES))
    morning.send("2026-11-19", "2026-11-19", BEN)
    (folder / "output" / "2026-11-19" / "briefing.eml").unlink()
    assert morning.send(DAY, DAY, ANA, BEN) == "2 mails sent, 1 not"
    assert running.recipients == [ANA, BEN]
    assert "not there; make it with `digest run --date 2026-11-19`" in capsys.readouterr().err


def test_the_newest_day_is_the_last_with_a_mail(tmp_path: Path) -> None:
    lay(tmp_path, "2026-11-19")
    (tmp_path / "output" / DAY).mkdir()
    assert newest_day(tmp_path / "output") == date(2026, 11, 19)
