"""Repair shows the same words; folding unites spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.arabic.text import arabic_letters, ascii_digits, fold, foreign_letters, key, repair, words

ARABIC = st.text(st.sampled_from('ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىةـًٌٍَُِّْٰ ٠١٢٣٩0123.,،؛؟!«»"\u200f\u202b\ufeff\n'))


@pytest.mark.parametrize(
    ("scraped", "shown"),
    [
        ("محـــمد", "محمد"),
        ("لـ أرمينيا", "لـ أرمينيا"),
        ("1445 هـ", "1445 هـ"),
        ("\u202bالجيش\u202c\u200f", "الجيش"),
        ("ﻻ ﺗﻌﻠﻴﻖ", "لا تعليق"),
        ("بلغ\u00a0\u00a012", "بلغ 12"),
        ("النَّمُوُّ ٣٫٥٪", "النَّمُوُّ ٣٫٥٪"),
        ("سطر\r\nآخر", "سطر\nآخر"),
    ],
)
def test_repair_takes_off_what_scraping_left(scraped: str, shown: str) -> None:
    assert repair(scraped) == shown


@given(ARABIC)
def test_repair_is_done_once(text: str) -> None:
    assert repair(repair(text)) == repair(text)


@given(ARABIC)
def test_repair_keeps_the_words(text: str) -> None:
    assert key(repair(text)) == key(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أذربيجان", "اذربيجان"),
        ("إلى", "الي"),
        ("المدينة", "المدينه"),
        ("مسؤول", "مسوول"),
        ("٢٠٢٣", "2023"),
        ("مُدُن", "مدن"),
        ("کریم", "كريم"),
    ],
)
def test_fold_unites_spellings(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_fold_keeps_what_tells_words_apart() -> None:
    assert fold("على") != fold("علا")


def test_words_keep_numbers_and_vocalised_words_whole() -> None:
    assert words("النَّمُوُّ بلغ 3.5% في ٢٠٢٣، و1,200 طن") == ["النَّمُوُّ", "بلغ", "3.5", "في", "٢٠٢٣", "و1,200", "طن"]


def test_letters_are_counted_by_script() -> None:
    text = "قناة BBC عربي 24 нет"
    assert (arabic_letters(text), foreign_letters(text)) == (8, 6)


def test_ascii_digits_reads_both_kinds_of_eastern_digits() -> None:
    assert ascii_digits("٠١٢ ۳۴ 5") == "012 34 5"
