"""English for lines of an Arabic text that is not ours to copy: each line goes by a name made of it.

A file of such English has `NAME<TAB>English` where a file of pairs has the Arabic.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from digest.arabic.text import key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from training.corpus import Pair

_DIGITS = 12
"""Of SHA-256 in hexadecimal: two of 200,000 lines go by one name with a probability of one in fourteen thousand."""


def line_name(ar: str) -> str:
    """Return the name of an Arabic line, the same for every spelling that `digest.arabic.text.key` unites."""
    return hashlib.sha256(key(ar).encode()).hexdigest()[:_DIGITS]


def with_arabic(named: Iterable[Pair], lines: Iterable[str]) -> list[Pair]:
    """Return `named` with the line of `lines` in the place of its name; those without one are left out."""
    by_name = {line_name(line): line for line in lines}
    return [(by_name[name], en) for name, en in named if name in by_name]
