"""Rendering: one Briefing in, the files of the day out. Every format shows the same stories, sentences and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.rendering.data import schema

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from digest.mailboxes import Mailbox
    from digest.model import Briefing

__all__ = ["render", "schema"]


def render(
    briefing: Briefing,
    templates: Path | None = None,
    sender: Mailbox | None = None,
    recipients: Sequence[Mailbox] = (),
) -> dict[str, bytes]:
    """Return the files of `briefing` by name: briefing.md, .html, .txt, .json and .eml, in this order.

    The same briefing gives the same bytes. Files in the folder `templates` replace the shipped templates of the same
    name; TemplateError where one of them cannot be used. The mail goes from `sender` to `recipients`, where they are known.
    """
    # Jinja2, Markdown and nh3 load with the first briefing, so that nothing else waits for them.
    from digest.rendering.formats import render_all  # noqa: PLC0415

    return render_all(briefing, templates, sender, recipients)
