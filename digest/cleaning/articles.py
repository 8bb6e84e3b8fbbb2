"""Build articles from judged lines: mend broken paragraphs, split sentences, attach the metadata."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from digest.arabic.sentences import is_ended, is_whole, split_sentences
from digest.arabic.text import arabic_letters, key, words
from digest.cleaning.judge import UNENDED_PROSE_WORDS, judge
from digest.cleaning.metadata import find_author, find_outlet, find_published
from digest.errors import CleaningError
from digest.model import Article, Document, JudgedLine, Label, LineCounts, Paragraph, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


def clean(document: Document, rules: RuleSet) -> tuple[Article, ...]:
    """Return the articles of `document`, in order.

    Raises:
        CleaningError: the document has no Arabic in it, or no paragraph is left of it.

    """
    if arabic_letters(document.text) < MIN_ARABIC_LETTERS:
        raise CleaningError(document.origin, "no Arabic text in it")
    lines = judge(document.text, rules)
    articles = tuple(
        article
        for number in sorted({line.article for line in lines if line.article})
        if (article := _article(document.origin, number, lines)) is not None
    )
    if not articles:
        raise CleaningError(
            document.origin, "no article in it: no paragraph is left once the page's furniture is taken off"
        )
    return articles


def _article(origin: str, number: int, lines: Sequence[JudgedLine]) -> Article | None:
    own = [line for line in lines if line.article == number]
    paragraphs = _paragraphs(own)
    sentences = _sentences(paragraphs)
    if not sentences:
        return None
    title = next((line.kept for line in own if line.label is Label.TITLE), None)
    return Article(
        id=_content_id(title or "", paragraphs),
        origin=origin,
        title=title or sentences[0].text,
        title_made=title is None,
        outlet=find_outlet(own),
        author=find_author(own),
        published=find_published(own),
        paragraphs=paragraphs,
        sentences=sentences,
        lines=_counts(number, lines),
    )


def _paragraphs(lines: Iterable[JudgedLine]) -> tuple[Paragraph, ...]:
    """Return the kept body lines as paragraphs; one that was torn in two by a line break is whole again."""
    paragraphs: list[Paragraph] = []
    for line in lines:
        if line.label is Label.TITLE or not line.kept:
            continue
        subhead = line.label in (Label.SUBHEAD, Label.RELATED_SUBHEAD)
        if not subhead and paragraphs and _is_torn(paragraphs[-1], line.kept):
            paragraphs[-1] = Paragraph(f"{paragraphs[-1].text} {line.kept}")
        else:
            paragraphs.append(Paragraph(line.kept, subhead))
    return tuple(paragraphs)


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


def _counts(number: int, lines: Sequence[JudgedLine]) -> LineCounts:
    """Count the lines of article `number`; lines of no article count as dropped by the article before them.

    So the counts of a document's articles add up to its non-empty lines.
    """
    kept = dropped = 0
    current = min(line.article for line in lines if line.article)
    for line in lines:
        current = line.article or current
        if current == number:
            kept += bool(line.kept)
            dropped += not line.kept
    return LineCounts(kept, dropped)


def _content_id(title: str, paragraphs: Sequence[Paragraph]) -> str:
    """Return 12 hexadecimal digits that stay the same as long as the article's words do."""
    content = "\n".join([key(title), *(key(paragraph.text) for paragraph in paragraphs)])
    return hashlib.sha256(content.encode()).hexdigest()[:12]
