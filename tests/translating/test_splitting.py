"""Texts that are too long for a model are cut at the best places, and nothing is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digest.translating.splitting import split_in_halves, split_text


def words(text: str) -> int:
    return len(text.split())


def test_a_text_within_the_limit_is_whole() -> None:
    assert split_text("واحد، اثنان. ثلاثة", 3, words) == ["واحد، اثنان. ثلاثة"]
    assert split_text("", 3, words) == [""]


def test_the_best_mark_is_used() -> None:
    assert split_text("ا ب، ج د. ه و، ز", 4, words) == ["ا ب، ج د.", "ه و، ز"]
    assert split_text("ا ب، ج د؛ ه و، ز", 4, words) == ["ا ب، ج د؛", "ه و، ز"]
    assert split_text("ا ب ج، د ه و", 5, words) == ["ا ب ج،", "د ه و"]
    assert split_text("ا ب ج د ه و", 5, words) == ["ا ب ج", "د ه و"]


def test_marks_inside_numbers_are_no_marks() -> None:
    assert split_text("بلغ 3.5، و1,000 دولار هنا", 4, words) == ["بلغ 3.5،", "و1,000 دولار هنا"]


def test_pieces_are_about_equal() -> None:
    text = " ".join(f"كلمة{number}" for number in range(22))
    assert [words(piece) for piece in split_text(text, 10, words)] == [7, 8, 7]


def test_a_word_beyond_the_limit_is_cut() -> None:
    pieces = split_text("ا" * 100, 30, len)
    assert "".join(pieces) == "ا" * 100
    assert all(len(piece) <= 30 for piece in pieces)


@given(st.text(alphabet="ابج .،؛:؟\n", max_size=200), st.integers(1, 12))
def test_pieces_fit_and_nothing_is_lost(text: str, limit: int) -> None:
    text = " ".join(text.split())
    pieces = split_text(text, limit, len)
    assert all(len(piece) <= limit for piece in pieces)
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")
    by_words = split_text(text, limit, words)
    assert " ".join(by_words) == text
    assert all(words(piece) <= limit for piece in by_words)


def test_halves_are_cut_at_the_best_mark_that_leaves_a_third_each() -> None:
    assert split_in_halves("أ ب، ج د ه و؛ ز ح، ط ي", words) == ["أ ب، ج د ه و؛", "ز ح، ط ي"]
    assert split_in_halves("أ ب، ج د ه و، ز ح ط", words) == ["أ ب، ج د ه و،", "ز ح ط"]


def test_without_a_mark_near_the_middle_there_are_no_halves() -> None:
    assert split_in_halves("أ، ب ج د ه و ز", words) == []
    assert split_in_halves("أ ب ج د", words) == []
