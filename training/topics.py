"""Make the table of the topic classifier, `digest/clustering/topics.tsv`, from articles with topics.

    uv run --group dev python -m training.topics ../shared/eval/topics/dev.jsonl.xz digest/clustering/topics.tsv

Multinomial logistic regression (scikit-learn) over the vectors that stories are formed with, its weights cut to the
`STEMS` stems that matter most and rounded to two decimals. Politics at home and abroad are one topic: which is which
depends on the reader's country.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from digest.clustering.stories import text_vector
from digest.clustering.topics import BIAS, TopicTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.arabic.vectors import Vector

HEADINGS = {
    "politics": "Politics and conflict",
    "world": "Politics and conflict",
    "economy": "Economy",
    "society": "Society",
    "culture": "Culture",
    "science": "Science and health",
    "sport": "Sport",
}
"""From the labels of the data to the headings of the briefing."""
STEMS = 6000
STRENGTH = 30.0
"""C of the regression, the best of 3, 10, 30 and 100 in five-fold cross-validation (benchmarks/topics.py)."""


def read_records(path: Path) -> list[Mapping[str, Any]]:
    """Return the records of a file of JSON lines, packed by xz; OSError or ValueError where it cannot be read."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def train(vectors: Sequence[Vector], headings: Sequence[str], stems: int = STEMS) -> TopicTable:
    """Return the table of a classifier trained on vectors with their headings."""
    from sklearn.feature_extraction import DictVectorizer  # noqa: PLC0415 - not a dependency of digest
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    columns = DictVectorizer()
    matrix = columns.fit_transform(vectors)
    model = LogisticRegression(C=STRENGTH, max_iter=500, class_weight="balanced").fit(matrix, headings)
    names = columns.get_feature_names_out()
    # A stem matters as far as its weights differ, times how much of the vectors it makes up.
    share = np.asarray(matrix.mean(axis=0)).ravel()
    matters = np.argsort(-(model.coef_.std(axis=0) * share), kind="stable")[:stems]
    weights = {str(names[at]): tuple(float(w) for w in np.round(model.coef_[:, at], 2)) for at in sorted(matters)}
    weights[BIAS] = tuple(float(w) for w in np.round(model.intercept_, 2))
    return TopicTable(tuple(map(str, model.classes_)), weights)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on all records and write the table."""
    parser = argparse.ArgumentParser(prog="training.topics", description="Make the table of the topic classifier.")
    parser.add_argument("records", type=Path, help="JSON lines with title, text and topic, packed by xz")
    parser.add_argument("table", type=Path, help="where the table goes")
    options = parser.parse_args(arguments)
    records = read_records(options.records)
    table = train([text_vector(r["title"], r["text"]) for r in records], [HEADINGS[r["topic"]] for r in records])
    options.table.write_text(table.to_text(), encoding="utf-8")
    sys.stdout.write(f"{len(records)} articles, {len(table.weights) - 1} stems, {len(table.headings)} headings\n")


if __name__ == "__main__":
    main()
