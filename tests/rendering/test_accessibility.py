"""axe-core over the page, the mail and the archive: nothing that it finds wrong, be it minor."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from chromium import Tab, find_browser, running
from reading_back import message, part
from sample_briefing import BRIEFING

from digest.rendering import render
from digest.rendering.archive import archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BROWSER = find_browser()
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome on this machine")

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
LANDMARKS = {"landmark-one-main", "region"}
"""What a page of its own needs and a mail, which its reader shows within a page, does not."""
OPEN = "document.querySelectorAll('details').forEach(one => one.open = true)"
BOTH = "document.getElementById('show-both').click()"
SEARCH = "document.getElementById('search').value = 'ا'; search('ا')"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("accessible")
    rendered = render(BRIEFING)
    (folder / "briefing.html").write_bytes(rendered["briefing.html"])
    (folder / "mail.html").write_text(part(message(rendered["briefing.eml"]), "html"), encoding="utf-8")
    (folder / "empty.html").write_bytes(render(replace(BRIEFING, stories=()))["briefing.html"])
    for name, content in archive([BRIEFING], [date(2025, 1, 2)], None).items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    assert BROWSER is not None
    with running(BROWSER, tmp_path_factory.mktemp("profile")) as tab:
        yield tab


def violations(tab: Tab) -> dict[str, list[Any]]:
    """Return the rules of axe-core that the open page breaks, with their impact and the elements."""
    tab.evaluate(AXE)
    run = "axe.run().then(result => JSON.stringify(result.violations))"
    answer = tab.call("Runtime.evaluate", expression=run, awaitPromise=True, returnByValue=True)
    return {
        rule["id"]: [rule["impact"], *(f"{node['html'][:200]}: {node['failureSummary']}" for node in rule["nodes"])]
        for rule in json.loads(answer["result"]["value"])
    }


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("page", "first"),
    [
        ("briefing.html", ""),
        ("briefing.html", OPEN),
        ("briefing.html", BOTH),
        ("empty.html", ""),
        ("mail.html", ""),
        ("index.html", ""),
        ("index.html", SEARCH),
    ],
)
def test_nothing_is_wrong(tab: Tab, folder: Path, page: str, first: str, *, dark: bool) -> None:
    tab.resize(1100, 900, dark=dark)
    tab.events.clear()
    tab.open(folder / page)
    tab.evaluate(first)
    found = violations(tab)
    if page == "mail.html":
        found = {rule: what for rule, what in found.items() if rule not in LANDMARKS}
    assert found == {}


def test_axe_sees_what_is_wrong(tab: Tab, tmp_path: Path) -> None:
    page = tmp_path / "wrong.html"
    page.write_text("<!DOCTYPE html><title>x</title><p style='color:#ccc'>pale<img src='data:,'>", encoding="utf-8")
    tab.events.clear()
    tab.open(page)
    assert {"image-alt", "color-contrast", "html-has-lang"} <= violations(tab).keys()
