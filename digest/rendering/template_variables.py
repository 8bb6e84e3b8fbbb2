"""What each template gets, as a comment for its head: drawn from the views themselves, so that it cannot go stale."""

from __future__ import annotations

import dataclasses
import inspect
import textwrap
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from digest.rendering.archive import ArchiveDay
from digest.rendering.coverage import Coverage
from digest.rendering.mail import MailStory
from digest.rendering.view import BriefingView, Counts, FailureView, StoryView
from digest.rendering.wording import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_KINDS = {str: "text", int: "number", bool: "true or false"}
_MAIL = {
    "date": str,
    "date_text": str,
    "hijri_text": str,
    "counts": Counts,
    "facts": tuple[str, ...],
    "notice": str,
    "preheader": str,
    "stories": tuple[MailStory, ...],
    "named": tuple[str, ...],
    "unnamed": int,
    "failures": tuple[FailureView, ...],
    "more_failures": int,
}


def template_variables() -> dict[str, dict[str, Any]]:
    """Return the names and types of the variables of every template, by its file name."""
    whole = get_type_hints(BriefingView)
    return {
        "briefing.md.j2": whole,
        "briefing.txt.j2": whole,
        "mail.html.j2": dict(_MAIL),
        "page.html.j2": whole | {"told": tuple[str, ...]},
        "story.md.j2": {"story": StoryView},
        "coverage.html.j2": {"coverage": Coverage},
        "thread.html.j2": {"own": StoryView},
        "archive.html.j2": {"days": tuple[ArchiveDay, ...], "stories": int},
    }


def with_variables(name: str, source: str) -> str:
    """Return the template with a comment before it that names its variables; as it is where it has none of its own.

    The comment takes its line end with it: what the template makes stays the same.
    """
    variables = template_variables().get(name)
    if variables is None:
        return source
    blocks = [
        f"What {name} gets. README.md beside it tells the rest: rules, filters, examples.",
        "\n".join(_listed(variables)),
        *(_described(view) for view in _views(variables.values())),
    ]
    text = "\n\n".join(blocks)
    return f"{{#\n{text}\n#}}\n{source}"


def _described(view: type) -> str:
    told = textwrap.fill(" ".join(inspect.cleandoc(view.__doc__ or "").split()), COLUMNS)
    return "\n".join([view.__name__, told, *_listed(get_type_hints(view), "  .")])


def _listed(variables: Mapping[str, Any], start: str = "  ") -> Iterator[str]:
    width = max(map(len, variables))
    for name, hint in variables.items():
        yield f"{start}{name:<{width}}  {_kind(hint)}"


def _kind(hint: Any) -> str:
    if hint in _KINDS:
        return _KINDS[hint]
    if dataclasses.is_dataclass(hint):
        return str(getattr(hint, "__name__", hint))
    if get_origin(hint) is tuple and get_args(hint)[1:] == (...,):
        return f"list of {_kind(get_args(hint)[0])}"
    if get_origin(hint) in {UnionType, Union}:
        return " or ".join("none" if part is NoneType else _kind(part) for part in get_args(hint))
    raise TypeError(f"no words for {hint}")


def _views(hints: Iterable[Any]) -> list[type]:
    """Return the dataclasses among the types and in them, each once, in the order in which they are met."""
    found: dict[type, None] = {}
    for hint in hints:
        if isinstance(hint, type) and dataclasses.is_dataclass(hint):
            found[hint] = None
            found |= dict.fromkeys(_views(get_type_hints(hint).values()))
        else:
            found |= dict.fromkeys(_views(part for part in get_args(hint) if part is not ...))
    return list(found)
