"""Pairs of articles that are alike: cosines of their TF-IDF vectors, worked out for those that may matter and no others.

Comparing all pairs of a month of news would take a hundred times as long as reading it. So a first product runs over the
`KEPT_STEMS` weightiest stems of every article, and over none that stand in more than `COMMONEST` of the articles; it is a
lower bound of the cosine. Pairs that pass `WORTH_A_LOOK` there are compared in full.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, timedelta

    from numpy.typing import NDArray

    from digest.arabic.vectors import Vector

KEPT_STEMS = 40
COMMONEST = 500
WORTH_A_LOOK = 0.04
"""On the development set, and on a month of articles, raising the first two or lowering the third moves no story."""
_ROWS = 500
_PAIRS = 50_000


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Pairs `first[k] < second[k]` of rows with their `cosine[k]`, in the order of the rows; the others count as 0."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    cosine: NDArray[np.float64]


def neighbours(vectors: Sequence[Vector], days: Sequence[date | None], window: timedelta) -> Neighbours:
    """Return the pairs of `vectors` that are alike, those left out whose known days are further apart than `window`."""
    full = _matrix(vectors)
    lean = _lean(full)
    known = np.array([day.toordinal() if day else -1 for day in days], dtype=np.int64)
    parts = [_alike(full, lean, known, start, window.days) for start in range(0, full.shape[0], _ROWS)]
    first, second, cosine = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return Neighbours(first, second, cosine)


def _matrix(vectors: Sequence[Vector]) -> csr_array:
    """Return the vectors as rows, shape (number of vectors, number of stems)."""
    columns: dict[str, int] = {}
    places = [columns.setdefault(stem, len(columns)) for vector in vectors for stem in sorted(vector)]
    weights = [vector[stem] for vector in vectors for stem in sorted(vector)]
    ends = np.cumsum([0, *map(len, vectors)])
    return csr_array((np.array(weights), np.array(places, dtype=np.int64), ends), shape=(len(vectors), len(columns)))


def _lean(full: csr_array) -> csr_array:
    """Return the matrix with the weightiest stems of each row alone, and without those that are in too many rows."""
    in_rows = np.bincount(full.indices, minlength=full.shape[1])
    data = np.where(in_rows[full.indices] > COMMONEST, 0.0, full.data)
    for start, end in zip(full.indptr[:-1], full.indptr[1:], strict=True):
        if end - start > KEPT_STEMS:
            row = data[start:end]
            # The stable order of equal weights is that of the stems, so the result does not depend on chance.
            row[np.argsort(-row, kind="stable")[KEPT_STEMS:]] = 0.0
    lean = csr_array((data, full.indices.copy(), full.indptr.copy()), shape=full.shape)
    lean.eliminate_zeros()
    return lean


def _alike(
    full: csr_array, lean: csr_array, days: NDArray[np.int64], start: int, window: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return the pairs whose first row is one of `_ROWS` from `start` on."""
    bounds = (lean[start : start + _ROWS] @ lean[start:].T).tocoo()
    first, second = bounds.row.astype(np.int64) + start, bounds.col.astype(np.int64) + start
    apart = (np.abs(days[first] - days[second]) > window) & (days[first] >= 0) & (days[second] >= 0)
    wanted = (first < second) & (bounds.data >= WORTH_A_LOOK) & ~apart
    first, second = first[wanted], second[wanted]
    order = np.lexsort((second, first))
    first, second = first[order], second[order]
    cosine = np.empty(len(first))
    for at in range(0, len(first), _PAIRS):
        part = slice(at, at + _PAIRS)
        cosine[part] = full[first[part]].multiply(full[second[part]]).sum(axis=1)
    return first, second, cosine
