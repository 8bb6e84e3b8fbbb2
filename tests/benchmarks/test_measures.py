"""The measures that the benchmarks print, and floors that only rise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import SHARED

from benchmarks.floors import FloorError, check, raised, read_floors, update_floors
from benchmarks.metrics import Score, line_score
from benchmarks.sentences import boundaries, main, score

if TYPE_CHECKING:
    from pathlib import Path


def test_scores() -> None:
    total = Score(3, 1, 0) + Score(0, 0, 2)
    assert (total.precision, total.recall, total.f1) == (0.75, 0.6, 2 * 3 / (6 + 1 + 2))
    assert Score().f1 == 1.0


def test_lines_that_are_optional_do_not_count() -> None:
    assert line_score([True, False, None, True], [True, True, True, False]) == Score(1, 1, 1)


def test_boundaries_are_places_without_spaces() -> None:
    assert boundaries(["ab c.", "d."]) == {4, 6}
    assert score([["a b.", "c."]], lambda text: [text]) == Score(1, 0, 1)


def test_floors_only_rise() -> None:
    assert raised({"a": 0.9}, {"a": 0.8, "b": 0.5}, margin=0.0) == {"a": 0.9, "b": 0.5}
    assert check("a", 0.89, {"a": 0.9}) == "a: 0.8900 is under its floor of 0.9000"
    assert check("a", 0.9, {"a": 0.9}) is None
    assert check("unknown", 0.1, {}) is None


def test_a_floor_file_is_not_touched_by_a_worse_result(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    update_floors({"a": 0.9}, file)
    before = file.read_bytes()
    with pytest.raises(FloorError, match="never lowered"):
        update_floors({"a": 0.5, "b": 0.9}, file)
    assert file.read_bytes() == before
    assert read_floors(file)["a"] == pytest.approx(0.898)


def test_the_benchmark_of_sentences_holds_its_floor(capsys: pytest.CaptureFixture[str]) -> None:
    if not (SHARED / "eval" / "sbd").is_dir():
        pytest.skip("the treebank sentences (../shared/eval/sbd) are not at hand")
    assert main(["--shared", str(SHARED)]) == 0
    assert "floors held" in capsys.readouterr().out
