"""Build articles from judged lines: mend broken paragraphs, split sentences, attach the metadata."""

from __future__ import annotations

import hashlib
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from digest.arabic.sentences import is_ended, is_whole, split_sentences
from digest.arabic.text import has_arabic, key, repair, words
from digest.cleaning.judge import WRAPPED, judge
from digest.cleaning.lines import UNENDED_PROSE_WORDS
from digest.cleaning.metadata import (
    find_agencies,
    find_author,
    find_dateline,
    find_keywords,
    find_outlet,
    find_published,
    strip_desk,
    strip_outlet,
)
from digest.errors import CleaningError
from digest.model import Article, Document, Hints, JudgedLine, Label, LineCounts, Paragraph, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from digest.cleaning.ruleset import RuleSet

MIN_ARABIC_LETTERS = 40
"""A text with fewer Arabic letters than this, about one short sentence, is no Arabic article."""

# Words that a new paragraph does not begin with, but the second half of a torn one does.
_CONTINUATIONS = frozenset(
    map(
        key,
        (
            "حسبما",
            "بحسب",
            "حسب",
            "وفق",
            "وفقا",
            "الذي",
            "التي",
            "الذين",
            "والذي",
            "والتي",
            "حيث",
            "مما",
            "ما",
            "إذ",
            "وذلك",
            "فيما",
            "بينما",
            "بعدما",
            "بعد",
        ),
    )
)


def clean(document: Document, rules: RuleSet, furniture: frozenset[str] = frozenset()) -> tuple[Article, ...]:
    """Return the articles of `document`, in order.

    `furniture` are lines that stand in many documents (`digest.cleaning.furniture`).

    Raises:
        CleaningError: the document has no Arabic in it, or no paragraph is left of it.

    """
    if not has_arabic(document.text, MIN_ARABIC_LETTERS):
        raise CleaningError(document.origin, "no Arabic text in it")
    lines = judge_document(document, rules, furniture)
    articles = []
    for number, stretch in _stretches(lines):
        article = _article(document, number, stretch)
        if article is not None:
            articles.append(article)
    if not articles:
        raise CleaningError(
            document.origin, "no article in it: no paragraph is left once the page's furniture is taken off"
        )
    return tuple(articles)


def judge_document(
    document: Document, rules: RuleSet, furniture: frozenset[str] = frozenset()
) -> tuple[JudgedLine, ...]:
    """Return the verdict on every line of `document`, its title being known where its container states it."""
    return judge(document.text, rules, known_title(document.hints), furniture)


def known_title(hints: Hints) -> str | None:
    """Return the title that a document's container states, without the outlet's name behind it."""
    return (strip_outlet(repair(hints.title).strip(), hints.outlet) or None) if hints.title else None


def _stretches(lines: Sequence[JudgedLine]) -> Iterator[tuple[int, list[JudgedLine]]]:
    """Yield each article's number and lines; lines of no article go with the article before them, or the first.

    So the counts of a document's articles add up to its non-empty lines.
    """
    current = next((line.article for line in lines if line.article), 0)
    placed = []
    for line in lines:
        current = line.article or current
        placed.append((current, line))
    for number, stretch in groupby(placed, key=itemgetter(0)):
        if number:
            yield number, [line for _, line in stretch]


def _article(document: Document, number: int, stretch: Sequence[JudgedLine]) -> Article | None:
    own = [line for line in stretch if line.article == number]
    paragraphs = _paragraphs(own)
    sentences = _sentences(paragraphs)
    if not sentences:
        return None
    # What the container states is about the page's own article, not about another one at its end.
    hints = document.hints if number == 1 else Hints()
    title = known_title(hints) or next((line.kept for line in own if line.label is Label.TITLE), None)
    place, agency = find_dateline(paragraphs[0].text)
    agencies = find_agencies(own)
    kept = sum(bool(line.kept) for line in stretch)
    return Article(
        id=_id(document, number) or _content_id(title or "", paragraphs),
        origin=document.origin,
        title=strip_desk(title) if title else sentences[0].text,
        title_made=title is None,
        outlet=hints.outlet or find_outlet(own),
        author=hints.author or find_author(own),
        published=hints.published or find_published(own),
        paragraphs=paragraphs,
        sentences=sentences,
        lines=LineCounts(kept, len(stretch) - kept),
        url=hints.url,
        place=place,
        agencies=agencies if agency is None or agency in agencies else (*agencies, agency),
        keywords=hints.keywords or find_keywords(own),
    )


def _id(document: Document, number: int) -> str | None:
    """Return the record's own id; further articles of the same record are told apart by their number."""
    return document.id if document.id is None or number == 1 else f"{document.id}/{number}"


def _paragraphs(lines: Iterable[JudgedLine]) -> tuple[Paragraph, ...]:
    """Return the kept body lines as paragraphs; one that was torn in two by a line break is whole again."""
    paragraphs: list[Paragraph] = []
    before: JudgedLine | None = None
    for line in lines:
        if line.label is Label.TITLE or not line.kept:
            continue
        subhead = line.label in (Label.SUBHEAD, Label.RELATED_SUBHEAD)
        if before and (_is_wrapped(before, line) or (not subhead and _is_torn(paragraphs[-1], line.kept))):
            paragraphs[-1] = Paragraph(f"{paragraphs[-1].text} {line.kept}")
        else:
            paragraphs.append(Paragraph(line.kept, subhead))
        before = line
    return tuple(paragraphs)


def _is_wrapped(before: JudgedLine, line: JudgedLine) -> bool:
    """Tell whether two lines are pieces of one paragraph that was broken at a fixed width."""
    return before.rule == line.rule == WRAPPED and line.number == before.number + 1


def _is_torn(paragraph: Paragraph, following: str) -> bool:
    """Tell whether `following` is the second half of `paragraph`: that one has no end, this one begins in mid-sentence."""
    if paragraph.subhead or is_ended(paragraph.text) or not is_whole(paragraph.text):
        return False
    first = key(following).partition(" ")[0]
    return len(words(paragraph.text)) >= UNENDED_PROSE_WORDS and first in _CONTINUATIONS


def _sentences(paragraphs: Sequence[Paragraph]) -> tuple[Sentence, ...]:
    texts = (
        (sentence, place)
        for place, paragraph in enumerate(paragraphs)
        if not paragraph.subhead
        for sentence in split_sentences(paragraph.text)
    )
    return tuple(Sentence(text, index, place, is_whole(text)) for index, (text, place) in enumerate(texts))


def _content_id(title: str, paragraphs: Sequence[Paragraph]) -> str:
    """Return 12 hexadecimal digits that stay the same as long as the article's text does."""
    content = "\n".join([title, *(paragraph.text for paragraph in paragraphs)])
    return hashlib.sha256(content.encode(errors="replace")).hexdigest()[:12]
