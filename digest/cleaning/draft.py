"""A line on its way to a verdict: the only thing in cleaning that changes while it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.cleaning.lines import Line
    from digest.model import Label


@dataclass(slots=True)
class Draft:
    """A line and what has been found out about it so far.

    `section` is what the rule that matched says of the lines below it ("end", "inline" or ""), and `goes_on` whether the
    article goes on behind the links there; `listed` tells that the line may be a point of the article's own list. `kept`
    is the part that stays where that is neither all of the line nor nothing.
    """

    line: Line
    label: Label | None = None
    rule: str = ""
    section: str = ""
    goes_on: bool = False
    listed: bool = False
    article: int = 1
    kept: str | None = None

    def settle(self, label: Label, rule: str, kept: str | None = None) -> None:
        """Decide what the line is, and by which rule."""
        self.label, self.rule, self.kept = label, rule, kept

    def reopen(self) -> None:
        """Take back what was decided."""
        self.label, self.rule, self.kept = None, "", None


def beside(drafts: Sequence[Draft], at: int) -> tuple[Draft | None, Draft | None]:
    """Return the lines before and after the one at `at`, None at the ends."""
    return drafts[at - 1] if at else None, drafts[at + 1] if at + 1 < len(drafts) else None
