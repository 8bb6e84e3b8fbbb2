"""English finds the Arabic line that it names, however that is spelled, and none where there is none."""

from __future__ import annotations

from training.named_lines import line_name, with_arabic

LINES = ["أعلنت الوزارة النتائج.", "خرج الناس!"]


def test_english_gets_the_line_that_it_names() -> None:
    named = [(line_name(LINES[1]), "People went out!"), (line_name(LINES[0]), "The ministry announced the results.")]
    assert with_arabic(named, LINES) == [
        (LINES[1], "People went out!"),
        (LINES[0], "The ministry announced the results."),
    ]


def test_a_line_goes_by_one_name_in_every_spelling() -> None:
    assert line_name("اعلنت الوزاره النتائج") == line_name(LINES[0]) != line_name(LINES[1])


def test_what_names_no_line_is_left_out() -> None:
    assert with_arabic([(line_name("سطر آخر"), "Another line."), ("", "")], LINES) == []
