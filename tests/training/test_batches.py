"""Batches: every pair as often as it weighs, none too large, and the same ones again after a resume."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.batches import Batches, Limits, Position, as_arrays, bucket, encode_pairs
from training.errors import TrainingError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.batches import Encoded

SOURCES = {
    "news": [(f"خبر {'نص ' * (i % 7)}{i}", f"news {i}") for i in range(50)],
    "tech": [(f"تقنية {i}", f"tech {'text ' * (i % 5)}{i}") for i in range(40)],
    "none": [("لا", "no")],
}
WEIGHTS = {"news": 2.0, "tech": 0.25, "none": 0.0}
LIMITS = Limits(tokens=60, longest=20, chunk=30)


class Words:
    """A tokenizer that knows whole words; the list of texts decides on the ids, as with sampling."""

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the letters of each word and the length of the list added up."""
        return [[len(texts) + sum(map(ord, word)) for word in text.split()] for text in texts]


def batches(seed: int = 1) -> Batches:
    return Batches(SOURCES, WEIGHTS, Words(), LIMITS, seed)


def test_an_epoch_has_each_pair_by_its_weight() -> None:
    counts = Counter(batches().epoch_order(0).tolist())
    assert all(counts[i] == 2 for i in range(50))
    assert sum(counts[i] for i in range(50, 90)) == 10
    assert len(counts) == 60
    assert set(counts) <= set(range(90))


def test_epochs_and_seeds_differ_and_can_be_repeated() -> None:
    order = batches().epoch_order(3)
    assert np.array_equal(order, batches().epoch_order(3))
    assert not np.array_equal(order, batches().epoch_order(4))
    assert not np.array_equal(order, batches(seed=2).epoch_order(3))
    assert len(set(batches().epoch_order(3).tolist()) ^ set(batches().epoch_order(4).tolist())) > 0


def test_all_pairs_of_an_epoch_come_and_the_next_begins() -> None:
    seen = 0
    for batch, position in batches().start(Position()):
        if position.epoch:
            break
        seen += len(batch)
    assert seen == 110


def test_a_resumed_run_goes_on_with_the_same_batches() -> None:
    whole = list(islice(batches().start(Position()), 60))
    assert whole[-1][1].epoch > 0
    for taken in (1, 7, 23, 59):
        resumed = list(islice(batches().start(whole[taken - 1][1]), 60 - taken))
        assert resumed == whole[taken:]


@given(
    st.lists(st.tuples(st.lists(st.just(7), min_size=1, max_size=30), st.lists(st.just(7), min_size=1, max_size=30))),
    st.integers(min_value=10, max_value=200),
)
def test_a_batch_holds_at_most_its_tokens_and_nothing_is_lost(pairs: list[Encoded], tokens: int) -> None:
    made = bucket(pairs, tokens)
    assert sorted(pair for batch in made for pair in batch) == sorted(pairs)
    for batch in made:
        arrays = as_arrays(batch, 2, 3, 0)
        assert len(batch) == 1 or max(arrays.source.size, arrays.given.size) <= tokens


def test_few_places_are_wasted_on_padding() -> None:
    random = np.random.default_rng(1)
    pairs = [([7] * length, [7] * length) for length in random.integers(1, 100, 5000).tolist()]
    arrays = [as_arrays(batch, 2, 3, 0) for batch in bucket(pairs, 4000)]
    places = sum(array.source.size for array in arrays)
    assert sum(len(source) + 1 for source, _ in pairs) / places > 0.95


def test_arrays_are_padded_and_shifted() -> None:
    arrays = as_arrays([([5, 6], [7]), ([8], [9, 10, 11])], begin=2, end=3, pad=0)
    assert arrays.source.tolist() == [[5, 6, 3], [8, 3, 0]]
    assert arrays.given.tolist() == [[2, 7, 0, 0], [2, 9, 10, 11]]
    assert arrays.wanted.tolist() == [[7, 3, 0, 0], [9, 10, 11, 3]]


def test_pairs_too_long_or_empty_are_left_out() -> None:
    pairs = [("و " * 3, "a b"), ("و " * 4, "a"), ("", "a"), ("و", "a b c d")]
    assert len(encode_pairs(Words(), pairs, 3)) == 1


def test_no_pair_at_all_is_told() -> None:
    with pytest.raises(TrainingError, match="no pair"):
        Batches(SOURCES, {"news": 0.0}, Words(), LIMITS, 1)
    too_short = Batches(SOURCES, WEIGHTS, Words(), Limits(tokens=60, longest=1, chunk=30), 1)
    with pytest.raises(TrainingError, match="within the longest length"):
        next(too_short.start(Position()))
