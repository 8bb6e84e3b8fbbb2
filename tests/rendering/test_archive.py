"""The archive: its list of days, and what its search has to search in."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from briefing_strategies import briefings
from hypothesis import HealthCheck, given, settings
from reading_back import Page, flat
from sample_briefing import BRIEFING

from digest.arabic.text import key
from digest.errors import TemplateError
from digest.rendering import render
from digest.rendering.archive import TOP, archive

if TYPE_CHECKING:
    from pathlib import Path

    from digest.model import Briefing

EARLIER = replace(BRIEFING, date=date(2026, 11, 19), stories=BRIEFING.stories[1:2])
LATER = replace(
    BRIEFING,
    date=date(2026, 11, 21),
    stories=tuple(replace(BRIEFING.stories[0], id=f"s{number}", rank=9 - number) for number in range(9)),
)


def stories(files: dict[str, bytes]) -> list[dict[str, Any]]:
    """Return the stories of `stories.js` as a parser of JSON reads them."""
    script = files["stories.js"].decode()
    found = re.fullmatch(r"const FOLDS = (\{.*\});\nconst STORIES = (\[.*\]);\n", script)
    assert found is not None
    assert isinstance(json.loads(found[1]), dict)
    read: list[dict[str, Any]] = json.loads(found[2])
    return read


def anchors(briefing: Briefing) -> set[str]:
    """Return the anchors of the page of a briefing."""
    page = Page(render(briefing)["briefing.html"].decode())
    return {str(element.attributes["id"]) for element in page.elements if "id" in element.attributes}


def test_the_newest_day_stands_first_and_a_day_without_its_briefing_last() -> None:
    page = Page(archive([EARLIER, LATER, BRIEFING], [date(2025, 1, 1), date(2025, 1, 2)], None)["index.html"].decode())
    assert page.texts("h2") == [
        "Saturday 21 November 2026",
        "Friday 20 November 2026",
        "Thursday 19 November 2026",
        "Thursday 2 January 2025",
        "Wednesday 1 January 2025",
    ]
    assert page.texts("ul", "counts") == ["5 days 13 stories"]


def test_a_day_lists_its_weightiest_stories_and_counts_the_others() -> None:
    page = archive([LATER], [], None)["index.html"].decode()
    links = re.findall(r'href="(2026-11-21/briefing.html#story-s\d)"', page)
    assert links == [f"2026-11-21/briefing.html#story-s{number}" for number in (8, 7, 6, 5, 4)]
    assert len(links) == TOP
    assert "and 4 more stories" in page


def test_without_briefings_it_says_so() -> None:
    files = archive([], [], None)
    assert "There is no briefing yet." in files["index.html"].decode()
    assert stories(files) == []


def test_every_link_and_every_story_leads_to_an_anchor_of_its_page() -> None:
    files = archive([BRIEFING, LATER], [], None)
    pages = {briefing.date.isoformat(): anchors(briefing) for briefing in (BRIEFING, LATER)}
    links = [
        element.attributes["href"] or ""
        for element in Page(files["index.html"].decode()).elements
        if element.tag == "a" and "#" in (element.attributes["href"] or "")
    ]
    assert len(links) == 3 + TOP
    for link in links:
        day, anchor = link.split("/briefing.html#")
        assert anchor in pages[day]
    assert [story["anchor"] in pages[story["day"]] for story in stories(files)] == [True] * 12


def test_headlines_that_try_to_break_out_are_text() -> None:
    files = archive([BRIEFING], [], None)
    page = files["index.html"].decode()
    assert not re.search(r"<b>|<img|alert\(1\)[^)]*</script", page)
    assert "[x](javascript:alert(1)) and *title* Bcc: everyone@example.invalid &lt;b&gt;bold&lt;/b&gt;" in flat(page)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(briefings())
def test_whatever_a_headline_holds_the_page_stays_whole_and_runs_nothing_of_its_own(briefing: Briefing) -> None:
    files = archive([briefing], [], None)
    page = Page(files["index.html"].decode())
    assert page.faults == []
    scripts = [element for element in page.elements if element.tag == "script"]
    assert [script.attributes for script in scripts] == [{"src": "stories.js"}, {"src": "archive.js"}]
    assert [script.text for script in scripts] == ["", ""]
    assert not {element.tag for element in page.elements} & {"img", "iframe", "object", "form", "b"}
    for element in page.elements:
        assert not any(name.startswith("on") or name == "style" for name in element.attributes)
        if "href" in element.attributes:
            assert re.match(r"\d{4}-\d\d-\d\d/briefing\.html|data:,$", element.attributes["href"] or "")
    script = files["stories.js"].decode()
    assert not re.search("[\u2028\u2029]|.\n.*\n.", script)
    assert len(stories(files)) == len(briefing.stories)


def test_the_search_has_folded_words_of_both_languages_and_of_the_names() -> None:
    rain = stories(archive([EARLIER], [], None))[0]
    assert (rain["day"], rain["date"]) == ("2026-11-19", "Thursday 19 November 2026")
    assert rain["words"] == key(rain["words"])
    for text in ("Heavy rain", "أمطارٌ غزيرة", "5 سيارات علقت", "Beirut", "بيروت", "until further notice"):
        assert f" {key(text)} " in f" {rain['words']} "


def test_a_users_templates_replace_ours(tmp_path: Path) -> None:
    (tmp_path / "archive.js").write_text('"mine";\n', encoding="utf-8")
    (tmp_path / "archive.html.j2").write_text("{{ days[0].date_text }}, {{ stories }}", encoding="utf-8")
    files = archive([BRIEFING], [], tmp_path)
    assert files["archive.js"] == b'"mine";\n'
    assert files["index.html"] == b"Friday 20 November 2026, 3"


def test_a_script_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "archive.js").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TemplateError, match=r"archive\.js: not UTF-8 text"):
        archive([BRIEFING], [], tmp_path)
