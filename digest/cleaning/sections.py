"""What headings over links say of the lines below them: where an article ends, where it goes on, whose a list is.

The thresholds were set on real pages: boxes of links inside an article have up to ten, and few of them a paragraph's length.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from digest.cleaning.draft import beside
from digest.cleaning.head import WINDOW
from digest.cleaning.lines import KICKER_WORDS, SHORT_SUBHEAD_WORDS
from digest.model import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.cleaning.draft import Draft

MOST_LINKS = 10
"""Links to other articles inside one, at most."""
PARAGRAPHS = 2
"""Behind a box of links an article goes on with so many paragraphs at least: one may be the lead of another article."""
PARAGRAPHS_AMONG_COMMENTS = 3
"""Some readers' comments have two."""

_CLOSING = frozenset({Label.SOURCE, Label.KEYWORDS, Label.COMMENTS})


def free_lists(drafts: Sequence[Draft]) -> None:
    """Give back the points of an article's own list: one that ends like a sentence is no headline, nor is what is announced."""
    freed = False
    for at, draft in enumerate(drafts):
        before, after = beside(drafts, at)
        announced = freed or (before is not None and before.line.announces)
        freed = draft.listed and (announced or _is_point(draft, before) or _is_point(draft, after))
        if freed:
            draft.reopen()


def _is_point(draft: Draft, other: Draft | None) -> bool:
    """Tell whether the line beside a point of a list is a point too, and a sentence."""
    return other is not None and other.label is None and other.line.ended and other.line.text[0] == draft.line.text[0]


def open_sections(drafts: Sequence[Draft]) -> None:
    """Find out behind which headings over links an article goes on, also of those that mostly stand behind articles."""
    for at, draft in enumerate(drafts):
        if draft.section and _goes_on(drafts, at):
            draft.section, draft.goes_on = "inline", True


def _goes_on(drafts: Sequence[Draft], heading: int) -> bool:
    """Tell whether an article goes on behind a heading over links: a few of them, then paragraphs, a subhead between.

    Lists of other articles with their leads have a headline between any two; of an article that has ended, nothing goes
    on. Readers' comments have names between them, but some have two paragraphs: there it takes more.
    """
    wanted = PARAGRAPHS_AMONG_COMMENTS if drafts[heading].label in _CLOSING else PARAGRAPHS
    for draft in reversed(drafts[max(0, heading - WINDOW) : heading]):
        if draft.label in _CLOSING:
            return False
        if draft.label is None and draft.line.is_prose:
            break
    told, links = 0, 0
    for draft in drafts[heading + 1 : heading + 1 + WINDOW]:
        if draft.label in _CLOSING or links > MOST_LINKS:
            return False
        if draft.label is None and draft.line.is_told:
            told += 1
            if told == wanted:
                return True
        elif draft.label is None:
            links += 1
            if draft.line.word_count > SHORT_SUBHEAD_WORDS:
                told = 0
    return False


def divide(drafts: Sequence[Draft], start: int) -> None:
    """Give every line its article, and settle the lines of sections that belong to none.

    Headings over lists count from `start` on, where the text begins: above it they are part of the menus. A new article
    begins behind "read also" only where the one before has ended (source, keywords or comments were seen); otherwise
    what follows is a link inside the article, which goes on with the next paragraph.
    """
    article, closed, linking, over, links = 1, False, False, False, 0
    for at in range(start, len(drafts)):
        draft = drafts[at]
        draft.article = article
        if draft.label is not None:
            closed = closed or (draft.label in _CLOSING and draft.section != "inline")
            if draft.section:
                linking, over, links = True, draft.section == "end", 0
            continue
        if linking:
            if closed and not over and _starts_article(drafts, at):
                article += 1
                closed = linking = False
                draft.article = article
                draft.settle(Label.TITLE, "second-article")
            elif not over and (draft.line.is_told or (links and _is_subhead_before_text(drafts, at))):
                linking = False
            else:
                links += 1
                draft.settle(Label.RELATED, "under-related")


def _starts_article(drafts: Sequence[Draft], at: int) -> bool:
    """Tell whether a headline with prose of its own begins at `at`: the title line, then two paragraphs."""
    following = (drafts[place] for place in range(at, len(drafts)) if drafts[place].label is None)
    rest = list(islice(following, 3))
    if len(rest) < 3 or rest[0].line.is_prose or rest[0].line.word_count <= KICKER_WORDS:  # noqa: PLR2004 - as said
        return False
    return rest[1].line.is_prose and rest[2].line.is_prose


def _is_subhead_before_text(drafts: Sequence[Draft], at: int) -> bool:
    """Tell whether a line behind links is rather the subhead of the paragraph after it: it is as short as few headlines."""
    following = next((draft.line for draft in drafts[at + 1 : at + 3] if draft.label is None), None)
    return drafts[at].line.word_count <= SHORT_SUBHEAD_WORDS and following is not None and following.is_told
