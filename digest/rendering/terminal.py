"""A briefing for a terminal: styled lines no wider than it is, each in one direction.

Terminals disagree about bidirectional text, and so every Arabic sentence has lines of its own, in logical order, each of
them an isolate; nothing is set in columns. Inside English lines names are isolated as in every other format. A line
break ends an isolate (UAX #9, rule P1), so what goes on in the next line is isolated there again.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from digest.rendering.article import Language
from digest.rendering.bidi import LRI, PDI, RLI, isolate_runs
from digest.rendering.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.rendering.view import BriefingView, SentenceView, StoryView

MOST_COLUMNS = 100
"""Longer lines are hard to read, however wide the terminal."""
LEAST_COLUMNS = 20

TITLE, TOPIC, HEADLINE, BODY, FACTS, DOUBT = "bold", "bold cyan", "bold", "", "dim", "yellow"
"""Styles as rich names them."""


class Line(NamedTuple):
    """A line as printed, without its end, and the style of all of it."""

    text: str
    style: str = BODY


def briefing_lines(shown: BriefingView, to: Language, columns: int) -> Iterator[Line]:
    """Yield the lines of a whole briefing for a terminal that is so many `columns` wide.

    A word that is wider stays whole, for the terminal to break: it may be a file name that somebody copies.
    """
    columns = _usable(columns)
    yield from _lines(f"Morning briefing, {shown.date_text}", TITLE, columns)
    if shown.hijri_text:
        yield from _lines(shown.hijri_text, FACTS, columns)
    yield from _lines(" · ".join((*shown.facts, plural(shown.counts.failures, "failure"))), FACTS, columns)
    if to is not Language.AR:
        yield from _lines(isolate_runs(shown.notice), FACTS, columns)
    yield Line("")
    for story in shown.stories:
        if story.opens_topic:
            yield from _heading(story.topic or "", columns)
        yield from story_lines(story, to, columns)
    if not shown.stories:
        yield from _lines("There is no story today.", BODY, columns)
        yield Line("")
    yield from _ending(shown, columns)


def story_lines(story: StoryView, to: Language, columns: int) -> Iterator[Line]:
    """Yield the lines of one story."""
    columns = _usable(columns)
    number = f"{story.number}. "
    if to is Language.AR:
        yield from _arabic(story.headline_ar, HEADLINE, columns, number)
    else:
        yield from _lines(story.headline_en, HEADLINE, columns, number)
        yield from _doubts(story.doubts, columns)
        if to is Language.BOTH:
            yield from _arabic(story.headline_ar, BODY, columns)
    sources = ", ".join(f"{source.outlet} ({source.days})" for source in story.sources)
    carried = f"{story.carried}: {sources}." if sources else f"{story.carried}."
    yield from _lines(f"{story.status}. {carried}" if story.status else carried, FACTS, columns, "   ")
    if story.names:
        yield from _lines(f"In this story: {', '.join(story.names)}", FACTS, columns, "   ")
    for figure in story.figures:
        who = f"{figure.claimant_en} {figure.claimant_ar}" if figure.claimant_en else "no source named"
        doubtful = " (doubtful)" if figure.doubts else ""
        yield from _lines(f"{figure.text}: {who}{doubtful}, in {figure.outlet}", BODY, columns, " # ")
    for sentence in story.sentences:
        yield Line("")
        yield from _sentence(sentence, to, columns)
    yield Line("")


def _sentence(sentence: SentenceView, to: Language, columns: int) -> Iterator[Line]:
    if to is not Language.AR:
        yield from _lines(sentence.en, BODY, columns, "   ")
        yield from _doubts(sentence.doubts, columns)
    if to is not Language.EN:
        yield from _arabic(sentence.ar, BODY, columns)
    yield from _lines(f"{sentence.outlet} · {sentence.origin}", FACTS, columns, "   ")


def _doubts(doubts: tuple[str, ...], columns: int) -> Iterator[Line]:
    for doubt in doubts:
        yield from _lines(f"Doubtful: {doubt}", DOUBT, columns, " ! ")


def _ending(shown: BriefingView, columns: int) -> Iterator[Line]:
    if shown.left_out:
        yield from _heading("Left out", columns)
        for left in shown.left_out:
            yield from _lines(f"{plural(left.articles, 'article')}, {left.reason}", BODY, columns, " - ")
            if left.headline:
                yield from _arabic(left.headline, FACTS, columns)
        yield Line("")
    if shown.failures:
        yield from _heading("What failed", columns)
        for failure in shown.failures:
            yield from _lines(f"{failure.origin} ({failure.stage}): {failure.reason}", BODY, columns, " - ")
        yield Line("")
    bundled = ", bundled with digest" if shown.package.bundled else ""
    package = isolate_runs(f"{shown.package.id}, version {shown.package.version}{bundled}")
    yield from _lines(f"Translated with {package}", FACTS, columns)


def _heading(text: str, columns: int) -> Iterator[Line]:
    yield from _lines(text, TOPIC, columns, "── ")
    yield Line("")


def _lines(text: str, style: str, columns: int, first: str = "") -> Iterator[Line]:
    """Yield `text` in lines; the first starts with `first`, the others with as many spaces."""
    indent = " " * len(first)
    start = first
    opened = ""
    for line in _wrap(text, columns - len(first)):
        again = opened
        for char in line:
            if char in {LRI, RLI}:
                opened = char
            elif char == PDI:
                opened = ""
        yield Line(f"{start}{again}{line}{PDI if opened else ''}", style)
        start = indent


def _arabic(text: str, style: str, columns: int, first: str = "   ") -> Iterator[Line]:
    """Yield an Arabic text in lines, each an isolate of its own; the first starts with `first`."""
    indent = " " * len(first)
    for place, line in enumerate(_wrap(text, columns - len(first))):
        yield Line(f"{indent if place else first}{RLI}{line}{PDI}", style)


def _wrap(text: str, columns: int) -> list[str]:
    # Marks and isolates take no column and are counted as one: a line may end early, never late.
    return textwrap.wrap(text, columns, break_long_words=False, break_on_hyphens=False)


def _usable(columns: int) -> int:
    return max(LEAST_COLUMNS, min(columns, MOST_COLUMNS))
