"""Articles on one event meet, whatever their order; others stay apart."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from digest.clustering import ClusteringOptions, group

if TYPE_CHECKING:
    from pathlib import Path

    from digest.model import Article

OPTIONS = ClusteringOptions()


def test_the_stories_of_the_real_articles(shared_seeds: Path, real_articles: list[Article]) -> None:
    gold = json.loads((shared_seeds / "articles.json").read_text(encoding="utf-8"))["articles"]
    expected: dict[str, set[str]] = {}
    for article, row in zip(real_articles, gold, strict=True):
        expected.setdefault(row["story"], set()).add(article.id)
    found = {frozenset(article.id for article in story.articles) for story in group(real_articles, OPTIONS)}
    assert found == {frozenset(ids) for ids in expected.values()}


def test_the_stories_of_the_sample_day(sample_articles: list[Article]) -> None:
    sizes = sorted(len(story.articles) for story in group(sample_articles, OPTIONS))
    assert sizes == [1, 1, 2, 2, 3, 3, 3]


def test_the_order_of_the_articles_does_not_matter(sample_articles: list[Article]) -> None:
    expected = group(sample_articles, OPTIONS)
    for turn in range(1, len(sample_articles), 3):
        assert group(sample_articles[turn:] + sample_articles[:turn], OPTIONS) == expected
    assert group(sample_articles[::-1], OPTIONS) == expected


def test_every_article_is_in_one_story(sample_articles: list[Article]) -> None:
    ids = [article.id for story in group(sample_articles, OPTIONS) for article in story.articles]
    assert sorted(ids) == sorted(article.id for article in sample_articles)


def test_stories_of_more_outlets_come_first(sample_articles: list[Article]) -> None:
    sizes = [len(story.articles) for story in group(sample_articles, OPTIONS)]
    assert sizes == sorted(sizes, reverse=True)


def test_articles_far_apart_in_time_are_not_of_one_story(sample_articles: list[Article]) -> None:
    article = next(article for article in sample_articles if article.published)
    later = replace(article, id="later", published=date(2024, 8, 24))
    undated = replace(article, id="undated", published=None)
    assert len(group([article, later], OPTIONS)) == 2
    assert len(group([article, undated], OPTIONS)) == 1
    assert len(group([article, later], replace(OPTIONS, window=timedelta(days=1000)))) == 1


def test_one_article_and_none(sample_articles: list[Article]) -> None:
    assert group([], OPTIONS) == ()
    (story,) = group(sample_articles[:1], OPTIONS)
    assert story.articles == (sample_articles[0],)


def test_exact_copies_meet(sample_articles: list[Article]) -> None:
    copy = replace(sample_articles[0], id="copy", outlet="صحيفة أخرى")
    assert len(group([sample_articles[0], copy], OPTIONS)) == 1
