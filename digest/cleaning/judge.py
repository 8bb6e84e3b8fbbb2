"""Judge every line of a scraped document: what it is, and which article of the document it belongs to.

Phrases decide what they can (`digest.cleaning.ruleset`); the rest is read off the structure: what is prose, what stands
before the lead, what is repeated, what follows the end of an article. The thresholds in words were set on real pages in
which headlines have 4 to 16 words, subheads up to 10, and paragraphs nearly always a full stop.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.arabic.outlets import outlet_names
from digest.arabic.text import arabic_letters, foreign_letters, key, repair, words
from digest.cleaning.ruleset import Line, RuleSet
from digest.model import KEPT_LABELS, JudgedLine, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

PROSE_WORDS = 6
"""A line of so many words that ends like a sentence is prose."""
UNENDED_PROSE_WORDS = 15
"""A line of so many words in the body is prose though it ends like a headline: losing text is worse than keeping it."""
SUBHEAD_WORDS = 10
CAPTION_WORDS = 18
BYLINE_WORDS = 8
KICKER_WORDS = 3
"""A line of so few words before a longer headline is the name of a section, not the title."""
GLUED_SUBHEAD_WORDS = 5
FOREIGN_NAME_LETTERS = 8
"""A line may be as long as this in another script and still be a name that belongs to the text."""

_OF_NO_ARTICLE = frozenset(
    {Label.NAVIGATION, Label.RELATED, Label.AD, Label.SOCIAL, Label.SUBSCRIPTION, Label.PROMOTION}
)
_CLOSING = frozenset({Label.SOURCE, Label.KEYWORDS, Label.COMMENTS})
_DASHED = re.compile(r"\s*[-–—|/]\s+|\s+[-–—|/]\s*")
_HEADLINE_DOTS = re.compile(r"[^\s.]\s?(?:\.{2,3}|…)\s*\S")
_HEADLINE_COLON = re.compile(r"^(?:\S+\s+){0,2}\S+:\s")


@dataclass(slots=True)
class _Draft:
    """A line on its way to a verdict."""

    line: Line
    label: Label | None = None
    rule: str = ""
    section: str = ""
    article: int = 0
    kept: str | None = None

    def settle(self, label: Label, rule: str, kept: str | None = None) -> None:
        self.label, self.rule, self.kept = label, rule, kept


def is_prose(line: Line) -> bool:
    """Tell whether `line` reads as a paragraph wherever it stands."""
    enough = line.word_count >= PROSE_WORDS
    return enough and (line.ended or line.text.endswith((":", "؛")) or line.word_count >= 2 * UNENDED_PROSE_WORDS)


def is_foreign(line: Line) -> bool:
    """Tell whether `line` is written in another script: more of its letters than Arabic ones, and more than a name."""
    foreign = foreign_letters(line.text)
    return foreign > FOREIGN_NAME_LETTERS and foreign > arabic_letters(line.text)


def _is_question(line: Line) -> bool:
    """Tell whether `line` is short and asks or exclaims: at the head of a page that is a title, not the lead."""
    return line.word_count <= UNENDED_PROSE_WORDS and line.text.rstrip('»”"')[-1:] in ("؟", "?", "!")


def _looks_like_headlines(line: Line) -> bool:
    """Tell whether a long line in the body without a full stop is made of headlines: dots or a speaker's colon in it."""
    if line.ended or line.word_count <= SUBHEAD_WORDS:
        return False
    return _HEADLINE_DOTS.search(line.text) is not None or _HEADLINE_COLON.search(line.text) is not None


def _glued_subhead(text: str, openers: Sequence[str]) -> str:
    """Return the subhead at the end of headlines glued to it, or "" where none can be told apart."""
    tokens = text.split()
    for length in range(2, GLUED_SUBHEAD_WORDS + 1):
        tail = tokens[-length:]
        if len(tail) == length < len(tokens) and f"{key(' '.join(tail))} ".startswith(tuple(f"{o} " for o in openers)):
            return " ".join(tail)
    return ""


def _apply_phrases(drafts: list[_Draft], rules: RuleSet) -> None:
    for draft in drafts:
        match = rules.first_match(draft.line)
        if match is not None:
            draft.settle(match.label, match.name)
            draft.section = match.section
        elif is_foreign(draft.line):
            draft.settle(Label.EMBED, "other-script")


def _starts_article(drafts: list[_Draft], at: int) -> bool:
    """Tell whether a headline with prose of its own begins at `at`: the title line, then at least two paragraphs."""
    rest = [draft for draft in drafts[at:] if draft.label is None]
    if len(rest) < 3 or is_prose(rest[0].line) or rest[0].line.word_count <= KICKER_WORDS:  # noqa: PLR2004 - as said
        return False
    return is_prose(rest[1].line) and any(is_prose(draft.line) for draft in rest[2:])


def _divide(drafts: list[_Draft]) -> None:
    """Give every line its article, and settle the lines of sections that belong to none.

    A new article begins behind "read also" only where the one before has ended (source, keywords or comments were seen);
    otherwise what follows is a link inside the article, which goes on with the next paragraph.
    """
    article, closed, linking, over = 1, False, False, False
    for at, draft in enumerate(drafts):
        draft.article = article
        if draft.label is not None:
            closed = closed or draft.label in _CLOSING
            if draft.section:
                linking, over = True, draft.section == "end"
            continue
        if linking:
            if closed and not over and _starts_article(drafts, at):
                article += 1
                closed = linking = False
                draft.article = article
                draft.settle(Label.TITLE, "second-article")
            elif not over and is_prose(draft.line):
                linking = False
            else:
                draft.settle(Label.RELATED, "under-related")


def _settle_repeats(drafts: list[_Draft]) -> None:
    """Settle repeated lines of an article: of a headline the first is kept, of prose the last.

    Where a page prints headline and lead twice, the second lead is the one that the text goes on from.
    """
    seen: dict[tuple[int, str], _Draft] = {}
    for draft in drafts:
        if draft.label not in (None, Label.TITLE) or not draft.line.key:
            continue
        where = (draft.article, draft.line.key)
        earlier = seen.get(where)
        if earlier is None:
            seen[where] = draft
        elif is_prose(draft.line) and earlier.label is None:
            earlier.settle(Label.DUPLICATE, "repeated")
            seen[where] = draft
        else:
            draft.settle(Label.DUPLICATE, "repeated")


def _is_byline(line: Line) -> bool:
    """Tell whether a short line beside the title names the outlet: "outlet - agencies", "outlet - edition"."""
    if line.word_count > BYLINE_WORDS or line.ended:
        return False
    names = outlet_names()
    parts = [part for part in _DASHED.split(line.text) if part]
    if len(parts) > 1:
        return names.is_outlet(parts[0]) or any(names.is_agency(part) or names.is_edition(part) for part in parts)
    return names.is_agency(line.text) or line.key in names.english


def _is_lead(line: Line, titled: bool) -> bool:
    """Tell whether `line` is the first paragraph of an article; a question is not while there is no title."""
    return is_prose(line) and (titled or not _is_question(line))


def _settle_head(drafts: list[_Draft]) -> None:
    """Settle what stands before the first paragraph of one article: title, section name, byline, picture text."""
    titled = any(draft.label is Label.TITLE for draft in drafts)
    lead = next(
        (at for at, draft in enumerate(drafts) if draft.label is None and _is_lead(draft.line, titled)), len(drafts)
    )
    head = [draft for draft in drafts[:lead] if draft.label is None]
    if lead == len(drafts):  # no paragraph ends like one: the first line is the title, the rest is for the body
        head = head[:1]
    for draft in head:
        if _is_byline(draft.line):
            draft.settle(Label.BYLINE, "outlet-beside-title")
    open_head = [draft for draft in head if draft.label is None]
    title = None
    if not titled:
        title = next(
            (draft for draft in open_head if draft.line.word_count > KICKER_WORDS), next(iter(open_head), None)
        )
    for draft in open_head:
        if draft is title:
            draft.settle(Label.TITLE, "first-headline")
        elif title is not None and draft.line.number < title.line.number:
            draft.settle(Label.NAVIGATION, "before-title")
        elif draft.line.word_count <= CAPTION_WORDS:
            draft.settle(Label.CAPTION, "between-title-and-lead")
        else:
            draft.settle(Label.PARAGRAPH, "between-title-and-lead")


def _settle_body(drafts: list[_Draft], openers: Sequence[str]) -> None:
    """Settle what is left of one article: paragraphs, subheads before more prose, headlines in the middle of prose."""
    prose = [at for at, draft in enumerate(drafts) if draft.label is None and is_prose(draft.line)]
    last_prose = prose[-1] if prose else len(drafts)
    for at, draft in enumerate(drafts):
        if draft.label is not None:
            continue
        if is_prose(draft.line):
            draft.settle(Label.PARAGRAPH, "prose")
        elif _looks_like_headlines(draft.line):
            subhead = _glued_subhead(draft.line.text, openers) if at < last_prose else ""
            if subhead:
                draft.settle(Label.RELATED_SUBHEAD, "headlines-with-subhead", subhead)
            else:
                draft.settle(Label.RELATED, "headlines")
        elif draft.line.word_count >= UNENDED_PROSE_WORDS:
            draft.settle(Label.PARAGRAPH, "long")
        elif at > last_prose:
            draft.settle(Label.RELATED, "after-the-text")
        elif not words(draft.line.text):
            draft.settle(Label.NAVIGATION, "no-words")
        elif draft.line.word_count <= SUBHEAD_WORDS:
            draft.settle(Label.SUBHEAD, "short-in-prose")
        else:
            draft.settle(Label.PARAGRAPH, "short-in-prose")


def judge(text: str, rules: RuleSet) -> tuple[JudgedLine, ...]:
    """Return the verdict on every non-empty line of a document's `text`, in order. Pure and deterministic."""
    lines = ((number, line.strip()) for number, line in enumerate(repair(text).split("\n"), 1))
    drafts = [_Draft(Line(number, line)) for number, line in lines if line]
    _apply_phrases(drafts, rules)
    _divide(drafts)
    _settle_repeats(drafts)
    for article in sorted({draft.article for draft in drafts}):
        own = [draft for draft in drafts if draft.article == article]
        _settle_head(own)
        _settle_body(own, rules.subhead_openers)
    return tuple(_verdict(draft) for draft in drafts)


def _verdict(draft: _Draft) -> JudgedLine:
    label = draft.label
    if label is None:
        raise AssertionError(f"line {draft.line.number} left without a label")
    kept = draft.kept if draft.kept is not None else draft.line.text if label in KEPT_LABELS else ""
    article = 0 if label in _OF_NO_ARTICLE else draft.article
    return JudgedLine(draft.line.number, draft.line.text, article, label, draft.rule, kept)
