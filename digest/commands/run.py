"""`digest run`: the briefing of the day."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.commands.common import (
    InputsOrInbox,
    MapOption,
    MemoryOption,
    PackageOption,
    PivotOption,
    RulesOption,
    SettingsOption,
    ThreadsOption,
    clear_errors,
    complain,
    counted,
    day_of,
    progress_on_terminal,
    read,
    report_failures,
    settings_of,
    translator_of,
)
from digest.errors import SettingsError
from digest.settings import Settings

if TYPE_CHECKING:
    from digest.model import Briefing
    from digest.translating.translator import TranslationCounts


def run(
    inputs: InputsOrInbox = None,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="FOLDER", help="The briefing goes into FOLDER/DATE/. Default: output."),
    ] = None,
    day: Annotated[
        str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="The briefing's date. Default: today.")
    ] = None,
    sentences: Annotated[
        int | None, typer.Option("--sentences", metavar="N", help="Most sentences for a story. Default: 4.")
    ] = None,
    package: PackageOption = None,
    pivot: PivotOption = None,
    templates: Annotated[
        str | None,
        typer.Option("--templates", metavar="FOLDER", help="Templates that replace those of the same name."),
    ] = None,
    mapped: MapOption = None,
    rules: RulesOption = None,
    threads: ThreadsOption = None,
    no_memory: MemoryOption = False,
    config: SettingsOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Make the briefing of the INPUTs, or of the inbox: briefing.md, .html, .txt, .json and .eml in FOLDER/DATE/."""
    with clear_errors():
        settings = settings_of(
            config, out=out, sentences=sentences, package=package, templates=templates, rules=rules, threads=threads
        )
        date_of_briefing = day_of(day)
        from digest import pipeline  # noqa: PLC0415
        from digest.delivering import write_all  # noqa: PLC0415
        from digest.rendering import render  # noqa: PLC0415

        reading = read(inputs or [_inbox(settings)], mapped)
        with translator_of(settings, memory=not no_memory, pivot=pivot) as (translator, info):
            with progress_on_terminal(quiet=quiet) as progress:
                briefing = pipeline.brief(reading, date_of_briefing, settings, translator, info, progress)
                progress.say("Writing")
                files = render(briefing, Path(settings.templates) if settings.templates else None)
                paths = write_all(Path(settings.out) / date_of_briefing.isoformat(), files)
            report_failures(briefing.failures[len(reading.failures) :])
            if not quiet:
                for origin in briefing.passed_over:
                    complain(f"{origin}: passed over, no article by its kind")
                _print_result(briefing, translator.counts, paths)


def _inbox(settings: Settings) -> str:
    if not Path(settings.inbox).is_dir():
        raise SettingsError(
            f"no INPUT, and no inbox folder {settings.inbox!r}: name files or folders, or let `digest fetch` fill the inbox"
        )
    return settings.inbox


def _print_result(briefing: Briefing, counts: TranslationCounts, paths: Iterable[Path]) -> None:
    outlets = {article.outlet for article in briefing.articles if article.outlet}
    sentences = sum(len(story.sentences) for story in briefing.stories)
    typer.echo(
        f"{counted(len(briefing.stories), 'story', 'stories')} from {counted(len(briefing.articles), 'article')} "
        f"of {counted(len(outlets), 'known outlet')}, {counted(sentences, 'sentence')}; "
        f"{counted(len(briefing.failures), 'input')} failed"
    )
    typer.echo(
        f"Translated {counts.translated} texts and remembered {counts.remembered}, {counts.doubtful} of them doubtful, "
        f"with {briefing.package.id} {briefing.package.version}"
    )
    for path in paths:
        typer.echo(path)
