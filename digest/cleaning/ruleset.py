"""Line rules as data: the TOML files in `rules/`, one for each label.

A file has `label` and any number of `[[rule]]` tables. A rule has a `name`, an `example` that it must match (tested), and
at least one condition:

    lines       the whole line is one of these (compared without marks, spelling variants and punctuation)
    starts      the line begins with one of these words (compared likewise)
    pattern     a regular expression that the line matches from its start (spelling variants united on both sides)
    ends_with_agency   the line ends with a news agency in brackets
    date_alone  the line is a full date with nothing beside it but weekday and time
    openers     first words of subheads; used only to cut a subhead off headlines glued to it

and optionally `max_words`, `ended` (whether the line ends like a sentence), and `section`: "end" where nothing of the
article follows the line, "inline" where the article may go on.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from digest.arabic.dates import MONTH_NUMBER, WEEKDAY_NUMBER, find_dates
from digest.arabic.outlets import outlet_names
from digest.arabic.sentences import is_ended
from digest.arabic.text import fold_spelling, key, words
from digest.model import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ORDER = (
    Label.COUNTER,
    Label.DATE,
    Label.IMAGE,
    Label.NAVIGATION,
    Label.AD,
    Label.SOURCE,
    Label.KEYWORDS,
    Label.COMMENTS,
    Label.CREDIT,
    Label.CAPTION,
    Label.EMBED,
    Label.SOCIAL,
    Label.SUBSCRIPTION,
    Label.PROMOTION,
    Label.RELATED,
    Label.BYLINE,
)
"""Labels in the order in which their rules are asked: narrow shapes first, so that the first match may decide."""

_CLOSING_BRACKET = re.compile(r"[(\[]\s*(?P<inside>[^()\[\]]{2,40})\s*[)\]]\s*$")
_CREDIT_PARTS = re.compile(r"\s*[-–—/،,+|]\s*")
# What may stand beside a date on its line: weekday, time of day, zone, and words for publishing.
_BESIDE_A_DATE = frozenset(
    map(
        key,
        (
            "نشر",
            "في",
            "تم",
            "بتاريخ",
            "تاريخ",
            "النشر",
            "آخر",
            "تحديث",
            "الساعة",
            "بتوقيت",
            "غرينتش",
            "جرينتش",
            "مكة",
            "م",
            "ص",
            "ه",
            "مساء",
            "صباحا",
            "هـ",
        ),
    )
) | frozenset({"gmt", "am", "pm", "utc", "on", "at", "published", "updated", "ksa"})


@dataclass(frozen=True, slots=True)
class Line:
    """A non-empty line with what the rules look at. `key` is its comparing key, `folded` the text with spelling united."""

    number: int
    text: str
    key: str = field(init=False)
    folded: str = field(init=False)
    word_count: int = field(init=False)
    ended: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", key(self.text))
        object.__setattr__(self, "folded", fold_spelling(self.text))
        object.__setattr__(self, "word_count", len(words(self.text)))
        object.__setattr__(self, "ended", is_ended(self.text))


@dataclass(frozen=True, slots=True)
class Rule:
    """One compiled rule; `section` is "end", "inline" or ""."""

    label: Label
    name: str
    example: str
    section: str
    matches: Callable[[Line], bool]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules in the order they are asked, and the first words of subheads as keys."""

    rules: tuple[Rule, ...]
    subhead_openers: tuple[str, ...]

    def first_match(self, line: Line) -> Rule | None:
        """Return the first rule that `line` meets."""
        return next((rule for rule in self.rules if rule.matches(line)), None)


def ends_with_agency(line: Line) -> bool:
    """Tell whether `line` ends with a news agency in brackets, as captions do."""
    match = _CLOSING_BRACKET.search(line.text)
    if match is None or match.start() == 0:
        return False
    names = outlet_names()
    return any(names.is_agency(part) or names.is_outlet(part) for part in _CREDIT_PARTS.split(match["inside"]))


def is_date_alone(line: Line) -> bool:
    """Tell whether `line` is a full date with nothing beside it but weekday, time and words for publishing."""
    if next(find_dates(line.text), None) is None:
        return False
    others = (word for word in line.key.split() if not word[0].isdigit())
    months = {part for name in MONTH_NUMBER for part in name.split()}
    return all(word in months or word in WEEKDAY_NUMBER or word in _BESIDE_A_DATE for word in others)


def _compile(label: Label, table: Mapping[str, Any]) -> Rule:
    conditions: list[Callable[[Line], bool]] = []
    if "lines" in table:
        whole = frozenset(map(key, table["lines"]))
        conditions.append(lambda line: line.key in whole)
    if "starts" in table:
        starts = tuple(key(start) + " " for start in table["starts"])
        conditions.append(lambda line: f"{line.key} ".startswith(starts))
    if "pattern" in table:
        pattern = re.compile(fold_spelling(table["pattern"]), re.IGNORECASE)
        conditions.append(lambda line: pattern.match(line.folded) is not None)
    if table.get("ends_with_agency"):
        conditions.append(ends_with_agency)
    if table.get("date_alone"):
        conditions.append(is_date_alone)
    longest = table.get("max_words", 10_000)
    ended = table.get("ended")

    def matches(line: Line) -> bool:
        if line.word_count > longest or (ended is not None and line.ended != ended):
            return False
        return all(condition(line) for condition in conditions)

    return Rule(label, f"{label}/{table['name']}", table["example"], table.get("section", ""), matches)


@lru_cache(maxsize=1)
def bundled_rules() -> RuleSet:
    """Return the rules that ship with digest."""
    rules: dict[Label, list[Rule]] = {}
    openers: list[str] = []
    for file in sorted(resources.files("digest.cleaning").joinpath("rules").iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        label = Label(data["label"])
        for table in data["rule"]:
            if "openers" in table:
                openers.extend(map(key, table["openers"]))
            else:
                rules.setdefault(label, []).append(_compile(label, table))
    return RuleSet(tuple(rule for label in _ORDER for rule in rules.get(label, ())), tuple(openers))
