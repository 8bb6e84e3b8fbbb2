"""Figures and who says them on the labelled sentences of the benchmark: precision first, and no sentence raises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.figures import PARTS, Labelled, Scores, found, main, read_labelled, score


@pytest.mark.parametrize("part", PARTS)
def test_figures_are_right_before_they_are_many(part: str) -> None:
    scores = score(read_labelled()[part])
    assert scores.precision >= 0.97
    assert scores.recall >= 0.9
    assert scores.claimant_precision >= 0.95
    assert scores.claimant_recall >= 0.85


def test_there_are_sentences_of_both_kinds_in_both_parts() -> None:
    for labelled in read_labelled().values():
        assert len(labelled) >= 40
        assert any(one.figures for one in labelled)
        assert sum(not one.figures for one in labelled) >= len(labelled) / 5


def test_no_sentence_is_in_both_parts() -> None:
    texts = [one.text for labelled in read_labelled().values() for one in labelled]
    assert len(texts) == len(set(texts))


def test_a_wrong_claimant_is_no_wrong_figure() -> None:
    right = Labelled("قال الجيش إن 5 جنود قتلوا.", ("5 soldiers killed / الجيش",))
    wrong = Labelled("قال الجيش إن 6 جنود قتلوا.", ("6 soldiers killed / الشرطة",))
    missed = Labelled("لا أرقام هنا.", ("7 soldiers killed / الجيش",))
    scores = score([right, wrong, missed])
    assert scores == Scores(precision=1, recall=2 / 3, claimant_precision=1 / 2, claimant_recall=1 / 3)


def test_the_benchmark_holds_its_floors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "floors held" in capsys.readouterr().out


_PIECES = [
    "قال", "أعلن", "وأضاف", "بحسب", "وفقا للشرطة", "نقلا عن", "كما أعلنت", "أن", "إن", "عن", "في بيان", "وزارة الصحة",
    "مقتل", "قتل", "قُتِلَ", "أصيب", "لم", "نحو", "12", "30", "1,5 مليون", "خمسة", "ألف", "شخصا", "جنديا", "بينهم", "منهم",
    "على الأقل", "أو أكثر", "،", ":", ".", "«", "»", "(", ")", '"', "ـ",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=25).map(" ".join))
def test_no_text_breaks_it_and_speakers_stand_in_it(text: str) -> None:
    for line in found(text):
        _, _, claimant = line.partition(" / ")
        assert claimant.removeprefix("ال") in text
        assert claimant.count("«") == claimant.count("»")
        assert claimant.count("(") == claimant.count(")")
