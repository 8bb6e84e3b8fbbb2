"""Cut a text into what a translation model can take: pieces that are short enough, and nothing but language."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_BREAKS = (
    re.compile(r"(?<=[.!?؟…])\s+"),
    re.compile(r"(?<=[؛;])\s+"),
    re.compile(r"(?<=[،,:])\s+"),
    re.compile(r"\s+"),
)
"""Where a text may be cut, the best places first: ends of sentences, of clauses, of phrases, of words."""

_CLAUSES = _BREAKS[:-1]


_UNTOUCHED = re.compile(
    r"""[(\[«"“]?
    (?: (?:https?://|www\.)[^\s<>()\[\]«»"“”]*[^\s<>()\[\]«»"“”.,:;!?،؛؟…]  # an address on the web
      | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                                          # an e-mail address
      | (?<!\w)[@\#]\w+                                                       # a handle, a hashtag
    )[)\]»"”]?""",
    re.VERBOSE,
)
"""What is no language: it stands in the English as in the Arabic, with the brackets or quotation marks about it."""


def cut_out_untouched(text: str) -> list[tuple[str, bool]]:
    """Return `text` in parts, in order: those to translate (True), and addresses, handles and hashtags (False)."""
    parts, end = [], 0
    for found in _UNTOUCHED.finditer(text):
        parts += [(text[end : found.start()].strip(), True), (found.group(), False)]
        end = found.end()
    parts.append((text[end:].strip(), True))
    return [(part, language and any(map(str.isalpha, part))) for part, language in parts if part]


def without_untouched(text: str) -> str:
    """Return `text` without its addresses, handles and hashtags."""
    return _UNTOUCHED.sub(" ", text)


def split_text(text: str, limit: int, count: Callable[[str], int]) -> list[str]:
    """Return `text` in pieces of at most `limit` tokens each, as counted by `count`; a text within the limit is whole.

    The pieces are of about equal length and cut at the best places there are. Joined by single spaces they are the text
    again, except where a single word is longer than the limit: that is cut between two characters.
    """
    if len(text) <= 1 or count(text) <= limit:
        return [text]
    for mark in _BREAKS:
        units = [unit for unit in mark.split(text) if unit]
        if len(units) > 1:
            return [piece for packed in _pack(units, limit, count) for piece in split_text(packed, limit, count)]
    middle = len(text) // 2
    return [piece for half in (text[:middle], text[middle:]) for piece in split_text(half, limit, count)]


def split_in_halves(text: str, count: Callable[[str], int]) -> list[str]:
    """Return `text` cut in two between sentences or clauses, near its middle; nothing where no cut leaves a third each."""
    size = count(text)
    for mark in _CLAUSES:
        cuts = [(found.start(), found.end()) for found in mark.finditer(text)]
        sizes = {cut: (count(text[: cut[0]]), count(text[cut[1] :])) for cut in cuts}
        fair = [cut for cut in cuts if min(sizes[cut]) * 3 >= size]
        if fair:
            start, end = min(fair, key=lambda cut: abs(sizes[cut][0] - sizes[cut][1]))
            return [text[:start], text[end:]]
    return []


def _pack(units: Sequence[str], limit: int, count: Callable[[str], int]) -> list[str]:
    """Join `units` to pieces within the limit, close to equal shares for the fewest pieces that would do.

    Only a unit that is too long by itself makes a piece beyond the limit.
    """
    sizes = [count(unit) for unit in units]
    total = sum(sizes)
    share = total / max(1, math.ceil(total / limit))
    pieces: list[str] = []
    passed = 0
    for unit, size in zip(units, sizes, strict=True):
        joined = f"{pieces[-1]} {unit}" if pieces else ""
        if pieces and passed + size / 2 <= share * len(pieces) and count(joined) <= limit:
            pieces[-1] = joined
        else:
            pieces.append(unit)
        passed += size
    return pieces
