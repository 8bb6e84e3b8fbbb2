"""Outlets that have an English name are shown with it, beside their own."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sample_briefing import BRIEFING, HARBOUR

from digest.arabic.outlets import english_outlet, own_outlets
from digest.rendering import render
from digest.rendering.data import to_json
from digest.rendering.from_json import from_json
from digest.rendering.view import outlet_name


@pytest.mark.parametrize(
    ("outlet", "shown"),
    [
        ("الجزيرة مباشر", "Al Jazeera Mubasher \u2067الجزيرة مباشر\u2069"),
        ("صدى البلد", "Sada El-Balad \u2067صدى البلد\u2069"),
        ("صحيفة الساحل", "\u2067صحيفة الساحل\u2069"),
        (None, "outlet unknown"),
    ],
)
def test_outlet_names(outlet: str | None, shown: str) -> None:
    named = replace(HARBOUR, outlet=outlet, outlet_en=english_outlet(outlet or ""))
    assert outlet_name(named) == shown


def test_names_of_ones_own_go_first() -> None:
    own = own_outlets(["صحيفة الساحل = The Coast", "الجزيرة=AJ", "صحيفه الساحل=Coast Daily"])
    assert english_outlet("صحيفةُ السّاحل", own) == "Coast Daily"
    assert english_outlet("الجزيرة", own) == "AJ"
    assert english_outlet("الجزيرة مباشر", own) == "Al Jazeera Mubasher"
    assert english_outlet("", own) is None


@pytest.mark.parametrize("entry", ["صحيفة الساحل", "=The Coast", "صحيفة الساحل= ", "", "ـ=The Coast"])
def test_half_an_entry(entry: str) -> None:
    with pytest.raises(ValueError, match='must be "ARABIC NAME=English name"'):
        own_outlets([entry])


def test_a_name_cannot_break_out_of_its_line_or_direction() -> None:
    named = replace(HARBOUR, outlet="صحيفة", outlet_en="The\n\u202eCoast الساحل")
    assert outlet_name(named) == "The Coast \u2067الساحل\u2069 \u2067صحيفة\u2069"


def test_every_format_shows_it_and_the_past_keeps_it() -> None:
    briefing = replace(
        BRIEFING, articles=tuple(replace(article, outlet_en="The <Coast>") for article in BRIEFING.articles)
    )
    files = {name: content.decode() for name, content in render(briefing).items()}
    assert "The <Coast> " in files["briefing.txt"]
    assert "The &lt;Coast&gt; " in files["briefing.html"]
    assert "The " in files["briefing.md"]
    assert "<Coast>" not in files["briefing.html"]
    assert {article["outlet_en"] for article in json.loads(files["briefing.json"])["articles"]} == {"The <Coast>"}
    assert from_json(files["briefing.json"]).articles[0].outlet_en == "The <Coast>"


def test_a_briefing_from_before_english_names_were_kept() -> None:
    data = json.loads(to_json(BRIEFING))
    for article in data["articles"]:
        del article["outlet_en"]
        article["outlet"] = "الجزيرة"
    assert {article.outlet_en for article in from_json(json.dumps(data)).articles} == {"Al Jazeera"}
