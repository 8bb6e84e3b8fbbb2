"""HTML as its standard wants it: no parse error in a strict parser, and the rules that a parser does not know."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import html5lib
import pytest
from briefing_strategies import briefings
from hypothesis import HealthCheck, given, settings
from reading_back import BLOCKS, message, part
from sample_briefing import BRIEFING

from digest.rendering import render
from digest.rendering.archive import archive

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from digest.model import Briefing

# As the section "The elements of HTML" of the HTML Standard says: these hold phrasing content only, and a block is none.
ONLY_PHRASING = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a", "em", "strong", "b", "i", "bdi", "label", "code"}
CHILDREN = {
    "ul": {"li", "script", "template"},
    "ol": {"li", "script", "template"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "tbody": {"tr"},
    "tr": {"td", "th"},
}
# Where an id is named by another attribute than href.
NAMING = ("aria-labelledby", "aria-describedby", "aria-controls", "for")
HTML = "{http://www.w3.org/1999/xhtml}"


def documents(briefing: Briefing) -> dict[str, str]:
    """Return the HTML documents made of a briefing, by name."""
    files = render(briefing)
    return {
        "page": files["briefing.html"].decode(),
        "mail": part(message(files["briefing.eml"]), "html"),
        "archive": archive([briefing], [date(2019, 1, 2)], None)["index.html"].decode(),
    }


def faults(source: str) -> list[str]:
    """Return what the HTML Standard forbids and is found in `source`; html5lib raises ParseError for the parser's part."""
    root: Element = html5lib.HTMLParser(strict=True).parse(source)
    found: list[str] = []
    ids = Counter(element.attrib["id"] for element in root.iter() if "id" in element.attrib)
    found += [f"id {name!r} stands {times} times" for name, times in ids.items() if times > 1]
    found += [f"id {name!r} has white space or is empty" for name in ids if not name or re.search(r"\s", name)]
    for element in root.iter():
        tag = str(element.tag).removeprefix(HTML)
        children = [str(child.tag).removeprefix(HTML) for child in element if isinstance(child.tag, str)]
        named = [name for attribute in NAMING for name in element.attrib.get(attribute, "").split()]
        if element.attrib.get("href", "").startswith("#"):
            named.append(element.attrib["href"][1:])
        found += [f"{tag} names {name!r}, which is nowhere" for name in named if name not in ids]
        if tag in ONLY_PHRASING:
            found += [f"{child} in {tag}" for child in children if child in BLOCKS]
        if tag in CHILDREN:
            found += [f"{child} in {tag}" for child in children if child not in CHILDREN[tag]]
        if tag in {"a", "label", "summary"} and any(
            inner is not element and str(inner.tag).removeprefix(HTML) in {"a", "summary"} for inner in element.iter()
        ):
            found.append(f"a link or summary inside of {tag}")
        if tag in {"section", "article", "nav"} and not any(
            re.search(r"h[1-6]$", str(inner.tag)) for inner in element.iter()
        ):
            found.append(f"{tag} without a heading")
        if tag == "details" and children[:1] != ["summary"]:
            found.append("details do not begin with their summary")
    levels = [int(str(element.tag)[-1]) for element in root.iter() if re.search(r"\}h[1-6]$", str(element.tag))]
    found += [f"h{after} follows h{before}" for before, after in pairwise(levels) if after > before + 1]
    if levels.count(1) != 1:
        found.append(f"{levels.count(1)} elements h1")
    return found


@pytest.mark.parametrize("name", ["page", "mail", "archive"])
@pytest.mark.parametrize("stories", [0, 1, 3])
def test_the_sample_conforms(name: str, stories: int) -> None:
    assert faults(documents(replace(BRIEFING, stories=BRIEFING.stories[:stories]))[name]) == []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(briefings())
def test_whatever_the_articles_hold_every_document_conforms(briefing: Briefing) -> None:
    assert {name: faults(source) for name, source in documents(briefing).items()} == {
        "page": [],
        "mail": [],
        "archive": [],
    }


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<h1>a</h1><p id=x></p><p id=x></p>", "id 'x' stands 2 times"),
        ("<h1>a</h1><p id='x y'></p>", "id 'x y' has white space or is empty"),
        ("<h1>a</h1><a href='#y'>a</a>", "a names 'y', which is nowhere"),
        ("<h1>a</h1><span><div></div></span>", "div in span"),
        ("<h1>a</h1><ul><p></p></ul>", "p in ul"),
        ("<h1>a</h1><section><p></p></section>", "section without a heading"),
        ("<h1>a</h1><details><p></p></details>", "details do not begin with their summary"),
        ("<h1>a</h1><h3>b</h3>", "h3 follows h1"),
        ("<p></p>", "0 elements h1"),
    ],
)
def test_a_fault_is_seen(body: str, fault: str) -> None:
    assert faults(f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>") == [fault]


def test_what_does_not_parse_is_seen() -> None:
    with pytest.raises(html5lib.html5parser.ParseError):
        faults("<!DOCTYPE html><title>x</title><p></div>")
