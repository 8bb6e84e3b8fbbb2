"""What flows through digest: frozen values, from a document as it came in to the briefing as it goes out.

    Document -> Article -> Story -> StorySummary -> Briefing

Arabic text in these values is *display* text: repaired (see `digest.arabic.text.repair`), never folded or stemmed.
Unknown values are None, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


class Label(StrEnum):
    """What a line of a scraped document is. Title, paragraph and subhead stay in the article; the rest goes."""

    TITLE = "title"
    PARAGRAPH = "paragraph"
    SUBHEAD = "subhead"
    RELATED_SUBHEAD = "related+subhead"
    """Headlines of other articles glued to a subhead: only the subhead at the end stays."""
    CAPTION = "caption"
    CREDIT = "credit"
    BYLINE = "byline"
    SOURCE = "source"
    DATE = "date"
    IMAGE = "image"
    COUNTER = "counter"
    NAVIGATION = "navigation"
    RELATED = "related"
    KEYWORDS = "keywords"
    COMMENTS = "comments"
    AD = "ad"
    EMBED = "embed"
    SOCIAL = "social"
    SUBSCRIPTION = "subscription"
    PROMOTION = "promotion"
    DUPLICATE = "duplicate"
    """A repetition of a line that is kept once."""


KEPT_LABELS = frozenset({Label.TITLE, Label.PARAGRAPH, Label.SUBHEAD, Label.RELATED_SUBHEAD})


@dataclass(frozen=True, slots=True)
class Hints:
    """What the container of a document (a page, a feed, a record, a mail) states about it.

    Each is None, or empty, where the container says nothing. `title` may still carry the outlet's name behind a dash or
    bar, as page titles do.
    """

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: date | None = None
    url: str | None = None
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One input as read.

    `origin` is how the user named it: a path, `-`, or, for one of several in a file, `FILE#2` or `ARCHIVE/MEMBER`.
    `text` is its text line by line, without the title where `hints` have it. `id` is the record's own, where it has one.
    """

    origin: str
    text: str
    hints: Hints = Hints()
    id: str | None = None


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A non-empty line of a document with the verdict on it.

    `number` counts all lines of the document from 1; `article` counts the document's articles from 1 and is 0 for what
    belongs to none; `kept` is the part of the line that stays in the article ("" when it goes).
    """

    number: int
    text: str
    article: int
    label: Label
    rule: str
    kept: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A cleaned paragraph or subhead of an article."""

    text: str
    subhead: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article's body.

    `index` counts from 0 over the cleaned article's sentences (title and subheads not counted), `paragraph` is its place
    in `Article.paragraphs`, `whole` is False when the text breaks off in it.
    """

    text: str
    index: int
    paragraph: int
    whole: bool = True


@dataclass(frozen=True, slots=True)
class LineCounts:
    """How many non-empty lines of its document an article kept and dropped."""

    kept: int
    dropped: int


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article.

    `id` is unique within a run and made from the content; `title_made` tells that the text had no title and the first
    sentence serves as one; `outlet` is the outlet's name as the text gives it; `published` is the day of publication
    where the text states it (a date that is only mentioned is not one). `agencies` are the news agencies it credits,
    `place` is where its first line says it was written, `keywords` are its tags, as the page gives them. `outlet_en` is
    the outlet's English name, where it has one.
    """

    id: str
    origin: str
    title: str
    title_made: bool
    outlet: str | None
    author: str | None
    published: date | None
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    lines: LineCounts
    url: str | None = None
    place: str | None = None
    agencies: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    outlet_en: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a story's sentence gives, what it counts, and who says so.

    `value` with its `qualifier` ("", "more than", "about" ...), `counted` in English ("civilians", "" where only what
    happened to them is said), `event` in English ("killed"), `claimant` in Arabic as it stands ("" : the outlet itself);
    `article` and `index` say where the sentence is.
    """

    value: Decimal
    qualifier: str
    counted: str
    event: str
    claimant: str
    article: str
    index: int


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on one event, the leading one first, near copies last.

    `id` is that of the earliest article. `copies` are pairs of ids: a near copy, and the article whose text it repeats.
    """

    id: str
    articles: tuple[Article, ...]
    copies: tuple[tuple[str, str], ...] = ()

    @property
    def originals(self) -> tuple[Article, ...]:
        """The articles without near copies: what counts as evidence."""
        copied = {copy for copy, _ in self.copies}
        return tuple(article for article in self.articles if article.id not in copied)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence chosen for a summary, and the id of the article it stands in."""

    article: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class StorySummary:
    """A story with the Arabic headline and the sentences that tell it, in reading order."""

    story: Story
    headline: str
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a translation is not to be trusted: the guard that objects, and its reason in one English line."""

    guard: str
    reason: str


@dataclass(frozen=True, slots=True)
class Translation:
    """An Arabic text, its English and the doubts about it; `by_hand` tells that the user wrote the English."""

    ar: str
    en: str
    doubts: tuple[Doubt, ...] = ()
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class PackageInfo:
    """The translation package used: `id` names it and its build, `bundled` tells that it is the one digest ships."""

    id: str
    version: str
    bundled: bool


@dataclass(frozen=True, slots=True)
class Failure:
    """An item that could not be used: what it was, in which stage it failed, and why in one line."""

    origin: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class BriefSentence:
    """A printed sentence: the translation, the id of its article, and its place there (`Sentence.index`)."""

    translation: Translation
    article: str
    index: int


@dataclass(frozen=True, slots=True)
class BriefFigure:
    """A figure as printed; `claimant` is None where the article names nobody who says so."""

    figure: Figure
    claimant: Translation | None


@dataclass(frozen=True, slots=True)
class BriefStory:
    """A story as printed. `articles` are ids of `Briefing.articles`, the leading one first.

    `status` is "new", or "update" where it continues a story of an earlier day: `since` is then the first of those days.
    `copies` are the near copies among `articles`. `topic` is its heading. Both are None where nothing is known. `rank` counts
    from 1 by weight, whatever the heading; 0: unknown. `names` are the main people, places and organisations, each in
    English and in its usual Arabic spelling. `earlier` are the days on which the story was told before, each with the id that
    it had.
    """

    id: str
    headline: Translation
    articles: tuple[str, ...]
    sentences: tuple[BriefSentence, ...]
    status: str | None = None
    topic: str | None = None
    since: date | None = None
    copies: tuple[str, ...] = ()
    figures: tuple[BriefFigure, ...] = ()
    rank: int = 0
    names: tuple[tuple[str, str], ...] = ()
    earlier: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A story, or articles, that the briefing does not tell: the Arabic headline, how many articles, and why."""

    headline: str
    articles: int
    reason: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """The day's briefing, composed once; every output format is drawn from this one value.

    `passed_over` names the files of the input folders that are no articles by their kind; `left_out` is what was read
    and is not told. `settings` are those that shaped it, by name.
    """

    date: date
    package: PackageInfo
    stories: tuple[BriefStory, ...]
    articles: tuple[Article, ...]
    failures: tuple[Failure, ...]
    passed_over: tuple[str, ...]
    left_out: tuple[LeftOut, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()

    def article(self, article_id: str) -> Article:
        """Return the article with this id; KeyError where there is none."""
        for article in self.articles:
            if article.id == article_id:
                return article
        raise KeyError(article_id)

    def translations(self) -> tuple[Translation, ...]:
        """Return every translation that is printed, in order: headlines, sentences, and who claims a figure."""
        return tuple(
            translation
            for story in self.stories
            for translation in (
                story.headline,
                *(sentence.translation for sentence in story.sentences),
                *(figure.claimant for figure in story.figures if figure.claimant is not None),
            )
        )

    def outlets(self, story: BriefStory) -> tuple[str, ...]:
        """Return the names of the outlets that carry `story`, each once, in the order of its articles."""
        names = (self.article(article_id).outlet for article_id in story.articles)
        return tuple(dict.fromkeys(name for name in names if name is not None))
