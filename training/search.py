"""Beam search with the PyTorch model, as CTranslate2 does it: what the export is checked against."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from training.tokenizer import BEGIN, END, PAD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from training.model import Transformer

BATCH = 16
"""Sentences that are searched together."""


def translate(model: Transformer, sources: Sequence[Sequence[int]], beam: int, longest: int) -> list[list[int]]:
    """Return the best translation, of at most `longest` ids, of each source (ids without begin and end).

    Translations are ranked by their mean log-probability per id, the end counted. A search ends once it has `beam`
    finished translations. The decoder runs over the whole beginning again at each step: this is for hundreds of
    sentences.
    """
    order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
    found: dict[int, list[int]] = {}
    with torch.inference_mode():
        for first in range(0, len(order), BATCH):
            chosen = order[first : first + BATCH]
            rows = [torch.tensor([*sources[i], END]) for i in chosen]
            source = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=PAD)
            found.update(zip(chosen, _search(model, source, beam, longest), strict=True))
    return [found[i] for i in range(len(sources))]


def _search(model: Transformer, source: Tensor, beam: int, longest: int) -> list[list[int]]:
    """Search for the translations of a batch, B x S; a sentence that is done leaves the batch."""
    memory, visible = model.encode(source)
    finished: list[list[tuple[float, list[int]]]] = [[] for _ in source]
    # Of each sentence still searched: its number and its beam, as (log-probability, ids).
    active: dict[int, list[tuple[float, list[int]]]] = {i: [(0.0, [])] for i in range(len(source))}
    for length in range(1, longest + 1):
        rows = [(i, score, ids) for i, hypotheses in active.items() for score, ids in hypotheses]
        numbers = torch.tensor([i for i, _, _ in rows])
        given = torch.tensor([[BEGIN, *ids] for _, _, ids in rows])
        decoded = model.decode(given, memory[numbers], visible[numbers])[:, -1]
        totals = model.scores(decoded).float().log_softmax(-1) + torch.tensor([score for _, score, _ in rows])[:, None]
        first = 0
        for i, hypotheses in list(active.items()):
            best = totals[first : first + len(hypotheses)].flatten().topk(2 * beam)
            candidates = [
                (score, [*hypotheses[at // totals.shape[1]][1], at % totals.shape[1]])
                for score, at in zip(best.values.tolist(), best.indices.tolist(), strict=True)
            ]
            first += len(hypotheses)
            ended = [(score, ids) for score, ids in candidates[:beam] if ids[-1] == END or length == longest]
            finished[i] += [(score / length, [one for one in ids if one != END]) for score, ids in ended]
            if len(finished[i]) >= beam or length == longest:
                del active[i]
            else:
                active[i] = [candidate for candidate in candidates if candidate[1][-1] != END][:beam]
        if not active:
            break
    return [max(hypotheses, key=lambda hypothesis: hypothesis[0])[1] for hypotheses in finished]
