"""`digest fetch`: new pages of the feeds into the inbox."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.commands.common import (
    SettingsOption,
    clear_errors,
    complain,
    now_of,
    progress_on_terminal,
    report_failures,
    settings_of,
    store_path,
)
from digest.errors import NothingUsable, SettingsError
from digest.settings import SETTINGS_FILE

if TYPE_CHECKING:
    from digest.fetching.fetch import FetchReport


def fetch(
    opml: Annotated[
        Path | None,
        typer.Option("--opml", metavar="FILE", help="Ask the feeds of an OPML file and not those of the settings."),
    ] = None,
    inbox: Annotated[
        str | None, typer.Option("--inbox", metavar="FOLDER", help="The pages go into FOLDER. Default: inbox.")
    ] = None,
    allow_private: Annotated[
        bool,
        typer.Option(
            "--allow-private", help="Also ask hosts of your own network, such as a feed made on this machine."
        ),
    ] = False,
    config: SettingsOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Fetch the pages that your feeds newly name into the inbox folder, for `digest run`."""
    with clear_errors():
        settings = settings_of(config, inbox=inbox)
        from digest.fetching.client import Client, Pacer  # noqa: PLC0415
        from digest.fetching.fetch import fetch as fetch_all  # noqa: PLC0415
        from digest.fetching.opml import read_opml  # noqa: PLC0415
        from digest.store import Store  # noqa: PLC0415

        feeds = read_opml(opml) if opml else settings.feeds
        if not feeds:
            raise SettingsError(
                f"no feeds: list them under `feeds` in {SETTINGS_FILE}, or name an OPML file: --opml FILE"
            )
        user_agent = f"digest/{metadata.version('digest')} (+offline briefing)"
        client = Client(user_agent, Pacer(settings.delay), allow_private=allow_private)
        # SQLite's own name for a store that ends with the run: then the files of the inbox tell what was fetched.
        path = Path(":memory:") if settings.store == "none" else store_path(settings)
        with Store(path) as store, progress_on_terminal(quiet=quiet) as progress:
            report = fetch_all(
                feeds,
                Path(settings.inbox),
                settings.fetch_days,
                client,
                store,
                lambda: now_of(settings),
                progress,
            )
        _print_fetched(report, quiet=quiet)
        if not report.feeds_read + report.feeds_unchanged:
            raise typer.Exit(NothingUsable.exit_code)


def _print_fetched(report: FetchReport, *, quiet: bool) -> None:
    report_failures(report.feed_failures)
    report_failures(report.page_failures)
    if quiet:
        return
    for notice in report.notices:
        complain(notice)
    typer.echo(
        f"Feeds: {report.feeds_read} ok, {report.feeds_unchanged} unchanged, {len(report.feed_failures)} failed; "
        f"pages: {report.pages_new} new, {report.pages_skipped} skipped, {len(report.page_failures)} failed"
    )
