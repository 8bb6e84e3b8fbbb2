"""Which names of an Arabic text its English has lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.arabic.names import NAMED

if TYPE_CHECKING:
    from digest.arabic.names import Mention, Names


@dataclass(frozen=True, slots=True)
class LostName:
    """The mentions of one name in an Arabic text, of which the English lacks `missing`, whichever they are."""

    mentions: tuple[Mention, ...]
    missing: int


def lost_names(ar: str, en: str, names: Names) -> list[LostName]:
    """Return the people, places and organisations that `en` has less often than `ar`, in the order of `ar`.

    A name is counted in whatever form: "Armenian" counts for Armenia. Where a package garbles one mention of several
    ("Ramadine forces" beside "Armenian vehicles"), a look at whether the name is there at all would not notice.
    """
    groups: dict[str, list[Mention]] = {}
    for mention in names.find(ar):
        if mention.name.kind in NAMED:
            groups.setdefault(mention.name.id, []).append(mention)
    lost = (LostName(tuple(group), len(group) - _count(group, en)) for group in groups.values())
    return [name for name in lost if name.missing > 0]


def _count(mentions: list[Mention], en: str) -> int:
    """Return how often `en` has any form that is right for any of the mentions."""
    forms = {form for mention in mentions for form in (mention.english, *mention.also)}
    longest_first = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return len(re.findall(rf"(?<![A-Za-z])(?:{longest_first})", en))
