"""Texts made to break the cleaner are judged line by line like any other; how long that takes is for benchmarks."""

from __future__ import annotations

import pytest

from digest.cleaning import bundled_rules, clean, judge
from digest.errors import CleaningError
from digest.model import Document

SENTENCE = "أعلنت وزارة الصحة اليوم تسجيل 12 إصابة (جديدة) في «ثلاث» محافظات. "
TEASER = "المصدر: س\nاقرأ أيضا:\nخبر عن شيء آخر هنا\nقال الوزير إن الأمر انتهى أمس.\nقال المدير إن الأمر بدأ أمس.\n"
HOSTILE = {
    "one line": SENTENCE,
    "a line for every few letters": "أعلنت وزارة\n",
    "a line for every sentence": f"{SENTENCE}\n",
    "nothing but quotation marks": '«("',
    "nothing but full stops": "ابج. ",
    "nothing but links": "اقرأ أيضا:\nخبر عن شيء آخر هنا\n",
    "nothing but sources and second articles": TEASER,
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_every_line_is_judged(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    lines = judge(text, bundled_rules())
    assert len(lines) == sum(bool(line.strip()) for line in text.split("\n"))
    try:
        articles = clean(Document("hostile", text), bundled_rules())
    except CleaningError:
        assert not any(line.kept and line.label == "paragraph" for line in lines) or "«" in piece
    else:
        assert sum(article.lines.kept for article in articles) <= sum(bool(line.kept) for line in lines)
