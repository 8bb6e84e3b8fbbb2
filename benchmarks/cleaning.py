"""How well digest cleans, beside others on the same input in the same run: `python -m benchmarks.cleaning`.

Five parts, on `DIR/eval/clean/dev` and `DIR/seeds` (`--shared DIR`), and on pages of our own:

1. Lines: keep or drop, over every line of `pages/*.txt` against `gold.tsv`; lines that are "optional" there do not count.
   The extractors of others get the lines as the paragraphs of a minimal page, and keep a line that comes out again whole.
2. Pages: token F1 of `html/*.html` against `*.gold.txt`. Tokens are `digest.arabic.text.words` of the folded text, as a
   bag. The gold texts are without titles, so titles do not count; "with title" shows what they would cost.
3. Labels: the labelled lines of `seeds`, right where label and article number are.
4. Agreement with a collector's own cleaning, a hint and no gold: collectors err.
5. Lines of the pages in `benchmarks/pages` (README there), as in part 1.

F1 is over all lines or tokens together; "mean" is the mean over files. Exit status 1 where a value is under its floor,
2 where the data is not there.
"""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

from benchmarks.extractors import (
    keep_all,
    keep_best_run,
    keep_long,
    kept_by,
    page_extractors,
)
from benchmarks.floors import settle
from benchmarks.metrics import Score, accuracy, line_score, token_score
from benchmarks.paths import parser, read_json_lines
from benchmarks.tables import SCORE_HEADS, percent, score_row, table
from digest.arabic.text import fold, words
from digest.cleaning import bundled_rules, clean, judge
from digest.errors import CleaningError
from digest.model import Document, Hints
from digest.reading import read_inputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from digest.model import Article, JudgedLine

    LineJudge = Callable[[Sequence[str]], list[bool]]

OURS = "digest"
OWN_PAGES = Path(__file__).with_name("pages")
_MARKS = {"+": True, "-": False, "?": None}


@dataclass(frozen=True, slots=True)
class Page:
    """A page as lines, with the gold verdict (None: either is right) and the gold label on each."""

    name: str
    lines: tuple[str, ...]
    keep: tuple[bool | None, ...]
    labels: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """The scores of one competitor by file."""

    scores: dict[str, Score] = field(default_factory=dict)

    @property
    def total(self) -> Score:
        """All files together."""
        return sum(self.scores.values(), Score())

    @property
    def mean(self) -> float:
        """The mean F1 of the files, 0 to 1."""
        return fmean(score.f1 for score in self.scores.values()) if self.scores else 0.0


def read_pages(folder: Path) -> list[Page]:
    """Return the pages of `folder/pages` with the verdicts of `folder/gold.tsv`.

    Raises:
        OSError: a file cannot be read.
        ValueError: the gold does not speak of every line of a page.

    """
    gold: dict[str, dict[int, tuple[bool | None, str]]] = {}
    for row in (folder / "gold.tsv").read_text(encoding="utf-8").split("\n"):
        if row:
            name, number, keep, label = row.split("\t")
            gold.setdefault(name, {})[int(number)] = (None if label == "optional" else keep == "1", label)
    pages = []
    for name, verdicts in sorted(gold.items()):
        lines = (folder / "pages" / name).read_text(encoding="utf-8").rstrip("\n").split("\n")
        if list(verdicts) != list(range(1, len(lines) + 1)):
            raise ValueError(f"{folder / 'gold.tsv'}: {name} has {len(lines)} lines, gold is there for {len(verdicts)}")
        wanted, labels = zip(*verdicts.values(), strict=True)
        pages.append(Page(name, tuple(lines), wanted, labels))
    return pages


def read_own_pages(folder: Path = OWN_PAGES) -> list[Page]:
    """Return the pages of `folder`, whose lines are a mark (+, - or ?), a tab and the text.

    Raises:
        OSError: a file cannot be read.
        ValueError: a line has another mark, or none.

    """
    pages = []
    for path in sorted(folder.glob("*.txt")):
        rows = [line.split("\t", 1) for line in path.read_text(encoding="utf-8").splitlines()]
        if wrong := [number for number, row in enumerate(rows, 1) if len(row) != 2 or row[0] not in _MARKS]:  # noqa: PLR2004
            raise ValueError(f"{path}: line {wrong[0]} is not a mark (+, - or ?), a tab and a text")
        marks, lines = zip(*rows, strict=True)
        pages.append(Page(path.name, lines, tuple(_MARKS[mark] for mark in marks), marks))
    return pages


def our_lines(lines: Sequence[str]) -> list[bool]:
    """Keep the lines of which digest keeps anything."""
    kept = {line.number for line in judge("\n".join(lines), bundled_rules()) if line.kept}
    return [number in kept for number in range(1, len(lines) + 1)]


def line_judges() -> dict[str, LineJudge | None]:
    """Return all that judge lines, by name; None for one that is not installed."""
    peers: dict[str, LineJudge | None] = {
        name: extractor and (lambda lines, extractor=extractor: kept_by(extractor, lines))
        for name, extractor in page_extractors().items()
    }
    return {
        OURS: our_lines,
        **peers,
        "every line": keep_all,
        "lines of 15 words or more": keep_long,
        "run with most words over 12 a line": keep_best_run,
    }


def text_tokens(texts: Iterable[str]) -> list[str]:
    """Return the folded words of `texts`."""
    return [word for text in texts for word in words(fold(text))]


@dataclass(frozen=True, slots=True)
class OurPage:
    """What digest makes of one page: articles, or why there is none."""

    articles: tuple[Article, ...]
    reason: str = ""

    def texts(self, *, titles: bool) -> list[str]:
        """Return the paragraphs, with the titles that were not made from the first sentence where wanted."""
        result = []
        for article in self.articles:
            if titles and not article.title_made:
                result.append(article.title)
            result.extend(paragraph.text for paragraph in article.paragraphs)
        return result


def clean_all(documents: Iterable[Document]) -> OurPage:
    """Return the articles of all `documents` of one input."""
    articles: list[Article] = []
    try:
        for document in documents:
            articles.extend(clean(document, bundled_rules()))
    except CleaningError as error:
        return OurPage(tuple(articles), error.reason)
    return OurPage(tuple(articles))


def our_page(path: Path) -> OurPage:
    """Read and clean one HTML file as the program does."""
    reading = read_inputs([str(path)], io.BytesIO())
    if reading.failures:
        return OurPage((), reading.failures[0].reason)
    return clean_all(reading.documents)


def measure_lines(pages: Iterable[Page]) -> dict[str, Tally | None]:
    """Return the line scores of every competitor."""
    pages = list(pages)
    return {
        name: None
        if judge_lines is None
        else Tally({page.name: line_score(page.keep, judge_lines(page.lines)) for page in pages})
        for name, judge_lines in line_judges().items()
    }


def measure_pages(folder: Path) -> tuple[dict[str, Tally | None], list[str]]:
    """Return the token scores of every competitor on the HTML pages, and what digest could not use of them."""
    tallies: dict[str, Tally | None] = {OURS: Tally(), f"{OURS}, with title": Tally()}
    extractors = page_extractors()
    tallies |= {name: None if extractor is None else Tally() for name, extractor in extractors.items()}
    problems = []
    for path in sorted(folder.glob("*.html")):
        gold = text_tokens([path.with_suffix(".gold.txt").read_text(encoding="utf-8")])
        ours = our_page(path)
        if ours.reason:
            problems.append(f"{path.name}: {ours.reason}")
        source = path.read_text(encoding="utf-8")
        texts = {OURS: ours.texts(titles=False), f"{OURS}, with title": ours.texts(titles=True)}
        texts |= {name: extractor(source) for name, extractor in extractors.items() if extractor is not None}
        for name, found in texts.items():
            if (tally := tallies[name]) is not None:
                tally.scores[path.name] = token_score(gold, text_tokens(found))
    return tallies, problems


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled line of a seed: what it should be and what it was judged as."""

    file: str
    want: tuple[int, str]
    line: JudgedLine

    @property
    def have(self) -> tuple[int, str]:
        """The article and label that the line was given."""
        return self.line.article, str(self.line.label)


def measure_labels(folder: Path) -> list[Labelled]:
    """Return every labelled line of the seeds with our verdict on it.

    Raises:
        ValueError: a labelled line is not among the judged ones.

    """
    with (folder / "labels.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    judged: dict[str, dict[int, JudgedLine]] = {}
    result = []
    for row in rows:
        name, number = row["file"], int(row["line"])
        if name not in judged:
            lines = judge((folder / name).read_bytes().decode("utf-8-sig"), bundled_rules())
            judged[name] = {line.number: line for line in lines}
        if number not in judged[name]:
            raise ValueError(f"{folder / 'labels.tsv'}: line {number} of {name} is empty")
        result.append(Labelled(name, (int(row["article"]), row["label"]), judged[name][number]))
    return result


def measure_collector(path: Path) -> dict[str, Tally]:
    """Return how far the texts, as cleaned by us and as they were, agree with the collector's cleaning."""
    result = {OURS: Tally(), "every word": Tally()}
    for record in read_json_lines(path):
        gold = text_tokens([record["clean_text"]])
        document = Document(record["id"], record["raw_text"], Hints(title=record["title"]))
        found = clean_all([document]).texts(titles=False)
        result[OURS].scores[record["id"]] = token_score(gold, text_tokens(found))
        result["every word"].scores[record["id"]] = token_score(gold, text_tokens([record["raw_text"]]))
    return result


def tally_table(title: str, note: str, tallies: Mapping[str, Tally | None], *, files: bool) -> str:
    """Return the table of one part, with our rows by file where wanted."""
    rows = []
    for name, tally in tallies.items():
        if tally is None:
            rows.append(score_row(name, None))
            continue
        rows.append([*score_row(name, tally.total), percent(tally.mean)])
        if files and name == OURS:
            rows.extend(score_row(f"  {file}", score) for file, score in tally.scores.items())
    return table(title, note, (*SCORE_HEADS, "mean"), rows)


def worst_lines(pages: Iterable[Page], labelled: Iterable[Labelled], count: int) -> list[str]:
    """Return up to `count` wrongly judged lines, lost text before kept furniture, the longest first."""
    wrong: list[tuple[bool, int, str]] = []
    for page in pages:
        for line in judge("\n".join(page.lines), bundled_rules()):
            want = page.keep[line.number - 1]
            if want is not None and want != bool(line.kept):
                gold = page.labels[line.number - 1]
                wrong.append((want, len(line.text), _verdict_row(f"{page.name}:{line.number}", gold, line)))
    for row in labelled:
        if row.want != row.have:
            gold = f"{row.want[1]} of {row.want[0]}"
            kept = row.want[1] in {"title", "paragraph", "subhead", "related+subhead"}
            wrong.append((kept, len(row.line.text), _verdict_row(f"{row.file}:{row.line.number}", gold, row.line)))
    return [text for *_, text in sorted(wrong, reverse=True)[:count]]


def _verdict_row(place: str, gold: str, line: JudgedLine) -> str:
    return f"{place}  {gold} -> {line.label} of {line.article} [{line.rule}]  {line.text[:160]}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark, print its tables, and return the exit status."""
    options = parser("Quality of cleaning, beside trafilatura, jusText and newspaper4k.")
    options.add_argument("--files", action="store_true", help="also show our rows by file")
    options.add_argument("--errors", type=int, default=0, metavar="N", help="show up to N lines that we judge wrongly")
    chosen = options.parse_args(arguments)
    data, seeds = chosen.shared / "eval" / "clean" / "dev", chosen.shared / "seeds"
    try:
        pages, own_pages, labelled = read_pages(data), read_own_pages(), measure_labels(seeds)
        page_tallies, problems = measure_pages(data / "html")
        collector = measure_collector(data / "raw_and_clean.jsonl")
    except (OSError, ValueError) as error:
        print(f"the evaluation data cannot be read: {error}; name its folder with --shared", file=sys.stderr)
        return 2
    line_tallies = measure_lines(pages)
    counted = sum(want is not None for page in pages for want in page.keep)
    print(
        tally_table(
            f"1. Lines: keep or drop, {counted} lines of {len(pages)} pages", "", line_tallies, files=chosen.files
        )
    )
    print()
    print(
        tally_table(
            f"2. Pages: tokens of {len(list((data / 'html').glob('*.html')))} HTML pages",
            "bag of folded words; the gold is without titles",
            page_tallies,
            files=chosen.files,
        )
    )
    for problem in problems:
        print(f"  not used by digest: {problem}")
    print()
    right = accuracy([row.want for row in labelled], [row.have for row in labelled])
    label_only = accuracy([row.want[1] for row in labelled], [row.have[1] for row in labelled])
    rows = [("label and article", percent(right)), ("label", percent(label_only))]
    print(table(f"3. Labels: {len(labelled)} labelled lines of the seeds", "", ("", "right"), rows))
    print()
    print(
        tally_table(
            "4. Agreement with a collector's cleaning (a hint, no gold: collectors err)",
            "bag of folded words of 200 articles that were scraped as one line",
            collector,
            files=False,
        )
    )
    print()
    own_tallies = measure_lines(own_pages)
    print(
        tally_table(
            f"5. Lines of {len(own_pages)} pages of our own",
            "not held out: README there",
            own_tallies,
            files=chosen.files,
        )
    )
    print()
    for row in worst_lines([*pages, *own_pages], labelled, chosen.errors):
        print(row)
    ours, ours_page, ours_own = line_tallies[OURS], page_tallies[OURS], own_tallies[OURS]
    measured = {"cleaning.seed_labels": right}
    if ours is not None and ours_page is not None and ours_own is not None:
        measured |= {
            "cleaning.own_line_f1": ours_own.total.f1,
            "cleaning.line_f1": ours.total.f1,
            "cleaning.html_token_f1": ours_page.total.f1,
            "cleaning.html_token_f1_mean": ours_page.mean,
        }
    return settle(measured, update=chosen.update_floors)


if __name__ == "__main__":
    sys.exit(main())
