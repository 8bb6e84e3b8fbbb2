"""Files of sentence pairs, and the folder that training.prepare writes.

A file of pairs has a line `Arabic<TAB>English` for each, in UTF-8, xz-compressed where its name ends in .xz; further
columns are ignored. The folder has `NAME.tsv.xz` for each source, `dev.tsv`, `weights.json`, the tokenizer once it is
trained, and for it perhaps `mono.ar.xz`. Nothing here needs more than the standard library, so that a machine that only
trains needs no part of digest.
"""

from __future__ import annotations

import json
import lzma
from dataclasses import dataclass
from typing import TYPE_CHECKING

from training.errors import TrainingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

Pair = tuple[str, str]
"""Arabic and its English."""

DEV, WEIGHTS, TOKENIZER, MONO = "dev.tsv", "weights.json", "sentencepiece.model", "mono.ar.xz"


@dataclass(frozen=True, slots=True)
class Corpus:
    """What there is to train on: pairs and weight (times per epoch) of each source, and the pairs of the dev sets."""

    sources: Mapping[str, Sequence[Pair]]
    weights: Mapping[str, float]
    dev: Sequence[Pair]


def read_lines(path: Path) -> list[str]:
    """Return the lines of a text file, unpacked where it is .xz; TrainingError where it is none or is not there."""
    try:
        raw = path.read_bytes()
        text = (lzma.decompress(raw) if path.suffix == ".xz" else raw).decode("utf-8-sig")
    except FileNotFoundError:
        raise TrainingError(f"{path}: there is no such file; check the folder and the recipe") from None
    except (lzma.LZMAError, UnicodeDecodeError) as error:
        raise TrainingError(f"{path}: not a text file in UTF-8 ({error}); get it again") from error
    # Not splitlines(): it would also break at separators that occur inside of scraped sentences.
    return text.removesuffix("\n").split("\n") if text else []


def read_pairs(path: Path) -> list[Pair]:
    """Return the pairs of a file; TrainingError where a line has no tab."""
    pairs: list[Pair] = []
    for number, line in enumerate(read_lines(path), 1):
        columns = line.split("\t")
        if len(columns) == 1:
            raise TrainingError(f"{path}: line {number} has no tab between Arabic and English; correct it")
        pairs.append((columns[0], columns[1]))
    return pairs


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write `lines`, packed where the name ends in .xz."""
    raw = "".join(f"{line}\n" for line in lines).encode()
    path.write_bytes(lzma.compress(raw) if path.suffix == ".xz" else raw)


def write_pairs(path: Path, pairs: Iterable[Pair]) -> None:
    """Write `pairs`, which contain neither tabs nor line breaks."""
    write_lines(path, ("\t".join(pair) for pair in pairs))


def write_corpus(folder: Path, corpus: Corpus) -> None:
    """Write the files of the sources, the weights and the dev set into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, pairs in corpus.sources.items():
        write_pairs(folder / f"{name}.tsv.xz", pairs)
    write_pairs(folder / DEV, corpus.dev)
    (folder / WEIGHTS).write_text(json.dumps(dict(corpus.weights), indent=2) + "\n", encoding="utf-8")


def read_corpus(folder: Path) -> Corpus:
    """Return what training.prepare wrote into `folder`; TrainingError where a part of it is not there."""
    try:
        weights = json.loads((folder / WEIGHTS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise TrainingError(f"{folder}: has no {WEIGHTS}; make the folder with training.prepare") from None
    sources = {name: read_pairs(folder / f"{name}.tsv.xz") for name in sorted(weights)}
    return Corpus(sources=sources, weights=weights, dev=read_pairs(folder / DEV))


def tokenizer_of(folder: Path) -> Path:
    """Return the tokenizer's file in `folder`; TrainingError where there is none."""
    path = folder / TOKENIZER
    if not path.is_file():
        raise TrainingError(f"{path}: there is no such file; make it with training.tokenizer")
    return path
