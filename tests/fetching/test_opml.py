"""Lists of feeds in OPML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digest.errors import SettingsError
from digest.fetching.opml import read_opml

if TYPE_CHECKING:
    from pathlib import Path

OPML = """<?xml version="1.0" encoding="{encoding}"?>
<opml version="2.0"><head><title>أخبار</title></head><body>
  <outline text="سياسة">
    <outline type="rss" text="وكالة" xmlUrl="https://agency.example/rss?a=1&amp;b=2" htmlUrl="https://agency.example/"/>
    <outline text="صحيفة" xmlurl=" https://paper.example/أخبار "/>
  </outline>
  <outline text="empty" xmlUrl=""/>
  <outline text="وكالة" xmlUrl="https://agency.example/rss?a=1&amp;b=2"/>
</body></opml>"""
BOMB = '<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><opml><outline xmlUrl="&b;"/></opml>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1256"])
def test_feeds_in_their_order_each_once(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "feeds.opml"
    file.write_bytes(OPML.format(encoding=encoding).encode(encoding))
    assert read_opml(file) == ("https://agency.example/rss?a=1&b=2", "https://paper.example/أخبار")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (BOMB, "has a document type"),
        ('<!DOCTYPE opml SYSTEM "file:///etc/passwd"><opml/>', "has a document type"),
        ("", "not valid OPML (line 1: no element found)"),
        ("<opml><body>", "not valid OPML"),
        ("{}", "not valid OPML"),
        ('<?xml version="1.0" encoding="no-such"?><opml/>', "not valid OPML"),
        ("<html><body/></html>", "not OPML, but <html>"),
        ("<opml><body><outline text='x'/></body></opml>", "names no feed"),
        ("<opml>" + " " * 10_000_000 + "</opml>", "larger than 10 MB"),
    ],
    ids=lambda value: value[:40],
)
def test_refused(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "feeds.opml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        read_opml(file)
    assert str(error.value).startswith(f"{file}: ")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for file in (tmp_path / "missing.opml", tmp_path):
        with pytest.raises(SettingsError, match="cannot be read"):
            read_opml(file)


def test_deep_nesting_is_read(tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    deep = "<outline>" * 50_000 + '<outline xmlUrl="https://news.example/rss"/>' + "</outline>" * 50_000
    file.write_text(f"<opml><body>{deep}</body></opml>", encoding="utf-8")
    assert read_opml(file) == ("https://news.example/rss",)
