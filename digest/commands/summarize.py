"""`digest summarize`: what each article says."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Annotated

import typer

from digest.commands.common import (
    Inputs,
    MapOption,
    MemoryOption,
    PackageOption,
    PivotOption,
    RulesOption,
    SettingsOption,
    ThreadsOption,
    clear_errors,
    progress_on_terminal,
    read,
    report_failures,
    settings_of,
    store_of,
    translator_of,
)
from digest.rendering.article import Form, Language


def summarize(
    inputs: Inputs,
    sentences: Annotated[int, typer.Option("--sentences", "-n", metavar="N", min=1, help="Most sentences.")] = 3,
    words: Annotated[
        int | None,
        typer.Option("--words", "-w", metavar="N", min=1, help="About so many Arabic words, in place of --sentences."),
    ] = None,
    to: Annotated[
        Language, typer.Option("--to", help="Print Arabic, English, or English with the Arabic under it.")
    ] = Language.BOTH,
    form: Annotated[
        Form, typer.Option("--format", help="Plain text, Markdown, or one JSON object a line for each article.")
    ] = Form.TEXT,
    package: PackageOption = None,
    pivot: PivotOption = None,
    mapped: MapOption = None,
    rules: RulesOption = None,
    threads: ThreadsOption = None,
    no_memory: MemoryOption = False,
    config: SettingsOption = None,
) -> None:
    """Print what each article of the INPUTs says: its title and main sentences."""
    with clear_errors():
        settings = settings_of(config, package=package, rules=rules, threads=threads)
        from digest import pipeline  # noqa: PLC0415
        from digest.rendering.article import render_article  # noqa: PLC0415

        reading = read(inputs, mapped)
        with ExitStack() as stack:
            with progress_on_terminal(quiet=False) as progress:
                cleaned = pipeline.clean_all(
                    reading, pipeline.rules_of(settings), progress, pipeline.outlets_of(settings)
                )
                translator = None
                if to is not Language.AR:
                    store = stack.enter_context(store_of(settings, memory=not no_memory))
                    translator, _ = translator_of(settings, store, pivot)
                    progress.say("Translating")
                summaries = pipeline.summarize(cleaned, sentences, translator, words)
            report_failures(cleaned.failures)
            between = "" if form is Form.JSON else "\n"
            typer.echo(between.join(render_article(summary, to, form) for summary in summaries), nl=False)
