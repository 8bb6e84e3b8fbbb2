"""Synthetic pairs: the same number or country changes on both sides, and the grammar stays right."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.translating.numbers import NumberMismatch, compare_numbers
from training.synthetic import country_names, swap_country, swap_numbers

COUNTRIES = {"فرنسا": "France", "تركيا": "Turkey", "ألمانيا": "Germany"}


def generator(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


@given(st.integers(min_value=3, max_value=9999), st.integers(min_value=0))
def test_a_swapped_number_is_the_same_on_both_sides_and_of_the_same_kind(number: int, seed: int) -> None:
    pair = swap_numbers((f"أصيب {number} في الحادث", f"The accident injured {number}"), generator(seed))
    assert pair
    new = int(re.findall(r"\d+", pair[1])[0])
    assert pair == (f"أصيب {new} في الحادث", f"The accident injured {new}")
    assert compare_numbers(*pair) == NumberMismatch((), ())
    assert len(str(new)) == len(str(number))
    if number not in range(1900, 2040):
        kinds = [(3 <= n % 100 <= 10, n % 100 >= 11, n % 100 in (0, 1, 2)) for n in (number, new)]
        assert kinds[0] == kinds[1]


def test_a_day_of_the_month_and_a_year_stay_ones() -> None:
    for seed in range(50):
        pair = swap_numbers(("في 21 أغسطس 2015", "on August 21, 2015"), generator(seed))
        assert pair
        day, year = map(int, re.findall(r"\d+", pair[1]))
        assert day in range(11, 32)
        assert year in range(1900, 2040)


def test_each_number_keeps_its_script_of_digits() -> None:
    pair = swap_numbers(("قتل ٤٥ وأصيب 38", "45 killed and 38 injured"), generator())
    assert pair
    assert re.fullmatch("قتل [٠-٩]{2} وأصيب [0-9]{2}", pair[0])
    assert compare_numbers(*pair) == NumberMismatch((), ())


@pytest.mark.parametrize(
    ("ar", "en"),
    [
        ("ارتفع 3.5 نقطة", "It rose 3.5 points"),
        ("بلغ 1,250 شخصا", "It reached 1,250 people"),
        ("فاز 31-12", "Won 31-12"),
        ("نسبة 45%", "45% of them"),
        ("قتل 45 وأصيب 45", "45 killed and 45 injured"),
        ("قتل 45 شخصا", "Forty-five people were killed"),
        ("قتل 2 في الحادث", "The accident killed 2"),
        ("بعد رحلة 18 شهرا", "After an 18 month trip"),
        ("رقم 007", "Number 007"),
        ("طائرة إف16", "An F16 plane"),
        ("لا أرقام هنا", "No numbers here"),
    ],
)
def test_a_number_that_might_go_wrong_is_left(ar: str, en: str) -> None:
    assert swap_numbers((ar, en), generator()) is None


def test_a_country_changes_on_both_sides_and_keeps_what_is_attached() -> None:
    pair = swap_country(
        ("وصل الوفد إلى فرنسا مساء.", "The delegation reached France's capital."), COUNTRIES, generator()
    )
    assert pair in [
        (f"وصل الوفد إلى {ar} مساء.", f"The delegation reached {en}'s capital.")
        for ar, en in COUNTRIES.items()
        if en != "France"
    ]
    attached = swap_country(("يعيش بفرنسا", "He lives in France"), {"فرنسا": "France", "تركيا": "Turkey"}, generator())
    assert attached == ("يعيش بتركيا", "He lives in Turkey")


@pytest.mark.parametrize(
    ("ar", "en"),
    [
        ("فرنسا تفوز على فرنسا", "France beats France"),
        ("فرنسا تفوز", "The French win"),
        ("سفارة الفرنسي", "France"),
        ("فرنسا وتركيا وألمانيا", "France, Turkey and Germany"),
        ("يا لفرنسانا", "Our France"),
    ],
)
def test_a_country_that_might_go_wrong_is_left(ar: str, en: str) -> None:
    assert swap_country((ar, en), COUNTRIES, generator()) is None


def test_only_countries_that_can_stand_for_each_other_are_taken() -> None:
    rows = [
        ("فرنسا", "France"),
        ("فرنسا", "French Republic"),
        ("العراق", "Iraq"),
        ("لبنان", "Lebanon"),
        ("جزر المالديف", "Maldives"),
        ("هندوراس", "Honduras"),
        ("أروبا", "Aruba"),
    ]
    pairs = [(ar, en) for ar, en in rows[:-1] for _ in range(3)]
    assert country_names(rows, pairs) == {"فرنسا": "France"}
