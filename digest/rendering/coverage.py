"""The coverage of the day: which outlets carry which stories, as a matrix, and the days on which a story was told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.rendering.bidi import clip
from digest.rendering.wording import day, plural

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

MOST_STORIES = 30
MOST_OUTLETS = 12
"""More of either cannot be read at a glance; what is beyond is counted in words."""
LONGEST_THREAD = 31
"""Days of a thread that are drawn, the latest ones."""
_HEADLINE = 46


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A story: its number, its headline cut to fit, and for each outlet of the matrix whether it carries the story."""

    number: int
    headline: str
    carried: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Stories by outlets, the outlets that carry most stories first; `beyond` says what is not in the matrix.

    `words` says the same in words, a line for each story.
    """

    outlets: tuple[str, ...]
    rows: tuple[CoverageRow, ...]
    words: tuple[str, ...]
    beyond: str


def coverage(stories: Sequence[tuple[int, str, Sequence[str]]]) -> Coverage | None:
    """Return the matrix of stories, each with number, headline and known outlets; None where there is nothing to compare.

    That is with fewer than two stories or two outlets.
    """
    counts = Counter(outlet for _, _, outlets in stories for outlet in dict.fromkeys(outlets))
    if len(stories) < 2 or len(counts) < 2:  # noqa: PLR2004 - one of anything is no matrix
        return None
    order = {outlet: place for place, outlet in enumerate(counts)}
    columns = tuple(sorted(counts, key=lambda outlet: (-counts[outlet], order[outlet]))[:MOST_OUTLETS])
    shown = stories[:MOST_STORIES]
    rows = tuple(
        CoverageRow(number, clip(headline, _HEADLINE), tuple(outlet in outlets for outlet in columns))
        for number, headline, outlets in shown
    )
    words = tuple(f"{number}: {', '.join(dict.fromkeys(outlets)) or 'outlet unknown'}" for number, _, outlets in shown)
    left = [
        plural(len(stories) - len(shown), "more story", "more stories") if len(stories) > len(shown) else "",
        plural(len(counts) - len(columns), "more outlet") if len(counts) > len(columns) else "",
    ]
    return Coverage(columns, rows, words, " and ".join(filter(None, left)))


@dataclass(frozen=True, slots=True)
class ThreadDay:
    """A day of a thread: "18 November 2026", whether the story was told, and where; `href` is "" for today."""

    text: str
    short: str
    told: bool
    href: str


def thread_days(today: date, earlier: Sequence[tuple[date, str]]) -> tuple[ThreadDay, ...]:
    """Return every day from the first on which a story was told up to today; none for a new story.

    `earlier` are the days on which it was told before, each with the anchor that it has in that day's page; those too long
    ago to be drawn do not count.
    """
    told = {one: anchor for one, anchor in earlier if 0 < (today - one).days < LONGEST_THREAD}
    if not told:
        return ()
    days = [type(today).fromordinal(number) for number in range(min(told).toordinal(), today.toordinal() + 1)]
    return tuple(
        ThreadDay(
            day(one),
            str(one.day),
            told=one in told or one == today,
            href=f"../{one.isoformat()}/briefing.html#{told[one]}" if one in told else "",
        )
        for one in days
    )
