"""The sentence pairs that ship with the recipe: each is one, none twice, none of a development set."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from digest.arabic.text import arabic_letters
from training.corpus import read_lines, read_pairs
from training.filters import normalise, refusal
from training.named_lines import with_arabic
from training.prepare import HeldOut, read_dev
from training.recipe import read_recipe

SHARED = Path(__file__).resolve().parents[3] / "shared" / "mt"
RECIPE = read_recipe()
WRITTEN = read_pairs(Path(RECIPE.sources["written"].file))
TRANSLATED = read_pairs(Path(RECIPE.sources["translated"].file))


def test_every_line_is_a_pair_that_training_takes() -> None:
    refused = [(ar, en) for ar, en in WRITTEN if refusal(normalise(ar), normalise(en), RECIPE.filters)]
    assert refused == []
    assert len({ar for ar, _ in WRITTEN}) == len(WRITTEN)


def test_translations_name_their_arabic_and_do_not_have_it() -> None:
    names = [name for name, _ in TRANSLATED]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[0-9a-f]{12}", name)] == []
    assert [en for _, en in TRANSLATED if arabic_letters(en) or not en.strip()] == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the news text")
def test_every_name_is_that_of_a_line_and_its_pair_is_taken() -> None:
    pairs = with_arabic(TRANSLATED, read_lines(SHARED / RECIPE.sources["translated"].arabic))
    assert len(pairs) == len(TRANSLATED)
    assert [pair for pair in pairs if refusal(normalise(pair[0]), normalise(pair[1]), RECIPE.filters)] == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the development sets")
def test_none_is_of_a_development_set() -> None:
    held_out = HeldOut(read_dev(RECIPE, SHARED))
    pairs = with_arabic(TRANSLATED, read_lines(SHARED / RECIPE.sources["translated"].arabic))
    assert [pair for pair in (*WRITTEN, *pairs) if pair in held_out] == []
