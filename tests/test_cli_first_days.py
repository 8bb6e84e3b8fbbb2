"""The first two mornings of somebody who has just got digest, by its commands alone."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING

from test_cli import digest

if TYPE_CHECKING:
    from pathlib import Path


def test_two_mornings(seeds: Path, tmp_path: Path) -> None:
    def done(*arguments: str, **environment: str) -> str:
        ended = digest(*arguments, cwd=tmp_path, **environment)
        assert ended.returncode == 0, ended.stderr
        assert "Traceback" not in ended.stderr
        return ended.stdout

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
