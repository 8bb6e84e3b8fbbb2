"""Which day today is: that of the setting time_zone."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import typer
from test_cli import digest

from digest.commands.common import day_of, now_of
from digest.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

EAST, WEST = "Pacific/Kiritimati", "Etc/GMT+12"
"""Zones that are 26 hours apart: it is never the same day in both."""


def test_today_is_that_of_the_zone() -> None:
    for zone in (EAST, WEST):
        settings = Settings(time_zone=zone)
        before = datetime.now(ZoneInfo(zone)).date()
        today = day_of(None, settings)
        assert before <= today <= datetime.now(ZoneInfo(zone)).date()
        assert now_of(settings).utcoffset() == datetime.now(ZoneInfo(zone)).utcoffset()
    assert day_of(None, Settings(time_zone=EAST)) > day_of(None, Settings(time_zone=WEST))


def test_today_and_yesterday_in_words() -> None:
    settings = Settings(time_zone=EAST)
    first = day_of(None, settings)
    words = [day_of(word, settings) for word in ("today", "yesterday")]
    if first == day_of(None, settings):  # it did not become midnight between
        assert words == [first, first - timedelta(days=1)]
    assert day_of("2026-11-20", settings) == date(2026, 11, 20)
    with pytest.raises(typer.BadParameter, match="'tomorrow' is no date like 2026-11-20, today or yesterday"):
        day_of("tomorrow", settings)


def test_a_briefing_of_today_in_each_zone(seeds: Path, tmp_path: Path) -> None:
    made = []
    for zone in (EAST, WEST):
        settings = {"DIGEST_TIME_ZONE": zone, "DIGEST_OUT": zone.rpartition("/")[2], "DIGEST_TOP": "1"}
        done = digest("run", min(seeds.glob("*.txt")), "--json", cwd=tmp_path, **settings)
        assert done.returncode == 0, done.stderr
        made.append(date.fromisoformat(json.loads(done.stdout)["date"]))
        for word in ("today", "yesterday"):  # it may have become midnight since
            done = digest("show", word, "--json", cwd=tmp_path, **settings)
            if done.returncode == 0:
                break
        assert json.loads(done.stdout)["date"] == made[-1].isoformat()
    assert made[0] > made[1]
