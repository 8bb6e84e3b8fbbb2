"""The translator: Arabic texts in, checked English out, each text translated once in its life."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from digest.arabic.names import bundled_names
from digest.arabic.text import arabic_letters
from digest.model import Translation
from digest.translating.guards import check, unsure
from digest.translating.memory import sentence_key
from digest.translating.standins import stand_ins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from digest.arabic.names import Names
    from digest.model import Doubt, PackageInfo
    from digest.store import Store
    from digest.translating.engine import Hypothesis


class TranslatingEngine(Protocol):
    """What a translator needs of an engine; `digest.translating.engine.Engine` is one."""

    @property
    def info(self) -> PackageInfo:
        """What identifies the package."""

    @property
    def options_key(self) -> str:
        """What identifies the decoding options."""

    @property
    def attempts(self) -> int:
        """How many ways of searching there are, one at least."""

    def search(self, texts: Sequence[str], attempt: int) -> list[list[Hypothesis]]:
        """Return hypotheses for the English of each text, the best first; the first attempt, 0, finds at least one."""


@dataclass(frozen=True, slots=True)
class TranslationCounts:
    """What a translator did.

    `asked` counts the texts given, repeated ones and those without Arabic too. The others count the different Arabic texts
    of each call: taken from memory (those made by hand too), and translated now.
    """

    asked: int = 0
    remembered: int = 0
    translated: int = 0


WAY_OF_SEARCHING = 3
"""Goes up whenever guards or stand-ins would bring other English for the same text: what was remembered before is then
translated anew."""

LOST = frozenset({"names", "terms", "words", "numbers", "negation"})
"""Guards of what a reader would not miss in the English; that it is clumsy can be seen."""


class _Best:
    """The least doubtful English found so far for each text."""

    def __init__(self, check: Callable[[str, str, float | None], tuple[Doubt, ...]]) -> None:
        self.english: dict[str, str] = {}
        self.scores: dict[str, float] = {}
        self._check = check
        self._objections: dict[str, tuple[int, int]] = {}

    def offer(self, texts: Iterable[str], hypotheses: Iterable[Iterable[Hypothesis]]) -> None:
        """Take hypotheses, the best first, where they are less doubtful; one without objection ends the search."""
        for text, own in zip(texts, hypotheses, strict=True):
            for english, score in own:
                doubts = self._check(text, english, score)
                objections = len(doubts), sum(doubt.guard in LOST for doubt in doubts)
                if text not in self._objections or objections < self._objections[text]:
                    self.english[text], self._objections[text] = english, objections
                    self.scores.pop(text, None)
                    if score is not None:
                        self.scores[text] = score
                if not doubts:
                    break

    def doubtful(self) -> list[str]:
        """Return the texts whose English is objected to."""
        return [text for text, (count, _) in self._objections.items() if count]


class Translator:
    """Translates through an engine and, where a store is given, a memory of what the same package said before.

    What the user translated by hand goes before all, whatever the package. `day` is the ordinal of the day
    (`date.toordinal`) on which remembered translations are used. `names` are those that have to be in the English, the
    ones that ship where none are given.
    """

    def __init__(
        self, engine: TranslatingEngine, store: Store | None = None, day: int | None = None, names: Names | None = None
    ) -> None:
        self._engine = engine
        self._store = store
        self._day = day
        self._names = bundled_names() if names is None else names
        self._counts = TranslationCounts()

    @property
    def info(self) -> PackageInfo:
        """What identifies the package that translates."""
        return self._engine.info

    @property
    def options_key(self) -> str:
        """What identifies the decoding options, the names in force and the way in which better English is searched for."""
        return f"{self._engine.options_key} | names={self._names.key} | search={WAY_OF_SEARCHING}"

    @property
    def counts(self) -> TranslationCounts:
        """What all calls of `translate` did."""
        return self._counts

    def translate(self, texts: Sequence[str]) -> list[Translation]:
        """Return the translations of `texts`, in order, with the guards' doubts.

        Texts that are neither repeated nor remembered go to the engine together, in one call; without such a text it is
        not called. A text without Arabic letters is its own translation. Raises PackageError where the package cannot
        be run, OutputError where the store cannot be used.
        """
        arabic = [text for text in dict.fromkeys(texts) if arabic_letters(text)]
        by_hand = self.by_hand(arabic)
        english = by_hand | self._remembered([text for text in arabic if text not in by_hand])
        misses = [text for text in arabic if text not in english]
        scores = self._scores(english.keys() - by_hand.keys())
        if misses:
            fresh = self._fresh(misses)
            self._remember(fresh)
            english.update(fresh.english)
            scores.update(fresh.scores)
        done = {
            text: Translation(text, english[text], by_hand=True)
            if text in by_hand
            else Translation(text, english[text], self._check(text, english[text], scores.get(text)))
            for text in arabic
        }
        self._counts = TranslationCounts(
            asked=self._counts.asked + len(texts),
            remembered=self._counts.remembered + len(arabic) - len(misses),
            translated=self._counts.translated + len(misses),
        )
        return [done.get(text) or Translation(text, text) for text in texts]

    def _fresh(self, texts: Sequence[str]) -> _Best:
        """Return the English of each text: where a guard objects, the engine searches again, and the least doubtful wins.

        First among the lower hypotheses, then with stand-ins for the names that are lost, then in the engine's further
        ways. Of equally doubtful hypotheses the one wins that loses least of what was said, then the first and best ranked.
        """
        best = _Best(self._check)
        best.offer(texts, self._engine.search(texts, 0))
        replaced = {
            text: found for text in best.doubtful() if (found := stand_ins(text, best.english[text], self._names))
        }
        if replaced:
            hypotheses = self._engine.search([found.text for found in replaced.values()], 0)
            best.offer(
                replaced,
                [
                    [
                        hypothesis._replace(text=whole)
                        for hypothesis in own
                        if (whole := found.put_back(hypothesis.text)) is not None
                    ]
                    for found, own in zip(replaced.values(), hypotheses, strict=True)
                ],
            )
        for attempt in range(1, self._engine.attempts):
            if doubtful := best.doubtful():
                best.offer(doubtful, self._engine.search(doubtful, attempt))
        return best

    def _check(self, ar: str, en: str, score: float | None) -> tuple[Doubt, ...]:
        doubt = unsure(score)
        return (*check(ar, en, self._names), *([doubt] if doubt else []))

    def by_hand(self, texts: Sequence[str]) -> dict[str, str]:
        """Return the English of those of the `texts` that the user translated, none without a store."""
        if self._store is None:
            return {}
        keys = {text: sentence_key(text) for text in texts}
        found = self._store.translations_by_hand(keys.values())
        return {text: found[key] for text, key in keys.items() if key in found}

    def _remembered(self, texts: Sequence[str]) -> dict[str, str]:
        if self._store is None:
            return {}
        info = self._engine.info
        found = self._store.translations(info.id, info.version, self.options_key, texts)
        if found and self._day is not None:
            self._store.mark_used(info.id, info.version, self.options_key, found, self._day)
        return found

    def _scores(self, texts: Iterable[str]) -> dict[str, float]:
        if self._store is None:
            return {}
        info = self._engine.info
        return self._store.scores(info.id, info.version, self.options_key, texts)

    def _remember(self, fresh: _Best) -> None:
        if self._store is not None:
            info = self._engine.info
            pairs = list(fresh.english.items())
            self._store.remember(info.id, info.version, self.options_key, pairs, self._day, fresh.scores)
