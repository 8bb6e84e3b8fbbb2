"""The words that figures and their speakers are recognised by (figures.toml), folded, and text aligned with its folded form."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from digest.arabic.text import fold_spelling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PREFIXES = frozenset("وفبل")
_PREFIX = re.compile(r"^[وفب]?(?:ال)?(?=\w{2})")


@dataclass(frozen=True, slots=True)
class Aligned:
    """A text and its folded form, whose letters know where they stand in the text: folding drops some."""

    text: str
    folded: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Aligned:
        """Return the aligned form of `text`."""
        pieces = [(at, fold_spelling(letter)) for at, letter in enumerate(text)]
        return cls(text, "".join(piece for _, piece in pieces), tuple(at for at, piece in pieces for _ in piece))

    def shown(self, start: int, end: int) -> str:
        """Return what stands in the text from `start` to `end` of the folded form, with letters that folding drops."""
        after = self.places[end] if end < len(self.places) else len(self.text)
        return self.text[self.places[start] : after] if start < end else ""


@dataclass(frozen=True, slots=True)
class EventWords:
    """What says what happened to those counted: English by Arabic word, by where the word stands to the number."""

    before: Mapping[str, str]
    close: frozenset[str]
    """Those of `before` that are followed by those they are about, with nothing between."""
    adjacent: Mapping[str, str]
    itself: Mapping[str, str]
    behind: Mapping[str, str]
    of_things: frozenset[str]

    def said_before(self, token: str) -> str | None:
        """Return what a word before a number says has happened, None if nothing; "and", "so", "by", "to" may be written on it.

        With an article it is no such word: "the rescue teams".
        """
        return self.before.get(token) or (self.before.get(token[1:]) if token[:1] in _PREFIXES else None)

    def is_close(self, token: str) -> bool:
        """Tell whether a word of `before` must stand directly before those it is about."""
        return token in self.close or (token[:1] in _PREFIXES and token[1:] in self.close)

    def counted_itself(self, token: str) -> str | None:
        """Return what has happened to those whom a word like "the dead" names, None if it is no such word."""
        return self.itself.get(token) or self.itself.get(_PREFIX.sub("", token))


@dataclass(frozen=True, slots=True)
class FigureWords:
    """The data of figures.toml, folded. Nouns are mapped to their English; those of several words have spaces."""

    events: EventWords
    people: Mapping[str, str]
    families: Mapping[str, str]
    things: Mapping[str, str]
    most_noun_words: int
    qualifiers: re.Pattern[str]
    qualifiers_behind: re.Pattern[str]
    qualifier_of: Mapping[str, str]
    around: Mapping[str, frozenset[str]]
    claims: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def figure_words() -> FigureWords:
    """Return the words, read once."""
    data = tomllib.loads(resources.files("digest.summarizing").joinpath("figures.toml").read_text(encoding="utf-8"))
    events: dict[str, Any] = data["events"]

    def of_events(place: str) -> dict[str, str]:
        return {word: name for name, own in events.items() for word in _folded(own.get(place, ""))}

    nouns = {kind: {word: name for name, own in data[kind].items() for word in _folded(own)} for kind in _NOUN_KINDS}
    qualifier_of = {fold_spelling(form): name for name, own in data["qualifiers"].items() for form in own}
    behind_of = {fold_spelling(form): name for name, own in data["qualifiers_behind"].items() for form in own}
    return FigureWords(
        events=EventWords(
            before=of_events("before"),
            close=frozenset(word for own in events.values() for word in _folded(own.get("close", ""))),
            adjacent=of_events("adjacent"),
            itself=of_events("itself"),
            behind=of_events("behind"),
            of_things=frozenset(name for name, own in events.items() if own.get("things")),
        ),
        people=nouns["people"],
        families=nouns["families"],
        things=nouns["things"],
        most_noun_words=max(len(noun.split()) for own in nouns.values() for noun in own),
        qualifiers=re.compile(rf"\b[وفبل]?({alternatives(qualifier_of)})\s*$"),
        qualifiers_behind=re.compile(rf"\s+({alternatives(behind_of)})(?!\w)"),
        qualifier_of={**behind_of, **qualifier_of},
        around={name: frozenset(_folded(own)) for name, own in data["around"].items()},
        claims={
            name: tuple(map(fold_spelling, own)) if isinstance(own, list) else _folded(own)
            for name, own in data["claims"].items()
        },
    )


_NOUN_KINDS = ("people", "families", "things")


def _folded(words: str) -> tuple[str, ...]:
    return tuple(fold_spelling(word.replace("_", " ")) for word in words.split())


def alternatives(forms: Iterable[str]) -> str:
    """Return a pattern that matches any of `forms`, the longest first."""
    return "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
