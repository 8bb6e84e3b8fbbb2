"""TMX: what goes out comes in again, other programs read it, and a hostile file is one line."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import ReadingError
from digest.translating.memory import Maker, MemoryEntry
from digest.translating.tmx import read_tmx, write_tmx

if TYPE_CHECKING:
    from pathlib import Path

MAKER = Maker("ar_en-0123456789ab", "1.1", "beam=4 & more < that")
ENTRIES = (
    MemoryEntry("قال «نعم» & <لا>", 'He said "yes" & <no>', None, 738_000),
    MemoryEntry("باب", "door", MAKER, 738_001),
    MemoryEntry("كتاب", "book", MAKER),
)


def written(folder: Path, entries: tuple[MemoryEntry, ...]) -> Path:
    file = folder / "memory.tmx"
    file.write_text("".join(write_tmx(entries)), encoding="utf-8", newline="")
    return file


def test_what_goes_out_comes_in_again(tmp_path: Path) -> None:
    assert read_tmx(written(tmp_path, ENTRIES)) == ENTRIES
    assert read_tmx(written(tmp_path, ())) == ()


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: bool(text.strip()))


@given(st.lists(st.builds(MemoryEntry, TEXT, TEXT, st.none() | st.builds(Maker, TEXT, TEXT, TEXT))))
def test_any_text_that_xml_can_hold_survives(
    tmp_path_factory: pytest.TempPathFactory, entries: list[MemoryEntry]
) -> None:
    def holds(entry: MemoryEntry) -> bool:
        texts = entry.ar + entry.en + (m.package + m.version + m.options if (m := entry.maker) else "")
        return all(char in "\t\n\r" or (char >= " " and char not in "\ufffe\uffff") for char in texts)

    file = written(tmp_path_factory.mktemp("any"), tuple(entries))
    assert read_tmx(file) == tuple(entry for entry in entries if holds(entry))


def test_another_program_reads_it(tmp_path: Path) -> None:
    tmx = pytest.importorskip("translate.storage.tmx")
    file = written(tmp_path, ENTRIES)
    units = tmx.tmxfile(io.BytesIO(file.read_bytes()), sourcelanguage="ar", targetlanguage="en").units
    assert [(unit.source, unit.target) for unit in units] == [(entry.ar, entry.en) for entry in ENTRIES]


def test_what_another_program_wrote_is_read(tmp_path: Path) -> None:
    tmx = pytest.importorskip("translate.storage.tmx")
    other = tmx.tmxfile(sourcelanguage="ar", targetlanguage="en")
    other.addtranslation("باب & <ب>", "ar", "door & <d>", "en")
    file = tmp_path / "other.tmx"
    with file.open("wb") as stream:
        other.serialize(stream)
    assert read_tmx(file) == (MemoryEntry("باب & <ب>", "door & <d>", None),)


FOREIGN = """<?xml version="1.0" encoding="{encoding}"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="*all*"/><body>
<tu changedate="20250304T050607Z"><note>n</note><prop type="x">y</prop>
 <tuv xml:lang="EN-US"><prop type="x-digest-package">no</prop>
  <seg>The <bpt i="1">&lt;b></bpt><hi>red</hi><ept i="1"/> door</seg></tuv>
 <tuv xml:lang="fr"><seg>La porte</seg></tuv>
 <tuv lang="ar_SA"><seg>الباب <ph>{{0}}</ph>الأحمر</seg></tuv></tu>
<tu><tuv xml:lang="ar"><seg>وحيد</seg></tuv></tu>
<tu changedate="yesterday"><tuv xml:lang="ar"><seg>قلم</seg></tuv><tuv xml:lang="en"><seg>pen</seg></tuv></tu>
</body></tmx>"""


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16"])
def test_countries_inline_codes_and_other_languages(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "foreign.tmx"
    file.write_text(FOREIGN.format(encoding=encoding), encoding=encoding)
    red, pen = read_tmx(file)
    assert (red.ar, red.en, red.maker) == ("الباب الأحمر", "The red door", None)
    assert red.day == 739314
    assert pen == MemoryEntry("قلم", "pen", None)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not valid TMX (line 1: no element found)"),
        (b"PK\x03\x04", "not valid TMX"),
        (b"<html><body/></html>", "not TMX, but <html>"),
        (b"<tmx><body><tu>", "not valid TMX"),
        (b'<?xml version="1.0" encoding="klingon"?><tmx/>', "not valid TMX (unknown encoding)"),
        (b'<!DOCTYPE tmx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><tmx>&b;</tmx>', "declares entities"),
        (b'<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/hostname">]><tmx>&a;</tmx>', "declares entities"),
        (b"<tmx>\xff</tmx>", "not valid TMX"),
    ],
)
def test_what_is_no_tmx_is_told_in_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "bad.tmx"
    file.write_bytes(content)
    with pytest.raises(ReadingError) as error:
        read_tmx(file)
    assert str(error.value).startswith(f"{file}: {said}")
    assert "\n" not in str(error.value)


def test_a_missing_file_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="cannot be read"):
        read_tmx(tmp_path / "missing.tmx")
