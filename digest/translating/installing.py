"""Installing, removing and choosing translation packages in the folder where Argos Translate keeps them.

A package comes in and goes out by the renaming of one folder, so that there is never half of one, however the process
ends. What is on its way lies in `workspace`, which one process at a time works in, and goes when the next one begins.
"""

from __future__ import annotations

import contextlib
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.errors import OutputError, PackageError
from digest.locking import locked
from digest.translating.package_file import unpack
from digest.translating.packages import (
    ARABIC_ENGLISH,
    BUNDLED,
    CHOICE,
    TranslationPackage,
    chosen_name,
    read_metadata,
    read_package,
    subfolders,
    workspace,
)
from digest.translating.trial import try_package

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from digest.model import Translation

_UNPACKED, _REMOVED = "unpacked", "removed"
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_VERSION = re.compile(r"[0-9A-Za-z.+-]{1,40}")


@dataclass(frozen=True, slots=True)
class Installation:
    """A package that is installed; `trial` has its translations of a few sentences, none where it was there before."""

    package: TranslationPackage
    trial: tuple[Translation, ...]


@contextlib.contextmanager
def working(folder: Path) -> Iterator[Path]:
    """Give `workspace` of the packages in `folder`, held against other processes and without what a killed one left.

    Raises:
        PackageError: it cannot be made, or another process keeps it.

    """
    space = workspace(folder)
    try:
        space.mkdir(parents=True, exist_ok=True)
        with locked(space):
            _clear(space)
            try:
                yield space
            finally:
                _clear(space)
    except OSError as error:
        raise PackageError(f"{error.filename or space}: {(error.strerror or str(error)).lower()}") from error
    except OutputError as error:
        raise PackageError(str(error)) from error


def install_file(file: Path, folder: Path, *, step: bool = False) -> Installation:
    """Install a package file into `folder`, after it was checked and tried; the same one twice is no error.

    `step` lets in a package from Arabic to another language, or from another one to English: a step of a pivot.

    Raises:
        PackageError: the file is none that can be used, or another build of the same name is installed. Nothing of it
            is left then.

    """
    with working(folder) as space:
        return _install(file, folder, space, step=step)


def _install(file: Path, folder: Path, space: Path, *, step: bool) -> Installation:
    unpacked = unpack(file, space / _UNPACKED)
    try:
        package = read_package(unpacked, _pair(unpacked, step=step))
        name = package_name(package.from_code, package.to_code, package.info.version)
        target = folder / name
        if target.exists():
            return Installation(_same(target, package), ())
        trial = try_package(package)
    except ValueError as error:
        raise PackageError(f"{file}: {error}") from error
    except PackageError as error:
        # The user knows the file, and not where it was unpacked for a moment.
        raise PackageError(str(error).replace(str(unpacked), str(file))) from error
    folder.mkdir(parents=True, exist_ok=True)
    unpacked.rename(target)
    return Installation(read_package(target, (package.from_code, package.to_code)), trial)


def _pair(unpacked: Path, *, step: bool) -> tuple[str, str]:
    """Return the pair of languages that the package must be for."""
    metadata = read_metadata(unpacked)
    pair = metadata.get("from_code"), metadata.get("to_code")
    if step and all(isinstance(code, str) and _LANGUAGE.fullmatch(code) for code in pair):
        if pair[0] != ARABIC_ENGLISH[0] and pair[1] != ARABIC_ENGLISH[1]:
            raise PackageError(f"{unpacked}: translates from {pair[0]} to {pair[1]}, neither from ar nor to en")
        return str(pair[0]), str(pair[1])
    return ARABIC_ENGLISH


def _same(target: Path, package: TranslationPackage) -> TranslationPackage:
    """Return the installed package in `target` where it has the content of `package`."""
    remedy = f"`digest packages remove {target.name}`, then install again"
    try:
        installed = read_package(target, (package.from_code, package.to_code))
    except PackageError as error:
        raise PackageError(f"{error}; {remedy}") from error
    if installed.content != package.content:
        raise PackageError(f"{package.path}: another build of {target.name} is installed; {remedy}")
    return installed


def package_name(from_code: str, to_code: str, version: str) -> str:
    """Return the name of a package's folder, as Argos Translate writes it: translate-ar_en-1_0.

    Raises:
        ValueError: a version that no folder can be named after.

    """
    if not _VERSION.fullmatch(version):
        raise ValueError(f"{version[:50]!r} is no version of a package")
    return f"translate-{from_code}_{to_code}-{version.replace('.', '_')}"


def remove(name: str, folders: tuple[Path, ...]) -> None:
    """Remove the installed package whose folder has this name, a malformed one too.

    Raises:
        PackageError: there is none, it is the bundled one, or it cannot be removed.

    """
    if name == BUNDLED.name:
        raise PackageError(f"{name}: comes with digest and stays; `digest packages use NAME` takes another one")
    found = _installed(name, subfolders(folders))
    with working(found.parent) as space:
        if chosen_name(folders) == name:
            (workspace(folders[0]) / CHOICE).unlink(missing_ok=True)
        if found.is_symlink():
            found.unlink()
        else:
            found.rename(space / _REMOVED)


def _installed(name: str, found: Sequence[Path]) -> Path:
    """Return the folder of this name."""
    for path in found:
        if path.name == name:
            return path
    names = ", ".join(path.name for path in found) or "none"
    raise PackageError(f"{name}: no such package is installed; installed: {names}")


def choose(name: str | None, folders: tuple[Path, ...]) -> None:
    """Remember the package to use from now on, by the name of its folder; with None the best one is used again.

    Raises:
        PackageError: no such package is installed, it cannot be used, or the choice cannot be written.

    """
    if name is not None:
        read_package(_installed(name, (BUNDLED, *subfolders(folders))))
    with working(folders[0]) as space:
        if name is None:
            (space / CHOICE).unlink(missing_ok=True)
        else:
            written = space / f"{CHOICE}.new"
            written.write_text(f"{name}\n", encoding="utf-8")
            written.replace(space / CHOICE)


def _clear(space: Path) -> None:
    for name in (_UNPACKED, _REMOVED):
        shutil.rmtree(space / name, ignore_errors=True)
