"""A training run: stages of steps over batches, with evaluations, checkpoints and a choice of weights at their ends.

Random numbers are drawn from seeds that depend on the number of the step, and batches on their position, so that a run
counted in steps that is ended and resumed makes the same model, bit for bit, as one that went through (same machine,
same number of threads). In a run counted in minutes only the learning rate's cool-down depends on the clock.
"""

from __future__ import annotations

import math
import time
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

import torch

from training import checkpoints
from training.batches import Arrays, Batches, Limits, Position, as_arrays, bucket, encode_pairs
from training.checkpoints import BEST, CHECKPOINT, Progress, Weights
from training.corpus import read_corpus, tokenizer_of
from training.errors import TrainingError
from training.growth import grown
from training.loss import output_loss
from training.model import Transformer
from training.optimizers import optimizers_of
from training.parts import LONGEST, PartsConfig, file_hash, read_parts, write_parts
from training.schedule import kept_share, learning_rate
from training.tokenizer import BEGIN, END, PAD, Encoder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from torch import Tensor

    from training.parts import Size
    from training.recipe import Recipe, Stage

AVERAGED_EVERY = 10
"""Steps between the weights that the running average takes in."""
_DEV_TOKENS = 8000
_DEV_LONGEST = 200
"""Pieces of a side of a dev pair at most; longer ones are few and left out of the dev loss."""


@dataclass(frozen=True, slots=True)
class RunSettings:
    """What is asked of one run, beside the recipe. Exactly one of `minutes` and `steps` is its budget.

    `tokens` is the size of a batch, with padding; `rate` scales the learning rates of all stages; `bf16` has the matrix
    products made in bfloat16.
    """

    data: Path
    folder: Path
    size: Size
    tokens: int
    minutes: float | None = None
    steps: int | None = None
    rate: float = 1.0
    seed: int = 1
    bf16: bool = True
    device: str = "cpu"


class Trainer:
    """A run in progress. `log` is given a line for each event; `clock` tells seconds."""

    def __init__(
        self,
        recipe: Recipe,
        settings: RunSettings,
        log: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Load the data and make the model; TrainingError where something cannot be used."""
        self._recipe = recipe
        self._settings = settings
        self._log = log
        self._clock = clock
        self._corpus = read_corpus(settings.data)
        self._tokenizer = tokenizer_of(settings.data)
        self._encoder = Encoder(self._tokenizer)
        dev = encode_pairs(self._encoder, self._corpus.dev, _DEV_LONGEST)
        self._dev = [as_arrays(batch, BEGIN, END, PAD) for batch in bucket(dev, _DEV_TOKENS)]
        if not self._dev or recipe.batches.longest >= LONGEST:
            raise TrainingError(f"needs a dev set, and [batches] longest below {LONGEST}; check {settings.data}")
        torch.manual_seed(settings.seed)
        model = Transformer(settings.size, len(self._encoder.pieces), recipe.training.dropout)
        self.model = model.to(settings.device)
        training = recipe.training
        self._optimizers = optimizers_of(self.model, training.optimizer, training.beta2, training.weight_decay)
        self._average = self._weights()
        self._progress = Progress()
        self._losses: list[Tensor] = []
        millions = sum(parameter.numel() for parameter in self.model.parameters()) / 1e6
        counts = " ".join(f"{name}={len(pairs)}" for name, pairs in self._corpus.sources.items())
        self._log(f"parameters={millions:.1f}M device={settings.device} dev={len(dev)} {counts}")

    def start_from(self, parts: Path) -> None:
        """Take the weights in a folder of parts, of this size or a smaller one that can grow into it.

        TrainingError where they belong to another model.
        """
        small = {name: torch.from_numpy(values) for name, values in read_parts(parts).items()}
        self._load(grown(small, self._weights(), parts))

    def resume(self) -> None:
        """Go on from the checkpoint in the run's folder."""
        path = self._settings.folder / CHECKPOINT
        self._progress, values = checkpoints.load_progress(path, self._shared_settings())
        self._load(values["weights"])
        self._average = {name: tensor.to(self._settings.device) for name, tensor in values["average"].items()}
        for optimizer, state in zip(self._optimizers, values["optimizers"], strict=True):
            optimizer.load_state_dict(state)
        self._log(f"resumed at step={self._progress.steps}")

    def run(self) -> None:
        """Train through the stages that are left; the model then has the weights that were best on the dev set."""
        for number in range(self._progress.stage, len(self._recipe.stages)):
            self._run_stage(self._recipe.stages[number])
            self._progress = Progress(stage=number + 1, steps=self._progress.steps)
            self._checkpoint()

    def write_parts(self, folder: Path) -> None:
        """Write the weights as float16 parts."""
        config = PartsConfig(
            size=self._settings.size,
            pieces=len(self._encoder.pieces),
            longest=self._recipe.batches.longest,
            tokenizer=file_hash(self._tokenizer),
        )
        weights = {name: values.float().cpu().numpy() for name, values in self._weights().items()}
        write_parts(folder, weights, config, self._tokenizer)
        self._log(f"parts={folder}")

    def dev_loss(self) -> float:
        """Return the mean loss on the dev set in nats per piece, without dropout and smoothing."""
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for arrays in self._dev:
                pieces = int((arrays.wanted != PAD).sum())
                total += float(self._loss(arrays, smoothing=0.0)) * pieces
                count += pieces
        self.model.train()
        return total / count

    def _run_stage(self, stage: Stage) -> None:
        """Make the steps of a stage, then load its best weights."""
        progress, training = self._progress, self._recipe.training
        scaled = replace(stage, rate=stage.rate * self._settings.rate)
        batches = self._batches(stage, progress)
        self.model.train()
        started, tokens, spent = self._clock(), 0, progress.seconds
        since = started
        while (gone := self._gone(stage)) < 1:
            batch, progress.position = next(batches)
            progress.steps += 1
            progress.stage_steps += 1
            rate = learning_rate(scaled, progress.stage_steps, gone)
            tokens += self._step(batch, rate)
            progress.seconds = spent + self._clock() - started
            if progress.stage_steps % training.evaluate_every:
                continue
            now = self._clock()
            speed, since, tokens = tokens / max(now - since, 1e-9), now, 0
            better = self._evaluate(stage, rate, speed)
            progress.seconds = spent + self._clock() - started
            progress.waited = 0 if better else progress.waited + 1
            self._checkpoint()
            if progress.waited >= training.patience:
                self._log(f"stage={stage.name} step={progress.steps} stopped early")
                break
        self._choose(stage)

    def _batches(self, stage: Stage, progress: Progress) -> Iterator[tuple[Arrays, Position]]:
        """Return the batches of a stage as arrays, from where the run stands."""
        batches = self._recipe.batches
        limits = Limits(self._settings.tokens, batches.longest, batches.chunk)
        weights = stage.weights or self._corpus.weights
        if unknown := sorted(weights.keys() - self._corpus.sources.keys()):
            raise TrainingError(f"{self._settings.data}: has no {unknown[0]}, which stage {stage.name} weighs")
        encoder = Encoder(self._tokenizer, stage.sampling, self._settings.seed)
        stream = Batches(self._corpus.sources, weights, encoder, limits, self._settings.seed + 1000 * progress.stage)
        for batch, position in stream.start(progress.position):
            yield as_arrays(batch, BEGIN, END, PAD), position

    def _gone(self, stage: Stage) -> float:
        """Return the share of the stage's budget that is spent."""
        if self._settings.steps is not None:
            return self._progress.stage_steps / max(1, round(stage.share * self._settings.steps))
        return self._progress.seconds / (stage.share * 60 * (self._settings.minutes or 0) + 1e-9)

    def _step(self, arrays: Arrays, rate: float) -> int:
        """Make one step of the optimizer and return the number of tokens of the batch, padding included."""
        torch.manual_seed(self._settings.seed * 1_000_003 + self._progress.steps)
        for optimizer in self._optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate
        loss = self._loss(arrays, self._recipe.training.label_smoothing)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self._recipe.training.clip)
        for optimizer in self._optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        self._losses.append(loss.detach())
        if self._progress.stage_steps % AVERAGED_EVERY == 0:
            kept = kept_share(self._progress.stage_steps, AVERAGED_EVERY)
            for name, values in self._weights(copy=False).items():
                self._average[name].lerp_(values, 1 - kept)
        return max(arrays.source.size, arrays.wanted.size)

    def _loss(self, arrays: Arrays, smoothing: float) -> Tensor:
        """Return the mean cross-entropy of the wanted pieces, in nats."""
        device = self._settings.device
        source, given, wanted = (
            torch.from_numpy(array).to(device, non_blocking=True)
            for array in (arrays.source, arrays.given, arrays.wanted)
        )
        with torch.autocast(device, dtype=torch.bfloat16, enabled=self._settings.bf16):
            decoded = self.model(source, given)
        seen = wanted != PAD
        matrix = self.model.embedding.weight
        return output_loss(decoded[seen], matrix, wanted[seen], smoothing, bf16=self._settings.bf16)

    def _evaluate(self, stage: Stage, rate: float, speed: float) -> bool:
        """Log how the run goes, keep its weights, and tell whether the dev loss is the best of the stage."""
        progress = self._progress
        loss = float(torch.stack(self._losses).mean())
        self._losses.clear()
        dev = self.dev_loss()
        self._log(
            f"stage={stage.name} step={progress.steps} minutes={progress.seconds / 60:.1f} loss={loss:.4f} "
            f"dev={dev:.4f} rate={rate:.2e} tokens/s={speed:.0f}"
        )
        if not math.isfinite(loss):
            raise TrainingError(f"the loss is {loss} at step {progress.steps}; resume with a lower --rate")
        weights = self._weights(copy=False)
        name = f"{progress.stage}-{progress.stage_steps}.pt"
        checkpoints.save(self._settings.folder / "snapshots" / name, weights)
        progress.snapshots.append(name)
        while len(progress.snapshots) > self._recipe.training.snapshots:
            (self._settings.folder / "snapshots" / progress.snapshots.pop(0)).unlink(missing_ok=True)
        better = dev < progress.best
        if better:
            progress.best = dev
            checkpoints.save(self._settings.folder / BEST, weights)
        return better

    def _choose(self, stage: Stage) -> None:
        """Load those weights that are best on the dev set: the last, the average, that of the snapshots, the best."""
        progress, folder = self._progress, self._settings.folder
        candidates = {"last": self._weights(), "average": self._average}
        if progress.snapshots:
            paths = [folder / "snapshots" / name for name in progress.snapshots]
            candidates["snapshots"] = checkpoints.mean(checkpoints.load(path) for path in paths)
            candidates["best"] = checkpoints.load(folder / BEST)
        losses: dict[str, float] = {}
        for name, weights in candidates.items():
            self._load(weights, keep_average=True)
            losses[name] = self.dev_loss()
        chosen = min(losses, key=lambda name: losses[name])
        self._load(candidates[chosen])
        self._losses.clear()
        told = " ".join(f"{name}={loss:.4f}" for name, loss in losses.items())
        self._log(f"stage={stage.name} step={progress.steps} ended {told} chosen={chosen}")

    def _checkpoint(self) -> None:
        values = {
            "weights": self._weights(copy=False),
            "average": self._average,
            "optimizers": [optimizer.state_dict() for optimizer in self._optimizers],
        }
        path = self._settings.folder / CHECKPOINT
        checkpoints.save_progress(path, self._progress, self._shared_settings(), values)

    def _shared_settings(self) -> dict[str, str]:
        """Return what must be the same when a run is resumed."""
        return {
            "size": str(asdict(self._settings.size)),
            "tokens": str(self._settings.tokens),
            "seed": str(self._settings.seed),
            "tokenizer": file_hash(self._tokenizer),
            "pairs": str({name: len(pairs) for name, pairs in self._corpus.sources.items()}),
            "batches": str(self._recipe.batches),
            "optimizer": self._recipe.training.optimizer,
        }

    def _weights(self, *, copy: bool = True) -> Weights:
        """Return the parameters by name, as copies or as they are."""
        state: Weights = self.model.state_dict()
        return {name: values.detach().clone() if copy else values.detach() for name, values in state.items()}

    def _load(self, weights: Weights, *, keep_average: bool = False) -> None:
        """Set the parameters, and begin the average anew unless it is to be kept."""
        self.model.load_state_dict(weights)
        if not keep_average:
            self._average = self._weights()
