"""The lexicon is learnt from sentence pairs, and only what is certain enters it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from training import lexicon
from training.corpus import write_pairs
from training.lexicon import certain, entries, is_number, learn, stems_of

if TYPE_CHECKING:
    from pathlib import Path

NOUNS = (
    ("باب", "door"),
    ("كتاب", "book"),
    ("سيارة", "car"),
    ("نافذة", "window"),
    ("مجاعة", "famine"),
    ("كنيسة", "church"),
    ("مدرسة", "school"),
    ("طبيب", "doctor"),
    ("شجرة", "tree"),
    ("جسر", "bridge"),
)
VERBS = (("فتح", "opened"), ("سرق", "stole"), ("باع", "sold"), ("وصف", "described"), ("رسم", "drew"), ("وجد", "found"))
PAIRS = [
    (f"{verb} {noun} قرب {other}", f"He {did} a {thing} near the {beside}")
    for verb, did in VERBS
    for noun, thing in NOUNS
    for other, beside in NOUNS
    if noun != other
]


def test_words_that_come_together_are_translations() -> None:
    probabilities = learn([stems_of(pair) for pair in PAIRS])
    for arabic, english in (("باب", "door"), ("مجاع", "famin"), ("كنيس", "church"), ("سرق", "stole")):
        assert max(probabilities[arabic], key=probabilities[arabic].__getitem__) == english
        assert probabilities[arabic][english] > 0.9


def test_what_comes_with_every_word_is_no_translation() -> None:
    probabilities = learn([stems_of(pair) for pair in PAIRS])
    assert all("near" not in english for english in probabilities.values())


def test_nothing_is_learnt_from_nothing() -> None:
    assert learn([]) == {}
    assert learn([stems_of(("باب", "the"))]) == {}


def test_a_word_is_certain_where_its_english_hardly_ever_fails_to_come() -> None:
    right = [stems_of(pair) for pair in PAIRS]
    table = learn(right)
    assert {"باب", "مجاع"} <= set(certain(table, [right]))
    spoilt = [stems_of((ar, en.replace("famine", "car") if at % 7 == 0 else en)) for at, (ar, en) in enumerate(PAIRS)]
    assert "باب" in certain(table, [right, spoilt])
    assert "مجاع" not in certain(table, [right, spoilt])


def test_a_word_that_few_pairs_have_is_not_certain() -> None:
    table = learn([stems_of(pair) for pair in PAIRS])
    few = [stems_of(("باب", "door"))] * (lexicon.LEAST_PAIRS - 1)
    assert certain(table, [few]) == []


def with_stems(pairs: list[tuple[str, str]]) -> list[tuple[tuple[str, str], lexicon.Stems]]:
    return [(pair, stems_of(pair)) for pair in pairs]


def test_an_entry_is_told_by_two_words_where_the_second_is_half_as_likely() -> None:
    pairs = with_stems([("إقلاع", "take"), ("إقلاع", "takeoff"), ("إقلاع", "hour")])
    for share, told in ((0.3, "take, takeoff"), (0.2, "take")):
        table = {"اقلاع": {"hour": 0.1, "takeoff": share, "take": 0.5}}
        assert entries(table, ["اقلاع"], pairs)["اقلاع"].english == told


def test_an_entry_is_told_by_the_commonest_word_beside_the_arabic_one() -> None:
    table = learn([stems_of(pair) for pair in PAIRS])
    here = [("كنيسة", "churches and a church, churches")]
    found = entries(table, ["كنيس"], with_stems([*here, ("باب", "church"), ("باب", "church")]))
    assert found["كنيس"].english == "churches"
    assert "church" in found["كنيس"].stems


@pytest.mark.parametrize(("stem", "number"), [("خمسين", True), ("مليون", True), ("يناير", True), ("باب", False)])
def test_numbers_and_months_are_left_to_their_guard(stem: str, *, number: bool) -> None:
    assert is_number(stem) is number


def test_the_table_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in lexicon.LEARNT_FROM:
        write_pairs(tmp_path / f"{name}.tsv.xz", PAIRS if name == "news" else [])
    lexicon.main([str(tmp_path)])
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert ["باب", "door", "door"] in rows
    assert rows == sorted(rows)


def test_a_folder_without_the_data_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        lexicon.main([str(tmp_path)])
    assert "news.tsv.xz: there is no such file" in f"{stopped.value}{capsys.readouterr().err}"
