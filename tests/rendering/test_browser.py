"""The page in a real browser: it fits, it obeys its own policy, it asks for nothing, it knows dark mode and paper."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from chromium import Tab, find_browser, running
from reading_back import Page
from sample_briefing import BRIEFING

from digest.rendering import render

if TYPE_CHECKING:
    from collections.abc import Iterator

BROWSER = find_browser()
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome on this machine")


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    assert BROWSER is not None
    page = tmp_path_factory.mktemp("page") / "briefing.html"
    page.write_bytes(render(BRIEFING)["briefing.html"])
    with running(BROWSER, tmp_path_factory.mktemp("profile")) as tab:
        tab.open(page)
        yield tab


def test_the_browser_sees_the_document_that_was_written(tab: Tab) -> None:
    seen = Page(f"<!DOCTYPE html>{tab.evaluate('document.documentElement.outerHTML')}")
    written = Page(render(BRIEFING)["briefing.html"].decode())
    assert [element.tag for element in seen.elements] == [element.tag for element in written.elements]
    assert [element.text.strip() for element in seen.elements] == [element.text.strip() for element in written.elements]


def test_nothing_is_complained_about_and_nothing_is_asked_for(tab: Tab) -> None:
    tab.screenshot()  # all that a page does late has happened by the time it is drawn
    methods = [event.get("method") for event in tab.events]
    assert "Runtime.consoleAPICalled" not in methods
    assert "Runtime.exceptionThrown" not in methods
    assert [event["params"] for event in tab.events if event.get("method") == "Log.entryAdded"] == []
    assert [event["params"] for event in tab.events if event.get("method") == "Audits.issueAdded"] == []
    asked = [
        event["params"]["request"]["url"] for event in tab.events if event.get("method") == "Network.requestWillBeSent"
    ]
    assert asked
    assert all(url.startswith(("file:", "data:")) for url in asked)


@pytest.mark.parametrize("width", [1100, 400, 320])
def test_the_page_fits_its_window(tab: Tab, width: int) -> None:
    tab.resize(width, 900)
    for opened in ("false", "true"):
        tab.evaluate(f"document.querySelectorAll('details').forEach(one => one.open = {opened})")
        assert tab.call("Page.getLayoutMetrics")["cssContentSize"]["width"] <= width
        picture = tab.screenshot()
        assert picture.startswith(b"\x89PNG")
        assert int.from_bytes(picture[16:20], "big") == width
    tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = false)")


def test_arabic_starts_at_the_right_and_english_at_the_left(tab: Tab) -> None:
    tab.resize(1100, 900)
    assert tab.evaluate("getComputedStyle(document.querySelector('.original p')).direction") == "rtl"
    assert tab.evaluate("getComputedStyle(document.querySelector('.sentence')).direction") == "ltr"


def test_on_a_phone_the_coverage_shows_its_dots_and_the_chart_can_be_scrolled(tab: Tab) -> None:
    tab.resize(320, 900)
    right = (
        "Math.max(...[...document.querySelectorAll('#coverage circle')].map(one => one.getBoundingClientRect().right))"
    )
    assert 0 < tab.evaluate(right) < 320
    assert tab.evaluate(
        "(one => one.scrollWidth > one.clientWidth && one.tabIndex === 0)(document.querySelector('.wide'))"
    )


def test_nothing_in_the_coverage_is_cut_off_by_its_own_edges(tab: Tab) -> None:
    tab.resize(1100, 900)
    inside = (
        "(() => { const box = document.querySelector('#coverage svg').getBoundingClientRect();"
        " return [...document.querySelectorAll('#coverage text')].map(one => one.getBoundingClientRect())"
        " .every(one => one.left >= box.left && one.right <= box.right && one.top >= box.top && one.bottom <= box.bottom)"
        " })()"
    )
    assert tab.evaluate(inside) is True


def test_dark_mode_is_dark(tab: Tab) -> None:
    brightness = (
        "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((a, b) => a + Number(b), 0)"
    )
    tab.resize(1100, 900)
    assert tab.evaluate(brightness) > 700
    light = tab.screenshot()
    tab.resize(1100, 900, dark=True)
    assert tab.evaluate(brightness) < 150
    assert tab.screenshot() != light
    tab.resize(1100, 900)


def test_on_paper_the_arabic_is_unfolded_and_links_are_spelled_out(tab: Tab) -> None:
    tab.resize(1100, 900)
    unfolded = "document.querySelector('details').offsetHeight > 2 * document.querySelector('summary').offsetHeight"
    assert tab.evaluate(unfolded) is False
    spelled_out = "getComputedStyle(document.querySelector('a[href^=http]'), '::after').content"
    assert tab.evaluate(spelled_out) == "none"
    tab.call("Emulation.setEmulatedMedia", media="print")
    assert tab.evaluate(unfolded) is True
    assert "sahel.example" in tab.evaluate(spelled_out)
    tab.call("Emulation.setEmulatedMedia", media="")
    printed = base64.b64decode(tab.call("Page.printToPDF")["data"])
    assert printed.startswith(b"%PDF-")
