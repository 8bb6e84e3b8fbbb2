"""Print how well a package translates and how fast: BLEU and chrF2 on the dev sets, sentences a second, memory.

    uv run --group training python -m training.evaluate [--package DIR] [--shared ../shared]

The sentences go through `digest.translating.engine`, with its decoding options, as those of a briefing do.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from digest.translating.engine import DecodingOptions, Engine
from digest.translating.packages import BUNDLED, read_package
from training.corpus import read_lines
from training.errors import TrainingError, told_in_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DEV_SETS = {
    "FLORES-200 dev": ("mt/dev/flores-dev.ar", "mt/dev/flores-dev.en"),
    "news dev": ("mt/dev/news-dev.ar", "mt/dev/news-dev.en"),
}
"""Files of the dev sets, relative to the shared folder."""
THREADS = 2


@dataclass(frozen=True, slots=True)
class Translated:
    """A set of sentences with the package's English, its references, and the seconds that translating took."""

    name: str
    hypotheses: Sequence[str]
    references: Sequence[str]
    seconds: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What a set of sentences gave; `signatures` are sacreBLEU's, of BLEU and of chrF2."""

    name: str
    sentences: int
    seconds: float
    bleu: float
    chrf: float
    signatures: tuple[str, str]


def read_set(shared: Path, files: tuple[str, str]) -> tuple[list[str], list[str]]:
    """Return the Arabic and the English lines of a dev set; TrainingError where they do not belong together."""
    ar, en = (read_lines(shared / name) for name in files)
    if not ar or len(ar) != len(en):
        raise TrainingError(f"{shared / files[0]}: {len(ar)} lines, but {files[1]} has {len(en)}; get both again")
    return ar, en


def translated(
    name: str,
    ar: Sequence[str],
    en: Sequence[str],
    translate: Callable[[Sequence[str]], list[str]],
    clock: Callable[[], float] = time.perf_counter,
) -> Translated:
    """Return the set `name` of the sentences `ar` with the references `en`, translated in one call."""
    started = clock()
    hypotheses = translate(ar)
    return Translated(name, hypotheses, en, clock() - started)


def score(one: Translated) -> Figures:
    """Return BLEU and chrF2 of a translated set, with their signatures (M. Post, "A Call for Clarity", 2018)."""
    from sacrebleu.metrics.bleu import BLEU  # noqa: PLC0415 - not a dependency of digest
    from sacrebleu.metrics.chrf import CHRF  # noqa: PLC0415

    bleu, chrf = BLEU(), CHRF()
    return Figures(
        name=one.name,
        sentences=len(one.references),
        seconds=one.seconds,
        bleu=bleu.corpus_score(one.hypotheses, [one.references]).score,
        chrf=chrf.corpus_score(one.hypotheses, [one.references]).score,
        signatures=(str(bleu.get_signature()), str(chrf.get_signature())),
    )


def table(figures: Sequence[Figures]) -> str:
    """Return the figures as a Markdown table, with the signatures below it."""
    lines = ["| Set | Sentences | BLEU | chrF2 | Sentences a second |", "|---|---|---|---|---|"]
    lines += [
        f"| {one.name} | {one.sentences} | {one.bleu:.2f} | {one.chrf:.2f} | {one.sentences / one.seconds:.1f} |"
        for one in figures
    ]
    lines += ["", *dict.fromkeys(signature for one in figures for signature in one.signatures)]
    return "\n".join(lines) + "\n"


def peak_memory() -> float | None:
    """Return the largest resident set of this process so far in megabytes (10^6 bytes), None where it is not told."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return None
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / 1e6 if sys.platform == "darwin" else size * 1024 / 1e6


def main(arguments: list[str] | None = None) -> None:
    """Translate the dev sets and print the figures."""
    parser = argparse.ArgumentParser(prog="training.evaluate", description="Print how well a package translates.")
    parser.add_argument("--package", type=Path, default=BUNDLED, help="folder of an Argos package (the bundled one)")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with mt/dev (../shared)")
    parser.add_argument("--threads", type=int, default=THREADS, help=f"of the CPU ({THREADS})")
    parser.add_argument("--sentences", type=int, help="only the first ones of each set")
    options = parser.parse_args(arguments)
    with told_in_one_line():
        if find_spec("sacrebleu") is None:
            raise ModuleNotFoundError(name="sacrebleu")
        package = read_package(options.package)
        sets = {name: read_set(options.shared, files) for name, files in DEV_SETS.items()}
        engine = Engine(package, threads=options.threads)
        engine.translate(["مرحبا"])  # loading the model is not part of the speed
        done = [
            translated(name, ar[: options.sentences], en[: options.sentences], engine.translate)
            for name, (ar, en) in sets.items()
        ]
        memory = peak_memory()
        sys.stdout.write(f"{package.info.id}, version {package.info.version}, {options.threads} threads\n")
        sys.stdout.write(f"decoding: {DecodingOptions().key()}\n\n{table([score(one) for one in done])}")
        if memory:
            sys.stdout.write(f"peak memory {memory:.0f} MB\n")


if __name__ == "__main__":
    main()
