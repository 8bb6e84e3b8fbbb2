"""The translator: Arabic texts in, checked English out, each text translated once in its life."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from digest.arabic.text import arabic_letters
from digest.model import Translation
from digest.translating.guards import check
from digest.translating.memory import sentence_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.arabic.names import Names
    from digest.model import Doubt, PackageInfo
    from digest.store import Store


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

    def search(self, texts: Sequence[str], attempt: int) -> list[list[str]]:
        """Return hypotheses for the English of each text, the best first; the first attempt, 0, finds at least one."""


@dataclass(frozen=True, slots=True)
class TranslationCounts:
    """What a call did.

    `asked` counts the texts given, repeated ones and those without Arabic too. The others count different Arabic texts:
    taken from memory (those made by hand too), translated now, and objected to by a guard.
    """

    asked: int = 0
    remembered: int = 0
    translated: int = 0
    doubtful: int = 0


class Translator:
    """Translates through an engine and, where a store is given, a memory of what the same package said before.

    What the user translated by hand goes before all, whatever the package. `day` is the ordinal of the day
    (`date.toordinal`) on which remembered translations are used. `names` are those that the guards look for.
    """

    def __init__(
        self, engine: TranslatingEngine, store: Store | None = None, day: int | None = None, names: Names | None = None
    ) -> None:
        self._engine = engine
        self._store = store
        self._day = day
        self._names = names
        self._counts = TranslationCounts()

    @property
    def info(self) -> PackageInfo:
        """What identifies the package that translates."""
        return self._engine.info

    @property
    def options_key(self) -> str:
        """What identifies the decoding options."""
        return self._engine.options_key

    @property
    def counts(self) -> TranslationCounts:
        """What the last call of `translate` did."""
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
        if misses:
            fresh = self._fresh(misses)
            self._remember(fresh)
            english.update(fresh)
        done = {
            text: Translation(text, english[text], by_hand=True)
            if text in by_hand
            else Translation(text, english[text], self._check(text, english[text]))
            for text in arabic
        }
        self._counts = TranslationCounts(
            asked=len(texts),
            remembered=len(arabic) - len(misses),
            translated=len(misses),
            doubtful=sum(1 for translation in done.values() if translation.doubts),
        )
        return [done.get(text) or Translation(text, text) for text in texts]

    def _fresh(self, texts: Sequence[str]) -> list[tuple[str, str]]:
        """Return each text with its English: where a guard objects, the engine searches again, and the least doubtful wins.

        Of equally doubtful hypotheses the one wins that was found first and ranked best.
        """
        best: dict[str, str] = {}
        objections: dict[str, int] = {}
        for attempt in range(self._engine.attempts):
            asked = [text for text in texts if objections.get(text, 1)]
            for text, hypotheses in zip(asked, self._engine.search(asked, attempt) if asked else (), strict=True):
                for english in hypotheses:
                    if (found := len(self._check(text, english))) < objections.get(text, found + 1):
                        best[text], objections[text] = english, found
                    if not objections[text]:
                        break
        return list(best.items())

    def _check(self, ar: str, en: str) -> tuple[Doubt, ...]:
        return check(ar, en, self._names)

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
        found = self._store.translations(info.id, info.version, self._engine.options_key, texts)
        if found and self._day is not None:
            self._store.mark_used(info.id, info.version, self._engine.options_key, found, self._day)
        return found

    def _remember(self, pairs: Sequence[tuple[str, str]]) -> None:
        if self._store is not None:
            info = self._engine.info
            self._store.remember(info.id, info.version, self._engine.options_key, pairs, self._day)
