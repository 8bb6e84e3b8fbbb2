"""Escaping of text that others wrote for Markdown.

The result reads back as exactly the text in python-markdown, in CommonMark (GitHub) and in Obsidian. A backslash is
used where all three know it, a character reference where python-markdown does not.
"""

from __future__ import annotations

import re

# Code, emphasis, links, attribute lists, and # also for Obsidian's tags.
_ANYWHERE = re.compile(r"[\\`*_\[\]{}#]")
# What would open a list, a quotation or a rule at the start of a line. \d: python-markdown counts in any script.
_NUMBER_FIRST = re.compile(r"^(\d+)([.)])(?=\s|$)")
_SIGN_FIRST = re.compile(r"^[-+>]")
_LIKE_A_REFERENCE = re.compile(r"&(?=#?\w+;)")
_REFERENCES = (
    (re.compile(r"<"), "&lt;"),
    (re.compile(r"~"), "&#126;"),  # struck out
    (re.compile(r"=(?==)"), "&#61;"),  # an underlined heading; Obsidian's highlight
    (re.compile(r"%(?=%)"), "&#37;"),  # Obsidian's comment
    (re.compile(r"(?<=\S)\$(?!\d)"), "&#36;"),  # the dollar that would close a formula
)


def escape_markdown(text: str) -> str:
    """Return `text`, which has no line break in it, as Markdown that shows exactly `text`."""
    escaped = _LIKE_A_REFERENCE.sub("&amp;", text)
    escaped = _ANYWHERE.sub(r"\\\g<0>", escaped)
    escaped = _NUMBER_FIRST.sub(r"\1\\\2", escaped)
    escaped = _SIGN_FIRST.sub(r"\\\g<0>", escaped)
    for pattern, reference in _REFERENCES:
        escaped = pattern.sub(reference, escaped)
    return escaped
