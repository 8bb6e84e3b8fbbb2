"""Finding the translation package: the best installed one, a chosen one, the bundled one, and what is wrong with others."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from digest.errors import PackageError
from digest.translating.packages import (
    BUNDLED,
    DEFAULT_MAX_SOURCE_TOKENS,
    find_package,
    installed_packages,
    read_package,
)

if TYPE_CHECKING:
    from pathlib import Path

METADATA = {"package_version": "1.0", "from_code": "ar", "to_code": "en"}


def make_package(folder: Path, tokenizer: str = "sentencepiece.model", **metadata: Any) -> Path:
    """Make a folder with all parts of a package; what is in the parts does not matter for finding it."""
    (folder / "model").mkdir(parents=True)
    (folder / "model" / "model.bin").write_bytes(b"weights")
    (folder / tokenizer).write_bytes(b"pieces")
    (folder / "metadata.json").write_text(json.dumps(METADATA | metadata), encoding="utf-8")
    return folder


def only_line(error: pytest.ExceptionInfo[PackageError]) -> str:
    message = str(error.value)
    assert "\n" not in message
    return message


def test_without_an_installed_package_the_bundled_one_is_taken(tmp_path: Path) -> None:
    package = find_package(None, lambda: [tmp_path, tmp_path / "missing"])
    assert package.path == BUNDLED
    assert package.info.bundled
    assert package.info.id.startswith("ar_en-")
    assert (package.from_code, package.to_code) == ("ar", "en")


def test_the_bundled_package_states_its_longest_input_and_has_a_model_card() -> None:
    assert read_package(BUNDLED).max_source_tokens == 110
    card = (BUNDLED / "README.md").read_text(encoding="utf-8")
    assert "often gets it wrong" in card.replace("\n", " ")
    assert "Never" in card


def test_the_highest_version_wins_by_number(tmp_path: Path) -> None:
    for version in ("1.9", "1.10", "1.2"):
        make_package(tmp_path / f"translate-ar_en-{version}", package_version=version)
    package = find_package(None, lambda: [tmp_path])
    assert package.info.version == "1.10"
    assert not package.info.bundled
    assert [found.info.version for found in installed_packages(lambda: [tmp_path])] == ["1.10", "1.9", "1.2"]


def test_malformed_and_other_packages_do_not_break_the_rest(tmp_path: Path) -> None:
    good = make_package(tmp_path / "good", package_version="0.1")
    make_package(tmp_path / "other", to_code="fr", package_version="9")
    make_package(tmp_path / "no-json", package_version="9").joinpath("metadata.json").write_text("{", encoding="utf-8")
    make_package(tmp_path / "latin", package_version="9").joinpath("metadata.json").write_bytes(b"\xff")
    make_package(tmp_path / "list", package_version="9").joinpath("metadata.json").write_text("[]", encoding="utf-8")
    shutil.rmtree(make_package(tmp_path / "no-model", package_version="9") / "model")
    (tmp_path / "empty").mkdir()
    (tmp_path / "a file").touch()
    assert find_package(None, lambda: [tmp_path]).path == good


def test_a_package_is_chosen_by_folder_path_name_or_id(tmp_path: Path) -> None:
    folder = make_package(tmp_path / "mine")
    make_package(tmp_path / "newer", package_version="2.0")
    chosen = find_package(str(folder), list)
    assert chosen.path == folder
    assert find_package("mine", lambda: [tmp_path]) == chosen
    assert find_package(chosen.info.id, lambda: [tmp_path]) == chosen
    assert find_package("ar_en", lambda: [tmp_path]).info.bundled


def test_an_unknown_choice_lists_the_choices(tmp_path: Path) -> None:
    make_package(tmp_path / "mine")
    with pytest.raises(PackageError) as error:
        find_package("nonesuch", lambda: [tmp_path])
    message = only_line(error)
    assert message.startswith("nonesuch: ")
    assert "mine, ar_en" in message


def test_choices_that_cannot_be_paths_get_the_same_line() -> None:
    for choice in ("n" * 5000, "~nobody-by-this-name/package", "nul\0byte"):
        with pytest.raises(PackageError, match="neither a folder nor an installed translation package"):
            find_package(choice, list)


def test_a_package_file_must_be_installed(tmp_path: Path) -> None:
    file = tmp_path / "translate-ar_en.argosmodel"
    file.write_bytes(b"PK")
    with pytest.raises(PackageError) as error:
        find_package(str(file), list)
    assert f"digest packages install {file}" in only_line(error)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: (folder / "metadata.json").unlink(), "no metadata.json"),
        (lambda folder: (folder / "metadata.json").write_text("{"), "not JSON"),
        (lambda folder: (folder / "metadata.json").write_text("[" * 100_000), "not JSON"),
        (lambda folder: (folder / "metadata.json").write_text('"ar"'), "not a JSON object"),
        (lambda folder: (folder / "metadata.json").write_text('{"from_code": "en\\n", "to_code": "es"}'), "ar to en"),
        (lambda folder: (folder / "metadata.json").write_text(json.dumps(METADATA | {"target_prefix": 1})), "texts"),
        (lambda folder: (folder / "metadata.json").write_text(json.dumps(METADATA | {"package_version": 1})), "texts"),
        (
            lambda folder: (folder / "metadata.json").write_text(json.dumps(METADATA | {"max_source_tokens": 0})),
            "from 1",
        ),
        (lambda folder: (folder / "sentencepiece.model").unlink(), "no sentencepiece.model or bpe.model"),
        (lambda folder: (folder / "model" / "model.bin").unlink(), "model.bin"),
    ],
)
def test_what_is_wrong_with_a_package_is_said_in_one_line(tmp_path: Path, spoil: Any, said: str) -> None:
    folder = make_package(tmp_path / "package")
    spoil(folder)
    with pytest.raises(PackageError) as error:
        read_package(folder)
    message = only_line(error)
    assert message.startswith(str(folder))
    assert said in message


def test_byte_pair_packages_and_metadata_that_matters_are_read(tmp_path: Path) -> None:
    package = read_package(make_package(tmp_path / "bpe", tokenizer="bpe.model", target_prefix="__en__"))
    assert package.tokenizer.name == "bpe.model"
    assert not package.is_sentencepiece
    assert package.target_prefix == "__en__"
    assert package.max_source_tokens == DEFAULT_MAX_SOURCE_TOKENS


@pytest.mark.parametrize("part", ["model/model.bin", "model/vocabulary.json", "sentencepiece.model", "metadata.json"])
def test_the_id_tells_two_builds_of_one_version_apart(tmp_path: Path, part: str) -> None:
    folder = make_package(tmp_path / "package")
    before = read_package(folder).info
    assert read_package(folder).info == before
    (folder / part).write_text(json.dumps(METADATA, indent=1), encoding="utf-8")
    after = read_package(folder).info
    assert after.version == before.version
    assert after.id != before.id


FIND = "from digest.translating.packages import find_package; print(find_package(None).path)"


def run_find(**environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", FIND], env=os.environ | environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_packages_are_found_where_argos_keeps_them(tmp_path: Path) -> None:
    folder = make_package(tmp_path / "packages" / "translate-ar_en-1_0")
    homes = {name: str(tmp_path / name) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    assert run_find(**homes, ARGOS_PACKAGES_DIR=str(folder.parent)) == str(folder)


@pytest.mark.parametrize("trouble", ["home", "settings", "threads"])
def test_where_argos_settings_cannot_be_loaded_the_bundled_package_serves(tmp_path: Path, trouble: str) -> None:
    environment = {
        name: str(tmp_path / name) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    }
    if trouble == "home":
        (tmp_path / "XDG_DATA_HOME").touch()
    elif trouble == "settings":
        settings = tmp_path / "XDG_CONFIG_HOME" / "argos-translate" / "settings.json"
        settings.parent.mkdir(parents=True)
        settings.write_text("[]", encoding="utf-8")
    else:
        environment["ARGOS_INTRA_THREADS"] = "many"
    assert run_find(**environment) == str(BUNDLED)
