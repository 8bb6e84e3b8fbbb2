"""Documents become articles with what they state about themselves, and nothing else."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from digest.cleaning import bundled_rules, clean
from digest.errors import CleaningError
from digest.model import Article, Document

LEAD = "أعلنت وزارة الصحة، اليوم الأربعاء، تسجيل إصابات جديدة في ثلاث محافظات جنوبية."
MORE = "وقالت الوزارة إن المصابين نقلوا إلى المستشفى الجامعي وإن حالتهم مستقرة."
TITLE = "وزارة الصحة تسجل إصابات جديدة في الجنوب"


def one(*lines: str) -> Article:
    (article,) = clean(Document("page.txt", "\n\n".join(lines)), bundled_rules())
    return article


def test_metadata_of_the_real_articles(shared_seeds: Path, real_articles: list[Article]) -> None:
    expected = json.loads((shared_seeds / "articles.json").read_text(encoding="utf-8"))["articles"]
    for article, gold in zip(real_articles, expected, strict=True):
        text = (shared_seeds / gold["file"]).read_text(encoding="utf-8").split("\n")
        title = None if gold["title_line"] is None else text[gold["title_line"] - 1].strip()
        assert Path(article.origin).name == gold["file"]
        assert (None if article.title_made else article.title) == title
        assert (article.published.isoformat() if article.published else None) == gold["published"]
        assert article.outlet == gold["source"]


def test_every_sentence_stands_word_for_word_in_its_file(real_articles: list[Article]) -> None:
    for article in real_articles:
        text = " ".join(Path(article.origin).read_text(encoding="utf-8").split())
        for sentence in article.sentences:
            assert sentence.text in text


def test_the_sample_day(sample_articles: list[Article]) -> None:
    assert len(sample_articles) == 15
    assert sum(article.title_made for article in sample_articles) == 1
    assert sum(article.outlet is None for article in sample_articles) == 2
    assert {article.published for article in sample_articles} == {date(2023, 8, 23), date(2023, 8, 24), None}


def test_counts_add_up_to_the_lines_of_the_file(real_articles: list[Article]) -> None:
    files: dict[str, int] = {}
    for article in real_articles:
        files[article.origin] = files.get(article.origin, 0) + article.lines.kept + article.lines.dropped
    for origin, counted in files.items():
        assert counted == sum(bool(line.strip()) for line in Path(origin).read_text(encoding="utf-8").split("\n"))


def test_a_paragraph_torn_by_a_line_break_is_whole_again() -> None:
    torn = "ودعا وزير الدفاع الروسي البلدين إلى الالتزام بوقف إطلاق النار في المنطقة وذلك في مكالمة هاتفية مع نظيريه في البلدين"
    article = one(TITLE, LEAD, torn, "حسبما ذكرت وزارة الدفاع الروسية مساء أمس.", MORE)
    assert article.sentences[1].text == f"{torn} حسبما ذكرت وزارة الدفاع الروسية مساء أمس."


def test_a_text_without_title_is_named_by_its_first_sentence() -> None:
    article = one(f"{LEAD} {MORE}", MORE.replace("المستشفى", "المركز"))
    assert (article.title, article.title_made) == (LEAD, True)


@pytest.mark.parametrize(
    ("lines", "outlet"),
    [
        (["صحيفة المثال - وكالات"], "صحيفة المثال"),
        (["المصدر: صحيفة المثال + رويترز"], "صحيفة المثال"),
        (["المصدر: رويترز"], None),
        (["المصدر : وكالات"], None),
        (["صحيفة المثال – الصباحية", "المصدر: الجزيرة"], "صحيفة المثال"),
        ([], None),
    ],
)
def test_outlets(lines: list[str], outlet: str | None) -> None:
    head = [line for line in lines if "المصدر" not in line]
    tail = [line for line in lines if "المصدر" in line]
    assert one(TITLE, *head, LEAD, MORE, *tail).outlet == outlet


def test_the_author_is_who_the_byline_says() -> None:
    article = one(TITLE, "كتب: طه حسين", LEAD, MORE)
    assert (article.author, article.outlet) == ("طه حسين", None)


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        (["2020-10-09T13:50:00+03:00"], date(2020, 10, 9)),
        (["نشر في: 14 أكتوبر 2020"], date(2020, 10, 14)),
        (["آخر تحديث: 15 أكتوبر 2020", "نشر في: 14 أكتوبر 2020"], date(2020, 10, 14)),
        (["الأربعاء 14 تشرين الأول 2020 - 10:30"], date(2020, 10, 14)),
        ([], None),
    ],
)
def test_publication_dates(lines: list[str], published: date | None) -> None:
    assert one(TITLE, *lines, LEAD, MORE).published == published


def test_a_date_in_the_text_is_not_the_publication_date() -> None:
    assert one(TITLE, LEAD, "وكان الاتفاق قد وقع يوم 9 أكتوبر 2020 في العاصمة بحضور الطرفين.").published is None


@pytest.mark.parametrize(("posted", "published"), [("Wednesday, 14", date(2020, 10, 14)), ("Tuesday, 13", None)])
def test_an_embedded_post_dates_an_article_only_if_the_text_agrees(posted: str, published: date | None) -> None:
    assert one(TITLE, LEAD, f"Posted by a ministry on {posted} October 2020", MORE).published == published


def test_the_id_follows_the_words_alone() -> None:
    first, second = one(TITLE, LEAD, MORE), one("إعلان", f"{TITLE} ", LEAD, "25", MORE)
    assert first.id == second.id != one(TITLE, MORE, LEAD).id


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The ministry announced the results of the election on Wednesday evening.", "no Arabic text"),
        ("الرئيسية\nإعلان\nاقرأ أيضا:\nخبر عن شيء آخر تماما وبعيد\nالتعليقات\nجميع الحقوق محفوظة", "no article"),
    ],
)
def test_a_document_without_an_article_says_so(text: str, said: str) -> None:
    with pytest.raises(CleaningError, match=said):
        clean(Document("page.txt", text), bundled_rules())


def test_cleaning_a_cleaned_article_changes_nothing(
    real_articles: list[Article], sample_articles: list[Article]
) -> None:
    for article in [*real_articles, *sample_articles]:
        if article.title_made:
            continue
        again = one(article.title, *(paragraph.text for paragraph in article.paragraphs))
        assert (again.title, again.paragraphs, again.id) == (article.title, article.paragraphs, article.id)
