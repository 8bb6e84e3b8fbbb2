"""The learning rate and the window of the averaged weights."""

from __future__ import annotations

from itertools import pairwise

import pytest

from training.recipe import Stage
from training.schedule import LOWEST, kept_share, learning_rate

STAGE = Stage(name="all", share=1.0, rate=1e-3, warmup=100, cool_down=0.25)


def test_the_rate_rises_falls_and_cools_down() -> None:
    rates = [learning_rate(STAGE, step, step / 1000) for step in range(1, 1001)]
    assert rates[0] == pytest.approx(1e-5)
    assert max(rates) == rates[99] == pytest.approx(1e-3)
    assert rates[399] == pytest.approx(5e-4)
    assert all(one > other for one, other in pairwise(rates[99:]))
    assert rates[874] == pytest.approx(1e-3 * (100 / 875) ** 0.5 / 2)
    assert rates[-1] == pytest.approx(1e-3 * 0.1**0.5 * LOWEST)


def test_a_stage_may_begin_cool_down_at_once_and_have_no_warm_up() -> None:
    stage = Stage(name="news", share=1.0, rate=1e-4, warmup=0, cool_down=1.0)
    assert learning_rate(stage, 1, 0.0) == pytest.approx(1e-4)
    assert learning_rate(stage, 4, 0.5) == pytest.approx(0.25e-4)


def test_the_window_of_the_average_grows_to_its_limit() -> None:
    kept = [kept_share(step, 10) for step in (10, 100, 400, 4000, 40_000, 400_000)]
    assert kept[0] == kept[1] == 0
    assert all(one < other for one, other in pairwise(kept[1:-1]))
    assert kept[3] == pytest.approx(1 - 10 / 200, abs=0.002)
    assert kept[-2] == kept[-1]
