"""The engine with the bundled package: one batch, nothing truncated, one line for whatever is wrong with a package."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import ctranslate2
import pytest

from digest.errors import PackageError
from digest.translating.engine import DecodingOptions, Engine
from digest.translating.guards import check
from digest.translating.packages import BUNDLED, read_package
from digest.translating.splitting import split_text
from digest.translating.tokens import Tokenizer

if TYPE_CHECKING:
    from pathlib import Path

SENTENCES = [
    "قال رئيس الوزراء إن الحكومة لن ترفع أسعار الخبز هذا العام.",
    "أكد وزير الخارجية أهمية الحوار بين البلدين.",
    "ارتفع عدد قتلى الزلزال إلى 2300 شخص وأصيب الآلاف.",
]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(read_package(BUNDLED), threads=1)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return shutil.copytree(BUNDLED, tmp_path / "copy")


def test_every_text_has_its_english_in_order(engine: Engine) -> None:
    english = engine.translate(SENTENCES)
    assert "prime minister" in english[0].lower()
    assert "minister" in english[1].lower()
    assert "2300" in english[2].replace(",", "")
    assert engine.translate(list(reversed(SENTENCES))) == list(reversed(english))


def test_texts_without_words_need_no_model() -> None:
    engine = Engine(read_package(BUNDLED))
    assert engine.translate(["", " \n "]) == ["", ""]
    assert engine.translate([]) == []
    assert not engine.is_loaded


def test_empty_texts_keep_their_place(engine: Engine) -> None:
    english = engine.translate(["", SENTENCES[0], "ـ", " "])
    assert [bool(text) for text in english] == [False, True, False, False]


def test_line_breaks_do_not_matter(engine: Engine) -> None:
    assert engine.translate([SENTENCES[1].replace(" ", "\n  ")]) == engine.translate([SENTENCES[1]])


def test_a_long_text_is_translated_in_pieces_to_its_end(engine: Engine) -> None:
    text = " ".join(SENTENCES * 12)
    package = read_package(BUNDLED)
    pieces = split_text(text, package.max_source_tokens, Tokenizer(package).count)
    assert len(pieces) > 3
    assert engine.translate([text]) == [" ".join(engine.translate(pieces))]


def test_the_limit_is_the_package_s(copy: Path) -> None:
    package = read_package(copy)
    narrow = replace(package, max_source_tokens=Tokenizer(package).count(SENTENCES[1]))
    once, twice = Engine(narrow).translate([SENTENCES[1], f"{SENTENCES[1]} {SENTENCES[1]}"])
    assert twice == f"{once} {once}"
    assert Engine(package).translate([f"{SENTENCES[1]} {SENTENCES[1]}"]) != [twice]


def test_a_target_prefix_leads_the_decoding_and_is_taken_off(copy: Path) -> None:
    plain = Engine(read_package(copy)).translate(SENTENCES[:1])[0]
    started = Engine(replace(read_package(copy), target_prefix="▁They")).translate(SENTENCES[:1])[0]
    assert not started.startswith("They")
    assert started
    assert started != plain


def test_decoding_keeps_underscores() -> None:
    tokenizer = Tokenizer(read_package(BUNDLED))
    assert tokenizer.decode(tokenizer.encode("daily_news@example.org")) == "daily_news@example.org"


def test_options_change_the_result_and_the_key(engine: Engine) -> None:
    other = DecodingOptions(beam_size=1, repetition_penalty=2.0)
    short = Engine(read_package(BUNDLED), options=other)
    assert short.translate(SENTENCES) != engine.translate(SENTENCES)
    assert short.options_key != engine.options_key


@pytest.mark.parametrize("name", DecodingOptions.__dataclass_fields__)
def test_every_option_is_in_the_key(name: str) -> None:
    options = DecodingOptions()
    assert replace(options, **{name: getattr(options, name) + 1}).key() != options.key()
    assert DecodingOptions().key() == options.key()


def test_a_device_that_does_not_work_is_passed_over(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    if ctranslate2.get_cuda_device_count():
        pytest.skip("this machine has a CUDA device that may work")
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 1)
    assert Engine(read_package(BUNDLED)).translate(SENTENCES) == engine.translate(SENTENCES)


@pytest.mark.parametrize("part", ["model/model.bin", "model/shared_vocabulary.json", "sentencepiece.model"])
@pytest.mark.parametrize("content", [b"", b"junk"])
def test_a_broken_part_is_said_in_one_line(copy: Path, part: str, content: bytes) -> None:
    (copy / part).write_bytes(content)
    with pytest.raises(PackageError) as error:
        Engine(read_package(copy)).translate(SENTENCES)
    message = str(error.value)
    assert message.startswith(f"{copy}: the translation package cannot be loaded (")
    assert "\n" not in message


def test_a_byte_pair_package_runs(copy: Path) -> None:
    (copy / "sentencepiece.model").unlink()
    (copy / "bpe.model").write_text("#version: 0.2\nا ل\nال م\n", encoding="utf-8")
    package = read_package(copy)
    assert Tokenizer(package).encode("المدن") == ["الم@@", "د@@", "ن"]
    assert Tokenizer(package).decode(["cit@@", "ies", "."]) == "cities."
    assert Engine(package).translate(["المدن"])[0]


@pytest.mark.parametrize("content", [b"one\n", b"\xff\xfe"])
def test_a_malformed_byte_pair_file_does_not_end_the_program(copy: Path, content: bytes) -> None:
    (copy / "sentencepiece.model").unlink()
    (copy / "bpe.model").write_bytes(content)
    with pytest.raises(PackageError, match="cannot be loaded"):
        Engine(read_package(copy)).translate(SENTENCES)


def test_the_libraries_are_imported_with_the_first_text_only() -> None:
    heavy = ("ctranslate2", "sentencepiece", "argostranslate", "numpy")
    program = (
        "import sys; from digest.translating import engine, packages, translator;"
        "engine.Engine(packages.read_package(packages.BUNDLED)).translate(['']);"
        f"assert not {set(heavy)!r} & set(sys.modules), sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_every_search_offers_hypotheses_and_halves_only_where_a_clause_ends(engine: Engine) -> None:
    texts = ["قالت الشرطة إن الحريق لم يسفر عن ضحايا، وأضافت أن التحقيق مستمر في أسبابه.", "وصل الوزير."]
    first, wider, halved = (engine.search(texts, attempt) for attempt in range(engine.attempts))
    assert [found[0].text for found in first] == engine.translate(texts)
    scores = [hypothesis.score for found in first for hypothesis in found]
    assert all(score is not None and -5 < score < 0 for score in scores)
    assert [len(found) for found in first] == [4, 4]
    assert [len(found) for found in wider] == [8, 8]
    assert len(halved[0]) == 4
    assert halved[1] == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("تفاصيل أكثر على https://example.com/a_b/c?x=1&y=2 اليوم.", "https://example.com/a_b/c?x=1&y=2"),
        ("راسلونا على editor_1@news-site.example للمزيد.", "editor_1@news-site.example"),
        ("كتب (@user_name_1) أن الأزمة انتهت.", "(@user_name_1)"),
        ("انتهت الأزمة #كورونا_اليوم.", "#كورونا_اليوم"),
    ],
)
def test_addresses_handles_and_hashtags_stay_as_they_are(engine: Engine, text: str, kept: str) -> None:
    (english,) = engine.translate([text])
    assert english.count(kept) == 1
    assert " ." not in english
    rest = english.replace(kept, "")
    assert re.search("[A-Za-z]", rest)
    assert not [doubt for doubt in check(text, english) if doubt.guard == "arabic-left"]


def test_a_text_of_nothing_but_an_address_is_itself(engine: Engine) -> None:
    assert engine.translate(["https://example.com/خبر_1"]) == ["https://example.com/خبر_1"]
