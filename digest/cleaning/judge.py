"""Judge every line of a scraped document: what it is, and which article of the document it belongs to.

Phrases decide what they can (`digest.cleaning.ruleset`); the rest is read off the structure: where the text lies among
menus and lists (`digest.cleaning.core`), what stands before the lead (`digest.cleaning.head`), what is repeated, what
follows the end of an article. The thresholds in words were set on real pages in which headlines have 4 to 16 words,
subheads up to 10, and paragraphs nearly always a full stop.
"""

from __future__ import annotations

import re
from itertools import groupby, islice
from typing import TYPE_CHECKING

from digest.arabic.stems import stems
from digest.arabic.text import key, repair, words
from digest.cleaning.core import find_core, is_plain, is_wrapped, weigh
from digest.cleaning.draft import Draft
from digest.cleaning.head import WINDOW, beginning, settle_head
from digest.cleaning.lines import LONG_WORDS, PROSE_WORDS, SUBHEAD_WORDS, UNENDED_PROSE_WORDS, Line
from digest.model import KEPT_LABELS, JudgedLine, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.cleaning.ruleset import RuleSet

KICKER_WORDS = 3
GLUED_SUBHEAD_WORDS = 5
SHORT_SUBHEAD_WORDS = 5
LIST_LINES = 12
"""A list is not longer, as far as the line that announces it speaks for its lines."""
_EXCUSED_WEIGHT = -2.0
STANDFIRST_SHARE = 0.3
"""Least share of a standfirst's words that come again in the first paragraphs."""
MOST_LINKS = 10
"""Links to other articles inside one, at most."""
HEADLINE_WORDS = (4, 25)
_FREED = "freed"
WRAPPED = "wrapped"
"""The rule of lines that are pieces of paragraphs broken at a fixed width."""

ROW = 3
"""From so many short lines in a row on they are no subheads."""

_LISTED = re.compile(r"^[^\w\s]|\d|:")
_OF_NO_ARTICLE = frozenset(
    {Label.NAVIGATION, Label.RELATED, Label.AD, Label.SOCIAL, Label.SUBSCRIPTION, Label.PROMOTION}
)
_CLOSING = frozenset({Label.SOURCE, Label.KEYWORDS, Label.COMMENTS})


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
    _free_lists(drafts)
    _open_sections(drafts)
    wrapped, start, end = _find_text(drafts)
    if wrapped:
        for draft in drafts:
            if draft.label is None:
                draft.settle(Label.PARAGRAPH, WRAPPED)
    elif start < end:
        _settle_prose_before(drafts[:start], drafts[start:end])
        _divide(drafts[:end], start)
        _settle_tail(drafts[end:], drafts[end - 1].article)
    _settle_repeats(drafts, title)
    for _, own in groupby(drafts, key=lambda draft: draft.article):
        article = list(own)
        settle_head(article, known_title=title is not None and article[0].article == 1)
        _settle_body(article, rules.subhead_openers)
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
            draft.section = match.section
        elif draft.line.is_foreign:
            draft.settle(Label.EMBED, "other-script")
        elif draft.line.text in furniture:
            draft.settle(Label.NAVIGATION, "seen-in-many-articles")


def _free_lists(drafts: Sequence[Draft]) -> None:
    """Give back the points of an article's own list: one that ends like a sentence is no headline, nor is what is announced."""
    for at, draft in enumerate(drafts):
        if draft.rule.endswith("related-bullet"):
            before = drafts[at - 1] if at else None
            beside = (before, drafts[at + 1] if at + 1 < len(drafts) else None)
            if (before is not None and (before.line.text.endswith(":") or before.rule == _FREED)) or any(
                one is not None and one.label is None and one.line.ended and one.line.text[0] == draft.line.text[0]
                for one in beside
            ):
                draft.label, draft.rule = None, _FREED


def _open_sections(drafts: Sequence[Draft]) -> None:
    """Let those headings over links that mostly stand behind articles be inside one where its text goes on behind them."""
    for at, draft in enumerate(drafts):
        if draft.section == "end" and _goes_on(drafts, at):
            draft.section = "inline"


def _goes_on(drafts: Sequence[Draft], heading: int) -> bool:
    """Tell whether an article goes on behind a heading over links: a few of them, then two paragraphs, a subhead between.

    Lists of other articles with their leads have a headline between any two; of an article that has ended, nothing goes
    on. Readers' comments have names between them, but some have two paragraphs: there it takes three.
    """
    wanted = 3 if drafts[heading].label in _CLOSING else 2
    for draft in reversed(drafts[max(0, heading - WINDOW) : heading]):
        if draft.label in _CLOSING:
            return False
        if draft.label is None and draft.line.is_prose:
            break
    told, links = 0, 0
    for draft in drafts[heading + 1 : heading + 1 + WINDOW]:
        if draft.label in _CLOSING or links > MOST_LINKS:
            return False
        if draft.label is None and _is_told(draft.line):
            told += 1
            if told == wanted:
                return True
        elif draft.label is None:
            links += 1
            if draft.line.word_count > SHORT_SUBHEAD_WORDS:
                told = 0
    return False


def _find_text(drafts: Sequence[Draft]) -> tuple[bool, int, int]:
    """Return whether the lines are wrapped ones, and the (start, end) of the text otherwise."""
    lines, labels = [draft.line for draft in drafts], [draft.label for draft in drafts]
    if is_wrapped(lines, labels):
        return True, 0, len(drafts)
    if is_plain(lines, labels):
        prose = [at for at, draft in enumerate(drafts) if draft.label is None and draft.line.is_prose]
        return False, prose[0], prose[-1] + 1
    return False, *find_core(_weights(drafts))


def _weights(drafts: Sequence[Draft]) -> list[float]:
    """Return how much each line speaks for a text.

    Subheads, what a line ending in a colon announces, and links inside an article that goes on behind them hardly speak
    against it.
    """
    weights: list[float] = []
    excused = 0
    for at, draft in enumerate(drafts):
        weight = weigh(draft.line, draft.label, draft.section)
        if draft.section == "inline" and _goes_on(drafts, at):
            excused = MOST_LINKS
        elif draft.label is None:
            if draft.line.text.endswith(":") and draft.line.word_count > KICKER_WORDS:
                excused = LIST_LINES
            elif _is_told(draft.line) and draft.line.word_count > UNENDED_PROSE_WORDS:
                excused = 0
            if excused or _stands_in_text(drafts, at):
                excused = max(0, excused - 1)
                weight = max(weight, _EXCUSED_WEIGHT)
        weights.append(weight)
    return weights


def _stands_in_text(drafts: Sequence[Draft], at: int) -> bool:
    """Tell whether an open line stands alone between two paragraphs."""
    return 0 < at < len(drafts) - 1 and all(
        drafts[place].label is None and _is_told(drafts[place].line) for place in (at - 1, at + 1)
    )


def _starts_article(drafts: Sequence[Draft], at: int) -> bool:
    """Tell whether a headline with prose of its own begins at `at`: the title line, then two paragraphs."""
    following = (drafts[place] for place in range(at, len(drafts)) if drafts[place].label is None)
    rest = list(islice(following, 3))
    if len(rest) < 3 or rest[0].line.is_prose or rest[0].line.word_count <= KICKER_WORDS:  # noqa: PLR2004 - as said
        return False
    return rest[1].line.is_prose and rest[2].line.is_prose


def _divide(drafts: Sequence[Draft], start: int) -> None:
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
            elif not over and (_is_told(draft.line) or (links and _is_subhead_before_text(drafts, at))):
                linking = False
            else:
                links += 1
                draft.settle(Label.RELATED, "under-related")


def _is_told(line: Line) -> bool:
    """Tell whether a line among links is of the text: prose, or what announces a quotation. A question may be a headline."""
    if line.is_prose:
        return not line.is_question
    return line.text.endswith(":") or line.word_count >= LONG_WORDS


def _is_subhead_before_text(drafts: Sequence[Draft], at: int) -> bool:
    """Tell whether a line behind links is rather the subhead of the paragraph after it: it is as short as few headlines."""
    following = next((draft.line for draft in drafts[at + 1 : at + 3] if draft.label is None), None)
    return drafts[at].line.word_count <= SHORT_SUBHEAD_WORDS and following is not None and _is_told(following)


def _settle_prose_before(drafts: Sequence[Draft], text: Sequence[Draft]) -> None:
    """Settle sentences above the text, which menus part from it: polls, tickers, what the site says of itself.

    One that shares its words with the beginning of the text is its standfirst, parted from it by buttons and dates.
    """
    told: set[str] | None = None
    for at, draft in enumerate(drafts):
        if draft.label is None and _is_told(draft.line) and draft.line.word_count >= PROSE_WORDS:
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
        behind = behind and draft.label is None and _is_short_sentence(draft.line)
        if behind:
            continue
        linking = linking or bool(draft.section)
        if draft.label is None:
            headline = linking or least <= draft.line.word_count <= most
            draft.settle(Label.RELATED if headline else Label.NAVIGATION, "after-the-text")


def _is_short_sentence(line: Line) -> bool:
    return line.ended and line.word_count <= PROSE_WORDS and bool(words(line.text))


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


def _settle_body(drafts: Sequence[Draft], openers: Sequence[str]) -> None:
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
            if drafts[at - 1].label is Label.PARAGRAPH and _is_short_sentence(draft.line):
                draft.settle(Label.PARAGRAPH, "short-end")
            else:
                draft.settle(Label.RELATED, "after-the-text")
        else:
            _settle_short(draft, drafts[at - 1] if at else None, drafts[at + 1] if at + 1 < len(drafts) else None)


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
            announced = draft.line.text.endswith(":") or (announced and not draft.line.is_prose)


def _is_bare(line: Line) -> bool:
    return (
        line.word_count <= SUBHEAD_WORDS
        and not line.ended
        and not line.text.endswith(":")
        and _LISTED.search(line.text) is None
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
