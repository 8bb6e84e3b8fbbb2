"""Who says what in a sentence: where each claim begins to hold, and the words of the one who makes it.

A claim is found by a verb of saying with its subject and what is said ("the ministry announced the death of"), or by an
"according to". Where the words of the speaker are not sure to begin and end where they do, there is no claim.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.arabic.text import fold_spelling
from digest.summarizing.figure_words import alternatives, figure_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.summarizing.figure_words import Aligned

MOST_CLAIMANT_WORDS = 9
MOST_SUBJECT_LETTERS = 130
MOST_NAME_WORDS = 6
"""A quotation of so many words may be a name; a longer one is speech."""
MOST_PLACE_WORDS = 2

SEGMENT_ENDS = re.compile(
    r"[؛.!؟?](?=\s)|\s(?=و(?:نشر|نشرت|بث|بثت)\s)|\s(?=و?(?:فيما|بينما|لكن\w*|في\sحين|غير\sان|الا\sان|في\sالمقابل)\s)"
)
"""What begins behind these may be another's words."""

_SUBJECT = re.compile(r"^[وف]?(?:لم\s|لن\s|لا\s)?\w+\s+(?P<who>\w+(?:\s\w+)?)\s(?:عن|في|الي|علي|ب\w+|من|ان)\b")
_QUOTED = re.compile(r"«[^»]*»|\"[^\"]*\"|“[^”]*”|\([^)]*\)")
_PAIRS = {"«": "»", '"': '"', "“": "”", "(": ")"}
_LINKS = frozenset({"عن", "الي", "علي"})
"""A verb of saying may have these between its subject and what was said."""
_OWN_LAM = ("لجن", "لبنا", "لندن", "ليبي", "لاهاي")
"""How committees, and names without an article, begin: their ل is their own."""
_SPEAKING = frozenset({"بيان", "تقرير", "بلاغ"})
"""What "the report says" may stand for whoever made it."""
_CARRIED = frozenset({"نقل", "نقلت"})
_INFORMED = frozenset({"اخبر", "اخبرت", "ابلغ", "ابلغت"})


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says something: `who` as it stands in the text, `start` in its folded form.

    An "according to" (`is_source`) may stand behind what it is the source of. Nothing behind `end` is claimed, where speech
    is quoted.
    """

    start: int
    who: str
    is_source: bool
    end: float = math.inf


@dataclass(frozen=True, slots=True)
class _Patterns:
    verb: re.Pattern[str]
    subject_first: re.Pattern[str]
    had_said: re.Pattern[str]
    pronoun: re.Pattern[str]
    source: re.Pattern[str]
    that: re.Pattern[str]
    told: re.Pattern[str]
    of_number: re.Pattern[str]
    ends: re.Pattern[str]
    statement: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = figure_words()
    claims = words.claims
    verbs, that = alternatives(claims["verbs"]), alternatives(claims["that"])
    # "according to" is written onto its source with ل, or stands before it as a word of its own.
    sources = "|".join(one if one.endswith(" ل") else rf"{one}\s" for one in claims["sources"])
    told = alternatives(claims["told"])
    opened = r"و?(?:لكن|غير ان|الا ان|بينما|فيما|في حين)"
    adjectives = rf"(?P<adjectives>(?:\s+(?:ال)?(?:{alternatives(claims['statement_adjectives'])})(?!\w))*)"
    return _Patterns(
        verb=re.compile(rf"(?<!\w)(?P<own>[وف]?)(?P<verb>{verbs})\s+(?!(?:{that})(?!\w))"),
        subject_first=re.compile(
            rf"(?:(?:^|[،؛]\s)(?:{opened}\s)?|\s{opened}\s)"
            rf"(?!{opened}|[وف]?كان)[وف]?(?P<who>\w+(?:\s\w+){{0,3}}?)\s(?:{verbs})\s+(?:{that}|{told})\b"
        ),
        had_said=re.compile(
            r"(?<!\w)[وف]?كان(?:ت|وا)?\s(?P<who>[^\d،؛]{2,60}?)(?:،[^،؛]{0,80})?،?\s(?:قد\s)?"
            rf"(?P<verb>{verbs})\s+[^\d،؛.:]{{0,40}}?(?<!\w)(?:{that}|ب?(?:{told}))\b"
        ),
        pronoun=re.compile(rf"\b(?:{alternatives(claims['pronouns'])})\s+(?:{verbs})\s+(?:{that})\b"),
        source=re.compile(
            rf"(?<!\w)[وف]?(?:{sources}|(?P<as>كما\s)(?={verbs}))\s*(?:ما\s+)?(?:(?P<said>{verbs})(?:ه|ته|تها|ها)?\s+(?:به\s+|بها\s+)?)?(?:عن\s+)?"
        ),
        that=re.compile(rf"(?<![\w.])(?:{that})(?!\w)|:"),
        told=re.compile(rf"(?<!\w)ب?(?:{told})(?!\w)"),
        of_number=re.compile(rf"\sعن\s(?=(?:(?:{alternatives(words.qualifier_of)})\s)?\d)"),
        ends=re.compile(rf"(?:^|[\s،])(?:{alternatives(claims['ends'])}|ل_+)(?!\w)"),
        statement=re.compile(
            r"(?:(?:اخر|احدث)\s)?(?P<article>ال|ل)?"
            rf"(?P<own>{alternatives(claims['statements'])})(?P<whose>ه|ها|هم)?(?!\w){adjectives}"
            rf"(?P<by>(?:\s+(?:ال)?(?:{alternatives(claims['told_by'])})(?!\w))*)(?:\s+|$)"
        ),
    )


def claims_of(text: Aligned) -> list[Claim]:
    """Return the claims of a sentence in the order in which they begin; one whose speaker is not named is left out."""
    claims = (*_told(text), *_sources(text), *_subjects_first(text))
    found = {claim.start: claim for claim in claims if claim.who}
    return [found[at] for at in sorted(found)]


def begins_with_saying(folded: str) -> bool:
    """Tell whether a folded sentence begins with a verb of saying: "and added that"."""
    first = re.match(r"[وف]?(\w+)", folded)
    verbs = figure_words().claims["verbs"]
    return first is not None and (first[1] in verbs or first[0] in verbs)


def _subjects_first(text: Aligned) -> Iterator[Claim]:
    """Yield the claims of "but residents said that", of "the army had said that" and of "but it said that"."""
    for match in _patterns().subject_first.finditer(text.folded):
        start, end = match.span("who")
        if _is_name(text.folded[start:end]):
            yield Claim(start, text.shown(start, end), is_source=False)
    for match in _patterns().had_said.finditer(text.folded):
        yield Claim(match.start("verb"), _speaker(text, *match.span("who")), is_source=False)
    for match in _patterns().pronoun.finditer(text.folded):
        subject = _SUBJECT.match(text.folded[: match.start()])
        if subject and _is_name(subject["who"]):
            yield Claim(match.start(), text.shown(*subject.span("who")), is_source=False)


def _told(text: Aligned) -> Iterator[Claim]:
    """Yield the claims of verbs that have their subject behind them."""
    patterns, folded = _patterns(), text.folded
    for verb in patterns.verb.finditer(folded):
        if re.search(r"\b(?:حسب|وفق|مثل)?ما\s$", folded[: verb.start()]) or (
            verb["verb"] == "بين" and verb["own"] != "و"
        ):
            continue  # "as announced by": a source; "between"
        if re.search(r"\b(?:عدم|دون|علي|مع)\s$", folded[: verb.start()]):
            continue  # "without saying": the same letters are a verbal noun
        start = verb.end()
        limit = _end_of_subject(folded, start)
        if limit is None:
            continue
        said = limit
        if verb["verb"] in _INFORMED:
            limit = _before_audience(folded, start, limit)
        if verb["verb"] in _CARRIED:
            start = _origin(folded, start, limit)
        yield Claim(verb.start(), _speaker(text, start, limit), is_source=False, end=_end_of_speech(folded, said))


def _end_of_speech(folded: str, start: int) -> float:
    """Return where speech that is quoted from `start` on ends; infinity where it is not quoted, or goes on."""
    opened = re.compile(r":?\s*([«\"“])").match(folded, start)
    end = folded.find(_PAIRS[opened[1]], opened.end()) if opened else -1
    return math.inf if end < 0 else end


def _origin(folded: str, start: int, end: int) -> int:
    """Return where those begin from whom somebody carries what they said: "the agency quoted an official"."""
    origin = re.search(r"\sعن\s", folded[start:end])
    return start + origin.end() if origin else start


def _before_audience(folded: str, start: int, end: int) -> int:
    """Return where those begin whom somebody informed: behind the subject of the verb, without a preposition."""
    audiences = figure_words().claims["audiences"]
    return next((start + m.start() for m in re.finditer(r"\w+", folded[start:end]) if m.group() in audiences), end)


def _end_of_subject(folded: str, start: int) -> int | None:
    """Return where the subject of a verb of saying ends and what it says begins, None where that is not sure."""
    patterns = _patterns()
    reach = folded[start : start + MOST_SUBJECT_LETTERS]
    hidden = _QUOTED.sub(
        lambda quoted: "_" * len(quoted.group()) if _is_title(quoted.group()) else quoted.group(), reach
    )
    stops = [m.start() for m in patterns.that.finditer(hidden)]
    stops += [m.start() for m in re.finditer(r"[؛.!؟?](?:\s|$)", hidden)]
    stops += [m.start() for m in re.finditer(r"[«\"“]", hidden)]
    stops += [m.start() for m in patterns.of_number.finditer(hidden)]
    told = next((m for m in patterns.told.finditer(hidden) if _is_object(hidden[: m.start()])), None)
    if not (ends := [*stops, *([told.start()] if told else [])]):
        return None
    end = min(ends)
    if hidden[end] in "؛.!؟?" or re.search(r"\d", hidden[:end].partition("،")[0]):
        return None
    return start + end


def _without_quotations(folded: str) -> str:
    """Return text of the same length in which what stands in quotation marks or brackets is one word."""
    return _QUOTED.sub(lambda quoted: "_" * len(quoted.group()), folded)


def _is_title(quoted: str) -> bool:
    """Tell whether what stands in quotation marks or brackets is a name, not speech."""
    tokens = re.findall(r"\w+", quoted)
    events = figure_words().events
    speaks_of_people = any(events.said_before(token) or events.counted_itself(token) for token in tokens)
    return len(tokens) <= MOST_NAME_WORDS and not speaks_of_people and not re.search(r"\d", quoted)


def _is_object(before: str) -> bool:
    """Tell whether a verbal noun is what the verb of saying says: the subject alone, and asides, stand between them."""
    first, *asides = re.split("،", before)
    tokens = re.findall(r"\w+", asides[-1] if asides else first)
    subject = re.findall(r"\w+", first)
    if asides and len(tokens) > (bool(tokens) and tokens[-1] in _LINKS):
        return False  # something goes on behind the last aside
    if not asides and subject and subject[-1] in _LINKS:
        subject = subject[:-1]
    claims = figure_words().claims
    if not subject or subject[-1] in claims["leads_elsewhere"]:
        return False
    return not any(token in claims["other_clauses"] or token in claims["no_subjects"] for token in subject)


def _sources(text: Aligned) -> Iterator[Claim]:
    """Yield the claims of "according to"."""
    folded = text.folded
    for source in _patterns().source.finditer(folded):
        start = source.end()
        if source["said"] and source["said"].startswith("نقل"):
            start = _origin(folded, start, start + MOST_SUBJECT_LETTERS)
        if source["as"] and _end_of_subject(folded, start) is not None:
            continue  # "the ministry also announced the death of"
        joined = folded[source.start() : start].endswith(" ل")  # the ل of "وفقا ل" is written onto the next word
        reach = folded[start : start + MOST_SUBJECT_LETTERS]
        hidden = _without_quotations(reach)
        stop = re.search(r"[\d،؛,.:!؟?]", hidden)
        limit = start + (stop.start() if stop else len(reach))
        if that := _patterns().that.search(folded, start, limit):
            limit = that.start()
        if source.group().endswith("جا في ") and not _patterns().statement.match(folded, start):
            continue
        yield Claim(source.start(), _speaker(text, start, limit, is_source=True, joined=joined), is_source=True)


def _speaker(text: Aligned, start: int, end: int, *, is_source: bool = False, joined: bool = False) -> str:
    """Return the words of a speaker without when and where it was said, "" where they are none.

    `joined`: the first word has a "to" written onto it, which ends at `start`.
    """
    patterns, folded = _patterns(), text.folded
    hidden = _without_quotations(folded[start:end])
    if comma := re.search(r"[،,]", hidden):
        end = start + comma.start()
    if statement := patterns.statement.match(folded, start, end):
        to = folded[statement.end() : end].startswith("ل") and not folded.startswith(_OWN_LAM, statement.end())
        by_whom = to or bool(statement["by"]) or not any(statement.group("article", "whose", "adjectives"))
        if by_whom:
            start, joined = statement.end() + to, to
        elif statement["own"] not in _SPEAKING or statement["article"] != "ال" or joined or is_source:
            return ""  # "an official toll", "the first information" are nobody; "the report" that says so is somebody's
    own = folded[start:end]
    hidden = _without_quotations(own)
    cuts = [m.start() for m in (patterns.ends.search(hidden), _event_start(hidden), _place(hidden)) if m]
    if last := re.search(r"\s(?:عن|الي|علي)\s*$", hidden):
        cuts.append(last.start())
    end = start + min([len(own), *cuts])
    who = _balanced(text.shown(start, end).strip(" ،,-–…"))
    if joined:
        who = _unjoined(who)
    return who if _is_name(fold_spelling(who)) and len(who.split()) <= MOST_CLAIMANT_WORDS else ""


def _is_name(folded: str) -> bool:
    """Tell whether words can be those of a speaker by how they begin."""
    first = re.findall(r"\w+", folded)[:1]
    words = figure_words()
    return (
        bool(first)
        and not any(
            form in words.claims[name]
            for name in ("verbs", "no_speakers", "no_starts")
            for form in (first[0], re.sub("^[وف]", "", first[0]))
        )
        and not words.events.said_before(first[0])
        and not any(token in words.claims["no_subjects"] for token in folded.split())
    )


def _event_start(hidden: str) -> re.Match[str] | None:
    """Return the first word, but for the first of all, that says what happened, or is a verb of saying."""
    words = figure_words()
    return next(
        (
            m
            for m in re.finditer(r"\s+(\w+)", hidden)
            if words.events.said_before(m.group(1)) or m.group(1) in words.claims["verbs"]
        ),
        None,
    )


def _place(hidden: str) -> re.Match[str] | None:
    """Return where "in ..." begins, unless it is part of the name: "the ministry of health in Sanaa"."""
    for match in re.finditer(r"(?:^|\s)(?:في|من)\s+(?P<place>.*)$", hidden):
        tokens = match["place"].split()
        no_place = figure_words().claims["no_place"]
        if not tokens or len(tokens) > MOST_PLACE_WORDS or tokens[0] in no_place or not match.start():
            return match
    return None


def _balanced(who: str) -> str:
    """Return words without the marks of quotation round all of them; "" where a mark in them has no partner."""
    for opened, closed in _PAIRS.items():
        marks = who.count(opened) if opened == closed else who.count(opened) + who.count(closed)
        if marks % 2 or who.count(opened) * 2 < marks:
            return ""
        if marks == len("«»") and who.startswith(opened) and who.endswith(closed):
            who = who[1:-1].strip()
    return who


def _unjoined(who: str) -> str:
    """Return the words of a speaker as they are without the "to" (ل) written onto the first, which hides its article.

    لل is ل and ال; where the word itself begins with ل, as لجنة does, one of three is not written.
    """
    first, _, rest = who.partition(" ")
    if first.startswith("لجن"):
        is_adjective = rest.startswith("ال") and rest.split()[0].endswith(("ية", "يه"))
        return f"ال{who}" if is_adjective else who
    return f"ال{who[1:]}" if first.startswith("ل") and not first.startswith(_OWN_LAM) else who
