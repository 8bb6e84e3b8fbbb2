"""Cleaned articles, and the verdicts on their lines, as `digest clean` prints them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from digest.rendering.bidi import encodable, isolate, one_line
from digest.rendering.view import outlet_name
from digest.rendering.wording import day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.model import Article, JudgedLine


def article_text(article: Article) -> str:
    """Return an article as plain text: title, what it states about itself, and its paragraphs, subheads marked."""
    made = ["no title, so its first sentence"] if article.title_made else []
    author = [isolate(article.author)] if article.author else []
    facts = " · ".join(
        [outlet_name(article), *author, day(article.published), isolate(one_line(article.origin)), *made]
    )
    body = (f"## {paragraph.text}" if paragraph.subhead else paragraph.text for paragraph in article.paragraphs)
    return encodable("\n\n".join([f"# {article.title}", facts, *body]) + "\n")


def article_json(article: Article, number: int) -> str:
    """Return an article as one JSON object on one line; `number` is its place in its file, from 1."""
    value = {
        "file": article.origin,
        "article": number,
        "title": article.title,
        "title_made": article.title_made,
        "outlet": article.outlet,
        "author": article.author,
        "published": None if article.published is None else article.published.isoformat(),
        "keywords": list(article.keywords),
        "paragraphs": [paragraph.text for paragraph in article.paragraphs],
    }
    return encodable(json.dumps(value, ensure_ascii=False) + "\n")


def lines_text(origin: str, lines: Iterable[JudgedLine]) -> str:
    """Return a file's lines with their verdicts: number, + or -, article, label, rule, and the line itself below."""
    blocks = [f"{one_line(origin)}\n"]
    for line in lines:
        sign = "+" if line.kept else "-"
        blocks.append(f"{line.number:5} {sign} {line.article} {line.label} ({line.rule})\n      {line.text}\n")
        if line.kept and line.kept != line.text:
            blocks.append(f"      kept: {line.kept}\n")
    return encodable("".join(blocks))


def lines_json(judged: Iterable[tuple[str, Iterable[JudgedLine]]]) -> str:
    """Return the verdicts on all lines of all files as one JSON array."""
    value = [
        {
            "file": origin,
            "line": line.number,
            "article": line.article,
            "label": str(line.label),
            "rule": line.rule,
            "kept": bool(line.kept),
            "text": line.text,
        }
        for origin, lines in judged
        for line in lines
    ]
    return encodable(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
