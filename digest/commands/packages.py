"""`digest packages`: the translation packages on this machine, and more of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.commands.common import SettingsOption, clear_errors, complain, progress_on_terminal, settings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from digest.model import Translation
    from digest.progress import Progress

_PAIR = re.compile(r"([a-z]{2,3})[-_]([a-z]{2,3})")

packages = typer.Typer(
    name="packages", no_args_is_help=True, help="List, install, choose, test and remove translation packages."
)
StepOption = Annotated[
    bool,
    typer.Option("--step", help="Also packages from Arabic to another language or from one to English, for --pivot."),
]


@packages.command("list")
def list_packages(config: SettingsOption = None) -> None:
    """Print the packages on this machine: `*` before the one in use, name, languages, version, folder."""
    with clear_errors():
        from digest.errors import PackageError  # noqa: PLC0415
        from digest.translating.packages import (  # noqa: PLC0415
            BUNDLED,
            argos_folders,
            find_package,
            read_metadata,
            subfolders,
        )

        used = find_package(settings_of(config).package or None).path
        for path in (BUNDLED, *subfolders(argos_folders())):
            try:
                stated = read_metadata(path)
            except PackageError as error:
                complain(str(error))
                continue
            pair = f"{stated.get('from_code')}-{stated.get('to_code')}"
            typer.echo(
                f"{'*' if path == used else ' '} {_plain(path.name)}  {_plain(pair)}  "
                f"{_plain(str(stated.get('package_version', '')))}  {path}"
            )


@packages.command()
def available(
    update: Annotated[bool, typer.Option("--update", help="Fetch the index from the network first.")] = False,
    step: StepOption = False,
) -> None:
    """Print the packages that Argos Translate's index offers, as it was when last fetched: name, languages, version."""
    with clear_errors():
        from digest.translating.package_index import argos_places, fetch_index, read_index  # noqa: PLC0415

        places = argos_places()
        for package in fetch_index(places) if update else read_index(places):
            pair = package.from_code, package.to_code
            if pair == ("ar", "en") or (step and (pair[0] == "ar" or pair[1] == "en")):
                typer.echo(f"{package.name}  {pair[0]}-{pair[1]}  {package.version}")


@packages.command()
def install(
    what: Annotated[
        str,
        typer.Argument(
            metavar="[FILE|ar-en]", help="A package file (.argosmodel), or languages: then it is downloaded."
        ),
    ] = "ar-en",
    step: StepOption = False,
) -> None:
    """Install a package: a file at hand without any network, or the best one of Argos Translate's index.

    It is checked and tried before it is there. A download that was broken off goes on where it was.
    """
    with clear_errors():
        from digest.translating.installing import install_file  # noqa: PLC0415
        from digest.translating.package_index import argos_places, install_from_index  # noqa: PLC0415

        places = argos_places()
        with progress_on_terminal(quiet=False) as progress:
            pair = _PAIR.fullmatch(what)
            if pair and not Path(what).exists():
                progress.say("Asking for the index")
                done = install_from_index(places, (pair[1], pair[2]), _megabytes(progress), step=step)
            else:
                progress.say("Checking and trying the package")
                done = install_file(Path(what), places.packages, step=step)
        _print_sentences(done.trial)
        typer.echo(f"{done.package.path.name}: {'installed' if done.trial else 'is installed already'}")


@packages.command()
def remove(name: Annotated[str, typer.Argument(metavar="NAME", help="As `digest packages list` shows it.")]) -> None:
    """Remove an installed package."""
    with clear_errors():
        from digest.translating.installing import remove as remove_package  # noqa: PLC0415
        from digest.translating.packages import argos_folders  # noqa: PLC0415

        remove_package(name, argos_folders())
        typer.echo(f"{name}: removed")


@packages.command()
def use(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="As `digest packages list` shows it.", show_default=False)
    ] = None,
    best: Annotated[
        bool, typer.Option("--best", help="Use the best installed package again, whichever it is.")
    ] = False,
) -> None:
    """Use a package from now on. The option --package and `package` in digest.toml still go before it."""
    if (name is None) != best:
        raise typer.BadParameter("give the NAME of a package, or --best")
    with clear_errors():
        from digest.translating.installing import choose  # noqa: PLC0415
        from digest.translating.package_index import argos_places  # noqa: PLC0415
        from digest.translating.packages import argos_folders, find_package  # noqa: PLC0415

        argos_places()  # says why, where there is no folder to remember it beside
        choose(name, argos_folders())
        typer.echo(f"{find_package(None).path.name}: in use")


@packages.command("test")
def check(
    which: Annotated[
        str | None,
        typer.Argument(metavar="[NAME|FOLDER]", help="Default: the package in use.", show_default=False),
    ] = None,
    config: SettingsOption = None,
) -> None:
    """Check a package as `install` does and print how it translates a few sentences; exit status 4 if it cannot be used."""
    with clear_errors():
        from digest.translating.packages import find_package  # noqa: PLC0415
        from digest.translating.trial import try_package  # noqa: PLC0415

        package = find_package(which or settings_of(config).package or None)
        _print_sentences(try_package(package))
        typer.echo(f"{package.path.name}: works")


def _print_sentences(translations: Iterable[Translation]) -> None:
    for translation in translations:
        typer.echo(f"{translation.ar}\n    {_plain(translation.en)}")


def _megabytes(progress: Progress) -> Callable[[int, int | None], None]:
    def told(got: int, total: int | None) -> None:
        progress.say(f"Downloading {got / 1e6:.1f} {f'of {total / 1e6:.1f} ' if total else ''}MB")

    return told


def _plain(text: str) -> str:
    """Return foreign text fit for one line on a terminal."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
