"""The recipe: the one that ships is sound, and every mistake in one is told by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.errors import TrainingError
from training.recipe import DEFAULT_RECIPE, all_weights, read_recipe


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = DEFAULT_RECIPE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "recipe.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_recipe_that_ships_can_be_read() -> None:
    recipe = read_recipe()
    assert recipe.sources["news"].weight == 4
    assert recipe.dev["news"] == ("dev/news-dev.ar", "dev/news-dev.en")
    assert all_weights(recipe).keys() == recipe.sources.keys() | {"synthetic"}
    assert [stage.name for stage in recipe.stages] == ["all", "last"]
    assert [stage.sampling for stage in recipe.stages] == [0.5, 0.0]


def test_a_file_beside_the_recipe_is_found_from_anywhere(tmp_path: Path) -> None:
    path = changed(tmp_path, 'file = "./written.tsv"', 'file = "./more/own.tsv"')

    recipe = read_recipe(path)

    assert Path(recipe.sources["written"].file) == tmp_path.resolve() / "more" / "own.tsv"
    assert recipe.sources["news"].file == "corpus/news.tsv.xz"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("seed = 1\n", "", "seed is missing"),
        ("seed = 1\n", "seed = true\n", "seed must be a whole number, not True"),
        ("seed = 1\n", "seed = 1\nsped = 2\n", "unknown sped"),
        ("weight = 4.0", 'weight = "4"', "[sources.news]: weight must be a number"),
        ("weight = 4.0", "weight = -4", "weight of news must not be negative"),
        ("capitalise = true", "capitalise = 1", "capitalise must be true or false"),
        ('"dev/news-dev.en"]', '"dev/news-dev.en", "x"]', "news must be an Arabic and an English file"),
        ('source = "news"', 'source = "old"', "[synthetic] needs an existing source"),
        ("cool_down = 1.0", "cool_down = 1.0\nweights = { olds = 1.0 }", "stage last weighs olds"),
        ("share = 0.8 ", "share = 0.9 ", "shares of the stages must add up to 1"),
        ("[mono]", "[mono", "not TOML"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = changed(tmp_path, old, new)
    with pytest.raises(TrainingError) as error:
        read_recipe(path)
    assert told in str(error.value)
    assert str(error.value).startswith(str(path))
    assert "\n" not in str(error.value)


def test_a_missing_recipe_is_told(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="no such recipe"):
        read_recipe(tmp_path / "none.toml")
