"""What a run keeps on disk: the checkpoint it resumes from, and weights of former steps to choose from and to average.

Files are written beside their place and moved there, so that a run that is ended while writing loses nothing.
"""

from __future__ import annotations

import pickle
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import torch

from training.batches import Position
from training.errors import TrainingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

Weights = dict[str, "torch.Tensor"]
"""Parameters of a model by name."""

CHECKPOINT, BEST = "checkpoint.pt", "best.pt"


@dataclass(slots=True)
class Progress:
    """Where a run stands: the stage, what was spent on it, the batch that comes next, and how the dev loss went.

    `steps` counts the whole run, `stage_steps` and `seconds` the stage; `snapshots` names the stage's last files of
    weights, `waited` the evaluations since the best one.
    """

    stage: int = 0
    steps: int = 0
    stage_steps: int = 0
    seconds: float = 0.0
    position: Position = field(default_factory=Position)
    best: float = float("inf")
    waited: int = 0
    snapshots: list[str] = field(default_factory=list)


def save(path: Path, values: Mapping[str, Any]) -> None:
    """Write tensors and plain values to `path`, all or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.unfinished")
    torch.save(dict(values), unfinished)
    unfinished.replace(path)


def load(path: Path) -> dict[str, Any]:
    """Return what `save` wrote, on the CPU; TrainingError where there is no such file or it is damaged."""
    try:
        values: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError:
        raise TrainingError(f"{path}: there is no such file; start the run without --resume") from None
    except (RuntimeError, EOFError, pickle.UnpicklingError) as error:
        raise TrainingError(f"{path}: damaged ({' '.join(str(error).split())}); start the run anew") from error
    return values


def save_progress(path: Path, progress: Progress, settings: Mapping[str, str], values: Mapping[str, Any]) -> None:
    """Write a checkpoint: `progress`, the `settings` that a resumed run must share, and `values` (tensors)."""
    save(path, {"progress": asdict(progress), "settings": dict(settings), **values})


def load_progress(path: Path, settings: Mapping[str, str]) -> tuple[Progress, dict[str, Any]]:
    """Return the progress and the values of a checkpoint; TrainingError where it was made with other settings."""
    values = load(path)
    former = values["settings"]
    for name, value in settings.items():
        if former.get(name) != value:
            raise TrainingError(
                f"{path}: made with {name} {former.get(name)}, not {value}; resume with that, or start anew"
            )
    stored = values["progress"]
    return Progress(**{**stored, "position": Position(**stored["position"])}), values


def mean(states: Iterable[Weights]) -> Weights:
    """Return the mean of several sets of weights."""
    total: Weights = {}
    count = 0
    for state in states:
        count += 1
        for name, values in state.items():
            total[name] = total[name] + values if name in total else values.clone()
    return {name: values / count for name, values in total.items()}
