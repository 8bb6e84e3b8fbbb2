"""How well and how fast we translate, beside Argos Translate and bare CTranslate2: `python -m benchmarks.translation`.

On the two sets of `DIR/mt/dev` (`--shared DIR`), with the bundled package or the one of `--package`: BLEU and chrF with
sacrebleu's signatures, for our whole path (lines in, guarded lines out, nothing remembered) and for the `translate` of
Argos Translate with the same package, in an environment of its own. How many
names are right with the gazetteer and without it. Then sentences a second on the first 500 sentences
of both sets, news first: ours, Argos Translate's, and `ctranslate2.Translator.translate_batch` on the same tokens with
the same options; ours and the last one in turns, the best time of each.

Exit status 1 where a floor or one of the aims is missed (as good as Argos Translate, four times as fast, nine tenths of
bare CTranslate2), 2 where the data is not there.
"""

from __future__ import annotations

import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.argos import ArgosResult, NotAtHandError, default_folder, make_environment, run_argos
from benchmarks.floors import settle
from benchmarks.paths import parser
from benchmarks.tables import table
from digest.arabic.names import NAMED, Names, bundled_names
from digest.errors import PackageError
from digest.translating.engine import MAX_BATCH_TOKENS, DecodingOptions, Engine, available_cores
from digest.translating.lines import translate_lines
from digest.translating.packages import BUNDLED, TranslationPackage, find_package
from digest.translating.splitting import split_text
from digest.translating.tokens import Tokenizer
from digest.translating.translator import Translator

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

TIMED = 500
ROUNDS = 3
SETS = ("news-dev", "flores-dev")
MIN_TIMES_ARGOS = 4.0
MIN_SHARE_OF_RAW = 0.9


@dataclass(frozen=True, slots=True)
class DevSet:
    """A data set: Arabic lines and their English, one for each."""

    name: str
    ar: list[str]
    en: list[str]


@dataclass(frozen=True, slots=True)
class Quality:
    """BLEU and chrF2 of 0 to 100, with sacrebleu's signatures."""

    bleu: float
    chrf: float
    signatures: tuple[str, str]


def read_set(folder: Path, name: str) -> DevSet:
    """Return a data set; OSError where it is not there, ValueError where its sides do not match."""
    sides = [(folder / f"{name}.{code}").read_text(encoding="utf-8").splitlines() for code in ("ar", "en")]
    if len(sides[0]) != len(sides[1]):
        raise ValueError(f"{folder / name}: {len(sides[0])} Arabic lines, {len(sides[1])} English ones")
    return DevSet(name, *sides)


def quality(english: Sequence[str], references: Sequence[str]) -> Quality:
    """Return how close translations are to their references."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    bleu, chrf = BLEU(), CHRF()
    scores = bleu.corpus_score(list(english), [list(references)]), chrf.corpus_score(list(english), [list(references)])
    return Quality(scores[0].score, scores[1].score, (str(bleu.get_signature()), str(chrf.get_signature())))


def names_right(dev: DevSet, english: Sequence[str]) -> tuple[int, int]:
    """Return how many mentions of people, places and organisations the English has, of those that the reference has."""
    right = asked = 0
    for ar, reference, en in zip(dev.ar, dev.en, english, strict=True):
        wanted = [name for name in bundled_names().find(ar) if name.name.kind in NAMED and name.is_in(reference)]
        asked += len(wanted)
        right += sum(name.is_in(en) for name in wanted)
    return right, asked


def seconds_of(work: Callable[[], object]) -> float:
    """Return how long `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def bare_call(package: TranslationPackage, sentences: Sequence[str], threads: int) -> Callable[[], object]:
    """Return a call of CTranslate2 with the tokens and options that our engine would use, its model loaded."""
    import ctranslate2

    tokenizer = Tokenizer(package)
    pieces = (piece for text in sentences for piece in split_text(text, package.max_source_tokens, tokenizer.count))
    tokens = [tokenizer.encode(piece) for piece in pieces]
    model = ctranslate2.Translator(str(package.path / "model"), inter_threads=1, intra_threads=threads)
    prefix = [[package.target_prefix]] * len(tokens) if package.target_prefix else None
    return lambda: model.translate_batch(
        tokens,
        target_prefix=prefix,
        max_batch_size=MAX_BATCH_TOKENS,
        batch_type="tokens",
        max_input_length=0,
        **asdict(DecodingOptions()),
    )


@dataclass(frozen=True, slots=True)
class Rates:
    """Sentences a second of one pass of ours, of ours with guards and further searches, and of bare CTranslate2."""

    once: float
    guarded: float
    bare: float


def rates(engine: Engine, package: TranslationPackage, lines: Sequence[str], threads: int) -> Rates:
    """Return how fast ours is, and bare CTranslate2 with the tokens of one pass, all loaded before."""
    translator = Translator(engine)
    sentences = [sentence.ar for line in translate_lines(lines, translator) for sentence in line.sentences]
    bare = bare_call(package, list(dict.fromkeys(sentences)), threads)
    bare()
    works = (
        lambda: engine.translate(list(dict.fromkeys(sentences))),
        lambda: translate_lines(lines, translator),
        bare,
    )
    best = [min(times) for times in zip(*([seconds_of(work) for work in works] for _ in range(ROUNDS)), strict=True)]
    return Rates(*(len(lines) / seconds for seconds in best))


def argos_result(
    chosen: argparse.Namespace, package: TranslationPackage, sets: Sequence[DevSet], timed: Sequence[str], threads: int
) -> ArgosResult | str:
    """Return what Argos Translate does with the same lines, or why it cannot be asked."""
    folder = default_folder()
    lines = [line for dev in sets for line in dev.ar]
    try:
        python = chosen.argos_python or make_environment(folder)
        return run_argos(python, package.path, folder / "home", lines, timed, threads)
    except NotAtHandError as error:
        return " ".join(str(error).split())


def options() -> argparse.ArgumentParser:
    """Return the argument parser."""
    arguments = parser("Translation, beside Argos Translate and bare CTranslate2.")
    arguments.add_argument("--package", metavar="FOLDER|NAME", help="another package than the bundled one")
    arguments.add_argument(
        "--argos-python",
        type=Path,
        metavar="PATH",
        help="the Python of an environment that has argostranslate whole; without it one is made in the user's cache",
    )
    arguments.add_argument("--no-argos", action="store_true", help="leave Argos Translate out")
    arguments.add_argument("--threads", type=int, metavar="N", help="processor cores for each; default: all")
    return arguments


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark, print its tables, and return the exit status."""
    chosen = options().parse_args(arguments)
    try:
        sets = [read_set(chosen.shared / "mt" / "dev", name) for name in SETS]
        package = find_package(chosen.package or str(BUNDLED))
    except (OSError, ValueError, PackageError) as error:
        print(
            f"the evaluation data or the package cannot be read: {error}; see --shared and --package", file=sys.stderr
        )
        return 2
    threads = chosen.threads or available_cores()
    engine = Engine(package, threads)
    translator = Translator(engine)
    timed = [line for dev in sets for line in dev.ar][:TIMED]

    english = {dev.name: _english(dev, translator) for dev in sets}
    ours = {dev.name: quality(english[dev.name], dev.en) for dev in sets}
    without = {dev.name: _english(dev, Translator(engine, names=Names(()))) for dev in sets}
    ours_rates = rates(engine, package, timed, threads)
    argos = "left out" if chosen.no_argos else argos_result(chosen, package, sets, timed, threads)
    theirs = {} if isinstance(argos, str) else _qualities(sets, argos.english)
    argos_rate = None if isinstance(argos, str) else len(timed) / argos.seconds

    print(_quality_table(sets, ours, theirs, package))
    print(_names_table(sets, without, english))
    print(_rate_table(ours_rates, argos_rate, len(timed), threads))
    print(f"Argos Translate: {'not measured, ' + argos if isinstance(argos, str) else argos.splitting}")
    missed = _missed(ours, theirs, ours_rates, argos_rate)
    for line in missed:
        print(f"MISSED: {line}")
    measured = {
        f"translation.{dev.name.replace('-', '_')}_{score}": value / 100
        for dev in sets
        for score, value in (("bleu", ours[dev.name].bleu), ("chrf", ours[dev.name].chrf))
    }
    for dev in sets:
        right, asked = names_right(dev, english[dev.name])
        if asked:
            measured[f"translation.{dev.name.replace('-', '_')}_names"] = right / asked
    # The floors are the bundled package's.
    return max(settle(measured, update=chosen.update_floors) if package.info.bundled else 0, int(bool(missed)))


def _english(dev: DevSet, translator: Translator) -> list[str]:
    return [line.en for line in translate_lines(dev.ar, translator)]


def _names_table(sets: Sequence[DevSet], without: dict[str, list[str]], english: dict[str, list[str]]) -> str:
    rows = []
    for dev in sets:
        for who, found in (("without", without), ("with", english)):
            right, asked = names_right(dev, found[dev.name])
            share = f"{right / asked:.1%}" if asked else "none"
            rows.append([f"{dev.name}, {who} the gazetteer", f"{right} of {asked}", share])
    return table("Names right, of those that the references have", "", ("", "mentions", "share"), rows)


def _qualities(sets: Sequence[DevSet], english: Sequence[str]) -> dict[str, Quality]:
    found, start = {}, 0
    for dev in sets:
        found[dev.name] = quality(english[start : start + len(dev.ar)], dev.en)
        start += len(dev.ar)
    return found


def _quality_table(
    sets: Sequence[DevSet], ours: dict[str, Quality], theirs: dict[str, Quality], package: TranslationPackage
) -> str:
    rows = [
        [f"{dev.name} ({len(dev.ar)}), {who}", f"{found[dev.name].bleu:.2f}", f"{found[dev.name].chrf:.2f}"]
        for dev in sets
        for who, found in (("digest", ours), ("Argos Translate", theirs))
        if found
    ]
    note = "\n  ".join(ours[sets[0].name].signatures)
    return table(f"Quality with {package.info.id} {package.info.version}", note, ("", "BLEU", "chrF2"), rows)


def _rate_table(ours: Rates, argos: float | None, count: int, threads: int) -> str:
    rows = [
        ["digest, one pass", f"{ours.once:.1f}", "1.00"],
        ["digest, guards and further searches", f"{ours.guarded:.1f}", f"{ours.once / ours.guarded:.2f}"],
        ["bare CTranslate2", f"{ours.bare:.1f}", f"{ours.once / ours.bare:.2f}"],
        *([["Argos Translate", f"{argos:.1f}", f"{ours.once / argos:.2f}"]] if argos else []),
    ]
    title = f"Speed on {count} sentences with {threads} threads"
    return table(title, "", ("", "sentences/s", "one pass is so many times as fast"), rows)


def _missed(ours: dict[str, Quality], theirs: dict[str, Quality], rates: Rates, argos_rate: float | None) -> list[str]:
    """Return the aims that were missed."""
    missed = [
        f"{name}: {score} {getattr(ours[name], score):.2f} is less than Argos Translate's {getattr(found, score):.2f}"
        for name, found in theirs.items()
        for score in ("bleu", "chrf")
        if getattr(ours[name], score) < getattr(found, score)
    ]
    if rates.once < MIN_SHARE_OF_RAW * rates.bare:
        missed.append(f"{rates.once / rates.bare:.2f} of the speed of bare CTranslate2, wanted {MIN_SHARE_OF_RAW}")
    if argos_rate and rates.once < MIN_TIMES_ARGOS * argos_rate:
        missed.append(f"{rates.once / argos_rate:.2f} times the speed of Argos Translate, wanted {MIN_TIMES_ARGOS}")
    return missed


if __name__ == "__main__":
    sys.exit(main())
