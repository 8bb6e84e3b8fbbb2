"""Make an Argos package of trained weights, and check that CTranslate2 translates with it as PyTorch does.

    uv run --group training python -m training.export .training/run/parts .training/ar_en --check .training/data/dev.tsv

A folder of parts is all it needs, so it also runs where the training data is not. Without --check it needs no torch.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from training.corpus import TOKENIZER, read_pairs, tokenizer_of
from training.errors import TrainingError, told_in_one_line
from training.parts import SIZES, PartsConfig, file_hash, position_encodings, read_config, read_parts
from training.tokenizer import BEGIN, END, UNKNOWN, Encoder

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from training.parts import Size

Weights = dict[str, "npt.NDArray[np.float32]"]

LEAST_AGREEMENT = 0.98
"""Share of translations that must be equal between PyTorch and CTranslate2, both in float32: the sums are added up in
another order, so that now and then two nearly equal candidates change places."""
_LONGEST = 200
"""Tokens of a translation in the check."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Shares of `sentences` that CTranslate2 translates exactly as PyTorch does, with `beam` hypotheses."""

    beam: int
    sentences: int
    float32: float
    int8: float


def package_metadata(version: str, longest: int) -> dict[str, Any]:
    """Return the `metadata.json` of a package; `max_source_tokens` is digest's own entry."""
    return {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": "ar",
        "from_name": "Arabic",
        "to_code": "en",
        "to_name": "English",
        "type": "translate",
        "max_source_tokens": longest,
    }


def write_model(
    folder: Path, weights: Weights, config: PartsConfig, pieces: Sequence[str], quantization: str | None
) -> None:
    """Write the weights as a CTranslate2 model, in float32 or with its `quantization` ("int8").

    TrainingError is raised where weights are missing or have shapes that do not fit the sizes.
    """
    from ctranslate2.specs import common_spec, transformer_spec  # noqa: PLC0415 - heavy

    size = config.size
    spec = transformer_spec.TransformerSpec.from_config(
        (size.encoder_layers, size.decoder_layers), size.heads, pre_norm=True, activation=common_spec.Activation.RELU
    )
    _check_shapes(weights, size, len(pieces))
    _fill(spec, weights, size)
    spec.register_source_vocabulary(list(pieces))
    spec.register_target_vocabulary(list(pieces))
    spec.config.add_source_eos = True
    spec.config.unk_token = pieces[UNKNOWN]
    spec.config.bos_token = pieces[BEGIN]
    spec.config.eos_token = pieces[END]
    spec.config.decoder_start_token = pieces[BEGIN]
    spec.validate()
    spec.optimize(quantization=quantization)
    folder.mkdir(parents=True)
    spec.save(str(folder))


def _check_shapes(weights: Weights, size: Size, pieces: int) -> None:
    """Raise TrainingError where the weights are not those of a model of this size and vocabulary."""

    def layers(kind: str) -> int:
        return len({name.split(".")[1] for name in weights if name.startswith(f"{kind}.")})

    embedding = weights.get("embedding.weight")
    has = embedding.shape if embedding is not None else None, layers("encoder"), layers("decoder")
    wanted = (pieces, size.width), size.encoder_layers, size.decoder_layers
    if has != wanted:
        raise TrainingError(
            f"the parts have an embedding of {has[0]} and {has[1]}+{has[2]} layers, not {wanted[0]} and "
            f"{wanted[1]}+{wanted[2]}; give their tokenizer and the --size that they were trained with"
        )


def _fill(spec: Any, weights: Weights, size: Size) -> None:
    """Set the weights of a CTranslate2 specification."""

    def norm(part: Any, name: str) -> None:
        part.gamma, part.beta = weights[f"{name}.weight"].copy(), weights[f"{name}.bias"].copy()

    def linear(part: Any, *names: str) -> None:
        part.weight = np.concatenate([weights[f"{name}.weight"] for name in names])
        part.bias = np.concatenate([weights[f"{name}.bias"] for name in names])

    spec.decoder.projection.weight = weights["embedding.weight"].copy()
    for side, kind, layers in (
        (spec.encoder, "encoder", size.encoder_layers),
        (spec.decoder, "decoder", size.decoder_layers),
    ):
        embeddings = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        embeddings.weight = weights["embedding.weight"].copy()
        side.scale_embeddings = True
        side.position_encodings.encodings = position_encodings(size.width)
        norm(side.layer_norm, f"{kind}_norm")
        for number, layer in zip(range(layers), side.layer, strict=True):
            name = f"{kind}.{number}"
            own = f"{name}.self_attention"
            norm(layer.self_attention.layer_norm, f"{name}.self_norm")
            linear(layer.self_attention.linear[0], f"{own}.query", f"{own}.key_value")
            linear(layer.self_attention.linear[1], f"{own}.output")
            if kind == "decoder":
                norm(layer.attention.layer_norm, f"{name}.cross_norm")
                for part, what in zip(layer.attention.linear, ("query", "key_value", "output"), strict=True):
                    linear(part, f"{name}.cross_attention.{what}")
            norm(layer.ffn.layer_norm, f"{name}.feed_norm")
            linear(layer.ffn.linear_0, f"{name}.feed_in")
            linear(layer.ffn.linear_1, f"{name}.feed_out")


def export(parts: Path, package: Path, version: str, config: PartsConfig, tokenizer: Path) -> None:
    """Write the package of the weights in `parts`, quantised to int8, in place of the model that `package` has.

    TrainingError is raised where the parts and the tokenizer do not belong together.
    """
    if file_hash(tokenizer) != config.tokenizer:
        raise TrainingError(f"{tokenizer}: not the tokenizer of {parts}; give the one that they were trained with")
    pieces = Encoder(tokenizer).pieces
    weights = read_parts(parts)
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder, "model")
        write_model(model, weights, config, pieces, "int8")
        package.mkdir(parents=True, exist_ok=True)
        shutil.copytree(model, package / "model", dirs_exist_ok=True)
    shutil.copyfile(tokenizer, package / TOKENIZER)
    metadata = json.dumps(package_metadata(version, config.longest), indent=2)
    (package / "metadata.json").write_text(metadata + "\n", encoding="utf-8")


def check(
    parts: Path, package: Path, config: PartsConfig, arabic: Sequence[str], beams: Sequence[int] = (1, 4)
) -> list[Agreement]:
    """Return how far CTranslate2 and PyTorch translate `arabic` alike; sentences beyond the longest input are left out.

    Both run the weights of `parts`, CTranslate2 in float32 (a model made for the purpose) and in int8 (the package's).
    """
    import ctranslate2  # noqa: PLC0415 - heavy
    import torch  # noqa: PLC0415 - only the check needs it

    from training.model import Transformer  # noqa: PLC0415 - needs torch
    from training.search import translate  # noqa: PLC0415 - needs torch

    encoder = Encoder(package / TOKENIZER)
    pieces, weights = encoder.pieces, read_parts(parts)
    ids = [one for one in encoder.encode(arabic) if 0 < len(one) <= config.longest]
    if not ids:
        raise TrainingError("there is no sentence to check with; name a file of pairs")
    tokens = [[pieces[i] for i in one] for one in ids]
    model = Transformer(config.size, len(pieces))
    model.load_state_dict({name: torch.from_numpy(values) for name, values in weights.items()})
    model.eval()
    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder, "model")
        write_model(exact, weights, config, pieces, None)
        translators = [
            ctranslate2.Translator(str(exact), device="cpu", compute_type="float32"),
            ctranslate2.Translator(str(package / "model"), device="cpu", compute_type="int8"),
        ]
        found: list[Agreement] = []
        for beam in beams:
            wanted = [[pieces[i] for i in one] for one in translate(model, ids, beam, _LONGEST)]
            shares: list[float] = []
            for translator in translators:
                results = translator.translate_batch(tokens, beam_size=beam, max_decoding_length=_LONGEST)
                equal = sum(result.hypotheses[0] == one for result, one in zip(results, wanted, strict=True))
                shares.append(equal / len(ids))
            found.append(Agreement(beam, len(ids), *shares))
    return found


def main(arguments: list[str] | None = None) -> None:
    """Export, check and print; the exit status is 1 where float32 does not agree."""
    parser = argparse.ArgumentParser(prog="training.export", description="Make an Argos package of trained weights.")
    parser.add_argument("parts", type=Path, help="folder of parts that training.train wrote")
    parser.add_argument("package", type=Path, help="folder of the package")
    parser.add_argument("--version", default="1.1", help="version of the package")
    parser.add_argument("--tokenizer", type=Path, help="where the parts have none beside them")
    parser.add_argument("--size", choices=sorted(SIZES), help="where the parts do not state it")
    parser.add_argument("--longest", type=int, default=110, help="longest training input, with --size")
    parser.add_argument("--check", type=Path, metavar="PAIRS", help="file of pairs to compare translations on")
    parser.add_argument("--sentences", type=int, default=200, help="of that file")
    options = parser.parse_args(arguments)
    with told_in_one_line():
        tokenizer = options.tokenizer or tokenizer_of(options.parts)
        if options.size:
            pieces = len(Encoder(tokenizer).pieces)
            config = PartsConfig(SIZES[options.size], pieces, options.longest, file_hash(tokenizer))
        else:
            config = read_config(options.parts)
        export(options.parts, options.package, options.version, config, tokenizer)
        megabytes = sum(file.stat().st_size for file in options.package.rglob("*") if file.is_file()) / 1e6
        sys.stdout.write(f"{options.package}: version {options.version}, {megabytes:.1f} MB\n")
        if options.check:
            arabic = [ar for ar, _ in read_pairs(options.check)[: options.sentences]]
            for agreement in check(options.parts, options.package, config, arabic):
                sys.stdout.write(
                    f"beam {agreement.beam}, {agreement.sentences} sentences: as PyTorch in float32 "
                    f"{agreement.float32:.1%}, in int8 {agreement.int8:.1%}\n"
                )
                if agreement.float32 < LEAST_AGREEMENT:
                    raise TrainingError(
                        f"{options.package}: CTranslate2 does not translate as PyTorch does; do not ship"
                    )


if __name__ == "__main__":
    main()
