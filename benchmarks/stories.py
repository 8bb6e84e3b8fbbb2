"""How well articles are grouped into stories, beside others in the same run: `python -m benchmarks.stories [--scale]`.

On `DIR/eval/stories/dev.jsonl` (`--shared DIR`): pair-F1 (pairs of articles put together), adjusted Rand index (Hubert and
Arabie 1985) and BCubed F1 (Bagga and Baldwin 1998). Every peer has the threshold that is best for it on these very
articles; digest has the one that ships (it was chosen on them too), so none of these is a figure for new articles.
BCubed is nearly saturated by leaving every article alone.

`--scale` groups 5,000 to 30,000 articles of `DIR/eval/scale/articles.jsonl.xz`, all given one day, and prints seconds of
the processor, memory and the growth (the exponent of n from 5,000 on). Exit status 1 where ours is under its floor, 2
where the data is not there.
"""

from __future__ import annotations

import json
import lzma
import math
import resource
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from benchmarks.floors import settle
from benchmarks.paths import parser, read_json_lines
from benchmarks.tables import percent, table
from digest.cleaning import bundled_rules, clean
from digest.clustering.stories import ClusteringOptions, group
from digest.errors import CleaningError
from digest.model import Article, Document, Hints

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence
    from pathlib import Path

SIZES = (5_000, 10_000, 20_000, 30_000)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a grouping agrees with gold, each 0 to 1 (the Rand index may be below 0)."""

    pair_f1: float
    ari: float
    bcubed: float


def agreement(gold: Sequence[Hashable], found: Sequence[Hashable]) -> Agreement:
    """Return the measures of two labellings of the same articles."""
    both = Counter(zip(gold, found, strict=True))
    in_gold, in_found = Counter(gold), Counter(found)
    together, wanted, made = (sum(math.comb(n, 2) for n in c.values()) for c in (both, in_gold, in_found))
    chance = wanted * made / math.comb(len(gold), 2)
    most = (wanted + made) / 2
    count = len(gold)
    precision = sum(n * n / in_found[f] for (_, f), n in both.items()) / count
    recall = sum(n * n / in_gold[g] for (g, _), n in both.items()) / count
    return Agreement(
        2 * together / (wanted + made) if wanted + made else 1.0,
        (together - chance) / (most - chance) if most != chance else 1.0,
        2 * precision * recall / (precision + recall),
    )


def article_of(record: Mapping[str, Any], day: date | None = None) -> Article | None:
    """Return the article of a record as the pipeline cleans it, with the record's id; None where nothing is left."""
    published = day or date.fromisoformat(record["date"][:10])
    hints = Hints(title=record["title"], outlet=record["source"], published=published, url=record["url"])
    try:
        return replace(clean(Document(record["id"], record["text"], hints), bundled_rules())[0], id=record["id"])
    except CleaningError:
        return None


def our_labels(articles: Iterable[Article], ids: Sequence[str]) -> list[str]:
    """Return the story of each id; an article that cleaning left nothing of is a story of its own."""
    story_of = {a.id: story.id for story in group(articles, ClusteringOptions()) for a in story.articles}
    return [story_of.get(own, own) for own in ids]


def report_quality(records: Sequence[Mapping[str, Any]]) -> Agreement:
    """Print the table of all groupings of `records` and return ours."""
    from benchmarks.clusterings import peers

    gold = [record["story"] for record in records]
    articles = [article for record in records if (article := article_of(record))]
    ours = agreement(gold, our_labels(articles, [record["id"] for record in records]))
    rows = [["digest", f"{ClusteringOptions().cut}", *_cells(ours)]]
    for name, (cluster, thresholds) in peers([f"{r['title']}\n{r['text']}" for r in records]).items():
        best = max(thresholds, key=lambda at: agreement(gold, cluster(at)).pair_f1)
        rows.append([name, f"{best}", *_cells(agreement(gold, cluster(best)))])
    note = f"{len(records)} articles in {len(set(gold))} stories; every threshold is the best on these articles"
    print(table("Stories", note, ("", "threshold", "pair-F1", "ARI", "BCubed"), rows))
    return ours


def _cells(score: Agreement) -> list[str]:
    return [percent(score.pair_f1), percent(score.ari), percent(score.bcubed)]


def scale_articles(path: Path, count: int) -> list[Article]:
    """Return so many articles, cleaned, all of one day.

    Raises:
        OSError: the file cannot be read.

    """
    with lzma.open(path, "rt", encoding="utf-8") as file:
        made = (article_of(json.loads(line), date(2015, 8, 10)) for line in file)
        return list(islice((article for article in made if article), count))


def report_scale(shared: Path) -> None:
    """Print what grouping costs, each size in a process of its own so that its memory is its own."""
    rows: list[list[str]] = []
    first: tuple[int, float] | None = None
    for size in SIZES:
        command = [sys.executable, "-m", "benchmarks.stories", "--shared", str(shared), "--one-size", str(size)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        count, seconds, memory, stories = done.stdout.split()
        first = first or (int(count), float(seconds))
        growth = (
            math.log(float(seconds) / first[1]) / math.log(int(count) / first[0]) if int(count) > first[0] else None
        )
        rows.append([count, seconds, memory, stories, "" if growth is None else f"{growth:.2f}"])
    print(table("Scale, all articles of one day", "", ("articles", "CPU s", "MB", "stories", "growth"), rows))


def one_size(shared: Path, count: int) -> None:
    """Group so many articles and print articles, seconds, megabytes and stories."""
    articles = scale_articles(shared / "eval" / "scale" / "articles.jsonl.xz", count)
    begin = time.process_time()
    stories = group(articles, ClusteringOptions())
    seconds = time.process_time() - begin
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(len(articles), f"{seconds:.1f}", f"{memory:.0f}", len(stories))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for and return the exit status."""
    options = parser("Grouping articles into stories, beside other ways to do it.")
    options.add_argument("--scale", action="store_true", help="also group up to 30,000 articles, for minutes")
    options.add_argument("--one-size", type=int, metavar="N", help="only group N articles and print what it cost")
    chosen = options.parse_args(arguments)
    try:
        if chosen.one_size:
            one_size(chosen.shared, chosen.one_size)
            return 0
        records = read_json_lines(chosen.shared / "eval" / "stories" / "dev.jsonl")
    except (OSError, ValueError) as error:
        print(f"the evaluation data cannot be read: {error}; name its folder with --shared", file=sys.stderr)
        return 2
    ours = report_quality(records)
    if chosen.scale:
        report_scale(chosen.shared)
    return settle({"stories.pair_f1": ours.pair_f1, "stories.ari": ours.ari}, update=chosen.update_floors)


if __name__ == "__main__":
    sys.exit(main())
