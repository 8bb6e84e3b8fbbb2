"""The mail's HTML part in a real browser, as mail programs on desks and phones show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from chromium import Tab, find_browser, running
from reading_back import message, part
from sample_briefing import BRIEFING

from digest.rendering import render

if TYPE_CHECKING:
    from collections.abc import Iterator

BROWSER = find_browser()
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome on this machine")

# Contrast of WCAG 2.2 (definitions of "relative luminance" and "contrast ratio") between the letters of every element
# with text of its own and the nearest background that is not transparent; the smallest of them, and whose it is.
CONTRAST = """
(() => {
  const light = color => {
    const [r, g, b] = color.match(/[\\d.]+/g).map(Number).map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = one => {
    for (; one; one = one.parentElement) {
      const color = getComputedStyle(one).backgroundColor;
      if (!/, 0\\)$/.test(color)) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  return [...document.body.querySelectorAll('*')]
    .filter(one => one.offsetParent && [...one.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .map(one => {
      const [a, b] = [light(getComputedStyle(one).color), light(behind(one))];
      return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), one.textContent.trim().slice(0, 40)];
    })
    .sort((a, b) => a[0] - b[0])[0];
})()
"""


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    assert BROWSER is not None
    file = tmp_path_factory.mktemp("mail") / "mail.html"
    file.write_text(part(message(render(BRIEFING)["briefing.eml"]), "html"), encoding="utf-8")
    with running(BROWSER, tmp_path_factory.mktemp("profile")) as tab:
        tab.open(file)
        yield tab


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_stands_out(tab: Tab, *, dark: bool) -> None:
    tab.resize(700, 900, dark=dark)
    ratio, text = tab.evaluate(CONTRAST)
    assert ratio >= 4.5, text


def test_dark_mode_is_dark(tab: Tab) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    tab.resize(700, 900)
    assert tab.evaluate(background) == "rgb(251, 250, 247)"
    tab.resize(700, 900, dark=True)
    assert tab.evaluate(background) == "rgb(25, 24, 22)"


@pytest.mark.parametrize("width", [1100, 400, 320])
def test_it_fits_its_window(tab: Tab, width: int) -> None:
    tab.resize(width, 900)
    assert tab.call("Page.getLayoutMetrics")["cssContentSize"]["width"] <= width


def test_arabic_starts_at_the_right(tab: Tab) -> None:
    tab.resize(700, 900)
    # Of the first Arabic sentence, the right edge of its first letter against that of its box, in CSS pixels.
    gap = tab.evaluate(
        "(() => { const box = document.querySelector('p.arabic'); const range = document.createRange();"
        " range.setStart(box.firstChild, 0); range.setEnd(box.firstChild, 1);"
        " return box.getBoundingClientRect().right - range.getBoundingClientRect().right })()"
    )
    assert 0 <= gap <= 13


def test_the_preheader_is_not_seen(tab: Tab) -> None:
    assert tab.evaluate("document.querySelector('body > div').offsetParent") is None
    assert tab.evaluate("document.body.innerText").startswith("MORNING BRIEFING")


def test_nothing_is_asked_for_and_nothing_complained_about(tab: Tab) -> None:
    tab.screenshot()
    asked = [
        event["params"]["request"]["url"] for event in tab.events if event.get("method") == "Network.requestWillBeSent"
    ]
    assert len(asked) == 1
    assert asked[0].startswith("file:")
    assert [event["params"] for event in tab.events if event.get("method") == "Log.entryAdded"] == []
