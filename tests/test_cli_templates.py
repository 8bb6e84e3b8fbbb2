"""`digest templates export`, and what a user then does with the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_cli import ARTICLE, digest

from digest.rendering.templates import shipped_templates

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [path.name for path in shipped_templates()]


def test_export_change_and_run(tmp_path: Path) -> None:
    done = digest("templates", "export", tmp_path / "own")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [str(tmp_path / "own" / name) for name in NAMES]
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    made = []
    choices: tuple[tuple[str | Path, ...], ...] = ((), ("--templates", tmp_path / "own"))
    for options in choices:
        out = tmp_path / f"out-{len(options)}"
        run = digest("run", tmp_path / "article.txt", "--date", "2026-11-20", "--no-memory", "--out", out, *options)
        assert run.returncode == 0, run.stderr
        made.append({path.name: path.read_bytes() for path in out.glob("*/*")})
    assert made[0] == made[1]
    file = tmp_path / "own" / "briefing.md.j2"
    source = file.read_text(encoding="utf-8")
    file.write_text(source.replace("# Morning briefing", "# صباح الخير", 1), encoding="utf-8")
    digest(
        "run", tmp_path / "article.txt", "--date", "2026-11-20", "--no-memory", "--out", tmp_path,
        "--templates", tmp_path / "own",
    )  # fmt: skip
    assert (tmp_path / "2026-11-20" / "briefing.md").read_text(encoding="utf-8").startswith("# صباح الخير, Friday")


@pytest.mark.parametrize(("taken", "said"), [(1, ""), (2, " and 1 other"), (4, " and 3 others")])
def test_nothing_is_replaced_unless_asked(taken: int, said: str, tmp_path: Path) -> None:
    for name in NAMES[:taken]:
        (tmp_path / name).write_text("mine", encoding="utf-8")
    done = digest("templates", "export", tmp_path)
    assert (done.returncode, done.stdout) == (5, "")
    assert done.stderr == (
        f"digest: {tmp_path / NAMES[0]}{said}: there already; name another folder, or replace them with --force\n"
    )
    assert len(list(tmp_path.iterdir())) == taken
    assert digest("templates", "export", tmp_path, "--force").returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == NAMES
    assert "mine" not in {path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}


def test_the_templates_of_digest_itself_are_safe() -> None:
    folder = shipped_templates()[0].parent
    before = {path: path.read_bytes() for path in shipped_templates()}
    done = digest("templates", "export", folder, "--force")
    assert done.returncode == 5
    assert "that is where the templates of digest itself are" in done.stderr
    assert {path: path.read_bytes() for path in shipped_templates()} == before


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "own").touch()
    done = digest("templates", "export", tmp_path / "own")
    assert (done.returncode, len(done.stderr.splitlines())) == (5, 1)
