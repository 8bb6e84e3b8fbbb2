"""How fast a briefing is rendered and how large it gets: `python -m benchmarks.rendering [--stories N ...]`.

The briefings are made up: every story has four sentences from three articles of 24 outlets, figures, names and a thread,
every tenth sentence is doubtful. Milliseconds are those of the wall, the best of three rounds, for all five files as
`digest.rendering.render` returns them. First paint is what Chromium or Chrome reports of the page ("first-contentful-paint"
of Paint Timing) in a fresh profile, in milliseconds since it was asked for; it stays empty where there is no browser.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.paths import ROOT
from benchmarks.tables import table
from digest.model import (
    Article,
    BriefFigure,
    Briefing,
    BriefSentence,
    BriefStory,
    Doubt,
    Figure,
    LineCounts,
    PackageInfo,
    Paragraph,
    Sentence,
    Translation,
)
from digest.rendering import render

if TYPE_CHECKING:
    from collections.abc import Sequence

STORIES = (12, 50, 200)
OUTLETS = 24
_DAY = date(2026, 11, 20)
_ARABIC = "أعلنت وزارة الصحة يوم الخميس تسجيل {} إصابة جديدة في ثلاث محافظات، وقالت إن الوضع «تحت السيطرة»"
_ENGLISH = (
    "The ministry of health announced on Thursday {} new cases in three governorates, and said that it is “in hand”"
)


def made_up(stories: int) -> Briefing:
    """Return a briefing of so many stories, the same at every call."""
    articles: dict[str, Article] = {}
    told = []
    for number in range(stories):
        own = [_article(number, which) for which in range(3)]
        articles |= {article.id: article for article in own}
        told.append(_story(number, own))
    return Briefing(
        date=_DAY,
        package=PackageInfo("translate-ar_en-0", "0", bundled=True),
        stories=tuple(told),
        articles=tuple(articles.values()),
        failures=(),
        passed_over=(),
    )


def _article(story: int, which: int) -> Article:
    texts = [_ARABIC.format(story * 100 + which * 10 + place) + "." for place in range(4)]
    return Article(
        id=f"{story:03}-{which}",
        origin=f"day/{story:03}-{which}.txt",
        title=_ARABIC.format(story),
        title_made=False,
        outlet=f"صحيفة رقم {(story * 7 + which * 5) % OUTLETS}",
        author=None,
        published=_DAY - timedelta(days=which),
        paragraphs=tuple(map(Paragraph, texts)),
        sentences=tuple(Sentence(text, place, place) for place, text in enumerate(texts)),
        lines=LineCounts(5, 9),
        url=f"https://outlet{which}.example/{story}",
    )


def _story(number: int, articles: Sequence[Article]) -> BriefStory:
    sentences = []
    for place in range(4):
        article = articles[place % len(articles)]
        ar = article.sentences[place].text
        count = number * 4 + place
        doubts = (Doubt("numbers", "the Arabic has another number"),) if count % 10 == 0 else ()
        sentences.append(BriefSentence(Translation(ar, _ENGLISH.format(count) + ".", doubts), article.id, place))
    figure = Figure(Decimal(number + 2), "more than", "people", "wounded", "وزارة الصحة", articles[0].id, 0)
    return BriefStory(
        id=f"{number:03}",
        headline=Translation(articles[0].title, _ENGLISH.format(number)),
        articles=tuple(article.id for article in articles),
        sentences=tuple(sentences),
        figures=(BriefFigure(figure, Translation("وزارة الصحة", "the ministry of health")),),
        topic=f"Topic {number // 20}",
        rank=number,
        names=(("Beirut", "بيروت"), ("Cairo", "القاهرة")),
        status="update",
        since=_DAY - timedelta(days=2),
        earlier=((_DAY - timedelta(days=2), f"{number:03}"),),
    )


def best_of_three(briefing: Briefing) -> tuple[float, dict[str, bytes]]:
    """Return the milliseconds that rendering takes, the best of three rounds, and the files by name."""
    best = math.inf
    files: dict[str, bytes] = {}
    for _ in range(3):
        begin = time.perf_counter()
        files = render(briefing)
        best = min(best, 1000 * (time.perf_counter() - begin))
    return best, files


def first_paint(page: bytes) -> float | None:
    """Return the milliseconds until the browser paints something of `page`; None: there is no browser."""
    sys.path.append(str(ROOT / "tests" / "rendering"))
    from chromium import find_browser, running

    browser = find_browser()
    if browser is None:
        return None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        file = Path(folder, "briefing.html")
        file.write_bytes(page)
        with running(browser, Path(folder, "profile")) as tab:
            tab.resize(1100, 900)
            tab.open(file)
            tab.screenshot()  # it has painted by then
            return float(tab.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables and return the exit status."""
    options = argparse.ArgumentParser(description="How fast a briefing is rendered, and how large it gets.")
    options.add_argument("--stories", type=int, nargs="+", default=STORIES, metavar="N", help="how many stories")
    rows = []
    names: list[str] = []
    for stories in options.parse_args(arguments).stories:
        taken, files = best_of_three(made_up(stories))
        names = [name.removeprefix("briefing") for name in files]
        painted = first_paint(files["briefing.html"])
        sizes = [f"{len(content) / 1000:.0f}" for content in files.values()]
        rows.append([str(stories), f"{taken:.0f}", *sizes, "" if painted is None else f"{painted:.0f}"])
    heads = ("stories", "ms", *(f"{name} kB" for name in names), "first paint ms")
    print(table("Rendering", "all five files, best of three rounds", heads, rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
