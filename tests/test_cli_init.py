"""`digest init`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_cli import ARTICLE, digest

from digest.settings_file import commented_settings

if TYPE_CHECKING:
    from pathlib import Path


def test_init_and_then_a_first_briefing(tmp_path: Path) -> None:
    done = digest("init", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "digest.toml\ninbox/\n", "")
    assert (tmp_path / "digest.toml").read_text(encoding="utf-8") == commented_settings()
    (tmp_path / "inbox" / "article.txt").write_text(ARTICLE, encoding="utf-8")
    done = digest("run", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 story from 1 article")


def test_a_folder_is_made(tmp_path: Path) -> None:
    done = digest("init", tmp_path / "new" / "صباح", DIGEST_INBOX="in/box")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        str(tmp_path / "new" / "صباح" / "digest.toml"),
        f"{tmp_path / 'new' / 'صباح' / 'in' / 'box'}/",
    ]
    assert (tmp_path / "new" / "صباح" / "in" / "box").is_dir()


@pytest.mark.parametrize("dangling", [False, True])
def test_nothing_is_overwritten(dangling: bool, tmp_path: Path) -> None:
    file = tmp_path / "digest.toml"
    if dangling:
        file.symlink_to(tmp_path / "elsewhere")
    else:
        file.write_text("top = 3\n", encoding="utf-8")
    done = digest("init", tmp_path)
    assert (done.returncode, done.stdout) == (5, "")
    assert done.stderr == f"digest: {file}: is there already; edit it, or name another folder\n"
    assert list(tmp_path.iterdir()) == [file]
    assert dangling or file.read_text(encoding="utf-8") == "top = 3\n"


def test_what_is_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "inbox").touch()
    done = digest("init", tmp_path)
    assert done.returncode == 5
    assert done.stderr == f"digest: {tmp_path / 'inbox'}: a file is in the way; move it, or name another folder\n"
    done = digest("init", tmp_path / "inbox")
    assert done.returncode == 5
    assert done.stderr.startswith(f"digest: {tmp_path / 'inbox'}")
    assert len(done.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["inbox"]
