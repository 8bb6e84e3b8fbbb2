"""Figures side by side: how many were killed, hurt, held ... and who says so, from a story's sentences, by rules.

A figure is taken only where a number, the word it counts and what happened stand in one clause and fit each other; anything
else (dates, ages, distances, scores, a number with a word that is not in `figures.toml`) is passed over. Different claims
stand beside each other: their disagreement is the news, and nothing is averaged.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from itertools import groupby
from typing import TYPE_CHECKING

from digest.arabic.number_words import spoken_numbers
from digest.arabic.text import fold_spelling, repair
from digest.model import Figure
from digest.summarizing.hanging import hangs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from digest.model import Article

LEAST_SPOKEN = 3
MOST_CLAIMANT_WORDS = 9
YEARS = range(1900, 2101)
CARRIED_SENTENCES = 3
"""For so many sentences a speaker stays the one whom "he added" means."""

_DIGITS = re.compile(r"(?<![\w.,/:-])\d{1,3}(?:,\d{3})+(?![\w/:-])|(?<![\w.,/:-])\d+(?![\w/:-]|[.,]\d)")
_SCALE = re.compile(r"\s*(الفا?|الاف|مليونا?|ملايين)\b")
_SCALES = {"ال": 1_000, "مل": 1_000_000}
_CLAUSE_ENDS = re.compile(r"[،؛,;:.!؟?]|\s(?=(?:كما|فيما|بينما|لكن\w*)\s)")
NEAR_BEFORE, NEAR_AFTER = 5, 3
"""Within so many words before a number, or behind the word it counts, must stand what happened."""

_NO_COUNT = re.compile(r"\b(?:[بو]?ال)?(?:دقيقه|ساعه|رقم|عام|سنه|صفحه|ماده|فقره|كيلو)\s*$")
_NOT_THE_SPEAKER = re.compile(
    r"(?:\s+(?:يوم|اليوم|امس|مساء|صباح|في|خلال|عبر|علي|الي|قبل|بعد|ان|لـ?«|ل\"|لوكال\w+|لصحيف\w+|لقناه|لل\w+)(?!\w).*|،.*)$"
)
_SUBJECT = re.compile(r"^[وف]?(?:لم\s|لن\s|لا\s)?\w+\s+(?P<who>\w+(?:\s\w+)?)\s(?:عن|في|الي|علي|ب\w+|من|ان)\b")
_STATEMENT = re.compile(r"^ما\s\w+\s|^(?:بيان|تقرير|بيانا|تصريح)\s(?:صادر\s|صدر\s|ل)?(?:عن\s)?")


@dataclass(frozen=True, slots=True)
class _Words:
    """The data of figures.toml, folded."""

    events: dict[str, str]
    nouns: dict[str, str]
    qualifiers: re.Pattern[str]
    qualifier_of: dict[str, str]
    verb_claim: re.Pattern[str]
    source_claim: re.Pattern[str]
    pronoun_claim: re.Pattern[str]
    event_clause: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Aligned:
    """A text and its folded form, whose letters know where they stand in the text: folding drops some."""

    text: str
    folded: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Aligned:
        """Return the aligned form of `text`."""
        pieces = [(at, fold_spelling(letter)) for at, letter in enumerate(text)]
        return cls(text, "".join(piece for _, piece in pieces), tuple(at for at, piece in pieces for _ in piece))

    def shown(self, start: int, end: int) -> str:
        """Return what stands in the text from `start` to `end` of the folded form."""
        return self.text[self.places[start] : self.places[end - 1] + 1] if start < end else ""


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = tomllib.loads(resources.files("digest.summarizing").joinpath("figures.toml").read_text(encoding="utf-8"))
    events = {fold_spelling(word): name for name, words in data["events"].items() for word in words.split()}
    qualifier_of = {fold_spelling(one): name for name, forms in data["qualifiers"].items() for one in forms}
    qualifiers = "|".join(sorted(map(re.escape, qualifier_of), key=len, reverse=True))
    claims = data["claims"]
    verbs = "|".join(fold_spelling(verb) for verb in claims["verbs"].split())
    that = "|".join(fold_spelling(word) for word in claims["that"].split())
    # "according to" is written onto its source with ل, or stands before it as a word of its own.
    sources = "|".join(f"{one}" if one.endswith(" ل") else rf"{one}\s" for one in map(fold_spelling, claims["sources"]))
    happened = "|".join(sorted(events, key=len, reverse=True))
    return _Words(
        events=events,
        nouns={fold_spelling(word): name for name, words in data["nouns"].items() for word in words.split()},
        qualifiers=re.compile(rf"\b[وف]?(?:{qualifiers})\s*$"),
        qualifier_of=qualifier_of,
        verb_claim=re.compile(
            rf"\b[وف]?(?:{verbs})\s+(?P<who>(?!(?:{that})\b)[^\d:؛]{{2,120}}?)\s*(?::|\b(?:{that})\b)"
        ),
        source_claim=re.compile(rf"\b[وف]?(?:{sources})\s*(?P<who>[^\d،؛,.:]{{3,120}})"),
        pronoun_claim=re.compile(
            rf"\b(?:{'|'.join(map(fold_spelling, claims['pronouns'].split()))})\s+(?:{verbs})\s+(?:{that})\b"
        ),
        event_clause=re.compile(rf"\s(?=[وف](?:{happened})\b)"),
    )


def figures_of(articles: Sequence[Article]) -> tuple[Figure, ...]:
    """Return the figures of a story's articles, grouped by what they count, in the order of the text.

    A claim that one article makes several times is one figure; where it names the source once, that is the source.
    """
    found = [figure for article in articles for figure in _article_figures(article)]
    order = {kind: at for at, kind in reversed(list(enumerate((f.event, f.counted) for f in found)))}
    found.sort(key=lambda figure: order[figure.event, figure.counted])
    unique: list[Figure] = []
    for figure in found:
        same = [
            at
            for at, other in enumerate(unique)
            if (other.value, other.qualifier, other.event, other.counted, other.article)
            == (figure.value, figure.qualifier, figure.event, figure.counted, figure.article)
        ]
        if not same:
            unique.append(figure)
        elif figure.claimant and not unique[same[0]].claimant:
            unique[same[0]] = figure
    return tuple(unique)


def by_kind(figures: Iterable[Figure]) -> list[tuple[str, tuple[Figure, ...]]]:
    """Return figures that `figures_of` gave under their English headings ("civilians killed")."""
    return [
        (f"{counted} {event}".strip(), tuple(own))
        for (event, counted), own in groupby(figures, key=lambda figure: (figure.event, figure.counted))
    ]


def _article_figures(article: Article) -> Iterator[Figure]:
    speaker, age = "", 0
    for sentence in article.sentences:
        text = _Aligned.of(repair(sentence.text))
        folded = text.folded
        claims = list(_claims(text))
        if hangs(sentence) and not (claims and claims[0][0] == 0) and age < CARRIED_SENTENCES and speaker:
            claims.insert(0, (0, speaker))
        for value, qualifier, event, counted, place in _counts(folded):
            claimant = next((who for at, who in reversed(claims) if at <= place), "")
            if not claimant and len(claims) == 1:
                claimant = claims[0][1]  # "..., the ministry said" stands behind what it said
            yield Figure(value, qualifier, counted, event, claimant, article.id, sentence.index)
        age = 0 if claims else age + 1
        speaker = claims[-1][1] if claims else speaker


def _claims(text: _Aligned) -> Iterator[tuple[int, str]]:
    """Yield where each claim begins to hold, and who makes it as the text has it."""
    words, folded = _words(), text.folded
    found: list[tuple[int, str]] = []
    for pattern in (words.verb_claim, words.source_claim):
        found += [(match.start(), _speaker(text, *match.span("who"))) for match in pattern.finditer(folded)]
    found += [(m.start(), _subject(text, m.start())) for m in words.pronoun_claim.finditer(folded)]
    yield from sorted((at, who) for at, who in found if who)


def _speaker(text: _Aligned, start: int, end: int) -> str:
    """Return the words of a speaker without when and where it was said, "" where they are none."""
    own = text.folded[start:end]
    if cut := _NOT_THE_SPEAKER.search(own):
        own = own[: cut.start()]
    if happened := next((m for m in re.finditer(r"\s+(\w+)", own) if m.group(1) in _words().events), None):
        own = own[: happened.start()]
    if statement := _STATEMENT.match(own):
        start, own = start + statement.end(), own[statement.end() :]
    who = text.shown(start, start + len(own)).strip(' ،,-–"»«')
    return who if 0 < len(who.split()) <= MOST_CLAIMANT_WORDS else ""


def _subject(text: _Aligned, end: int) -> str:
    """Return the subject of a sentence that begins with a verb: what stands between that and the first preposition."""
    match = _SUBJECT.match(text.folded[:end])
    return text.shown(*match.span("who")) if match else ""


def _counts(folded: str) -> Iterator[tuple[Decimal, str, str, str, int]]:
    """Yield value, qualifier, what happened, who is counted, and the place of every figure that is sure."""
    numbers = [(Decimal(m.group().replace(",", "")), m.start(), m.end()) for m in _DIGITS.finditer(folded)]
    numbers += [(Decimal(n.value), n.start, n.end) for n in spoken_numbers(folded) if n.value >= LEAST_SPOKEN]
    breaks = [
        0,
        *sorted({m.end() for p in (_CLAUSE_ENDS, _words().event_clause) for m in p.finditer(folded)}),
        len(folded),
    ]
    for value, start, end in sorted(numbers, key=lambda number: number[1]):
        if (scale := _SCALE.match(folded, end)) and folded[start].isdigit():
            value, end = value * _SCALES[scale.group(1)[:2]], scale.end()  # noqa: PLW2901 - 300 thousand is the number
        first = max(at for at in breaks if at <= start)
        last = min(at for at in breaks if at >= end)
        counted = _counted(folded[end:last])
        event = _event(folded[first:start], folded[end:last])
        bare = counted is None and not re.match(r"\s*\w", folded[end:last])  # "and about 300 were wounded": no noun
        if (
            event is None
            or _NO_COUNT.search(folded[first:start])
            or (counted is None and not bare)
            or (bare and value in YEARS)
        ):
            continue
        qualifier = _qualifier(folded[max(0, start - 30) : start])
        if bare and not qualifier and not _follows_an_event(folded[first:start]):
            continue
        yield value, qualifier, event, counted or "", start


def _qualifier(before: str) -> str:
    """Return the English of the qualifier that a number stands behind, or ""."""
    match = _words().qualifiers.search(before)
    if not match:
        return ""
    found = match.group().strip()
    return _words().qualifier_of.get(found) or _words().qualifier_of.get(found[1:], "")


def _follows_an_event(before: str) -> bool:
    """Tell whether the last word before a number says what happened: "and 30 were wounded" is "wounded 30" in Arabic."""
    last = before.split()[-1:]
    return bool(last) and any(form in _words().events for form in (last[0], last[0][1:]))


def _counted(after: str) -> str | None:
    """Return the English of the word that a number counts: the next one, or the one behind "of"; None if it is none."""
    match = re.match(r"\s+(?:من\s+)?(?P<noun>\w+)(?:\s+(?P<next>\w+))?", after)
    if not match or match["noun"] not in _words().nouns:
        return None
    # "قتيلا مدنيا": the second word says who they were.
    return _words().nouns[match["noun"]] or _words().nouns.get(match["next"] or "", "")


def _event(before: str, after: str) -> str | None:
    """Return what happened to those counted, where one thing only is said near the number.

    The counted word itself goes first (32 dead). Before the number five words count, behind it those after the noun; the
    toll that rose "to 43" is told by what it is a toll of.
    """
    events = _words().events
    own = re.match(r"\s+(?:من\s+)?(\w+)", after)
    if own and own.group(1) in events:
        return events[own.group(1)]
    near = re.findall(r"\w+", before)[-NEAR_BEFORE - 2 :] + re.findall(r"\w+", after)[: NEAR_AFTER + 2]
    forms = (form for token in near for form in (token, re.sub(r"^[وفبل]?(?:ال)?", "", token)))
    happened = {events[form] for form in forms if form in events}
    return happened.pop() if len(happened) == 1 else None
