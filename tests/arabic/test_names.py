"""Names are met in every spelling, with what Arabic writes onto them, and nothing else is."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.arabic.names import Names, bundled_names, load_names, main_names
from digest.arabic.text import fold, words
from digest.errors import SettingsError


def found(text: str) -> list[str]:
    return [name.english[0] for name in bundled_names().find(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("دعا فلاديمير بوتين إلى محادثات في موسكو", ["Vladimir Putin", "Moscow"]),
        ("التقى وزير الخارجية بأذربيجان وبأرمينيا ولأرمينيا", ["Azerbaijan", "Armenia", "Armenia"]),
        ("ناغورني كاراباخ وناجورنو كاراباخ وقره باغ", ["Nagorno-Karabakh"] * 3),
        ("صواريخ كوريا الشمالية لا كوريا الجنوبية", ["North Korea", "South Korea"]),
        ("وزارة الدفاع الأذربيجانية والقوات الأرمينية", ["Azerbaijani", "Armenian"]),
        ("الولايات المتحدة الأمريكية والسعودية", ["United States", "Saudi Arabia"]),
        ("تحدث للسعودية وبالقاهرة", ["Saudi Arabia", "Cairo"]),
        ("بريغوجين وبريجوجين وبريغوزين", ["Yevgeny Prigozhin"] * 3),
        ("فِلَسطين", ["Palestine"]),
        ("اذربيجان والامم المتحده", ["Azerbaijan", "United Nations"]),
        ("لعب بحماس كبير في مباراة قوية", []),
        ("مصرف ومصرع ومصريف وهندسة وصينية الشاي لا تعني شيئا", ["Chinese"]),
        ("هذا كلام عام عن البيت والشارع والمدرسة", []),
        ("قطار وقطرة وأردوان", []),
    ],
)
def test_names_in_texts(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_english_forms() -> None:
    (name,) = bundled_names().find("ألمانيا")
    assert name.is_in("in Germany today")
    assert name.is_in("the German chancellor")
    assert not name.is_in("in france today")
    assert not name.is_in("XGermany")


def test_the_file_is_large_and_consistent() -> None:
    names = bundled_names().names
    assert len(names) >= 600
    spellings = Counter(" ".join(words(fold(one))) for name in names for one in name.spellings)
    assert [spelling for spelling, count in spellings.items() if count > 1] == []
    assert all((form and form[0].isascii()) or form[0].isalpha() for name in names for form in name.english)


def test_names_of_the_readers_own_go_first(tmp_path: Path) -> None:
    file = tmp_path / "names.toml"
    file.write_text('[people]\n"Vova" = "بوتين"\n"Amal Saad" = "أمل سعد"\n', encoding="utf-8")
    own = load_names(file)
    assert [name.english[0] for name in own.find("بوتين وأمل سعد في باريس")] == ["Vova", "Amal Saad", "Paris"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("[towns]\n", "unknown table"), ('[people]\n"A" = 3\n', "Arabic spellings"), ('[people]\n"A" = " , "\n', "Arabic"),
     ("x", "not valid TOML")],
)  # fmt: skip
def test_a_file_that_cannot_be_used(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "names.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        load_names(file)
    with pytest.raises(SettingsError, match="cannot be read"):
        load_names(tmp_path / "none.toml")


def test_the_main_names_are_those_of_most_texts() -> None:
    texts = ["باريس ولندن", "باريس وبرلين", "باريس والفرنسيين ولندن"]
    assert [name.english[0] for name in main_names(texts, bundled_names(), 2)] == ["Paris", "London"]


@given(st.text(st.sampled_from("اأوفبلكم صرالنيةجقزغ ."), max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    assert bundled_names().find(text) == bundled_names().find(text)
    assert Names(()).find(text) == ()


def test_it_is_plain_toml() -> None:
    path = Path(__file__).parents[2] / "digest" / "translating" / "glossary.toml"
    assert sum(len(table) for table in tomllib.loads(path.read_text(encoding="utf-8")).values()) >= 600
