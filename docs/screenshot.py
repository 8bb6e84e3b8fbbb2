#!/usr/bin/env python3
"""Make the pictures of the documentation: `uv run python docs/screenshot.py [FOLDER]`, by default into docs/.

Two days are briefed from seeds/ in a temporary folder, under the dates of the articles, so that the pictures change with
what digest makes of them and with nothing else. Headless Chromium or Chrome then draws the page (light, dark, and on a
phone), the archive with a search in it, and the mail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path += [str(ROOT), str(ROOT / "tests" / "rendering")]

from chromium import Tab, find_browser, running  # noqa: E402
from reading_back import message, part  # noqa: E402

SEEDS = ROOT / "seeds"
EVENING, MORNING = "2023-08-23", "2023-08-24"
THE_EVENING = ("01-tver-plane-crash.txt", "10-chandrayaan-landing.txt", "14-greece-wildfires.txt")
SEARCHED = "الطائره"  # as many type it; the articles write الطائرة
SECONDS = 300
LIMIT = 200_000
"""Bytes of a picture: whoever clones the repository takes all that it ever held."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to take: of which file, in a window of which size in CSS pixels, in which colours, after typing what."""

    name: str
    page: str
    width: int
    height: int
    dark: bool = False
    typed: str = ""


PICTURES = (
    Picture("briefing.png", f"{MORNING}/briefing.html", 1100, 1200),
    Picture("briefing-dark.png", f"{MORNING}/briefing.html", 1100, 1200, dark=True),
    Picture("briefing-phone.png", f"{MORNING}/briefing.html", 390, 844),
    Picture("archive.png", "index.html", 1100, 700, typed=SEARCHED),
    Picture("mail.png", "mail.html", 720, 1100),
)


def make_briefings(out: Path, home: Path) -> None:
    """Brief the two days into `out`; exits with the last line of the run that fails.

    The runs start in `home`, so that neither settings nor memory of the user's own have a part in them.
    """
    shutil.copytree(SEEDS, home / SEEDS.name)
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("DIGEST_", "ARGOS_", "XDG_"))}
    for day, inputs in ((EVENING, [f"{SEEDS.name}/{name}" for name in THE_EVENING]), (MORNING, [SEEDS.name])):
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "digest", "run", *inputs, "--date", day, "--out", out, "--no-memory", "--quiet"],
            cwd=home,
            env={**ours, "HOME": str(home), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        if done.returncode:
            sys.exit((done.stderr.strip().splitlines() or [f"digest run: exit status {done.returncode}"])[-1])
    mail = message((out / MORNING / "briefing.eml").read_bytes())
    (out / "mail.html").write_text(part(mail, "html"), encoding="utf-8")


def take(tab: Tab, out: Path, picture: Picture) -> bytes:
    """Return the PNG of a picture."""
    tab.resize(picture.width, picture.height, dark=picture.dark)
    tab.events.clear()
    tab.open(out / picture.page)
    if picture.typed:
        tab.evaluate("document.querySelector('input').focus()")
        tab.call("Input.insertText", text=picture.typed)
        tab.evaluate("document.activeElement.blur()")  # a caret that blinks would be there or not
    return tab.screenshot()


def main(arguments: list[str]) -> None:
    """Check the arguments and take the pictures; one line and exit status 1 where that cannot be done."""
    if len(arguments) > 1 or any(argument.startswith("-") for argument in arguments):
        sys.exit("usage: screenshot.py [FOLDER]")
    folder = Path(arguments[0]) if arguments else ROOT / "docs"
    browser = find_browser()
    if browser is None:
        sys.exit("no browser found; install Chromium or Chrome")
    if not folder.is_dir():
        sys.exit(f"{folder}: no such folder; make it first")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        out, home = Path(temporary, "output"), Path(temporary, "home")
        home.mkdir()
        make_briefings(out, home)
        with running(browser, Path(temporary, "profile")) as tab:
            for picture in PICTURES:
                drawn = take(tab, out, picture)
                if len(drawn) > LIMIT:
                    sys.exit(f"{picture.name}: {len(drawn):,} bytes, above {LIMIT:,}; make its window smaller")
                (folder / picture.name).write_bytes(drawn)


if __name__ == "__main__":
    main(sys.argv[1:])
