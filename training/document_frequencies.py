"""Count in how many Arabic news articles each stem occurs: the table that `digest.arabic.vectors` weighs words with.

    uv run python -m training.document_frequencies ARTICLES.jsonl.xz[:EVERY] ... > digest/arabic/document_frequencies.tsv

Each file holds one JSON object a line with `title` and `text`; `:3` takes every third line. The table that ships was made
from SaudiNewsNet (30,025 articles of Saudi papers, a month of 2015, every third) and the topic set of 5,306 articles
(ANT corpus 2016-17, CNN Arabic, Al Jazeera, Hespress); it holds counts only, no text.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections import Counter
from typing import TYPE_CHECKING

from digest.arabic.stems import stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LEAST_COUNT = 8
"""Rarer stems are left out: an unknown stem weighs as much as one seen once, which is close enough."""
CHARACTERS = 4000
"""How much of an article is counted, so that a few very long ones do not make every word common."""


def read_articles(argument: str) -> Iterator[str]:
    """Yield the title and text of the articles of `FILE` or `FILE:EVERY`."""
    name, _, every = argument.partition(":")
    with lzma.open(name, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number % int(every or 1) == 0:
                article = json.loads(line)
                yield f"{article['title']} {article['text'][:CHARACTERS]}"


def count(articles: Iterable[str]) -> tuple[int, Counter[str]]:
    """Return the number of articles and, for each stem, how many of them have it."""
    total, counts = 0, Counter[str]()
    for article in articles:
        total += 1
        counts.update(set(stems(article)))
    return total, counts


def main(arguments: list[str]) -> None:
    """Print the table: a line with the number of articles, then stem and count, most frequent first."""
    total, counts = count(article for argument in arguments for article in read_articles(argument))
    sys.stdout.write(f"# articles\t{total}\n")
    for stem, articles in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if articles >= LEAST_COUNT:
            sys.stdout.write(f"{stem}\t{articles}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
