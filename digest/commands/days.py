"""What the commands that make or plan a briefing know of its day: what is fresh, and what was printed before."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from digest.clustering.freshness import Freshness, lookback
from digest.commands.common import day_of

if TYPE_CHECKING:
    from digest.pipeline import Cleaned, Day
    from digest.settings import Settings
    from digest.store import Store


def freshness_of(
    day: date, settings: Settings, *, since: str | None, days: int | None, everything: bool, default: int | None
) -> Freshness:
    """Return which articles are taken: as the options say, else as `default` does, the days to look back or None: all."""
    if everything:
        if since is not None or days is not None:
            raise typer.BadParameter("takes everything: leave out --since and --lookback", param_hint="--all")
        return Freshness()
    if since is not None:
        if days is not None:
            raise typer.BadParameter("give --since or --lookback, not both", param_hint="--since")
        return Freshness(since=day_of(since, settings, "--since"))
    wanted = days if days is not None else default
    return Freshness() if wanted is None else lookback(day, wanted)


def known_day(
    day: date, freshness: Freshness, cleaned: Cleaned, settings: Settings, store: Store | None, *, everything: bool
) -> Day:
    """Return the day of a briefing with all that the store knows of the days before it."""
    from digest.pipeline import Day  # noqa: PLC0415

    if store is None:
        return Day(day, freshness=freshness, everything=everything)
    undated = [article.id for article in cleaned.articles if article.published is None]
    past = store.printed_stories(series_of(settings), day - timedelta(days=settings.memory_days), day)
    return Day(day, tuple(past), store.first_seen(undated, day), freshness, everything)


def series_of(settings: Settings) -> str:
    """Return the name of the series that a briefing belongs to: its folder. What is told in one is news in another."""
    return str(Path(settings.out).resolve())
