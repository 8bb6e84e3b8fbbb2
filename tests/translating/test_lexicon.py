"""The lexicon tells which words of an Arabic text its English has lost."""

from __future__ import annotations

import pytest

from digest.arabic.stems import stems
from digest.arabic.text import arabic_letters
from digest.translating.lexicon import Entry, Lexicon, LostWord, bundled_lexicon, english_stems

LEXICON = Lexicon(
    {
        "مجاع": Entry("famine", frozenset({"famin", "starvat", "hunger"})),
        "كنيس": Entry("church", frozenset({"church"})),
    }
)


@pytest.mark.parametrize("english", ["The famine ended", "FAMINES", "It was hunger.", "the famine's end", "famine’s"])
def test_any_form_of_any_english_word_will_do(english: str) -> None:
    assert LEXICON.lost_words("انتهت المجاعة", english) == []


def test_a_lost_word_is_told_as_written_and_once() -> None:
    text = "بدأت المجاعة في الكنيسة ثم انتهت مجاعةٌ"
    assert LEXICON.lost_words(text, "It ended") == [LostWord("المجاعة", "famine"), LostWord("الكنيسة", "church")]
    assert LEXICON.lost_words(text, "It ended", without={"مجاع"}) == [LostWord("الكنيسة", "church")]


def test_words_without_an_entry_are_not_asked_for() -> None:
    assert LEXICON.lost_words("قال الوزير 7 كلمات", "") == []


def test_english_words_are_stemmed_without_figures() -> None:
    assert english_stems("The 12 churches' O'Brien-led 3rd parties") == {
        "the",
        "church",
        "o'brien",
        "led",
        "rd",
        "parti",
    }


def test_the_bundled_lexicon_is_sound() -> None:
    entries = bundled_lexicon().entries
    assert len(entries) > 3000
    assert list(entries) == sorted(entries)
    for stem, entry in entries.items():
        assert arabic_letters(stem), stem
        assert english_stems(entry.english) <= entry.stems, stem


def test_the_keys_of_the_bundled_lexicon_are_stems_of_words_that_texts_have() -> None:
    for word, stem in (("المجاعة", "مجاع"), ("والفتيات", "تيا")):
        assert stems(word) == [stem]
    assert {"تيا", "مجاع"} <= bundled_lexicon().entries.keys()
