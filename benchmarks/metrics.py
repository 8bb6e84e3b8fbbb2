"""The measures that the benchmarks print: precision, recall and F1 over lines, tokens and sentence boundaries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of what was found rightly, found wrongly and missed. Scores add up to the micro-average."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of what was found that is right, 0 to 1; 1 where nothing was found."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of what is right that was found, 0 to 1; 1 where there was nothing to find."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1; 1 where there was nothing to find and nothing was found."""
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def line_score(gold: Sequence[bool | None], kept: Sequence[bool]) -> Score:
    """Compare verdicts on lines, one for each; "keep" is what is looked for, and None in `gold` is not counted.

    Raises:
        ValueError: not as many verdicts as gold lines.

    """
    judged = [(want, have) for want, have in zip(gold, kept, strict=True) if want is not None]
    return Score(
        right=sum(want and have for want, have in judged),
        wrong=sum(have and not want for want, have in judged),
        missed=sum(want and not have for want, have in judged),
    )


def token_score(gold: Iterable[str], found: Iterable[str]) -> Score:
    """Compare two bags of tokens: each token counts as often as it stands in both, its order does not."""
    wanted, had = Counter(gold), Counter(found)
    right = (wanted & had).total()
    return Score(right, had.total() - right, wanted.total() - right)


def boundaries(sentences: Iterable[str]) -> tuple[str, frozenset[int]]:
    """Return the characters of `sentences` without any white space, and how many of them stand before each boundary.

    Only boundaries between sentences count: the beginning and the end of a document are known to everybody.
    """
    text = ""
    ends = []
    for sentence in sentences:
        text += "".join(sentence.split())
        ends.append(len(text))
    return text, frozenset(end for end in ends if 0 < end < len(text))


def boundary_score(gold: Sequence[str], found: Sequence[str]) -> Score:
    """Compare two splits of one document by the places of their boundaries, counted in characters without white space.

    Raises:
        ValueError: `found` is not a split of the document, some of its characters are others.

    """
    text, wanted = boundaries(gold)
    same, had = boundaries(found)
    if same != text:
        at = next((at for at, (ours, theirs) in enumerate(zip(text, same, strict=False)) if ours != theirs), len(text))
        raise ValueError(f"not a split of the document: it differs at {text[max(0, at - 20) : at + 20]!r}")
    return Score(len(wanted & had), len(had - wanted), len(wanted - had))


def accuracy(gold: Sequence[object], found: Sequence[object]) -> float:
    """Return the share of equal pairs, 0 to 1; 1 for none.

    Raises:
        ValueError: the two are not equally long.

    """
    return _share(sum(want == have for want, have in zip(gold, found, strict=True)), len(gold))
