"""The figures of a package: computed over its real path, printed as a table, and honest about what is missing."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

import pytest

from digest.translating.engine import Engine
from digest.translating.packages import BUNDLED, read_package
from training.corpus import write_lines
from training.errors import TrainingError
from training.evaluate import DEV_SETS, main, peak_memory, read_set, score, table, translated

if TYPE_CHECKING:
    from pathlib import Path

ARABIC = [
    "قال رئيس الوزراء إن الحكومة لن ترفع أسعار الخبز هذا العام.",
    "أكد وزير الخارجية أهمية الحوار بين البلدين.",
    "ارتفع عدد قتلى الزلزال إلى 2300 شخص.",
    "وصلت السفينة إلى الميناء صباح الثلاثاء.",
    "أعلنت وزارة الصحة اليوم إصابة 27 شخصا.",
]
ENGLISH = [
    "The prime minister said the government would not raise bread prices this year.",
    "The foreign minister stressed the importance of dialogue between the two countries.",
    "The death toll of the earthquake rose to 2,300 people.",
    "The ship reached the port on Tuesday morning.",
    "The Ministry of Health announced today that 27 people were injured.",
]


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    for ar, en in DEV_SETS.values():
        (tmp_path / ar).parent.mkdir(parents=True, exist_ok=True)
        write_lines(tmp_path / ar, ARABIC)
        write_lines(tmp_path / en, ENGLISH)
    return tmp_path


@pytest.fixture
def _sacrebleu() -> None:
    pytest.importorskip("sacrebleu", reason="sacrebleu is not installed; run with --group training")


@pytest.mark.usefixtures("_sacrebleu")
def test_the_table_has_the_figures_of_the_bundled_package() -> None:
    engine = Engine(read_package(BUNDLED), threads=1)
    clock = count(start=10.0, step=2.0)
    one = score(translated("five", ARABIC, ENGLISH, engine.translate, lambda: next(clock)))
    assert one.sentences == 5
    assert one.seconds == 2.0
    assert 5 < one.bleu < 100
    assert one.bleu < one.chrf < 100
    lines = table([one]).splitlines()
    assert lines[0] == "| Set | Sentences | BLEU | chrF2 | Sentences a second |"
    assert lines[2] == f"| five | 5 | {one.bleu:.2f} | {one.chrf:.2f} | 2.5 |"
    assert lines[4].startswith("nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:")
    assert lines[5].startswith("nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:")


@pytest.mark.usefixtures("_sacrebleu")
def test_references_score_full_marks_and_other_sentences_few() -> None:
    right = score(translated("right", ARABIC, ENGLISH, lambda _: list(ENGLISH)))
    wrong = score(translated("wrong", ARABIC, ENGLISH, lambda _: [*ENGLISH[1:], ENGLISH[0]]))
    assert (right.bleu, right.chrf) == pytest.approx((100, 100))
    assert wrong.bleu < 15
    assert wrong.chrf < 50


@pytest.mark.usefixtures("_sacrebleu")
def test_the_program_prints_both_sets_speed_and_memory(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--shared", str(shared), "--threads", "1", "--sentences", "2"])
    printed = capsys.readouterr().out
    assert printed.startswith(f"{read_package(BUNDLED).info.id}, version ")
    assert "beam=4" in printed
    for name in DEV_SETS:
        assert re.search(rf"^\| {name} \| 2 \| [\d.]+ \| [\d.]+ \| [\d.]+ \|$", printed, re.MULTILINE)
    assert re.search(r"^peak memory \d+ MB$", printed, re.MULTILINE)


@pytest.mark.usefixtures("_sacrebleu")
def test_missing_dev_sets_are_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--shared", str(tmp_path)])
    assert "flores-dev.ar: there is no such file" in str(end.value.code)
    assert "\n" not in str(end.value.code)


def test_sides_of_different_lengths_are_refused(shared: Path) -> None:
    files = DEV_SETS["news dev"]
    assert read_set(shared, files) == (ARABIC, ENGLISH)
    write_lines(shared / files[1], ENGLISH[:-1])
    with pytest.raises(TrainingError, match="5 lines, but"):
        read_set(shared, files)


def test_memory_is_counted_in_megabytes() -> None:
    memory = peak_memory()
    assert memory is None or 10 < memory < 100_000
