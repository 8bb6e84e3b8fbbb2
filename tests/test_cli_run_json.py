"""`digest run --json`, and what a run shows on a terminal."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from terminals import in_terminal
from test_cli import ARTICLE, FILES, digest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "in" / "empty.txt").touch()
    (tmp_path / "in" / "README.md").write_text("Not an article.", encoding="utf-8")
    return tmp_path


def test_the_counts_are_those_of_the_briefing(seeds: Path, tmp_path: Path) -> None:
    done = digest("run", seeds, "--date", "2023-08-24", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    counts = json.loads(line)
    briefing = json.loads((tmp_path / "output" / "2023-08-24" / "briefing.json").read_text(encoding="utf-8"))
    for name in ("stories", "articles", "failures", "passed_over", "left_out"):
        assert counts[name] == len(briefing[name])
    assert counts["date"] == briefing["date"]
    assert counts["sentences"] == sum(len(story["sentences"]) for story in briefing["stories"]) > 0
    assert counts["outlets"] == len({article["outlet"] for article in briefing["articles"]} - {None}) > 0
    assert counts["updates"] == 0
    assert (counts["remembered"], counts["translated"] > counts["sentences"]) == (0, True)
    assert sorted(path.rpartition("/")[2] for path in counts["files"]) == FILES


def test_quiet_says_nothing_and_json_still_counts(folder: Path) -> None:
    done = digest("run", "in", "--quiet", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == ["digest: in/empty.txt: empty"]
    done = digest("run", "in", "--quiet", "--json", cwd=folder)
    assert json.loads(done.stdout)["failures"] == 1
    assert done.stderr.splitlines() == ["digest: in/empty.txt: empty"]
    assert "passed over" in digest("run", "in", "--json", cwd=folder).stderr


@pytest.mark.parametrize("columns", [80, 30])
def test_a_terminal_sees_the_stages_and_then_the_result(folder: Path, columns: int) -> None:
    status, got = in_terminal(["run", "in", "--date", "2026-11-20"], cwd=folder, columns=columns)
    assert status == 0
    plain = re.sub("\x1b\\[[0-9;?]*[A-Za-z]", "", got)
    assert "Translating" in plain
    assert "1 story from 1 article" in plain
    assert plain.rstrip().endswith("briefing.eml")
    assert "Translating" not in digest("run", "in", cwd=folder).stderr
    _, quiet = in_terminal(["run", "in", "--quiet"], cwd=folder, columns=columns)
    assert quiet == "digest: in/empty.txt: empty\n"
