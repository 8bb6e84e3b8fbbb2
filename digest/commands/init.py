"""`digest init`: a folder to work in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from digest.commands.common import clear_errors
from digest.errors import OutputError
from digest.settings import SETTINGS_FILE, load_settings


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Made where it is missing. Default: this folder.")
    ] = Path(),
) -> None:
    """Make a digest.toml that explains every setting, and the inbox folder beside it."""
    with clear_errors():
        from digest.settings_file import commented_settings  # noqa: PLC0415

        file = folder / SETTINGS_FILE
        inbox = folder / load_settings(None, os.environ, {}).inbox
        # Asked first so that a second `init` leaves everything as it is; "x" below settles it for good.
        if file.exists() or file.is_symlink():
            raise OutputError(f"{file}: is there already; edit it, or name another folder")
        try:
            inbox.mkdir(parents=True, exist_ok=True)
            folder.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(commented_settings())
        except FileExistsError as error:
            raise OutputError(f"{error.filename}: a file is in the way; move it, or name another folder") from error
        except OSError as error:
            raise OutputError(f"{error.filename or file}: {(error.strerror or str(error)).lower()}") from error
        typer.echo(file)
        typer.echo(f"{inbox}{os.sep}")
