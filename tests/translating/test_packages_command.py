"""`digest packages` as people start it, with a real index on this machine, and killed at every moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from package_files import BUNDLED_VERSION, NAME, byte_pair, good
from package_server import FILE, PackageServer

from digest.commands.memory import memory as memory_group
from digest.commands.packages import packages as packages_group
from digest.translating.packages import workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer import Typer

FOREVER = 60.0
"""Seconds that nothing here takes."""


def start(*arguments: str | Path, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "digest", *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=os.environ | {"NO_PROXY": "127.0.0.1"} | environment,
    )


def packages(*arguments: str | Path, code: int = 0, **environment: str) -> str:
    """Run a command of the group, check its exit status, and return what it printed, on either stream."""
    process = start("packages", *arguments, **environment)
    out, err = process.communicate(timeout=FOREVER)
    assert process.returncode == code, err
    assert "Traceback" not in err
    assert not code or len(err.splitlines()) == 1
    return out + err


def shelf() -> Path:
    return Path(os.environ["ARGOS_PACKAGES_DIR"])


def used() -> str:
    """Return the name of the package in use, as `digest packages list` tells it."""
    (line,) = [line for line in packages("list").splitlines() if line.startswith("*")]
    return line.split()[1]


def test_the_life_of_a_package(tmp_path: Path) -> None:
    assert packages("list").split()[:4] == ["*", "ar_en", "ar-en", BUNDLED_VERSION]
    assert packages("install", good(tmp_path)).splitlines()[-1] == f"{NAME}: installed"
    assert used() == NAME
    assert packages("install", good(tmp_path)) == f"{NAME}: is installed already\n"
    assert packages("use", "ar_en") == "ar_en: in use\n"
    assert used() == "ar_en"
    assert packages("use", "--best") == f"{NAME}: in use\n"
    out = packages("test", NAME)
    assert "12" in out.splitlines()[1]
    assert out.splitlines()[-1] == f"{NAME}: works"
    assert packages("remove", NAME) == f"{NAME}: removed\n"
    assert used() == "ar_en"
    assert list(shelf().iterdir()) == []


def test_an_option_goes_before_what_use_was_told(tmp_path: Path) -> None:
    packages("install", byte_pair(tmp_path))
    packages("use", NAME)
    out, _ = start("packages", "list", DIGEST_PACKAGE="ar_en").communicate(timeout=FOREVER)
    assert out.startswith("* ar_en ")
    assert f"  {NAME} " in out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["install", "missing.argosmodel"], 4, "missing.argosmodel: cannot be read"),
        (["remove", "missing"], 4, "missing: no such package is installed"),
        (["remove", "ar_en"], 4, "comes with digest"),
        (["use", "missing"], 4, "missing: no such package is installed"),
        (["test", "missing"], 4, "missing: neither a folder nor an installed"),
        (["available"], 4, "digest packages available --update"),
        (["install"], 4, "the index of packages cannot be fetched"),
        (["available", "--update"], 4, "the index of packages cannot be fetched"),
    ],
)
def test_wrong_use_is_one_clear_line(arguments: list[str], code: int, said: str) -> None:
    assert said in packages(*arguments, code=code, ARGOS_PACKAGE_INDEX="http://127.0.0.1:9/")


def test_use_wants_a_name_or_best() -> None:
    for arguments in (["use"], ["use", "ar_en", "--best"]):
        process = start("packages", *arguments)
        assert "give the NAME of a package, or --best" in process.communicate(timeout=FOREVER)[1]
        assert process.returncode == 2


def test_a_broken_package_is_listed_with_its_reason_and_fails_the_test(tmp_path: Path) -> None:
    packages("install", good(tmp_path))
    (shelf() / "broken").mkdir(parents=True)
    assert "broken: not a translation package" in packages("list")
    (shelf() / NAME / "model" / "model.bin").write_bytes(b"junk")
    assert "cannot be loaded" in packages("test", code=4)


@pytest.fixture
def content(tmp_path: Path) -> bytes:
    return good(tmp_path).read_bytes()


def test_a_package_comes_from_the_index(content: bytes) -> None:
    with PackageServer(content, version=BUNDLED_VERSION) as server:
        address = server.url().rstrip("/")
        out = packages("available", "--update", ARGOS_PACKAGE_INDEX=address)
        assert out == f"{NAME}  ar-en  {BUNDLED_VERSION}\n"
        assert packages("install", ARGOS_PACKAGE_INDEX=address).splitlines()[-1] == f"{NAME}: installed"
        packages("install", "ar-en", ARGOS_PACKAGE_INDEX=address)
        assert server.ranges == [None]
        assert "en-ar: the index has no such package" in packages(
            "install", "en-ar", code=4, ARGOS_PACKAGE_INDEX=address
        )
    assert packages("available") == out
    assert used() == NAME
    assert list(workspace(shelf()).iterdir()) == []


def test_the_highest_version_of_the_index_is_taken_and_odd_entries_are_passed_over(content: bytes) -> None:
    with PackageServer(content) as server:
        entry = {"from_code": "ar", "to_code": "en", "links": ["ipfs://x", server.url("/gone"), server.url(FILE)]}
        server.index = [
            entry | {"package_version": "0.9"},
            entry | {"package_version": BUNDLED_VERSION},
            entry | {"package_version": "../../9"},
            entry | {"package_version": "99", "type": "sbd"},
            {"package_version": "100"},
            None,
        ]
        assert NAME in packages("install", ARGOS_PACKAGE_INDEX=server.url())
        server.index = {}
        assert "not an index of packages" in packages("install", code=4, ARGOS_PACKAGE_INDEX=server.url())


def test_a_bad_package_from_the_index_leaves_nothing() -> None:
    with PackageServer(b"no package") as server:
        assert "a broken package file" in packages("install", code=4, ARGOS_PACKAGE_INDEX=server.url())
    assert list(shelf().iterdir()) == list(workspace(shelf()).iterdir()) == []


def kill_when(process: subprocess.Popen[str], reached: Callable[[], bool]) -> bool:
    """Kill the process as soon as `reached`; return whether it was still running then."""
    deadline = time.monotonic() + FOREVER
    while process.poll() is None and not reached():
        assert time.monotonic() < deadline
        time.sleep(0.002)
    running = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=FOREVER)
    return running


def works() -> bool:
    """Tell whether what is installed translates, whatever it is, after checking that none of it is half a package."""
    assert {path.name for path in shelf().iterdir()} <= {NAME}
    return "works" in packages("test")


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
@pytest.mark.parametrize("moment", ["beginning", "unpacking", "model", "trying", "installed"])
def test_killed_while_a_file_is_installed(tmp_path: Path, moment: str) -> None:
    file = good(tmp_path)
    space = workspace(shelf())
    unpacked = space / "unpacked" / "ar_en"
    reached = {
        "beginning": space.exists,
        "unpacking": unpacked.exists,
        "model": (unpacked / "model" / "model.bin").exists,
        "trying": lambda: len(list(unpacked.rglob("*"))) == 7,
        "installed": (shelf() / NAME).exists,
    }
    kill_when(start("packages", "install", file), reached[moment])
    assert works()
    packages("install", file)
    assert used() == NAME
    assert list(space.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_killed_while_a_package_is_downloaded(content: bytes) -> None:
    part = workspace(shelf()) / f"{NAME}.argosmodel.part"
    with PackageServer(content, version=BUNDLED_VERSION, pause_at=1_000_000) as server:
        process = start("packages", "install", ARGOS_PACKAGE_INDEX=server.url())
        assert kill_when(process, lambda: part.exists() and part.stat().st_size > 500_000)
        assert list(shelf().iterdir()) == []
        assert works()
        had = part.stat().st_size
        server.pause_at = None
        packages("install", ARGOS_PACKAGE_INDEX=server.url())
        assert server.ranges == [None, f"bytes={had}-"]
    assert used() == NAME
    assert list(workspace(shelf()).iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_killed_while_a_package_is_removed(tmp_path: Path) -> None:
    packages("install", good(tmp_path))
    packages("use", NAME)
    process = start("packages", "remove", NAME)
    kill_when(process, lambda: not (shelf() / NAME).exists())
    assert works()
    assert used() == "ar_en"
    packages("install", good(tmp_path))
    assert list(workspace(shelf()).iterdir()) == []


def translated(*arguments: str, code: int = 0) -> str:
    """Translate a word and return what is printed, or what is said where the exit status is another."""
    process = start("translate", "--no-memory", *arguments)
    out, err = process.communicate("المدن\n", timeout=FOREVER)
    assert process.returncode == code, err
    return err if code else out


def test_a_pivot_is_taken_when_asked_for(tmp_path: Path) -> None:
    said = translated("--pivot", "fr", code=4)
    assert "ar-fr: not installed; run `digest packages install --step ar-fr`" in said
    for pair in (("ar", "fr"), ("fr", "en")):
        packages("install", "--step", good(tmp_path, from_code=pair[0], to_code=pair[1]))
    assert used() == "ar_en"
    # The second package takes the first one's English for French, so the result is odd, but another one.
    assert translated("--pivot", "fr") not in {"\n", translated()}


@pytest.mark.parametrize("group", [packages_group, memory_group], ids=["packages", "memory"])
def test_help_of_the_groups_is_light_and_tells_exit_codes(group: Typer) -> None:
    code = (
        "import sys; sys.argv[0] = 'digest'\n"
        "from digest.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "heavy = {'ctranslate2', 'argostranslate', 'numpy', 'urllib.request', 'sqlite3'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    names = [command.name or command.callback.__name__ for command in group.registered_commands if command.callback]
    assert len(names) >= 5
    for arguments in ([], *([name] for name in names)):
        done = subprocess.run(
            [sys.executable, "-c", code, str(group.info.name), *arguments, "--help"],
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "4 no translation package can be used" in " ".join(done.stdout.split())
