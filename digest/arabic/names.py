"""Names in Arabic text: people, places, organisations, weapons and set terms, each with its English form.

The names come from a gazetteer (`digest/translating/glossary.toml`) and, before it, from the user's own file of the same
form: any number of `[[name]]` tables with

    en        the English form wanted
    kind      person, place, organisation, weapon or term
    ar        list of the Arabic spellings met in texts, the main one first
    also      optional list of other English forms that are right as well ("Kiev" beside "Kyiv")
    short     optional table with `en`, `ar` and `also`: a shorter name with an English form of its own ("Biden")
    demonym   optional table with `en`, `ar` and `also`: the adjective ("Azerbaijani"), in all its Arabic inflections
    except    optional list of words, as written with their clitics, that only look like one of the spellings
    id        optional; without it the id is made from `en`

Spellings are compared folded (`digest.arabic.text.fold`): hamza, alef forms, teh marbuta, alef maqsura, marks and tatweel
make no difference, so only spellings that differ in more are listed. `عبد` and `أبو` may be joined to the next word. A
demonym stands with and without the article; every other form stands as listed.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from digest.arabic.text import arabic_letters, fold
from digest.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


class Kind(StrEnum):
    """What a name stands for."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    WEAPON = "weapon"
    TERM = "term"


NAMED = frozenset({Kind.PERSON, Kind.PLACE, Kind.ORGANISATION})
"""What has a name of its own; weapons and terms are words that several English ones may be right for."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a name: the English wanted for it, its Arabic spellings, and other English that is right as well."""

    en: str
    spellings: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """An entry of the gazetteer; `id` is unique among the names in force.

    The spellings of `demonym` are without the article. `exceptions` are written words that are something else although
    they fold to a spelling.
    """

    id: str
    kind: Kind
    full: Form
    short: Form | None = None
    demonym: Form | None = None
    exceptions: frozenset[str] = frozenset()

    @property
    def en(self) -> str:
        """The English form wanted for the name itself."""
        return self.full.en


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a text names something: `text[start:end]` is `surface`, and `clitic` stands right before it.

    `english` is the form wanted there: the name, its short form or, where the Arabic is a demonym, the adjective. `also`
    are other forms that are right. Where the Arabic may be the name or the adjective (سوريا: Syria, or "a Syrian" in the
    accusative), the one that is not `english` is among them; a demonym always has the name among them ("Spain's").
    """

    name: Name
    start: int
    end: int
    surface: str
    clitic: str
    english: str
    also: tuple[str, ...]

    def is_in(self, english: str) -> bool:
        """Tell whether an English text has the name in one of the forms that are right."""
        return occurrences((self.english, *self.also), english) > 0


def occurrences(forms: Iterable[str], english: str) -> int:
    """Return how often an English text has any of the `forms` of a name; of forms that overlap the longest counts."""
    longest_first = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return len(re.findall(rf"(?<![A-Za-z])(?:{longest_first})", english))


class _Pattern(NamedTuple):
    words: tuple[str, ...]
    name: Name
    form: Form


# Marks and invisible controls stand inside words without dividing them.
_WITHIN = "\u00ad\u0610-\u061a\u061c\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_WITHIN}])*")
# A name may not go over a line's end, nor over any punctuation but a hyphen or dash.
_GAP = re.compile(rf"(?=[^{_WITHIN}])[^\S\n]*[-\u2010-\u2014]?[^\S\n]*[{_WITHIN}]*")
_UNWRITTEN = re.compile(f"[\u0640{_WITHIN}]")
_SPELLING = re.compile(rf"{_WORD.pattern}(?:[ -]{_WORD.pattern})*")
_CLITICS = re.compile("[وف]?[بلك]?")
_JOINED_TO_NEXT = frozenset({"عبد", "ابو", "ابي", "ابا"})
_LEAST_LETTERS = 3
"""What is left behind a clitic has as many letters; with fewer, almost any short word would hold a name."""
_LEAST_AFTER_KAF = 4
"""The "like" of ك is rare beside the many words that begin with the letter (كروس)."""
_LEAST_IN_SPELLING = 2


class Names:
    """The names in force, in order, and the search for them."""

    def __init__(self, names: Iterable[Name]) -> None:
        """Index `names`; ValueError where two have an id or a spelling in common."""
        self.all = tuple(names)
        self._index: dict[str, list[_Pattern]] = {}
        owner: dict[tuple[str, ...], Name] = {}
        ids: set[str] = set()
        for name in self.all:
            if name.id in ids:
                raise ValueError(f"{name.en}: another name has the id {name.id} too")
            ids.add(name.id)
            for pattern in _patterns(name):
                other = owner.setdefault(pattern.words, name)
                if other is not name:
                    raise ValueError(f"{name.en}: the spelling {' '.join(pattern.words)} belongs to {other.en} too")
                self._index.setdefault(pattern.words[0], []).append(pattern)
        for patterns in self._index.values():
            patterns.sort(key=lambda pattern: -len(pattern.words))

    @cached_property
    def key(self) -> str:
        """A short text that is equal for equal names, in whatever process."""
        parts = [
            (name.id, name.kind, name.full, name.short, name.demonym, sorted(name.exceptions)) for name in self.all
        ]
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return where `text` names something, in order and without overlaps, the longest name first at each place.

        Proclitics (و ف, then ب ل ك, and للـ for the article after ل) are taken off the first word; س is none of them, as
        only verbs bear it. Names stand as whole words; between the words of one, a hyphen or any space serves.
        """
        words = list(_WORD.finditer(text))
        keys = [_word_key(word.group()) for word in words]
        mentions, at = [], 0
        while at < len(words):
            found = self._longest(text, words, keys, at)
            if found is None:
                at += 1
                continue
            cut, patterns = found
            mentions.append(_mention(text, words[at : at + len(patterns[0].words)], cut, patterns))
            at += len(patterns[0].words)
        return tuple(mentions)

    def _longest(
        self, text: str, words: list[re.Match[str]], keys: list[str], at: int
    ) -> tuple[int, list[_Pattern]] | None:
        """Return how many letters of clitics the word has there and the patterns that match behind them.

        There are several patterns where forms of one name are spelled alike; the one that is meant comes first.
        """
        best: tuple[int, list[_Pattern]] | None = None
        for cut, first in _readings(keys[at]):
            for pattern in self._index.get(first, ()):
                length = len(pattern.words)
                if best is not None and length <= len(best[1][0].words):
                    break
                if pattern.words[1:] != tuple(keys[at + 1 : at + length]):
                    continue
                if _joined_up(text, words[at : at + length]) and not _is_exception(pattern, words[at].group()):
                    same = [other for other in self._index[first] if other.words == pattern.words]
                    adjective = not cut and at > 0 and _follows_definite(text, words, keys, at)
                    best = cut, sorted(same, key=lambda other: (other.form is other.name.demonym) != adjective)
        return best


def _patterns(name: Name) -> Iterator[_Pattern]:
    """Yield the spellings of `name` as folded words, each once for every form that has it."""
    for form in (name.full, name.short, name.demonym):
        if form is None:
            continue
        spellings: Iterable[str] = form.spellings
        if form is name.demonym:
            spellings = (variant for spelling in spellings for variant in _with_article(spelling))
        folded = (tuple(_word_key(word.group()) for word in _WORD.finditer(spelling)) for spelling in spellings)
        for written in dict.fromkeys(variant for words in folded for variant in _joinings(words)):
            yield _Pattern(written, name, form)


def _with_article(demonym: str) -> tuple[str, ...]:
    """Return a demonym bare, with the article before its first word (الجنوب أفريقي), and before every word."""
    return demonym, f"ال{demonym}", " ".join(f"ال{word}" for word in demonym.split())


def _joinings(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield `words` as they are and with each عبد and أبو joined to the next word, as many write them."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] in _JOINED_TO_NEXT:
            joined[-1] += word
        else:
            joined.append(word)
    yield words
    if len(joined) < len(words):
        yield tuple(joined)


@lru_cache(maxsize=1 << 15)
def _word_key(word: str) -> str:
    return fold(word)


@lru_cache(maxsize=1 << 15)
def _readings(key: str) -> tuple[tuple[int, str], ...]:
    """Return the ways to read a folded word: the letters of clitics before it, and the word as names have it.

    The fewest clitics come first. After ل the article has lost its alef (للسعودية is ل and السعودية).
    """
    readings = [(0, key)]
    for cut in range(1, min(3, len(key) - _LEAST_LETTERS + 1)):
        clitics, rest = key[:cut], key[cut:]
        if not _CLITICS.fullmatch(clitics) or (clitics[-1] == "ك" and len(rest) < _LEAST_AFTER_KAF):
            continue
        readings.append((cut, rest))
        if clitics[-1] == "ل" and rest[0] == "ل":
            readings.append((cut + 1, f"ا{rest}"))
            readings.append((cut, f"ال{rest}"))  # للاذقية: of the three lams of ل and اللاذقية two are written
    return tuple(readings)


def _joined_up(text: str, words: list[re.Match[str]]) -> bool:
    return all(_GAP.fullmatch(text, before.end(), after.start()) for before, after in itertools.pairwise(words))


def _follows_definite(text: str, words: list[re.Match[str]], keys: list[str], at: int) -> bool:
    """Tell whether the word before has the article: an adjective agrees with it (القوات السعودية, not في السعودية)."""
    if _GAP.fullmatch(text, words[at - 1].end(), words[at].start()) is None:
        return False
    return any(reading.startswith("ال") for _, reading in _readings(keys[at - 1]))


def _is_exception(pattern: _Pattern, word: str) -> bool:
    return len(pattern.words) == 1 and _as_written(word) in pattern.name.exceptions


def _as_written(word: str) -> str:
    """Return `word` without marks, tatweel and invisible controls, its spelling kept."""
    return _UNWRITTEN.sub("", word)


def _mention(text: str, words: list[re.Match[str]], cut: int, patterns: list[_Pattern]) -> Mention:
    name = patterns[0].name
    first, end = words[0], words[-1].end()
    start = first.start() + _width(first.group(), cut)
    forms = [pattern.form for pattern in patterns] + [form for form in (name.full, name.short) if form is not None]
    english = tuple(dict.fromkeys(text for form in forms for text in (form.en, *form.also)))
    return Mention(name, start, end, text[start:end], text[first.start() : start], english[0], english[1:])


def _width(word: str, letters: int) -> int:
    """Return how many characters of `word` its first `letters` folded letters and their marks take up."""
    if not letters:
        return 0
    return max(width for width in range(len(word)) if len(fold(word[:width])) <= letters)


_FORM_KEYS = frozenset({"en", "ar", "also"})
_KEYS = _FORM_KEYS | {"id", "kind", "short", "demonym", "except"}


def main_names(texts: Iterable[str], names: Names, most: int) -> tuple[Name, ...]:
    """Return the people, places and organisations that stand in most of the `texts`, those met first before others."""
    counts: Counter[Name] = Counter()
    for text in texts:
        counts.update(list(dict.fromkeys(m.name for m in names.find(text) if m.name.kind in NAMED)))
    order = {name: place for place, name in enumerate(counts)}
    return tuple(sorted(counts, key=lambda name: (-counts[name], order[name]))[:most])


@lru_cache(maxsize=1)
def _bundled() -> tuple[Name, ...]:
    """Return the names that ship with digest."""
    file = resources.files("digest.translating").joinpath("glossary.toml")
    return tuple(map(_name, tomllib.loads(file.read_text(encoding="utf-8"))["name"]))


def load_names(extra: Path | None) -> Names:
    """Return the names in force: those of the user's file `extra`, if given, and those that ship.

    A name of the user's replaces every one that ships with which it has a spelling or the id in common.

    Raises:
        SettingsError: the file cannot be read, or an entry cannot be used; the message names the file and the entry.

    """
    if extra is None:
        return bundled_names()
    own = _read(extra)
    try:
        taken = frozenset(pattern.words for name in Names(own).all for pattern in _patterns(name))
    except ValueError as error:
        raise SettingsError(f"{extra}: {error}") from error
    ids = frozenset(name.id for name in own)
    kept = (name for name in _bundled() if name.id not in ids and taken.isdisjoint(_words_of(name)))
    return Names((*own, *kept))


@lru_cache(maxsize=1)
def bundled_names() -> Names:
    """Return the names that ship with digest."""
    return Names(_bundled())


def _words_of(name: Name) -> Iterator[tuple[str, ...]]:
    return (pattern.words for pattern in _patterns(name))


def _read(file: Path) -> tuple[Name, ...]:
    """Return the names of a user's file; SettingsError as `load_names` states it."""
    where = str(file)
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        names = []
        for number, table in enumerate(_tables(data), 1):
            where = f"{file}: name {number} ({table.get('en', 'without en')})"
            names.append(_name(table))
    except OSError as error:
        raise SettingsError(f"{file}: the names cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: not valid TOML ({error})") from error
    except ValueError as error:
        raise SettingsError(f"{where}: {error}") from error
    return tuple(names)


def _tables(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    if unknown := data.keys() - {"name"}:
        raise ValueError(f"unknown key {min(unknown)}; names stand in [[name]] tables")
    value = data.get("name", [])
    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        raise ValueError("names stand in [[name]] tables")
    return value


def _name(table: Mapping[str, Any]) -> Name:
    """Return the name that a table stands for; ValueError where it is none."""
    _check_keys(table, _KEYS, "")
    full = _form(table, "")
    kind = table.get("kind")
    if kind not in {*Kind}:
        raise ValueError(f"kind = {kind!r} must be one of {', '.join(Kind)}")
    identifier = table.get("id", _slug(full.en))
    if not isinstance(identifier, str) or not identifier or identifier != _slug(identifier):
        raise ValueError(f"id = {identifier!r} must be of lower-case letters, digits and hyphens")
    exceptions = frozenset(map(_as_written, _texts(table, "except", "")))
    return Name(identifier, Kind(str(kind)), full, _part(table, "short"), _part(table, "demonym"), exceptions)


def _part(table: Mapping[str, Any], key: str) -> Form | None:
    part = table.get(key)
    if part is None:
        return None
    if not isinstance(part, dict):
        raise ValueError(f'{key} must be a table such as {{en = "Azerbaijani", ar = ["أذربيجاني"]}}')  # noqa: TRY004
    _check_keys(part, _FORM_KEYS, f"{key}.")
    return _form(part, f"{key}.")


def _form(table: Mapping[str, Any], where: str) -> Form:
    english = table.get("en")
    if not isinstance(english, str) or not _is_latin(english):
        raise ValueError(f"{where}en = {english!r} must be a text in Latin letters")
    spellings = _texts(table, "ar", where)
    if not spellings:
        raise ValueError(f"{where}ar must list at least one Arabic spelling")
    for text in spellings:
        if arabic_letters(text) < _LEAST_IN_SPELLING or not _SPELLING.fullmatch(text):
            raise ValueError(f"{where}ar: {text!r} is no Arabic spelling of at least {_LEAST_IN_SPELLING} letters")
    return Form(english, spellings, _texts(table, "also", where))


def _check_keys(table: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    if unknown := table.keys() - known:
        raise ValueError(f"unknown key {where}{min(unknown)}; known keys: {', '.join(sorted(known))}")


def _is_latin(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and all("LATIN" in unicodedata.name(letter, "") for letter in letters)


def _texts(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    texts = table.get(key, [])
    if not isinstance(texts, list) or not all(isinstance(text, str) and text.strip() for text in texts):
        raise ValueError(f"{where}{key} must be a list of texts in quotes")
    return tuple(texts)


def _slug(english: str) -> str:
    """Return `english` as an id: ASCII, lower case, hyphens for all but letters and digits."""
    plain = unicodedata.normalize("NFKD", english).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")
