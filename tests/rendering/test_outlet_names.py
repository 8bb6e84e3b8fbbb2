"""Outlets that have an English name are shown with it, beside their own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample_briefing import HARBOUR

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
    assert outlet_name(replace(HARBOUR, outlet=outlet)) == shown
