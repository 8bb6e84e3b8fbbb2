"""Judge what is left of an article when its head and the links in it are known: paragraphs, subheads, rows of tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.arabic.text import key, words
from digest.cleaning.draft import beside
from digest.cleaning.lines import SHORT_SUBHEAD_WORDS, SUBHEAD_WORDS, UNENDED_PROSE_WORDS
from digest.model import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.cleaning.draft import Draft
    from digest.cleaning.lines import Line

GLUED_SUBHEAD_WORDS = 5
ROW = 3
"""From so many short lines in a row on they are no subheads."""

_LISTED = re.compile(r"^[^\w\s]|\d|:")


def settle_body(drafts: Sequence[Draft], openers: Sequence[str]) -> None:
    """Settle what is left of one article: paragraphs, subheads before more prose, headlines in the middle of prose."""
    prose = [at for at, draft in enumerate(drafts) if draft.label is None and draft.line.is_prose]
    last_prose = prose[-1] if prose else len(drafts)
    _settle_rows(drafts)
    for at, draft in enumerate(drafts):
        if draft.label is not None:
            continue
        if draft.line.is_prose:
            draft.settle(Label.PARAGRAPH, "prose")
        elif draft.line.looks_like_headlines:
            _settle_headlines(draft, openers if at < last_prose else ())
        elif draft.line.word_count >= UNENDED_PROSE_WORDS:
            draft.settle(Label.PARAGRAPH, "long")
        elif at > last_prose:
            if drafts[at - 1].label is Label.PARAGRAPH and draft.line.is_short_sentence:
                draft.settle(Label.PARAGRAPH, "short-end")
            else:
                draft.settle(Label.RELATED, "after-the-text")
        else:
            _settle_short(draft, *beside(drafts, at))


def _settle_rows(drafts: Sequence[Draft]) -> None:
    """Settle rows of short lines within the text: tags, menus, links.

    Subheads stand alone; what a paragraph ending in a colon announces is a list, up to the next paragraph.
    """
    row: list[Draft] = []
    announced = False
    for draft in [*drafts, None]:
        if draft is not None and draft.label is None and not announced and _is_bare(draft.line):
            row.append(draft)
            continue
        if len(row) >= ROW:
            for one in row:
                one.settle(Label.NAVIGATION, "row-of-short-lines")
        row = []
        if draft is not None and draft.label is None:
            announced = draft.line.announces or (announced and not draft.line.is_prose)


def _is_bare(line: Line) -> bool:
    return (
        line.word_count <= SUBHEAD_WORDS and not line.ended and not line.announces and _LISTED.search(line.text) is None
    )


def _settle_headlines(draft: Draft, openers: Sequence[str]) -> None:
    """Settle a line made of headlines of other articles: a subhead at its end stays."""
    if subhead := _glued_subhead(draft.line.text, openers):
        draft.settle(Label.RELATED_SUBHEAD, "headlines-with-subhead", subhead)
    else:
        draft.settle(Label.RELATED, "headlines")


def _settle_short(draft: Draft, before: Draft | None, after: Draft | None) -> None:
    """Settle a short line within the text, by itself and the lines beside it."""
    if not words(draft.line.text):
        draft.settle(Label.NAVIGATION, "no-words")
    elif before is not None and before.label is Label.CREDIT and not draft.line.ended:
        draft.settle(Label.CAPTION, "beside-a-credit")  # who took the picture, then what is in it
    elif not draft.line.ended and _is_teaser(draft.line, before, after):
        draft.settle(Label.RELATED, "beside-a-date")
    elif draft.line.word_count <= SUBHEAD_WORDS:
        draft.settle(Label.SUBHEAD, "short-in-prose")
    else:
        draft.settle(Label.PARAGRAPH, "short-in-prose")


def _is_teaser(line: Line, before: Draft | None, after: Draft | None) -> bool:
    """Tell whether a short line within the text has the date of another article beside it; its own stands above it."""
    dated = [one is not None and one.label is Label.DATE for one in (before, after)]
    return dated[1] or (dated[0] and line.word_count > SHORT_SUBHEAD_WORDS)


def _glued_subhead(text: str, openers: Sequence[str]) -> str:
    """Return the subhead at the end of headlines glued to it, or "" where none can be told apart."""
    tokens = text.split()
    for length in range(2, GLUED_SUBHEAD_WORDS + 1):
        tail = tokens[-length:]
        if len(tail) == length < len(tokens) and f"{key(' '.join(tail))} ".startswith(tuple(f"{o} " for o in openers)):
            return " ".join(tail)
    return ""
