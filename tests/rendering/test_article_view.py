"""One article with its summary, in every language and form."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from reading_back import flat
from sample_briefing import BRIEFING, HARBOUR, HOSTILE, QUAY

from digest.model import Translation
from digest.rendering.article import ArticleSummary, Form, Language, render_article

SUMMARY = ArticleSummary(HARBOUR, BRIEFING.stories[0].headline, BRIEFING.stories[0].sentences[:2])
ARABIC = ArticleSummary(
    HARBOUR,
    Translation(HARBOUR.title, ""),
    tuple(replace(one, translation=Translation(one.translation.ar, "")) for one in SUMMARY.sentences),
)


def test_text_in_both_languages_has_the_arabic_under_the_english() -> None:
    lines = render_article(SUMMARY, Language.BOTH, Form.TEXT).splitlines()
    assert [flat(line) for line in lines] == [
        "New quay opens in the city's harbour after 3 years of work",
        "افتتاح رصيف جديد في ميناء المدينة بعد 3 سنوات من العمل",
        "صحيفة الساحل · 19 November 2026 · day/harbour-1.txt",
        "",
        "* The minister of transport opened the new quay in the harbour on Thursday.",
        "افتتح وزير النقل يوم الخميس الرصيف الجديد في ميناء المدينة.",
        "",
        "* The minister said that the project had cost 12 million dollars and that",
        "Delta Ports had built it.",
        "! Doubtful: the Arabic has 12.5, the English has 12",
        "وقال الوزير إن كلفة المشروع بلغت 12.5 مليون دولار، وإن شركة Delta Ports نفذته.",
    ]
    assert all(
        line.strip().startswith("\u2067") and line.endswith("\u2069") for line in (lines[1], lines[5], lines[10])
    )


def test_text_in_one_language_has_nothing_of_the_other() -> None:
    arabic = render_article(ARABIC, Language.AR, Form.TEXT)
    assert "no English" not in arabic
    assert "Doubtful" not in arabic
    assert HARBOUR.sentences[1].text in arabic
    english = render_article(SUMMARY, Language.EN, Form.TEXT)
    assert HARBOUR.sentences[0].text not in english
    assert "Doubtful: the Arabic has 12.5, the English has 12" in english


def test_markdown_escapes_and_quotes() -> None:
    story = BRIEFING.stories[2]
    shown = render_article(ArticleSummary(HOSTILE, story.headline, story.sentences), Language.BOTH, Form.MD)
    assert shown.startswith("## \\[x\\](javascript:alert(1)) and \\*title\\*")
    assert "\n\n> &lt;script>alert('نص')" in shown
    assert "**Doubtful:** the title holds &lt;b>markup" in shown
    assert "no title, so its first sentence" in shown
    assert "<script" not in shown


def test_markdown_in_arabic_only_has_the_arabic_as_text() -> None:
    shown = render_article(ARABIC, Language.AR, Form.MD)
    assert shown.startswith(f"## {HARBOUR.title}\n\n")
    assert f"\n\n{HARBOUR.sentences[0].text}\n\n" in shown
    assert "(no English)" not in shown


@pytest.mark.parametrize("to", [Language.EN, Language.BOTH])
def test_json_with_english(to: Language) -> None:
    line = render_article(SUMMARY, to, Form.JSON)
    assert line.count("\n") == 1
    data = json.loads(line)
    assert list(data) == ["id", "origin", "title", "title_en", "title_doubts", "outlet", "published", "sentences"]
    assert data["published"] == "2026-11-19"
    assert data["sentences"][1] == {
        "text": HARBOUR.sentences[1].text,
        "index": 1,
        "en": SUMMARY.sentences[1].translation.en,
        "doubts": [{"guard": "numbers", "reason": "the Arabic has 12.5, the English has 12"}],
    }


def test_json_in_arabic_has_exactly_the_arabic() -> None:
    assert json.loads(render_article(ARABIC, Language.AR, Form.JSON)) == {
        "id": "harbour-1",
        "origin": "day/harbour-1.txt",
        "title": HARBOUR.title,
        "outlet": "صحيفة الساحل",
        "published": "2026-11-19",
        "sentences": [{"text": HARBOUR.sentences[index].text, "index": index} for index in (0, 1)],
    }


@pytest.mark.parametrize("to", list(Language))
@pytest.mark.parametrize("form", list(Form))
def test_an_article_with_nothing_chosen_ends_in_one_line_end(to: Language, form: Form) -> None:
    article = replace(QUAY, origin="day/\udce9.txt")
    shown = render_article(ArticleSummary(article, Translation(QUAY.title, ""), ()), to, form)
    shown.encode()
    assert shown.endswith("\n")
    assert not shown.endswith("\n\n")
