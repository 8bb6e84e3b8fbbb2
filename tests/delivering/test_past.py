"""Past briefings in the folder of all of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from digest.delivering.past import past_days, past_folder
from digest.errors import ReadingError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    for name in ("2026-11-20", "2026-11-09", "2026-10-31", "20261121", "2026-11-22", "2026-13-01", "notes"):
        (tmp_path / name).mkdir()
        if name != "2026-11-22":
            (tmp_path / name / "briefing.json").touch()
    (tmp_path / "index.html").touch()
    return tmp_path


def test_the_days_in_order(out: Path) -> None:
    assert past_days(out) == (date(2026, 10, 31), date(2026, 11, 9), date(2026, 11, 20))
    assert past_folder(out, None) == out / "2026-11-20"
    assert past_folder(out, date(2026, 11, 9)) == out / "2026-11-09"


def test_a_day_without_a_briefing_is_told_with_the_nearest(out: Path) -> None:
    with pytest.raises(ReadingError, match="no briefing of 2026-11-12; the nearest is of 2026-11-09"):
        past_folder(out, date(2026, 11, 12))
    with pytest.raises(ReadingError, match="the nearest is of 2026-11-20"):
        past_folder(out, date(2026, 11, 22))


def test_no_briefing_at_all(out: Path) -> None:
    assert past_days(out / "missing") == ()
    for folder in (out / "missing", out / "notes"):
        with pytest.raises(ReadingError, match="no briefing there yet; `digest run` makes one"):
            past_folder(folder, None)


def test_a_file_in_the_place_of_the_folder(out: Path) -> None:
    with pytest.raises(ReadingError, match="not a directory"):
        past_days(out / "index.html")
