"""The splitter keeps sentences whole and loses nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from conftest import SHARED
from hypothesis import given
from hypothesis import strategies as st

from digest.arabic.sentences import is_ended, is_whole, split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

FIRST = "أعلنت الوزارة النتائج."
SECOND = "وقال الوزير إنها جيدة."


@pytest.mark.parametrize(
    "sentence",
    [
        "قال الوزير، وهو في زيارة، إن النسبة بلغت 3.5 في المئة؛ وأضاف: لا زيادة.",
        "التقى د. سمير وم. خالد وأ. منى في مقر أ.ف.ب. مساء الأحد.",
        "ولد عام 1400 هـ. وتوفي بعدها؟"[:15],
        'قال: "انتهى الأمر. لن نعود إليه أبدا. هذا قرارنا" وغادر القاعة.',
        "ورد في البيان «تم الاتفاق. وسيعلن غدا» بحسب الوكالة.",
        'سأل الصحفي "متى تنتهي الحرب؟" فلم يجب أحد.',
        "سافر إلى U.S. في رحلة عمل.",
        "بلغ العدد (نحو 20. تقريبا) في اليوم الأول.",
    ],
)
def test_what_looks_like_an_end_inside_a_sentence_is_none(sentence: str) -> None:
    assert split_sentences(sentence) == [sentence]


@pytest.mark.parametrize("end", [".", "!", "؟", "…", "...", "؟!", '."', ".»", "۔"])
def test_ends(end: str) -> None:
    opening = {'."': '"', ".»": "«"}.get(end, "")
    first = f"{opening}هذا هو الخبر الأول{end}"
    assert split_sentences(f"{first} {SECOND}") == [first, SECOND]


def test_more_than_32_sentences() -> None:
    assert len(split_sentences(" ".join([FIRST, SECOND] * 40))) == 80


def test_a_unit_before_the_full_stop_ends_the_sentence() -> None:
    assert split_sentences(f"حدث ذلك عام 1445 هـ. {SECOND}") == ["حدث ذلك عام 1445 هـ.", SECOND]


def test_a_one_letter_word_with_a_suffix_is_no_initial() -> None:
    assert split_sentences(f"كانوا فخورين به. {SECOND}") == ["كانوا فخورين به.", SECOND]


def test_an_unbalanced_quote_does_not_swallow_the_rest() -> None:
    text = f'وقال: "هذا أمر جيد. {SECOND} {FIRST}'
    assert len(split_sentences(text)) == 3


def test_a_very_long_quotation_is_split_inside() -> None:
    quoted = " ".join([SECOND] * 30)
    assert len(split_sentences(f"قال: «{quoted}»")) > 10


@given(st.text(st.sampled_from('ابجده وز 123.,،؛:؟!…«»“”"()[] \n\t')))
def test_nothing_is_lost(text: str) -> None:
    assert " ".join(" ".join(split_sentences(text)).split()).replace(" ", "") == "".join(text.split())


def test_and_so_on_belongs_to_what_is_listed_before() -> None:
    text = "رسموا على الجدران ثم على الشمع ... إلخ حتى توصلوا إلى التصوير. ثم انتشر."
    assert split_sentences(text) == ["رسموا على الجدران ثم على الشمع ... إلخ حتى توصلوا إلى التصوير.", "ثم انتشر."]


def test_ended_and_whole() -> None:
    assert is_ended("انتهى الاجتماع.»")
    assert not is_ended("انتهى الاجتماع")
    assert is_whole("انتهى الاجتماع")
    assert not is_whole("وأعطت الانطباع بأنها هدنة قصير>")
    assert is_whole("انتهى الاجتماع..")
    assert not is_whole("انتهى الاجتماع...")
    assert not is_whole("ومن بين الحاضرين،")


def ends(sentences: Iterable[str]) -> set[int]:
    total, places = 0, set()
    for sentence in sentences:
        total += len("".join(sentence.split()))
        places.add(total)
    return places


def test_boundaries_of_a_treebank() -> None:
    file = SHARED / "eval" / "sbd" / "dev.jsonl"
    if not file.is_file():
        pytest.skip("the treebank sentences (../shared/eval/sbd) are not at hand")
    right = found = wanted = 0
    for line in file.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)["sentences"]
        own = ends(split_sentences(" ".join(gold)))
        right, found, wanted = right + len(own & ends(gold)), found + len(own), wanted + len(ends(gold))
    assert 2 * right / (found + wanted) >= 0.97
