"""Guards: signs that an English translation is not to be trusted, found without a model or a reference.

Each guard is a pure function of the Arabic text and its English and returns its objection or None. A guard cannot tell
that a translation is right; it tells that one is certainly odd. The thresholds were set on 1,347 Arabic sentences with
trustworthy English (997 of FLORES-200 dev, 350 news sentences), called the references below: an objection to one of
those is a false alarm.
"""

from __future__ import annotations

import re
from operator import eq
from typing import TYPE_CHECKING

from pyarabic import araby

from digest.arabic.names import bundled_names
from digest.arabic.stems import stems
from digest.arabic.text import arabic_letters, fold_spelling
from digest.model import Doubt
from digest.translating.lexicon import bundled_lexicon
from digest.translating.lost_names import lost_names, lost_terms
from digest.translating.numbers import compare_numbers
from digest.translating.splitting import without_untouched

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from digest.arabic.names import Mention, Names
    from digest.translating.lost_names import LostName

MAX_REPEATED_WORDS = 4
"""Longest n-gram, in words, whose repetition is looked for. Looping decoders repeat one to four words; longer loops end
up in the share of distinct words."""

REPETITIONS = 3
"""So many times in a row make a loop: 11 references say something twice in a row, none three times."""

MIN_DISTINCT_SHARE = 0.5
"""Least share of distinct words: one reference of 1,347 has less (0.43), and the next lowest 0.60."""

MIN_WORDS_FOR_SHARE = 10
"""Shorter texts say too little for a share of distinct words."""

LEAST_SCORE = -0.65
MIN_LENGTH_RATIO = 0.7
"""Least characters of English per character of Arabic. The 0.5th percentile of the references is 0.73 (FLORES) and 0.90
(news), the median 1.15 and 1.28."""

MAX_LENGTH_RATIO = 1.9
"""Most characters of English per character of Arabic: the 99.9th percentile of the references is 1.87 (FLORES) and 1.69
(news)."""

LENGTH_ALLOWANCE = 10
"""Characters added to either bound: in a name or a short headline one word moves the ratio out of all bounds."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W_]+)*")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_ARABIC_RUN = re.compile(r"[\u0620-\u065f\u066e-\u06d3\u06fa-\u06ff]+")
_DOUBLED = re.compile(r"\b(?!had\b|that\b)([A-Za-z]{3,}) \1\b", re.IGNORECASE)
_STUTTER = re.compile(r"\w*([a-vx-z])\1\1\w*")
# In text that `fold_spelling` was applied to.
_NEGATED = re.compile(r"\b[وف]?(?:لم|لن|ليس|ليست|ليسوا|لست|لسنا)\b")
_NEGATED_VERB = re.compile(
    r"\b[وف]?لا (?!سيما|[يت]زال|زال|بد|شك|غني|محاله|باس|جدال|ريب|[يت]قل|يخفي|محدود)(?=[يتنا])\w+"
)
_ENGLISH_NEGATION = re.compile(
    r"\b(?:not?|never|none|nor|neither|nothing|nobody|nowhere|without|cannot|fail\w*|den(?:y|ied|ies|ying)|refus\w*|lack\w*|"
    r"prevent\w*|reject\w*|hardly|barely|rather than|instead of|yet to|far from|other than|except\w*|until|only|"
    r"un(?!i|der|til|to)\w+|in(?:ability|sufficient|complete|capable|effective|visible|correct|accessib|adequate)\w*|"
    r"im(?:possib|probab)\w*|countless|non\w*)\b|n['’]t\b|less\b",
    re.IGNORECASE,
)
_UNKNOWN = re.compile("⁇|<unk>|\ufffd")


def empty(ar: str, en: str) -> Doubt | None:
    """Object to English without a letter or digit where the Arabic has one."""
    if _LETTER_OR_DIGIT.search(ar) and not _LETTER_OR_DIGIT.search(en):
        return Doubt("empty", "there is no English for it")
    return None


def unknown(ar: str, en: str) -> Doubt | None:  # noqa: ARG001 - every guard takes both texts
    """Object to a mark for the unknown in the English: SentencePiece's ⁇, <unk>, or the replacement character."""
    if mark := _UNKNOWN.search(en):
        return Doubt("unknown", f"the package left a mark for an unknown word ({mark.group()})")
    return None


def arabic_left(ar: str, en: str) -> Doubt | None:  # noqa: ARG001 - every guard takes both texts
    """Object to any Arabic letter in the English but those of a hashtag or address: no reference has one."""
    language = without_untouched(en)
    if arabic_letters(language):
        return Doubt("arabic-left", f"Arabic is left in the English: {' '.join(_ARABIC_RUN.findall(language))}")
    return None


def repetition(ar: str, en: str) -> Doubt | None:
    """Object to words or letters that are said over and over.

    That is: words `REPETITIONS` times in a row, unless the Arabic does it too; too few distinct words (see
    `MIN_DISTINCT_SHARE`); a word of three letters or more twice in a row, unless the Arabic has one too (no reference has
    that; "had had" and "that that" are let pass); a letter three times in a row, which no reference has ("www" is let pass).
    Loops are the commonest way for a translation model to fail. It objects to 1 of the 1,347 references (0.1 %), and to
    97 of 350 news sentences translated by a weak package without penalties on repetition.
    """
    words = _words(en)
    if (repeated := _loop(words)) and not _loop(_words(ar)):
        return Doubt("repetition", f'"{repeated}" is repeated over and over')
    if len(words) >= MIN_WORDS_FOR_SHARE and (distinct := len(set(words))) / len(words) < MIN_DISTINCT_SHARE:
        return Doubt("repetition", f"only {distinct} of {len(words)} words are different ones")
    if (doubled := _DOUBLED.search(en)) and not any(map(eq, (arabic := _words(ar)), arabic[1:])):
        return Doubt("repetition", f'"{doubled.group()}" says a word twice')
    if stutter := _STUTTER.search(en):
        return Doubt("repetition", f'"{stutter.group()}" is not a word')
    return None


def length(ar: str, en: str) -> Doubt | None:
    """Object to English much shorter or longer than the Arabic, marks not counted.

    With `MIN_LENGTH_RATIO`, `MAX_LENGTH_RATIO` and `LENGTH_ALLOWANCE` it objects to 2 of the 1,347 references (0.1 %).
    """
    arabic, english = len(araby.strip_diacritics(ar).strip()), len(en.strip())
    if english < MIN_LENGTH_RATIO * arabic - LENGTH_ALLOWANCE:
        return Doubt("length", f"the English is too short: {english} characters for {arabic}")
    if english > MAX_LENGTH_RATIO * arabic + LENGTH_ALLOWANCE:
        return Doubt("length", f"the English is too long: {english} characters for {arabic}")
    return None


def numbers(ar: str, en: str) -> Doubt | None:
    """Object to numbers of the Arabic that are not in the English, and to figures that the Arabic does not have.

    It objects to 9 of the 1,347 references (0.7 %; three of those pair a sentence with the English of another), and to
    97 % of references in which one number was dropped or replaced by another.
    """
    mismatch = compare_numbers(ar, en)
    parts = []
    if mismatch.missing:
        parts.append(f"the Arabic's {', '.join(mismatch.missing)} is missing")
    if mismatch.added:
        parts.append(f"{', '.join(mismatch.added)} is not in the Arabic")
    return Doubt("numbers", "; ".join(parts)) if parts else None


def negation(ar: str, en: str) -> Doubt | None:
    """Object to English without any negation where the Arabic certainly negates.

    That is with لم، لن، ليس and لا before a verb, stock phrases like ما لا يقل عن (at least) excepted. Of the 1,347
    references 164 are such sentences; it objects to 5 of them (0.4 % of all).
    """
    folded = fold_spelling(ar)
    found = _NEGATED.search(folded) or _NEGATED_VERB.search(folded)
    if found and not _ENGLISH_NEGATION.search(en):
        return Doubt("negation", f"the Arabic negates ({found.group().strip()}), the English does not")
    return None


def names(mentions: Sequence[Mention], en: str) -> Doubt | None:
    """Object to English that has a name less often than the Arabic, whose `mentions` of names these are.

    Only people, places and organisations count. With the names that ship it objects to 44 of the 1,347 references (3.3 %):
    names in other words (the capital for Paris), Arabic words that are no names there, and dollars that are American only
    in Arabic.
    """
    if missing := [_told(name) for name in lost_names(mentions, en)]:
        return Doubt("names", f"the English lacks a name that the Arabic has: {', '.join(missing[:3])}")
    return None


def terms(mentions: Sequence[Mention], en: str) -> Doubt | None:
    """Object to English without a weapon or set term ("drone", "ceasefire") that is among the Arabic's `mentions`.

    With the names that ship it objects to 2 of the 1,347 references (0.1 %) and to 0.3 % of 12,000 news sentences.
    """
    if missing := [mention.english for mention in lost_terms(mentions, en)]:
        return Doubt("terms", f"the English lacks a term that the Arabic has: {', '.join(missing[:3])}")
    return None


def words(ar: str, mentions: Sequence[Mention], en: str) -> Doubt | None:
    """Object to English without any word for a word of the Arabic whose translation hardly varies.

    Which words these are tells `digest.translating.lexicon`; what is among the `mentions` is left to `names` and `terms`.
    It finds what is wrong and still reads well: a flood that has become a game. It objects to 4 % of the news references and
    to 14 % of the freer ones of FLORES-200; of 350 news sentences in the bundled package's English to 18 %. Of 30 of these
    63 that were read 29 are wrong in that place.
    """
    named = frozenset(stem for mention in mentions for stem in stems(mention.surface))
    if lost := bundled_lexicon().lost_words(ar, en, without=named):
        told = ", ".join(f"{word.arabic} ({word.english})" for word in lost[:3])
        return Doubt("words", f"the English has no word for {told}")
    return None


def unsure(score: float | None) -> Doubt | None:
    """Object to English that the package itself gives little probability: the mean of its tokens' logarithms (nats).

    With the bundled package the score and the closeness to the reference (chrF2) correlate at 0.72 on 350 news sentences and
    at 0.51 on 997 of FLORES-200; the tenth with the lowest scores has a chrF2 of 46 and 42, all have 62 and 50. Below
    `LEAST_SCORE` are 5 % and 12 %. What falls below most often makes no sense ("severe shoes").
    """
    if score is None or score >= LEAST_SCORE:
        return None
    return Doubt("score", f"the package is unsure of it (score {score:.2f})")


def quotation(ar: str, en: str) -> Doubt | None:
    """Object to quotation marks that open and do not close, where those of the Arabic do.

    It objects to 13 of the 1,347 references (1.0 %), whose quotations go on in the next sentence.
    """
    if _unbalanced(en) and not _unbalanced(ar):
        return Doubt("quotation", "a quotation is opened or closed only")
    return None


GUARDS: tuple[Callable[[str, str], Doubt | None], ...] = (
    empty,
    unknown,
    arabic_left,
    repetition,
    length,
    numbers,
    negation,
    quotation,
)
"""Every guard that needs nothing but the two texts, in the order in which objections are told."""


def check(ar: str, en: str, gazetteer: Names | None = None) -> tuple[Doubt, ...]:
    """Return the objections to `en` as a translation of `ar`; of an empty one nothing more is said than that.

    `gazetteer` has the names and terms whose loss is objected to; the ones that ship where none are given.
    """
    if doubt := empty(ar, en):
        return (doubt,)
    mentions = (gazetteer or bundled_names()).find(ar)
    doubts = (*(guard(ar, en) for guard in GUARDS), names(mentions, en), terms(mentions, en), words(ar, mentions, en))
    return tuple(doubt for doubt in doubts if doubt)


def _told(name: LostName) -> str:
    """Return a lost name for the reader, with how many of its mentions are lost where not all are."""
    english, mentioned = name.mentions[0].english, len(name.mentions)
    return english if name.missing == mentioned else f"{english} ({name.missing} of {mentioned} times)"


def _unbalanced(text: str) -> bool:
    return text.count('"') % 2 == 1 or text.count("“") != text.count("”") or text.count("«") != text.count("»")


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _loop(words: list[str]) -> str:
    """Return the first n-gram that stands `REPETITIONS` times in a row, or ""."""
    for size in range(1, MAX_REPEATED_WORDS + 1):
        for start in range(len(words) - size * REPETITIONS + 1):
            gram = words[start : start + size]
            if words[start : start + size * REPETITIONS] == gram * REPETITIONS:
                return " ".join(gram)
    return ""
