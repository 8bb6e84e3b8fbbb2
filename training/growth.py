"""A larger model that begins where a smaller one ended: deeper, or with wider feed-forward layers.

What is new is joined by a matrix of zeros, so that the larger model says at first exactly what the smaller one did (the
function-preserving growth of T. Chen and others, "Net2Net", 2016, with the zeros of S. Bachlechner and others, "ReZero",
2020, instead of copies). The other new weights keep their random start: zeros alone would never part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.errors import TrainingError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from torch import Tensor

_JOINING = ("attention.output.weight", "attention.output.bias", "feed_out.weight", "feed_out.bias")
"""Ends of the names of what a block adds to the layer's input."""
_MAY_GROW = {"feed_in.weight": (0,), "feed_in.bias": (0,), "feed_out.weight": (1,)}
"""Ends of the names of what may be larger than it was, and the sides on which."""


def grown(small: Mapping[str, Tensor], fresh: Mapping[str, Tensor], parts: Path) -> dict[str, Tensor]:
    """Return weights of the shapes of `fresh`, a model at its random start, that compute what `small` computes.

    New layers stand behind those of `small`. Width and heads must be the same (the heads are not checked: the weights do
    not show them). TrainingError, naming `parts`, where `small` is of another shape or larger.
    """
    if extra := sorted(small.keys() - fresh.keys()):
        raise TrainingError(f"{parts}: {extra[0]} has no place in this model; choose a larger --size")
    old_layers = {_layer(name) for name in small}
    weights: dict[str, Tensor] = {}
    for name, values in fresh.items():
        start = values.clone()
        if name in small:
            _fill(start, small[name], name, parts)
        elif _layer(name) in old_layers:
            raise TrainingError(f"{parts}: {name} is missing; write the parts again")
        elif name.endswith(_JOINING):
            start.zero_()
        weights[name] = start
    return weights


def _fill(start: Tensor, old: Tensor, name: str, parts: Path) -> None:
    """Write `old` into the beginning of `start`; feed-forward layers may have grown by rows or, joined by 0, columns."""
    growing = next((sides for end, sides in _MAY_GROW.items() if name.endswith(end)), ())
    fits = start.dim() == old.dim() and all(
        has == wanted or (side in growing and has < wanted)
        for side, (has, wanted) in enumerate(zip(old.shape, start.shape, strict=True))
    )
    if not fits:
        raise TrainingError(f"{parts}: {name} must be {tuple(start.shape)}, not {tuple(old.shape)}; choose other parts")
    if name.endswith(_JOINING):
        start.zero_()
    start[tuple(slice(length) for length in old.shape)] = old


def _layer(name: str) -> str:
    """Return the layer that a weight belongs to: "encoder.3"; of what stands outside the layers the name's first word."""
    words = name.split(".")
    return ".".join(words[:2]) if words[1:] and words[1].isdigit() else words[0]
