"""A line on its way to a verdict: the only thing in cleaning that changes while it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.cleaning.lines import Line
    from digest.model import Label


@dataclass(slots=True)
class Draft:
    """A line and what has been found out about it so far.

    `section` is what the rule that matched says of the lines below it ("end", "inline" or ""); `kept` is the part that
    stays where that is neither all of the line nor nothing.
    """

    line: Line
    label: Label | None = None
    rule: str = ""
    section: str = ""
    article: int = 1
    kept: str | None = None

    def settle(self, label: Label, rule: str, kept: str | None = None) -> None:
        """Decide what the line is, and by which rule."""
        self.label, self.rule, self.kept = label, rule, kept
