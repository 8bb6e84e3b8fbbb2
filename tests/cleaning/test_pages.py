"""Whole pages: the text is found among menus, lists of headlines, readers' comments and terms of use."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from conftest import SHARED

from digest.cleaning import bundled_rules, find_furniture, judge
from digest.cleaning.core import find_core
from digest.model import Document, Label

if TYPE_CHECKING:
    from pathlib import Path

MENU = ["الرئيسية", "سياسة", "اقتصاد", "رياضة", "منوعات", "تقارير", "فيديو", "آراء", "من نحن", "أرشيف الأخبار"]
TITLE = "وزارة الصحة تسجل إصابات جديدة في المحافظات الجنوبية"
LEAD = "أعلنت وزارة الصحة، اليوم الأربعاء، تسجيل إصابات جديدة في ثلاث محافظات جنوبية بسبب تلوث المياه."
MORE = "وقالت الوزارة إن المصابين نقلوا إلى المستشفى الجامعي وإن حالتهم مستقرة، وإنها أخذت عينات من الآبار."
THIRD = "ودعت السكان إلى غلي المياه قبل شربها حتى انتهاء التحقيق في سبب التلوث الذي بدأ الأسبوع الماضي."
HEADLINES = [
    "البرلمان يناقش الموازنة الجديدة غدا",
    "المنتخب يفوز بهدفين في مباراة ودية",
    "ارتفاع أسعار الذهب في الأسواق العالمية",
    "افتتاح معرض الكتاب في العاصمة مساء اليوم",
    "حادث سير على الطريق الدولي يوقع جرحى",
    "الأرصاد تحذر من موجة حر نهاية الأسبوع",
]
TERMS = [
    "تملك إدارة الموقع الحق في حذف أي تعليق يخالف قواعد النشر المعلنة من دون إخطار صاحبه بذلك.",
    "يوافق المستخدم عند التسجيل على معالجة بياناته الشخصية وفق سياسة الخصوصية المنشورة في هذه الصفحة.",
    "لا يتحمل الموقع أي مسؤولية عن الأضرار التي تنتج عن استخدام الخدمات المقدمة من أطراف أخرى.",
]


def kept(*lines: str, title: str | None = None) -> list[str]:
    return [line.kept for line in judge("\n".join(lines), bundled_rules(), title) if line.kept]


def test_menus_and_lists_around_the_text_go() -> None:
    page = [*MENU, *HEADLINES, TITLE, "2020/12/25 - 1:59 صباحًا", LEAD, MORE, THIRD, *HEADLINES[::-1], *MENU]
    assert kept(*page) == [TITLE, LEAD, MORE, THIRD]


def test_terms_of_use_after_the_text_go_even_if_they_are_longer() -> None:
    page = [*MENU, TITLE, LEAD, MORE, *HEADLINES, *MENU, *MENU, *TERMS, *TERMS]
    assert kept(*page) == [TITLE, LEAD, MORE]


def test_headings_over_lists_in_the_menu_do_not_end_the_article() -> None:
    page = ["الأكثر قراءة", *HEADLINES, *MENU, TITLE, LEAD, MORE, "الأكثر قراءة", *HEADLINES]
    assert kept(*page) == [TITLE, LEAD, MORE]


def test_the_title_under_a_menu_is_the_headline_whose_words_come_again() -> None:
    page = [*MENU, *HEADLINES, TITLE, HEADLINES[2], LEAD, MORE, THIRD]
    titles = [line.text for line in judge("\n".join(page), bundled_rules()) if line.label is Label.TITLE]
    assert titles == [TITLE]


def test_a_line_that_has_nothing_to_do_with_the_text_is_not_its_title() -> None:
    page = ["أخبار عربية ودولية متنوعة كل ساعة", TITLE, LEAD, MORE]
    assert kept(*page) == [TITLE, LEAD, MORE]
    assert kept(HEADLINES[2], LEAD, MORE) == [HEADLINES[2], LEAD, MORE]


def test_a_known_title_is_found_in_the_text_and_no_other_line_taken_for_it() -> None:
    assert kept("خبر عاجل من المراسل", LEAD, MORE, title=TITLE) == [LEAD, MORE]
    assert kept(TITLE, LEAD, MORE, title=TITLE) == [TITLE, LEAD, MORE]


def test_lines_broken_at_a_fixed_width_are_all_kept() -> None:
    words = " ".join([LEAD, MORE, THIRD] * 4).split()
    lines = [" ".join(words[at : at + 10]) for at in range(0, len(words), 10)]
    assert kept(*lines) == lines


@pytest.mark.parametrize(
    ("weights", "core"),
    [
        ([], (0, 0)),
        ([-5.0, -1.0], (0, 0)),
        ([-5.0, 20.0, -5.0, 20.0, -3.0], (1, 4)),
        ([30.0, *[-10.0] * 9, 40.0], (0, 1)),
        ([5.0, *[-10.0] * 9, 40.0], (10, 11)),
    ],
)
def test_the_core_is_the_first_run_of_weight(weights: list[float], core: tuple[int, int]) -> None:
    assert find_core(weights) == core


def test_lines_of_many_different_documents_are_furniture_and_copies_are_not() -> None:
    motto = "كلمة حرة ورأي مسؤول كل صباح"
    different = [Document(str(number), f"{motto}\n{TERMS[number]}\n{HEADLINES[number]}") for number in range(3)]
    copies = [Document(f"copy {number}", f"{LEAD}\n{MORE}\n{THIRD}") for number in range(3)]
    (found,) = find_furniture([*different, *copies])
    (line, *_) = judge(f"{motto}\n{LEAD}\n{MORE}", bundled_rules(), None, frozenset({found}))
    assert (line.label, line.rule) == (Label.NAVIGATION, "seen-in-many-articles")


def test_labelled_pages_with_menus_and_footers() -> None:
    folder: Path = SHARED / "eval" / "clean" / "dev"
    if not folder.is_dir():
        pytest.skip("the labelled pages (../shared/eval/clean) are not at hand")
    right = wrong = 0
    with (folder / "gold.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row[3] != "optional"]
    for name in sorted({row[0] for row in rows}):
        text = (folder / "pages" / name).read_text(encoding="utf-8")
        verdicts = {line.number: bool(line.kept) for line in judge(text, bundled_rules())}
        gold = {int(row[1]): row[2] == "1" for row in rows if row[0] == name}
        right += sum(keep and verdicts[number] for number, keep in gold.items())
        wrong += sum(keep != verdicts[number] for number, keep in gold.items())
    assert 2 * right / (2 * right + wrong) >= 0.97
