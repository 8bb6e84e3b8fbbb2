"""Weights in small files: the same ones come back, the first package's too, and damage is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from training.errors import TrainingError
from training.parts import SIZES, PartsConfig, file_hash, position_encodings, read_config, read_parts, write_parts

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def tokenizer(tmp_path: Path) -> Path:
    path = tmp_path / "tokenizer"
    path.write_bytes(b"pieces")
    return path


def config(tokenizer: Path) -> PartsConfig:
    return PartsConfig(SIZES["toy"], pieces=9, longest=50, tokenizer=file_hash(tokenizer))


def test_weights_come_back_from_files_below_15_mib(tmp_path: Path, tokenizer: Path) -> None:
    random = np.random.default_rng(1)
    weights = {
        "embedding.weight": random.normal(size=(20_000, 500)).astype(np.float32),  # 20 MB in float16
        "encoder.0.feed_in.bias": random.normal(size=7).astype(np.float32),
        "encoder.0.feed_in.weight": random.normal(size=(3000, 1000)).astype(np.float32),
    }
    folder = tmp_path / "parts"
    write_parts(folder, weights, config(tokenizer), tokenizer)
    files = sorted(folder.iterdir())
    assert [file.name for file in files] == ["config.json", "sentencepiece.model", "w00.npz", "w01.npz", "w02.npz"]
    assert all(file.stat().st_size < 15 * 2**20 for file in files)
    back = read_parts(folder)
    assert back.keys() == weights.keys()
    for name, values in weights.items():
        assert np.array_equal(back[name], values.astype(np.float16).astype(np.float32))
    assert read_config(folder) == config(tokenizer)


def test_former_parts_do_not_stay(tmp_path: Path, tokenizer: Path) -> None:
    folder = tmp_path / "parts"
    write_parts(folder, {"a": np.zeros((8000, 2000), np.float32)}, config(tokenizer), tokenizer)
    write_parts(folder, {"b": np.ones(3, np.float32)}, config(tokenizer), tokenizer)
    assert read_parts(folder).keys() == {"b"}


def test_names_of_the_first_checkpoint_are_understood(tmp_path: Path) -> None:
    names = ["e.weight", "enc.0.a.kv.weight", "dec.1.c.o.bias", "dec.1.n3.weight", "dn.bias", "enc.5.f2.weight"]
    np.savez(tmp_path / "w00.npz", **{f"{name}@0": np.zeros(2, np.float16) for name in names})  # type: ignore[arg-type]
    assert read_parts(tmp_path).keys() == {
        "embedding.weight",
        "encoder.0.self_attention.key_value.weight",
        "decoder.1.cross_attention.output.bias",
        "decoder.1.cross_norm.weight",
        "decoder_norm.bias",
        "encoder.5.feed_out.weight",
    }


def test_missing_and_damaged_parts_are_told(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"has no w00\.npz"):
        read_parts(tmp_path)
    with pytest.raises(TrainingError, match="not the configuration of parts"):
        read_config(tmp_path)
    (tmp_path / "config.json").write_text('{"size": {}}', encoding="utf-8")
    with pytest.raises(TrainingError, match="not the configuration of parts"):
        read_config(tmp_path)
    (tmp_path / "w00.npz").write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(TrainingError, match="damaged"):
        read_parts(tmp_path)


def test_positions_are_told_apart() -> None:
    encodings = position_encodings(64)
    assert encodings.shape == (512, 64)
    assert encodings[0].tolist() == [0.0] * 32 + [1.0] * 32
    assert len({row.tobytes() for row in encodings}) == 512
    assert encodings[1, 0] == pytest.approx(np.sin(1))
    assert encodings[100, 31] == pytest.approx(np.sin(100 / 10000), rel=1e-5)
