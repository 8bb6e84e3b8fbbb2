"""`digest translate` and `digest memory` as people start them."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from digest.store import Store
from digest.translating.memory import entries
from digest.translating.tmx import read_tmx

FIRE = "قالت الشرطة إن الحريق لم يسفر عن ضحايا."
TALKS = "أكد وزير الخارجية أهمية الحوار بين البلدين."


def digest(*arguments: str | Path, stdin: bytes | str = b"", code: int = 0, **environment: str) -> str:
    """Run a command, check its exit status and return its standard output, that of errors where it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "digest", *map(str, arguments)],
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        check=False,
        env=os.environ | environment,
    )
    assert done.returncode == code, done.stderr
    assert b"Traceback" not in done.stderr
    return (done.stderr if code else done.stdout).decode()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "store.sqlite"
    monkeypatch.setenv("DIGEST_STORE", str(path))
    return path


def test_one_line_for_each_line_whatever_is_in_it() -> None:
    lines = [
        "",
        FIRE,
        "  ",
        "BBC 24",
        f"{TALKS} {FIRE}",
        "\t",
        "٢٤",
        "\x00\x1b[31m\x0b\u2028",
        "لا\x00شيء\x85نعم",
        "🙂 نعم",
    ]
    got = digest("translate", stdin="\r\n".join(lines)).split("\n")
    assert got.pop() == ""
    assert len(got) == len(lines)
    assert [line for line, was in zip(got, lines, strict=True) if line == was] == [
        "",
        "  ",
        "BBC 24",
        "\t",
        "٢٤",
        lines[7],
    ]
    assert "fire" in got[1].lower()
    assert got[4].endswith(f" {got[1]}")
    assert "minister" in got[4].lower()


def test_random_bytes_have_as_many_lines_as_before() -> None:
    random_bytes = random.Random(5).randbytes(3000) + "\nنعم\n".encode()  # noqa: S311 - not for secrets
    assert digest("translate", "-", stdin=random_bytes).count("\n") == random_bytes.count(b"\n")


@pytest.mark.parametrize("text", ["", "\n", "a", "a\n", "a\n\n", "\na"])
def test_the_last_line_end_is_no_line_of_its_own(text: str) -> None:
    assert digest("translate", stdin=text) == (text if text.endswith("\n") or not text else f"{text}\n")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256"])
def test_texts_in_the_encodings_of_arabic(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "text.txt"
    file.write_text(f"{FIRE}\n", encoding=encoding)
    assert digest("translate", file) == digest("translate", stdin=f"{FIRE}\n")


def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    assert digest("translate", tmp_path / "missing", code=3).startswith(
        f"digest: {tmp_path / 'missing'}: cannot be read"
    )
    assert len(digest("translate", tmp_path, code=3).splitlines()) == 1


def test_json_tells_sentences_and_doubts() -> None:
    first, second = map(
        json.loads, digest("translate", "--format", "json", stdin=f"{TALKS} {FIRE}\nBBC\n").splitlines()
    )
    assert [sentence["ar"] for sentence in first["sentences"]] == [TALKS, FIRE]
    assert first["en"] == " ".join(sentence["en"] for sentence in first["sentences"])
    assert set(first["sentences"][0]) == {"ar", "en", "doubts", "by_hand"}
    assert second == {"text": "BBC", "en": "BBC", "sentences": []}


def test_tmx_has_the_sentences_and_what_translated_them(tmp_path: Path) -> None:
    file = tmp_path / "out.tmx"
    file.write_text(digest("translate", "--format", "tmx", stdin=f"{TALKS} {FIRE}\nBBC\n"), encoding="utf-8")
    units = read_tmx(file)
    assert [unit.ar for unit in units] == [TALKS, FIRE]
    assert all(unit.maker and unit.maker.package.startswith("ar_en-") for unit in units)


def test_what_was_translated_is_remembered_unless_told_not_to(store: Path) -> None:
    digest("translate", "--no-memory", stdin=FIRE)
    assert not store.exists()
    plain = digest("translate", stdin=FIRE)
    assert "1 translation by ar_en-" in digest("memory", "stats")
    digest("memory", "edit", FIRE, "Nobody was hurt.")
    assert digest("translate", stdin=FIRE) == "Nobody was hurt.\n"
    assert digest("translate", "--no-memory", stdin=FIRE) == plain
    assert digest("memory", "edit", FIRE, "--undo") == "forgotten; the package translates it again\n"
    assert digest("translate", stdin=FIRE) == plain
    assert digest("memory", "edit", FIRE, "--undo") == "was not translated by hand\n"


@pytest.mark.usefixtures("store")
def test_a_line_of_several_sentences_can_be_translated_by_hand_as_a_whole() -> None:
    digest("memory", "edit", f"{TALKS} {FIRE}", "Talks, and a fire.")
    got = digest("translate", stdin=f"{TALKS}  {FIRE}\n{FIRE}\n").splitlines()
    assert got[0] == "Talks, and a fire."
    assert got[1] == digest("translate", "--no-memory", stdin=FIRE).strip()


def test_the_memory_goes_out_and_in(store: Path, tmp_path: Path) -> None:
    digest("translate", stdin=f"{TALKS}\n{FIRE}\n")
    digest("memory", "edit", FIRE, "Nobody was hurt.")
    file = tmp_path / "memory.tmx"
    digest("memory", "export", file)
    assert file.read_text(encoding="utf-8") == digest("memory", "export")
    assert digest("memory", "prune", "--most", "1") == "1 translation forgotten\n"
    assert digest("memory", "prune", "--days", "0") == "0 translations forgotten\n"
    (own,) = read_tmx_text(tmp_path, digest("memory", "export", "--by-hand"))
    assert own == (FIRE, "Nobody was hurt.")
    other = str(tmp_path / "other.sqlite")
    assert digest("memory", "import", file, DIGEST_STORE=other).startswith(
        "2 translations of packages and 1 made by hand"
    )
    with Store(Path(other)) as taken_in:
        assert tuple(entries(taken_in)) == read_tmx(file)
    assert digest("memory", "import", file).endswith("1 made by hand were here already and stay\n")
    assert store.exists()


def read_tmx_text(folder: Path, text: str) -> list[tuple[str, str]]:
    file = folder / "read.tmx"
    file.write_text(text, encoding="utf-8")
    return [(entry.ar, entry.en) for entry in read_tmx(file)]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["prune"], 2, "--days N, --most N or both"),
        (["edit", FIRE], 2, "ARABIC and --undo"),
        (["edit", FIRE, " "], 2, "ARABIC and --undo"),
        (["edit", FIRE, "English", "--undo"], 2, "ARABIC and --undo"),
        (["edit", "English", FIRE], 2, "the Arabic comes first"),
        (["import", "missing.tmx"], 3, "missing.tmx: cannot be read"),
        (["export", "/dev/null/memory.tmx"], 5, "/dev/null"),
    ],
)
@pytest.mark.usefixtures("store")
def test_wrong_use_of_the_memory(arguments: list[str], code: int, said: str) -> None:
    assert said in " ".join(digest("memory", *arguments, code=code).replace("│", " ").split())


def test_without_a_store_there_is_no_memory_to_look_after() -> None:
    assert "nothing is remembered" in digest("memory", "stats", code=2, DIGEST_STORE="none")


def start(text: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-m", "digest", "translate", "--threads", "1"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write(text.encode())
    process.stdin.close()
    process.stdin = None
    return process


def test_two_at_once_share_the_memory(store: Path) -> None:
    texts = [f"{FIRE}\n{TALKS}\nباب\n", f"{TALKS}\nكتاب\n{FIRE}\n"]
    results = [process.communicate(timeout=60) for process in [start(text) for text in texts]]
    doubts = b"digest: 1 sentence with doubts; --format json tells which\n"
    assert {errors for _, errors in results} <= {b"", doubts}
    with Store(store) as opened:
        assert {entry.ar for entry in entries(opened)} == {FIRE, TALKS, "باب", "كتاب"}
    assert [out.decode() for out, _ in results] == [digest("translate", "--no-memory", stdin=text) for text in texts]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_what_was_done_before_a_kill_is_not_done_again(store: Path) -> None:
    text = "".join(f"باب {number}\n" for number in range(2500))
    process = start(text)
    while process.poll() is None:
        time.sleep(0.02)
        if store.exists():
            with Store(store) as opened:
                if next(entries(opened), None):
                    break
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    with Store(store) as opened:
        before = sum(1 for _ in entries(opened))
    assert before in {1000, 2000, 2500}
    assert digest("translate", stdin=f"{FIRE}\n")
