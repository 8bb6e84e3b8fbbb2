"""Batches of sentence pairs: weighted epochs, pairs of like length together, the same order for the same seed.

An epoch lists each pair as often as its source's weight says, in random order. A chunk of that list at a time is encoded
and sorted by length, and cut into batches that hold a number of tokens with padding. Where a run stands in this is a
`Position`; every chunk depends on the seed, the epoch and its number alone, so a resumed run goes on with the very batches
that it would have had.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from training.errors import TrainingError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt

    from training.corpus import Pair

Encoded = tuple[list[int], list[int]]
"""Piece ids of the Arabic and of the English, without begin and end."""


class PairEncoder(Protocol):
    """What batches need of a tokenizer (`training.tokenizer.Encoder`)."""

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of each text; equal lists give equal ids."""


@dataclass(frozen=True, slots=True)
class Position:
    """The batch that comes next, counted within its chunk, and the chunk within its epoch."""

    epoch: int = 0
    chunk: int = 0
    batch: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """`tokens` of a batch's larger side with padding, `longest` pieces of a side, `chunk` pairs sorted together."""

    tokens: int
    longest: int
    chunk: int


class Batches:
    """The batches of a run without end, from a position on."""

    def __init__(
        self,
        sources: Mapping[str, Sequence[Pair]],
        weights: Mapping[str, float],
        encoder: PairEncoder,
        limits: Limits,
        seed: int,
    ) -> None:
        """Take the sources with a weight above 0; TrainingError where that leaves no pair."""
        self._pairs = [pair for name in sorted(weights) for pair in sources[name] if weights[name] > 0]
        self._sizes = [(len(sources[name]), weights[name]) for name in sorted(weights) if weights[name] > 0]
        self._encoder = encoder
        self._limits = limits
        self._seed = seed
        self._order: tuple[int, npt.NDArray[np.int64]] | None = None
        if not len(self.epoch_order(0)):
            raise TrainingError("the weighted sources have no pair; check weights.json and the stages of the recipe")

    def epoch_order(self, epoch: int) -> npt.NDArray[np.int64]:
        """Return the indices of an epoch's pairs in order, over the sources by name."""
        if self._order is None or self._order[0] != epoch:
            random = np.random.default_rng([self._seed, epoch])
            parts: list[npt.NDArray[np.int64]] = []
            first = 0
            for size, weight in self._sizes:
                whole, share = divmod(weight, 1.0)
                parts += [np.arange(first, first + size)] * int(whole)
                parts.append(first + random.permutation(size)[: round(share * size)])
                first += size
            self._order = epoch, random.permutation(np.concatenate(parts)) if parts else np.empty(0, np.int64)
        return self._order[1]

    def start(self, position: Position) -> Iterator[tuple[list[Encoded], Position]]:
        """Yield batches from `position` on, each with the position after it; the next chunk is made meanwhile."""
        empty = 0
        with ThreadPoolExecutor(1) as pool:
            ahead = pool.submit(self._chunk, position)
            while True:
                batches, following = ahead.result()
                empty = 0 if batches else empty + 1
                if empty * self._limits.chunk > 2 * len(self.epoch_order(position.epoch)):
                    raise TrainingError("no pair is within the longest length; check [batches] in the recipe")
                ahead = pool.submit(self._chunk, following)
                for number in range(position.batch, len(batches)):
                    yield batches[number], Position(position.epoch, position.chunk, number + 1)
                position = following

    def _chunk(self, position: Position) -> tuple[list[list[Encoded]], Position]:
        """Return the batches of a chunk in random order, and where the chunk after it begins."""
        order = self.epoch_order(position.epoch)
        first = position.chunk * self._limits.chunk
        last = min(first + self._limits.chunk, len(order))
        following = Position(position.epoch, position.chunk + 1) if last < len(order) else Position(position.epoch + 1)
        pairs = [self._pairs[i] for i in order[first:last]]
        encoded = encode_pairs(self._encoder, pairs, self._limits.longest)
        batches = bucket(encoded, self._limits.tokens)
        random = np.random.default_rng([self._seed, position.epoch, position.chunk])
        return [batches[i] for i in random.permutation(len(batches))], following


def encode_pairs(encoder: PairEncoder, pairs: Sequence[Pair], longest: int) -> list[Encoded]:
    """Return the ids of the pairs of which neither side is empty or longer than `longest` pieces."""
    ar = encoder.encode([pair[0] for pair in pairs])
    en = encoder.encode([pair[1] for pair in pairs])
    return [
        (source, target)
        for source, target in zip(ar, en, strict=True)
        if 0 < len(source) <= longest and 0 < len(target) <= longest
    ]


def bucket(pairs: Sequence[Encoded], tokens: int) -> list[list[Encoded]]:
    """Return the pairs in batches, those of like length together.

    A batch's longer side has at most `tokens` ids, with padding and one special id for each sentence; only a pair that
    is longer by itself makes a larger one.
    """
    batches: list[list[Encoded]] = []
    width = 0
    for pair in sorted(pairs, key=lambda pair: (max(map(len, pair)), len(pair[0]))):
        width = max(map(len, pair)) + 1  # the widest so far: they come sorted
        if not batches or width * (len(batches[-1]) + 1) > tokens:
            batches.append([])
        batches[-1].append(pair)
    return batches


@dataclass(frozen=True, slots=True)
class Arrays:
    """A batch as padded ids, one row a pair: Arabic with its end, English behind a begin, English with its end."""

    source: npt.NDArray[np.int64]
    given: npt.NDArray[np.int64]
    wanted: npt.NDArray[np.int64]


def as_arrays(batch: Sequence[Encoded], begin: int, end: int, pad: int) -> Arrays:
    """Return `batch` as arrays; `given` is what the decoder reads and `wanted` what it shall say, a step ahead."""
    return Arrays(
        source=_padded([[*ar, end] for ar, _ in batch], pad),
        given=_padded([[begin, *en] for _, en in batch], pad),
        wanted=_padded([[*en, end] for _, en in batch], pad),
    )


def _padded(rows: Sequence[Sequence[int]], pad: int) -> npt.NDArray[np.int64]:
    array = np.full((len(rows), max(map(len, rows))), pad, np.int64)
    for row, ids in zip(array, rows, strict=True):
        row[: len(ids)] = ids
    return array
