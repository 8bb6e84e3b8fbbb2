"""The model: a Transformer with layer norm before each block, as CTranslate2 runs it.

Shapes: B sentences, S source and T target positions, D the width. One matrix embeds both languages and makes the output.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.parts import position_encodings
from training.tokenizer import PAD

if TYPE_CHECKING:
    from training.parts import Size

_POOL = 1 << 24


class Dropout(nn.Module):
    """Dropout; on the CPU its mask is a slice of a pool of masks, at a random place.

    Fresh random numbers for each mask took 16 % of a training step on two cores. A tensor of more than half the pool
    gets fresh ones all the same.
    """

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate
        self._pool: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        """Return `x` with a share of its values at zero and the others larger for it, in training."""
        if not self.training or self.rate == 0:
            return x
        size = x.numel()
        if x.device.type != "cpu" or size > _POOL // 2:
            return functional.dropout(x, self.rate, training=True)
        if self._pool is None:
            kept = torch.rand(_POOL, generator=torch.Generator().manual_seed(0)) >= self.rate
            self._pool = kept.to(torch.bfloat16).div_(1 - self.rate)
        first = int(torch.randint(_POOL - size, ()))
        return x * self._pool[first : first + size].view(x.shape).to(x.dtype)


class Attention(nn.Module):
    """Attention with several heads, of B x T x D over B x S x D."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key_value = nn.Linear(width, 2 * width)
        self.output = nn.Linear(width, width)

    def forward(self, x: Tensor, memory: Tensor, visible: Tensor) -> Tensor:
        """Return B x T x D; `visible` tells, as far as B x heads x T x S goes, which positions may be looked at."""
        batch, length, width = x.shape
        query = self.query(x).view(batch, length, self.heads, -1).transpose(1, 2)
        pairs = self.key_value(memory).view(batch, memory.shape[1], 2, self.heads, -1)
        key, value = pairs.permute(2, 0, 3, 1, 4)
        if x.device.type == "cpu":
            # Plain products: the backward pass of the fused kernel is slow on the CPU.
            scores = query * (width // self.heads) ** -0.5 @ key.transpose(-1, -2)
            shares = scores.float().masked_fill(~visible, -1e9).softmax(-1)
            result = shares.to(value.dtype) @ value
        else:
            result = functional.scaled_dot_product_attention(query, key, value, attn_mask=visible)
        return self.output(result.transpose(1, 2).reshape(batch, length, width))


class Layer(nn.Module):
    """A layer of the encoder or, with attention to the encoder's output, of the decoder."""

    def __init__(self, size: Size, dropout: Dropout, *, cross: bool) -> None:
        super().__init__()
        self.self_norm = nn.LayerNorm(size.width)
        self.self_attention = Attention(size.width, size.heads)
        if cross:
            self.cross_norm = nn.LayerNorm(size.width)
            self.cross_attention = Attention(size.width, size.heads)
        self.feed_norm = nn.LayerNorm(size.width)
        self.feed_in = nn.Linear(size.width, size.feed)
        self.feed_out = nn.Linear(size.feed, size.width)
        self.dropout = dropout

    def forward(
        self, x: Tensor, visible: Tensor, memory: Tensor | None = None, memory_visible: Tensor | None = None
    ) -> Tensor:
        """Return B x T x D for `x` of that shape, and for the encoder's output `memory` in the decoder."""
        y = self.self_norm(x)
        x = x + self.dropout(self.self_attention(y, y, visible))
        if memory is not None:
            x = x + self.dropout(self.cross_attention(self.cross_norm(x), memory, memory_visible))
        return x + self.dropout(self.feed_out(functional.relu(self.feed_in(self.feed_norm(x)))))


class Transformer(nn.Module):
    """The model; from padded ids of the source and of the target so far to what the scores of the next piece are made of."""

    def __init__(self, size: Size, pieces: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.size = size
        self.embedding = nn.Embedding(pieces, size.width)
        self.dropout = Dropout(dropout)
        self.encoder = nn.ModuleList(Layer(size, self.dropout, cross=False) for _ in range(size.encoder_layers))
        self.decoder = nn.ModuleList(Layer(size, self.dropout, cross=True) for _ in range(size.decoder_layers))
        self.encoder_norm = nn.LayerNorm(size.width)
        self.decoder_norm = nn.LayerNorm(size.width)
        self.register_buffer("positions", torch.from_numpy(position_encodings(size.width)), persistent=False)
        nn.init.normal_(self.embedding.weight, std=size.width**-0.5)
        for name, parameter in self.named_parameters():
            if parameter.dim() > 1 and not name.startswith("embedding"):
                nn.init.xavier_uniform_(parameter)

    def forward(self, source: Tensor, given: Tensor) -> Tensor:
        """Return the decoder's output, B x T x D, for `source` (B x S) and `given` (B x T)."""
        memory, visible = self.encode(source)
        return self.decode(given, memory, visible)

    def encode(self, source: Tensor) -> tuple[Tensor, Tensor]:
        """Return the encoder's output, B x S x D, and which of its positions are no padding, B x 1 x 1 x S."""
        visible = (source != PAD)[:, None, None, :]
        x = self._embed(source)
        for layer in self.encoder:
            x = layer(x, visible)
        return self.encoder_norm(x), visible

    def decode(self, given: Tensor, memory: Tensor, visible: Tensor) -> Tensor:
        """Return the decoder's output, B x T x D; each position sees those before it."""
        length = given.shape[1]
        past = torch.ones(length, length, dtype=torch.bool, device=given.device).tril()
        x = self._embed(given)
        for layer in self.decoder:
            x = layer(x, past, memory, visible)
        return self.decoder_norm(x)

    def scores(self, decoded: Tensor) -> Tensor:
        """Return the score of each piece, before softmax."""
        return functional.linear(decoded, self.embedding.weight)

    def _embed(self, ids: Tensor) -> Tensor:
        embedded = self.embedding(ids) * math.sqrt(self.size.width)
        return self.dropout(embedded + self.positions[: ids.shape[1]])
