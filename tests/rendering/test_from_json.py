"""Briefings come back from their JSON."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from typing import TYPE_CHECKING, Any

import pytest
from briefing_strategies import briefings
from hypothesis import given
from hypothesis import strategies as st
from sample_briefing import BRIEFING

from digest.rendering.data import to_json
from digest.rendering.from_json import from_json
from digest.rendering.view import view

if TYPE_CHECKING:
    from digest.model import Briefing

VALUES: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just([]) | st.just({}) | st.just([[]])
)


@given(briefings())
def test_what_was_written_is_read(briefing: Briefing) -> None:
    text = to_json(briefing)
    again = from_json(text)
    assert to_json(again) == text


@given(briefings())
def test_every_view_of_it_is_the_same(briefing: Briefing) -> None:
    assert view(from_json(to_json(briefing))) == view(briefing)


def test_what_an_older_version_did_not_know_is_unknown() -> None:
    data = json.loads(to_json(BRIEFING))
    for key in ("left_out", "passed_over"):
        del data[key]
    for story in data["stories"]:
        for key in ("status", "since", "topic", "rank", "names", "copies", "figures"):
            del story[key]
    old = from_json(json.dumps(data))
    assert (old.left_out, old.passed_over) == ((), ())
    assert [story.headline for story in old.stories] == [story.headline for story in BRIEFING.stories]
    assert {(story.status, story.since, story.topic, story.rank, story.figures) for story in old.stories} == {
        (None, None, None, 0, ())
    }


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, each in inner for place in places(each, (*path, key)))]


@given(st.sampled_from(places(json.loads(to_json(BRIEFING)))[1:]), VALUES, st.booleans())
def test_a_file_that_was_meddled_with_is_refused_or_can_be_shown(path: tuple[Any, ...], value: Any, gone: bool) -> None:
    data = inner = json.loads(to_json(BRIEFING))
    for key in path[:-1]:
        inner = inner[key]
    if gone:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    with contextlib.suppress(ValueError):
        view(from_json(json.dumps(data)))


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", '{"date": NaN}', "[" * 100_000])
def test_what_is_no_briefing(text: str) -> None:
    with pytest.raises(ValueError, match="not a briefing of digest"):
        from_json(text)


def test_an_article_that_is_missing_is_named() -> None:
    briefing = dataclasses.replace(BRIEFING, articles=BRIEFING.articles[1:])
    with pytest.raises(ValueError, match=f"names the article {BRIEFING.articles[0].id}, which is missing"):
        from_json(to_json(briefing))
