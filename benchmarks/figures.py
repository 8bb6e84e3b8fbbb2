"""How well figures and who says them are taken from sentences: `python -m benchmarks.figures`.

On `benchmarks/figure_sentences.toml`, our own sentences: a figure is right where value, qualifier, what is counted and what
happened are; a claimant is right where its figure is and it is the one named. Rules were made on the part "tuned", and
"kept" was labelled and measured before anything was changed for it. `--errors` prints what is wrong in a part.

Exit status 1 where a share of the part "kept" is under its floor.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.floors import settle
from benchmarks.paths import parser
from benchmarks.tables import percent, table
from digest.model import Article, Figure, LineCounts, Paragraph, Sentence
from digest.summarizing.figures import figures_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SENTENCES = Path(__file__).with_name("figure_sentences.toml")
PARTS = ("tuned", "kept")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence and the figures that belong to it, as `told` tells them."""

    text: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """Precision and recall (0 to 1) of figures, and of the claimants of figures."""

    precision: float
    recall: float
    claimant_precision: float
    claimant_recall: float


def read_labelled(path: Path = SENTENCES) -> dict[str, list[Labelled]]:
    """Return the labelled sentences by part."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {part: [Labelled(one["text"], tuple(one["figures"])) for one in data[part]] for part in PARTS}


def told(figure: Figure) -> str:
    """Return a figure and who says so in one line: "about 300 people wounded / وزارة الصحة"."""
    words = f"{figure.qualifier} {figure.value:f} {figure.counted} {figure.event}"
    return f"{' '.join(words.split())} / {figure.claimant}"


def found(text: str) -> list[str]:
    """Return the figures of one sentence alone."""
    sentences = (Sentence(text, 0, 0),)
    article = Article("a", "a", "", False, "a", None, None, (Paragraph(text),), sentences, LineCounts(1, 0))
    return [told(figure) for figure in figures_of([article])]


def score(labelled: Iterable[Labelled]) -> Scores:
    """Return how well the figures of `labelled` are found.

    Claimants: of those shown (labelled), how many are those of a right figure and the labelled (shown) one.
    """
    shown = wanted = right = named = to_name = rightly_named = 0
    for one in labelled:
        got, gold = found(one.text), list(one.figures)
        shown, wanted = shown + len(got), wanted + len(gold)
        right += len({_figure(line) for line in got} & {_figure(line) for line in gold})
        named += sum(not line.endswith("/ ") for line in got)
        to_name += sum(not line.endswith("/ ") for line in gold)
        rightly_named += sum(not line.endswith("/ ") for line in set(got) & set(gold))
    return Scores(right / shown, right / wanted, rightly_named / named, rightly_named / to_name)


def _figure(line: str) -> str:
    return line.partition(" / ")[0]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and return the exit status."""
    options = parser("Figures and who says them, on labelled sentences.")
    options.add_argument("--errors", choices=PARTS, help="print the sentences of this part that are wrong")
    chosen = options.parse_args(arguments)
    parts = read_labelled()
    for one in parts.get(chosen.errors, ()):
        if sorted(got := found(one.text)) != sorted(one.figures):
            print(f"{one.text}\n  labelled: {'; '.join(one.figures)}\n  found:    {'; '.join(got)}")
    scores = {part: score(own) for part, own in parts.items()}
    rows = [
        [part, str(len(parts[part])), *map(percent, (s.precision, s.recall, s.claimant_precision, s.claimant_recall))]
        for part, s in scores.items()
    ]
    header = ("part", "sentences", "precision", "recall", "claimant precision", "claimant recall")
    print(table("Figures", "labelled sentences of our own", header, rows))
    kept = scores["kept"]
    measured = {
        "figures.precision": kept.precision,
        "figures.recall": kept.recall,
        "figures.claimant_precision": kept.claimant_precision,
        "figures.claimant_recall": kept.claimant_recall,
    }
    return settle(measured, update=chosen.update_floors)


if __name__ == "__main__":
    sys.exit(main())
