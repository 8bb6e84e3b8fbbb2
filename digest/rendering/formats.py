"""The five files of a briefing."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from typing import TYPE_CHECKING

from markupsafe import Markup

from digest.rendering.data import to_json
from digest.rendering.mail import mail_html, message
from digest.rendering.stories import stories_html
from digest.rendering.templates import Templates
from digest.rendering.view import BriefingView, view

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from digest.mailboxes import Mailbox
    from digest.model import Briefing


def render_all(
    briefing: Briefing, folder: Path | None, sender: Mailbox | None, recipients: Sequence[Mailbox]
) -> dict[str, bytes]:
    """Return the files by name; see `digest.rendering.render`."""
    templates = Templates(folder)
    shown = view(briefing)
    files = {
        "briefing.md": templates.fill("briefing.md.j2", _values(shown)).encode(),
        "briefing.html": _page(shown, templates).encode(),
        "briefing.txt": templates.fill("briefing.txt.j2", _values(shown)).encode(),
        "briefing.json": to_json(briefing).encode(),
    }
    content = hashlib.sha256(b"\0".join(files.values())).hexdigest()
    files["briefing.eml"] = message(briefing, files, mail_html(shown, templates), content, sender, recipients)
    return files


def _page(shown: BriefingView, templates: Templates) -> str:
    """Return the page: the stories by way of their Markdown, in a frame filled from the same view."""
    told = [
        # nh3 has sanitised it.
        Markup(stories_html(templates.fill("story.md.j2", {"story": story}), story.anchor))  # noqa: S704
        for story in shown.stories
    ]
    return templates.fill("page.html.j2", _values(shown) | {"told": told})


def _values(shown: BriefingView) -> dict[str, object]:
    """Return the fields of the view by name, as templates address them."""
    return {field.name: getattr(shown, field.name) for field in fields(shown)}
