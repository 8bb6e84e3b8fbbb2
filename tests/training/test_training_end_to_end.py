"""The whole pipeline on sentences made here: from files of pairs to a package that translates them, in a minute."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from digest.translating.engine import DecodingOptions, Engine
from digest.translating.packages import read_package
from training.corpus import read_corpus, write_lines
from training.errors import TrainingError
from training.parts import SIZES, Size
from training.recipe import DEFAULT_RECIPE, read_recipe

pytest.importorskip("torch", reason="torch is not installed; run with --group training")
import torch

from training.trainer import RunSettings, Trainer

ROOT = Path(__file__).resolve().parents[2]
SUBJECTS = {
    "الوزير": "the minister",
    "الرئيس": "the president",
    "السفير": "the ambassador",
    "القاضي": "the judge",
    "الطبيب": "the doctor",
    "المدير": "the director",
    "الخبير": "the expert",
    "الكاتب": "the writer",
}
VERBS = {
    "زار": "visited",
    "غادر": "left",
    "وصف": "described",
    "ذكر": "mentioned",
    "صور": "photographed",
    "دخل": "entered",
}
OBJECTS = {
    "المدينة": "the city",
    "المدرسة": "the school",
    "المطار": "the airport",
    "السوق": "the market",
    "القرية": "the village",
    "المستشفى": "the hospital",
    "المسجد": "the mosque",
    "الجامعة": "the university",
}
PAIRS = [
    (f"{verb} {subject} {place}.", f"{SUBJECTS[subject].capitalize()} {VERBS[verb]} {OBJECTS[place]}.")
    for subject, verb, place in product(SUBJECTS, VERBS, OBJECTS)
]
DEV = PAIRS[::17]


def write_recipe(path: Path, **changes: str) -> Path:
    """Write the recipe that ships with its data, its sizes and the given lines changed."""
    text = DEFAULT_RECIPE.read_text(encoding="utf-8")
    text = re.sub(r"flores = .*\n", "", text)
    kept = ("[sources.news]", "[sources.countries]")
    tables = re.split(r"\n(?=\[)", text)
    text = "\n".join(table for table in tables if not table.startswith("[sources.") or table.startswith(kept))
    for name, value in {"pieces": "330", "sentences": "5000", "chunk": "200", "longest": "40", **changes}.items():
        # The filters have a `longest` of their own, before that of the batches.
        matches = list(re.finditer(rf"^{name} = \S+", text, re.MULTILINE))
        text = text[: matches[-1].start()] + f"{name} = {value}" + text[matches[-1].end() :]
    path.write_text(text, encoding="utf-8")
    return path


def run(module: str, *arguments: Any) -> str:
    """Run a program of the pipeline and return what it prints."""
    environment = {**os.environ, "OMP_NUM_THREADS": "2"}
    command = [sys.executable, "-m", f"training.{module}", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def recipe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_recipe(tmp_path_factory.mktemp("recipe") / "recipe.toml", warmup="50", evaluate_every="100")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, recipe: Path) -> Path:
    shared = tmp_path_factory.mktemp("shared")
    for name in ("corpus", "lex", "dev"):
        (shared / name).mkdir()
    write_lines(shared / "corpus" / "news.tsv.xz", ("\t".join(pair) for pair in PAIRS))
    write_lines(shared / "corpus" / "mono_news.ar.xz", (ar for ar, _ in PAIRS))
    write_lines(shared / "lex" / "countries.tsv.xz", ["فرنسا\tFrance"])
    write_lines(shared / "dev" / "news-dev.ar", (ar for ar, _ in DEV))
    write_lines(shared / "dev" / "news-dev.en", (en for _, en in DEV))
    folder = tmp_path_factory.mktemp("data")
    run("prepare", shared, folder, "--recipe", recipe)
    run("tokenizer", folder, "--recipe", recipe)
    return folder


def test_a_package_is_made_that_translates_what_it_has_not_seen(data: Path, recipe: Path, tmp_path: Path) -> None:
    assert not set(read_corpus(data).sources["news"]) & set(DEV)
    log = run(
        "train",
        data,
        tmp_path / "run",
        "--size",
        "toy",
        "--steps",
        700,
        "--tokens",
        1500,
        "--rate",
        3,
        "--recipe",
        recipe,
    )
    losses = [float(loss) for loss in re.findall(r" dev=(\d+\.\d+) ", log)]
    assert len(losses) >= 2
    assert losses[-1] < losses[0] / 2
    assert (tmp_path / "run" / "train.log").read_text(encoding="utf-8") == log
    package = tmp_path / "package"
    printed = run("export", tmp_path / "run" / "parts", package, "--version", "9.1", "--check", data / "dev.tsv")
    agreements = re.findall(rf"beam (\d), {len(DEV)} sentences: as PyTorch in float32 ([\d.]+)%", printed)
    assert [beam for beam, _ in agreements] == ["1", "4"]
    assert all(float(share) >= 98 for _, share in agreements)
    metadata = json.loads((package / "metadata.json").read_text(encoding="utf-8"))
    assert (metadata["from_code"], metadata["to_code"]) == ("ar", "en")
    made = read_package(package)
    assert made.info.version == "9.1"
    assert made.max_source_tokens == 40
    tried = subprocess.run(
        [sys.executable, "-m", "digest", "packages", "test", str(package)], capture_output=True, text=True, check=False
    )
    assert tried.returncode == 0, tried.stderr
    # These sentences repeat words as no news does.
    options = DecodingOptions(repetition_penalty=1.0)
    english = Engine(made, threads=2, options=options).translate([ar for ar, _ in DEV])
    right = sum(hypothesis == en for hypothesis, (_, en) in zip(english, DEV, strict=True))
    assert right >= 0.8 * len(DEV), english


class Killed(Exception):  # noqa: N818 - not an error of ours
    """What ends a run in a test."""


def trainer(data: Path, recipe: Path, folder: Path, *, end_at: str = "never", steps: int = 12) -> Trainer:
    """Make a run of a few steps that is ended after its log has a line with `end_at`."""
    torch.set_num_threads(1)
    seen: list[str] = []

    def log(line: str) -> None:
        if any(end_at in former for former in seen):
            raise Killed
        seen.append(line)

    return Trainer(read_recipe(recipe), RunSettings(data, folder, SIZES["toy"], tokens=300, steps=steps), log)


def test_a_resumed_run_makes_the_same_model(data: Path, tmp_path: Path) -> None:
    # Sampling, dropout and two stages, one with weights of its own: a resumed run must repeat them all.
    changes = {"sampling": "0.2", "cool_down": "1.0\nweights = { news = 2.0 }"}
    recipe = write_recipe(tmp_path / "short.toml", warmup="5", evaluate_every="3", **changes)
    whole = trainer(data, recipe, tmp_path / "whole")
    whole.run()
    killed = trainer(data, recipe, tmp_path / "parted", end_at="step=6")
    with pytest.raises(Killed):
        killed.run()
    resumed = trainer(data, recipe, tmp_path / "parted")
    resumed.resume()
    resumed.run()
    expected = whole.model.state_dict()
    assert all(torch.equal(values, expected[name]) for name, values in resumed.model.state_dict().items())


def test_a_checkpoint_of_other_settings_is_refused(data: Path, recipe: Path, tmp_path: Path) -> None:
    first = trainer(data, recipe, tmp_path, steps=2)
    first.run()
    other = write_recipe(tmp_path / "other.toml", longest="30")
    with pytest.raises(TrainingError, match="made with batches"):
        trainer(data, other, tmp_path).resume()


def test_a_run_starts_from_parts_that_fit(data: Path, recipe: Path, tmp_path: Path) -> None:
    first = trainer(data, recipe, tmp_path / "first", steps=2)
    first.run()
    first.write_parts(tmp_path / "parts")
    second = trainer(data, recipe, tmp_path / "second")
    second.start_from(tmp_path / "parts")
    assert second.dev_loss() == pytest.approx(first.dev_loss(), rel=0.01)
    settings = RunSettings(data, tmp_path / "third", SIZES["tiny"], tokens=300, steps=1)
    with pytest.raises(TrainingError, match=r"embedding\.weight must be \(330, 256\), not \(330, 64\)"):
        Trainer(read_recipe(recipe), settings, lambda _: None).start_from(tmp_path / "parts")


def test_a_larger_model_says_at_first_what_the_smaller_one_said_and_learns_on(
    data: Path, recipe: Path, tmp_path: Path
) -> None:
    first = trainer(data, recipe, tmp_path / "first", steps=4)
    first.run()
    first.write_parts(tmp_path / "parts")
    larger = Size(64, 384, 2, 4, 2)
    settings = RunSettings(data, tmp_path / "second", larger, tokens=300, steps=6, bf16=False)
    second = Trainer(read_recipe(recipe), settings, lambda _: None)
    second.start_from(tmp_path / "parts")
    same = Trainer(
        read_recipe(recipe),
        RunSettings(data, tmp_path / "same", SIZES["toy"], 300, steps=1, bf16=False),
        lambda _: None,
    )
    same.start_from(tmp_path / "parts")
    assert second.dev_loss() == pytest.approx(same.dev_loss(), rel=1e-5)
    before = {name: values.clone() for name, values in second.model.state_dict().items()}
    second.run()
    unmoved = [name for name, values in second.model.state_dict().items() if torch.equal(values, before[name])]
    assert unmoved == []
    second.write_parts(tmp_path / "larger")
    with pytest.raises(TrainingError, match=r"decoder\.1\.\S+ has no place in this model"):
        same.start_from(tmp_path / "larger")


def test_a_finished_run_is_not_overwritten(data: Path, recipe: Path, tmp_path: Path) -> None:
    trainer(data, recipe, tmp_path, steps=2).run()
    command = [
        sys.executable,
        "-m",
        "training.train",
        str(data),
        str(tmp_path),
        "--steps",
        "2",
        "--recipe",
        str(recipe),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == f"{tmp_path}: has a run; go on with --resume or name another folder\n"
