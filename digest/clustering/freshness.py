"""Which articles are of the day: by the date they state, or by the day on which digest first saw them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from digest.model import Article

AHEAD = timedelta(days=1)
"""An outlet to the east has tomorrow's date already."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """The first and last day of the articles that are taken; None: no bound."""

    since: date | None = None
    until: date | None = None


def lookback(day: date, days: int) -> Freshness:
    """Return the freshness of the briefing of `day` that goes back `days` days, itself not counted."""
    return Freshness(day - timedelta(days=days), day + AHEAD)


def split(
    articles: Iterable[Article], freshness: Freshness, first_seen: Mapping[str, date]
) -> tuple[tuple[Article, ...], tuple[Article, ...]]:
    """Return the articles that are of the day, and the others.

    An article that states no date counts as of the day on which it was first seen, by its id; one that is seen for the
    first time is taken.
    """
    taken: list[Article] = []
    left: list[Article] = []
    for article in articles:
        day = article.published or first_seen.get(article.id)
        late = day is not None and freshness.since is not None and day < freshness.since
        early = day is not None and freshness.until is not None and day > freshness.until
        (left if late or early else taken).append(article)
    return tuple(taken), tuple(left)
