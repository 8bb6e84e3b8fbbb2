"""The script that makes the pictures of the documentation makes them, from a real run."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "docs" / "screenshot.py"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SIZES = {
    "briefing.png": (1100, 1200),
    "briefing-dark.png": (1100, 1200),
    "briefing-phone.png": (390, 844),
    "archive.png": (1100, 700),
    "mail.png": (720, 1100),
}


def screenshot(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the script in `folder`."""
    return subprocess.run(
        [sys.executable, SCRIPT, *arguments], cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="no Chromium or Chrome on this machine")
def test_one_command_makes_all_pictures_and_each_is_small(tmp_path: Path) -> None:
    done = screenshot(str(tmp_path), folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    pictures = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    sizes = {
        name: (int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big"))
        for name, content in pictures.items()
        if content.startswith(b"\x89PNG")
    }
    assert sizes == SIZES
    assert max(map(len, pictures.values())) < 200_000
    assert pictures["briefing.png"] != pictures["briefing-dark.png"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--help"], "usage: screenshot.py [FOLDER]\n"),
        (["a", "b"], "usage: screenshot.py [FOLDER]\n"),
        (["none"], "none: no such folder; make it first\n"),
    ],
)
def test_what_it_cannot_do_is_told_in_one_line(arguments: list[str], said: str, tmp_path: Path) -> None:
    done = screenshot(*arguments, folder=tmp_path)
    assert (done.returncode, done.stderr) == (1, said)
