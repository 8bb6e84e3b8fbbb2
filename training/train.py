"""Train a model on a data folder, on the CPU or on a GPU.

    uv run --group training python -m training.train .training/data .training/run --size tiny --minutes 600
    uv run --group training python -m training.train .training/data .training/run --size tiny --minutes 600 --resume

The run's folder gets `train.log`, a checkpoint at every evaluation and, at the end, `parts/` for training.export.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from training.errors import TrainingError, told_in_one_line
from training.memory import keep_freed_memory
from training.parts import SIZES
from training.recipe import DEFAULT_RECIPE, read_recipe


def main(arguments: list[str] | None = None) -> None:
    """Train and write the parts."""
    options = _parser().parse_args(arguments)
    with told_in_one_line():
        train(options)


def train(options: argparse.Namespace) -> None:
    """Make the run that the command line asks for."""
    import torch  # noqa: PLC0415 - only a machine that trains has it

    from training.trainer import RunSettings, Trainer  # noqa: PLC0415 - needs torch

    recipe = read_recipe(options.recipe)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.set_num_threads(options.threads)
    options.folder.mkdir(parents=True, exist_ok=True)
    log_file = options.folder / "train.log"
    if not options.resume and (options.folder / "checkpoint.pt").exists():
        raise TrainingError(f"{options.folder}: has a run; go on with --resume or name another folder")

    def log(line: str) -> None:
        with log_file.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    settings = RunSettings(
        data=options.data,
        folder=options.folder,
        size=SIZES[options.size],
        tokens=options.tokens,
        minutes=options.minutes,
        steps=options.steps,
        rate=options.rate,
        seed=recipe.seed if options.seed is None else options.seed,
        bf16=options.precision == "bf16",
        device=device,
    )
    trainer = Trainer(recipe, settings, log)
    if options.resume:
        trainer.resume()
    elif options.init_from:
        trainer.start_from(options.init_from)
    trainer.run()
    trainer.write_parts(options.parts or options.folder / "parts")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="training.train", description="Train a model on a data folder.")
    parser.add_argument("data", type=Path, help="folder of training.prepare, with its tokenizer")
    parser.add_argument("folder", type=Path, help="folder of the run")
    budget = parser.add_mutually_exclusive_group(required=True)
    budget.add_argument("--minutes", type=float, help="time to train, without loading")
    budget.add_argument("--steps", type=int, help="steps to make in all stages together")
    parser.add_argument("--size", choices=sorted(SIZES), default="tiny")
    parser.add_argument("--tokens", type=int, default=6000, help="of a batch, padding included; 40000 on a GPU")
    parser.add_argument("--rate", type=float, default=1.0, help="times the learning rates of the recipe")
    parser.add_argument("--precision", choices=("bf16", "float32"), default="bf16")
    parser.add_argument("--threads", type=int, default=2, help="of the CPU")
    parser.add_argument("--seed", type=int, help="instead of the recipe's")
    parser.add_argument("--recipe", type=Path, default=DEFAULT_RECIPE)
    parser.add_argument("--resume", action="store_true", help="go on from the folder's checkpoint")
    parser.add_argument("--init-from", type=Path, metavar="PARTS", help="start from the weights in a folder of parts")
    parser.add_argument("--parts", type=Path, help="folder for the weights in files under 15 MiB (FOLDER/parts)")
    return parser


if __name__ == "__main__":
    keep_freed_memory()
    main()
