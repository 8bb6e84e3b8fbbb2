"""The benchmark of rendering runs, and a page stays small enough to keep and to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.rendering import made_up, main
from digest.rendering import render

if TYPE_CHECKING:
    import pytest

PAGE_LIMIT = 400_000
STORY_LIMIT = 10_000


def test_a_page_of_twelve_stories_is_below_400_kilobytes() -> None:
    twelve = len(render(made_up(12))["briefing.html"])
    assert twelve < PAGE_LIMIT
    assert (len(render(made_up(24))["briefing.html"]) - twelve) / 12 < STORY_LIMIT


def test_the_benchmark_counts_what_it_renders(capsys: pytest.CaptureFixture[str]) -> None:
    assert made_up(3) == made_up(3)
    assert len(made_up(3).articles) == 9
    assert main(["--stories", "1", "3"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[3:]] == ["1", "3"]
    assert lines[2].split()[:4] == ["stories", "ms", ".md", "kB"]
