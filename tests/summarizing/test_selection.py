"""Summaries are sentences of the articles, from several outlets, and say nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from digest.arabic.sentences import split_sentences
from digest.clustering.stories import ClusteringOptions, group
from digest.model import Article, LineCounts, Paragraph, Sentence, Story
from digest.summarizing import summarize_article, summarize_story
from digest.summarizing.centrality import MAX_SENTENCES, centrality

if TYPE_CHECKING:
    from collections.abc import Sequence

OPTIONS = ClusteringOptions(window=timedelta(days=7))


def article(text: str, title: str = "عنوان الخبر الأول", name: str = "one") -> Article:
    sentences = tuple(Sentence(sentence, index, 0) for index, sentence in enumerate(split_sentences(text)))
    return Article(name, name, title, False, name, None, None, (Paragraph(text),), sentences, LineCounts(1, 0))


def stories(articles: Sequence[Article]) -> list[Story]:
    return [story for story in group(articles, OPTIONS) if len(story.articles) > 1]


@pytest.mark.parametrize("count", [1, 3, 6])
def test_sentences_are_the_articles_own(sample_articles: list[Article], count: int) -> None:
    for story in group(sample_articles, OPTIONS):
        summary = summarize_story(story, count)
        own = {each.id: each for each in story.articles}
        assert 0 < len(summary.excerpts) <= count
        for excerpt in summary.excerpts:
            assert own[excerpt.article].sentences[excerpt.sentence.index] == excerpt.sentence


def test_a_story_of_several_articles_draws_on_several(
    sample_articles: list[Article], real_articles: list[Article]
) -> None:
    found = [*stories(sample_articles), *stories(real_articles)]
    assert len(found) == 6
    for story in found:
        assert len({excerpt.article for excerpt in summarize_story(story, 4).excerpts}) > 1


def test_one_fact_in_two_wordings_is_told_once() -> None:
    first = "رفع البنك المركزي سعر الفائدة من 17.5 إلى 25 في المئة في أكبر زيادة منذ سنوات."
    second = "فاجأ البنك المركزي المستثمرين برفع الفائدة من 17.5% إلى 25% في خطوة لم يتوقعها أحد."
    dollar = "وتراجع الدولار أمام العملة المحلية بعد القرار في التعاملات المسائية بالأسواق."
    rest = f"{dollar} وقال الوزير إن استقرار الأسعار أولوية للحكومة في المرحلة المقبلة كلها."
    story = Story("s", (article(f"{first} {rest}", name="one"), article(f"{second} {dollar}", name="two")))
    texts = [excerpt.sentence.text for excerpt in summarize_story(story, 4).excerpts]
    assert (first in texts) + (second in texts) == 1


def test_copies_are_told_once() -> None:
    text = (
        "أعلنت الوزارة نتائج التحقيق في حادث القطار الذي وقع قرب المحطة الجنوبية. "
        "وقال الوزير إن السائق لم يتوقف عند الإشارة الحمراء."
    )
    story = Story("s", (article(text, name="one"), article(text, name="two")))
    assert len(summarize_story(story, 4).excerpts) == 2


def test_the_sentence_that_serves_as_title_is_not_told_again(sample_articles: list[Article]) -> None:
    untitled = next(each for each in sample_articles if each.title_made)
    summary = summarize_story(Story("s", (untitled,)), 3)
    assert summary.headline == untitled.sentences[0].text
    assert all(excerpt.sentence.index > 0 for excerpt in summary.excerpts)
    assert len(summary.excerpts) == 3


def test_the_headline_is_a_real_title_where_there_is_one(sample_articles: list[Article]) -> None:
    for story in group(sample_articles, OPTIONS):
        titles = [each.title for each in story.articles if not each.title_made]
        assert not titles or summarize_story(story, 2).headline in titles


def test_sentences_that_break_off_are_not_chosen(sample_articles: list[Article]) -> None:
    broken = {sentence for each in sample_articles for sentence in each.sentences if not sentence.whole}
    assert broken
    for each in sample_articles:
        assert not broken & {excerpt.sentence for excerpt in summarize_article(each, 50)}


def test_an_article_is_summarised_in_the_order_of_its_text(sample_articles: list[Article]) -> None:
    for each in sample_articles:
        places = [excerpt.sentence.index for excerpt in summarize_article(each, 5)]
        assert places == sorted(places)


@pytest.mark.parametrize(
    "text", ["جملة واحدة فقط.", "جملة أولى هنا. جملة ثانية هناك.", "من إلى في. على عن مع. في من إلى.", "12. 13. 14 15."]
)
def test_very_little_text(text: str) -> None:
    assert summarize_article(article(text), 3)


def test_centrality_is_scaled_and_guarded() -> None:
    assert centrality([]) == []
    assert centrality(["جملة", "جملة"]) == [0.0, 0.0]
    ranks = centrality([f"خبر رقم {number} عن حريق الغابة الكبير" for number in range(MAX_SENTENCES + 5)])
    assert max(ranks) == 1.0
    assert ranks[MAX_SENTENCES:] == [0.0] * 5


def test_summaries_do_not_depend_on_ids(sample_articles: list[Article]) -> None:
    renamed = replace(sample_articles[0], id="other")
    texts = [[excerpt.sentence for excerpt in summarize_article(each, 3)] for each in (sample_articles[0], renamed)]
    assert texts[0] == texts[1]
