"""`briefing.json` back into the Briefing that it was made from, so that every view of it is the one it had that day.

The bodies of the articles are not in the file: the articles come back without them. What a briefing of an older version
does not have is unknown, as in the model. The shape is that of `digest.rendering.schema()`.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from digest.arabic.outlets import english_outlet
from digest.model import (
    Article,
    BriefFigure,
    Briefing,
    BriefSentence,
    BriefStory,
    Doubt,
    Failure,
    Figure,
    LeftOut,
    LineCounts,
    PackageInfo,
    Translation,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = TypeVar("Kind")


def from_json(text: str) -> Briefing:
    """Return the briefing of which `text` is the JSON.

    Raises:
        ValueError: it is not the JSON of a briefing.

    """
    try:
        # As Decimal, numbers come back as they were written.
        data = json.loads(text, parse_float=Decimal, parse_constant=_no_number)
        return _briefing(_is(data, dict))
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"not a briefing of digest ({type(error).__name__}: {error})") from error


def _briefing(data: Mapping[str, Any]) -> Briefing:
    package = data["package"]
    articles = tuple(map(_article, data["articles"]))
    known = {article.id for article in articles}
    stories = tuple(map(_story, data["stories"]))
    for story in stories:
        named = {*story.articles, *(each.article for each in story.sentences)}
        if unknown := (named | {each.figure.article for each in story.figures}) - known:
            raise ValueError(f"story {story.id} names the article {min(unknown)}, which is missing")
    return Briefing(
        date=date.fromisoformat(data["date"]),
        package=PackageInfo(_text(package["id"]), _text(package["version"]), _is(package["bundled"], bool)),
        stories=stories,
        articles=articles,
        failures=tuple(
            Failure(_text(each["origin"]), _text(each["stage"]), _text(each["reason"])) for each in data["failures"]
        ),
        passed_over=tuple(map(_text, data.get("passed_over", ()))),
        left_out=tuple(
            LeftOut(_text(each["headline"]), _is(each["articles"], int), _text(each["reason"]))
            for each in data.get("left_out", ())
        ),
        settings=tuple((_text(name), _text(value)) for name, value in data.get("settings", {}).items()),
    )


def _story(data: Mapping[str, Any]) -> BriefStory:
    return BriefStory(
        id=_text(data["id"]),
        headline=_translation(data["headline"]),
        articles=tuple(map(_text, data["articles"])),
        sentences=tuple(
            BriefSentence(_translation(each), _text(each["article"]), _is(each["index"], int))
            for each in data["sentences"]
        ),
        status=_text_or_none(data.get("status")),
        topic=_text_or_none(data.get("topic")),
        since=_day_or_none(data.get("since")),
        copies=tuple(map(_text, data.get("copies", ()))),
        figures=tuple(map(_figure, data.get("figures", ()))),
        rank=_is(data.get("rank", 0), int),
        names=tuple((_text(each["en"]), _text(each["ar"])) for each in data.get("names", ())),
        earlier=tuple((date.fromisoformat(each["date"]), _text(each["id"])) for each in data.get("earlier", ())),
    )


def _figure(data: Mapping[str, Any]) -> BriefFigure:
    claimant, value = data["claimant"], data["value"]
    return BriefFigure(
        Figure(
            value=value if isinstance(value, Decimal) else Decimal(_is(value, int)),
            qualifier=_text(data["qualifier"]),
            counted=_text(data["counted"]),
            event=_text(data["event"]),
            claimant="" if claimant is None else _text(claimant["ar"]),
            article=_text(data["article"]),
            index=_is(data["index"], int),
        ),
        None if claimant is None else _translation(claimant),
    )


def _translation(data: Mapping[str, Any]) -> Translation:
    doubts = tuple(Doubt(_text(each["guard"]), _text(each["reason"])) for each in data.get("doubts", ()))
    return Translation(_text(data["ar"]), _text(data["en"]), doubts, _is(data.get("by_hand", False), bool))


def _article(data: Mapping[str, Any]) -> Article:
    return Article(
        id=_text(data["id"]),
        origin=_text(data["origin"]),
        title=_text(data["title"]),
        title_made=_is(data["title_made"], bool),
        outlet=(outlet := _text_or_none(data["outlet"])),
        # Older briefings do not say it.
        outlet_en=_text_or_none(data.get("outlet_en", english_outlet(outlet or ""))),
        author=None,
        published=_day_or_none(data["published"]),
        paragraphs=(),
        sentences=(),
        lines=LineCounts(_is(data["lines"]["kept"], int), _is(data["lines"]["dropped"], int)),
        url=_text_or_none(data.get("url")),
    )


def _is(value: object, kind: type[Kind]) -> Kind:
    if not isinstance(value, kind):
        raise TypeError(f"{value!r:.60} where {kind.__name__} is expected")
    return value


def _text(value: object) -> str:
    return _is(value, str)


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


def _day_or_none(value: object) -> date | None:
    return None if value is None else date.fromisoformat(_text(value))


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")
