"""Isolates: where they are put, and what becomes of them."""

from __future__ import annotations

import unicodedata

import pytest
from briefing_strategies import TEXTS
from hypothesis import given

from digest.rendering.bidi import (
    LRI,
    PDI,
    RLI,
    clip,
    encodable,
    is_rtl,
    isolate,
    isolate_runs,
    one_line,
    plain,
    to_html,
)


@given(TEXTS)
def test_one_line_holds_nothing_that_breaks_or_steers_a_line(text: str) -> None:
    line = one_line(text)
    assert line == one_line(line)
    assert line.splitlines() in ([line], [])
    assert all(unicodedata.bidirectional(char) not in {"LRI", "RLI", "FSI", "PDI", "LRO", "RLO"} for char in line)
    line.encode()


@given(TEXTS)
def test_isolating_adds_isolates_and_nothing_else(text: str) -> None:
    line = one_line(text)
    for isolated in (isolate(line), isolate_runs(line)):
        assert plain(isolated) == line
        assert isolated.count(PDI) == isolated.count(LRI) + isolated.count(RLI)


@given(TEXTS)
def test_no_right_to_left_letter_is_left_outside(text: str) -> None:
    outside = 0
    for char in isolate_runs(one_line(text)):
        outside += (char == PDI) - (char in (LRI, RLI))
        assert outside < 0 or unicodedata.bidirectional(char) not in {"R", "AL"}


def test_a_run_takes_its_digits_and_marks_with_it() -> None:
    assert isolate_runs("on الجزيرةُ، 14 نوفمبر, he said") == f"on {RLI}الجزيرةُ، 14 نوفمبر{PDI}, he said"


@pytest.mark.parametrize(
    ("name", "isolated"),
    [
        ("الجزيرة", f"{RLI}الجزيرة{PDI}"),
        ("BBC الجبل", f"{LRI}BBC الجبل{PDI}"),
        ("day/1.txt", "day/1.txt"),
    ],
)
def test_a_name_is_one_unit(name: str, isolated: str) -> None:
    assert isolate(name) == isolated


def test_direction_is_decided_by_what_is_not_isolated() -> None:
    assert not is_rtl(f"at {RLI}صحيفة الساحل اليومية{PDI}")
    assert is_rtl("قالت BBC اليوم")


def test_html_gets_bdi_and_escapes() -> None:
    assert to_html(f"<b> {RLI}نص{PDI} {LRI}BBC ن{PDI}") == (
        '&lt;b&gt; <bdi lang="ar" dir="rtl">نص</bdi> <bdi dir="ltr">BBC ن</bdi>'
    )


def test_clipping_cuts_at_a_space_and_closes_an_isolate() -> None:
    assert clip("short", 5) == "short"
    assert clip("one two three", 10) == "one two…"
    assert clip("x" * 20, 10) == "x" * 9 + "…"
    assert clip(f"{RLI}واحد اثنان ثلاثة{PDI}", 10) == f"{RLI}واحد اثن…{PDI}"


def test_a_file_name_that_is_not_utf_8_can_be_written() -> None:
    assert encodable("a\udce9b").encode() == "a\ufffdb".encode()
