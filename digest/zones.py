"""Time zones by their IANA names, with a hint where a name is wrong."""

from __future__ import annotations

import difflib
import zoneinfo
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def zone_of(name: str) -> zoneinfo.ZoneInfo | None:
    """Return the time zone of that name, None for "": the machine's. ValueError, in one line, where there is none."""
    if not name:
        return None
    try:
        return zoneinfo.ZoneInfo(name)
    except (LookupError, ValueError, OSError) as error:
        known = zoneinfo.available_timezones()
        if not known:
            raise ValueError(f"{name!r}: this machine knows no time zones: pip install tzdata") from error
        near = nearest_zone(name, known)
        hint = f"did you mean {near}?" if near else "give one like Europe/Berlin"
        raise ValueError(f"{name!r} is no time zone; {hint}") from error


def nearest_zone(name: str, known: Iterable[str]) -> str | None:
    """Return the zone whose name, or the city in it, is most like `name`; None where none is like it."""
    forms: dict[str, str] = {}
    for zone in sorted(known, key=lambda zone: (zone.count("/"), zone)):
        forms.setdefault(zone.casefold(), zone)
        forms.setdefault(zone.rpartition("/")[2].casefold(), zone)
    near = difflib.get_close_matches("_".join(name.casefold().split()), forms, n=1)
    return forms[near[0]] if near else None
