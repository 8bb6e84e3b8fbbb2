"""Articles on one event meet, whatever their order; others stay apart."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, linkage

from digest.clustering.linkage import average_linkage
from digest.clustering.neighbours import COMMONEST, neighbours
from digest.clustering.stories import ClusteringOptions, group
from digest.model import Sentence

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


def test_near_copies_meet_and_are_told_apart_from_evidence(sample_articles: list[Article]) -> None:
    original = sample_articles[0]
    copy = replace(original, id="copy", outlet="صحيفة أخرى", sentences=original.sentences[:-1])
    (story,) = group([copy, original], OPTIONS)
    assert story.copies == (("copy", original.id),)
    assert story.articles == (original, copy)
    assert story.originals == (original,)


def test_a_story_keeps_its_id_when_articles_join(sample_articles: list[Article]) -> None:
    ids = {article.id: story.id for story in group(sample_articles, OPTIONS) for article in story.articles}
    first = min((article for article in sample_articles if article.published), key=lambda article: article.published)  # type: ignore[arg-type,return-value]
    later = [replace(first, id=f"{at}", published=date(2023, 8, 25), sentences=first.sentences[at:]) for at in (1, 2)]
    again = {article.id: story.id for story in group([*sample_articles, *later], OPTIONS) for article in story.articles}
    assert again[first.id] == ids[first.id]


def test_rare_words_alone_make_neighbours_whatever_the_size() -> None:
    vectors = [{f"word{at // 2}": 0.8, "common": 0.6} for at in range(2 * COMMONEST)]
    pairs = neighbours(vectors, [None] * len(vectors), timedelta(days=7))
    assert list(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)) == [
        (at, at + 1) for at in range(0, len(vectors), 2)
    ]
    assert pairs.cosine == pytest.approx(1.0)


@given(
    st.integers(1, 12).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.floats(0.01, 1), min_size=n * n, max_size=n * n))
    ),
    st.floats(0.05, 0.95),
)
def test_the_linkage_is_that_of_scipy(case: tuple[int, list[float]], least: float) -> None:
    count, values = case
    edges = [(i, j, values[i * count + j]) for i in range(count) for j in range(i + 1, count)]
    found = average_linkage(count, edges, least)
    assert sorted(member for members in found for member in members) == list(range(count))
    distances = [1 - likeness for _, _, likeness in edges]
    if count > 1 and len(set(distances)) == len(distances):
        labels = fcluster(linkage(distances, "average"), 1 - least, criterion="distance")
        expected = {tuple(at for at in range(count) if labels[at] == label) for label in set(labels)}
        assert {tuple(members) for members in found} == expected


def test_the_same_words_about_other_places_are_another_event(sample_articles: list[Article]) -> None:
    said = "قتل مدنيون في قصف على {} وأصيب آخرون ونقلوا إلى المستشفى بحسب مسعفين هناك."
    more = (
        "وقالت الشرطة إن التحقيق مستمر في الحادث لمعرفة من يقف وراءه ومن موله، وأغلقت الشوارع القريبة ساعات.",
        "ولم تعلن أي جهة مسؤوليتها عن الهجوم حتى مساء الأحد رغم تهديدات سابقة بثها متشددون على الإنترنت.",
    )

    def about(place: str, rest: str, name: str) -> Article:
        sentences = (Sentence(said.format(place), 0, 0), Sentence(rest, 1, 0))
        return replace(sample_articles[0], id=name, title=f"قتلى في قصف على {place}", sentences=sentences)

    def together(place: str, other: str) -> bool:
        return len(group([about(place, more[0], "first"), about(other, more[1], "second")], OPTIONS)) == 1

    assert together("بيروت", "بيروت")
    assert not together("بيروت", "كابول")
