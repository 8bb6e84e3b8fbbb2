"""Installing package files: what is good comes in whole, what is hostile is refused in one line and leaves nothing."""

from __future__ import annotations

import errno
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from package_files import HOSTILE, NAME, byte_pair, good, unpacked

from digest.errors import PackageError
from digest.translating import installing
from digest.translating.engine import Engine
from digest.translating.installing import choose, install_file, remove
from digest.translating.packages import BUNDLED, find_package, installed_packages, workspace
from digest.translating.trial import SENTENCES, try_package

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "argos" / "packages"
    folder.mkdir(parents=True)
    return folder


def everything(folder: Path) -> list[str]:
    """Return all paths under `folder` but the empty workspace."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.name != ".digest-packages")


def test_a_good_file_is_installed_whole_and_works(tmp_path: Path, shelf: Path) -> None:
    done = install_file(good(tmp_path), shelf)
    assert done.package.path == shelf / NAME
    assert [translation.ar for translation in done.trial] == list(SENTENCES)
    assert "12" in done.trial[0].en
    assert everything(shelf / NAME) == everything(BUNDLED)
    assert everything(shelf.parent) == ["packages", *(f"packages/{NAME}{path}" for path in ["", *_under(BUNDLED)])]
    package = find_package(None, lambda: [shelf])
    assert package == done.package
    assert Engine(package).translate(SENTENCES) == [translation.en for translation in done.trial]


def _under(folder: Path) -> list[str]:
    return [f"/{path}" for path in everything(folder)]


def test_the_same_file_twice_is_no_error_and_another_build_is_one(tmp_path: Path, shelf: Path) -> None:
    first = install_file(good(tmp_path), shelf)
    again = install_file(good(tmp_path), shelf)
    assert (again.package, again.trial) == (first.package, ())
    with pytest.raises(PackageError, match=f"another build of {NAME} is installed; `digest packages remove {NAME}`"):
        install_file(good(tmp_path, max_source_tokens=100), shelf)
    assert find_package(None, lambda: [shelf]) == first.package


def test_a_package_with_byte_pairs_is_installed(tmp_path: Path, shelf: Path) -> None:
    package = install_file(byte_pair(tmp_path), shelf).package
    assert not package.is_sentencepiece
    assert Engine(package).translate(["المدن"])[0]


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_in_one_line_and_leaves_nothing(tmp_path: Path, shelf: Path, kind: str) -> None:
    make, said = HOSTILE[kind]
    file = tmp_path / "hostile.argosmodel"
    make(file)
    (shelf / "of others").mkdir()
    before = everything(tmp_path)
    with pytest.raises(PackageError) as error:
        install_file(file, shelf)
    message = str(error.value)
    assert said in message
    assert message.isprintable()
    assert message.startswith(str(file))
    assert everything(tmp_path) == before
    assert list(workspace(shelf).iterdir()) == []


def test_a_missing_file_and_a_full_disk_are_one_line(
    tmp_path: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(PackageError, match=r"missing\.argosmodel: .*no such file or directory"):
        install_file(tmp_path / "missing.argosmodel", shelf)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(PackageError, match="no space left on device"):
        install_file(good(tmp_path), shelf)
    assert everything(shelf) == []


def test_a_model_that_ends_its_process_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = find_package(str(unpacked(tmp_path / "mine")), list)
    monkeypatch.setattr("digest.translating.trial._translate", crash)
    with pytest.raises(PackageError, match="mine: the translation package ends the program that loads it"):
        try_package(package)


def crash(*_: object) -> None:
    """Die as a library does that gives up; it runs in the process of the trial."""
    os.abort()


def test_a_package_in_use_that_is_removed_is_used_no_more(tmp_path: Path, shelf: Path) -> None:
    install_file(good(tmp_path), shelf)
    unpacked(shelf / "newer", package_version="99")
    assert find_package(None, lambda: [shelf]).path.name == "newer"
    choose(NAME, (shelf,))
    assert find_package(None, lambda: [shelf]).path.name == NAME
    choose("ar_en", (shelf,))
    assert find_package(None, lambda: [shelf]).info.bundled
    choose(NAME, (shelf,))
    remove(NAME, (shelf,))
    assert [package.path.name for package in installed_packages(lambda: [shelf])] == ["newer"]
    assert find_package(None, lambda: [shelf]).path.name == "newer"
    assert list(workspace(shelf).iterdir()) == []


def test_the_best_is_used_again_when_told_so(tmp_path: Path, shelf: Path) -> None:
    install_file(good(tmp_path), shelf)
    choose("ar_en", (shelf,))
    choose(None, (shelf,))
    choose(None, (shelf,))
    assert find_package(None, lambda: [shelf]).path.name == NAME


def test_what_cannot_be_removed_or_chosen_is_told(shelf: Path) -> None:
    (shelf / "malformed").mkdir()
    for name in ("missing", "../packages", "", "."):
        with pytest.raises(PackageError, match="no such package is installed; installed: malformed"):
            remove(name, (shelf,))
        with pytest.raises(PackageError, match="no such package is installed; installed: ar_en, malformed"):
            choose(name, (shelf,))
    with pytest.raises(PackageError, match="ar_en: comes with digest and stays"):
        remove("ar_en", (shelf,))
    with pytest.raises(PackageError, match=r"no metadata\.json"):
        choose("malformed", (shelf,))
    remove("malformed", (shelf,))
    assert everything(shelf) == []


def test_a_link_to_a_package_is_removed_and_not_what_it_leads_to(tmp_path: Path, shelf: Path) -> None:
    own = unpacked(tmp_path / "own")
    (shelf / "link").symlink_to(own)
    assert find_package(None, lambda: [shelf]).path == shelf / "link"
    remove("link", (shelf,))
    assert everything(shelf) == []
    assert (own / "metadata.json").is_file()


def test_what_a_killed_install_left_is_gone_after_the_next(tmp_path: Path, shelf: Path) -> None:
    left = workspace(shelf) / "unpacked" / "ar_en"
    left.mkdir(parents=True)
    (left / "metadata.json").touch()
    install_file(good(tmp_path), shelf)
    assert list(workspace(shelf).iterdir()) == []


def test_steps_of_a_pivot_come_in_only_when_asked_for(tmp_path: Path, shelf: Path) -> None:
    file = good(tmp_path, from_code="ar", to_code="fr")
    with pytest.raises(PackageError, match="translates from 'ar' to 'fr'"):
        install_file(file, shelf)
    package = install_file(file, shelf, step=True).package
    assert package.path.name == NAME.replace("ar_en", "ar_fr")
    with pytest.raises(PackageError, match="from en to es, neither from ar nor to en"):
        install_file(good(tmp_path, from_code="en", to_code="es"), shelf, step=True)
    assert find_package(None, lambda: [shelf]).info.bundled


def test_two_installs_wait_for_each_other(tmp_path: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.locking.PATIENCE", 0.1)
    file = good(tmp_path)
    with installing.working(shelf), pytest.raises(PackageError, match="another run is writing there"):
        install_file(file, shelf)
    assert install_file(file, shelf).trial
