"""The digest.toml that `digest init` writes: every setting of `Settings`, explained and with its default commented out.

The explanations are those of the docstring of `Settings` and the defaults those of its fields, so neither can go stale.
"""

from __future__ import annotations

import inspect
import json
import re
import textwrap
from dataclasses import fields

from digest.settings import Settings

COLUMNS = 100
"""Longest line of an explanation."""

_ENTRY = re.compile(r"(?P<name>[a-z_]+): (?P<text>.+(?:\n .+)*)")

_HEAD = """# Settings of digest. What stands here are the defaults: remove the # before a setting and change it.
# Text is put in quotes, a list in brackets: ["one", "two"]. Paths are seen from the folder that digest runs in.
# An environment variable (DIGEST_TOP for top) goes before this file, an option of a command before both.
"""


def explanations() -> dict[str, str]:
    """Return what the docstring of `Settings` says about each key, on one line; nothing where Python dropped it (-OO)."""
    text = inspect.cleandoc(Settings.__doc__ or "")
    return {found["name"]: " ".join(found["text"].split()) for found in _ENTRY.finditer(text)}


def commented_settings() -> str:
    """Return a digest.toml in which every setting is commented out.

    A line that starts with `# ` is an explanation, one that starts with `#` and a key is a setting with its default.
    """
    explained = explanations()
    blocks = [_HEAD]
    for field in fields(Settings):
        # TOML's numbers, quoted texts and lists of them are written as JSON's are.
        setting = f"#{field.name} = {json.dumps(field.default, ensure_ascii=False)}\n"
        blocks.append(_comment(explained.get(field.name, "")) + setting)
    return "\n".join(blocks)


def _comment(text: str) -> str:
    sentence = text[:1].upper() + text[1:]
    return "".join(
        f"{line}\n" for line in textwrap.wrap(sentence, COLUMNS, initial_indent="# ", subsequent_indent="# ")
    )
