"""Judge every line of a scraped document: what it is, and which article of the document it belongs to.

Phrases decide what they can (`digest.cleaning.ruleset`); the rest is read off the structure: where the text lies among
menus and lists (`digest.cleaning.core`), what stands before the lead (`digest.cleaning.head`), what is repeated, what
follows the end of an article. The thresholds in words were set on real pages in which headlines have 4 to 16 words,
subheads up to 10, and paragraphs nearly always a full stop.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from digest.arabic.stems import stems
from digest.arabic.text import key, repair
from digest.cleaning.body import settle_body
from digest.cleaning.core import find_text
from digest.cleaning.draft import Draft
from digest.cleaning.head import WINDOW, beginning, settle_head
from digest.cleaning.lines import PROSE_WORDS, Line
from digest.cleaning.sections import divide, free_lists, open_sections
from digest.model import KEPT_LABELS, JudgedLine, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.cleaning.ruleset import RuleSet

STANDFIRST_SHARE = 0.3
"""Least share of a standfirst's words that come again in the first paragraphs."""
HEADLINE_WORDS = (4, 25)
"""Least and most words of a headline among what follows an article."""
WRAPPED = "wrapped"
"""The rule of lines that are pieces of paragraphs broken at a fixed width."""

_OF_NO_ARTICLE = frozenset(
    {Label.NAVIGATION, Label.RELATED, Label.AD, Label.SOCIAL, Label.SUBSCRIPTION, Label.PROMOTION}
)


def judge(
    text: str, rules: RuleSet, title: str | None = None, furniture: frozenset[str] = frozenset()
) -> tuple[JudgedLine, ...]:
    """Return the verdict on every non-empty line of a document's `text`, in order. Pure and deterministic.

    `title` is the title where it is known from elsewhere; a line of the text that repeats it is a title line all the same.
    `furniture` are lines that stand in many documents of the day (`digest.cleaning.furniture`).
    """
    lines = ((number, line.strip()) for number, line in enumerate(repair(text).split("\n"), 1))
    drafts = [Draft(Line(number, line)) for number, line in lines if line]
    _apply_phrases(drafts, rules, furniture)
    free_lists(drafts)
    open_sections(drafts)
    wrapped, start, end = find_text(drafts)
    if wrapped:
        for draft in drafts:
            if draft.label is None:
                draft.settle(Label.PARAGRAPH, WRAPPED)
    elif start < end:
        _settle_prose_before(drafts[:start], drafts[start:end])
        divide(drafts[:end], start)
        _settle_tail(drafts[end:], drafts[end - 1].article)
    _settle_repeats(drafts, title)
    for _, own in groupby(drafts, key=lambda draft: draft.article):
        article = list(own)
        settle_head(article, known_title=title is not None and article[0].article == 1)
        settle_body(article, rules.subhead_openers)
    return tuple(_verdict(draft) for draft in drafts)


def _verdict(draft: Draft) -> JudgedLine:
    label = draft.label
    if label is None:
        raise AssertionError(f"line {draft.line.number} left without a label")
    kept = draft.kept if draft.kept is not None else draft.line.text if label in KEPT_LABELS else ""
    article = 0 if label in _OF_NO_ARTICLE else draft.article
    return JudgedLine(draft.line.number, draft.line.text, article, label, draft.rule, kept)


def _apply_phrases(drafts: Sequence[Draft], rules: RuleSet, furniture: frozenset[str]) -> None:
    for draft in drafts:
        match = rules.first_match(draft.line)
        if match is not None:
            draft.settle(match.label, match.name)
            draft.section, draft.listed = match.section, match.listed
        elif draft.line.is_foreign:
            draft.settle(Label.EMBED, "other-script")
        elif draft.line.text in furniture:
            draft.settle(Label.NAVIGATION, "seen-in-many-articles")


def _settle_prose_before(drafts: Sequence[Draft], text: Sequence[Draft]) -> None:
    """Settle sentences above the text, which menus part from it: polls, tickers, what the site says of itself.

    One that shares its words with the beginning of the text is its standfirst, parted from it by buttons and dates.
    """
    told: set[str] | None = None
    for at, draft in enumerate(drafts):
        if draft.label is None and draft.line.is_told and draft.line.word_count >= PROSE_WORDS:
            told = beginning(text) if told is None else told  # stems cost more than all the rest
            own = set(stems(draft.line.text))
            if at + 1 < len(drafts) and drafts[at + 1].label is Label.CREDIT:
                draft.settle(Label.CAPTION, "beside-a-credit")
            elif len(drafts) - at <= WINDOW and len(own & told) >= STANDFIRST_SHARE * len(own):
                draft.settle(Label.PARAGRAPH, "standfirst")
            else:
                draft.settle(Label.NAVIGATION, "before-the-text")


def _settle_tail(drafts: Sequence[Draft], article: int) -> None:
    """Settle what follows the end of the text, but for short sentences right behind it, which are for the body."""
    least, most = HEADLINE_WORDS
    linking, behind = False, True
    for draft in drafts:
        draft.article = article
        behind = behind and draft.label is None and draft.line.is_short_sentence
        if behind:
            continue
        linking = linking or bool(draft.section)
        if draft.label is None:
            headline = linking or least <= draft.line.word_count <= most
            draft.settle(Label.RELATED if headline else Label.NAVIGATION, "after-the-text")


def _settle_repeats(drafts: Sequence[Draft], title: str | None) -> None:
    """Settle repeated lines of an article: of a headline the first is kept, of prose the last.

    Where a page prints headline and lead twice, the second lead is the one that the text goes on from.
    """
    known = key(title) if title else ""
    seen: dict[tuple[int, str], Draft] = {}
    for draft in drafts:
        if draft.label not in (None, Label.TITLE):
            continue
        # Prose is compared letter by letter: folding all of it would cost more than everything else here.
        compared = draft.line.text if draft.line.is_prose else draft.line.key
        if not compared:
            continue
        if known and compared == known and draft.article == 1 and draft.label is None:
            draft.settle(Label.TITLE, "title-of-the-page")
        where = (draft.article, compared)
        earlier = seen.get(where)
        if earlier is None:
            seen[where] = draft
        elif draft.line.is_prose and earlier.label is None:
            earlier.settle(Label.DUPLICATE, "repeated")
            seen[where] = draft
        else:
            draft.settle(Label.DUPLICATE, "repeated")
