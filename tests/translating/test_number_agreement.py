"""Numbers agree however either language writes them, and what is dropped or made up is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.translating.numbers import NumberMismatch, compare_numbers

AGREED = NumberMismatch(missing=(), added=())


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("٢٧ شخصا", "27 people"),
        ("۲۷ شخصا", "27 people"),
        ("١٬٠٠٠ و1.000 و1,000", "1,000, 1000 and 1,000"),
        ("13،500 فدان", "13,500 acres"),
        ("1,234,567.89 دولار", "1.234.567,89 dollars"),
        ("874.347.21 دولارا", "874,347.21 dollars"),
        ("٣٫٥ في المئة و3,5%", "3.5 percent and 3.50%"),
        ("6ر3 في المائة", "3.6 percent"),
        ("3ر6 في المائة", "3.6 percent"),
        ("300 ألف شخص", "300,000 people"),
        ("300 ألف شخص", "300 thousand people"),
        ("3 آلاف جندي", "3,000 soldiers"),
        ("1.5 مليون و2 مليار", "1.5 million and $2bn"),
        ("1.5 مليون دولار على بعد 30 مترا", "$1.5m and 30 m away"),
        ("30 إلى 40 ألف", "30,000 to 40,000"),
        ("بين 30 و40 ألف", "between 30 and 40 thousand"),
        ("30-40 مليونا و5 آلاف", "30 to 40 million and 5,000"),
        ("12.5.2020 و12/5/2020", "May 12, 2020 and 12 May 2020"),
        ("1 يناير/كانون الثاني 2024", "January 1, 2024"),
        ("1 يناير 2024", "the first of January 2024"),
        ("شهر 5 من 2024", "May 2024"),
        ("من 2019-2020", "from 2019 to 2020"),
        ("3 رجال و12 امرأة", "three men and twelve women"),
        ("الدورة 3", "the third round"),
        ("عشرون رجلا", "20 men"),
        ("خمسة آلاف جندي", "5,000 soldiers"),
        ("مئة وخمسون قتيلا", "150 dead"),
        ("في الثمانينيات", "in the 1980s"),
        ("عام 2020 وفي 2020", "in 2020, and again in 2020"),
        ("عام 2020", "in 2020, the 2020 of others"),
        ("كوفيد-19", "COVID-19"),
        ("24 جائزة و37 ألف رجل", "two-dozen awards and thirty-seven thousand men"),
        ("غرمت شركة ميتا", "Meta was fined"),
        ("عثر عليه ميتا", "he was found dead"),
        ("بين مليوني وثلاثة ملايين عام", "between two million and three million years"),
    ],
)
def test_the_same_number_agrees_with_itself(arabic: str, english: str) -> None:
    assert compare_numbers(arabic, english) == AGREED


@pytest.mark.parametrize(
    ("arabic", "english", "missing", "added"),
    [
        ("27 شخصا", "72 people", ("27",), ("72",)),
        ("27 شخصا", "people", ("27",), ()),
        ("3.5 في المئة", "35 percent", ("3.5",), ("35",)),
        ("1,000 رجل", "100 men", ("1,000",), ("100",)),
        ("300 ألف", "300", ("300 thousand",), ()),
        ("2 مليون", "2 billion", ("2 million",), ()),
        ("بين 30 و40 ألف", "between 30 and 50 thousand", ("40 thousand",), ()),
        ("قتل مئتا شخص", "Meta people were killed", ("ميتا",), ()),
        ("5 رجال", "may people", ("5",), ()),
        ("مئات القتلى وآلاف الجرحى", "500 dead and thousands injured", (), ("500",)),
        ("1 يناير/كانون الثاني 2024", "January 2024", ("1",), ()),
        ("في 5 من مايو", "in May", ("5",), ()),
        ("12 من شهر كانون الأول", "in December", ("12",), ()),
        ("50 في المئة", "50 percent of 80", (), ("80",)),
        ("2020 و2020", "2020", ("2020",), ()),
    ],
)
def test_differences_are_named(arabic: str, english: str, missing: tuple[str, ...], added: tuple[str, ...]) -> None:
    assert compare_numbers(arabic, english) == NumberMismatch(missing, added)


@given(st.lists(st.decimals(min_value=13, max_value=10**9, places=2), max_size=5))
def test_any_figures_agree_with_themselves(values: list[object]) -> None:
    text = " ; ".join(map(str, values))
    assert compare_numbers(f"كذا {text}", f"such {text}") == AGREED


@given(st.integers(21, 99), st.integers(101, 999))
def test_another_figure_never_agrees(one: int, other: int) -> None:
    assert compare_numbers(f"قتل {one} شخصا", f"{other} were killed") == NumberMismatch((str(one),), (str(other),))


@given(st.text(alphabet="0123456789.,٫٬،ر٠١ ", max_size=40))
def test_any_figures_can_be_read(text: str) -> None:
    compare_numbers(text, text)
