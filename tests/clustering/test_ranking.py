"""A story's rank is a sum that can be checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from digest.clustering.ranking import mentioned, score
from digest.clustering.stories import ClusteringOptions, group

if TYPE_CHECKING:
    from digest.model import Article, Story

DAY = date(2023, 8, 24)


@pytest.fixture
def story(sample_articles: list[Article]) -> Story:
    return next(s for s in group(sample_articles, ClusteringOptions()) if len(s.articles) == 3)


def test_the_parts_and_their_sum(story: Story) -> None:
    found = score(story, DAY, update=False)
    values = {part.name: part.value for part in found.parts}
    assert values == {"outlets": 2.0, "size": 0.5, "recency": 1.0, "novelty": 1.0}
    assert found.total == pytest.approx(4.5)
    assert score(story, DAY, update=True).total == pytest.approx(4.0)
    assert score(story, DAY + timedelta(days=2), update=False).total == pytest.approx(3.75)


def test_near_copies_are_outlets_but_no_evidence(story: Story) -> None:
    copies = tuple((article.id, story.articles[0].id) for article in story.articles[1:])
    parts = {part.name: part for part in score(replace(story, copies=copies), DAY, update=False).parts}
    assert parts["outlets"].because == "1 independent"
    assert parts["size"].because == "3 in all"


def test_watched_words_are_met_in_every_spelling(story: Story) -> None:
    word = next(word for word in story.articles[0].title.split() if len(word) > 4)
    assert mentioned(story, ["كلمة غائبة", word]) == word
    assert mentioned(story, ["كلمة غائبة"]) == ""
    assert mentioned(story, [word[:-2]]) == ""
    watched = score(story, DAY, update=False, watched=[word])
    assert watched.total == pytest.approx(score(story, DAY, update=False).total + 2)
