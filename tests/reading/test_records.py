"""JSON records and JSON lines: each an article."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from digest.reading import read_inputs

if TYPE_CHECKING:
    from pathlib import Path

    from digest.reading import Reading

TEXT = "أعلنت وزارة الصحة تسجيل إصابات جديدة في ثلاث محافظات جنوبية."
RECORD = {
    "id": 7,
    "title": "عنوان",
    "body": TEXT,
    "source": "صحيفة المثال",
    "date": "2020-10-14 10:00:00",
    "tags": "صحة، مياه",
}


def read(tmp_path: Path, content: str, name: str = "day.jsonl", **field_map: str) -> Reading:
    (tmp_path / name).write_text(content, encoding="utf-8")
    return read_inputs([str(tmp_path / name)], io.BytesIO(), field_map)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("day.jsonl", json.dumps(RECORD)),
        ("day.json", json.dumps(RECORD, indent=1)),
        ("day.json", json.dumps([RECORD])),
        ("day.json", json.dumps({"articles": [RECORD]})),
        ("day", json.dumps([RECORD])),
    ],
)
def test_records_in_every_form(tmp_path: Path, name: str, content: str) -> None:
    (document,) = read(tmp_path, content, name).documents
    assert (document.text, document.id, document.origin) == (TEXT, "7", f"{tmp_path / name}#1")
    hints = document.hints
    assert (hints.title, hints.outlet, hints.published) == ("عنوان", "صحيفة المثال", date(2020, 10, 14))
    assert hints.keywords == ("صحة", "مياه")


def test_bad_lines_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    reading = read(tmp_path, f"{json.dumps(RECORD)}\n{{oops\n[1]\n\n{json.dumps(RECORD)}\n")
    assert [document.origin.rpartition("#")[2] for document in reading.documents] == ["1", "5"]
    assert [failure.origin.rpartition("#")[2] for failure in reading.failures] == ["2", "3"]


def test_fields_may_be_mapped(tmp_path: Path) -> None:
    record = {"nass": TEXT, "jarida": "صحيفة المثال"}
    (failure,) = read(tmp_path, json.dumps(record)).failures
    assert "fields found: jarida, nass" in failure.reason
    assert "--map" in failure.reason
    (document,) = read(tmp_path, json.dumps(record), nass="text", jarida="outlet").documents
    assert (document.text, document.hints.outlet) == (TEXT, "صحيفة المثال")


def test_data_beside_the_articles_of_a_folder_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "labels.json").write_text('{"labels": [1, 2]}', encoding="utf-8")
    reading = read_inputs([str(tmp_path)], io.BytesIO())
    assert (len(reading.documents), reading.failures) == (1, ())
    assert reading.passed_over == (str(tmp_path / "labels.json"),)
