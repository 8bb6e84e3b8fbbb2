"""Preparing the data: what is cleaned, what is left out and why, and that no dev sentence is ever trained on."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.corpus import read_corpus, read_lines, read_pairs, write_lines
from training.errors import TrainingError
from training.filters import english_key, normalise, refusal
from training.named_lines import line_name
from training.prepare import Collector, HeldOut, main, make_synthetic, prepare, report_table
from training.recipe import Mono, Recipe, Source, read_recipe

if TYPE_CHECKING:
    from pathlib import Path

FILTERS = read_recipe().filters
PAIR = ("أعلنت الوزارة النتائج.", "The ministry announced the results.")
OTHERS = [
    ("زار الرئيس المدينة.", "The president visited the city."),
    ("غادر الوفد العاصمة.", "The delegation left the capital."),
    ("وقع الوزير الاتفاق.", "The minister signed the agreement."),
]
NO_PAIRS = HeldOut([])


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    folder.mkdir()
    dev_ar, dev_en = zip(PAIR, ("خرج الناس.", "The people went out."), strict=True)
    write_lines(folder / "dev.ar", dev_ar)
    write_lines(folder / "dev.en", dev_en)
    write_lines(folder / "countries.tsv.xz", ["فرنسا\tFrance\tcommon"])
    write_lines(folder / "mono.ar.xz", ["نص عربي.", "خرج الناسُ!", " نص  آخر. "])
    write_lines(
        folder / "news.tsv.xz",
        [
            "\t".join(OTHERS[0]),
            "أعلنَت الوزارة، النتائج\tIt announced them.",  # the dev sentence but for marks and a comma
            "ذهبوا جميعا إلى بيوتهم.\tThe PEOPLE went out",  # the English of one
            "\t".join(OTHERS[1]),
        ],
    )
    write_lines(folder / "more.tsv", ["\t".join(OTHERS[1]), "\t".join(OTHERS[2]), "\tEmpty.", "مدريد\tmadrid-la villa"])
    return folder


@pytest.fixture
def recipe() -> Recipe:
    return replace(
        read_recipe(),
        dev={"news": ("dev.ar", "dev.en")},
        sources={"news": Source("news.tsv.xz", 4), "more": Source("more.tsv", 0.5, capitalise=True)},
        synthetic=None,
        mono=Mono("mono.ar.xz", 2),
    )


def test_text_is_cleaned_and_stays_one_line() -> None:
    assert normalise(" قا\u200fل\u00a0\u2028 الرئيـــس\x07\tأمس \n") == "قال الرئيس أمس"
    assert normalise('"""He said"" ') == '"He said"'
    assert normalise("cafe\u0301") == "café"


@given(st.text())
def test_cleaned_text_is_clean(text: str) -> None:
    clean = normalise(text)
    assert normalise(clean) == clean
    assert len(clean.split("\n")) == 1
    assert "\t" not in clean


@pytest.mark.parametrize(
    ("ar", "en", "reason"),
    [
        (*PAIR, None),
        ("", "Nothing.", "empty"),
        ("2024", "2024", "empty"),
        ("حسنا", "...", "empty"),
        ("قال Windows", "قال windows.", "copy"),
        ("Windows Server 2019 نسخة", "Version Windows Server 2019", "script"),
        (PAIR[0], "The ministry أعلنت النتائج.", "script"),
        ("كلمة " * 121, "word " * 121, "long"),
        ("نعم، هذا صحيح", "Yes, this is right, and there is much more to be said about it.", "ratio"),
        ("لا", "No, not at all", None),  # short texts may differ
    ],
)
def test_a_pair_is_left_out_for_a_reason(ar: str, en: str, reason: str | None) -> None:
    assert refusal(ar, en, FILTERS) == reason


def test_english_keys_are_equal_for_what_says_the_same() -> None:
    assert english_key("The “Café” – 3.5 million!") == english_key("the cafe 3.5 MILLION")
    assert english_key("He left.") != english_key("She left.")


def test_a_dev_sentence_is_held_out_by_either_side() -> None:
    held_out = HeldOut([PAIR])
    assert ("اعلنت الوزاره النتائج", "Other words.") in held_out
    assert ("كلمات أخرى", "the ministry announced the results") in held_out
    assert OTHERS[0] not in held_out
    assert ("؟", "!") not in HeldOut([("...", "...")])


def test_duplicates_are_found_across_sources() -> None:
    collector = Collector(FILTERS, NO_PAIRS, seed=1)
    first, _ = collector.collect([PAIR, OTHERS[0], PAIR], Source("a", 1))
    second, counts = collector.collect(
        [("اعلنت الوزارة النتائج", "the ministry announced the results"), OTHERS[1]], Source("b", 1)
    )
    assert first == [PAIR, OTHERS[0]]
    assert second == [OTHERS[1]]
    assert counts == {"duplicate": 1}


def test_another_translation_of_a_sentence_is_kept() -> None:
    pairs = [PAIR, (PAIR[0], "The ministry has published its findings.")]
    assert Collector(FILTERS, NO_PAIRS, seed=1).collect(pairs, Source("a", 1))[0] == pairs


def test_a_limit_draws_the_same_pairs_each_time() -> None:
    rows = [(f"الجملة {i} من النص", f"Sentence {i} of the text") for i in range(50)]
    drawn = [Collector(FILTERS, NO_PAIRS, seed=3).collect(rows, Source("a", 1, limit=5)) for _ in range(2)]
    assert drawn[0] == drawn[1]
    pairs, counts = drawn[0]
    assert len(pairs) == 5
    assert pairs == sorted(pairs, key=rows.index)
    assert counts == {"limit": 45}
    assert Collector(FILTERS, NO_PAIRS, seed=4).collect(rows, Source("a", 1, limit=5))[0] != pairs


def test_the_folder_has_all_that_training_needs_and_no_dev_sentence(
    shared: Path, recipe: Recipe, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    report = prepare(recipe, shared, folder)
    corpus = read_corpus(folder)
    assert corpus.sources["news"] == [OTHERS[0], OTHERS[1]]
    assert corpus.sources["more"] == [
        (OTHERS[2][0], "The Minister Signed The Agreement."),
        ("مدريد", "Madrid-La Villa"),
    ]
    assert corpus.dev[0] == PAIR
    assert corpus.weights == {"news": 4, "more": 0.5}
    # Two of the three lines were drawn, and the dev sentence among the three may not stay.
    mono = read_lines(folder / "mono.ar.xz")
    assert mono
    assert set(mono) <= {"نص عربي.", "نص آخر."}
    assert report["news"] == {"kept": 2, "dev": 2}
    assert report["more"] == {"kept": 2, "duplicate": 1, "empty": 1}
    assert (folder / "report.tsv").read_text(encoding="utf-8") == report_table(report)
    assert "news\t2\t0\t0\t0\t0\t0\t0\t2\t0\t0\n" in report_table(report)


def test_the_same_files_give_the_same_folder(shared: Path, recipe: Recipe, tmp_path: Path) -> None:
    for name in ("one", "two"):
        prepare(recipe, shared, tmp_path / name)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_english_may_name_its_arabic_line(shared: Path, recipe: Recipe, tmp_path: Path) -> None:
    english = [f"{line_name('نص  آخر.')}\tAnother text.", f"{line_name('لا أحد')}\tNobody."]
    write_lines(shared / "english.tsv", english)
    sources = {"named": Source("english.tsv", 1, arabic="mono.ar.xz")}
    report = prepare(replace(recipe, sources=sources), shared, tmp_path / "data")
    assert report["named"] == {"kept": 1, "nameless": 1}
    assert read_pairs(tmp_path / "data" / "named.tsv.xz") == [("نص آخر.", "Another text.")]


def test_further_sentences_can_be_kept_out(shared: Path, recipe: Recipe, tmp_path: Path) -> None:
    held_out = tmp_path / "test.tsv"
    write_lines(held_out, [f"{OTHERS[0][0]}\tanything", "the delegation LEFT the capital"])
    report = prepare(recipe, shared, tmp_path / "data", [held_out])
    assert report["news"] == {"kept": 0, "dev": 4}


def test_synthetic_pairs_are_new_and_not_held_out() -> None:
    pairs = [(f"قتل {i} شخصا في المدينة", f"{i} people killed in the city") for i in range(30, 60)]
    made = make_synthetic(pairs, {}, 10, NO_PAIRS, seed=1)
    assert len(made) == 10
    assert made == make_synthetic(pairs, {}, 10, NO_PAIRS, seed=1)
    # Only these can be made, and all of them are held out.
    every = HeldOut((f"قتل {i} شخصا في المدينة", "") for i in range(100))
    assert make_synthetic(pairs, {}, 10, every, seed=1) == []


def test_dev_files_of_different_lengths_are_refused(shared: Path, recipe: Recipe, tmp_path: Path) -> None:
    write_lines(shared / "dev.en", ["One line."])
    with pytest.raises(TrainingError, match=r"dev\.ar: 2 lines, but dev\.en has 1"):
        prepare(recipe, shared, tmp_path / "data")


def test_a_line_without_tab_is_told(tmp_path: Path) -> None:
    write_lines(tmp_path / "pairs.tsv", ["\t".join(PAIR), "no tab"])
    with pytest.raises(TrainingError, match="line 2 has no tab"):
        read_pairs(tmp_path / "pairs.tsv")


def test_a_folder_that_was_not_prepared_is_told(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"has no weights\.json"):
        read_corpus(tmp_path)
    (tmp_path / "weights.json").write_text(json.dumps({"news": 1}), encoding="utf-8")
    with pytest.raises(TrainingError, match=r"news\.tsv\.xz: there is no such file"):
        read_corpus(tmp_path)


def test_the_program_tells_in_one_line_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as end:
        main([str(tmp_path), str(tmp_path / "data")])
    assert "there is no such file" in str(end.value.code)
    assert "\n" not in str(end.value.code)
