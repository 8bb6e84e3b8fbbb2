"""The digest.toml that explains itself."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from digest.errors import SettingsError
from digest.settings import Settings, load_settings
from digest.settings_file import COLUMNS, commented_settings, explanations

if TYPE_CHECKING:
    from pathlib import Path


def uncommented() -> str:
    return re.sub(r"(?m)^#(?=[a-z])", "", commented_settings())


def test_as_it_is_written_it_sets_nothing() -> None:
    assert tomllib.loads(commented_settings()) == {}


def test_every_setting_is_there_with_its_default(tmp_path: Path) -> None:
    file = tmp_path / "digest.toml"
    file.write_text(uncommented(), encoding="utf-8")
    assert list(tomllib.loads(uncommented())) == [field.name for field in dataclasses.fields(Settings)]
    assert load_settings(file, {}, {}) == Settings()


def test_every_setting_is_explained_above_it() -> None:
    explained = explanations()
    assert set(explained) == {field.name for field in dataclasses.fields(Settings)}
    blocks = commented_settings().split("\n\n")[1:]
    for field, block in zip(dataclasses.fields(Settings), blocks, strict=True):
        *lines, setting = block.strip().splitlines()
        assert setting.startswith(f"#{field.name} = ")
        said = " ".join(line.removeprefix("# ") for line in lines)
        assert said.lower() == explained[field.name].lower()
        assert max(map(len, lines)) <= COLUMNS


def test_a_continued_explanation_is_whole() -> None:
    assert explanations()["store"].endswith('"none": nothing is remembered.')


def test_a_misspelt_key_is_told_with_the_nearest_right_one(tmp_path: Path) -> None:
    file = tmp_path / "digest.toml"
    for field in dataclasses.fields(Settings):
        file.write_text(uncommented().replace(f"\n{field.name} = ", f"\n{field.name}x = "), encoding="utf-8")
        with pytest.raises(SettingsError, match=rf"unknown key {field.name}x; did you mean {field.name}\?"):
            load_settings(file, {}, {})


@pytest.mark.parametrize(
    ("key", "near"),
    [("Top", "top"), ("window-days", "window_days"), ("muted", "mute"), ("feed", "feeds"), ("lookBack", "lookback")],
)
def test_other_ways_to_write_a_key_are_recognized(key: str, near: str, tmp_path: Path) -> None:
    file = tmp_path / "digest.toml"
    file.write_text(f"{key} = 1\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=rf"digest\.toml: unknown key {key}; did you mean {near}\?"):
        load_settings(file, {}, {})
