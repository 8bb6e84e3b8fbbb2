#!/usr/bin/env python3
"""Make the picture of a briefing that README.md shows: `uv run python docs/screenshot.py PAGE.html OUT.png`.

Takes the top 1100 by 1400 pixels of the page as headless Chromium or Chrome draws it, in its light colours.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
WIDTH, HEIGHT = 1100, 1400
SECONDS = 120


def take(browser: str, page: Path, picture: Path) -> None:
    """Draw `page` into the PNG `picture`; exits with one line where the browser makes none."""
    with tempfile.TemporaryDirectory() as profile:
        command = [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            f"--user-data-dir={profile}",
            f"--window-size={WIDTH},{HEIGHT}",
            f"--screenshot={picture.resolve()}",
            page.resolve().as_uri(),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603
    if done.returncode or not picture.is_file():
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        sys.exit(f"{picture}: {browser} made no picture: {last}")


def main(arguments: list[str]) -> None:
    """Check the arguments and take the picture."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    match arguments:
        case [page, picture] if Path(page).is_file() and browser:
            take(browser, Path(page), Path(picture))
        case [page, _] if not Path(page).is_file():
            sys.exit(f"{page}: no such page; make one with `uv run digest run seeds/`")
        case [_, _]:
            sys.exit(f"no browser found; install one of {', '.join(BROWSERS)}")
        case _:
            sys.exit("usage: screenshot.py PAGE.html OUT.png")


if __name__ == "__main__":
    main(sys.argv[1:])
