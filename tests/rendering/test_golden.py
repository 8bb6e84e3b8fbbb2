"""The five files of the sample briefing, byte for byte. DIGEST_UPDATE_GOLDEN=1 writes them anew; look at the diff."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sample_briefing import BRIEFING

from digest.rendering import render

GOLDEN = Path(__file__).parent / "golden"
UPDATE = os.environ.get("DIGEST_UPDATE_GOLDEN") == "1"


@pytest.mark.parametrize("name", ["briefing.md", "briefing.html", "briefing.txt", "briefing.json", "briefing.eml"])
def test_the_sample_briefing_looks_as_it_did(name: str) -> None:
    content = render(BRIEFING)[name]
    if UPDATE:
        (GOLDEN / name).write_bytes(content)
    assert content.decode().splitlines() == (GOLDEN / name).read_bytes().decode().splitlines()
    assert content == (GOLDEN / name).read_bytes()
