"""Stems and vectors for comparing."""

from __future__ import annotations

import math

import pytest

from digest.arabic.stems import stems
from digest.arabic.vectors import contrast_vectors, cosine, vector


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("والوزارة", "وزارة"),
        ("الفائدة", "فائدة"),
        ("بالمدينة", "المدينة"),
        ("للحكومة", "الحكومة"),
        ("والاشتباكات", "اشتباكات"),
    ],
)
def test_a_word_meets_itself_with_what_is_written_onto_it(one: str, other: str) -> None:
    assert stems(one) == stems(other) != []


def test_function_words_and_saying_are_left_out() -> None:
    assert stems("وقال إن ذلك كان في اليوم") == []


def test_numbers_stay() -> None:
    assert stems("قتل ٤٣ مدنيا") == [*stems("قتل"), "43", *stems("مدنيا")]


def test_vectors_have_length_one_or_nothing() -> None:
    own = vector([("انفجار في مرفأ بيروت", 2.0), ("قتل عشرات الأشخاص", 1.0)])
    assert math.isclose(sum(weight * weight for weight in own.values()), 1.0)
    assert math.isclose(cosine(own, own), 1.0)
    assert vector([("من إلى في", 1.0)]) == {}
    assert cosine(own, {}) == 0


def test_a_rare_name_weighs_more_than_a_common_word() -> None:
    own = vector([("الرئيس علييف", 1.0)])
    assert own[stems("علييف")[0]] > own[stems("الرئيس")[0]]


def test_what_every_sentence_names_does_not_make_two_alike() -> None:
    texts = [
        "قصفت القوات مدينة ترتر في قره باغ بالصواريخ",
        "سقطت صواريخ على ترتر في قره باغ",
        "دعا وزير فرنسا إلى هدنة في قره باغ",
        "رفضت تركيا الاتهامات بشأن قره باغ",
    ]
    first, second, third, _ = contrast_vectors(texts)
    assert cosine(first, second) > 0.3
    assert cosine(first, third) < 0.05
