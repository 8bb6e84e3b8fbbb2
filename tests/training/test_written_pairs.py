"""The sentence pairs that ship with the recipe: each is one, none twice, none of a development set."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.corpus import read_pairs
from training.filters import normalise, refusal
from training.prepare import HeldOut, read_dev
from training.recipe import read_recipe

SHARED = Path(__file__).resolve().parents[3] / "shared" / "mt"
PAIRS = read_pairs(Path(read_recipe().sources["written"].file))


def test_every_line_is_a_pair_that_training_takes() -> None:
    filters = read_recipe().filters
    refused = [(ar, en) for ar, en in PAIRS if refusal(normalise(ar), normalise(en), filters)]
    assert refused == []
    assert len({ar for ar, _ in PAIRS}) == len(PAIRS)


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the development sets")
def test_none_is_of_a_development_set() -> None:
    held_out = HeldOut(read_dev(read_recipe(), SHARED))
    assert [pair for pair in PAIRS if pair in held_out] == []
