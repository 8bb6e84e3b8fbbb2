"""Plain-text tables for a terminal: a title, a note on what is counted, and rows that line up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.metrics import Score

NOT_INSTALLED = "not installed"


def percent(value: float) -> str:
    """Return a share of 0 to 1 in percent with two decimals."""
    return f"{100 * value:.2f}"


def score_row(name: str, score: Score | None) -> list[str]:
    """Return the row of one competitor under the heads P, R, F1, wrong, missed; None: it is not installed."""
    if score is None:
        return [name, NOT_INSTALLED]
    return [
        name,
        percent(score.precision),
        percent(score.recall),
        percent(score.f1),
        str(score.wrong),
        str(score.missed),
    ]


SCORE_HEADS = ("", "P", "R", "F1", "wrong", "missed")


def table(title: str, note: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as text: first column to the left, the others to the right. Short rows are allowed."""
    cells = [list(heads), *map(list, rows)]
    widths = [max(len(row[at]) for row in cells if at < len(row)) for at in range(len(heads))]
    lines = [title, *([f"  {note}"] if note else [])]
    for row in cells:
        padded = (
            cell.ljust(width) if not at else cell.rjust(width) for at, (cell, width) in enumerate(_fit(row, widths))
        )
        lines.append(f"  {'  '.join(padded)}".rstrip())
    return "\n".join(lines)


def _fit(row: Sequence[str], widths: Sequence[int]) -> Iterable[tuple[str, int]]:
    return zip(row, widths[: len(row)], strict=True)
