"""A translated line of plain text, as `digest translate` prints it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from digest.rendering.bidi import encodable
from digest.rendering.data import doubts_data

if TYPE_CHECKING:
    from digest.translating.lines import TranslatedLine


def line_json(line: TranslatedLine) -> str:
    """Return a line as one compact JSON object, `{text, en, sentences: [{ar, en, doubts, by_hand}]}`, with a line end.

    `sentences` is empty for a line without Arabic.
    """
    value = {
        "text": line.text,
        "en": line.en,
        "sentences": [
            {
                "ar": sentence.ar,
                "en": sentence.en,
                "doubts": doubts_data(sentence.doubts),
                "by_hand": sentence.by_hand,
            }
            for sentence in line.sentences
        ],
    }
    return encodable(json.dumps(value, ensure_ascii=False, separators=(",", ":"))) + "\n"
