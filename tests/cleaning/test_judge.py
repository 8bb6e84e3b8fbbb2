"""Lines are judged by phrase and by structure."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.cleaning import bundled_rules, judge
from digest.model import KEPT_LABELS, Label

if TYPE_CHECKING:
    from pathlib import Path

    from digest.model import JudgedLine

LEAD = "أعلنت وزارة الصحة، اليوم الأربعاء، تسجيل إصابات جديدة في ثلاث محافظات جنوبية."
MORE = "وقالت الوزارة إن المصابين نقلوا إلى المستشفى الجامعي وإن حالتهم مستقرة."
THIRD = "ودعت السكان إلى غلي المياه قبل شربها حتى انتهاء التحقيق في سبب التلوث."
TITLE = "وزارة الصحة تسجل إصابات جديدة في الجنوب"


def judged(*lines: str) -> tuple[JudgedLine, ...]:
    return judge("\n\n".join(lines), bundled_rules())


def labels(*lines: str) -> list[str]:
    return [str(line.label) for line in judged(*lines)]


def test_every_line_of_the_real_articles_is_judged_right(shared_seeds: Path) -> None:
    wrong, total = [], 0
    lines: dict[str, dict[int, JudgedLine]] = {}
    with (shared_seeds / "labels.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            name = row["file"]
            if name not in lines:
                text = (shared_seeds / name).read_text(encoding="utf-8")
                lines[name] = {line.number: line for line in judge(text, bundled_rules())}
            line = lines[name].pop(int(row["line"]))
            total += 1
            if (str(line.label), line.article) != (row["label"], int(row["article"])):
                wrong.append((name, line, row["label"]))
    assert total == 181
    assert wrong == []
    assert not any(lines.values()), "lines judged that are not labelled"


def test_the_subhead_glued_to_headlines_is_cut_off() -> None:
    glued = "روسيا تعلن إجلاء مدنيين بسبب القصف.. مصرع 7 مدنيين وإصابة 35 آخرين رد الفعل الأوروبي"
    line = judged(TITLE, LEAD, glued, MORE)[2]
    assert (line.label, line.kept) == (Label.RELATED_SUBHEAD, "رد الفعل الأوروبي")


def test_glued_headlines_without_a_subhead_go_whole() -> None:
    glued = "روسيا تعلن إجلاء مدنيين بسبب القصف.. مصرع 7 مدنيين وإصابة 35 آخرين في العاصمة أمس"
    line = judged(TITLE, LEAD, glued, MORE)[2]
    assert (line.label, line.kept) == (Label.RELATED, "")


def test_a_link_inside_the_article_does_not_end_it() -> None:
    assert labels(TITLE, LEAD, "اقرأ أيضا:", "خبر آخر عن شيء آخر تماما", MORE, THIRD) == [
        "title", "paragraph", "related", "related", "paragraph", "paragraph",
    ]  # fmt: skip


def test_a_second_article_begins_after_the_first_has_ended() -> None:
    lines = judged(TITLE, LEAD, "المصدر: وكالات", "إقرأ أيضاً:", "خبر آخر عن شيء آخر تماما", MORE, THIRD)
    assert [(line.article, str(line.label)) for line in lines] == [
        (1, "title"), (1, "paragraph"), (1, "source"), (0, "related"), (2, "title"), (2, "paragraph"), (2, "paragraph"),
    ]  # fmt: skip


def test_headlines_under_a_closing_heading_are_related_even_with_full_stops() -> None:
    assert labels(TITLE, LEAD, "مقالات مشابهة", "خبر آخر", LEAD.replace("الصحة", "المالية"))[2:] == ["related"] * 3


def test_a_repeated_title_and_lead_are_there_once() -> None:
    assert labels(TITLE, LEAD, TITLE, "(أ ب)", LEAD, MORE) == [
        "title", "duplicate", "duplicate", "credit", "paragraph", "paragraph",
    ]  # fmt: skip


@pytest.mark.parametrize("title", ["لماذا ارتفعت الأسعار هذا العام؟", "عاجل.. الوزارة تعلن النتائج!", TITLE])
def test_titles(title: str) -> None:
    assert labels(title, "صورة من أمام المبنى", LEAD, MORE)[:3] == ["title", "caption", "paragraph"]


def test_a_text_may_begin_with_its_first_paragraph() -> None:
    assert labels(LEAD, "رد الحكومة", MORE) == ["paragraph", "subhead", "paragraph"]


def test_a_section_name_before_the_title_is_navigation() -> None:
    assert labels("محليات", TITLE, LEAD) == ["navigation", "title", "paragraph"]


@pytest.mark.parametrize(
    "line",
    ["Düşmənin daha bir PUA-sı məhv edilib", "東京電力は午後から放出を始めました", "Реестр пассажиров опубликован"],
)
def test_lines_in_other_scripts_are_embeds(line: str) -> None:
    assert labels(TITLE, LEAD, line, MORE) == ["title", "paragraph", "embed", "paragraph"]


def test_a_short_line_after_the_text_is_no_subhead() -> None:
    assert labels(TITLE, LEAD, MORE, "خبر عن موضوع آخر") == ["title", "paragraph", "paragraph", "related"]


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                TITLE,
                LEAD,
                MORE,
                THIRD,
                "إعلان",
                "اقرأ أيضا:",
                "مقالات مشابهة",
                "المصدر: وكالات",
                "25",
                "رد الفعل",
                "",
                "   ",
                "(أ ب)",
                "x" * 40,
            ]
        ),
        st.text(st.sampled_from('ابجد وز 12.،؛:؟!…«»"()•-–|/'), max_size=80),
    ),
    max_size=25,
)


@given(LINES)
def test_no_line_is_lost_or_made(lines: list[str]) -> None:
    text = "\n".join(lines)
    verdicts = judge(text, bundled_rules())
    assert [line.number for line in verdicts] == [number for number, line in enumerate(lines, 1) if line.strip()]
    for line in verdicts:
        assert bool(line.kept) == (line.label in KEPT_LABELS)
        assert line.kept in line.text
        assert line.rule
