"""How well single articles are summarised, beside others in the same run: `python -m benchmarks.summaries`.

On `DIR/eval/summaries/dev.jsonl` (`--shared DIR`): ROUGE-1, ROUGE-2 and ROUGE-L F1 (Lin 2004) over the folded words, mean over
the articles, and over the references of an article that has several. Everyone's sentences are taken, best first, up to the
one with which they have the record's number of words, and put in the order of the text; digest does that itself
(`summarize_to_length`). Lead takes the first ones. "oracle" takes time and again the sentence that raises ROUGE-1 plus
ROUGE-2 most, knowing the reference. Weights were set on these articles, so this is no figure for others. The interval is
that of the difference in ROUGE-1 to Lead, 90 % of a paired bootstrap over articles.

Exit status 1 where ours is under its floor, 2 where the data is not there.
"""

from __future__ import annotations

import random
import sys
import warnings
from collections import Counter
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Any

from benchmarks.floors import settle
from benchmarks.paths import parser, read_json_lines
from benchmarks.tables import percent, table
from digest.arabic.sentences import split_sentences
from digest.arabic.stems import stems
from digest.arabic.text import fold, words
from digest.cleaning import bundled_rules, clean
from digest.errors import CleaningError
from digest.model import Document, Hints
from digest.summarizing.lead import summarize_to_length

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from digest.model import Article

    Ranker = Callable[["Task"], Sequence[int]]

SUMY = ("LexRank", "TextRank", "LSA", "Luhn", "KL", "SumBasic", "Reduction")


@dataclass(frozen=True, slots=True)
class Task:
    """An article to summarise, its sentences, the tokens of its references and the length wanted in words."""

    record: Mapping[str, Any]
    article: Article
    sentences: tuple[str, ...]
    references: tuple[tuple[str, ...], ...]
    words: int


def tokens(text: str) -> tuple[str, ...]:
    """Return the folded words that ROUGE compares."""
    return tuple(words(fold(text)))


def ngram_f1(one: Sequence[str], other: Sequence[str], size: int) -> float:
    """Return ROUGE-N F1, 0 to 1."""
    first, second = (Counter(zip(*(side[at:] for at in range(size)), strict=False)) for side in (one, other))
    common = (first & second).total()
    return 2 * common / (first.total() + second.total()) if common else 0.0


def lcs_f1(one: Sequence[str], other: Sequence[str]) -> float:
    """Return ROUGE-L F1 by the longest common subsequence, 0 to 1."""
    lengths = [0] * (len(other) + 1)
    for token in one:
        diagonal = 0
        for at, candidate in enumerate(other, 1):
            above = lengths[at]
            lengths[at] = diagonal + 1 if token == candidate else max(above, lengths[at - 1])
            diagonal = above
    return 2 * lengths[-1] / (len(one) + len(other)) if lengths[-1] else 0.0


def rouge(summary: str, references: Sequence[Sequence[str]]) -> tuple[float, float, float]:
    """Return ROUGE-1, -2 and -L F1, means over the references."""
    own = tokens(summary)
    return (
        fmean(ngram_f1(own, reference, 1) for reference in references),
        fmean(ngram_f1(own, reference, 2) for reference in references),
        fmean(lcs_f1(own, reference) for reference in references),
    )


def task_of(record: Mapping[str, Any]) -> Task:
    """Return the task of a record; ValueError where cleaning leaves nothing of the article."""
    try:
        article = clean(Document(record["id"], record["text"], Hints(title=record["title"])), bundled_rules())[0]
    except CleaningError as error:
        raise ValueError(f"{record['id']}: {error}") from error
    sentences = tuple(sentence.text for sentence in article.sentences)
    return Task(record, article, sentences, tuple(map(tokens, record["references"])), int(record["words"]))


def filled(sentences: Sequence[str], ranking: Sequence[int], length: int) -> str:
    """Return the sentences, best first, up to the one with which they have `length` words, in the order of the text."""
    taken: list[int] = []
    total = 0
    for at in ranking:
        if total >= length:
            break
        taken.append(at)
        total += len(sentences[at].split())
    return " ".join(sentences[at] for at in sorted(taken))


def _oracle(task: Task) -> str:
    taken: list[int] = []
    total = 0
    while total < task.words and len(taken) < len(task.sentences):
        best = max(
            (at for at in range(len(task.sentences)) if at not in taken),
            key=lambda at: sum(rouge(" ".join(task.sentences[i] for i in sorted([*taken, at])), task.references)[:2]),
        )
        taken.append(best)
        total += len(task.sentences[best].split())
    return " ".join(task.sentences[at] for at in sorted(taken))


def _random(task: Task) -> Sequence[int]:
    order = list(range(len(task.sentences)))
    random.Random(f"{task.record['id']}").shuffle(order)  # noqa: S311 - a baseline, no secret
    return order


class _OurWords:
    """The tokenizer that hands sumy our stems."""

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(stems(text))

    def to_sentences(self, text: str) -> list[str]:
        return split_sentences(text)


def _sumy(method: str, task: Task, *, shipped: bool) -> str:
    """Return sumy's summary: as shipped over its own sentences, else over ours."""
    from sumy.nlp.tokenizers import Tokenizer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.kl import KLSummarizer
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.lsa import LsaSummarizer
    from sumy.summarizers.luhn import LuhnSummarizer
    from sumy.summarizers.reduction import ReductionSummarizer
    from sumy.summarizers.sum_basic import SumBasicSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    methods = dict(
        zip(
            SUMY,
            (LexRankSummarizer, TextRankSummarizer, LsaSummarizer, LuhnSummarizer, KLSummarizer, SumBasicSummarizer,
             ReductionSummarizer),
            strict=True,
        )
    )  # fmt: skip
    text = task.record["text"] if shipped else "\n".join(task.sentences)
    document = PlaintextParser.from_string(text, Tokenizer("arabic") if shipped else _OurWords()).document
    sentences = [str(sentence) for sentence in document.sentences]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Sumy only says which are the best k, so k grows until they are long enough.
        for count in range(1, len(sentences) + 1):
            try:
                summary = " ".join(map(str, methods[method]()(document, count)))
            except (ZeroDivisionError, ValueError, IndexError):
                return " ".join(sentences[:count])
            if len(summary.split()) >= task.words:
                return summary
    return " ".join(sentences)


def methods() -> dict[str, Callable[[Task], str]]:
    """Return every way to summarise, by name; ours first."""
    found: dict[str, Callable[[Task], str]] = {
        "digest": lambda task: " ".join(e.sentence.text for e in summarize_to_length(task.article, task.words)),
        "Lead": lambda task: filled(task.sentences, range(len(task.sentences)), task.words),
        "random": lambda task: filled(task.sentences, _random(task), task.words),
    }
    for method in SUMY:
        for shipped in (True, False):
            name = f"sumy {method}, {'as shipped' if shipped else 'our sentences'}"
            found[name] = lambda task, method=method, shipped=shipped: _sumy(method, task, shipped=shipped)  # type: ignore[misc]
    return found | {"greedy oracle": _oracle}


def interval(differences: Sequence[float], rounds: int = 2000) -> tuple[float, float]:
    """Return the middle 90 % of the mean of bootstrapped `differences`."""
    source = random.Random(1)  # noqa: S311 - a statistic, no secret
    means = sorted(fmean(source.choices(differences, k=len(differences))) for _ in range(rounds))
    return means[rounds // 20], means[-rounds // 20]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables and return the exit status."""
    options = parser("Summaries of single articles, beside Lead and sumy.")
    options.add_argument("--quick", action="store_true", help="only digest and Lead")
    chosen = options.parse_args(arguments)
    try:
        tasks = [task_of(record) for record in read_json_lines(chosen.shared / "eval" / "summaries" / "dev.jsonl")]
    except (OSError, ValueError) as error:
        print(f"the evaluation data cannot be read: {error}; name its folder with --shared", file=sys.stderr)
        return 2
    measured: dict[str, float] = {}
    for name in dict.fromkeys(task.record["set"] for task in tasks):
        own = [task for task in tasks if task.record["set"] == name]
        rows = []
        ours: list[tuple[float, float, float]] = []
        for method, summarize in methods().items():
            if chosen.quick and method not in ("digest", "Lead"):
                continue
            scores = [rouge(summarize(task), task.references) for task in own]
            means = [fmean(column) for column in zip(*scores, strict=True)]
            rows.append([method, *map(percent, means)])
            if method == "digest":
                ours = scores
                measured[f"summaries.{name}_rouge1"] = means[0]
            elif method == "Lead":
                low, high = interval([mine[0] - lead[0] for mine, lead in zip(ours, scores, strict=True)])
                rows[0].append(f"{100 * low:+.2f} to {100 * high:+.2f}")
        heads = ("", "ROUGE-1", "ROUGE-2", "ROUGE-L", "ROUGE-1 to Lead")
        print(table(f"Summaries: {name}", f"{len(own)} articles, at the length of the reference", heads, rows))
    return settle(measured, update=chosen.update_floors)


if __name__ == "__main__":
    sys.exit(main())
