"""Muon's updates are orthogonal, and it learns."""

from __future__ import annotations

import pytest

pytest.importorskip("torch", reason="torch is not installed; training/README.md tells how")
import torch

from training.optimizers import Muon, optimizers_of, orthogonal


@pytest.mark.parametrize("shape", [(3, 8, 8), (2, 8, 32), (2, 32, 8)])
def test_singular_values_come_near_one(shape: tuple[int, ...]) -> None:
    torch.manual_seed(0)
    values = torch.linalg.svdvals(orthogonal(torch.randn(shape)).float())
    assert float(values.min()) > 0.3
    assert float(values.max()) < 1.4


def test_it_takes_the_matrices_of_the_layers() -> None:
    model = torch.nn.ModuleDict({"embedding": torch.nn.Embedding(5, 4), "key_value": torch.nn.Linear(4, 8)})
    adamw, muon = optimizers_of(model, "muon", 0.98, 0.01)
    assert [tuple(values.shape) for values in muon.param_groups[0]["params"]] == [(8, 4)]
    assert sorted(tuple(values.shape) for values in adamw.param_groups[0]["params"]) == [(5, 4), (8,)]
    (alone,) = optimizers_of(model, "adamw", 0.98, 0.01)
    assert len(alone.param_groups[0]["params"]) == 3


def test_it_learns_a_linear_map_and_goes_on_from_its_state() -> None:
    torch.manual_seed(0)
    wanted, inputs = torch.randn(6, 4), torch.randn(64, 4)
    layer = torch.nn.Linear(4, 6, bias=False)
    optimizer = Muon([("weight", layer.weight)], 0.0)
    losses = []
    for step in range(200):
        optimizer.param_groups[0]["lr"] = 0.2 * (1 - step / 200)
        loss = ((layer(inputs) - inputs @ wanted.T) ** 2).mean()
        losses.append(float(loss.detach()))
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    assert losses[-1] < 0.05 * losses[0]
    again = Muon([("weight", layer.weight)], 0.0)
    again.load_state_dict(optimizer.state_dict())
    assert torch.equal(again.state[layer.weight]["momentum"], optimizer.state[layer.weight]["momentum"])
