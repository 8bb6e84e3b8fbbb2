"""An article's summary is its lead, a little told apart, and stands by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from digest.model import Article, LineCounts, Paragraph, Sentence
from digest.summarizing import summarize_article, summarize_to_length
from digest.summarizing.hanging import hangs

if TYPE_CHECKING:
    from collections.abc import Sequence

LONG = "أعلنت وزارة الصحة صباح اليوم تسجيل إصابات جديدة بالمرض في ثلاث محافظات جنوبية من البلاد"
OTHER = "وافتتح رئيس البلدية سوقا جديدة للخضار في وسط المدينة بحضور عدد كبير من السكان والتجار"


def article(sentences: Sequence[str], paragraphs: Sequence[int] | None = None, title: str = "عنوان") -> Article:
    places = paragraphs or [0] * len(sentences)
    return Article(
        "a", "a", title, False, None, None, None, (Paragraph(" ".join(sentences)),),
        tuple(Sentence(text, at, place) for at, (text, place) in enumerate(zip(sentences, places, strict=True))),
        LineCounts(1, 0),
    )  # fmt: skip


def chosen(article: Article, count: int) -> list[int]:
    return [excerpt.sentence.index for excerpt in summarize_article(article, count)]


def test_the_first_sentences_are_the_summary() -> None:
    assert chosen(article([f"{LONG} {at}." for at in range(6)]), 4) == [0, 1, 2, 3]


def test_fragments_go_back_and_paragraphs_go_forward() -> None:
    texts = [f"{LONG} {at}." for at in range(9)]
    texts[1] = "كلام قصير جدا."
    assert 1 not in chosen(article(texts), 2)
    assert chosen(article([f"{LONG} {at}." for at in range(9)], [0, 0, 0, 1, 1, 1, 2, 2, 2]), 4) == [0, 1, 2, 3]
    assert chosen(article([f"{LONG} {at}." for at in range(9)], [0, 0, 0, 0, 1, 1, 2, 2, 2]), 4) == [0, 1, 2, 4]


def test_of_few_sentences_one_is_about_the_title() -> None:
    texts = [f"{LONG}.", f"{LONG} أيضا.", f"{LONG} كذلك.", f"{OTHER}."]
    assert chosen(article(texts, title="رئيس البلدية افتتح سوقا جديدة للخضار"), 2) == [0, 3]


def test_what_hangs_is_told_with_what_it_hangs_on() -> None:
    texts = [f"{LONG}.", f"{OTHER}.", "وأضاف أن السوق تضم مئة متجر وأن العمل فيها يبدأ الأسبوع المقبل."]
    titled = article(texts, title="مئة متجر في السوق والعمل فيها يبدأ الأسبوع المقبل")
    assert 2 not in chosen(titled, 1)
    assert chosen(titled, 3) == [0, 1, 2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وأضاف أن الحكومة ستجتمع غدا", True),
        ("وأضاف: سنجتمع غدا", True),
        ('وقال "سنجتمع غدا"', True),
        ("وقال في مؤتمر صحفي إنه راض", True),
        ("وهو أول لقاء بينهما", True),
        ("هذا القرار جاء متأخرا", True),
        ("وأضاف الوزير أن الحكومة ستجتمع غدا", False),
        ("وقالت وزارة الصحة إن الحالات مستقرة", False),
        ("ووفقا لها، أجلي 469 شخصا من المنطقة", True),
        ("وبحسبه فإن اللقاء تأجل", True),
        ("على حد قولها لا يزال الطريق مغلقا", True),
        ("ووفقا للوزارة أجلي 469 شخصا", False),
        ("وحسب الوزارة أجلي 469 شخصا", False),
        ("ويذكر أن اللقاء تأجل مرتين", False),
    ],
)  # fmt: skip
def test_hanging(text: str, expected: bool) -> None:
    assert hangs(Sentence(text, 3, 0)) is expected
    assert not hangs(Sentence(text, 0, 0))


def test_a_length_is_reached_and_not_far_passed() -> None:
    whole = article([f"{LONG} {at}." for at in range(12)])
    length = len(f"{LONG} 1.".split())
    for words in (1, length, length + 1, 5 * length - 1, 5 * length):
        taken = sum(len(excerpt.sentence.text.split()) for excerpt in summarize_to_length(whole, words))
        assert max(length, words - length / 2) <= taken < words + length


def test_the_sentence_that_serves_as_title_is_told_only_where_no_title_is() -> None:
    made = replace(article([f"{LONG}.", f"{OTHER}."], title=f"{LONG}."), title_made=True)
    assert chosen(made, 2) == [1]
    assert [excerpt.sentence.index for excerpt in summarize_to_length(made, 1000)] == [0, 1]
