"""Bytes become text, or one says why not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.reading.encodings import UndecodableError, decode

TEXT = "أعلنت الوزارة، اليوم الأربعاء، نتائج «الانتخابات» في 27 محافظة.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256"])
def test_encodings_of_arabic(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_a_file_cut_off_within_a_character_is_read_up_to_there() -> None:
    assert decode(TEXT.strip()[:-1].encode()[:-1]) == TEXT.strip()[:-2]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        ("ein Café, déjà vu, naïve".encode("latin-1"), "UTF-8"),
        (TEXT.encode()[:-30] + b"\xff\xfe\x80" + TEXT.encode(), "broken UTF-8"),
        (TEXT.encode("utf-16")[:-1], "broken utf-16"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(UndecodableError, match=said):
        decode(data)


@given(st.binary())
def test_never_a_replacement_character_of_ours(data: bytes) -> None:
    try:
        text = decode(data)
    except UndecodableError:
        return
    assert "\ufffd" not in text or "\ufffd".encode() in data or data[:2] in (b"\xff\xfe", b"\xfe\xff")
