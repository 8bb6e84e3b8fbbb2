"""`digest clean`: the articles without their furniture, or every line with its verdict."""

from __future__ import annotations

from typing import Annotated

import typer

from digest.commands.common import (
    Inputs,
    MapOption,
    RulesOption,
    SettingsOption,
    clear_errors,
    progress_on_terminal,
    read,
    report_failures,
    settings_of,
)
from digest.errors import NothingUsable


def clean(
    inputs: Inputs,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print every line with its label and the rule that decided.")
    ] = False,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json", help="Print one JSON object a line for each article; with --explain one array of all lines."
        ),
    ] = False,
    mapped: MapOption = None,
    rules: RulesOption = None,
    config: SettingsOption = None,
) -> None:
    """Print the articles of the INPUTs without the furniture of their pages."""
    with clear_errors():
        settings = settings_of(config, rules=rules)
        from digest import pipeline  # noqa: PLC0415
        from digest.rendering.cleaned import article_json, article_text, lines_json, lines_text  # noqa: PLC0415

        reading = read(inputs, mapped)
        own_rules = pipeline.rules_of(settings)
        if explain:
            judged = pipeline.explain(reading, own_rules)
            if not judged:
                raise NothingUsable(())
            shown = lines_json(judged) if as_json else "\n".join(lines_text(*file) for file in judged)
        else:
            with progress_on_terminal(quiet=False) as progress:
                cleaned = pipeline.clean_all(reading, own_rules, progress, pipeline.outlets_of(settings))
            report_failures(cleaned.failures)
            numbered = pipeline.numbered(cleaned.articles)
            shown = (
                "".join(article_json(article, number) for number, article in numbered)
                if as_json
                else "\n".join(article_text(article) for _, article in numbered)
            )
        typer.echo(shown, nl=False)
