"""English names of outlets of one's own, wherever a command prints an outlet for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_cli import digest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "command", [["clean"], ["summarize", "--to", "ar"], ["summarize", "--to", "ar", "--format", "md"]]
)
def test_it_stands_before_the_arabic_name(command: list[str], seeds: Path, tmp_path: Path) -> None:
    article = min(seeds.glob("*.txt"))
    done = digest(*command, article, cwd=tmp_path, DIGEST_OUTLETS="مرصد العينة=Sample Observer,الجزيرة=AJ")
    assert done.returncode == 0, done.stderr
    assert "Sample Observer \u2067مرصد العيّنة\u2069" in done.stdout
    assert "Sample Observer" not in digest(*command, article, cwd=tmp_path).stdout
