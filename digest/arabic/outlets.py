"""Names of outlets and agencies: which is which, and the outlets' own English names (data in outlets.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from digest.arabic.text import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class OutletNames:
    """The data of outlets.toml, every name as its comparing key (`digest.arabic.text.key`)."""

    english: dict[str, str]
    agencies: frozenset[str]
    outlet_words: frozenset[str]
    edition_words: frozenset[str]

    def is_agency(self, name: str) -> bool:
        """Tell whether `name` is a news agency, or a word for agencies."""
        return key(name) in self.agencies

    def is_outlet(self, name: str) -> bool:
        """Tell whether `name` is known as an outlet or has a word in it that only outlets bear."""
        folded = key(name)
        return folded in self.english or not self.outlet_words.isdisjoint(folded.split())

    def is_edition(self, name: str) -> bool:
        """Tell whether `name` is the edition or section of an outlet ("الصباحية")."""
        return key(name) in self.edition_words


@lru_cache(maxsize=1)
def outlet_names() -> OutletNames:
    """Return the names that ship with digest."""
    data = tomllib.loads(resources.files("digest.arabic").joinpath("outlets.toml").read_text(encoding="utf-8"))
    return OutletNames(
        english={key(name): english for name, english in data["outlets"].items()},
        agencies=frozenset(map(key, data["agencies"])),
        outlet_words=frozenset(map(key, data["outlet_words"])),
        edition_words=frozenset(map(key, data["edition_words"])),
    )


def own_outlets(entries: Iterable[str]) -> dict[str, str]:
    """Return English names by the comparing key of the Arabic ones, of entries like "ARABIC NAME=English name".

    ValueError for an entry without two names; of entries for one outlet the last one counts.
    """
    names: dict[str, str] = {}
    for entry in entries:
        arabic, _, english = entry.partition("=")
        if not (key(arabic) and english.strip()):
            raise ValueError(f'{entry!r} must be "ARABIC NAME=English name"')
        names[key(arabic)] = english.strip()
    return names


def english_outlet(name: str, own: Mapping[str, str] | None = None) -> str | None:
    """Return the English name of an outlet where it is known: that of `own`, by comparing key, before that which ships."""
    folded = key(name)
    return (own or {}).get(folded) or outlet_names().english.get(folded)
