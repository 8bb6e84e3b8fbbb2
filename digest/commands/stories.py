"""`digest stories`: which stories a briefing would tell, in which order, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from digest.commands.common import (
    AllOption,
    DateOption,
    InputsOrInbox,
    LookbackOption,
    MapOption,
    MemoryOption,
    RulesOption,
    SettingsOption,
    SinceOption,
    clear_errors,
    counted,
    day_of,
    inputs_or_inbox,
    progress_on_terminal,
    read,
    report_failures,
    settings_of,
    store_of,
)
from digest.commands.days import freshness_of, known_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.pipeline import Plan, RankedStory


def stories(
    inputs: InputsOrInbox = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print what each story's rank is made of, and its articles.")
    ] = False,
    on: DateOption = None,
    since: SinceOption = None,
    days: LookbackOption = None,
    everything: AllOption = False,
    mapped: MapOption = None,
    rules: RulesOption = None,
    no_memory: MemoryOption = False,
    config: SettingsOption = None,
) -> None:
    """Print the stories of the INPUTs, or of the inbox, in the order in which the briefing would tell them."""
    with clear_errors():
        settings = settings_of(config, rules=rules)
        date = day_of(on, settings)
        from digest import pipeline  # noqa: PLC0415

        reading = read(inputs_or_inbox(inputs, settings), mapped)
        default = settings.lookback if not inputs else None
        freshness = freshness_of(date, settings, since=since, days=days, everything=everything, default=default)
        with progress_on_terminal(quiet=False) as progress, store_of(settings, memory=not no_memory) as store:
            cleaned = pipeline.clean_all(reading, pipeline.rules_of(settings), progress, pipeline.outlets_of(settings))
            day = known_day(date, freshness, cleaned, settings, store, everything=everything)
            planned = pipeline.plan(cleaned, day, settings, progress)
        report_failures(cleaned.failures)
        for line in _lines(planned, explain=explain):
            typer.echo(line)


def _lines(planned: Plan, *, explain: bool) -> Iterator[str]:
    for number, story in enumerate(planned.stories, 1):
        yield from _story(number, story, explain=explain)
    for left in planned.left_out:
        about = f"{left.headline}: " if left.headline else ""
        yield f"left out: {about}{counted(left.articles, 'article')}, {left.reason}"


def _story(number: int, story: RankedStory, *, explain: bool) -> Iterator[str]:
    thread = story.thread
    articles = thread.story.articles
    status = f"update, first told {thread.since.isoformat()}" if thread.since else "new"
    yield f"{number}. {articles[0].title}"
    about = (
        thread.story.id,
        counted(len(articles), "article"),
        status,
        story.topic.heading,
        f"{story.score.total:.2f}",
    )
    yield f"   {' · '.join(about)}"
    if not explain:
        return
    for part in story.score.parts:
        yield f"   {part.value:6.2f}  {part.name}: {part.because}"
    yield f"   {story.topic.confidence:6.2f}  {story.topic.heading}: {' '.join(story.topic.stems)}"
    copies = dict(thread.story.copies)
    for article in articles:
        note = f", near copy of {copies[article.id]}" if article.id in copies else ""
        published = article.published.isoformat() if article.published else "undated"
        yield f"   - {article.id} {published} {article.outlet or 'outlet unknown'} {article.origin}{note}"
