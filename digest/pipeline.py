"""The one place that knows the order: reading, cleaning, clustering, summarizing, translating, composing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from digest.arabic.names import load_names, main_names
from digest.arabic.outlets import english_outlet, own_outlets
from digest.arabic.text import key
from digest.cleaning import RuleSet, clean, find_furniture, judge_document, load_rules
from digest.clustering.freshness import Freshness, split
from digest.clustering.ranking import mentioned, score
from digest.errors import CleaningError, NothingUsable
from digest.model import (
    Article,
    BriefFigure,
    Briefing,
    BriefSentence,
    BriefStory,
    Document,
    Excerpt,
    Failure,
    Figure,
    JudgedLine,
    LeftOut,
    PackageInfo,
    Story,
    StorySummary,
    Translation,
)
from digest.rendering.article import ArticleSummary
from digest.summarizing import summarize_article, summarize_story, summarize_to_length
from digest.summarizing.figures import figures_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from digest.arabic.names import Name, Names
    from digest.clustering.ranking import Score
    from digest.clustering.threads import PastStory, Thread
    from digest.clustering.topics import Topic
    from digest.progress import Progress
    from digest.reading import Reading
    from digest.settings import Settings


NAMED_SENTENCES = 10
"""First sentences of an article that its story's main names are looked for in."""
MOST_NAMES = 6
_SHAPING = (
    *("sentences", "top", "outlet_cap", "cut", "window_days", "memory_days"),
    *("watch", "mute", "mute_outlets", "topics", "rules", "glossary"),
)


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


def outlets_of(settings: Settings) -> dict[str, str]:
    """Return the user's own English names of outlets, by comparing key."""
    return own_outlets(settings.outlets)


def clean_all(
    reading: Reading, rules: RuleSet, progress: Progress, outlets: Mapping[str, str] | None = None
) -> Cleaned:
    """Return the articles of everything read; `outlets` are English names of outlets before those that ship.

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
    named = (replace(article, outlet_en=english_outlet(article.outlet or "", outlets)) for article in articles)
    return Cleaned(_with_distinct_ids(named), tuple(failures))


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


@dataclass(frozen=True, slots=True)
class Day:
    """The day of a briefing and what is known of the days before it.

    `past` are the stories printed before; `first_seen` are the days on which articles, by their ids, were first seen;
    `everything` keeps stories that bring nothing new.
    """

    today: date
    past: tuple[PastStory, ...] = ()
    first_seen: Mapping[str, date] = field(default_factory=dict)
    freshness: Freshness = field(default_factory=Freshness)
    everything: bool = False


@dataclass(frozen=True, slots=True)
class RankedStory:
    """A story in its place, from 1: what was printed of it before, why it stands here, and its heading."""

    thread: Thread
    score: Score
    topic: Topic
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """The stories of a day in the order in which they are told, and what is not told."""

    stories: tuple[RankedStory, ...]
    left_out: tuple[LeftOut, ...]


def plan(cleaned: Cleaned, day: Day, settings: Settings, progress: Progress) -> Plan:
    """Return the stories of the day, ranked; those that are left out are named with the reason."""
    from digest.clustering.stories import ClusteringOptions, group  # noqa: PLC0415 - scipy is slow to load
    from digest.clustering.threads import follow  # noqa: PLC0415
    from digest.clustering.topics import topic_of  # noqa: PLC0415

    muted_outlets = {key(outlet) for outlet in settings.mute_outlets}
    heard = [article for article in cleaned.articles if key(article.outlet or "") not in muted_outlets]
    taken, stale = split(heard, day.freshness, day.first_seen)
    left = [*_left(len(cleaned.articles) - len(heard), "of outlets that are muted"), *_left(len(stale), _stale(day))]
    progress.say("Finding the stories")
    stories = group(taken, ClusteringOptions(settings.cut, timedelta(days=settings.window_days)))
    names = {name.strip(): own.strip() for name, _, own in (entry.partition("=") for entry in settings.topics)}
    ranked = []
    for thread in follow(stories, day.past, settings.cut):
        headline, size = thread.story.articles[0].title, len(thread.story.articles)
        if word := mentioned(thread.story, settings.mute):
            left.append(LeftOut(headline, size, f"muted: {word}"))
        elif thread.past and not thread.news and not day.everything:
            left.append(LeftOut(headline, size, _nothing_new(thread)))
        else:
            own = score(thread.story, day.today, update=bool(thread.past), watched=settings.watch)
            ranked.append(RankedStory(thread, own, topic_of(thread.story.originals, names)))
    ranked.sort(key=lambda story: (-story.score.total, story.thread.story.id))
    kept = _capped(ranked, settings.outlet_cap, left)
    return Plan(tuple(replace(story, rank=rank) for rank, story in enumerate(kept, 1)), tuple(left))


def _left(count: int, reason: str) -> list[LeftOut]:
    return [LeftOut("", count, reason)] if count else []


def _stale(day: Day) -> str:
    since, until = day.freshness.since, day.freshness.until
    bounds = [f"before {since.isoformat()}" if since else "", f"after {until.isoformat()}" if until else ""]
    return f"published {' or '.join(bound for bound in bounds if bound)}"


def _nothing_new(thread: Thread) -> str:
    return f"nothing new since {thread.past[-1].day.isoformat()}"


def _capped(ranked: Iterable[RankedStory], cap: int, left: list[LeftOut]) -> Iterator[RankedStory]:
    """Yield the stories, of those that one outlet alone carries only the first `cap`; the others are added to `left`."""
    alone: Counter[str] = Counter()
    for story in ranked:
        articles = story.thread.story.articles
        outlets = {article.outlet or article.origin for article in articles}
        outlet = outlets.pop() if len(outlets) == 1 else None
        if cap and outlet is not None:
            alone[outlet] += 1
            if alone[outlet] > cap:
                left.append(LeftOut(articles[0].title, len(articles), f"more than {cap} stories of {outlet} alone"))
                continue
        yield story


def brief(
    reading: Reading,
    cleaned: Cleaned,
    day: Day,
    settings: Settings,
    translator: Translates,
    package: PackageInfo,
    progress: Progress,
) -> tuple[Briefing, tuple[PastStory, ...]]:
    """Return the briefing of everything read, and what is to be remembered of it once it is delivered.

    Raises:
        PackageError: the translation package fails.

    """
    from digest.clustering.threads import remembered  # noqa: PLC0415 - scipy is slow to load

    planned = plan(cleaned, day, settings, progress)
    left = list(planned.left_out)
    told: list[_Told] = []
    for story in progress.over(planned.stories, "Summarising"):
        thread = story.thread
        articles = thread.story.articles
        if len(told) == settings.top:
            left.append(LeftOut(articles[0].title, len(articles), f"not among the first {settings.top} stories"))
            continue
        news = frozenset(article.id for article in thread.news) if thread.past and not day.everything else None
        said = () if day.everything else thread.printed
        summarise = partial(summarize_story, thread.evidence, settings.sentences, said=said, only=news)
        summary = summarise()
        if thread.past and not summary.excerpts and not day.everything:
            left.append(LeftOut(articles[0].title, len(articles), _nothing_new(thread)))
            continue
        told.append(_Told(story, summary, summarise))
    told = _under_headings(told)
    figures = [figures_of(own.story.thread.story.originals) for own in told]
    names = load_names(Path(settings.glossary) if settings.glossary else None)
    texts = [text for own in told for text in _printed(own.summary.headline, own.summary.excerpts)]
    texts += [figure.claimant for found in figures for figure in found if figure.claimant]
    progress.say(f"Translating {len(texts)} texts")
    english = dict(zip(texts, translator.translate(texts), strict=True))
    told = _with_the_next_best(told, english, translator)
    briefing = Briefing(
        date=day.today,
        package=package,
        stories=tuple(_compose(own, found, english, names) for own, found in zip(told, figures, strict=True)),
        articles=tuple(article for own in told for article in own.story.thread.story.articles),
        failures=(*reading.failures, *cleaned.failures),
        passed_over=reading.passed_over,
        left_out=tuple(left),
        settings=_shaping(settings),
    )
    memories = tuple(
        remembered(own.story.thread, day.today, [excerpt.sentence.text for excerpt in own.summary.excerpts])
        for own in told
    )
    return briefing, memories


def _shaping(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Return the settings that decide what a briefing tells, as a user would write them."""
    values = ((name, getattr(settings, name)) for name in _SHAPING)
    return tuple((name, ", ".join(value) if isinstance(value, tuple) else str(value)) for name, value in values)


def _printed(headline: str, excerpts: Iterable[Excerpt]) -> list[str]:
    return [headline, *(excerpt.sentence.text for excerpt in excerpts)]


@dataclass(frozen=True, slots=True)
class _Told:
    """A story with its summary, and the way to summarise it without some texts: `summarise(avoid=texts)`."""

    story: RankedStory
    summary: StorySummary
    summarise: Callable[..., StorySummary]


def _with_the_next_best(told: Sequence[_Told], english: dict[str, Translation], translator: Translates) -> list[_Told]:
    """Return the stories with doubtful sentences exchanged for the next best ones, where that leaves fewer doubts.

    The first sentence of a story stays whatever its English: it says what happened. `english` gets what is translated.
    """
    others = {}
    for place, own in enumerate(told):
        texts = [excerpt.sentence.text for excerpt in own.summary.excerpts]
        if doubtful := {text for text in texts[1:] if english[text].doubts}:
            others[place] = own.summarise(avoid=doubtful)
    texts = [excerpt.sentence.text for other in others.values() for excerpt in other.excerpts]
    if new := [text for text in dict.fromkeys(texts) if text not in english]:
        english.update(zip(new, translator.translate(new), strict=True))

    def doubts(summary: StorySummary) -> int:
        return sum(1 for excerpt in summary.excerpts if english[excerpt.sentence.text].doubts)

    better = {
        place: other
        for place, other in others.items()
        if len(other.excerpts) == len(told[place].summary.excerpts) and doubts(other) < doubts(told[place].summary)
    }
    return [replace(own, summary=better.get(place, own.summary)) for place, own in enumerate(told)]


def _compose(own: _Told, figures: Iterable[Figure], english: Mapping[str, Translation], names: Names) -> BriefStory:
    thread, summary = own.story.thread, own.summary
    return BriefStory(
        id=thread.story.id,
        headline=english[summary.headline],
        articles=tuple(article.id for article in thread.story.articles),
        sentences=_sentences(summary.excerpts, [english[excerpt.sentence.text] for excerpt in summary.excerpts]),
        status="update" if thread.past else "new",
        since=thread.since,
        earlier=tuple((past.day, past.id) for past in thread.past),
        copies=tuple(copy for copy, _ in thread.story.copies),
        topic=own.story.topic.heading,
        figures=tuple(BriefFigure(figure, english[figure.claimant] if figure.claimant else None) for figure in figures),
        rank=own.story.rank,
        names=tuple((name.en, name.full.spellings[0]) for name in _main_names(thread.story, names)),
    )


def _main_names(story: Story, names: Names) -> tuple[Name, ...]:
    """Return the names that most of a story's first sentences and titles have."""
    texts = [
        text
        for article in story.originals
        for text in (article.title, *(sentence.text for sentence in article.sentences[:NAMED_SENTENCES]))
    ]
    return main_names(texts, names, MOST_NAMES)


def _under_headings(told: Iterable[_Told]) -> list[_Told]:
    """Return the stories heading by heading, that of the weightiest story first; within one by weight."""
    first: dict[str, int] = {}
    by_rank = sorted(told, key=lambda own: own.story.rank)
    for place, own in enumerate(by_rank):
        first.setdefault(own.story.topic.heading, place)
    return sorted(by_rank, key=lambda own: first[own.story.topic.heading])


def _sentences(excerpts: Iterable[Excerpt], translations: Iterable[Translation]) -> tuple[BriefSentence, ...]:
    pairs = zip(excerpts, translations, strict=True)
    return tuple(BriefSentence(translation, excerpt.article, excerpt.sentence.index) for excerpt, translation in pairs)


def summarize(
    cleaned: Cleaned, count: int, translator: Translates | None, words: int | None = None
) -> tuple[ArticleSummary, ...]:
    """Return every article's title and up to `count` sentences, or about `words` words; in Arabic without a translator.

    Raises:
        PackageError: the translation package fails.

    """
    chosen = [
        (article, summarize_article(article, count) if words is None else summarize_to_length(article, words))
        for article in cleaned.articles
    ]
    texts = [text for article, excerpts in chosen for text in _printed(article.title, excerpts)]
    done = translator.translate(texts) if translator else [Translation(text, "") for text in texts]
    translations = iter(done)
    return tuple(
        ArticleSummary(article, next(translations), _sentences(excerpts, [next(translations) for _ in excerpts]))
        for article, excerpts in chosen
    )
