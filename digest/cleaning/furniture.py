"""Lines that many of the day's documents have in common belong to the sites, not to the articles."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from digest.arabic.text import repair

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.model import Document

LEAST_DOCUMENTS = 3
COMPARED = 4
"""Of the documents that share a line so many are compared with each other."""
MOST_ALIKE = 0.3
"""Documents that share more of their lines than this are copies of one text: what they share is the article."""


def find_furniture(documents: Iterable[Document]) -> frozenset[str]:
    """Return the lines that stand, letter by letter, in at least three documents which have little else in common."""
    lines = [_lines(document) for document in documents]
    where: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(lines):
        for line in own:
            where[line].append(number)
    return frozenset(
        line
        for line, numbers in where.items()
        if len(numbers) >= LEAST_DOCUMENTS and _are_different([lines[number] for number in numbers[:COMPARED]])
    )


def _lines(document: Document) -> frozenset[str]:
    return frozenset(line.strip() for line in repair(document.text).split("\n")) - {""}


def _are_different(documents: Sequence[frozenset[str]]) -> bool:
    return all(len(one & other) <= MOST_ALIKE * len(one | other) for one, other in combinations(documents, 2))
