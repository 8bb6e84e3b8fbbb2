"""Line rules as data: the TOML files in `rules/`, one for each label.

A file has `label` and any number of `[[rule]]` tables. A rule has a `name`, an `example` that it must match (tested), and
at least one condition:

    lines       the whole line is one of these (compared without marks, spelling variants and punctuation)
    starts      the line begins with one of these words (compared likewise)
    pattern     a regular expression that the line matches from its start (spelling variants united on both sides)
    ends_with_agency   the line ends with a news agency in brackets
    date_alone  the line is a full date with nothing beside it but weekday and time
    openers     first words of subheads; used only to cut a subhead off headlines glued to it

A user's own file (`rules` in digest.toml) has any number of `[[rule]]` tables of the same form, each with its `label`; its
rules are asked before those that ship.

Optional are `max_words`, `ended` (whether the line ends like a sentence), `section`: "end" where nothing of the article
follows the line, "inline" where the article may go on, and `listed`: whether the line may also be a point of a list of the
article's own, to be told by the lines beside it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from digest.arabic.dates import MONTH_WORDS, WEEKDAY_NUMBER, find_dates
from digest.arabic.outlets import outlet_names
from digest.arabic.text import fold_spelling, key
from digest.cleaning.lines import Line
from digest.errors import SettingsError
from digest.model import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

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

MOST_RULE_WORDS = 40
"""A rule without a bound of its own does not look at longer lines: those are paragraphs, whatever they begin with."""

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
class Rule:
    """One compiled rule; `section` and `listed` as in the files, and lines of more words than `longest` never meet it."""

    label: Label
    name: str
    example: str
    section: str
    listed: bool
    longest: int
    conditions: tuple[Callable[[Line], bool], ...]

    def matches(self, line: Line) -> bool:
        """Tell whether `line` meets the rule."""
        return line.word_count <= self.longest and all(condition(line) for condition in self.conditions)


class RuleSet:
    """All rules in the order they are asked, and the first words of subheads as keys."""

    def __init__(self, rules: tuple[Rule, ...], subhead_openers: tuple[str, ...]) -> None:
        self.rules = rules
        self.subhead_openers = subhead_openers
        # Which rules a line of so many words can meet: few of them speak of lines as long as paragraphs.
        most = max((rule.longest for rule in rules), default=0)
        self._by_length = [tuple(rule for rule in rules if rule.longest >= count) for count in range(most + 1)]

    def first_match(self, line: Line) -> Rule | None:
        """Return the first rule that `line` meets."""
        if line.word_count >= len(self._by_length):
            return None
        candidates = self._by_length[line.word_count]
        return next((rule for rule in candidates if all(condition(line) for condition in rule.conditions)), None)


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
    return all(word in MONTH_WORDS or word in WEEKDAY_NUMBER or word in _BESIDE_A_DATE for word in others)


_KEYS = frozenset(
    {
        "label",
        "name",
        "example",
        "lines",
        "starts",
        "pattern",
        "ends_with_agency",
        "date_alone",
        "max_words",
        "ended",
        "section",
        "listed",
    }
)
_CONDITIONS = frozenset({"lines", "starts", "pattern", "ends_with_agency", "date_alone"})


def _conditions(table: Mapping[str, Any]) -> list[Callable[[Line], bool]]:
    """Return what a line must meet, each as a function; ValueError where the table names nothing that is known."""
    if unknown := table.keys() - _KEYS:
        raise ValueError(f"unknown key {min(unknown)}; known keys: {', '.join(sorted(_KEYS))}")
    if not _CONDITIONS & table.keys():
        raise ValueError(f"no condition; give one of {', '.join(sorted(_CONDITIONS))}")
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
    return conditions


def _compile(label: Label, table: Mapping[str, Any]) -> Rule:
    """Return the rule that a table of a TOML file stands for; ValueError, KeyError or re.error where it is none."""
    conditions = _conditions(table)
    longest = table.get("max_words", MOST_RULE_WORDS)
    if "lines" in table:  # punctuation between spaces counts as a word there, so a few more are allowed
        longest = min(longest, 2 + max(len(line.split()) for line in table["lines"]))
    if (ended := table.get("ended")) is not None:
        conditions.insert(0, lambda line: line.ended == ended)
    rule = Rule(
        label=label,
        name=f"{label}/{table['name']}",
        example=table["example"],
        section=table.get("section", ""),
        listed=bool(table.get("listed")),
        longest=longest,
        conditions=tuple(conditions),
    )
    if not rule.matches(Line(1, rule.example)):
        raise ValueError(f"the rule {table['name']} does not match its own example")
    return rule


def load_rules(file: Path | None) -> RuleSet:
    """Return the rules in force: those of the user's `file`, if given, before those that ship.

    Raises:
        SettingsError: the file cannot be read, or a rule in it cannot be used; the message names the file and the rule.

    """
    shipped = bundled_rules()
    if file is None:
        return shipped
    rules = []
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8")).get("rule", [])
        for number, table in enumerate(tables, 1):
            where = f"{file}: rule {number}"
            rules.append(_compile(Label(table["label"]), table))
    except OSError as error:
        raise SettingsError(f"{file}: the rules cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: not valid TOML ({error})") from error
    except KeyError as error:
        raise SettingsError(f"{where}: the key {error.args[0]} is missing") from error
    except (ValueError, TypeError, AttributeError, re.error) as error:
        raise SettingsError(f"{where}: {error}") from error
    return RuleSet((*rules, *shipped.rules), shipped.subhead_openers)


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
