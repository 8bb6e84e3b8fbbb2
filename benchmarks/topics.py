"""How well topics are told, beside others in the same run: `python -m benchmarks.topics`.

On `DIR/eval/topics/dev.jsonl.xz` (`--shared DIR`), in five-fold cross-validation: accuracy and macro-F1 of the classifier as
`training.topics` makes it, of multinomial naive Bayes over the same stems, and of the commonest heading for all. "sure" is
the share of articles whose heading is likely enough to be shown, and the accuracy on those.

Exit status 1 where ours is under its floor, 2 where the data is not there.
"""

from __future__ import annotations

import sys
from collections import Counter
from statistics import fmean
from typing import TYPE_CHECKING

from benchmarks.floors import settle
from benchmarks.paths import parser
from benchmarks.tables import percent, table
from digest.clustering.stories import text_vector
from digest.clustering.topics import LEAST_CONFIDENCE, classify

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDS = 5


def macro_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    """Return the mean F1 of the headings."""
    right = Counter(one for one, other in zip(gold, found, strict=True) if one == other)
    sizes, given = Counter(gold), Counter(found)
    return fmean(2 * right[name] / (sizes[name] + given[name]) for name in sizes)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and return the exit status."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.naive_bayes import MultinomialNB

    from training.topics import HEADINGS, read_records, train

    chosen = parser("Topics of articles, beside naive Bayes.").parse_args(arguments)
    try:
        records = read_records(chosen.shared / "eval" / "topics" / "dev.jsonl.xz")
    except (OSError, ValueError) as error:
        print(f"the evaluation data cannot be read: {error}; name its folder with --shared", file=sys.stderr)
        return 2
    vectors = [text_vector(record["title"], record["text"]) for record in records]
    gold = [HEADINGS[record["topic"]] for record in records]
    ours, bayes, sure = [""] * len(gold), [""] * len(gold), [False] * len(gold)
    for fold in range(FOLDS):
        known = [at for at in range(len(gold)) if at % FOLDS != fold]
        asked = list(range(fold, len(gold), FOLDS))
        made = train([vectors[at] for at in known], [gold[at] for at in known])
        columns = DictVectorizer()
        peer = MultinomialNB().fit(columns.fit_transform([vectors[at] for at in known]), [gold[at] for at in known])
        guesses = peer.predict(columns.transform([vectors[at] for at in asked]))
        for at, guess in zip(asked, guesses, strict=True):
            topic = classify(vectors[at], made)
            ours[at], bayes[at], sure[at] = topic.heading, str(guess), topic.confidence >= LEAST_CONFIDENCE
    commonest = Counter(gold).most_common(1)[0][0]
    accuracy = {
        name: fmean(one == other for one, other in zip(gold, found, strict=True))
        for name, found in (("digest", ours), ("naive Bayes", bayes), ("commonest", [commonest] * len(gold)))
    }
    rows = [
        ["digest", percent(accuracy["digest"]), percent(macro_f1(gold, ours))],
        ["multinomial naive Bayes", percent(accuracy["naive Bayes"]), percent(macro_f1(gold, bayes))],
        ["commonest heading", percent(accuracy["commonest"]), percent(macro_f1(gold, [commonest] * len(gold)))],
    ]
    note = f"{len(gold)} articles, {FOLDS}-fold cross-validation"
    print(table("Topics", note, ("", "accuracy", "macro-F1"), rows))
    of_sure = fmean(one == other for one, other, is_sure in zip(gold, ours, sure, strict=True) if is_sure)
    print(f"sure: {percent(fmean(sure))} of the articles, {percent(of_sure)} of them right")
    confusion = Counter(zip(gold, ours, strict=True))
    names = sorted(set(gold))
    rows = [[name, *(str(confusion[name, other]) for other in names)] for name in names]
    print(table("Confusion", "rows: gold; columns: found", ("", *(name[:10] for name in names)), rows))
    return settle({"topics.macro_f1": macro_f1(gold, ours)}, update=chosen.update_floors)


if __name__ == "__main__":
    sys.exit(main())
