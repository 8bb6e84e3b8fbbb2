"""How well sentences are split, beside others in the same run: `python -m benchmarks.sentences`.

On `DIR/eval/sbd/dev.jsonl` (`--shared DIR`), which is easy, and on `hard_sentences.txt` beside this module: the sentences
of each document are joined by a space and split again. A boundary is right where it falls behind the same number of
characters, spaces not counted; the last one of a document counts too. Exit status 1 where ours is under its floor, 2
where the data is not there.
"""

from __future__ import annotations

import re
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.floors import settle
from benchmarks.metrics import Score
from benchmarks.paths import parser, read_json_lines
from benchmarks.tables import SCORE_HEADS, score_row, table
from digest.arabic.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Splitter = Callable[[str], Iterable[str]]

_NAIVE = re.compile(r"(?<=[.!?؟])\s+")


def boundaries(sentences: Iterable[str]) -> set[int]:
    """Return behind how many characters, spaces not counted, each sentence ends."""
    places, total = set(), 0
    for sentence in sentences:
        total += len("".join(sentence.split()))
        places.add(total)
    return places


def score(documents: Iterable[Sequence[str]], split: Splitter) -> Score:
    """Return how the boundaries that `split` finds agree with those of the documents."""
    right = wrong = missed = 0
    for document in documents:
        gold, found = boundaries(document), boundaries(split(" ".join(document)))
        right, wrong, missed = right + len(gold & found), wrong + len(found - gold), missed + len(gold - found)
    return Score(right, wrong, missed)


def peers() -> dict[str, Splitter | None]:
    """Return the splitters to compare with, None for one that is not installed."""
    found: dict[str, Splitter | None] = {"naive regex": _NAIVE.split}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # old escapes in their sources
        for name, load in (("pyarabic", _pyarabic), ("pysbd", _pysbd), ("nltk", _nltk)):
            try:
                found[name] = load()
            except ImportError:
                found[name] = None
    return found


def _pyarabic() -> Splitter:
    from pyarabic import araby

    split: Splitter = araby.sentence_tokenize
    return split


def _pysbd() -> Splitter:
    import pysbd

    split: Splitter = pysbd.Segmenter(language="ar", clean=False).segment
    return split


def _nltk() -> Splitter:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    split: Splitter = PunktSentenceTokenizer().tokenize  # untrained: NLTK has no model for Arabic
    return split


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark, print its table, and return the exit status."""
    chosen = parser("Sentence splitting, beside pyarabic, pysbd and NLTK.").parse_args(arguments)
    try:
        records = read_json_lines(chosen.shared / "eval" / "sbd" / "dev.jsonl")
    except (OSError, ValueError) as error:
        print(f"the evaluation data cannot be read: {error}; name its folder with --shared", file=sys.stderr)
        return 2
    documents = [[" ".join(str(sentence).split()) for sentence in record["sentences"]] for record in records]
    measured = {
        "sentences.boundary_f1": report("documents of UD Arabic PUD", documents),
        "sentences.hard_boundary_f1": report("hard documents", hard_documents()),
    }
    return settle(measured, update=chosen.update_floors)


def report(name: str, documents: Sequence[Sequence[str]]) -> float:
    """Print the table of all splitters on `documents` and return the F1 of ours."""
    ours = score(documents, split_sentences)
    rows = [score_row("digest", ours)]
    rows += [score_row(peer, None if split is None else score(documents, split)) for peer, split in peers().items()]
    total = sum(map(len, documents))
    print(table(f"Sentence boundaries: {total} in {len(documents)} {name}", "", SCORE_HEADS, rows))
    return ours.f1


def hard_documents() -> list[list[str]]:
    """Return the documents of `hard_sentences.txt`."""
    text = Path(__file__).with_name("hard_sentences.txt").read_text(encoding="utf-8")
    _, _, text = text.partition("\n")
    return [document.splitlines() for document in text.strip().split("\n\n")]


if __name__ == "__main__":
    sys.exit(main())
