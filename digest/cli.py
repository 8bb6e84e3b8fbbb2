"""The command line: the list of the commands. Heavy modules are imported by the command that needs them."""

from __future__ import annotations

import sys
from importlib import metadata
from typing import Annotated

import typer

from digest.commands.clean import clean
from digest.commands.doctor import doctor
from digest.commands.fetch import fetch
from digest.commands.init import init
from digest.commands.memory import memory
from digest.commands.packages import packages
from digest.commands.run import run
from digest.commands.schedule import schedule
from digest.commands.send import send
from digest.commands.show import open_briefing, show
from digest.commands.stories import stories
from digest.commands.summarize import summarize
from digest.commands.templates import templates
from digest.commands.translate import translate

EXIT_CODES = """Exit status: 0 done (inputs that failed are named on standard error and in the briefing); 1 unexpected
error; 2 wrong usage, setting or template; 3 nothing usable in the inputs; 4 no translation package can be used;
5 a result cannot be written; 6 the mail could not be sent, or not to everyone."""

app = typer.Typer(
    add_completion=True,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Turn scraped Arabic articles into an English morning briefing, offline.",
    epilog=EXIT_CODES,
)


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"digest {metadata.version('digest')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    del version


for command in (init, run, show, send, stories, summarize, translate, clean, fetch, schedule, doctor):
    app.command(epilog=EXIT_CODES)(command)
app.command("open", epilog=EXIT_CODES)(open_briefing)
for group in (packages, memory, templates):
    for registered in group.registered_commands:
        registered.epilog = EXIT_CODES
    app.add_typer(group, epilog=EXIT_CODES)


def main() -> None:
    """Run the command line; Arabic is printed as UTF-8 whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()


if __name__ == "__main__":
    main()
