"""`digest doctor`: whether everything is set up."""

from __future__ import annotations

import os
import platform
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.commands.common import SettingsOption, settings_of, store_path
from digest.errors import SettingsError
from digest.settings import SETTINGS_FILE

if TYPE_CHECKING:
    from digest.diagnosis import Finding


def doctor(
    mail: Annotated[
        bool,
        typer.Option("--mail", help="Look at the mail settings too: connect to the server, log in, and send nothing."),
    ] = False,
    config: SettingsOption = None,
) -> None:
    """Check the set-up line by line: settings, translation package, store, folders, feeds, templates, fonts.

    Nothing is made or changed, and nothing asked of the network but, with --mail, of the mail server. The exit status
    is that of the first part that fails, or 0.
    """
    from digest.diagnosis import Finding, Verdict, diagnose  # noqa: PLC0415

    version = f"{metadata.version('digest')}, Python {platform.python_version()} on {platform.platform()}"
    _print(Finding("digest", Verdict.OK, version))
    try:
        settings = settings_of(config)
    except SettingsError as error:
        # What the other parts are is in the settings: they cannot be looked at.
        _print(Finding("settings", Verdict.FAIL, str(error)))
        raise typer.Exit(error.exit_code) from error
    file = config or Path(SETTINGS_FILE)
    if file.is_file():
        _print(Finding("settings", Verdict.OK, f"{file} can be used"))
    else:
        _print(Finding("settings", Verdict.WARNING, f"no {file} here, defaults are used; `digest init` writes one"))
    status = 0
    for finding in diagnose(settings, store_path(settings), os.environ if mail else None):
        _print(finding)
        status = status or finding.status
    raise typer.Exit(status)


def _print(finding: Finding) -> None:
    typer.echo(f"{finding.verdict:<8} {finding.part}: {finding.said}")
