"""The one place that knows the order: reading, cleaning, clustering, summarizing, translating, composing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from digest.cleaning import RuleSet, clean, find_furniture, judge_document, load_rules
from digest.errors import CleaningError, NothingUsable
from digest.model import (
    Article,
    Briefing,
    BriefSentence,
    BriefStory,
    Document,
    Excerpt,
    Failure,
    JudgedLine,
    PackageInfo,
    StorySummary,
    Translation,
)
from digest.rendering.article import ArticleSummary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.progress import Progress
    from digest.reading import Reading
    from digest.settings import Settings


class Translates(Protocol):
    """What the pipeline needs of a translator: one call for all texts, results in their order."""

    def translate(self, texts: Sequence[str]) -> list[Translation]:
        """Return a translation for every text."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The articles of all documents, each with an id of its own, and the failures of documents that gave none."""

    articles: tuple[Article, ...]
    failures: tuple[Failure, ...]


def rules_of(settings: Settings) -> RuleSet:
    """Return the cleaning rules in force; SettingsError where the user's own cannot be used."""
    return load_rules(Path(settings.rules) if settings.rules else None)


def explain(reading: Reading, rules: RuleSet) -> tuple[tuple[str, tuple[JudgedLine, ...]], ...]:
    """Return the origin of every document and the verdicts on its lines."""
    furniture = find_furniture(reading.documents)
    return tuple((document.origin, judge_document(document, rules, furniture)) for document in reading.documents)


def clean_all(reading: Reading, rules: RuleSet, progress: Progress) -> Cleaned:
    """Return the articles of everything read.

    Raises:
        NothingUsable: not one article came of the inputs.

    """
    furniture = find_furniture(reading.documents)
    articles: list[Article] = []
    failures: list[Failure] = []
    for document in progress.over(reading.documents, "Cleaning"):
        try:
            articles.extend(clean(document, rules, furniture))
        except CleaningError as error:
            failures.append(Failure(error.origin, error.stage, error.reason))
        except Exception as error:  # noqa: BLE001 - one document must not cost the reader all the others
            failures.append(_unexpected(document, error))
    if not articles:
        raise NothingUsable(tuple(failures))
    return Cleaned(_with_distinct_ids(articles), tuple(failures))


def numbered(articles: Iterable[Article]) -> list[tuple[int, Article]]:
    """Return every article with its place in its file, from 1."""
    return [
        (number, article)
        for _, own in groupby(articles, key=lambda article: article.origin)
        for number, article in enumerate(own, 1)
    ]


def _unexpected(document: Document, error: Exception) -> Failure:
    return Failure(document.origin, "cleaning", f"unexpected {type(error).__name__}: {' '.join(str(error).split())}")


def _with_distinct_ids(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Return the articles with `-2`, `-3` behind the ids of exact copies: an id is made from the content alone."""
    seen: Counter[str] = Counter()
    distinct = []
    for article in articles:
        seen[article.id] += 1
        count = seen[article.id]
        distinct.append(article if count == 1 else replace(article, id=f"{article.id}-{count}"))
    return tuple(distinct)


def brief(
    reading: Reading, day: date, settings: Settings, translator: Translates, package: PackageInfo, progress: Progress
) -> Briefing:
    """Return the briefing of everything read, as of `day`.

    Raises:
        NothingUsable: not one article came of the inputs.
        PackageError: the translation package fails.

    """
    from digest.clustering import ClusteringOptions, group  # noqa: PLC0415 - scipy and sumy take seconds to load
    from digest.summarizing import summarize_story  # noqa: PLC0415

    cleaned = clean_all(reading, rules_of(settings), progress)
    progress.say("Finding the stories")
    stories = group(cleaned.articles, ClusteringOptions(settings.cut, timedelta(days=settings.window_days)))
    summaries = [summarize_story(story, settings.sentences) for story in progress.over(stories, "Summarising")]
    texts = [text for summary in summaries for text in _printed(summary.headline, summary.excerpts)]
    progress.say(f"Translating {len(texts)} texts")
    translations = iter(translator.translate(texts))
    return Briefing(
        date=day,
        package=package,
        stories=tuple(
            _compose(summary, [next(translations) for _ in range(1 + len(summary.excerpts))]) for summary in summaries
        ),
        articles=tuple(article for story in stories for article in story.articles),
        failures=(*reading.failures, *cleaned.failures),
        passed_over=reading.passed_over,
    )


def _printed(headline: str, excerpts: Iterable[Excerpt]) -> list[str]:
    return [headline, *(excerpt.sentence.text for excerpt in excerpts)]


def _compose(summary: StorySummary, translations: Sequence[Translation]) -> BriefStory:
    headline, *sentences = translations
    return BriefStory(
        id=summary.story.id,
        headline=headline,
        articles=tuple(article.id for article in summary.story.articles),
        sentences=_sentences(summary.excerpts, sentences),
    )


def _sentences(excerpts: Iterable[Excerpt], translations: Iterable[Translation]) -> tuple[BriefSentence, ...]:
    pairs = zip(excerpts, translations, strict=True)
    return tuple(BriefSentence(translation, excerpt.article, excerpt.sentence.index) for excerpt, translation in pairs)


def summarize(cleaned: Cleaned, count: int, translator: Translates | None) -> tuple[ArticleSummary, ...]:
    """Return every article's title and up to `count` sentences; in Arabic alone without a translator.

    Raises:
        PackageError: the translation package fails.

    """
    from digest.summarizing import summarize_article  # noqa: PLC0415 - sumy takes seconds to load

    chosen = [(article, summarize_article(article, count)) for article in cleaned.articles]
    texts = [text for article, excerpts in chosen for text in _printed(article.title, excerpts)]
    done = translator.translate(texts) if translator else [Translation(text, "") for text in texts]
    translations = iter(done)
    return tuple(
        ArticleSummary(article, next(translations), _sentences(excerpts, [next(translations) for _ in excerpts]))
        for article, excerpts in chosen
    )
