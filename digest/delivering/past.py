"""Past briefings: each day's folder in the folder that `write_all` fills."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import TYPE_CHECKING

from digest.errors import ReadingError
from digest.rendering.from_json import from_json

if TYPE_CHECKING:
    from pathlib import Path

    from digest.model import Briefing

BRIEFING_DATA = "briefing.json"


def past_days(out: Path) -> tuple[date, ...]:
    """Return the days of which the folder `out` holds a briefing, oldest first.

    Raises:
        ReadingError: the folder is there and cannot be read.

    """
    try:
        names = [path.name for path in out.iterdir() if (path / BRIEFING_DATA).is_file()]
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise ReadingError(str(out), (error.strerror or str(error)).lower()) from error
    return tuple(sorted(day for name in names if (day := _day(name))))


def past_briefings(out: Path, most: int) -> tuple[list[Briefing], list[date]]:
    """Return the `most` latest briefings in the folder `out`, and the days of those before; broken ones are passed over.

    Raises:
        ReadingError: the folder is there and cannot be read.

    """
    days = past_days(out)
    briefings = []
    for day in days[-most:]:
        with contextlib.suppress(OSError, ValueError):
            briefings.append(from_json((out / day.isoformat() / BRIEFING_DATA).read_text(encoding="utf-8")))
    return briefings, list(days[:-most])


def past_folder(out: Path, wanted: date | None) -> Path:
    """Return the folder of the briefing of a day, without one of the newest.

    Raises:
        ReadingError: there is none.

    """
    days = past_days(out)
    if not days:
        raise ReadingError(str(out), "no briefing there yet; `digest run` makes one")
    if wanted is None:
        return out / days[-1].isoformat()
    if wanted not in days:
        nearest = min(days, key=lambda day: abs(day - wanted))
        raise ReadingError(str(out), f"no briefing of {wanted}; the nearest is of {nearest}")
    return out / wanted.isoformat()


def _day(name: str) -> date | None:
    """Return the day that a folder is named after, in the one form that `digest run` uses."""
    try:
        day = date.fromisoformat(name)
    except ValueError:
        return None
    return day if day.isoformat() == name else None
