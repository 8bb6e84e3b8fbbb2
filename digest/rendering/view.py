"""The briefing as templates see it: every text on one line, unknown values in words, names isolated.

All formats but the JSON are drawn from this one value, so they cannot disagree.
"""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.rendering.bidi import isolate, isolate_runs, one_line
from digest.rendering.coverage import Coverage, ThreadDay, coverage, thread_days
from digest.rendering.wording import day, hijri_day, plural, weekday_and_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from digest.model import Article, BriefFigure, Briefing, BriefSentence, BriefStory, Doubt, PackageInfo

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction, the mean of 190 studies: Brysbaert, Journal of Memory and Language 109 (2019)."""

_ANCHOR = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class SourceView:
    """An outlet that carries a story, and the days it published on: "14 October 2020" or "date unknown".

    `url` is the address of the first of its articles that has one, "" where none has.
    """

    outlet: str
    url: str
    days: str


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A printed sentence and where it comes from; `doubts` are the reasons of the guards.

    `origin` is the file, and behind it that the English is by hand where the user wrote it.
    """

    en: str
    ar: str
    outlet: str
    origin: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure: "more than 60 civilians killed", who says so in English and Arabic ("" where nobody is named), the outlet.

    `doubts` are those about the English of who says so.
    """

    text: str
    claimant_en: str
    claimant_ar: str
    outlet: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story: `number` counts from 1 as told, `rank` by weight; `anchor` is an ASCII id made from the story's id.

    `doubts` are the headline's. `opens_topic` tells that it is the first under its heading. `status` says whether it is new
    or an update, and of what; none where that is not known. `carried` says by how many outlets it is carried; `sources`
    names them. `thread` are the days since it was first told, none for a new one.
    """

    number: int
    rank: int
    anchor: str
    headline_en: str
    headline_ar: str
    doubts: tuple[str, ...]
    status: str | None
    topic: str | None
    opens_topic: bool
    carried: str
    sources: tuple[SourceView, ...]
    sentences: tuple[SentenceView, ...]
    figures: tuple[FigureView, ...]
    names: tuple[str, ...]
    thread: tuple[ThreadDay, ...]


@dataclass(frozen=True, slots=True)
class DoubtfulView:
    """A printed text that a guard objects to, and the story it stands in; `place` is "headline", "sentence 2" or "figure 1"."""

    number: int
    anchor: str
    place: str
    en: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article that went into the briefing, with the lines kept and dropped of its document."""

    title: str
    title_made: bool
    outlet: str
    published: str
    origin: str
    url: str
    kept: int
    dropped: int


@dataclass(frozen=True, slots=True)
class FailureView:
    """An item that could not be used."""

    origin: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOutView:
    """What was read and is not told: the Arabic headline, "" for articles of no story, how many articles, and why."""

    headline: str
    articles: int
    reason: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What the briefing holds; `outlets` are the different outlets known by name, `minutes` the time to read it.

    `undated` are the articles that state no date of publication.
    """

    articles: int
    outlets: int
    stories: int
    updates: int
    undated: int
    minutes: int
    failures: int
    passed_over: int


@dataclass(frozen=True, slots=True)
class SettingView:
    """A setting that shaped the briefing, and its value as a user would write it."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class PackageView:
    """The translation package."""

    id: str
    version: str
    bundled: bool


@dataclass(frozen=True, slots=True)
class BriefingView:
    """What every template gets; `date` is 2026-11-20, `date_text` Friday 20 November 2026.

    `hijri_text` is the day in the Umm al-Qura calendar, "" outside the years that its tables have. `facts` are the counts
    in words, without the failures.
    """

    date: str
    date_text: str
    hijri_text: str
    counts: Counts
    facts: tuple[str, ...]
    notice: str
    package: PackageView
    stories: tuple[StoryView, ...]
    articles: tuple[ArticleView, ...]
    failures: tuple[FailureView, ...]
    passed_over: tuple[str, ...]
    left_out: tuple[LeftOutView, ...]
    doubtful: tuple[DoubtfulView, ...]
    coverage: Coverage | None
    settings: tuple[SettingView, ...]


def view(briefing: Briefing) -> BriefingView:
    """Return the view of `briefing`; KeyError where a story names an article that the briefing does not hold."""
    by_id = {article.id: article for article in briefing.articles}
    package = briefing.package
    counts = _counts(briefing)
    stories = tuple(
        _story(number, story, by_id, briefing.date, opens_topic=story.topic is not None and story.topic != before)
        for number, (story, before) in enumerate(
            zip(briefing.stories, (None, *(story.topic for story in briefing.stories)), strict=False), 1
        )
    )
    return BriefingView(
        date=briefing.date.isoformat(),
        date_text=weekday_and_day(briefing.date),
        hijri_text=hijri_day(briefing.date),
        counts=counts,
        facts=_facts(counts),
        notice=_notice(package),
        package=PackageView(one_line(package.id), one_line(package.version), package.bundled),
        stories=stories,
        articles=tuple(_article(article) for article in briefing.articles),
        failures=tuple(
            FailureView(_name(failure.origin), _english(failure.stage), _english(failure.reason))
            for failure in briefing.failures
        ),
        passed_over=tuple(_name(name) for name in briefing.passed_over),
        left_out=tuple(
            LeftOutView(one_line(left.headline), left.articles, _english(left.reason)) for left in briefing.left_out
        ),
        doubtful=tuple(_doubtful(stories)),
        coverage=coverage(
            [
                (number, english_or_none(story.headline.en), _known_outlets(story, by_id))
                for number, story in enumerate(briefing.stories, 1)
            ]
        ),
        settings=tuple(SettingView(_english(name), _english(value)) for name, value in briefing.settings),
    )


def _counts(briefing: Briefing) -> Counts:
    return Counts(
        articles=len(briefing.articles),
        outlets=len({article.outlet for article in briefing.articles if article.outlet is not None}),
        stories=len(briefing.stories),
        updates=sum(story.status == "update" for story in briefing.stories),
        undated=sum(article.published is None for article in briefing.articles),
        minutes=_minutes(briefing),
        failures=len(briefing.failures),
        passed_over=len(briefing.passed_over),
    )


def _minutes(briefing: Briefing) -> int:
    told = (story.headline.en for story in briefing.stories)
    sentences = (sentence.translation.en for story in briefing.stories for sentence in story.sentences)
    return math.ceil(sum(len(text.split()) for text in (*told, *sentences)) / WORDS_A_MINUTE)


def _facts(counts: Counts) -> tuple[str, ...]:
    return (
        plural(counts.articles, "article"),
        plural(counts.outlets, "outlet"),
        plural(counts.stories, "story", "stories"),
        *([plural(counts.updates, "update")] if counts.updates else []),
        *([f"{plural(counts.undated, 'article states', 'articles state')} no date"] if counts.undated else []),
        *([f"{plural(counts.minutes, 'minute')} to read"] if counts.minutes else []),
    )


def _doubtful(stories: Iterable[StoryView]) -> Iterator[DoubtfulView]:
    for story in stories:
        if story.doubts:
            yield DoubtfulView(story.number, story.anchor, "headline", story.headline_en, story.doubts)
        for place, sentence in enumerate(story.sentences, 1):
            if sentence.doubts:
                yield DoubtfulView(story.number, story.anchor, f"sentence {place}", sentence.en, sentence.doubts)
        for place, figure in enumerate(story.figures, 1):
            if figure.doubts:
                yield DoubtfulView(story.number, story.anchor, f"figure {place}", figure.claimant_en, figure.doubts)


def _known_outlets(story: BriefStory, by_id: Mapping[str, Article]) -> list[str]:
    articles = (by_id[article_id] for article_id in story.articles)
    return [outlet_name(article) for article in articles if article.outlet is not None]


def outlet_name(article: Article) -> str:
    """Return the outlet's name, isolated, behind its English one where that is known; or "outlet unknown"."""
    name = _name(article.outlet or "")
    english = _english(article.outlet_en or "")
    return f"{english} {name}" if name and english else name or "outlet unknown"


def sentence_view(sentence: BriefSentence, article: Article) -> SentenceView:
    """Return the view of `sentence`, which stands in `article`."""
    return SentenceView(
        en=english_or_none(sentence.translation.en),
        ar=one_line(sentence.translation.ar),
        outlet=outlet_name(article),
        origin=f"{_name(article.origin)}{' · English by hand' if sentence.translation.by_hand else ''}",
        doubts=reasons(sentence.translation.doubts),
    )


def _web_address(url: str | None) -> str:
    """Return an address that a page may link to, "" for any other."""
    address = one_line(url or "")
    return address if re.fullmatch(r"https?://[^\s\"'<>\\^`{|}]+", address) else ""


def english_or_none(text: str) -> str:
    """Return an English line as shown, or the words that say that there is none."""
    return _english(text) or "(no English)"


def reasons(doubts: Iterable[Doubt]) -> tuple[str, ...]:
    """Return what the guards object, one line each."""
    return tuple(_english(doubt.reason) for doubt in doubts)


def _notice(package: PackageInfo) -> str:
    if package.bundled:
        return (
            "The English is machine translation by the small package that comes with digest, and it is often wrong. "
            "Check the Arabic, which stands with every sentence, word for word as it was published."
        )
    return (
        f"The English is machine translation by the package {one_line(package.id)}. "
        "Where it matters, check the Arabic, which stands with every sentence, word for word as it was published."
    )


def _story(
    number: int, story: BriefStory, by_id: Mapping[str, Article], today: date, *, opens_topic: bool
) -> StoryView:
    articles = [by_id[article_id] for article_id in story.articles]
    return StoryView(
        number=number,
        rank=story.rank,
        anchor=_anchor(story.id),
        headline_en=english_or_none(story.headline.en),
        headline_ar=one_line(story.headline.ar),
        doubts=reasons(story.headline.doubts),
        status=_status(story),
        topic=None if story.topic is None else _english(story.topic),
        opens_topic=opens_topic,
        carried=_carried(articles, len(story.copies)),
        sources=_sources(articles),
        sentences=tuple(sentence_view(sentence, by_id[sentence.article]) for sentence in story.sentences),
        figures=tuple(_figure(figure, by_id[figure.figure.article]) for figure in story.figures),
        names=tuple(f"{_english(english)} {_name(arabic)}" for english, arabic in story.names),
        thread=thread_days(today, [(earlier, _anchor(story_id)) for earlier, story_id in story.earlier]),
    )


def _figure(brief: BriefFigure, article: Article) -> FigureView:
    figure = brief.figure
    parts = (figure.qualifier, f"{figure.value:,}", figure.counted, figure.event)
    return FigureView(
        text=_english(" ".join(part for part in parts if part)),
        claimant_en=english_or_none(brief.claimant.en) if brief.claimant else "",
        claimant_ar=_name(brief.claimant.ar) if brief.claimant else "",
        outlet=outlet_name(article),
        doubts=reasons(brief.claimant.doubts) if brief.claimant else (),
    )


def _status(story: BriefStory) -> str | None:
    if story.status is None:
        return None
    since = f" of a story first told on {day(story.since)}" if story.since else ""
    return _english(story.status[:1].upper() + story.status[1:] + since)


def _anchor(story_id: str) -> str:
    """Return an ASCII id that stays the same as long as the story's id does, whatever its place in the briefing."""
    if _ANCHOR.fullmatch(story_id):
        return f"story-{story_id}"
    return f"story-{hashlib.sha256(story_id.encode(errors='surrogatepass')).hexdigest()[:16]}"


def _carried(articles: list[Article], copies: int) -> str:
    known = len({article.outlet for article in articles if article.outlet is not None})
    unknown = sum(article.outlet is None for article in articles)
    parts = [plural(known, "outlet")] if known else []
    if unknown:
        parts.append(f"{plural(unknown, 'article')} whose outlet is unknown")
    repeated = f"; {plural(copies, 'article repeats', 'articles repeat')} the text of another" if copies else ""
    return f"Carried by {' and '.join(parts) or 'no article'}{repeated}"


def _sources(articles: list[Article]) -> tuple[SourceView, ...]:
    """Return an entry for every known outlet, and one for every article without, in the order of the articles."""
    entries: dict[tuple[str, str | None], list[Article]] = {}
    for article in articles:
        entries.setdefault((article.id if article.outlet is None else "", article.outlet), []).append(article)
    return tuple(
        SourceView(
            outlet_name(own[0]),
            next(filter(None, (_web_address(article.url) for article in own)), ""),
            ", ".join(dict.fromkeys(day(article.published) for article in own)),
        )
        for own in entries.values()
    )


def _article(article: Article) -> ArticleView:
    return ArticleView(
        title=one_line(article.title),
        title_made=article.title_made,
        outlet=outlet_name(article),
        published=day(article.published),
        origin=_name(article.origin),
        url=_web_address(article.url),
        kept=article.lines.kept,
        dropped=article.lines.dropped,
    )


def _english(text: str) -> str:
    return isolate_runs(one_line(text))


def _name(text: str) -> str:
    return isolate(one_line(text))
