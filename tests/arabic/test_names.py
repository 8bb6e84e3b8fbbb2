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
    return [mention.english for mention in bundled_names().find(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("دعا فلاديمير بوتين إلى محادثات في موسكو", ["Vladimir Putin", "Moscow"]),
        ("التقى الزعيم بأذربيجان وبأرمينيا ولأرمينيا", ["Azerbaijan", "Armenia", "Armenia"]),
        ("ناغورني كاراباخ وناجورنو كاراباخ وقره باغ", ["Nagorno-Karabakh"] * 3),
        ("صواريخ كوريا الشمالية لا كوريا الجنوبية", ["North Korea", "South Korea"]),
        ("وزارة الدفاع الأذربيجانية والقوات الأرمينية", ["Defense Ministry", "Azerbaijani", "Armenian"]),
        ("الولايات المتحدة الأمريكية والسعودية", ["United States", "Saudi Arabia"]),
        ("تحدث للسعودية وبالقاهرة", ["Saudi Arabia", "Cairo"]),
        ("بريغوجين وبريجوجين وبريغوزين", ["Prigozhin"] * 3),
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
    (mention,) = bundled_names().find("زار ألمانيا")
    assert mention.is_in("in Germany today")
    assert not mention.is_in("in france today")
    assert not mention.is_in("XGermany")


def test_a_mention_says_where_it_stands() -> None:
    text = "التقى وزير خارجية فرنسا نظيره، وبأذربيجان أيضا"
    for mention in bundled_names().find(text):
        assert text[mention.start : mention.end] == mention.surface
        assert text[: mention.start].endswith(mention.clitic)


def test_the_file_is_large_and_no_spelling_is_of_two_names() -> None:
    names = [mention.name for mention in bundled_names().find("موسكو")]
    assert [name.en for name in names] == ["Moscow"]
    path = Path(__file__).parents[2] / "digest" / "translating" / "glossary.toml"
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["name"]
    assert len(entries) >= 2000
    spellings = Counter(" ".join(words(fold(one))) for entry in entries for one in entry["ar"])
    assert [spelling for spelling, count in spellings.items() if count > 1] == []
    assert {entry["kind"] for entry in entries} == {"person", "place", "organisation", "weapon", "term"}


def test_names_of_the_readers_own_go_first(tmp_path: Path) -> None:
    file = tmp_path / "names.toml"
    file.write_text(
        '[[name]]\nen = "Vova"\nkind = "person"\nar = ["بوتين"]\n\n'
        '[[name]]\nen = "Amal Saad"\nkind = "person"\nar = ["أمل سعد"]\n',
        encoding="utf-8",
    )
    own = load_names(file)
    assert [mention.english for mention in own.find("بوتين وأمل سعد في باريس")] == ["Vova", "Amal Saad", "Paris"]


@pytest.mark.parametrize(
    "text",
    [
        "[[town]]\n",
        '[[name]]\nen = "A"\n',
        '[[name]]\nen = "A"\nkind = "x"\nar = ["أ"]\n',
        '[[name]]\nen = "A"\nkind = "place"\nar = 3\n',
        "x",
    ],
)
def test_a_file_that_cannot_be_used(text: str, tmp_path: Path) -> None:
    file = tmp_path / "names.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"names\.toml"):
        load_names(file)
    with pytest.raises(SettingsError, match=r"none\.toml"):
        load_names(tmp_path / "none.toml")


def test_the_main_names_are_those_of_most_texts() -> None:
    texts = ["باريس ولندن", "باريس وبرلين", "باريس والمدرسة ولندن"]
    assert [name.en for name in main_names(texts, bundled_names(), 2)] == ["Paris", "London"]


@given(st.text(st.sampled_from("اأوفبلكم صرالنيةجقزغ ."), max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    assert bundled_names().find(text) == bundled_names().find(text)
    assert Names(()).find(text) == ()
