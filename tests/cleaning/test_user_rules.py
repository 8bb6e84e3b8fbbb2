"""A user's own rules come first, and mistakes in them are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digest.cleaning import judge, load_rules
from digest.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

RULE = """
[[rule]]
label = "promotion"
name = "our-motto"
example = "صوت من لا صوت له"
lines = ["صوت من لا صوت له"]
"""
TEXT = """وزارة الصحة تسجل إصابات جديدة في الجنوب
أعلنت وزارة الصحة، اليوم الأربعاء، تسجيل إصابات جديدة في ثلاث محافظات جنوبية.
صوت من لا صوت له
وقالت الوزارة إن المصابين نقلوا إلى المستشفى الجامعي وإن حالتهم مستقرة."""


def test_a_rule_of_the_user_decides(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(RULE, encoding="utf-8")
    assert [str(line.label) for line in judge(TEXT, load_rules(None))][2] == "subhead"
    line = judge(TEXT, load_rules(file))[2]
    assert (str(line.label), line.rule, line.kept) == ("promotion", "promotion/our-motto", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (RULE.replace("promotion", "nonsense"), "rule 1: 'nonsense' is not a valid Label"),
        (RULE.replace("lines", "line"), "rule 1: unknown key line"),
        (RULE.replace('lines = ["صوت من لا صوت له"]', ""), "rule 1: no condition"),
        (RULE.replace('example = "صوت', 'example = "غير'), "rule 1: the rule our-motto does not match its own example"),
        (RULE.replace('name = "our-motto"', ""), "rule 1: the key name is missing"),
        (RULE + RULE.replace('lines = ["صوت من لا صوت له"]', "pattern = '('"), "rule 2:"),
        ("[[rule", "not valid TOML"),
        ("rule = [1]", "rule 1:"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        load_rules(file)
    assert said in str(error.value)
    assert "rules.toml" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_rules(tmp_path / "missing.toml")
