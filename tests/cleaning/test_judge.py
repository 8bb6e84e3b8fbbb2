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


LINKS = ["بلدية العاصمة تؤجل تعديل أسعار المواقف إلى الربيع", "فريق المدينة يتعاقد مع حارس جديد حتى الصيف"]
PAGE = [TITLE, LEAD, MORE, THIRD]
FOURTH = "وأشار مدير المختبر المركزي إلى أن نتائج الفحوص تصدر خلال يومين على أبعد تقدير."
FIFTH = "وكانت المنطقة نفسها قد شهدت حادثا مماثلا قبل ثلاث سنوات من دون أن يعرف سببه."


@pytest.mark.parametrize("heading", ["أخبار ذات صلة", "قد يهمك أيضا", "الأكثر قراءة", "مقالات مشابهة", "نرشح لك"])
def test_a_box_of_links_in_the_middle_does_not_end_the_article(heading: str) -> None:
    got = labels(*PAGE, heading, *LINKS, "إجراءات عاجلة", FOURTH, FIFTH)
    assert got == ["title", *["paragraph"] * 3, *["related"] * 3, "subhead", "paragraph", "paragraph"]


def test_questions_among_links_are_headlines() -> None:
    links = ["لماذا تتأخر الحافلات كل صباح في هذه المدينة؟", "هل تتغير مواعيد الدراسة في الشتاء حقا؟"]
    assert labels(*PAGE, "قصص مقترحة", *links, FOURTH, FIFTH)[4:] == [*["related"] * 3, "paragraph", "paragraph"]


def test_headlines_with_their_leads_behind_the_article_are_related() -> None:
    lead = "قالت البلدية في بيان لها إن الأسعار تبقى على حالها حتى نهاية الشتاء."
    got = labels(*PAGE, "أخبار ذات صلة", LINKS[0], lead, LINKS[1], lead.replace("البلدية", "الإدارة"))
    assert got[4:] == ["related"] * 5


def test_a_quotation_is_announced_by_a_colon() -> None:
    lines = judged(*PAGE, "إقرأ المزيد", LINKS[0], "وقال:", FOURTH, FIFTH)
    assert [line.text for line in lines if line.kept] == [*PAGE, "وقال:", FOURTH, FIFTH]


def test_rows_of_short_lines_are_no_subheads() -> None:
    assert labels(TITLE, LEAD, "الصحة", "المياه", "المحافظات الجنوبية", MORE, THIRD)[2:5] == ["navigation"] * 3
    assert labels(TITLE, LEAD, "الصحة", "المياه", MORE, THIRD)[2:4] == ["subhead"] * 2


@pytest.mark.parametrize(
    "items",
    [
        ["غلي المياه", "غسل الخضر جيدا", "زيارة الطبيب"],
        ["- الماء", "- الخبز", "- الدواء"],
        ["الماء 3", "الخبز 4", "الملح 2"],
    ],
)
def test_a_list_of_the_article_stays(items: list[str]) -> None:
    opener = "وطلبت الوزارة من السكان في الجنوب ما يأتي:" if items[0][0] == "غ" else FOURTH
    lines = judged(*PAGE, opener, *items, FIFTH)
    assert [line.text for line in lines if line.kept] == [*PAGE, opener, *items, FIFTH]


def test_a_standfirst_above_dates_and_buttons_stays() -> None:
    standfirst = "وزارة الصحة تسجل إصابات جديدة في محافظات الجنوب وتدعو السكان إلى غلي المياه."
    poll = "شارك القراء أمس في استطلاع عن أفضل لاعب هذا الموسم بآلاف الأصوات."
    menu = ["الرئيسية", "سياسة", "اقتصاد", "رياضة", "ثقافة", "صحة", "منوعات", "رأي", "فيديو", "صور", "بودكاست"]
    shares = ["نشر في: 14 أكتوبر 2020", *["حفظ", "فيسبوك", "تويتر", "واتساب", "نسخ الرابط", "طباعة"] * 4]
    lines = judged(*menu * 4, poll, *menu * 4, TITLE, standfirst, *shares, LEAD, MORE, THIRD, FOURTH, FIFTH)
    assert [line.text for line in lines if line.kept] == [TITLE, standfirst, LEAD, MORE, THIRD, FOURTH, FIFTH]


def test_short_sentences_end_an_article() -> None:
    assert labels(*PAGE, "من المسؤول؟", "لا أحد يعرف.", "إعلان", "لا أحد هنا.")[4:6] == ["paragraph", "paragraph"]
    assert labels(*PAGE, "...")[4:] != ["paragraph"]


def test_words_for_a_picture_and_its_agency_on_lines_of_their_own() -> None:
    got = labels(TITLE, LEAD, "صدر الصورة،", "EPA", "التعليق على الصورة،", "طبيبة في المستشفى الجامعي", MORE, THIRD)
    assert got[2:6] == ["credit", "credit", "credit", "caption"]


def test_the_number_of_comments_above_the_text_does_not_end_it() -> None:
    lines = judged(
        TITLE, "9 تعليقات", *PAGE[1:], FOURTH, FIFTH, "9 تعليقات", "زائر", "كلام صحيح وأشكر الكاتب على هذه المقالة."
    )
    assert [line.text for line in lines if line.kept] == [*PAGE, FOURTH, FIFTH]


def test_headlines_with_the_dates_of_other_articles_are_related() -> None:
    dated = [LINKS[0], "11 يونيو, 09:20 GMT", LINKS[1], "3 مايو, 16:08 GMT"]
    assert labels(*PAGE, *dated, FOURTH, FIFTH)[4:8] == ["related", "date"] * 2
    assert labels(*PAGE, LINKS[0], "11 يونيو, 09:20 GMT", "إجراءات عاجلة", FOURTH, FIFTH)[6] == "subhead"


def test_points_of_the_article_are_no_links() -> None:
    points = [
        "• غلي المياه قبل شربها أو طبخ الطعام بها.",
        "• عرض اسم المصنع ورقم الرخصة على القوارير",
        "• زيارة الطبيب عند أول أعراض المرض.",
    ]
    assert labels(*PAGE, *points, FIFTH)[4:7] != ["related"] * 3
    assert [line.text for line in judged(*PAGE, *points, FIFTH) if line.kept] == [*PAGE, *points, FIFTH]
    assert labels(*PAGE, *(f"• {link}" for link in LINKS), FIFTH)[4:6] == ["related"] * 2


def test_paragraphs_without_full_stops_and_subheads_between_them() -> None:
    menu = ["الرئيسية", "سياسة", "اقتصاد", "رياضة", "ثقافة", "صحة", "منوعات", "رأي"] * 5
    long = [
        f"{one.rstrip('.')} وفق ما جاء في بيان صدر عن ديوان المحافظة مساء أمس واطلع عليه مراسلنا في الجنوب"
        for one in (LEAD, MORE, THIRD, FOURTH, FIFTH)
    ]
    text = [*long[:2], "تحريات المباحث", long[2], "غضب الأهالي", *long[3:]]
    lines = judged(*menu, TITLE, "الأربعاء 14 أكتوبر 2020", *text, *menu)
    assert [line.text for line in lines if line.kept] == [TITLE, *text]


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
