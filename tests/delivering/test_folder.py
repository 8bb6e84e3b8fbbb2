"""Files arrive whole or not at all."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from digest import locking
from digest.delivering import write_all
from digest.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

OLD = {name: f"old {name}\n".encode() * 2000 for name in ("a.md", "b.html", "c.txt", "d.json", "e.eml")}
NEW = {name: f"new {name}\n".encode() * 3000 for name in OLD}
LEFTOVER = ".a.md.digest-0123456789abcdef.tmp"

# Writes NEW and dies by SIGKILL at the given call of fsync (before it) or replace (before it).
KILLED = """
import os, signal, sys
from pathlib import Path
from digest.delivering import write_all

folder, call, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
seen = 0
def dying(real):
    def wrapped(*arguments):
        global seen
        seen += 1
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments)
    return wrapped
if call == "fsync":
    os.fsync = dying(os.fsync)
else:
    Path.replace = dying(Path.replace)
write_all(folder, {name: f"new {name}\\n".encode() * 3000 for name in ("a.md", "b.html", "c.txt", "d.json", "e.eml")})
"""

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and flock are POSIX")
needs_permissions = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may write anywhere"
)


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_files_are_written_and_named_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "output" / "2026-11-20"
    assert write_all(folder, OLD) == tuple(folder / name for name in OLD)
    assert content(folder) == OLD


def test_a_second_run_replaces_the_files_and_leaves_others_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"mine")
    write_all(tmp_path, OLD)
    write_all(tmp_path, NEW)
    assert content(tmp_path) == NEW | {"notes.txt": b"mine"}


@posix_only
def test_files_get_the_mode_that_the_umask_gives(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        (path,) = write_all(tmp_path, {"a.md": b"a"})
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o644


@posix_only
@pytest.mark.parametrize(("call", "number"), [("fsync", 1), ("fsync", 3), ("fsync", 5), ("replace", 1), ("replace", 4)])
def test_a_killed_run_leaves_whole_files_and_the_next_one_cleans_up(tmp_path: Path, call: str, number: int) -> None:
    write_all(tmp_path, OLD)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), call, str(number)], check=False)
    assert killed.returncode == -signal.SIGKILL
    found = content(tmp_path)
    assert any(name.endswith(".tmp") for name in found)
    moved = number - 1 if call == "replace" else 0
    for place, name in enumerate(OLD):
        assert found[name] == (NEW if place < moved else OLD)[name]
    write_all(tmp_path, NEW)
    assert content(tmp_path) == NEW


@posix_only
def test_what_a_live_run_is_writing_is_not_taken_for_a_leftover(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl  # noqa: PLC0415 - not on Windows

    (tmp_path / LEFTOVER).write_bytes(b"of a live run")
    monkeypatch.setattr(locking, "PATIENCE", 0.2)
    live = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(live, fcntl.LOCK_EX)
        with pytest.raises(OutputError, match="another run is writing there"):
            write_all(tmp_path, NEW)
        assert content(tmp_path) == {LEFTOVER: b"of a live run"}
    finally:
        os.close(live)
    write_all(tmp_path, NEW)
    assert content(tmp_path) == NEW


@posix_only
def test_runs_at_the_same_time_do_not_mix_their_files(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from digest.delivering import write_all\n"
        "for _ in range(20): write_all(Path(sys.argv[1]), {n: sys.argv[2].encode() * 9999 for n in 'abcd'})"
    )
    runs = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), letter]) for letter in "xyz"]
    assert [run.wait(60) for run in runs] == [0, 0, 0]
    found = content(tmp_path)
    assert sorted(found) == list("abcd")
    assert len(set(found.values())) == 1


def test_files_that_only_look_like_leftovers_stay(tmp_path: Path) -> None:
    for name in (".a.md.tmp", "a.md.digest-0123456789abcdef.tmp", ".a.md.digest-01.tmp"):
        (tmp_path / name).write_bytes(b"mine")
    write_all(tmp_path, {"a.md": b"a"})
    assert len(content(tmp_path)) == 4


def test_without_locks_files_are_written_and_leftovers_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "_lock", lambda _folder, _descriptor: False)
    (tmp_path / LEFTOVER).write_bytes(b"whose?")
    write_all(tmp_path, NEW)
    assert content(tmp_path) == NEW | {LEFTOVER: b"whose?"}


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "no space left on device"), (errno.EACCES, "not allowed to write there")]
)
def test_a_failed_write_leaves_the_old_files_and_no_temporary_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    write_all(tmp_path, OLD)
    real = os.fsync
    calls = iter(range(10))

    def full(descriptor: int) -> None:
        if next(calls) == 3:
            raise OSError(number, os.strerror(number))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=said) as caught:
        write_all(tmp_path, NEW)
    assert "\n" not in str(caught.value)
    assert content(tmp_path) == OLD


@pytest.mark.parametrize("under", ["", "2026-11-20"])
def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path, under: str) -> None:
    (tmp_path / "output").write_bytes(b"a file")
    with pytest.raises(OutputError, match="a file is where the folder should be"):
        write_all(tmp_path / "output" / under, NEW)
    assert (tmp_path / "output").read_bytes() == b"a file"


def test_a_folder_where_a_file_should_be_is_told_before_anything_moves(tmp_path: Path) -> None:
    write_all(tmp_path, {name: text for name, text in OLD.items() if name != "c.txt"})
    (tmp_path / "c.txt").mkdir()
    with pytest.raises(OutputError, match=r"c\.txt: a folder is in the way of the file"):
        write_all(tmp_path, NEW)
    assert (tmp_path / "a.md").read_bytes() == OLD["a.md"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(OLD)


@needs_permissions
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    write_all(tmp_path, OLD)
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(OutputError, match="not allowed to write there"):
            write_all(tmp_path, NEW)
    finally:
        tmp_path.chmod(0o755)
    assert content(tmp_path) == OLD


@pytest.mark.parametrize("name", ["", ".", "..", "../a.md", "sub/a.md", "/a.md"])
def test_only_plain_file_names_are_taken(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a plain file name"):
        write_all(tmp_path, {name: b""})
    assert content(tmp_path) == {}
