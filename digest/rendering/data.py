"""The briefing as data: `briefing.json` and the JSON Schema it follows."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING

from digest.rendering.bidi import encodable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.model import Article, BriefFigure, Briefing, BriefStory, Doubt, Translation


def schema() -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) of `briefing.json`."""
    text = resources.files("digest.rendering").joinpath("briefing.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, object] = json.loads(text)
    return loaded


def to_json(briefing: Briefing) -> str:
    """Return `briefing` as indented JSON with a line end after it; texts are given as they are, unknown values as null.

    A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD.
    """
    package = briefing.package
    value = {
        "date": briefing.date.isoformat(),
        "package": {"id": package.id, "version": package.version, "bundled": package.bundled},
        "stories": [_story(story) for story in briefing.stories],
        "articles": [_article(article) for article in briefing.articles],
        "failures": [
            {"origin": failure.origin, "stage": failure.stage, "reason": failure.reason}
            for failure in briefing.failures
        ],
        "passed_over": list(briefing.passed_over),
        "left_out": [
            {"headline": left.headline, "articles": left.articles, "reason": left.reason} for left in briefing.left_out
        ],
        "settings": dict(briefing.settings),
    }
    return encodable(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def doubts_data(doubts: Iterable[Doubt]) -> list[dict[str, str]]:
    """Return doubts as JSON values."""
    return [{"guard": doubt.guard, "reason": doubt.reason} for doubt in doubts]


def _story(story: BriefStory) -> dict[str, object]:
    return {
        "id": story.id,
        "headline": _translation(story.headline),
        "status": story.status,
        "since": None if story.since is None else story.since.isoformat(),
        "earlier": [{"date": day.isoformat(), "id": story_id} for day, story_id in story.earlier],
        "topic": story.topic,
        "rank": story.rank,
        "names": [{"en": english, "ar": arabic} for english, arabic in story.names],
        "articles": list(story.articles),
        "copies": list(story.copies),
        "sentences": [
            _translation(sentence.translation) | {"article": sentence.article, "index": sentence.index}
            for sentence in story.sentences
        ],
        "figures": [_figure(figure) for figure in story.figures],
    }


def _translation(translation: Translation) -> dict[str, object]:
    return {
        "ar": translation.ar,
        "en": translation.en,
        "doubts": doubts_data(translation.doubts),
        "by_hand": translation.by_hand,
    }


def _figure(brief: BriefFigure) -> dict[str, object]:
    figure = brief.figure
    whole = figure.value == figure.value.to_integral_value()
    return {
        "value": int(figure.value) if whole else float(figure.value),
        "qualifier": figure.qualifier,
        "counted": figure.counted,
        "event": figure.event,
        "claimant": None if brief.claimant is None else _translation(brief.claimant),
        "article": figure.article,
        "index": figure.index,
    }


def _article(article: Article) -> dict[str, object]:
    return {
        "id": article.id,
        "title": article.title,
        "title_made": article.title_made,
        "outlet": article.outlet,
        "outlet_en": article.outlet_en,
        "published": None if article.published is None else article.published.isoformat(),
        "origin": article.origin,
        "url": article.url,
        "lines": {"kept": article.lines.kept, "dropped": article.lines.dropped},
    }
