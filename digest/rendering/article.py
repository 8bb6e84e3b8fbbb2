"""One article with its summary, as `digest summarize` prints it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from digest.rendering.bidi import PDI, RLI, encodable, isolate, one_line
from digest.rendering.data import doubts_data
from digest.rendering.escaping import escape_markdown
from digest.rendering.view import english_or_none, outlet_name, reasons, sentence_view
from digest.rendering.wording import day, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from digest.model import Article, BriefSentence, Translation


class Language(StrEnum):
    """What to print: the Arabic, the English, or the English with the Arabic under it."""

    AR = "ar"
    EN = "en"
    BOTH = "both"


class Form(StrEnum):
    """How to print it: plain text, Markdown, or one line of JSON."""

    TEXT = "text"
    MD = "md"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article, its title and the sentences chosen from it; `Translation.en` is "" where only Arabic is asked for."""

    article: Article
    title: Translation
    sentences: tuple[BriefSentence, ...]


def render_article(summary: ArticleSummary, to: Language, form: Form) -> str:
    """Return `summary` as it is printed, with one line end after it.

    Doubts stand with the English they are about. JSON is one compact object on one line: `{id, origin, title, outlet,
    published, sentences: [{text, index}]}` in Arabic, with English also `title_en`, `title_doubts` and, in every
    sentence, `en` and `doubts`.
    """
    draw: dict[Form, Callable[[ArticleSummary, Language], str]] = {
        Form.TEXT: lambda shown, language: "\n\n".join("\n".join(block) for block in _text(shown, language)),
        Form.MD: lambda shown, language: "\n\n".join(_markdown(shown, language)),
        Form.JSON: _json,
    }
    return draw[form](summary, to) + "\n"


def _text(summary: ArticleSummary, to: Language) -> Iterator[list[str]]:
    """Yield blocks of lines: the head, then one block for every sentence."""
    title = summary.title
    english = [wrap(english_or_none(title.en)), *_doubt_lines(reasons(title.doubts), "")]
    yield [*(english if to != Language.AR else []), *_arabic_line(title.ar, to), wrap(_facts(summary.article))]
    for sentence in summary.sentences:
        shown = sentence_view(sentence, summary.article)
        english = [wrap(shown.en, "  ", "* "), *_doubt_lines(shown.doubts, "  ")]
        yield [*(english if to != Language.AR else []), *_arabic_line(shown.ar, to, "  ")]


def _arabic_line(text: str, to: Language, indent: str = "") -> list[str]:
    return [] if to == Language.EN else [f"{indent}{RLI}{one_line(text)}{PDI}"]


def _doubt_lines(doubts: tuple[str, ...], indent: str) -> list[str]:
    return [wrap(f"Doubtful: {reason}", f"{indent}  ", f"{indent}! ") for reason in doubts]


def _markdown(summary: ArticleSummary, to: Language) -> Iterator[str]:
    """Yield blocks of Markdown."""
    title = summary.title
    arabic_title = escape_markdown(one_line(title.ar))
    if to == Language.AR:
        yield f"## {arabic_title}"
    else:
        yield f"## {escape_markdown(english_or_none(title.en))}"
        yield from _doubt_blocks(reasons(title.doubts))
    if to == Language.BOTH:
        yield f"> {arabic_title}"
    yield escape_markdown(_facts(summary.article))
    for sentence in summary.sentences:
        shown = sentence_view(sentence, summary.article)
        if to == Language.AR:
            yield escape_markdown(shown.ar)
            continue
        yield escape_markdown(shown.en)
        yield from _doubt_blocks(shown.doubts)
        if to == Language.BOTH:
            yield f"> {escape_markdown(shown.ar)}"


def _doubt_blocks(doubts: tuple[str, ...]) -> Iterator[str]:
    return (f"**Doubtful:** {escape_markdown(reason)}" for reason in doubts)


def _facts(article: Article) -> str:
    made = " · no title, so its first sentence" if article.title_made else ""
    return f"{outlet_name(article)} · {day(article.published)} · {isolate(one_line(article.origin))}{made}"


def _json(summary: ArticleSummary, to: Language) -> str:
    article = summary.article
    english = to != Language.AR
    value = {
        "id": article.id,
        "origin": article.origin,
        "title": summary.title.ar,
        **({"title_en": summary.title.en, "title_doubts": doubts_data(summary.title.doubts)} if english else {}),
        "outlet": article.outlet,
        "published": None if article.published is None else article.published.isoformat(),
        "sentences": [
            {
                "text": sentence.translation.ar,
                "index": sentence.index,
                **(
                    {"en": sentence.translation.en, "doubts": doubts_data(sentence.translation.doubts)}
                    if english
                    else {}
                ),
            }
            for sentence in summary.sentences
        ],
    }
    return encodable(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
