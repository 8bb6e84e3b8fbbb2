"""Make the folder to train on: collect the corpus files, clean, deduplicate, and keep every dev sentence out.

    uv run --group training python -m training.prepare ../shared/mt .training/data

The folder gets a file of pairs for each source, the weights, the dev set, the Arabic text for the tokenizer and
`report.tsv`, which counts what was kept and why the rest was not. The same recipe and files give the same folder.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from digest.arabic.text import key
from training.corpus import MONO, Corpus, Pair, read_lines, read_pairs, write_corpus, write_lines
from training.errors import TrainingError, told_in_one_line
from training.filters import english_key, normalise, refusal
from training.named_lines import with_arabic
from training.recipe import DEFAULT_RECIPE, all_weights, read_recipe
from training.synthetic import country_names, swap_country, swap_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from training.recipe import Filters, Recipe, Source

REASONS = ("nameless", "empty", "copy", "script", "long", "ratio", "dev", "duplicate", "limit")
"""Why a pair was left out, in the order in which the reasons are tried; nameless: no Arabic line goes by its name."""


class HeldOut:
    """The sentences that must not be trained on, by the keys of either side."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._arabic: set[str] = set()
        self._english: set[str] = set()
        for ar, en in pairs:
            self._arabic.add(key(ar))
            self._english.add(english_key(en))
        self._arabic.discard("")
        self._english.discard("")

    def __contains__(self, pair: Pair) -> bool:
        """Tell whether either side of `pair` is held out."""
        return key(pair[0]) in self._arabic or english_key(pair[1]) in self._english


class Collector:
    """Takes the pairs of one source after another; a pair that an earlier source had is a duplicate."""

    def __init__(self, filters: Filters, held_out: HeldOut, seed: int) -> None:
        self._filters = filters
        self._held_out = held_out
        self._seed = seed
        self._seen: set[Pair] = set()

    def collect(self, rows: Iterable[Pair], source: Source) -> tuple[list[Pair], Counter[str]]:
        """Return the pairs of `rows` to train on, normalised and in order, and how many there were by `REASONS`."""
        kept: list[Pair] = []
        counts: Counter[str] = Counter()
        for row in rows:
            ar, en = normalise(row[0]), normalise(row[1])
            reason = refusal(ar, en, self._filters) or self._known(ar, en)
            if reason:
                counts[reason] += 1
            else:
                kept.append((ar, _capitalised(en) if source.capitalise else en))
        if source.limit and len(kept) > source.limit:
            counts["limit"] = len(kept) - source.limit
            random = np.random.default_rng(self._seed)
            kept = [kept[i] for i in sorted(random.choice(len(kept), source.limit, replace=False))]
        return kept, counts

    def _known(self, ar: str, en: str) -> str | None:
        if (ar, en) in self._held_out:
            return "dev"
        pair = key(ar), english_key(en)
        if pair in self._seen:
            return "duplicate"
        self._seen.add(pair)
        return None


def read_dev(recipe: Recipe, shared: Path) -> list[Pair]:
    """Return the pairs of all dev sets; TrainingError where the files of one have different numbers of lines."""
    pairs: list[Pair] = []
    for ar_name, en_name in recipe.dev.values():
        ar, en = read_lines(shared / ar_name), read_lines(shared / en_name)
        if len(ar) != len(en):
            raise TrainingError(f"{shared / ar_name}: {len(ar)} lines, but {en_name} has {len(en)}; get both again")
        pairs += [(normalise(one), normalise(other)) for one, other in zip(ar, en, strict=True)]
    return pairs


def make_synthetic(
    pairs: Sequence[Pair], countries: Mapping[str, str], wanted: int, held_out: HeldOut, seed: int
) -> list[Pair]:
    """Return up to `wanted` new pairs made of `pairs`, which are taken in random order, each once."""
    random = np.random.default_rng(seed)
    made: list[Pair] = []
    for i in random.permutation(len(pairs)):
        if len(made) == wanted:
            break
        with_numbers = swap_numbers(pairs[i], random)
        new = swap_country(with_numbers or pairs[i], countries, random) or with_numbers
        if new and new != pairs[i] and new not in held_out:
            made.append(new)
    return made


def prepare(recipe: Recipe, shared: Path, folder: Path, exclude: Sequence[Path] = ()) -> dict[str, Counter[str]]:
    """Write the folder to train on, of the files in `shared`, and return how many pairs were "kept" by source.

    The other counts are by `REASONS`. `exclude` names further files of lines (of either language, columns parted by
    tabs) that must not be trained on.
    """
    dev = read_dev(recipe, shared)
    lines = [column for path in exclude for line in read_lines(path) for column in line.split("\t")]
    held_out = HeldOut([*dev, *((line, line) for line in map(normalise, lines))])
    collector = Collector(recipe.filters, held_out, recipe.seed)
    sources: dict[str, list[Pair]] = {}
    report: dict[str, Counter[str]] = {}
    for name, source in recipe.sources.items():
        rows = read_pairs(shared / source.file)
        pairs = with_arabic(rows, read_lines(shared / source.arabic)) if source.arabic else rows
        sources[name], report[name] = collector.collect(pairs, source)
        report[name]["kept"] = len(sources[name])
        if len(pairs) < len(rows):
            report[name]["nameless"] = len(rows) - len(pairs)
    if synthetic := recipe.synthetic:
        countries = country_names(read_pairs(shared / synthetic.countries), sources[synthetic.source])
        sources["synthetic"] = make_synthetic(
            sources[synthetic.source], countries, synthetic.pairs, held_out, recipe.seed
        )
        report["synthetic"] = Counter(kept=len(sources["synthetic"]))
    write_corpus(folder, Corpus(sources=sources, weights=all_weights(recipe), dev=dev))
    if recipe.mono:
        text = [line for line in map(normalise, read_lines(shared / recipe.mono.file)) if line]
        random = np.random.default_rng(recipe.seed)
        chosen = sorted(random.permutation(len(text))[: recipe.mono.sentences])
        write_lines(folder / MONO, (text[i] for i in chosen if (text[i], "") not in held_out))
    (folder / "report.tsv").write_text(report_table(report), encoding="utf-8")
    return report


def report_table(report: Mapping[str, Mapping[str, int]]) -> str:
    """Return the counts as a table with tabs, a line for each source."""
    columns = ("kept", *REASONS)
    rows = [["source", *columns]]
    rows += [[name, *(str(counts.get(column, 0)) for column in columns)] for name, counts in report.items()]
    return "".join("\t".join(row) + "\n" for row in rows)


def _capitalised(text: str) -> str:
    """Return `text` with a capital at the start of each word and after each hyphen, other letters as they are."""
    starts = (i == 0 or text[i - 1] in " -" for i in range(len(text)))
    return "".join(char.upper() if start else char for char, start in zip(text, starts, strict=True))


def main(arguments: list[str] | None = None) -> None:
    """Prepare the folder and print the report."""
    parser = argparse.ArgumentParser(prog="training.prepare", description="Make the folder to train on.")
    parser.add_argument("shared", type=Path, help="folder with the files that the recipe names")
    parser.add_argument("folder", type=Path, help="folder to write")
    parser.add_argument("--recipe", type=Path, default=DEFAULT_RECIPE)
    parser.add_argument("--exclude", type=Path, nargs="*", default=[], help="further files of sentences to keep out")
    options = parser.parse_args(arguments)
    with told_in_one_line():
        report = prepare(read_recipe(options.recipe), options.shared, options.folder, options.exclude)
        sys.stdout.write(report_table(report))


if __name__ == "__main__":
    main()
