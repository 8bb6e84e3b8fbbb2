"""The pages of our own are judged as well as they ever were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.cleaning import OURS, measure_lines, our_lines, read_own_pages
from benchmarks.floors import read_floors
from benchmarks.metrics import Score, line_score

if TYPE_CHECKING:
    from pathlib import Path


def test_lines_of_our_own_pages() -> None:
    scores = [line_score(page.keep, our_lines(page.lines)) for page in read_own_pages()]
    assert len(scores) == 58
    assert sum(scores, Score()).f1 >= read_floors()["cleaning.own_line_f1"]


def test_a_page_is_marks_and_lines(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("-\tالرئيسية\n+\tعنوان\tآخر\n?\tنص\n", encoding="utf-8")
    (page,) = read_own_pages(tmp_path)
    assert (page.lines, page.keep) == (("الرئيسية", "عنوان\tآخر", "نص"), (False, True, None))
    tally = measure_lines([page])[OURS]
    assert tally is not None
    assert list(tally.scores) == ["a.txt"]


@pytest.mark.parametrize("line", ["بلا علامة", "*\tعلامة أخرى"])
def test_a_line_without_a_mark_is_named(line: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"+\tعنوان\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.txt: line 2 is not a mark"):
        read_own_pages(tmp_path)
