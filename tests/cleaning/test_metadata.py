"""What pages state about their articles."""

from __future__ import annotations

from datetime import date

import pytest

from digest.cleaning import bundled_rules, clean
from digest.cleaning.metadata import find_dateline, strip_outlet
from digest.model import Article, Document, Hints

LEAD = "أعلنت وزارة الصحة، اليوم الأربعاء، تسجيل إصابات جديدة في ثلاث محافظات جنوبية."
MORE = "وقالت الوزارة إن المصابين نقلوا إلى المستشفى الجامعي وإن حالتهم مستقرة."


def one(text: str, hints: Hints | None = None, record: str | None = None) -> Article:
    return clean(Document("page", text, hints or Hints(), record), bundled_rules())[0]


@pytest.mark.parametrize(
    ("title", "outlet", "stripped"),
    [
        ("الوزارة تسجل إصابات | الجزيرة نت", None, "الوزارة تسجل إصابات"),
        ("الوزارة تسجل إصابات - صحيفة المثال", "صحيفة المثال", "الوزارة تسجل إصابات"),
        ("صحيفة المثال | الوزارة تسجل إصابات", "صحيفة المثال", "الوزارة تسجل إصابات"),
        ("باريس - مدريد 2-1", "صحيفة المثال", "باريس - مدريد 2-1"),
        ("الوزارة تسجل إصابات", "صحيفة المثال", "الوزارة تسجل إصابات"),
    ],
)
def test_only_the_outlet_is_taken_off_a_page_s_title(title: str, outlet: str | None, stripped: str) -> None:
    assert strip_outlet(title, outlet) == stripped


@pytest.mark.parametrize(
    ("title", "stripped"),
    [
        ("عام / الوزارة تسجل إصابات", "الوزارة تسجل إصابات"),
        ("إقتصادي /الوزارة تسجل إصابات", "الوزارة تسجل إصابات"),
        ("عام الحزن: الوزارة تسجل إصابات", "عام الحزن: الوزارة تسجل إصابات"),
        ("الوزارة / عام", "الوزارة / عام"),
        ("عام /", "عام /"),
    ],
)
def test_an_agency_s_desk_is_taken_off_a_headline_wherever_that_is_from(title: str, stripped: str) -> None:
    assert one(f"{title}\n\n{LEAD}\n\n{MORE}").title == stripped
    assert one(f"{LEAD}\n\n{MORE}", Hints(title=title)).title == stripped


@pytest.mark.parametrize(
    ("start", "place", "agency"),
    [
        ("دبي، الإمارات العربية المتحدة (CNN)-- قال وزير", "دبي، الإمارات العربية المتحدة", "CNN"),
        ("لندن (رويترز) - قال وزير", "لندن", "رويترز"),
        ("القاهرة - رويترز: قال وزير", "القاهرة", "رويترز"),
        ("قال الوزير (في مؤتمر) - إن الخطة جاهزة", None, None),
        ("أعلنت الوزارة الخطة.", None, None),
    ],
)
def test_place_lines(start: str, place: str | None, agency: str | None) -> None:
    assert find_dateline(start) == (place, agency)


def test_what_the_container_states_comes_first() -> None:
    hints = Hints("عنوان الصفحة | الجزيرة", "الجزيرة", "طه حسين", date(2020, 1, 2), "https://example.org/1", ("صحة",))
    article = one(f"{LEAD}\n{MORE}\nالمصدر: صحيفة المثال\nكلمات دلالية: مياه، صحة", hints)
    assert (article.title, article.title_made, article.outlet) == ("عنوان الصفحة", False, "الجزيرة")
    assert (article.author, article.published, article.url) == ("طه حسين", date(2020, 1, 2), "https://example.org/1")
    assert article.keywords == ("صحة",)


def test_keywords_agencies_and_place_of_the_text() -> None:
    text = f"عنوان الخبر في سطر\nصحيفة المثال - رويترز\nلندن (أ ب) - {LEAD}\n{MORE}\nكلمات دلالية: مياه، صحة، الجنوب"
    article = one(text)
    assert article.keywords == ("مياه", "صحة", "الجنوب")
    assert article.agencies == ("رويترز", "أ ب")
    assert article.place == "لندن"
    assert article.outlet == "صحيفة المثال"


def test_hijri_dates_are_converted() -> None:
    assert one(f"عنوان الخبر في سطر\nبيروت 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م واس\n{LEAD}").published == date(
        2015, 8, 10
    )
    assert one(f"عنوان الخبر في سطر\nالأربعاء 11 شوال 1441 هـ\n{LEAD}").published == date(2020, 6, 3)


def test_a_record_keeps_its_own_id() -> None:
    assert one(f"{LEAD}\n{MORE}", record="a-17").id == "a-17"
