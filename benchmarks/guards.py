"""How well the guards find what is wrong with a translation: `python -m benchmarks.guards`.

1. On the translations of `tests/translating/planted_faults.py`, right ones and spoilt ones: for every guard that something
   is planted for its precision (of its objections those that are right) and recall (of the texts with its fault those it
   objects to).
2. On reference translations (`DIR/mt/dev`, `--shared DIR`), which are right as far as they can be: how often each guard
   objects all the same. The thresholds were set on these, so this is no held-out figure.

Exit status 1 where a guard is under its floor, 2 where the data is not there.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from benchmarks.floors import settle
from benchmarks.metrics import Score
from benchmarks.paths import ROOT, parser
from benchmarks.tables import SCORE_HEADS, percent, score_row, table
from digest.translating.guards import check

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

FLOORED = ("numbers", "terms", "arabic-left", "repetition", "empty")


def planted_scores() -> tuple[dict[str, Score], dict[str, tuple[int, int]], int]:
    """Return every guard's score, how many of each planted fault were noticed by any guard, and the number of texts."""
    sys.path.insert(0, str(ROOT / "tests" / "translating"))
    from planted_faults import examples

    scores: dict[str, Score] = {}
    noticed: dict[str, tuple[int, int]] = {}
    count = 0
    for example in examples():
        count += 1
        objections = {doubt.guard for doubt in check(example.ar, example.en)}
        for guard in objections | example.faults:
            right, wrong, missed = (
                guard in objections & example.faults,
                guard not in example.faults,
                guard not in objections,
            )
            scores[guard] = scores.get(guard, Score()) + Score(int(right), int(wrong), int(missed))
        found, of = noticed.get(example.planted or "nothing", (0, 0))
        noticed[example.planted or "nothing"] = (found + bool(objections), of + 1)
    return scores, noticed, count


def false_alarms(pairs: Iterable[tuple[str, str]]) -> Counter[str]:
    """Return how many of the right translations each guard objects to."""
    return Counter(doubt.guard for ar, en in pairs for doubt in check(ar, en))


def read_references(folder: Path) -> list[tuple[str, str]]:
    """Return the reference translations of both development sets; OSError where they cannot be read."""
    return [
        pair
        for name in ("flores-dev", "news-dev")
        for pair in zip(
            *((folder / f"{name}.{side}").read_text(encoding="utf-8").splitlines() for side in ("ar", "en")),
            strict=True,
        )
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables and return the exit status."""
    chosen = parser("What the guards find, and what they object to wrongly.").parse_args(arguments)
    try:
        references = read_references(chosen.shared / "mt" / "dev")
    except OSError as error:
        print(f"the references cannot be read: {error}; name their folder with --shared", file=sys.stderr)
        return 2
    scores, noticed, count = planted_scores()
    rows = [score_row(guard, score) for guard, score in sorted(scores.items()) if score.right + score.missed]
    print(table("Guards", f"{count} translations, right and spoilt", SCORE_HEADS, rows))
    faults = [[name, str(found), str(of), percent(found / of)] for name, (found, of) in noticed.items()]
    print(table("Faults noticed by any guard", "", ("planted", "noticed", "of", "%"), faults))
    alarms = false_alarms(references)
    alarm_rows = [[guard, str(number), percent(number / len(references))] for guard, number in alarms.most_common()]
    print(table("Objections to references", f"{len(references)} references", ("", "objections", "%"), alarm_rows))
    measured = {f"guards.{guard}_recall": scores[guard].recall for guard in FLOORED}
    measured |= {f"guards.{guard}_precision": scores[guard].precision for guard in FLOORED}
    return settle(measured, update=chosen.update_floors)


if __name__ == "__main__":
    sys.exit(main())
