"""Stories are followed from day to day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from digest.clustering.stories import ClusteringOptions, group
from digest.clustering.threads import PastStory, follow, remembered

if TYPE_CHECKING:
    from digest.model import Article, Story

CUT = ClusteringOptions().cut
YESTERDAY = date(2023, 8, 23)


@pytest.fixture
def stories(sample_articles: list[Article]) -> tuple[Story, ...]:
    return group(sample_articles, ClusteringOptions())


@pytest.fixture
def past(stories: tuple[Story, ...]) -> list[PastStory]:
    return [remembered(thread, YESTERDAY, ["قيل"]) for thread in follow(stories, [], CUT)]


def test_without_a_past_all_is_new(stories: tuple[Story, ...]) -> None:
    for story, thread in zip(stories, follow(stories, [], CUT), strict=True):
        assert (thread.id, thread.since, thread.past) == (story.id, None, ())
        assert thread.evidence.articles == story.originals


def test_the_same_stories_bring_nothing_new(stories: tuple[Story, ...], past: list[PastStory]) -> None:
    for story, thread in zip(stories, follow(stories, past[::-1], CUT), strict=True):
        assert [one.id for one in thread.past] == [story.id]
        assert (thread.since, thread.news, thread.printed) == (YESTERDAY, (), ("قيل",))


def test_other_articles_on_the_event_are_an_update(stories: tuple[Story, ...], past: list[PastStory]) -> None:
    story = next(story for story in stories if len(story.articles) == 3)
    before = replace(story, articles=story.articles[1:])
    (earlier,) = (remembered(thread, YESTERDAY, []) for thread in follow([before], [], CUT))
    others = [one for one in past if one.id != story.id]
    today = replace(story, articles=story.articles[:1])  # not one article in common
    (thread,) = follow([today], [*others, earlier], CUT)
    assert [one.articles for one in thread.past] == [earlier.articles]
    assert [article.id for article in thread.news] == [story.articles[0].id]


def test_a_copy_of_what_was_told_is_no_news(stories: tuple[Story, ...], past: list[PastStory]) -> None:
    story = stories[0]
    copy = replace(story.articles[0], id="copy", outlet="صحيفة أخرى")
    (thread,) = follow([replace(story, articles=(copy,))], past, CUT)
    assert thread.past
    assert thread.news == ()


def test_known_sentences_are_taken_out_of_the_news(stories: tuple[Story, ...], past: list[PastStory]) -> None:
    story = stories[0]
    article = story.articles[0]
    fresh = [
        replace(sentence, text=f"{word} {sentence.text}", index=sentence.index + len(article.sentences))
        for sentence, word in zip(
            article.sentences, ["أولا", "ثانيا", "ثالثا", "رابعا", "خامسا", "سادسا"], strict=False
        )
    ]
    longer = replace(article, id="longer", sentences=(*article.sentences, *fresh))
    (thread,) = follow([replace(story, articles=(longer,))], past, CUT)
    (news,) = thread.news
    assert news.sentences == tuple(fresh)
    assert thread.evidence.articles == (news,)


def test_a_past_story_survives_the_store(past: list[PastStory]) -> None:
    for one in past:
        again = PastStory.from_json(one.day, one.id, one.to_json())
        assert again.to_json() == one.to_json()
        assert (again.articles, again.sentences, again.printed) == (one.articles, one.sentences, one.printed)
    with pytest.raises(KeyError):
        PastStory.from_json(YESTERDAY, "a", "{}")
