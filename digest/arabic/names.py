"""Names of people, places and organisations in Arabic text, and their English forms (digest/translating/glossary.toml).

A name is met word for word in any of its spellings, with the conjunctions and prepositions that Arabic writes onto it
(وبأذربيجان). Spelling variants of one name are one name, so that texts of outlets which write it differently meet.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from digest.arabic.text import fold, words
from digest.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

KINDS = ("places", "organisations", "people", "weapons", "adjectives")
ADJECTIVES = "adjectives"
_PROCLITIC = re.compile(r"^[وف]?[بلك]?(?=\w{3})")
_TO_THE = re.compile(r"^[وف]?لل(?=\w{3})")
_THE = re.compile(r"^[وف]?[بك]?ال(?=\w{3})|^[وف]?لل(?=\w{3})")


@dataclass(frozen=True, slots=True)
class Name:
    """A name: its kind (one of KINDS), its English forms, the one wanted first, and its Arabic spellings."""

    kind: str
    english: tuple[str, ...]
    spellings: tuple[str, ...]

    def is_in(self, english: str) -> bool:
        """Tell whether an English text has the name in one of its forms."""
        return any(re.search(rf"(?<![A-Za-z]){re.escape(form)}", english) for form in self.english)


class Names:
    """All names, to be found in texts."""

    def __init__(self, names: Iterable[Name]) -> None:
        """Index the names; of two with one spelling the first has it."""
        self.names = tuple(names)
        self._by_first: dict[str, list[tuple[tuple[str, ...], Name]]] = {}
        for name in self.names:
            for spelling in name.spellings:
                own = tuple(words(fold(spelling)))
                self._by_first.setdefault(own[0], []).append((own, name))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))  # the longest first; sorting keeps the order of equals

    def find(self, text: str) -> tuple[Name, ...]:
        """Return the names in `text`, in order, the longest where several begin at a word; repeated as in the text."""
        tokens = words(fold(text))
        found: list[Name] = []
        at = 0
        while at < len(tokens):
            match = self._match(tokens, at)
            if match is None:
                at += 1
            else:
                length, name = match
                found.append(name)
                at += length
        return tuple(found)

    def _match(self, tokens: list[str], at: int) -> tuple[int, Name] | None:
        token = tokens[at]
        for form, bare in _forms(token):
            for own, name in self._by_first.get(form, ()):
                if bare and name.kind != ADJECTIVES:
                    continue  # the article belongs to a name, or it has none
                if tuple(tokens[at + 1 : at + len(own)]) == own[1:]:
                    return len(own), name
        return None


def _forms(token: str) -> list[tuple[str, bool]]:
    """Return the word as it stands and without what is written onto it; the flag tells that the article went too."""
    forms = [(token, False), (_PROCLITIC.sub("", token), False)]
    if token[:1] in "وف":
        forms.append((token[1:], False))
    if _TO_THE.match(token):
        forms.append(("ال" + _TO_THE.sub("", token), False))
    if _THE.match(token):
        forms.append((_THE.sub("", token), True))
    return forms


def main_names(texts: Iterable[str], names: Names, most: int) -> tuple[Name, ...]:
    """Return the names that stand in most of the `texts`, at least in two where there are several; no adjectives."""
    counts = Counter(name for text in texts for name in dict.fromkeys(names.find(text)) if name.kind != ADJECTIVES)
    order = {name: place for place, name in enumerate(counts)}
    return tuple(sorted(counts, key=lambda name: (-counts[name], order[name]))[:most])


def load_names(file: Path | None) -> Names:
    """Return the names in force: those of the user's `file`, if given, before those that ship.

    Raises:
        SettingsError: the file cannot be read or is not in the form of digest/translating/glossary.toml.

    """
    shipped = bundled_names()
    if file is None:
        return shipped
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{file}: the names cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: not valid TOML ({error})") from error
    try:
        return Names((*_read(data), *shipped.names))
    except ValueError as error:
        raise SettingsError(f"{file}: {error}") from error


@lru_cache(maxsize=1)
def bundled_names() -> Names:
    """Return the names that ship with digest."""
    text = resources.files("digest.translating").joinpath("glossary.toml").read_text(encoding="utf-8")
    return Names(_read(tomllib.loads(text)))


def _read(data: Mapping[str, Any]) -> list[Name]:
    """Return the names of a file's data; ValueError where it is not as it should be."""
    if unknown := data.keys() - set(KINDS):
        raise ValueError(f"unknown table [{min(unknown)}]; known ones: {', '.join(KINDS)}")
    names = []
    for kind in KINDS:
        for english, arabic in data.get(kind, {}).items():
            spellings = [one.strip() for one in arabic.split(",")] if isinstance(arabic, str) else []
            if not spellings or not all(words(fold(one)) for one in spellings):
                raise ValueError(f'[{kind}] "{english}": give Arabic spellings as text, with commas between them')
            names.append(Name(kind, tuple(form.strip() for form in english.split("/")), tuple(spellings)))
    return names
