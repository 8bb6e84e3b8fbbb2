"""A briefing in a terminal: whole, within its width, and every line in one direction."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import pytest
from briefing_strategies import briefings
from hypothesis import given
from hypothesis import strategies as st
from sample_briefing import BRIEFING

from digest.rendering.article import Language
from digest.rendering.bidi import LRI, PDI, RLI, has_rtl
from digest.rendering.terminal import LEAST_COLUMNS, MOST_COLUMNS, Line, briefing_lines, story_lines
from digest.rendering.view import SourceView, view

if TYPE_CHECKING:
    from digest.model import Briefing

SHOWN = view(BRIEFING)
ISOLATED = re.compile(f"[{LRI}{RLI}][^{LRI}{RLI}{PDI}]*{PDI}")


def flat(lines: list[Line]) -> str:
    return " ".join(re.sub(f"[{LRI}{RLI}{PDI}]", "", line.text).strip() for line in lines)


def words(text: str) -> list[str]:
    return re.sub(f"[{LRI}{RLI}{PDI}]", "", text).split()


def holds(lines: list[Line], text: str) -> bool:
    """Tell whether the words of a text stand in the lines, one behind the other."""
    return f" {' '.join(words(text))} " in f" {' '.join(words(flat(lines)))} "


@given(briefings(), st.sampled_from(Language), st.integers(0, 300))
def test_every_line_is_narrow_and_runs_in_one_direction(briefing: Briefing, to: Language, columns: int) -> None:
    most = max(LEAST_COLUMNS, min(columns, MOST_COLUMNS))
    for line in briefing_lines(view(briefing), to, columns):
        assert not has_rtl(ISOLATED.sub("", line.text))
        assert not re.search(f"[{LRI}{RLI}{PDI}]", ISOLATED.sub("", line.text))
        assert "\n" not in line.text
        if len(re.sub(f"[{LRI}{RLI}{PDI}]", "", line.text)) > most:
            assert len(line.text.replace("── ", "").replace(" - ", "").split()) <= 2, line


@given(briefings(), st.integers(20, 120))
def test_nothing_is_lost(briefing: Briefing, columns: int) -> None:
    shown = view(briefing)
    lines = list(briefing_lines(shown, Language.BOTH, columns))
    for story in shown.stories:
        assert holds(lines, f"{story.number}. {story.headline_en}")
        assert holds(lines, story.headline_ar)
        assert holds(lines, story.carried.rsplit(maxsplit=1)[0])
        for sentence in story.sentences:
            assert holds(lines, sentence.en)
            assert holds(lines, sentence.ar)
            assert all(holds(lines, doubt) for doubt in sentence.doubts)
        assert all(holds(lines, f"{figure.text}:") for figure in story.figures)
    assert all(holds(lines, failure.reason) for failure in shown.failures)
    assert all(holds(lines, left.reason) for left in shown.left_out)


def test_one_language_has_nothing_of_the_other() -> None:
    story = SHOWN.stories[0]
    english = flat(list(story_lines(story, Language.EN, 80)))
    arabic = flat(list(story_lines(story, Language.AR, 80)))
    assert story.headline_en in english
    assert story.headline_ar not in english
    assert story.headline_ar in arabic
    assert story.headline_en not in arabic
    assert all(sentence.ar in arabic and sentence.ar not in english for sentence in story.sentences)


def test_a_doubt_stands_out_and_is_about_the_english_only() -> None:
    def doubts(to: Language) -> set[str]:
        return {line.style for line in briefing_lines(SHOWN, to, 80) if "Doubtful" in line.text}

    assert doubts(Language.BOTH) == doubts(Language.EN) == {"yellow"}
    assert doubts(Language.AR) == set()


def test_an_isolate_that_a_line_breaks_goes_on_in_the_next() -> None:
    source = SourceView(f"{RLI}{' '.join(['الجزيرة'] * 12)}{PDI}", "", "20 November 2026")
    changed = dataclasses.replace(SHOWN.stories[0], sources=(source,))
    broken = [line.text for line in story_lines(changed, Language.EN, 40) if "الجزيرة" in line.text]
    assert len(broken) > 2
    assert all(line.count(RLI) == line.count(PDI) >= 1 for line in broken)


@pytest.mark.parametrize("columns", [-5, 0, 1])
def test_a_width_that_cannot_be_is_taken_for_a_small_one(columns: int) -> None:
    assert list(briefing_lines(SHOWN, Language.BOTH, columns)) == list(
        briefing_lines(SHOWN, Language.BOTH, LEAST_COLUMNS)
    )


def test_a_day_without_stories() -> None:
    empty = view(type(BRIEFING)(BRIEFING.date, BRIEFING.package, (), (), (), ()))
    assert "There is no story today." in flat(list(briefing_lines(empty, Language.BOTH, 80)))
