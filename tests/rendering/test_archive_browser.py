"""The archive in a real browser, opened as a file: its search, its policy, and what is left of it without scripts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from chromium import Tab, find_browser, running
from sample_briefing import BRIEFING

from digest.arabic.text import key
from digest.rendering import render
from digest.rendering.archive import archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BROWSER = find_browser()
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome on this machine")

EARLIER = replace(BRIEFING, date=date(2026, 11, 19), stories=BRIEFING.stories[1:2])
HARBOUR = "2026-11-20/briefing.html#story-3f2a9c"
RAIN = ["2026-11-20/briefing.html#story-b71e04", "2026-11-19/briefing.html#story-b71e04"]

SPELLINGS = [
    "ميناء",
    "الميناء",
    "مِينَاء",
    "أُسامة إبراهيم آل الشيخ",
    "مؤتمر رئيس مسؤول سئل",
    "مستشفى على علي",
    "كتابـــة",
    "گاز ایران پاکستان چین ڤيتنام",
    "۱۲٫۵ ١٢٬٠٠٠ 12.5 3,4",
    "عام ٢٠٢٤م",
    "ﷲ ﻻ ﺍﻟﺴﻼﻡ",
    "الـ١٢ لـ هـ",
    "بي\u200cبي\u200dسي",
    "U.S. 5-year plan's Straße MÜLLER naïve",
    "a_b __c__ {x} <b>&amp;</b>",
    "قرآنٰ الرَّحْمٰن ٱلله",
    "σοφός İstanbul ſ µ",
    "رقم ½ ² ④",
    "\u2067قطر\u2069 \u202eابج",
    "",
    " ... ؟ ،",
]
SHOWN = "[...document.querySelectorAll('#results a')].map(one => one.getAttribute('href'))"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    for name, content in archive([BRIEFING, EARLIER], [date(2025, 1, 2)], None).items():
        (folder / name).write_bytes(content)
    for briefing in (BRIEFING, EARLIER):
        (folder / briefing.date.isoformat()).mkdir()
        (folder / briefing.date.isoformat() / "briefing.html").write_bytes(render(briefing)["briefing.html"])
    return folder


@pytest.fixture
def tab(folder: Path, tmp_path: Path) -> Iterator[Tab]:
    assert BROWSER is not None
    with running(BROWSER, tmp_path / "profile") as tab:
        tab.resize(1100, 900)
        tab.open(folder / "index.html")
        yield tab


def search(tab: Tab, query: str) -> list[str]:
    """Type `query` into the emptied search box as a keyboard or an input method would; return the links shown."""
    tab.evaluate("document.getElementById('search').select()")
    tab.call("Input.dispatchKeyEvent", type="keyDown", key="Delete", windowsVirtualKeyCode=46)
    tab.call("Input.insertText", text=query)
    shown: list[str] = tab.evaluate(SHOWN)
    return shown


def complaints(tab: Tab) -> list[Any]:
    """Return what the browser has said about the page."""
    said = ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded", "Audits.issueAdded")
    return [event for event in tab.events if event.get("method") in said]


def test_the_search_finds_both_languages_in_any_spelling_and_nothing_is_complained_about(tab: Tab) -> None:
    assert tab.evaluate("document.getElementById('searching').offsetHeight") > 0
    for query in ("quay harbour", "QUAY", "12.5", "ميناء", "الميناءِ", "إفتتاح", "۱۲.۵", "١٢.٥", "شركه Delta", "شرکة"):
        assert search(tab, query) == [HARBOUR], query
    for query in ("rain closes", "بيروت", "أمطارٌ", "الأمطار الغزيره", "الطريق الجبلى"):
        assert search(tab, query) == RAIN, query
    for query in ("uay", "quay rain", "سفينة الفضاء", "\\", "<b>xyz"):
        assert search(tab, query) == [], query
    assert tab.evaluate("document.getElementById('found').textContent") == "0 stories"
    assert search(tab, "") == []
    assert tab.evaluate("document.getElementById('found').textContent") == ""
    assert tab.evaluate("document.getElementById('days').offsetHeight") > 0
    tab.screenshot()
    assert complaints(tab) == []


def test_what_is_found_shows_its_headlines_as_text_and_leads_to_its_story(tab: Tab) -> None:
    search(tab, "column heading")
    assert tab.evaluate("document.querySelector('#results b, #results img, #results script')") is None
    assert "<b>bold</b>" in tab.evaluate("document.querySelector('#results a').textContent")
    assert tab.evaluate("document.getElementById('days').offsetHeight") == 0
    search(tab, "delta ports")
    assert tab.evaluate("document.getElementById('found').textContent") == "1 story"
    title = "document.querySelector('#results .title')"
    assert tab.evaluate(f"{title}.textContent") == BRIEFING.stories[0].headline.ar
    assert tab.evaluate(f"getComputedStyle({title}).direction") == "rtl"
    tab.events.clear()
    tab.evaluate("document.querySelector('#results a').click()")
    tab.loaded()
    assert tab.evaluate("location.href").endswith(HARBOUR)
    heading = BRIEFING.stories[0].headline.en
    assert tab.evaluate("document.querySelector(':target').textContent").endswith(heading)


def test_the_search_folds_as_what_it_searches_in_was_folded(tab: Tab) -> None:
    for text in SPELLINGS:
        assert tab.evaluate(f"folded({json.dumps(text)}).join(' ')") == key(text), text


def test_without_scripts_the_days_are_there_and_the_search_is_not(tab: Tab, folder: Path) -> None:
    tab.call("Emulation.setScriptExecutionDisabled", value=True)
    tab.events.clear()
    tab.open(folder / "index.html")
    assert tab.evaluate("document.getElementById('searching').offsetHeight") == 0
    assert tab.evaluate("[...document.querySelectorAll('h2')].map(one => one.textContent)") == [
        "Friday 20 November 2026",
        "Thursday 19 November 2026",
        "Thursday 2 January 2025",
    ]
    assert tab.evaluate("document.querySelectorAll('#days li a').length") == 4


def test_it_fits_its_window_with_and_without_a_search(tab: Tab) -> None:
    for width in (320, 390, 768, 1100):
        tab.resize(width, 900)
        for query in ("", "20", "ا"):
            search(tab, query)
            assert tab.call("Page.getLayoutMetrics")["cssContentSize"]["width"] <= width, (width, query)


def test_dark_mode_is_dark_and_the_search_box_with_it(tab: Tab) -> None:
    for selector in ("body", "#search"):
        brightness = (
            f"getComputedStyle(document.querySelector('{selector}')).backgroundColor"
            ".match(/\\d+/g).slice(0, 3).reduce((a, b) => a + Number(b), 0)"
        )
        tab.resize(1100, 900)
        assert tab.evaluate(brightness) > 690
        tab.resize(1100, 900, dark=True)
        assert tab.evaluate(brightness) < 150
