"""The first mornings of somebody who has just got digest, by its commands alone."""

from __future__ import annotations

import json
import re
import shutil
import sys
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest
from mail_server import MailServer
from test_cli import digest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def done(tmp_path: Path) -> Callable[..., str]:
    """Return what runs a digest command, which must end well, in the test's folder, and gives what it prints."""

    def run(*arguments: str, **environment: str) -> str:
        ended = digest(*arguments, cwd=tmp_path, **environment)
        assert ended.returncode == 0, ended.stderr
        assert "Traceback" not in ended.stderr
        return ended.stdout

    return run


def test_two_mornings(seeds: Path, tmp_path: Path, done: Callable[..., str]) -> None:
    done("init")
    assert "fail" not in done("doctor")
    files = sorted(seeds.glob("*.txt"))
    for file in files[:4]:
        shutil.copy(file, tmp_path / "inbox")
    first = json.loads(done("run", "--date", "2023-08-24", "--json"))
    assert first["stories"] >= 1
    assert first["updates"] == 0

    for file in files[4:]:
        shutil.copy(file, tmp_path / "inbox")
    settings = tmp_path / "digest.toml"
    changed = (
        settings.read_text(encoding="utf-8").replace("#top = 30", "top = 3").replace("#lookback = 1", "lookback = 3")
    )
    settings.write_text(changed, encoding="utf-8")
    second = json.loads(done("run", "--date", "2023-08-25", "--json"))
    assert 1 <= second["stories"] <= 3

    briefing = json.loads(done("show", "--json"))
    assert (briefing["date"], len(briefing["stories"])) == ("2023-08-25", second["stories"])
    assert done("show", "2023-08-24").startswith("Morning briefing, Thursday 24 August 2023\n")
    assert done("show", "1", "--to", "en").split("\n", 1)[0].startswith("1. ")

    browser = tmp_path / "browser"
    browser.write_text(f"#!{sys.executable}\nimport sys\nprint(sys.argv[1])\n", encoding="utf-8")
    browser.chmod(0o755)
    assert (tmp_path / "output" / "2023-08-25" / "briefing.html").as_uri() in done("open", BROWSER=f"{browser} %s")
    assert "the newest briefing in it of 2023-08-25" in done("doctor")
    assert f"WorkingDirectory={tmp_path}/" in done("schedule", "--format", "systemd")


def test_two_mornings_by_mail(seeds: Path, tmp_path: Path, done: Callable[..., str]) -> None:
    def drop(*numbers: int) -> None:
        for number in numbers:
            (file,) = seeds.glob(f"{number:02}-*.txt")
            shutil.copy(file, tmp_path / "inbox")

    done("init")
    with MailServer(accounts={"ana": "sesame"}) as server:
        change(
            tmp_path / "digest.toml",
            mail_to=["Ana Lima <ana@example.org>", "ben@example.org"],
            mail_from="Digest <digest@example.org>",
            mail_host="127.0.0.1",
            mail_port=server.port,
            mail_security="none",
            mail_user="ana",
            mail_password_file="password.txt",  # noqa: S106 - where it is
            outlets=["مرصد العينة=Sample Observer"],
            time_zone="Asia/Dubai",
        )
        (tmp_path / "password.txt").write_text("sesame\n", encoding="utf-8")
        assert "logged in as ana" in done("doctor", "--mail")

        drop(1, 10, 14)
        first = json.loads(done("run", "--date", "2023-08-23", "--json"))
        assert (first["stories"], first["updates"]) == (3, 0)
        page = tmp_path / done("open", "--print").rstrip("\n")
        assert page == tmp_path / "output" / "2023-08-23" / "briefing.html"
        assert "Sample Observer" in page.read_text(encoding="utf-8")
        assert done("send").count("sent to") == 2
        assert done("send").count("was sent to") == 2

        drop(2, 3, 11, 12)
        second = json.loads(done("run", "--date", "2023-08-24", "--json"))
        assert (second["stories"], second["updates"]) == (3, 2)
        done("run", "--date", "2023-08-24", "--quiet")  # whoever makes it twice tells the same, and mails it once
        assert json.loads(done("show", "--json"))["date"] == "2023-08-24"
        assert [done("send").count("was sent to") for _ in range(2)] == [0, 2]

    mails = [
        (recipient, message_from_bytes(content, policy=policy.SMTP)) for (recipient,), content, _ in server.accepted
    ]
    assert [recipient for recipient, _ in mails] == ["ana@example.org", "ben@example.org"] * 2
    for (_, mail), day in zip(mails, ["Wednesday 23", "Wednesday 23", "Thursday 24", "Thursday 24"], strict=True):
        assert str(mail["Subject"]).startswith(f"Morning briefing, {day} August 2023")
        assert mail["From"] == "Digest <digest@example.org>"
        body = mail.get_body(("plain",))
        assert body
        assert "Sample Observer" in body.get_content()
    assert len({mail["Message-ID"] for _, mail in mails}) == 4


def change(file: Path, **settings: object) -> None:
    """Take the # from before these settings of a fresh digest.toml and give them values."""
    text = file.read_text(encoding="utf-8")
    for name, value in settings.items():
        line = f"{name} = {json.dumps(value, ensure_ascii=False)}"
        (default,) = re.findall(rf"(?m)^#{name} = .*$", text)
        text = text.replace(default, line)
    file.write_text(text, encoding="utf-8")
