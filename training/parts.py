"""Weights of a model as float16 files small enough to be passed on: `w00.npz`, `w01.npz`, ... and `config.json`.

A tensor larger than a file is cut into rows. With the tokenizer beside them a folder of parts is all that
training.export needs; training.train can start from one.
"""

from __future__ import annotations

import hashlib
import json
import math
import zipfile
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from training.corpus import TOKENIZER
from training.errors import TrainingError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy.typing as npt

LARGEST = 14_500_000
"""Bytes of weights in a file: with its index it stays below 15 MiB."""
LONGEST = 512
"""Positions that have an encoding."""
_CONFIG = "config.json"
# The first package's checkpoint has short names; translated, it can be started from.
_NAMES = {
    "e": "embedding",
    "enc": "encoder",
    "dec": "decoder",
    "en": "encoder_norm",
    "dn": "decoder_norm",
    "a": "self_attention",
    "c": "cross_attention",
    "q": "query",
    "kv": "key_value",
    "o": "output",
    "n1": "self_norm",
    "n2": "feed_norm",
    "n3": "cross_norm",
    "f1": "feed_in",
    "f2": "feed_out",
}


@dataclass(frozen=True, slots=True)
class Size:
    """Sizes of a Transformer: width of the model, of its feed-forward layers, attention heads, layers of each side."""

    width: int
    feed: int
    heads: int
    encoder_layers: int
    decoder_layers: int


SIZES = {
    "toy": Size(64, 256, 2, 2, 1),
    "tiny": Size(256, 1024, 4, 6, 2),
    "tall": Size(256, 2048, 4, 8, 2),
    "small": Size(384, 1536, 6, 6, 2),
    "base": Size(512, 2048, 8, 6, 4),
    "base6": Size(512, 2048, 8, 6, 6),
    "big": Size(640, 2560, 10, 8, 4),
}
"""Sizes by name; "toy" is for tests, and "tall" is what "tiny" grows into."""


@dataclass(frozen=True, slots=True)
class PartsConfig:
    """What must be known beside the weights: sizes, number of pieces, longest training input, hash of the tokenizer."""

    size: Size
    pieces: int
    longest: int
    tokenizer: str


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_parts(folder: Path, weights: Mapping[str, npt.NDArray[Any]], config: PartsConfig, tokenizer: Path) -> None:
    """Write `weights`, `config` and a copy of the tokenizer into `folder`, in place of the parts that are there."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("w*.npz"):
        old.unlink()
    part: dict[str, npt.NDArray[np.float16]] = {}
    number = 0
    for name, values in weights.items():
        half = np.asarray(values, np.float16)
        for i, rows in enumerate(np.array_split(half, math.ceil(half.nbytes / LARGEST))):
            if part and sum(array.nbytes for array in part.values()) + rows.nbytes > LARGEST:
                np.savez(folder / f"w{number:02d}.npz", **part)  # type: ignore[arg-type]
                part, number = {}, number + 1
            part[f"{name}@{i}"] = rows
    np.savez(folder / f"w{number:02d}.npz", **part)  # type: ignore[arg-type]
    (folder / TOKENIZER).write_bytes(tokenizer.read_bytes())
    (folder / _CONFIG).write_text(json.dumps(asdict(config), indent=2) + "\n", encoding="utf-8")


def read_parts(folder: Path) -> dict[str, npt.NDArray[np.float32]]:
    """Return the weights in `folder` by name; TrainingError where there are none or a file is damaged."""
    rows: dict[str, dict[int, npt.NDArray[np.float16]]] = {}
    files = sorted(folder.glob("w*.npz"))
    if not files:
        raise TrainingError(f"{folder}: has no w00.npz; name a folder of parts that training.train wrote")
    for file in files:
        try:
            with file.open("rb") as opened, np.load(opened) as arrays:
                for key in arrays.files:
                    name, _, number = key.rpartition("@")
                    rows.setdefault(_full_name(name), {})[int(number)] = arrays[key]
        except (zipfile.BadZipFile, ValueError, EOFError) as error:
            raise TrainingError(f"{file}: damaged ({error}); write the parts again") from error
    return {name: np.concatenate([parts[i] for i in sorted(parts)]).astype(np.float32) for name, parts in rows.items()}


def read_config(folder: Path) -> PartsConfig:
    """Return the configuration of the parts in `folder`; TrainingError where it cannot be used."""
    path = folder / _CONFIG
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        size = Size(**{item.name: int(values["size"][item.name]) for item in fields(Size)})
        return PartsConfig(size, int(values["pieces"]), int(values["longest"]), str(values["tokenizer"]))
    except (ValueError, KeyError, TypeError, FileNotFoundError) as error:
        raise TrainingError(f"{path}: not the configuration of parts ({error!r}); write the parts again") from error


def position_encodings(width: int) -> npt.NDArray[np.float32]:
    """Return LONGEST x `width` encodings of positions: sines in the first half, cosines in the second.

    The wavelengths go in equal ratios from 2 pi to 20,000 pi (A. Vaswani et al., "Attention Is All You Need", 2017,
    section 3.5, in the arrangement of tensor2tensor). They are computed, not stored with the weights.
    """
    half = width // 2
    rates = np.exp(np.arange(half) * (-math.log(10000.0) / (half - 1)))
    angles = np.arange(LONGEST)[:, None] * rates[None]
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1).astype(np.float32)


def _full_name(name: str) -> str:
    return ".".join(_NAMES.get(word, word) for word in name.split("."))
