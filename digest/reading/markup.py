"""Fragments of HTML, as feeds, mails and records carry them, as lines of text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    {
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "tr",
        "table",
        "blockquote",
        "section",
        "article",
        "figure",
        "figcaption",
        "hr",
    }
    | {"h1", "h2", "h3", "h4", "h5", "h6", "pre", "header", "footer", "aside", "dl", "dt", "dd"}
)
_SILENT = frozenset({"script", "style", "head", "template", "noscript", "svg", "form", "button", "select"})
_TAG = re.compile(r"<[a-zA-Z!/][^<>]*>")


def text_of(fragment: str) -> str:
    """Return the text of `fragment`, a line for every block of it; plain text comes back as it is."""
    if _TAG.search(fragment) is None:
        return fragment.strip()
    lines = _Lines()
    lines.feed(fragment)
    lines.close()
    return lines.text()


class _Lines(HTMLParser):
    """Collects text; every block element begins a new line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[list[str]] = [[]]
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line at a block, and stop listening in elements that show nothing."""
        del attrs
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self._lines.append([])

    def handle_endtag(self, tag: str) -> None:
        """Begin a line behind a block."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        if tag in _BLOCKS:
            self._lines.append([])

    def handle_data(self, data: str) -> None:
        """Add text to the line."""
        if not self._silent:
            self._lines[-1].append(data)

    def text(self) -> str:
        """Return what was collected, without empty lines."""
        joined = (" ".join("".join(parts).split()) for parts in self._lines)
        return "\n".join(line for line in joined if line)
