"""Argos Translate as it is, for `benchmarks.translation`: run by the Python of an environment that has it whole.

Standard input: `{"lines": [Arabic], "timed": [Arabic]}`. Standard output, last line: `{"english": [English],
"seconds": of translating `timed`, "splitting": how it splits lines into sentences}`. Every line goes through its
`translate` by itself, as a paragraph of a longer text does too. Loading is not timed.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any


class WholeLine:
    """Takes a line as one sentence, which the lines of the data sets are."""

    def split_sentences(self, text: str) -> list[str]:
        """Return the line."""
        return [text]


def ready(translation: Any) -> str:
    """Load what translating needs, and return how lines are split into sentences."""
    try:
        translation.translate("اختبار")
    except OSError:  # the model that splits sentences is fetched with the first text, and there is no network
        translation.underlying.sentencizer = WholeLine()
        translation.translate("اختبار")
        return "lines taken whole: the model it splits sentences with could not be fetched"
    return "its own"


def main() -> None:
    """Translate what standard input asks for."""
    from argostranslate import translate

    asked = json.load(sys.stdin)
    splitting = ready(translate.get_translation_from_codes("ar", "en"))
    english = [translate.translate(line, "ar", "en") for line in asked["lines"]]
    started = time.perf_counter()
    for line in asked["timed"]:
        translate.translate(line, "ar", "en")
    seconds = time.perf_counter() - started
    print(json.dumps({"english": english, "seconds": seconds, "splitting": splitting}))


if __name__ == "__main__":
    main()
