"""Names that a package does not know, translated by way of names that any package knows.

A small package loses or garbles rare names, and what stands around them with it. So where the English lacks a name of the
Arabic, a well-known name of the same kind stands in for it, clitics and all, the sentence is translated again, and the
English form of the gazetteer takes the stand-in's place. That is done only where the English has each stand-in exactly
once, so that nothing is invented. For a weapon that is lost ("drone") another of its Arabic spellings stands in, which says
the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.arabic.names import Kind
from digest.arabic.text import fold
from digest.translating.lost_names import lost_names, lost_terms

if TYPE_CHECKING:
    from digest.arabic.names import Mention, Names

_STAND_INS = {
    Kind.PERSON: (("أوباما", "Obama"), ("بوتين", "Putin"), ("ميركل", "Merkel")),
    Kind.PLACE: (("باريس", "Paris"), ("لندن", "London"), ("روما", "Rome")),
    Kind.ORGANISATION: (("اليونسكو", "UNESCO"), ("الناتو", "NATO"), ("اليونيسف", "UNICEF")),
}
"""Names, one word in both languages, that the bundled package translates and that training texts of any other have."""


_ADJECTIVES = (("فرنس", "French"), ("ألمان", "German"), ("إيطال", "Italian"))
"""Stems of adjectives that take the endings of the one they stand for, and their English."""
_ENDING = re.compile(r"(?P<article>ال)?\w+?(?P<ending>ي|ية|يه|يات|يان|يين|يون|يتين|يتان)")


@dataclass(frozen=True, slots=True)
class StandIns:
    """An Arabic text in which stand-ins replace names, and for each stand-in's English the English of what it replaces."""

    text: str
    english: tuple[tuple[str, str], ...]

    def put_back(self, english: str) -> str | None:
        """Return a translation of `text` with the names in it; None where it has a stand-in never or several times."""
        for stand_in, name in self.english:
            english, count = re.subn(rf"\b{stand_in}\b", lambda _, name=name: name, english)  # type: ignore[misc]
            if count != 1:
                return None
        return english


def stand_ins(ar: str, en: str, names: Names) -> StandIns | None:
    """Return `ar` with stand-ins for the names that `en` has less often and the weapons it lacks; None where none can stand in.

    Adjectives ("Azerbaijani") have stand-ins with the same endings. There are three for each kind; a name beyond that,
    or in a text that has them itself, stays.
    """
    text, swaps = ar, []
    mentions = names.find(ar)
    left = {kind: [pair for pair in pairs if pair[0] not in ar] for kind, pairs in _STAND_INS.items()}
    adjectives = [pair for pair in _ADJECTIVES if pair[0] not in ar]
    weapons = {term.name.id for term in lost_terms(mentions, en) if term.name.kind is Kind.WEAPON}
    lost = [mention for name in lost_names(mentions, en) for mention in name.mentions]
    lost += [mention for mention in mentions if mention.name.id in weapons]
    for mention in sorted(lost, key=lambda mention: -mention.start):
        if mention.name.id in weapons:
            if synonym := _synonym(mention):
                text = f"{text[: mention.start]}{synonym}{text[mention.end :]}"
            continue
        if _is_adjective(mention):
            inflected = _ENDING.fullmatch(mention.surface)
            if inflected is None or not adjectives:
                continue
            stem, english = adjectives.pop(0)
            clitic, arabic = mention.clitic, f"{inflected['article'] or ''}{stem}{inflected['ending']}"
        elif left[mention.name.kind]:
            arabic, english = left[mention.name.kind].pop(0)
            # The article is part of للسعودية; a name that stands in for it has none.
            clitic = mention.clitic.removesuffix("لل") + "ل" if mention.clitic.endswith("لل") else mention.clitic
        else:
            continue
        text = f"{text[: mention.start - len(mention.clitic)]}{clitic}{arabic}{text[mention.end :]}"
        swaps.append((english, mention.english))
    return None if text == ar else StandIns(text, tuple(swaps))


def _synonym(mention: Mention) -> str | None:
    """Return another spelling of a weapon that begins with the same word, and so is in the same form; None where none is.

    One whose second word differs in the article only, or is not there, is none: it would be the same words again.
    """
    first, second = _first_words(mention.surface)
    for spelling in mention.name.full.spellings:
        other_first, other_second = _first_words(spelling)
        if other_first == first and "" not in (second, other_second) and other_second != second:
            return spelling
    return None


def _first_words(term: str) -> tuple[str, str]:
    """Return the first two words of a spelling, folded, the second without its article and "" where there is none."""
    first, second, *_ = (*fold(term).split(), "")
    return first, re.sub("^(?:ال|لل)", "", second)


def _is_adjective(mention: Mention) -> bool:
    demonym = mention.name.demonym
    return demonym is not None and mention.english == demonym.en
