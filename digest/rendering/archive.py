"""The archive: a page that lists past briefings by date, and a search over what they say that needs no server.

`index.html` lists the days with their top headlines and works without scripts. `stories.js` holds the folded words of
every story and `archive.js` searches them; both lie beside the page, which runs nothing else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.arabic.text import fold, key
from digest.rendering.templates import Templates
from digest.rendering.view import BriefingView, StoryView, view
from digest.rendering.wording import weekday_and_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from digest.model import Briefing

TOP = 5
"""Headlines listed of a day."""

_FOLDABLE = (*range(0x400), *range(0x600, 0x700))  # Latin, Greek, and the block of Arabic


@dataclass(frozen=True, slots=True)
class ArchiveDay:
    """A past briefing: its date (2026-11-20, also the name of its folder), the date in words, and its first headlines.

    `top` are its weightiest stories, `more` is how many others it has.
    """

    date: str
    date_text: str
    top: tuple[StoryView, ...]
    more: int


def archive(briefings: Sequence[Briefing], older: Iterable[date], templates: Path | None) -> dict[str, bytes]:
    """Return the archive's files by name: the briefings with headlines and search, the `older` days by date alone.

    Raises TemplateError as `digest.rendering.render` does.
    """
    shown = [view(briefing) for briefing in sorted(briefings, key=lambda briefing: briefing.date, reverse=True)]
    days = [
        ArchiveDay(
            day.date,
            day.date_text,
            tuple(sorted(day.stories, key=lambda story: story.rank)[:TOP]),
            max(0, len(day.stories) - TOP),
        )
        for day in shown
    ]
    days += [ArchiveDay(day.isoformat(), weekday_and_day(day), (), 0) for day in sorted(older, reverse=True)]
    stories = [_searched(day, story) for day in shown for story in day.stories]
    filled = Templates(templates)
    return {
        "index.html": filled.fill("archive.html.j2", {"days": days, "stories": len(stories)}).encode(),
        "archive.js": filled.source("archive.js").encode(),
        "stories.js": f"const FOLDS = {_script(_folds())};\nconst STORIES = {_script(stories)};\n".encode(),
    }


def _searched(day: BriefingView, story: StoryView) -> dict[str, str]:
    """Return what the search needs of a story; `words` are folded as the search folds what is typed."""
    texts = [story.headline_en, story.headline_ar, *story.names]
    texts += [text for sentence in story.sentences for text in (sentence.en, sentence.ar)]
    return {
        "day": day.date,
        "date": day.date_text,
        "anchor": story.anchor,
        "en": story.headline_en,
        "ar": story.headline_ar,
        "words": key(" ".join(texts)),
    }


def _folds() -> dict[str, str]:
    """Return the letters, digits and marks whose folded form is another than their small letter, and that form."""
    letters = [letter for letter in map(chr, _FOLDABLE) if not letter.isspace()]
    return {letter: folded for letter in letters if (folded := fold(letter)) != letter.lower()}


def _script(value: object) -> str:
    """Return a value as JavaScript: JSON, without the two line ends that JSON allows in a string and old scripts do not."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
