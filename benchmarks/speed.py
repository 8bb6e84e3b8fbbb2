"""How fast cleaning is, and what hostile files cost: `python -m benchmarks.speed [--hostile]`.

1. Throughput: the articles of `DIR/eval/scale/articles.jsonl.xz` (`--shared DIR`) as plain texts, title and body, in this
   process on one core. Megabytes are those of the text in UTF-8. Beside it trafilatura's path for plain text: the same
   lines as the paragraphs of a minimal page, extracted in its fast mode, and its `html2txt`, which judges nothing.
   Seconds are those of the processor, so that other work on the machine counts less.
2. `--hostile`: `digest clean` as a process of its own on one line, a million lines, and HTML nested as deep as it is long,
   each at a quarter, half and all of 50 MB: seconds of the processor, highest memory, and the growth from half to whole
   (1.0 is linear). A file that is refused shows the line that says so.
"""

from __future__ import annotations

import json
import lzma
import math
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from html import escape
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.paths import parser
from benchmarks.tables import table
from digest.cleaning import bundled_rules, clean
from digest.errors import CleaningError
from digest.model import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

MEGABYTE = 1_000_000
HOSTILE_MEGABYTES = (12.5, 25.0, 50.0)
_SENTENCE = "أعلنت وزارة الصحة اليوم تسجيل 12 إصابة (جديدة) في «ثلاث» محافظات. "
_SHORT = _SENTENCE[:25].strip() + "\n"


def read_articles(path: Path, megabytes: float) -> list[str]:
    """Return articles as plain texts, title above body, until they have so many megabytes.

    Raises:
        OSError: the file cannot be read.

    """
    texts: list[str] = []
    left = megabytes * MEGABYTE
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            texts.append(f"{record['title']}\n\n{record['text']}\n")
            left -= len(texts[-1].encode())
            if left <= 0:
                break
    return texts


def clean_ours(text: str) -> None:
    """Clean one text as the command line does."""
    try:
        clean(Document("benchmark", text), bundled_rules())
    except CleaningError:
        return  # a text without an article was judged all the same


def peers() -> dict[str, Callable[[str], Any]]:
    """Return the paths of trafilatura, by name."""
    from trafilatura import bare_extraction, html2txt

    def page(text: str) -> str:
        return (
            "<html><body>" + "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line) + "</body></html>"
        )

    return {
        "trafilatura, fast": lambda text: bare_extraction(page(text), fast=True, with_metadata=False),
        "trafilatura, html2txt": lambda text: html2txt(page(text)),
    }


def throughput(texts: Sequence[str], handle: Callable[[str], Any]) -> float:
    """Return how many megabytes of `texts` go through `handle` in a second of the processor, the best of three rounds."""
    size = sum(len(text.encode()) for text in texts) / MEGABYTE
    best = math.inf
    for _ in range(3):
        begin = time.process_time()
        for text in texts:
            handle(text)
        best = min(best, time.process_time() - begin)
    return size / best


def hostile_files(megabytes: float) -> Iterator[tuple[str, str, Iterable[str]]]:
    """Yield name, suffix and pieces of every hostile file of that size."""
    size = int(megabytes * MEGABYTE)
    yield "one line", ".txt", (_SENTENCE for _ in range(size // len(_SENTENCE.encode())))
    yield "lines of 25 letters", ".txt", (_SHORT for _ in range(size // len(_SHORT.encode())))
    yield "lines of a sentence", ".txt", (f"{_SENTENCE}\n" for _ in range(size // (1 + len(_SENTENCE.encode()))))
    yield "nested HTML", ".html", _nested(size // len("<div></div>"))


def _nested(depth: int) -> Iterator[str]:
    yield "<html><body>"
    yield from ("<div>" for _ in range(depth))
    yield f"<p>{_SENTENCE}</p>"
    yield from ("</div>" for _ in range(depth))
    yield "</body></html>"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: seconds of the processor, highest memory in megabytes, and the line of a refusal or ""."""

    seconds: float
    memory: float
    refusal: str


def cost_of(path: Path) -> Cost:
    """Run `digest clean` on a file and return what it cost."""
    with path.with_suffix(".err").open("w+", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "digest", "clean", str(path)], stdout=subprocess.DEVNULL, stderr=errors
        )
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0  # it was waited for here
        errors.seek(0)
        said = [line for line in errors.read().split("\n") if line.startswith("digest: ")]
    refusal = said[0].removeprefix(f"digest: {path}: ") if said else ""
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000, refusal)


def report_throughput(shared: Path, megabytes: float) -> str:
    """Return the table of the throughput."""
    texts = read_articles(shared / "eval" / "scale" / "articles.jsonl.xz", megabytes)
    rates = {"digest": throughput(texts, clean_ours)}
    rates |= {name: throughput(texts, handle) for name, handle in peers().items()}
    rows = [[name, f"{rate:.2f}", f"{rate / rates['digest']:.2f}"] for name, rate in rates.items()]
    size = sum(len(text.encode()) for text in texts) / MEGABYTE
    note = f"{len(texts)} articles, {size:.1f} MB of text, one core, best of three rounds"
    return table("Cleaning plain text", note, ("", "MB/s", "to digest"), rows)


def report_hostile() -> str:
    """Return the table of the hostile files."""
    rows: list[list[str]] = []
    with tempfile.TemporaryDirectory() as folder:
        begin = Path(folder, "begin.txt")
        begin.write_text(_SENTENCE, encoding="utf-8")
        base = cost_of(begin)
        before: dict[str, float] = {}
        for megabytes in HOSTILE_MEGABYTES:
            for name, suffix, pieces in hostile_files(megabytes):
                path = Path(folder, "hostile").with_suffix(suffix)
                with path.open("w", encoding="utf-8") as file:
                    while chunk := "".join(islice(pieces, 100_000)):
                        file.write(chunk)
                cost = cost_of(path)
                net = max(cost.seconds - base.seconds, 0.01)
                growth = f"{math.log2(net / before[name]):.2f}" if name in before and not cost.refusal else ""
                before[name] = net
                rows.append(
                    [f"{name}, {megabytes:g} MB", f"{cost.seconds:.1f}", f"{cost.memory:.0f}", growth, cost.refusal]
                )
    note = f"starting alone takes {base.seconds:.1f} s and {base.memory:.0f} MB"
    return table("Hostile files", note, ("", "CPU s", "MB", "growth", "refused"), sorted(rows))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables and return the exit status."""
    options = parser("How fast cleaning is, and what hostile files cost.")
    options.add_argument("--megabytes", type=float, default=12.0, help="how much text to clean (default: 12)")
    options.add_argument("--hostile", action="store_true", help="also clean hostile files of up to 50 MB, for minutes")
    chosen = options.parse_args(arguments)
    try:
        print(report_throughput(chosen.shared, chosen.megabytes))
    except OSError as error:
        print(f"{error.filename}: cannot be read ({error.strerror})", file=sys.stderr)
        return 2
    if chosen.hostile:
        print(report_hostile())
    return 0


if __name__ == "__main__":
    sys.exit(main())
