"""The mail of a real run, sent to a real server, opened in mail programs from Debian: what a reader sees of it."""

from __future__ import annotations

import contextlib
import mailbox
import os
import pty
import select
import shutil
import subprocess
import sys
import time
from email import message_from_bytes, message_from_string
from typing import TYPE_CHECKING

import pytest
from mail_server import MailServer

if TYPE_CHECKING:
    from email.message import Message
    from pathlib import Path

ANA = "ana@example.org"
SECONDS = 60.0
PROGRAMS = [
    pytest.param(name, marks=pytest.mark.skipif(shutil.which(name) is None, reason=f"{name} is not on this machine"))
    for name in ("neomutt", "mutt")
]
# What mutt shows of a mail it also pipes: the headers a reader sees, and the part that comes first in the order.
SETTINGS = """
set from = "ana@example.org"
set folder = "."
set spoolfile = "inbox"
set record = ""
set charset = "utf-8"
set mailcap_path = "mailcap"
set pipe_decode = yes
set wait_key = no
set quit = yes
set move = no
set mark_old = no
set confirmappend = no
set sort = date
unset help
auto_view text/html
alternative_order {order}
push "{keys}"
"""


@pytest.fixture(scope="module")
def morning(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which a day was briefed and sent, with the mail in the mailbox `inbox`."""
    folder = tmp_path_factory.mktemp("morning")
    with MailServer() as running:
        (folder / "digest.toml").write_text(
            f'mail_to = ["Ana Lima <{ANA}>"]\nmail_from = "Digest <digest@example.org>"\nmail_host = "127.0.0.1"\n'
            f'mail_port = {running.port}\nmail_security = "none"\nstore = "store.sqlite"\n',
            encoding="utf-8",
        )
        for arguments in (["run", str(seeds), "--date", "2023-08-24"], ["send"]):
            subprocess.run([sys.executable, "-m", "digest", *arguments], cwd=folder, check=True, capture_output=True)
    draft = message_from_bytes((folder / "output" / "2023-08-24" / "briefing.eml").read_bytes())
    assert (draft["From"], draft["To"]) == ("Digest <digest@example.org>", f"Ana Lima <{ANA}>")
    ((_, content, _),) = running.accepted
    box = mailbox.Maildir(folder / "inbox")
    box.add(content)
    box.close()
    (folder / "mailcap").write_text("text/html; cat %s; copiousoutput\n", encoding="utf-8")
    return folder


def type_into(program: str, folder: Path, order: str, keys: str) -> None:
    """Open the inbox in a mail program on a terminal of its own, let it do what the keys say, and wait for its end."""
    (folder / "muttrc").write_text(SETTINGS.format(order=order, keys=keys), encoding="utf-8")
    ours, theirs = pty.openpty()
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "TERM": "xterm", "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        [program, "-n", "-F", "muttrc", "-f", "inbox"],
        cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    deadline = time.monotonic() + SECONDS
    try:
        while process.poll() is None and time.monotonic() < deadline:
            if select.select([ours], [], [], 0.1)[0]:
                with contextlib.suppress(OSError):  # the terminal closes with the program
                    shown += os.read(ours, 1 << 16)
        assert process.poll() == 0, shown[-3000:].decode(errors="replace")
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def shown_by(program: str, morning: Path, kind: str) -> tuple[Message, str]:
    """Return the headers and the text that the program shows of a mail when it prefers parts of this kind."""
    file = f"shown-by-{program}.{kind.rpartition('/')[2]}"
    type_into(program, morning, kind, f"<pipe-message>cat > {file}<enter><exit>")
    headers, _, text = (morning / file).read_text(encoding="utf-8").partition("\n\n")
    return message_from_string(headers), text


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_text_part_as_a_reader_sees_it(morning: Path, program: str) -> None:
    headers, text = shown_by(program, morning, "text/plain")
    assert headers["From"] == "Digest <digest@example.org>"
    assert headers["To"] == f"Ana Lima <{ANA}>"
    assert headers["Subject"].startswith("Morning briefing, Thursday 24 August 2023: ")
    written = (morning / "output" / "2023-08-24" / "briefing.txt").read_text(encoding="utf-8")
    assert written.count("\u2067") > 20  # Arabic in it, each run isolated
    assert text.startswith(written)


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_html_part_as_a_reader_sees_it(morning: Path, program: str) -> None:
    _, text = shown_by(program, morning, "text/html")
    page = text.partition("</html>\n")[0]
    assert page.startswith("<!DOCTYPE html>\n")
    assert "كان" in page
    (mail,) = mailbox.Maildir(morning / "inbox")
    (sent,) = (part for part in mail.walk() if part.get_content_type() == "text/html" and not part.get_filename())
    payload = sent.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert f"{page}</html>" == payload.decode().replace("\r\n", "\n").rstrip("\n")


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_attachments_can_be_saved_whole(morning: Path, program: str) -> None:
    files = {ending: f"saved-by-{program}.{ending}" for ending in ("html", "md")}
    save = "<save-entry><kill-line>{}<enter>".format
    page, markdown = map(save, files.values())
    keys = f"<view-attachments><last-entry>{markdown}<last-entry><previous-entry>{page}<exit><exit>"
    type_into(program, morning, "text/plain", keys)
    for ending, file in files.items():
        assert (morning / file).read_bytes() == (morning / f"output/2023-08-24/briefing.{ending}").read_bytes()
