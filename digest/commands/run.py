"""`digest run`: the briefing of the day."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.commands.common import (
    AllOption,
    DateOption,
    InputsOrInbox,
    LookbackOption,
    MapOption,
    MemoryOption,
    PackageOption,
    PivotOption,
    RulesOption,
    SettingsOption,
    SinceOption,
    ThreadsOption,
    clear_errors,
    complain,
    counted,
    day_of,
    inputs_or_inbox,
    progress_on_terminal,
    read,
    report_failures,
    settings_of,
    store_of,
    translator_of,
)
from digest.commands.days import freshness_of, known_day, series_of

if TYPE_CHECKING:
    from digest.model import Briefing
    from digest.translating.translator import TranslationCounts


ARCHIVED = 400
"""Briefings whose headlines the archive lists and searches; older ones it lists by date."""


def run(
    inputs: InputsOrInbox = None,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="FOLDER", help="The briefing goes into FOLDER/DATE/. Default: output."),
    ] = None,
    on: DateOption = None,
    since: SinceOption = None,
    days: LookbackOption = None,
    everything: AllOption = False,
    top: Annotated[int | None, typer.Option("--top", metavar="N", help="Most stories. Default: 30.")] = None,
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
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what was made as one line of JSON: the counts and the files.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Make the briefing of the INPUTs, or of the inbox: briefing.md, .html, .txt, .json and .eml in FOLDER/DATE/."""
    with clear_errors():
        settings = settings_of(
            config,
            out=out,
            sentences=sentences,
            package=package,
            top=top,
            templates=templates,
            rules=rules,
            threads=threads,
        )
        date_of_briefing = day_of(on, settings)
        from digest import pipeline  # noqa: PLC0415
        from digest.delivering import write_all  # noqa: PLC0415
        from digest.delivering.account import recipients_of, sender_of  # noqa: PLC0415
        from digest.delivering.past import past_briefings  # noqa: PLC0415
        from digest.rendering import render  # noqa: PLC0415
        from digest.rendering.archive import archive  # noqa: PLC0415

        reading = read(inputs_or_inbox(inputs, settings), mapped)
        with progress_on_terminal(quiet=quiet) as progress:
            cleaned = pipeline.clean_all(reading, pipeline.rules_of(settings), progress, pipeline.outlets_of(settings))
        default = settings.lookback if not inputs else None
        freshness = freshness_of(
            date_of_briefing, settings, since=since, days=days, everything=everything, default=default
        )
        with store_of(settings, memory=not no_memory) as store:
            translator, info = translator_of(settings, store, pivot)
            day = known_day(date_of_briefing, freshness, cleaned, settings, store, everything=everything)
            with progress_on_terminal(quiet=quiet) as progress:
                briefing, memories = pipeline.brief(reading, cleaned, day, settings, translator, info, progress)
                progress.say("Writing")
                own_templates = Path(settings.templates) if settings.templates else None
                files = render(briefing, own_templates, sender_of(settings), recipients_of(settings))
                paths = write_all(Path(settings.out) / date_of_briefing.isoformat(), files)
                write_all(Path(settings.out), archive(*past_briefings(Path(settings.out), ARCHIVED), own_templates))
            # Only what lies in the folder was printed: a run that ends before this is made again, and tells the same.
            if store:
                store.remember_printed(series_of(settings), date_of_briefing, memories)
            report_failures(briefing.failures[len(reading.failures) :])
            if not quiet:
                for origin in briefing.passed_over:
                    complain(f"{origin}: passed over, no article by its kind")
            if as_json:
                typer.echo(json.dumps(_counts(briefing, translator.counts, paths), ensure_ascii=False))
            elif not quiet:
                _print_result(briefing, translator.counts, paths)


def _counts(briefing: Briefing, translated: TranslationCounts, paths: Iterable[Path]) -> dict[str, object]:
    """Return how much of everything `briefing.json` holds, how it was translated, and the paths of the files."""
    return {
        "date": briefing.date.isoformat(),
        "stories": len(briefing.stories),
        "updates": sum(story.status == "update" for story in briefing.stories),
        "sentences": sum(len(story.sentences) for story in briefing.stories),
        "articles": len(briefing.articles),
        "outlets": len({article.outlet for article in briefing.articles if article.outlet}),
        "failures": len(briefing.failures),
        "passed_over": len(briefing.passed_over),
        "left_out": len(briefing.left_out),
        "translated": translated.translated,
        "remembered": translated.remembered,
        "doubtful": sum(1 for translation in briefing.translations() if translation.doubts),
        "files": [str(path) for path in paths],
    }


def _left_out(briefing: Briefing) -> str:
    stories = sum(1 for left in briefing.left_out if left.headline)
    articles = sum(left.articles for left in briefing.left_out if not left.headline)
    parts = [counted(stories, "story", "stories")] if stories else []
    parts += [counted(articles, "article")] if articles else []
    return f"; left out: {' and '.join(parts)} (the briefing says why, --all takes them)" if parts else ""


def _doubts(briefing: Briefing) -> str:
    """Say how many printed texts are doubtful, and how many of them each guard objects to."""
    printed = briefing.translations()
    guards = Counter(doubt.guard for translation in printed for doubt in translation.doubts)
    told = ", ".join(f"{guard} {count}" for guard, count in guards.most_common())
    doubtful = sum(1 for translation in printed if translation.doubts)
    return f"{doubtful} of {len(printed)} printed texts doubtful{f' ({told})' if told else ''}"


def _print_result(briefing: Briefing, counts: TranslationCounts, paths: Iterable[Path]) -> None:
    outlets = {article.outlet for article in briefing.articles if article.outlet}
    sentences = sum(len(story.sentences) for story in briefing.stories)
    typer.echo(
        f"{counted(len(briefing.stories), 'story', 'stories')} from {counted(len(briefing.articles), 'article')} "
        f"of {counted(len(outlets), 'known outlet')}, {counted(sentences, 'sentence')}; "
        f"{counted(len(briefing.failures), 'input')} failed{_left_out(briefing)}"
    )
    typer.echo(
        f"Translated {counted(counts.translated, 'text')} and remembered {counts.remembered}, "
        f"with {briefing.package.id} {briefing.package.version}; {_doubts(briefing)}"
    )
    for path in paths:
        typer.echo(path)
