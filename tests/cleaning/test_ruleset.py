"""The line rules are data that is checked: every example is decided by its own rule."""

from __future__ import annotations

import pytest

from digest.cleaning.lines import Line
from digest.cleaning.ruleset import Rule, bundled_rules

PROSE = [
    "أعلنت الوزارة اليوم الأربعاء أن المصدر الرئيسي للطاقة سيتوقف عن العمل خلال شهر.",
    "المصدر الأمني قال إن العملية انتهت صباح اليوم بعد ساعات من بدايتها.",
    "شارك في الاجتماع وزراء خارجية ست دول من المنطقة، بحسب بيان مشترك.",
    "منذ 3 ساعات يتواصل القصف على أحياء المدينة الشرقية بلا انقطاع.",
    "وقالت وكالة رويترز إن الطائرة سقطت قرب المطار بعد دقائق من إقلاعها.",
    "إعلان وقف إطلاق النار جاء بعد مفاوضات استمرت يومين في العاصمة القطرية.",
]


@pytest.mark.parametrize("rule", bundled_rules().rules, ids=lambda rule: rule.name)
def test_every_example_is_decided_by_its_rule(rule: Rule) -> None:
    assert bundled_rules().first_match(Line(1, rule.example)) == rule


@pytest.mark.parametrize("text", PROSE)
def test_prose_that_begins_like_furniture_is_left_alone(text: str) -> None:
    assert bundled_rules().first_match(Line(1, text)) is None


@pytest.mark.parametrize("text", ["اقرأ ايضا", "إقرأ أيضاً", "اقرأ أيضًا:", "إقرا أيضا ..."])
def test_spellings_are_united(text: str) -> None:
    match = bundled_rules().first_match(Line(1, text))
    assert match is not None
    assert match.name == "related/related-inline"
