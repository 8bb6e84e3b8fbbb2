"""Sentences that cannot stand alone.

They begin with a pronoun, with a verb whose subject was named before, or with a source that was ("according to it").
وأضاف أن ("He added that") hangs on the sentence before it; وأضاف الوزير أن ("The minister added that") does not.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from digest.arabic.text import key

if TYPE_CHECKING:
    from digest.model import Sentence

_VERBS = """
وأضاف أضاف وأضافت أضافت وأضافوا وتابع وتابعت وأوضح وأوضحت وأشار وأشارت وأكد وأكدت وشدد وشددت ولفت ولفتت وذكر وذكرت
وقال وقالت وقالوا قالوا قالت ووصف ووصفت واعتبر واعتبرت ونفى ونفت واستطرد وأردف ومضى وأعرب وأعربت ورأى ورأت وختم وبين وبينت
وأفاد وأفادت وأعلن وأعلنت ودعا ودعت وطالب وطالبت وحذر وحذرت وتوقع وتوقعت وكشف وكشفت
"""
_NO_SUBJECT = "أن إن أنه إنه أنها إنها أنهم إنهم أنّ بأن بأنه بأنها إلى في على عن من خلال قائلا قائلة كذلك أيضا كما"
_PRONOUNS = "وهو وهي وهم وهما وهذا وهذه وذلك هذا هذه ذلك لكنه لكنها ولكنه ولكنها ومنها ومنهم وفيها وفيه إنه إنها إنهم"
_VERB_STARTS = frozenset(map(key, _VERBS.split()))
_ACCORDING_TO_IT = re.compile(
    r"و?(?:(?:وفقا|طبقا|استنادا) ل(?:ه|ها|هم|هما)|(?:وفق|حسب|بحسب|علي حد) (?:قوله|قولها|قولهم)|(?:ب?حسب|وفق)(?:ه|ها|هم|هما))\b"
)
_AFTER_A_VERB = frozenset(map(key, _NO_SUBJECT.split()))
_PRONOUN_STARTS = frozenset(map(key, _PRONOUNS.split()))


def names_no_source(text: str) -> bool:
    """Tell whether a sentence begins with a source that only the one before it names: "according to it"."""
    return _ACCORDING_TO_IT.match(key(" ".join(text.split(maxsplit=3)[:3]))) is not None


def hangs(sentence: Sentence) -> bool:
    """Tell whether a sentence hangs on the one before it; the first of an article hangs on nothing."""
    if sentence.index <= 0:
        return False
    first, second = (*islice(sentence.text.split(), 2), "", "")[:2]
    start = key(first)
    if start in _PRONOUN_STARTS or names_no_source(sentence.text):
        return True
    # A colon or a quotation behind the verb: who speaks was named before.
    return start in _VERB_STARTS and (first.endswith((":", "،")) or not key(second[:1]) or key(second) in _AFTER_A_VERB)
