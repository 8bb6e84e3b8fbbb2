"""The loss made in slices equals the plain cross-entropy, and so do its gradients."""

from __future__ import annotations

import pytest

pytest.importorskip("torch", reason="torch is not installed; training/README.md tells how")
import torch

from training.loss import ROWS, output_loss


@pytest.mark.parametrize("count", [1, ROWS, 2 * ROWS + 3])
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_equals_plain_cross_entropy_with_its_gradients(count: int, smoothing: float) -> None:
    torch.manual_seed(1)
    decoded = torch.randn(count, 8, requires_grad=True)
    matrix = torch.randn(50, 8, requires_grad=True)
    wanted = torch.randint(50, (count,))

    loss = output_loss(decoded, matrix, wanted, smoothing, bf16=False)
    ours = torch.autograd.grad(3 * loss, (decoded, matrix))
    plain = torch.nn.functional.cross_entropy(decoded @ matrix.T, wanted, label_smoothing=smoothing)
    theirs = torch.autograd.grad(3 * plain, (decoded, matrix))

    assert loss.item() == pytest.approx(plain.item(), rel=1e-5)
    for mine, other in zip(ours, theirs, strict=True):
        torch.testing.assert_close(mine, other, rtol=1e-4, atol=1e-6)


def test_in_bfloat16_the_loss_and_its_gradient_stay_close() -> None:
    torch.manual_seed(1)
    decoded = torch.randn(300, 64, requires_grad=True)
    matrix = torch.randn(50, 64)
    wanted = torch.randint(50, (300,))

    rounded = output_loss(decoded, matrix, wanted, 0.1, bf16=True)
    (close,) = torch.autograd.grad(rounded, decoded)
    exact = output_loss(decoded, matrix, wanted, 0.1, bf16=False)
    (true,) = torch.autograd.grad(exact, decoded)

    assert rounded.item() == pytest.approx(exact.item(), rel=1e-2)
    assert ((close - true).norm() / true.norm()).item() < 2e-2


def test_without_gradients_the_loss_is_the_same() -> None:
    torch.manual_seed(1)
    decoded, matrix, wanted = torch.randn(30, 8), torch.randn(50, 8, requires_grad=True), torch.randint(50, (30,))

    with torch.no_grad():
        told = output_loss(decoded, matrix, wanted, 0.1, bf16=False)

    assert not told.requires_grad
    assert told.item() == output_loss(decoded, matrix, wanted, 0.1, bf16=False).item()
