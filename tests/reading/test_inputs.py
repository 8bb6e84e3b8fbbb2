"""Files, folders and standard input become documents; the rest is named."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from digest.reading import read_inputs
from digest.reading.inputs import LIMITS, MAX_BYTES
from digest.reading.kinds import Kind

TEXT = "أعلنت الوزارة نتائج الانتخابات.\n"


def read(*names: str | Path, stdin: bytes = b"") -> tuple[list[str], dict[str, str], list[str]]:
    reading = read_inputs([str(name) for name in names], io.BytesIO(stdin))
    return (
        [Path(document.origin).name for document in reading.documents],
        {Path(failure.origin).name: failure.reason for failure in reading.failures},
        [Path(origin).name for origin in reading.passed_over],
    )


def test_a_folder_is_read_in_order_of_names_and_hidden_files_are_left_alone(tmp_path: Path) -> None:
    for name in ("b.txt", "a.TXT", "sub/c.txt", ".hidden.txt", ".git/d.txt", "README.md", "data.tsv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert read(tmp_path) == (["a.TXT", "b.txt", "c.txt"], {}, ["README.md", "data.tsv"])


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    assert read(file, tmp_path, tmp_path / "." / "a.txt")[0] == ["a.txt"]


def test_a_file_that_is_named_is_read_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "article.dat").write_text(TEXT, encoding="utf-8")
    assert read(tmp_path / "article.dat")[0] == ["article.dat"]


def test_standard_input() -> None:
    assert read("-", stdin=TEXT.encode()) == (["-"], {}, [])


def test_each_bad_input_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    files = {
        "good.txt": TEXT.encode(),
        "empty.txt": b"",
        "blank.txt": b" \n\t\n",
        "binary.txt": b"\0\1\2",
        "page.txt": b"<!DOCTYPE html><html><body></body></html>",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "nothing").mkdir()
    documents, failures, _ = read(tmp_path / "missing.txt", *(tmp_path / name for name in files), tmp_path / "nothing")
    assert documents == ["good.txt"]
    assert failures == {
        "missing.txt": "no such file or folder",
        "empty.txt": "empty",
        "blank.txt": "empty",
        "binary.txt": "a binary file, not text",
        "page.txt": "no text found in this page",
        "nothing": "no article in this folder",
    }


def test_a_file_too_large_for_an_article_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    with file.open("wb") as stream:
        stream.write(TEXT.encode())
        stream.truncate(LIMITS[Kind.TEXT] + 1)
    assert "larger than 55 MB" in read(file)[1]["huge.txt"]
    with file.with_name("huge.json").open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    assert "larger than 200 MB" in read(file.with_name("huge.json"))[1]["huge.json"]


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert read(tmp_path)[1] == {"pipe.txt": "not a regular file"}


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    file = tmp_path / "secret.txt"
    file.write_text(TEXT, encoding="utf-8")
    file.chmod(0)
    assert "cannot be read" in read(file)[1]["secret.txt"]
