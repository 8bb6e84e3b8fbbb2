"""Muon beside AdamW: momentum whose direction is made orthogonal, for the matrices of the layers.

K. Jordan and others, "Muon: an optimizer for hidden layers in neural networks" (2024), with the scaling of J. Liu and
others, "Muon is scalable for LLM training" (2025, arXiv 2502.16982), under which it takes AdamW's learning rates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torch import Tensor, nn

MOMENTUM = 0.95
ITERATIONS = 5
COEFFICIENTS = (3.4445, -4.7750, 2.0315)
"""Of the Newton-Schulz iteration, as Jordan found them: five steps bring the singular values near 1."""
SCALE = 0.2
"""Root mean square of an update of AdamW, which Liu and others measured."""
FUSED = ("key_value.weight",)
"""Weights that are two matrices one above the other; each is made orthogonal for itself."""


class Muon(torch.optim.Optimizer):
    """Muon for matrices. `halved` tells of each whether it is two of them."""

    def __init__(self, named: Iterable[tuple[str, nn.Parameter]], weight_decay: float) -> None:
        matrices = list(named)
        self._halved = [name.endswith(FUSED) for name, _ in matrices]
        super().__init__([matrix for _, matrix in matrices], {"lr": 0.0, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:
        """Change the parameters by their gradients; those of one shape at a time, which saves two thirds of the time."""
        del closure
        (group,) = self.param_groups
        by_shape: dict[tuple[int, ...], list[tuple[Tensor, Tensor]]] = {}
        for parameter, halved in zip(group["params"], self._halved, strict=True):
            state = self.state[parameter]
            if "momentum" not in state:
                state["momentum"] = torch.zeros_like(parameter)
            momentum = state["momentum"].lerp_(parameter.grad, 1 - MOMENTUM)
            update = parameter.grad.lerp(momentum, MOMENTUM)
            for weights, part in zip(_parts(parameter.data, halved), _parts(update, halved), strict=True):
                by_shape.setdefault(tuple(part.shape), []).append((weights, part))
        for shape, pairs in by_shape.items():
            directions = orthogonal(torch.stack([part for _, part in pairs]))
            length = group["lr"] * SCALE * max(shape) ** 0.5
            for (weights, _), direction in zip(pairs, directions, strict=True):
                weights.mul_(1 - group["lr"] * group["weight_decay"]).sub_(direction, alpha=length)


def orthogonal(matrices: Tensor) -> Tensor:
    """Return the nearest matrices with singular values near 1, N x R x C, worked out in bfloat16."""
    wide = matrices if matrices.shape[1] <= matrices.shape[2] else matrices.mT
    x = wide.bfloat16()
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    a, b, c = COEFFICIENTS
    for _ in range(ITERATIONS):
        square = x @ x.mT
        x = a * x + (b * square + c * square @ square) @ x
    return (x if wide is matrices else x.mT).to(matrices.dtype)


def optimizers_of(model: nn.Module, kind: str, beta2: float, weight_decay: float) -> list[torch.optim.Optimizer]:
    """Return the optimizers of a model: "adamw" for all its parameters, or "muon" for the matrices of its layers."""
    named = list(model.named_parameters())
    hidden = [(name, values) for name, values in named if values.dim() == 2 and not name.startswith("embedding")]  # noqa: PLR2004
    taken = {name for name, _ in hidden} if kind == "muon" else set()
    rest = [values for name, values in named if name not in taken]
    adamw = torch.optim.AdamW(rest, betas=(0.9, beta2), eps=1e-9, weight_decay=weight_decay, fused=True)
    return [adamw, Muon(hidden, weight_decay)] if kind == "muon" else [adamw]


def _parts(matrix: Tensor, halved: bool) -> tuple[Tensor, ...]:
    return matrix.chunk(2) if halved else (matrix,)
