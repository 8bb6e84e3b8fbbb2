"""The guards see planted faults and let good translations pass."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.translating import guards
from digest.translating.guards import check, repetition

REFERENCES = Path(__file__).resolve().parents[3] / "shared" / "mt" / "dev"

AR = "أعلنت الشركة اليوم إصابة 27 شخصا في انهيار مبنى قديم."
EN = "The company announced today that 27 people were injured when an old building collapsed."


def names(ar: str, en: str) -> list[str]:
    return [doubt.guard for doubt in check(ar, en)]


def references() -> list[tuple[str, str]]:
    if not REFERENCES.is_dir():
        pytest.skip("the reference translations (../shared/mt/dev) are not beside this checkout")
    pairs: list[tuple[str, str]] = []
    for name in ("news-dev", "flores-dev"):
        sides = ((REFERENCES / f"{name}.{code}").read_text(encoding="utf-8").splitlines() for code in ("ar", "en"))
        pairs.extend(zip(*sides, strict=True))
    return pairs


@pytest.mark.parametrize(
    ("ar", "en", "objects"),
    [
        ("ارتفعت أسعار النفط", "Oil oil prices rose", True),
        ("ارتفعت أسعار النفط", "It had had no effect that that man saw", False),
        ("قال بطرس بطرس غالي", "Boutros Boutros-Ghali said", False),
        ("وصل إلى نيويورك", "He came to New York, New York", False),
    ],
)
def test_a_word_said_twice_is_a_repetition_unless_the_arabic_says_one_twice(ar: str, en: str, *, objects: bool) -> None:
    assert (repetition(ar, en) is not None) is objects


def test_a_good_translation_passes() -> None:
    assert check(AR, EN) == ()


@pytest.mark.parametrize(
    ("english", "guard"),
    [
        ("", "empty"),
        (" ... ", "empty"),
        (EN.replace("old", "⁇"), "unknown"),
        (EN.replace("old", "<unk>"), "unknown"),
        (EN.replace("old", "قديم"), "arabic-left"),
        (EN.replace("people", "people people people"), "repetition"),
        (EN.replace("old building", "man of man of man of"), "repetition"),
        ("The old 27 the old building 27 and the old the building and 27 the building and old the", "repetition"),
        (EN.replace("collapsed", "collappppsed"), "repetition"),
        ("27 people.", "length"),
        (f"{EN} {EN.replace('27', '27 other')}", "length"),
        (EN.replace("27", "72"), "numbers"),
        (EN.replace("27 ", ""), "numbers"),
        (EN.replace("old", "100-year-old"), "numbers"),
    ],
)
def test_planted_faults_are_seen(english: str, guard: str) -> None:
    doubts = check(AR, english)
    assert [doubt.guard for doubt in doubts] == [guard]
    assert "\n" not in doubts[0].reason


def test_reasons_name_what_is_wrong() -> None:
    assert check(AR, EN.replace("27", "72"))[0].reason == "the Arabic's 27 is missing; 72 is not in the Arabic"
    assert check(AR, EN.replace("old", "قديم"))[0].reason == "Arabic is left in the English: قديم"
    assert check(AR, EN.replace("old", "old old old"))[0].reason == '"old" is repeated over and over'


@pytest.mark.parametrize(
    ("english", "reason"),
    [
        ("Armenian vehicles and Armenian troops in Baku", None),
        ("Armenia's vehicles and its Armenian troops, Armenia said, in Baku", None),
        ("Armenian vehicles and Ramadine troops in Baku", "Armenian (1 of 2 times)"),
        ("Romanian vehicles and Ramadine troops in Baku", "Armenian"),
        ("vehicles and troops", "Armenian, Baku"),
    ],
)
def test_a_name_is_lost_that_the_english_has_less_often(english: str, reason: str | None) -> None:
    told = [] if reason is None else [f"the English lacks a name that the Arabic has: {reason}"]
    assert [doubt.reason for doubt in check("مركبات أرمينية وقوات أرمينية في باكو", english)] == told


@pytest.mark.parametrize(
    ("english", "lost"),
    [
        ("A drone hit the headquarters after the truce.", None),
        ("Drones hit the headquarters after the cease-fire.", None),
        ("A march plane hit the headquarters after the truce.", "drone"),
        ("A march plane hit the headquarters after the fire.", "drone, ceasefire"),
    ],
)
def test_a_set_term_is_lost_where_the_english_has_none_of_its_forms(english: str, lost: str | None) -> None:
    told = [] if lost is None else [f"the English lacks a term that the Arabic has: {lost}"]
    assert [doubt.reason for doubt in check("أصابت طائرة مسيّرة المقر بعد وقف إطلاق النار.", english)] == told


@pytest.mark.parametrize(
    ("english", "lost"),
    [
        ("The girls' bags were stolen in front of the school after the flood.", None),
        ("Bags of young women were stolen outside Schools after flooding.", None),
        ("The girls' bags were stolen in front of the school after the game.", "الفيضان (flood)"),
        ("The bags were stolen in front of the game.", "الفتيات (girls), المدرسة (school), الفيضان (flood)"),
    ],
)
def test_a_word_is_lost_where_the_english_has_no_translation_of_it(english: str, lost: str | None) -> None:
    told = [] if lost is None else [f"the English has no word for {lost}"]
    assert [doubt.reason for doubt in check("سرقت حقائب الفتيات أمام المدرسة بعد الفيضان.", english)] == told


def test_a_name_that_is_lost_is_not_told_as_a_word_too() -> None:
    assert names("وصل الوزير إلى موسكو", "The minister arrived in Misko") == ["names"]


def test_several_doubts_are_all_told() -> None:
    assert names(AR, "people people people شخصا") == ["arabic-left", "repetition", "length", "numbers"]


def test_what_the_arabic_repeats_the_english_may_repeat() -> None:
    assert names("هتفوا: لا لا لا للحرب", "They chanted: no no no to war") == []
    assert names("هتفوا: لا للحرب", "They chanted: no no no to war") == ["repetition"]


def test_short_texts_are_not_measured_by_ratio() -> None:
    assert names("مصر", "Egypt") == []
    assert names("الأمم المتحدة", "UN") == []


def test_an_address_is_not_a_stutter() -> None:
    assert guards.repetition("زر الموقع", "Visit www.example.org") is None


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_checked(ar: str, en: str) -> None:
    for doubt in check(ar, en):
        assert doubt.guard
        assert doubt.reason


@pytest.mark.parametrize(
    ("guard", "share"),
    [
        ("empty", 0),
        ("unknown", 0),
        ("arabic-left", 0),
        ("repetition", 0.001),
        ("length", 0.002),
        ("numbers", 0.007),
        ("negation", 0.004),
        ("names", 0.033),
        ("terms", 0.002),
        ("words", 0.113),
        ("quotation", 0.01),
    ],
)
def test_reference_translations_pass(guard: str, share: float) -> None:
    pairs = references()
    alarms = [ar for ar, en in pairs if guard in names(ar, en)]
    assert len(alarms) <= share * len(pairs)


def test_changed_and_dropped_numbers_are_caught_in_references() -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    tried = caught = 0
    for ar, en in references():
        figures = list(re.finditer(r"\d+(?:[.,]\d+)*", en))
        if not figures or not re.search(r"\d", ar) or guards.numbers(ar, en):
            continue
        at = chance.choice(figures)
        for other in ("", str(chance.randint(13, 999))):
            tried += 1
            caught += guards.numbers(ar, en[: at.start()] + other + en[at.end() :]) is not None
    assert tried > 400
    assert caught / tried > 0.95
