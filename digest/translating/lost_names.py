"""Which names and set terms of an Arabic text its English has lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.arabic.names import NAMED, occurrences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.arabic.names import Mention


@dataclass(frozen=True, slots=True)
class LostName:
    """The mentions of one name in an Arabic text, of which the English lacks `missing`, whichever they are."""

    mentions: tuple[Mention, ...]
    missing: int


def lost_names(mentions: Iterable[Mention], en: str) -> list[LostName]:
    """Return the people, places and organisations among `mentions` that `en` has less often, in their order.

    A name is counted in whatever form: "Armenian" counts for Armenia. Where a package garbles one mention of several
    ("Ramadine forces" beside "Armenian vehicles"), a look at whether the name is there at all would not notice.
    """
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.name.kind in NAMED:
            groups.setdefault(mention.name.id, []).append(mention)
    lost = (LostName(tuple(group), len(group) - _count(group, en)) for group in groups.values())
    return [name for name in lost if name.missing > 0]


def lost_terms(mentions: Iterable[Mention], en: str) -> list[Mention]:
    """Return the weapons and set terms among `mentions` that `en` lacks, each once.

    Such a word is there in any case and with any ending, and once is enough: where Arabic says it again, English may not.
    """
    lower = en.casefold()
    terms = {mention.name.id: mention for mention in mentions if mention.name.kind not in NAMED}
    return [
        mention
        for mention in terms.values()
        if not any(form.casefold() in lower for form in (mention.english, *mention.also))
    ]


def _count(mentions: list[Mention], en: str) -> int:
    """Return how often `en` has any form that is right for any of the mentions."""
    return occurrences({form for mention in mentions for form in (mention.english, *mention.also)}, en)
