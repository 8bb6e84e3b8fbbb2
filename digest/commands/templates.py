"""`digest templates`: what a briefing looks like, to be changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from digest.commands.common import clear_errors, counted
from digest.errors import OutputError

templates = typer.Typer(
    name="templates", no_args_is_help=True, help="Get the templates that ship, to make briefings look as you like."
)


@templates.callback()
def _group() -> None:
    """Keep `export` a command with a name while it is the only one."""


@templates.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Made where it is missing.", show_default=False)],
    force: Annotated[bool, typer.Option("--force", help="Replace files of the same names there.")] = False,
) -> None:
    """Copy the templates, each with its variables in a comment, into FOLDER, for `digest run --templates FOLDER`.

    Keep those that you change and delete the others: what FOLDER does not have is taken from digest.
    """
    with clear_errors():
        from digest.delivering import write_all  # noqa: PLC0415
        from digest.rendering.template_variables import with_variables  # noqa: PLC0415
        from digest.rendering.templates import shipped_templates  # noqa: PLC0415

        shipped = shipped_templates()
        taken = [folder / file.name for file in shipped if (folder / file.name).exists()]
        if taken and folder.resolve() == shipped[0].parent:
            raise OutputError(f"{folder}: that is where the templates of digest itself are; name another folder")
        if taken and not force:
            others = f" and {counted(len(taken) - 1, 'other')}" if taken[1:] else ""
            raise OutputError(f"{taken[0]}{others}: there already; name another folder, or replace them with --force")
        sources = {file.name: file.read_text(encoding="utf-8") for file in shipped}
        for path in write_all(folder, {name: with_variables(name, text).encode() for name, text in sources.items()}):
            typer.echo(path)
