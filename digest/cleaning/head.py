"""Judge what stands before the first paragraph of an article: title, section names, bylines, picture texts, menus."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from digest.arabic.outlets import outlet_names
from digest.arabic.stems import stems
from digest.cleaning.lines import KICKER_WORDS, LONG_WORDS
from digest.model import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.cleaning.draft import Draft
    from digest.cleaning.lines import Line

CAPTION_WORDS = 18
BYLINE_WORDS = 8
TITLE_WORDS = 25
HEAD_LINES = 8
"""With more open lines than this before the lead, there is a menu among them and the title is not simply the first."""
WINDOW = 30
"""The title is looked for among so many lines before the lead; menus of hundreds of lines lie above it."""
LEAST_SCORE = 0.4
"""Least share of the title's words that must come again in the first paragraphs, with what its neighbours add to it."""
AFTER_BONUS = 0.3
BEFORE_MALUS = 0.2
"""A date or byline stands below the title; a line below such a one is rather the text of a picture."""
BODY_LINES = 6

_DASHED = re.compile(r"\s*[-–—|/]\s+|\s+[-–—|/]\s*")
_WROTE = frozenset({"كتب", "كتبت", "كتبه", "بقلم"})
_BESIDE_TITLE = frozenset({Label.DATE, Label.BYLINE, Label.CREDIT, Label.CAPTION, Label.COUNTER})


def settle_head(drafts: Sequence[Draft], *, known_title: bool) -> None:
    """Settle the open lines before the lead of one article, given all of its lines in order.

    `known_title` tells that the title is known from elsewhere, so that no line need be one.
    """
    titled = known_title or any(draft.label is Label.TITLE for draft in drafts)
    lead = _find_lead(drafts, titled=titled)
    head = [at for at in range(lead) if drafts[at].label is None]
    if lead == len(drafts):  # no paragraph ends like one: the first line is the title, the rest is for the body
        head = head[:1]
    for at in head:
        if _is_byline(drafts[at].line):
            drafts[at].settle(Label.BYLINE, "beside-title")
    head = [at for at in head if drafts[at].label is None]
    title = None if titled else _find_title(drafts, head, lead)
    if title is not None:
        drafts[title].settle(Label.TITLE, "first-headline" if len(head) <= HEAD_LINES else "headline-of-the-text")
    # With a menu in the head and no title in it, nothing there belongs to the text.
    anchor = title if title is not None else _last_title(drafts, lead)
    for at in head:
        if at == title:
            continue
        if at < anchor if anchor is not None else len(head) > HEAD_LINES:
            drafts[at].settle(Label.NAVIGATION, "before-title")
        elif drafts[at].line.word_count <= CAPTION_WORDS:
            drafts[at].settle(Label.CAPTION, "between-title-and-lead")
        else:
            drafts[at].settle(Label.PARAGRAPH, "between-title-and-lead")


def _last_title(drafts: Sequence[Draft], lead: int) -> int | None:
    return next((at for at in range(lead - 1, -1, -1) if drafts[at].label is Label.TITLE), None)


def _find_lead(drafts: Sequence[Draft], *, titled: bool) -> int:
    """Return the place of the first paragraph of an article, their number where there is none.

    While there is no title a question is none, and a long line without a full stop only below another line.
    """
    above = titled
    for at, draft in enumerate(drafts):
        if draft.label is not None:
            continue
        line = draft.line
        if line.is_prose and (titled or not line.is_question):
            return at
        if above and line.word_count >= LONG_WORDS and not line.looks_like_headlines:
            return at
        above = above or line.word_count > KICKER_WORDS
    return len(drafts)


def _is_byline(line: Line) -> bool:
    """Tell whether a short line beside the title names the author or the outlet: "outlet - agencies"."""
    if line.word_count > BYLINE_WORDS or line.ended:
        return False
    if line.key.partition(" ")[0] in _WROTE:
        return True
    names = outlet_names()
    parts = [part for part in _DASHED.split(line.text) if part]
    if len(parts) > 1:
        return names.is_outlet(parts[0]) or any(names.is_agency(part) or names.is_edition(part) for part in parts)
    return names.is_agency(line.text) or line.key in names.english


def _find_title(drafts: Sequence[Draft], head: Sequence[int], lead: int) -> int | None:
    """Return the place of the title among the places `head`, or None.

    With few lines before the lead it is the first that is longer than a section's name, unless none of its words comes
    again in the text and another line's do. Under a menu it is the one whose words come again, best where date or byline
    follow it.
    """
    if len(head) <= 1:
        return next(iter(head), None)
    scores = _scores(drafts, head[-WINDOW:], lead)
    best = max(scores, key=lambda at: (scores[at], -at), default=None)
    if len(head) > HEAD_LINES:
        return best if best is not None and scores[best] >= LEAST_SCORE else None
    first = next((at for at in head if drafts[at].line.word_count > KICKER_WORDS), next(iter(head), None))
    if first not in scores and best is not None and scores[best] >= 2 * LEAST_SCORE:
        return best
    return first


def beginning(drafts: Sequence[Draft]) -> set[str]:
    """Return the stems of the first paragraphs among `drafts`."""
    prose = (draft.line for draft in drafts if draft.label is None and draft.line.is_prose)
    return {stem for line in islice(prose, BODY_LINES) for stem in stems(line.text)}


def _scores(drafts: Sequence[Draft], places: Sequence[int], lead: int) -> dict[int, float]:
    """Return how well each line that could be the title fits the text; lines that share no word with it are left out."""
    told = beginning(drafts[lead:])
    scores = {}
    for at in places:
        line = drafts[at].line
        own = set(stems(line.text)) if KICKER_WORDS < line.word_count <= TITLE_WORDS else set()
        if own & told:
            after = any(draft.label in _BESIDE_TITLE for draft in drafts[at + 1 : at + 3])
            before = at > 0 and drafts[at - 1].label in _BESIDE_TITLE
            scores[at] = len(own & told) / len(own) + AFTER_BONUS * after - BEFORE_MALUS * before
    return scores
