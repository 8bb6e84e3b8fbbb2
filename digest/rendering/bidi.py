"""Text for a line that is read in one direction, and what in it runs the other way.

Texts that come from outside are shown on one line each and may not carry characters that steer direction or the
terminal. Arabic inside an English line is put between the isolate characters of the Unicode Bidirectional Algorithm
(UAX #9), so that digits and punctuation beside it stay where they belong; HTML gets `<bdi>` instead.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LRI = "\u2066"
RLI = "\u2067"
PDI = "\u2069"

_ISOLATED = re.compile(f"([{LRI}{RLI}])([^{LRI}{RLI}{PDI}]*){PDI}")
# Embeddings, overrides and isolates (they would leak out of the text they stand in), and the byte order mark.
_STEERING = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


def encodable(text: str) -> str:
    """Return `text` with U+FFFD for every lone surrogate (file names that are not UTF-8 bring them)."""
    return _SURROGATE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Return `text` as one line: white space runs become a space; controls and direction steering go."""
    spaced = " ".join(encodable(text).split())
    return " ".join(_STEERING.sub("", _CONTROL.sub("", spaced)).split())


def clip(text: str, limit: int) -> str:
    """Return `text` cut to about `limit` characters, at a space where there is one, with an ellipsis for the rest."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    cut = head.rfind(" ")
    kept = (head[:cut] if cut > limit // 2 else head).rstrip()
    isolated = kept.count(LRI) + kept.count(RLI) > kept.count(PDI)
    return f"{kept}…{PDI if isolated else ''}"


def isolate(text: str) -> str:
    """Return a name (an outlet, a file) as an isolated unit where it holds right-to-left letters."""
    first = next((kind for kind in _strong(text)), None)
    if not has_rtl(text):
        return text
    return f"{RLI if first in _RIGHT_TO_LEFT else LRI}{text}{PDI}"


def isolate_runs(text: str) -> str:
    """Return an English line with every right-to-left run in it isolated.

    A run goes from one right-to-left letter to the last before the next left-to-right one, marks on it included.
    """
    if text.isascii():
        return text
    pieces: list[str] = []
    done = 0
    for start, end in _runs(text):
        pieces += [text[done:start], RLI, text[start:end], PDI]
        done = end
    return "".join([*pieces, text[done:]])


def plain(text: str) -> str:
    """Return `text` without isolates: for attributes and headers."""
    return _STEERING.sub("", text)


def has_rtl(text: str) -> bool:
    """Tell whether there is a right-to-left letter in `text`."""
    return any(kind in _RIGHT_TO_LEFT for kind in _strong(text))


def is_rtl(text: str) -> bool:
    """Tell whether most letters outside isolates run from right to left."""
    balance = sum(1 if kind in _RIGHT_TO_LEFT else -1 for kind in _strong(_ISOLATED.sub("", text)))
    return balance > 0


def to_html(text: str) -> str:
    """Return `text` escaped for HTML, every isolate turned into a `<bdi>` with its direction."""

    def bdi(found: re.Match[str]) -> str:
        attributes = 'lang="ar" dir="rtl"' if found[1] == RLI else 'dir="ltr"'
        return f"<bdi {attributes}>{found[2]}</bdi>"

    return _ISOLATED.sub(bdi, html.escape(text))


def _strong(text: str) -> Iterator[str]:
    """Yield the bidirectional class of every character with a strong direction."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind == "L" or kind in _RIGHT_TO_LEFT:
            yield kind


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of every right-to-left run."""
    start = end = -1
    for place, char in enumerate(text):
        kind = unicodedata.bidirectional(char)
        if kind in _RIGHT_TO_LEFT:
            start = place if start < 0 else start
            end = place + 1
        elif kind == "NSM" and end == place:
            end = place + 1
        elif kind == "L" and start >= 0:
            yield start, end
            start = -1
    if start >= 0:
        yield start, end
