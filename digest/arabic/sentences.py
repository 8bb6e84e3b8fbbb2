"""Split Arabic paragraphs into sentences.

Arabic news joins clauses with the comma (،) and the semicolon (؛), so only full stops, question and exclamation marks
and ellipses end a sentence here. What looks like an end and is none: decimals (3.5), initials and titles (د. أ.ف.ب. U.S.),
list numbers at the start (1. ...), and whatever stands inside a quotation that closes again in the same paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left

MAX_QUOTED_WORDS = 60
"""A quotation that would make a longer sentence than this is split inside after all: a longer one reads badly and is
past what translation packages were trained on."""

_MAX_QUOTED_CHARACTERS = 12 * MAX_QUOTED_WORDS
_LOOK_BACK = 40
"""Characters before a full stop in which an abbreviation is looked for."""

_TERMINAL = re.compile(r"(?P<mark>[.!?؟…۔]+)(?P<closers>[»”\"'’)\]]*)(?=\s|$)")
_QUOTE_MARK = re.compile(r"[\"«»“”()\[\]]")
_QUOTE_PAIRS = {"«": "»", "“": "”", "(": ")", "[": "]"}
_DOTTED_INITIALS = re.compile(r"(?:^|[\s(«“\"])(?:[^\W\d_]\u0640?\.)+[^\W\d_]\u0640?$")
_SINGLE_LETTER = re.compile(r"(?:^|[\s(«“\"])(?:[^\W\d_]|و[دمأ])\u0640?$")
_LATIN_ABBREVIATION = re.compile(
    r"(?:^|\s)(?:Mr|Mrs|Ms|Dr|St|No|vs|Inc|Ltd|Jr|Sr|Gen|Col|Prof|etc|e\.g|i\.e)$", re.IGNORECASE
)
_AND_SO_ON = re.compile(r"[إا]لخ\b")
_LIST_NUMBER = re.compile(r"\s*[(\[]?\d{1,3}")
_TERMINALS = frozenset(".!?؟…۔")
_CLOSERS = "»”\"'’)]"
_BREAKS = frozenset(">،,؛;:-–(«“…")


def _quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of the quotations and brackets in `text` that close again, outermost ones only, in order.

    Straight double quotes open and close in turn; where their number is odd none of them can be trusted.
    """
    spans: list[tuple[int, int]] = []
    straight: list[int] = []
    open_at: list[tuple[str, int]] = []
    for match in _QUOTE_MARK.finditer(text):
        char, at = match.group(), match.start()
        if char == '"':
            straight.append(at)
        elif char in _QUOTE_PAIRS:
            open_at.append((_QUOTE_PAIRS[char], at))
        elif open_at and char == open_at[-1][0]:
            spans.append((open_at.pop()[1], at))
    if len(straight) % 2 == 0:
        spans.extend(zip(straight[::2], straight[1::2], strict=True))
    spans = [(start, end) for start, end in spans if _is_short(text, start, end)]
    outer: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not outer or end > outer[-1][1]:
            outer.append((start, end))
    return outer


def _is_short(text: str, start: int, end: int) -> bool:
    return end - start <= _MAX_QUOTED_CHARACTERS and len(text[start:end].split()) <= MAX_QUOTED_WORDS


def _is_abbreviation(text: str, at: int) -> bool:
    """Tell whether the full stop at `at` belongs to a word and does not end the sentence."""
    before = text[max(0, at - _LOOK_BACK) : at]
    if _DOTTED_INITIALS.search(before) or _LATIN_ABBREVIATION.search(before):
        return True
    if not _SINGLE_LETTER.search(before):
        return False
    tokens = before.split()
    # "1445 هـ." and "2020 م." end with a unit of the number before, not with an initial.
    return not (len(tokens) > 1 and tokens[-2][-1].isdigit())


def _is_inside(at: int, last: int, spans: list[tuple[int, int]]) -> bool:
    """Tell whether a mark from `at` to `last` lies within a quotation that goes on behind it."""
    place = bisect_left(spans, (at, -1)) - 1
    return any(start < at and last < end for start, end in spans[max(0, place - 1) : place + 1])


def _ends_sentence(text: str, start: int, match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    """Tell whether the sentence that begins at `start` ends with the mark that was matched."""
    after = match.end() + 1  # spaces are single, so the next word begins here
    if after >= len(text):
        return True
    at, mark, following = match.start(), match["mark"], text[after]
    if mark == "." and not match["closers"] and (_is_abbreviation(text, at) or _LIST_NUMBER.fullmatch(text, start, at)):
        return False
    if _AND_SO_ON.match(text, after):
        return False
    if _is_inside(at, match.end() - 1, spans):
        return False
    if match["closers"] and mark[-1] in "!?؟" and following != "و":
        return False  # "..؟" يتساءل: the question is the object of the verb that follows
    return not "a" <= following <= "z"


def split_sentences(paragraph: str) -> list[str]:
    """Return the sentences of one paragraph, in order, each as it stands there without surrounding spaces.

    Nothing is lost: the sentences joined by single spaces are the paragraph with its spaces collapsed.
    """
    text = " ".join(paragraph.split())
    spans = _quoted_spans(text)
    sentences: list[str] = []
    start = 0
    for match in _TERMINAL.finditer(text):
        if _ends_sentence(text, start, match, spans):
            sentences.append(text[start : match.end()].strip())
            start = match.end()
    if tail := text[start:].strip():
        sentences.append(tail)
    return sentences


def is_ended(text: str) -> bool:
    """Tell whether `text` ends as a finished sentence does."""
    return text[-_LOOK_BACK:].rstrip().rstrip(_CLOSERS)[-1:] in _TERMINALS


def is_whole(sentence: str) -> bool:
    """Tell whether `sentence` is complete: it does not break off with a comma, a dash, an ellipsis or a scraper's cut.

    A missing full stop alone proves nothing, many outlets leave the last one of a paragraph out. Two dots are a full stop:
    many write them so.
    """
    end = sentence[-_LOOK_BACK:].rstrip()
    return end[-1:] not in _BREAKS and not end.endswith("...")
