"""Plain text, line by line: a line of several sentences is translated sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.arabic.sentences import split_sentences
from digest.arabic.text import arabic_letters, repair
from digest.translating.memory import sentence_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model import Translation
    from digest.translating.translator import Translator


@dataclass(frozen=True, slots=True)
class TranslatedLine:
    """A line as it was and the translations of its sentences, none where the line has no Arabic letter."""

    text: str
    sentences: tuple[Translation, ...]

    @property
    def en(self) -> str:
        """The line in English; a line without Arabic as it was."""
        return " ".join(sentence.en for sentence in self.sentences) if self.sentences else self.text


def split_lines(text: str) -> list[str]:
    """Return the lines of `text` without their ends, LF or CR LF; an end at the very end begins no further line."""
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return [line.removesuffix("\r") for line in lines]


def translate_lines(lines: Sequence[str], translator: Translator) -> list[TranslatedLine]:
    """Return every line with its translation, in order, all of them from one call of the translator.

    A line that was translated by hand as a whole is not split. Errors are those of `Translator.translate`.
    """
    arabic = [line for line in lines if arabic_letters(line)]
    whole = translator.by_hand(arabic)
    split = {line: [sentence_key(line)] if line in whole else split_sentences(repair(line)) for line in arabic}
    sentences = [sentence for line in arabic for sentence in split[line]]
    done = dict(zip(sentences, translator.translate(sentences), strict=True))
    return [TranslatedLine(line, tuple(done[sentence] for sentence in split.get(line, ()))) for line in lines]
