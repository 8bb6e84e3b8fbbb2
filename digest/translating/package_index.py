"""The index of Argos Translate: which packages can be downloaded, and from where.

It is fetched when the user asks for it and kept where Argos Translate keeps its own copy, in the same form.
`argostranslate.package` is not used: it goes on in silence where the index cannot be fetched, checks no size, and its
installing needs stanza.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest.errors import PackageError
from digest.translating.downloading import DownloadError, discard, download, fetch
from digest.translating.installing import Installation, install_file, package_name, working
from digest.translating.packages import argos_settings, read_package, version_key

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_INDEX_BYTES = 10_000_000
MAX_FILE_BYTES = 2_000_000_000
"""Largest package file that is downloaded; those of the index have 50 to 300 MB."""

ADDRESS_VARIABLE = "ARGOS_PACKAGE_INDEX"
"""Environment variable, and key of Argos Translate's settings.json, with the address that has index.json under it."""


@dataclass(frozen=True, slots=True)
class ArgosPlaces:
    """Where Argos Translate keeps packages, its copy of the index, and where on the network the index is."""

    packages: Path
    index_copy: Path
    index_address: str


@dataclass(frozen=True, slots=True)
class AvailablePackage:
    """A package of the index; `name` is the one that it has when installed, `links` are addresses of its file."""

    name: str
    from_code: str
    to_code: str
    version: str
    links: tuple[str, ...]


def argos_places() -> ArgosPlaces:
    """Return where Argos Translate keeps things; PackageError where its settings cannot be loaded."""
    settings = argos_settings()
    address = str(settings.package_index).rstrip("/") + "/index.json"
    return ArgosPlaces(Path(settings.package_data_dir), Path(settings.local_package_index), address)


def fetch_index(places: ArgosPlaces) -> tuple[AvailablePackage, ...]:
    """Fetch the index, keep a copy of it, and return its packages.

    Raises:
        PackageError: it cannot be fetched, is no index, or cannot be kept.

    """
    try:
        data = fetch(places.index_address, MAX_INDEX_BYTES)
    except DownloadError as error:
        raise PackageError(
            f"{places.index_address}: the index of packages cannot be fetched, {error}; "
            f"a package file at hand can be installed without it, and {ADDRESS_VARIABLE} names another index"
        ) from error
    packages = _parse(data, places.index_address)
    with working(places.packages):
        written = places.index_copy.with_name(f"{places.index_copy.name}.new")
        written.write_bytes(data)
        written.replace(places.index_copy)
    return packages


def read_index(places: ArgosPlaces) -> tuple[AvailablePackage, ...]:
    """Return the packages of the copy of the index; PackageError where there is none or it cannot be used."""
    hint = "`digest packages available --update` fetches the index"
    try:
        data = places.index_copy.read_bytes()
    except FileNotFoundError:
        raise PackageError(f"{places.index_copy}: no index of packages here yet; {hint}") from None
    except OSError as error:
        raise PackageError(f"{places.index_copy}: cannot be read ({error.strerror}); {hint}") from error
    return _parse(data, str(places.index_copy))


def best_available(packages: tuple[AvailablePackage, ...], pair: tuple[str, str]) -> AvailablePackage:
    """Return the package of the highest version for a pair of languages; PackageError where there is none."""
    fitting = [package for package in packages if (package.from_code, package.to_code) == pair]
    if not fitting:
        raise PackageError(f"{pair[0]}-{pair[1]}: the index has no such package")
    return max(fitting, key=lambda package: version_key(package.version))


def install_from_index(
    places: ArgosPlaces, pair: tuple[str, str], told: Callable[[int, int | None], object], *, step: bool = False
) -> Installation:
    """Install the best package of the index for a pair of languages; what is installed already is not downloaded.

    `told` is as for `digest.translating.downloading.download`, `step` as for `install_file`.

    Raises:
        PackageError: the index or the package cannot be fetched, or the package cannot be used.

    """
    wanted = best_available(fetch_index(places), pair)
    with contextlib.suppress(PackageError):
        return Installation(read_package(places.packages / wanted.name, pair), ())
    with working(places.packages) as space:
        file = space / f"{wanted.name}.argosmodel"
        _download_one(wanted, file, told)
    try:
        return install_file(file, places.packages, step=step)
    finally:
        discard(file)


def _download_one(wanted: AvailablePackage, file: Path, told: Callable[[int, int | None], object]) -> None:
    """Download from the first of the links that works; what came of one that does not is gone on from another time."""
    problems = []
    for link in wanted.links:
        try:
            download(link, file, MAX_FILE_BYTES, told)
        except DownloadError as error:
            problems.append(f"{link}: {error}")
        else:
            return
    raise PackageError("; ".join(problems) or f"{wanted.name}: the index has no http or https address of it")


def _parse(data: bytes, where: str) -> tuple[AvailablePackage, ...]:
    try:
        entries = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise PackageError(f"{where}: not an index of packages (not JSON)") from error
    if not isinstance(entries, list):
        raise PackageError(f"{where}: not an index of packages (not a list)")
    return tuple(package for entry in entries if (package := _available(entry)))


def _available(entry: Any) -> AvailablePackage | None:
    """Return the package of an entry; None for other kinds of packages and what is not understood."""
    try:
        kind = entry.get("type", "translate")
        codes = str(entry["from_code"]), str(entry["to_code"])
        version = str(entry["package_version"])
        links = tuple(str(link) for link in entry["links"] if str(link).startswith(("http://", "https://")))
        name = package_name(*codes, version)
    except (ValueError, AttributeError, LookupError, TypeError):
        return None
    if kind != "translate" or not all(code.isascii() and code.isalpha() for code in codes):
        return None
    return AvailablePackage(name, *codes, version, links)
