"""Find where the text of a page lies among its menus, lists of headlines and footers."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from digest.cleaning.draft import beside
from digest.cleaning.lines import KICKER_WORDS, UNENDED_PROSE_WORDS
from digest.cleaning.sections import MOST_LINKS
from digest.model import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.cleaning.draft import Draft
    from digest.cleaning.lines import Line

MOST_WORDS = 60
"""What a single paragraph can weigh at most, so that one long line does not outweigh a page."""
PROSE_BONUS = 6
"""A paragraph speaks for the text by being one, besides its words."""
LARGEST_DROP = 80.0
"""A run does not go on past lines that together speak so strongly against it: about a dozen headlines in a row. Prose
behind them (terms of use, teasers of other articles) is not of the same text."""
BREAK_EVEN_WORDS = 14
"""A line that does not end like a sentence speaks for the text from here on; most headlines are shorter."""
MOST_UNENDED = 15
LEAST_SHARE = 0.25
PLAIN_SHARE = 0.7
"""With this share of its words in prose a document is a plain text, not a page: 0.8 and more in articles as people save
them, up to 0.6 in whole pages with menus and terms of use."""
WRAPPED_LINES = 6
WRAPPED_CHARACTERS = 45
WRAPPED_SHARE = 0.65
WRAPPED_BAND = (0.85, 1.1)

LIST_LINES = 12
"""A list is not longer, as far as the line that announces it speaks for its lines."""
EXCUSED_WEIGHT = -2.0
"""What a line of such a list weighs at least, or a subhead, or a link inside an article that goes on behind it."""

_FURNITURE = -2.0
_LABEL_WEIGHTS = {
    Label.AD: -1.0,
    Label.CAPTION: -1.0,
    Label.CREDIT: -1.0,
    Label.EMBED: -1.0,
    Label.COMMENTS: -10.0,
}
_SECTION_END = -15.0


def find_text(drafts: Sequence[Draft]) -> tuple[bool, int, int]:
    """Return whether the lines are wrapped ones, and the (start, end) of the text otherwise, (0, 0) where there is none."""
    lines = [draft.line for draft in drafts if draft.label is None]
    if _is_wrapped(lines):
        return True, 0, len(drafts)
    if _is_plain(lines):
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
        weight = _weigh(draft)
        if draft.goes_on:
            excused = MOST_LINKS
        elif draft.label is None:
            if draft.line.announces and draft.line.word_count > KICKER_WORDS:
                excused = LIST_LINES
            elif draft.line.is_told and draft.line.word_count > UNENDED_PROSE_WORDS:
                excused = 0
            if excused or _stands_in_text(drafts, at):
                excused = max(0, excused - 1)
                weight = max(weight, EXCUSED_WEIGHT)
        weights.append(weight)
    return weights


def _stands_in_text(drafts: Sequence[Draft], at: int) -> bool:
    """Tell whether an open line stands alone between two paragraphs."""
    return all(one is not None and one.label is None and one.line.is_told for one in beside(drafts, at))


def _weigh(draft: Draft) -> float:
    """Return how much a line by itself speaks for (above 0) or against the text of an article going on in it."""
    line = draft.line
    if draft.label is not None:
        return _SECTION_END if draft.section == "end" else _LABEL_WEIGHTS.get(draft.label, _FURNITURE)
    if line.is_prose and line.has_sentence_end and not line.is_question:
        return float(min(line.word_count, MOST_WORDS) + PROSE_BONUS)
    return float(min(line.word_count - BREAK_EVEN_WORDS, MOST_UNENDED))


def _is_plain(lines: Sequence[Line]) -> bool:
    """Tell whether a document with these open lines is an article as it was saved, with little around it."""
    words = sum(line.word_count for line in lines)
    prose = sum(line.word_count for line in lines if line.is_prose and line.has_sentence_end)
    return words > 0 and prose >= PLAIN_SHARE * words


def _is_wrapped(lines: Sequence[Line]) -> bool:
    """Tell whether a document's open lines were broken at a fixed width: nearly all that have no end are alike in length.

    The last line of a paragraph ends wherever its sentence does. Lists of headlines differ far more in length.
    """
    lengths = [len(line.text) for line in lines if not line.ended]
    if len(lines) < WRAPPED_LINES or 2 * len(lengths) <= len(lines):
        return False
    middle = median(lengths)
    least, most = (bound * middle for bound in WRAPPED_BAND)
    alike = sum(least <= length <= most for length in lengths)
    return middle >= WRAPPED_CHARACTERS and alike >= WRAPPED_SHARE * len(lengths)


def find_core(weights: Sequence[float]) -> tuple[int, int]:
    """Return (start, end) of the run of lines that is the text, end not included; (0, 0) where there is none.

    Of all runs it is the first that weighs at least `LEAST_SHARE` of the heaviest: what follows an article on its page
    (terms of use, readers' comments, teasers) can be longer than the article, what stands before it hardly ever is.
    """
    runs = _runs(weights)
    heaviest = max((weight for weight, _, _ in runs), default=0.0)
    return next(((start, end) for weight, start, end in runs if weight and weight >= LEAST_SHARE * heaviest), (0, 0))


def _runs(weights: Sequence[float]) -> list[tuple[float, int, int]]:
    """Return (sum, start, end) of every run of lines that speaks for a text, in order.

    One pass, however long the page, in the manner of Kadane's algorithm with the drop-off of sequence alignment
    (Altschul and others 1990): a run ends where its sum was highest, once the sum has fallen to nothing or by more than
    `LARGEST_DROP`.
    """
    runs: list[tuple[float, int, int]] = []
    total, peak, start, end = 0.0, 0.0, 0, 0
    for at, weight in enumerate(weights):
        if total <= 0 or total < peak - LARGEST_DROP:
            if peak > 0:
                runs.append((peak, start, end))
            total, peak, start = 0.0, 0.0, at
        total += weight
        if total > peak:
            peak, end = total, at + 1
    return [*runs, (peak, start, end)] if peak > 0 else runs
