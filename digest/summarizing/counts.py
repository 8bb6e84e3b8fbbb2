"""Numbers of people and things to whom something happened, with what happened, from a sentence and by rules.

A number counts only where the word behind it, and what happened near it, are known and fit each other. What is denied,
feared, planned or demanded has not happened; a range, a share, a date, an age is no count. Unsure means none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from digest.arabic.number_words import spoken_numbers
from digest.summarizing.figure_words import figure_words

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_SPOKEN = 3
YEARS = range(1900, 2101)
NEAR_BEFORE, NEAR_BEHIND = 7, 5
"""Within so many words before a number, or behind it, must stand what happened."""
CLOSE = 1
"""So many words may stand between a verbal noun and the number of those it is about."""
REACH = 250
"""No more letters before and behind a number are looked at: clauses are shorter, and text without any must not take long."""
NEAR_DENIAL = 3
"""So many words may stand between "not" or "tried" and what did not happen."""

_DIGITS = re.compile(
    r"(?<![\w.,/:-])[وف]?(?P<number>\d{1,3}(?:,\d{3})+(?![\w/:-])|\d+[.,]\d{1,2}(?=\s+(?:الف|مليون))|\d+(?![\w/:-]|[.,]\d))"
)
_SCALE = re.compile(r"\s*(الفا?|الاف|مليونا?|ملايين)\b")
_SCALES = {"ال": 1_000, "مل": 1_000_000}
_CLAUSE_ENDS = re.compile(r"[،؛,;:.!؟?]|\s(?=(?:كما|فيما|بينما|لكن\w*|و(?:لقي|لقوا|سقط|خلف|بلغ))\s)")
_ASIDE = re.compile(
    r"،\s(?:بحسب|وفق\w*|حسب\w*|طبقا|نقلا|امس|اليوم|مسا|صباح|فجر|يوم|في بيان|السبت|الاحد|الاثنين|الثلاثا|الاربعا|الخميس|الجمعه)"
    r"\b[^،؛.:\d]{0,80}،"
)
_TOLL = re.compile(r"\b[وبل]?(?:ال)?(?:عدد|حصيله|اعداد)\b|\b(?:من\s)?بين\b")
_TOLL_REACHES = frozenset({"الي", "بلغ", "بلغت", "عند"})
_AMONG = re.compile(r"(?:\b(?:بينهم|بينهن|بينها)|(?:^|[،(]\s?)(?:و)?(?:منهم|منهن))\b[^.،]{0,40}$")
_NO_COUNT = re.compile(
    r"(?:\b(?:[بو]?ال)?(?:دقيقه|ساعه|رقم|عام|سنه|صفحه|ماده|فقره|كيلو|نسبه|عقوبه|مده)"
    r"|\b(?:من|اصل|امام|بحضور|مشاركه|بعد|قبل|منذ|خلال|طوال|مدي|مع|ضد|لصالح|مقابل|عمره|العمر|بالسجن|بين|ما|في|يوم|متن|عددهم))"
    r"\s*$"
)
_SHARE = re.compile(r"\s*(?:%|٪|(?:في|ب)\s?(?:ال)?(?:ميه|مايه)\b)")
_RANGE_BEFORE = re.compile(r"\bبين\s+(?:[\d.,]+(?:\s+\w+)?|(?!ال)\w+(?:ون|ين|ه))\s+و?\s*$")
_RANGE_FROM = re.compile(r"\d\s+(?:\w+\s+)?(?:الي|او)\s*$")
_RISE = re.compile(r"\b[وفي]?(?:ارتفع|ارتفعت|ارتفاع|زاد|زادت|رفع|رفعت|ليرتفع|لترتفع|حصيله)\b")
_RANGE_BEHIND = re.compile(r"\s+(?:الي|او|-)\s+\d")
_BARE_END = re.compile(
    r"\s*(?:$|[^\w\s%٪]|(?:في|جراء|جرا|اثر|خلال|بجروح|عند|عندما|قرب|منذ|بعد|نتيجه|بسبب|حين|علي|او|وفق\w*|بحسب|حسب|من"
    r"|بينهم|كانوا|ب\w{3,}|و\w+)(?!\w))"
)
_DENIED = re.compile(r"\b[وف]?(?:نفي|نفت|نفوا|ينفي|تنفي|نافيا|نافيه|لا\sصحه|نفيه|نفيها)\b")
_NOT = re.compile(
    rf"\b[وف]?(?:لم|لن|دون|بدون|عدم|ليس|ل?منع|ل?وقف|ل?تجنب|انبا|شايعات|مزاعم|ادعاات|ب?محاول\w+|حاول\w*|كاد|كادت)(?:\s+\w+){{0,{NEAR_DENIAL}}}\s*$"
)
_NOT_SURE = re.compile(
    r"\b(?:قد\s+[يت]\w{3,}|[وف]?(?:ي|ت)?خشي|يخشون|مخاوف|خشيه|خوفا|[وف]?[يت]?هدد\w*|تهديد\w*|(?:حذر|حذرت|تحذير\w*|يحذر|تحذر)\s+(?:\w+\s+)?من"
    r"|[وف]?[يت]?توقع\w*|متوقع|يحتمل|محتمل\w*|احتمال|يمكن|ربما|تخطط|يخطط|خطه|خطط|مخطط|يعتزم|تعتزم|سوف|سيتم|ستتم|سيجري|ستجري"
    r"|لو|اذا|[وفي]*هدف\w*|بهدف|بقصد|بغرض|ينوي|تنوي|ينوون|اتهم\w*|متهم\w*|المتهم\w*|بتهمه|بتهم|تهمه|اتهام\w*|تفادي\w*|لتجنب)\b"
)
_NOT_YET = re.compile(r"^(?:\s+\w+){0,2}\s+(?:قد\s+[يت]\w{3,}|سوف|ربما|يمكن)\b")
_RESET = re.compile(r"\b(?:الذي|التي|الذين|بعد|اثر|عقب|لكن\w*|حيث|مما|فيما|بينما)\b")
"""What follows these is told as a fact, whatever was feared or denied before."""
_PURPOSE = re.compile(r"\b[وف]?لل?(?:قتل|اعتقال|توقيف|احتجاز|تدمير|اسقاط|انقاذ|اجلا|افراج|اطلاق|تحرير|اختطاف|خطف)\b")
_DEMAND = re.compile(
    r"\b[وفيت]?(?:ال)?(?:طالب|دعا|دعت|دعو|مطالب|يدعو|وافق|اتفاق|اتفق|صفقه|قرار|ينص|تنص|يشمل|تشمل|قبول|مستعد|ناقش|بحث|تفاوض|يتفاوض|مفاوض|المفاوض|مقترح|عرض|يقضي|تقضي|ضرور|تعهد|وعد|التزم|استعد|يستعد|تستعد)\w*\b"
)
_DEMANDED = frozenset({"released", "freed", "evacuated", "rescued"})
_ILL = re.compile(
    r"\bب(?:ال)?(?:فيروس|كورونا|كوفيد|كوليرا|عدوي|تسمم|حالات|حاله|مرض|امراض|وبا|حصبه|سرطان|حمي|ملاريا|ايبولا|سل|جدري|التهاب|لاتهاب|عسر)"
)
_ILLNESS = re.compile(r"\b[وفب]?(?:ال)?(?:عدوي|فيروس|وبا|مرض|كورونا|كوليرا|تسمم|حصبه)\b")
_NO_LONGER = re.compile(r"\b[وفي]?(?:غادر|غادرت|تعافي|شفي|شفا|عاد|عادت|عوده|خروج|خرج)\b")
"""Those who were hurt or missing and are well or back."""
_LOST = re.compile(r"\b(?:وظايف|وظيف|عمل|منازل|ممتلكات|اعمال|حيات|ارواح|مصدر)\w*")
_SUSPENDED = re.compile(r"\bعن\s(?:ال)?(?:عمل|دراسه|لعب|خدمه|مهام)\w*")


@dataclass(frozen=True, slots=True)
class Count:
    """A number of those to whom something happened; `start` and `end` are its places in the folded text.

    `qualifier`, `counted` and `event` are those of `digest.model.Figure`.
    """

    value: Decimal
    qualifier: str
    counted: str
    event: str
    start: int
    end: int


class _Noun(NamedTuple):
    """The counted word: its English, the events it may go with, its Arabic, and how much of the text it takes."""

    english: str
    kind: str
    arabic: str
    length: int


def counts_of(folded: str) -> list[Count]:
    """Return the counts of a sentence that `digest.arabic.text.fold_spelling` was applied to, in order."""
    words = figure_words()
    folded = _ASIDE.sub(lambda aside: " " * len(aside.group()), folded)
    happened = rf"\s(?=[وف](?:{'|'.join((*words.events.before, *words.events.adjacent))})\b)"
    breaks = [0, *sorted({m.end() for p in (_CLAUSE_ENDS, re.compile(happened)) for m in p.finditer(folded)})]
    breaks.append(len(folded))
    found: list[Count] = []
    for value, start, end in _numbers(folded):
        first = max(breaks[bisect_right(breaks, start) - 1], start - REACH)
        last = min(breaks[bisect_left(breaks, end)], end + REACH)
        before, qualifier = _qualified(folded[first:start])
        behind = folded[end:last]
        if _is_no_count(before, behind) or not (noun := _noun(before, behind, value, folded[end : end + REACH])):
            continue
        rest = behind[noun.length :]
        event = _event(before, noun, rest)
        if event is None and found and _AMONG.search(folded[max(0, start - 60) : start]):
            event = _shared_event(found, folded, start)
        if event is None or not _is_sure(folded, before, rest, event, start):
            continue
        qualifier = qualifier or _qualifier_behind(folded[end + noun.length :][:REACH])
        counted = "" if (noun.english, event) in _SAID_TWICE else noun.english
        found.append(Count(value, qualifier, counted, event, start, end + noun.length))
    return found


_SAID_TWICE = {("detainees", "detained"), ("displaced people", "displaced")}


def _numbers(folded: str) -> Iterator[tuple[Decimal, int, int]]:
    """Yield value, start and end of the numbers of a text, in order."""
    spans = [m.span("number") for m in _DIGITS.finditer(folded)]
    numbers = [(Decimal(_plain(folded[start:end])), start, end) for start, end in spans]
    numbers += [(Decimal(n.value), n.start, n.end) for n in spoken_numbers(folded) if n.value >= LEAST_SPOKEN]
    for value, start, end in sorted(numbers, key=lambda number: number[1]):
        if folded[start].isdigit() and (scale := _SCALE.match(folded, end)):
            scaled = value * _SCALES[scale.group(1)[:2]]
            yield Decimal(int(scaled)), start, scale.end()
        else:
            yield value, start, end


def _plain(digits: str) -> str:
    """Return digits as Decimal reads them: a comma parts thousands, or is the point of "1,5 million"."""
    return digits.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+|\d+", digits) else digits.replace(",", ".")


def _qualified(before: str) -> tuple[str, str]:
    """Return what stands before a number without its qualifier, and the English of that, or ""."""
    words = figure_words()
    match = words.qualifiers.search(before)
    return (before[: match.start()], words.qualifier_of[match.group(1)]) if match else (before, "")


def _qualifier_behind(after_noun: str) -> str:
    """Return the English of the qualifier behind the counted word and at most two that describe it, or ""."""
    words = figure_words()
    match = re.match(rf"(?:\s+(?!و)[^\W\d]+){{0,2}}?{words.qualifiers_behind.pattern}", after_noun)
    return words.qualifier_of[match.group(1)] if match else ""


def _is_no_count(before: str, behind: str) -> bool:
    return bool(
        _NO_COUNT.search(before)
        or _SHARE.match(behind)
        or _RANGE_BEFORE.search(before)
        or _RANGE_BEHIND.match(behind)
        or (_RANGE_FROM.search(before) and not _RISE.search(before))
    )


def _noun(before: str, behind: str, value: Decimal, to_the_end: str) -> _Noun | None:
    """Return the word that a number counts; one without English where the number stands for itself ("and 30 were hurt")."""
    words = figure_words()
    tokens = list(re.finditer(r"\w+", behind))
    if tokens and tokens[0].group() == "من" and behind[: tokens[0].start()].isspace():
        tokens = tokens[1:]
    for length in range(min(words.most_noun_words, len(tokens)), 0, -1):
        own = behind[tokens[0].start() : tokens[length - 1].end()]
        for kind, nouns in (("people", words.people), ("families", words.families), ("things", words.things)):
            if own in nouns:
                following = [token.group() for token in tokens[length : length + 1]]
                if following and (
                    _is_joined(following[0]) or (own.startswith("ال") and following[0].startswith("وال"))
                ):
                    return None  # "21 children and teachers" are counted together
                return _described(_Noun(nouns[own], kind, own, tokens[length - 1].end()), following)
    is_bare = value not in YEARS and _BARE_END.match(to_the_end) and _stands_for_people(before)
    return _Noun("", "people", "", 0) if is_bare else None


def _is_joined(token: str) -> bool:
    """Tell whether a word is "and" with a noun that the number before may count too."""
    words = figure_words()
    indefinite = token.endswith("ا") and not token.endswith(("وا", "ها", "هما"))
    return token.startswith("و") and (token[1:] in words.people or token[1:] in words.things or indefinite)


def _described(noun: _Noun, following: list[str]) -> _Noun:
    """Return a noun with who they were, if the next word says so: 3 dead, civilians."""
    if noun.english or not following:
        return noun
    return noun._replace(english=figure_words().people.get(following[0], ""))


def _stands_for_people(before: str) -> bool:
    """Tell whether a number without a noun is that of the people to whom something happened: "wounded 30", "the dead: 7"."""
    events = figure_words().events
    tokens = before.split()
    if not tokens:
        return False
    said = events.said_before(tokens[-1])
    if (said and said not in events.of_things) or tokens[-1].removeprefix("و") in events.adjacent:
        return True
    toll = bool(_TOLL.search(before)) and any(map(events.counted_itself, tokens))
    return toll and (tokens[-1] in _TOLL_REACHES or events.counted_itself(tokens[-1]) is not None)


def _event(before: str, noun: _Noun, rest: str) -> str | None:
    """Return what happened to those counted, where only one thing is said near the number."""
    events = figure_words().events
    itself = next((events.itself[token] for token in noun.arabic.split() if token in events.itself), None)
    said = {event for event in _said_before(before, toll=not itself) if _fits(event, noun)}
    if itself and _NO_LONGER.search(before):
        return None
    if itself:
        # "arrested 5 wounded": what happened to whom is not sure. "Killed 30 dead" is a way of saying it.
        return itself if said <= {itself} else None
    near = re.findall(r"\w+", re.split(r"\d|\sوان\s", rest, maxsplit=1)[0])[:NEAR_BEHIND]
    said |= {event for token in near if (event := events.behind.get(token)) and _fits(event, noun)}
    return said.pop() if len(said) == 1 else None


def _said_before(before: str, *, toll: bool) -> Iterator[str]:
    """Yield what the words before a number say has happened, from the nearest back; `toll`: also "the number of the dead"."""
    events, around = figure_words().events, figure_words().around
    tokens = re.findall(r"\w+", before)
    toll = toll and bool(_TOLL.search(before))
    for distance, at in enumerate(range(len(tokens) - 1, max(-1, len(tokens) - 1 - NEAR_BEFORE), -1)):
        token, previous = tokens[at], tokens[at - 1] if at else ""
        if (
            not distance
            and re.match(r"و\w", token)
            and not (events.said_before(token) or token.removeprefix("و") in events.adjacent)
        ):
            return  # "and" with a verb that is not known: it is what happened
        if token in around["barriers"] or (token in around["alone"] and not previous.isdigit()):
            return
        if not distance and (event := events.adjacent.get(token.removeprefix("و"))):
            yield event
        if (event := events.said_before(token)) and previous not in around["warrants"]:
            if not (events.is_close(token) and distance > CLOSE) and not (previous in around["after"] and distance):
                yield event
        elif toll and (event := events.counted_itself(token)):
            yield event


def _fits(event: str, noun: _Noun) -> bool:
    """Tell whether what happened can have happened to what is counted."""
    if noun.kind == "families":
        return event in {"displaced", "evacuated", "rescued"}
    return (event in figure_words().events.of_things) == (noun.kind == "things")


def _shared_event(found: list[Count], folded: str, start: int) -> str | None:
    """Return what happened to those of whom "among them 3 children" speaks, where one thing only happened."""
    last = found[-1]
    events = {count.event for count in found if not re.search(r"[؛.:]", folded[count.end : start])}
    direct = not re.search(r"[،,]", folded[last.end : start])
    return last.event if (direct or len(events) == 1) and last.event in events else None


def _is_sure(folded: str, before: str, rest: str, event: str, start: int) -> bool:
    """Tell whether what is said near a number is told as a fact, and is about what `event` says."""
    scope = folded[max(0, start - 2 * REACH) : start]
    ends = [m.start() for p in (_RESET, re.compile(r"[؛.!؟?]")) for m in p.finditer(scope)]
    scope = scope[max(ends, default=0) :]
    events = figure_words().events
    told = next((m for m in re.finditer(r"\w+", before) if events.said_before(m.group())), None)
    return not (
        _DENIED.search(scope)
        or _NOT_SURE.search(scope)
        or _NOT_YET.search(rest)
        or _PURPOSE.search(before)
        or (told and _NOT.search(before[: told.start()]))
        or (event in _DEMANDED and _DEMAND.search(scope))
        or (event == "wounded" and (_ILL.search(rest) or _ILLNESS.search(scope)))
        or (event == "missing" and _LOST.search(rest))
        or (event == "detained" and _SUSPENDED.search(rest))
    )
