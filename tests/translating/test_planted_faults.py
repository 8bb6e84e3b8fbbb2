"""The guards find what was planted for them, and leave right translations alone."""

from __future__ import annotations

import pytest
from planted_faults import examples

from digest.arabic.number_words import spoken_numbers
from digest.arabic.text import fold_spelling
from digest.translating.english_numbers import english_numbers
from digest.translating.guards import check

EXAMPLES = [(one, {doubt.guard for doubt in check(one.ar, one.en)}) for one in examples()]


def test_there_are_enough_of_them() -> None:
    assert len(EXAMPLES) >= 300
    assert len({one.planted for one, _ in EXAMPLES}) == 11


@pytest.mark.parametrize("guard", ["numbers", "terms", "arabic-left", "repetition", "empty"])
def test_recall_and_precision(guard: str) -> None:
    right = sum(guard in found and guard in one.faults for one, found in EXAMPLES)
    assert right / sum(guard in one.faults for one, _ in EXAMPLES) >= 0.95
    assert right / sum(guard in found for _, found in EXAMPLES) >= 0.9


def test_right_translations_are_left_alone() -> None:
    assert [one.en for one, found in EXAMPLES if found and not one.faults] == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("خمسة وعشرون ألفا", [25_000]),
        ("ثلاثة قتلى", [3]),
        ("أحد عشر", [11]),
        ("خمسة عشر شخصا", [15]),
        ("ثلاثمئة وخمسون", [350]),
        ("ثلاث مئة", [300]),
        ("ألف وتسعمئة وتسعين", [1990]),
        ("مئتي ألف", [200_000]),
        ("خمسة ملايين", [5_000_000]),
        ("بثلاثة أهداف مقابل أربعة", [3, 4]),
        ("ثلاثة وأربعة", [3, 4]),
        ("بين مليوني وثلاثة ملايين عام", [2_000_000, 3_000_000]),
        ("ألف وألفان", [1000, 2000]),
        ("مليون وثلاثمئة ألف وخمسون", [1_300_050]),
        ("مليون وألفان ومئتان وخمسون", [1_002_250]),
        ("300 ألف", []),
        ("مئات الآلاف وعشرات الملايين", []),
        ("يوم الأربعاء والخميس", []),
        ("في القرن التاسع عشر والعشرين", []),
        ("لست متأكدا من كمية المياه", []),
    ],
)
def test_numbers_in_arabic_words(text: str, values: list[int]) -> None:
    assert [number.value for number in spoken_numbers(fold_spelling(text))] == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("twenty-five", 25),
        ("Two hundred and fifty thousand", 250_000),
        ("a dozen", 12),
        ("the fifteenth", 15),
        ("the twenty-first", 21),
        ("the thirtieth", 30),
        ("two fifths", 5),
        ("one million", 1_000_000),
        ("one million two hundred thousand", 1_200_000),
        ("two million and three million", 2_000_000),
        ("two million and three million", 3_000_000),
        ("nineteen ninety", 90),
    ],
)
def test_numbers_in_english_words(text: str, value: int) -> None:
    assert value in english_numbers(text)
