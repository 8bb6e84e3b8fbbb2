"""The tokenizer of a package: its folding, its special pieces, and sampling that can be repeated."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
import sentencepiece

from training.corpus import Corpus, write_corpus, write_lines
from training.errors import TrainingError
from training.recipe import DEFAULT_RECIPE, TokenizerSettings
from training.tokenizer import Encoder, folding, main, tokenizer_text, train_tokenizer

if TYPE_CHECKING:
    from pathlib import Path

TEXT = [
    f"{word} {number}: {english}"
    for number in range(60)
    for word, english in (
        ("أعلنت الوزارة النتائج", "the ministry announced results"),
        ("على طريق المطار", "on the airport road"),
        ("زار الرئيس مدرسة", "the president visited a school"),
        ("وصلت السفينة إلى الميناء", "ship reached its port early"),
        ("ارتفعت أسعار الخبز والوقود", "prices of bread and fuel rose"),
    )
]
SETTINGS = TokenizerSettings(pieces=325, sentences=1000, coverage=0.9998, split_digits=True)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tokenizer") / "sentencepiece.model"
    train_tokenizer(TEXT, path, SETTINGS)
    return path


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("أعلنَتِ الوِزارَةُ", "اعلنت الوزارة"),
        ("الـــــرئيس آمن ٱلإسلام", "الرئيس امن الاسلام"),
        ("فى على", "في علي"),
        ("کتابی گل", "كتابي كل"),
        ("٢٣٠٠ و۴۵", "2300 و45"),
        ("قال، ثم؛ هل؟ ٪ ٣٫٥", "قال, ثم; هل? % 3.5"),
        ("«نعم» “yes” ‘no’ – …", '"نعم" "yes" \'no\' - ...'),
        ("ا\u200fل\u202bر\u00a0ئ\ufeff", "الر ئ"),
        ("ﻼ ﷲ ﺍﻟ", "لا الله ال"),
        ("مسؤول مئة مدرسة بطء", "مسؤول مئة مدرسة بطء"),  # these hamzas and teh marbuta tell words apart
        ("ا\u0654علن مسو\u0654ول مي\u0654ة", "اعلن مسؤول مئة"),
        ("Naïve CAPS 3.5%", "Naïve CAPS 3.5%"),
    ],
)
def test_spellings_of_a_word_are_folded(model: Path, text: str, folded: str) -> None:
    processor = sentencepiece.SentencePieceProcessor(model_file=str(model))
    assert processor.normalize(text).replace("▁", " ").strip() == folded


def test_folding_is_finished_after_one_pass() -> None:
    rules = folding()
    for source, target in rules.items():
        assert not any(char in rules for char in target), unicodedata.name(source[0])


def test_special_pieces_are_where_the_model_expects_them(model: Path) -> None:
    pieces = Encoder(model).pieces
    assert pieces[:4] == ["<pad>", "<unk>", "<s>", "</s>"]
    assert len(pieces) == SETTINGS.pieces


def test_nothing_is_unknown_and_digits_stand_alone(model: Path) -> None:
    encoder = Encoder(model)
    (ids,) = encoder.encode(["زار 3517 👋 漢"])
    assert 1 not in ids
    assert encoder.decode(ids) == "زار 3517 👋 漢"
    pieces = [encoder.pieces[i] for i in ids]
    assert [piece.strip("▁") for piece in pieces if piece.strip("▁").isdigit()] == ["3", "5", "1", "7"]


def test_samples_differ_within_a_list_and_are_repeated_with_it(model: Path) -> None:
    encoder = Encoder(model, sampling=0.1)
    sampled = encoder.encode(TEXT[:20] * 5)
    assert sampled[:20] != sampled[20:40]
    assert encoder.encode(TEXT[:20] * 5) == sampled
    assert Encoder(model, sampling=0.1).encode(TEXT[:20] * 5) == sampled
    assert Encoder(model, sampling=0.1, seed=2).encode(TEXT[:20] * 5) != sampled
    assert encoder.decode(sampled[0]) == encoder.decode(sampled[20])
    assert Encoder(model).encode(TEXT[:20] * 2) == Encoder(model).encode(TEXT[:20]) * 2


def test_text_for_the_tokenizer_follows_the_weights() -> None:
    corpus = Corpus({"news": [("خبر", "news")], "tech": [("تقنية", "tech")]}, {"news": 3.0, "tech": 0.2}, [])
    lines = tokenizer_text(corpus, ["نص"], 100, seed=1)
    assert sorted(lines) == sorted(["خبر", "news"] * 3 + ["تقنية", "tech", "نص"])
    assert tokenizer_text(corpus, ["نص"], 100, seed=1) == lines
    assert len(tokenizer_text(corpus, ["نص"], 4, seed=1)) == 4


def test_too_little_text_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="325 pieces cannot be made of this text") as error:
        train_tokenizer(["نص قصير"], tmp_path / "model", SETTINGS)
    assert "\n" not in str(error.value)


def test_the_program_trains_on_a_prepared_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_corpus(tmp_path, Corpus({"news": [("نص " + line, line) for line in TEXT]}, {"news": 1.0}, []))
    write_lines(tmp_path / "mono.ar.xz", ["نص آخر"])
    recipe = tmp_path / "recipe.toml"
    shipped = DEFAULT_RECIPE.read_text(encoding="utf-8")
    recipe.write_text(shipped.replace("pieces = 12000", "pieces = 325"), encoding="utf-8")
    main([str(tmp_path), "--recipe", str(recipe), "--threads", "1"])
    assert "325 pieces from 601 lines" in capsys.readouterr().out
    assert Encoder(tmp_path / "sentencepiece.model").encode(["نص"])
