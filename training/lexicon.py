"""Learn which English words stand for an Arabic word, and of which words that is certain: the table of the guard "words".

    uv run --group training python -m training.lexicon .training/data > digest/translating/lexicon.tsv

Probabilities of an English stem given an Arabic one come from IBM Model 1 (Brown, Della Pietra, Della Pietra and Mercer 1993,
"The Mathematics of Statistical Machine Translation") over the pairs that training.prepare wrote, sentences taken as sets of
stems. A word enters the table where almost every pair that has it has one of its English stems as well. It takes a
bit over a minute and 4 GB of memory.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from digest.arabic.dates import MONTH_NUMBER
from digest.arabic.number_words import spoken_numbers
from digest.arabic.stems import stems
from digest.arabic.text import arabic_letters
from digest.translating.lexicon import Entry, english_stems, english_words
from training.corpus import read_pairs
from training.errors import told_in_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from training.corpus import Pair

LEARNT_FROM = (
    "news",
    "translated",
    "general",
    "written",
    "phrases",
    "tatoeba",
    "talks",
    "exam",
    "wiktionary",
    "wordnet",
)
"""Sources of the recipe for the probabilities."""
JUDGED_BY = ("news", "translated", "general", "written")
"""Sources that decide which words are certain, each by itself: who translated, and what, makes a difference."""

ROUNDS = 6
LEAST_COUNT = 2
"""Stems that fewer pairs have are left out of the model."""
SMOOTHING = 0.5
"""Added to the count of each Arabic stem, so that what is seen once is not certain."""
LEAST_PROBABILITY = 0.003
"""English stems with less are no translation; all that is above is taken for one, so that the guard seldom errs."""

LEAST_LIFT = 4.0
"""So many times as often as by chance an English stem comes with the Arabic one."""

LEAST_SHARE = 0.93
"""Of the pairs with an Arabic stem so many have its English, in all and in each source that has it often. The guard then
objects to 19 of 100 news-dev sentences in the English of package 1.5 and to 4 of their references; at 0.92 it would be 23
and 5, at 0.94 15 and 2."""
LEAST_PAIRS = 12
"""So many pairs have the Arabic stem: with fewer the share says little."""
OFTEN = 8
"""Pairs of a source from which on its own share counts."""
_FUNCTION_WORDS = (
    "a after also an and are as at away back be been but by down for from had has have he her his i in if into is it its not "
    "of off on or our out over s said she so that the their there these they this those to up was we were which who will with "
    "would you your"
)
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""English words that stand in any sentence and so prove nothing."""

Stems = tuple[frozenset[str], frozenset[str]]
"""The stems of the Arabic and of the English side of a pair."""
TranslationTable: TypeAlias = "Mapping[str, Mapping[str, float]]"
"""Probabilities t(e|f): for each Arabic stem those of the English stems that stand for it."""


def stems_of(pair: Pair) -> Stems:
    """Return the stems of both sides without function words, of the Arabic side those in Arabic letters."""
    arabic = frozenset(stem for stem in stems(pair[0]) if arabic_letters(stem))
    return arabic, english_stems(pair[1]) - FUNCTION_WORDS


def learn(pairs: Sequence[Stems]) -> TranslationTable:
    """Return the translation table of IBM Model 1 after `ROUNDS` rounds of expectation maximisation.

    A stem of none, the null word, stands in every Arabic sentence for what has no Arabic.
    """
    arabic = _numbered((side for side, _ in pairs), start=1)
    english = _numbered(side for _, side in pairs)
    sides, sources, targets, groups, group = [], [], [], [], 0
    for ar, en in pairs:
        rows = np.array([0, *(arabic[stem] for stem in ar if stem in arabic)], dtype=np.int64)
        columns = np.array([english[stem] for stem in en if stem in english], dtype=np.int64)
        if len(rows) == 1 or not len(columns):
            continue
        sides.append(rows)
        sources.append(np.tile(rows, len(columns)))
        targets.append(np.repeat(columns, len(rows)))
        groups.append(np.repeat(np.arange(group, group + len(columns), dtype=np.int32), len(rows)))
        group += len(columns)
    if not group:
        return {}
    cells, cell = np.unique(np.concatenate(sources) * len(english) + np.concatenate(targets), return_inverse=True)
    groups_of = np.concatenate(groups)
    source, target = cells // len(english), cells % len(english)
    table = np.ones(len(cells))
    for _ in range(ROUNDS):
        shares = table[cell]
        shares /= np.bincount(groups_of, shares, group)[groups_of]
        counts = np.bincount(cell, shares, len(cells))
        table = counts / (np.bincount(source, counts) + SMOOTHING)[source]
    together, with_arabic = np.bincount(cell), np.bincount(np.concatenate(sides))
    with_english = np.bincount(target[source == 0], together[source == 0])
    by_chance = with_arabic[source] * with_english[target] / with_arabic[0]
    arabic_stems, english_of = ["", *arabic], list(english)
    found: dict[str, dict[str, float]] = {}
    for at in np.flatnonzero(
        (table >= LEAST_PROBABILITY) & (counts >= 1) & (together >= LEAST_LIFT * by_chance) & (source > 0)
    ):
        found.setdefault(arabic_stems[source[at]], {})[english_of[target[at]]] = float(table[at])
    return found


def certain(table: TranslationTable, sources: Iterable[Sequence[Stems]]) -> list[str]:
    """Return the Arabic stems of `table` whose English almost never fails to come in any source, in alphabetical order.

    What the shares have to be say `LEAST_SHARE`, `LEAST_PAIRS` and `OFTEN`.
    """
    hits: Counter[str] = Counter()
    pairs_with: Counter[str] = Counter()
    uncertain: set[str] = set()
    for pairs in sources:
        here, hit = Counter[str](), Counter[str]()
        for arabic, english in pairs:
            for stem in arabic & table.keys():
                here[stem] += 1
                hit[stem] += not english.isdisjoint(table[stem])
        uncertain |= {stem for stem, count in here.items() if count >= OFTEN and hit[stem] < LEAST_SHARE * count}
        hits += hit
        pairs_with += here
    return sorted(
        stem
        for stem, count in pairs_with.items()
        if stem not in uncertain and count >= LEAST_PAIRS and hits[stem] >= LEAST_SHARE * (count + 1)
    )


def entries(table: TranslationTable, chosen: Iterable[str], pairs: Iterable[tuple[Pair, Stems]]) -> dict[str, Entry]:
    """Return the entries of the `chosen` stems.

    An entry is told by its likeliest word, and by the next one too where that is at least half as likely; of the words with
    one stem ("imports", "important") the commonest in the `pairs` that have the Arabic stem stands for it.
    """
    wanted = {stem: _likeliest(table[stem]) for stem in chosen}
    counts: dict[tuple[str, str], Counter[str]] = {(ar, en): Counter() for ar, own in wanted.items() for en in own}
    for (_, english), (arabic, _) in pairs:
        told = [stem for stem in arabic if stem in wanted]
        for word in english_words(english) if told else ():
            for one in english_stems(word):
                for stem in told:
                    if one in wanted[stem]:
                        counts[stem, one][word] += 1
    return {
        stem: Entry(", ".join(counts[stem, one].most_common(1)[0][0] for one in own), frozenset(table[stem]))
        for stem, own in wanted.items()
    }


def _likeliest(probabilities: Mapping[str, float]) -> list[str]:
    first, *others = sorted(probabilities, key=lambda stem: (-probabilities[stem], stem))
    return [first, *(other for other in others[:1] if 2 * probabilities[other] >= probabilities[first])]


def is_number(stem: str) -> bool:
    """Tell whether an Arabic stem is a number or a month: those have a guard of their own."""
    return bool(spoken_numbers(stem)) or stem in MONTH_NUMBER


def main(arguments: list[str] | None = None) -> None:
    """Print the table, a line for each word."""
    parser = argparse.ArgumentParser(
        prog="training.lexicon", description="Print the lexicon that the guard of words reads."
    )
    parser.add_argument("folder", type=Path, help="folder that training.prepare wrote")
    folder = parser.parse_args(arguments).folder
    with told_in_one_line():
        pairs = {name: read_pairs(folder / f"{name}.tsv.xz") for name in LEARNT_FROM}
        stemmed = {name: [stems_of(pair) for pair in own] for name, own in pairs.items()}
        table = learn([pair for own in stemmed.values() for pair in own])
        chosen = (stem for stem in certain(table, [stemmed[name] for name in JUDGED_BY]) if not is_number(stem))
        both = (one for name, own in pairs.items() for one in zip(own, stemmed[name], strict=True))
        for stem, entry in entries(table, chosen, both).items():
            sys.stdout.write(f"{stem}\t{entry.english}\t{' '.join(sorted(entry.stems))}\n")


def _numbered(sides: Iterable[frozenset[str]], start: int = 0) -> dict[str, int]:
    """Return a number for every stem of at least `LEAST_COUNT` sides, in alphabetical order."""
    counts = Counter(stem for side in sides for stem in side)
    return {stem: at for at, stem in enumerate(sorted(s for s, n in counts.items() if n >= LEAST_COUNT), start)}


if __name__ == "__main__":
    main()
