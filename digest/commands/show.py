"""`digest show` and `digest open`: past briefings."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import webbrowser
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.commands.common import SettingsOption, clear_errors, complain, counted, day_of, settings_of
from digest.errors import ReadingError
from digest.rendering.article import Language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from digest.model import Briefing
    from digest.rendering.terminal import Line
    from digest.settings import Settings

DayArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="YYYY-MM-DD",
        help="The briefing's date, or today or yesterday. Default: the newest.",
        show_default=False,
    ),
]
OutOption = Annotated[
    str | None, typer.Option("--out", metavar="FOLDER", help="Where the briefings are. Default: output.")
]


def show(
    on: DayArgument = None,
    story: Annotated[
        int | None,
        typer.Argument(
            metavar="STORY",
            min=1,
            help="Only this story, by its number. It may stand alone, for a story of the newest briefing.",
            show_default=False,
        ),
    ] = None,
    to: Annotated[
        Language, typer.Option("--to", help="Print Arabic, English, or English with the Arabic under it.")
    ] = Language.BOTH,
    as_json: Annotated[bool, typer.Option("--json", help="Print the briefing, or the story, as JSON.")] = False,
    no_pager: Annotated[bool, typer.Option("--no-pager", help="Print all at once on a terminal too.")] = False,
    out: OutOption = None,
    config: SettingsOption = None,
) -> None:
    """Read a past briefing in the terminal. Less, or what PAGER names, shows it page by page."""
    with clear_errors():
        settings = settings_of(config, out=out)
        folder = Path(settings.out)
        from digest.delivering.past import BRIEFING_DATA, past_folder  # noqa: PLC0415
        from digest.rendering.terminal import briefing_lines, story_lines  # noqa: PLC0415
        from digest.rendering.view import view  # noqa: PLC0415

        if on and story is None and on.isdecimal() and len(on) < len("20261120"):
            story, on = int(on), None
        file = past_folder(folder, _day(on, settings)) / BRIEFING_DATA
        text, briefing = _load(file)
        stories = len(briefing.stories)
        if story is not None and not 1 <= story <= stories:
            raise typer.BadParameter(
                f"{story}; the briefing of {briefing.date} has {counted(stories, 'story', 'stories')}",
                param_hint="STORY",
            )
        if as_json:
            typer.echo(text.rstrip("\n") if story is None else _story_json(text, story))
            return
        shown = view(briefing)
        from rich.console import Console  # noqa: PLC0415

        console = Console(highlight=False)
        lines = (
            briefing_lines(shown, to, console.width)
            if story is None
            else story_lines(shown.stories[story - 1], to, console.width)
        )
        _print(_styled(lines, console), paged=not (no_pager or console.is_dumb_terminal))


def open_briefing(
    on: DayArgument = None,
    print_path: Annotated[bool, typer.Option("--print", help="Print where the page is and open nothing.")] = False,
    out: OutOption = None,
    config: SettingsOption = None,
) -> None:
    """Open a past briefing's page in the browser."""
    with clear_errors():
        settings = settings_of(config, out=out)
        folder = Path(settings.out)
        from digest.delivering.past import past_folder  # noqa: PLC0415

        page = past_folder(folder, _day(on, settings)) / "briefing.html"
        if not page.is_file():
            raise ReadingError(str(page), "is missing; `digest run` makes it again")
        if print_path:
            typer.echo(page)
        elif not webbrowser.open(page.resolve().as_uri()):
            complain(f"no browser could be started (the variable BROWSER may name one); the page is {page}")
            raise typer.Exit(1)


def _day(text: str | None, settings: Settings) -> date | None:
    return None if text is None else day_of(text, settings, "YYYY-MM-DD")


def _load(file: Path) -> tuple[str, Briefing]:
    from digest.rendering.from_json import from_json  # noqa: PLC0415

    try:
        text = file.read_text(encoding="utf-8")
        return text, from_json(text)
    except OSError as error:
        raise ReadingError(str(file), (error.strerror or str(error)).lower()) from error
    except ValueError as error:
        raise ReadingError(str(file), f"{error}; `digest run` makes it again") from error


def _story_json(text: str, number: int) -> str:
    return json.dumps(json.loads(text)["stories"][number - 1], ensure_ascii=False, indent=2)


def _styled(lines: Iterable[Line], console: Console) -> str:
    """Return the lines with what the terminal needs for their styles: nothing in a pipe, no colour with NO_COLOR."""
    from rich.text import Text  # noqa: PLC0415

    with console.capture() as captured:
        for line in lines:
            console.print(Text(line.text, line.style), soft_wrap=True)
    return captured.get()


def _print(text: str, *, paged: bool) -> None:
    if not (paged and sys.stdin.isatty() and sys.stdout.isatty() and _pager_showed(text)):
        typer.echo(text, nl=False)


def _pager_showed(text: str) -> bool:
    """Tell whether a pager could be started; it then has shown `text`."""
    try:
        command = shlex.split(os.environ.get("PAGER", "less"))
    except ValueError:
        return False
    program = shutil.which(command[0]) if command else None
    if program is None:
        return False
    # As git does it: end at once where all fits on a screen (F), let colours through (R), leave the text there (X).
    environment = {"LESS": "FRX", "LESSCHARSET": "utf-8"} | os.environ
    with subprocess.Popen([program, *command[1:]], stdin=subprocess.PIPE, env=environment) as pager:  # noqa: S603
        # Ctrl-C is the pager's own affair: it stops what it does and goes on.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            pager.communicate(text.encode(errors="backslashreplace"))
        finally:
            signal.signal(signal.SIGINT, before)
    return True
