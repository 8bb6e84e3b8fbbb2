"""`digest show` and `digest open`, in pipes and in real terminals."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import webbrowser
from pathlib import Path
from typing import Any

import pytest
from terminals import in_terminal
from test_cli import digest

from digest.cli import app

GOLDEN = Path(__file__).parent / "rendering" / "golden"
STYLED = re.compile("\x1b\\[[0-9;]*m")
ISOLATES = re.compile("[\u2066\u2067\u2069]")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two briefings in the folder output."""
    for day in ("2026-11-19", "2026-11-20"):
        shutil.copytree(GOLDEN, tmp_path / "output" / day)
        file = tmp_path / "output" / day / "briefing.json"
        file.write_text(file.read_text(encoding="utf-8").replace("2026-11-20", day, 1), encoding="utf-8")
    return tmp_path


@pytest.fixture
def data() -> Any:
    return json.loads((GOLDEN / "briefing.json").read_text(encoding="utf-8"))


@pytest.fixture
def pager(tmp_path: Path) -> str:
    """Return a pager that says that it is one."""
    script = tmp_path / "pager.py"
    script.write_text("import sys\nprint('PAGER', sys.stdin.read(), sep='\\n')\n", encoding="utf-8")
    return f"{sys.executable} '{script}'"


def words(text: str) -> str:
    return " ".join(ISOLATES.sub("", text).split())


def test_the_newest_briefing_in_a_pipe(folder: Path, data: Any) -> None:
    done = digest("show", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Morning briefing, Friday 20 November 2026\n")
    assert "\x1b" not in done.stdout
    for story in data["stories"]:
        assert words(story["headline"]["en"]) in words(done.stdout)
        for sentence in story["sentences"]:
            assert words(sentence["ar"]) in words(done.stdout)


def test_a_day_and_a_story(folder: Path, data: Any) -> None:
    whole = digest("show", "2026-11-19", cwd=folder)
    assert whole.stdout.startswith("Morning briefing, Thursday 19 November 2026\n")
    story = digest("show", "2026-11-19", "2", "--to", "en", cwd=folder)
    assert story.stdout.startswith(f"2. {data['stories'][1]['headline']['en'][:20]}")
    assert story.stdout == digest("show", "2", "--to", "en", cwd=folder).stdout
    arabic = digest("show", "2", "--to", "ar", cwd=folder)
    assert words(data["stories"][1]["sentences"][0]["ar"]) in words(arabic.stdout)
    assert words(data["stories"][1]["sentences"][0]["en"]) not in words(arabic.stdout)


def test_json(folder: Path, data: Any) -> None:
    assert json.loads(digest("show", "--json", cwd=folder).stdout) == data
    done = digest("show", "2026-11-20", "1", "--json", "--out", folder / "output")
    assert json.loads(done.stdout) == data["stories"][0]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["show", "2026-11-01"], 3, "digest: output: no briefing of 2026-11-01; the nearest is of 2026-11-19"),
        (["open", "2026-11-21"], 3, "digest: output: no briefing of 2026-11-21; the nearest is of 2026-11-20"),
        (["show", "--out", "other"], 3, "digest: other: no briefing there yet; `digest run` makes one"),
        (["open", "--out", "other"], 3, "digest: other: no briefing there yet; `digest run` makes one"),
        (["show", "99"], 2, "99; the briefing of 2026-11-20 has"),
        (["show", "2026-11-20", "0"], 2, "Invalid value for 'STORY'"),
        (["show", "tomorrow"], 2, "'tomorrow' is no date like 2026-11-20, today or yesterday"),
        (["show", "today"], 3, "the nearest is of 2026-11-20"),
        (["open", "20261131"], 2, "'20261131' is no date like 2026-11-20"),
    ],
)
def test_what_is_not_there(folder: Path, arguments: list[str], status: int, said: str) -> None:
    done = digest(*arguments, cwd=folder)
    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_briefing(folder: Path) -> None:
    file = folder / "output" / "2026-11-20" / "briefing.json"
    for content in (b'{"date": "2026-', b"\xff\xfe", b"[]"):
        file.write_bytes(content)
        done = digest("show", cwd=folder)
        assert (done.returncode, done.stdout) == (3, "")
        (line,) = done.stderr.splitlines()
        assert line.startswith(f"digest: {Path('output', '2026-11-20', 'briefing.json')}: ")


def test_a_terminal_gets_styles_and_a_pager(folder: Path, pager: str) -> None:
    status, got = in_terminal(["show", "2"], cwd=folder, PAGER=pager)
    assert status == 0
    assert got.startswith("PAGER\n\x1b[1m2. ")
    status, got = in_terminal(["show", "2", "--no-pager"], cwd=folder, PAGER=pager)
    assert got.startswith("\x1b[1m2. ")
    assert STYLED.sub("", got) == digest("show", "2", cwd=folder, COLUMNS="80").stdout


def test_no_color(folder: Path) -> None:
    _, coloured = in_terminal(["show", "--no-pager"], cwd=folder)
    _, plain = in_terminal(["show", "--no-pager"], cwd=folder, NO_COLOR="1")
    assert "\x1b[33m" in coloured
    assert not re.search("\x1b\\[[0-9;]*3[0-7]", plain)
    assert STYLED.sub("", plain) == STYLED.sub("", coloured)
    _, dumb = in_terminal(["show"], cwd=folder, TERM="dumb", PAGER="false")
    assert dumb == STYLED.sub("", coloured)


@pytest.mark.parametrize("pager", ["", "no-such-pager-anywhere", "'unclosed"])
def test_without_a_pager_everything_is_printed(folder: Path, pager: str) -> None:
    status, got = in_terminal(["show", "1"], cwd=folder, PAGER=pager)
    assert status == 0
    assert STYLED.sub("", got) == digest("show", "1", cwd=folder).stdout


@pytest.mark.skipif(not shutil.which("less"), reason="less is not installed")
def test_less_shows_pages_in_colour_and_arabic(folder: Path, data: Any) -> None:
    status, got = in_terminal(["show"], cwd=folder, rows=12, keys=[(b":\x1b[K", b"q")], LC_ALL="C")
    assert status == 0
    shown = STYLED.sub("", got)
    assert words(data["stories"][0]["headline"]["ar"]) in words(shown)
    assert words(data["stories"][-1]["sentences"][-1]["ar"]) not in words(shown)
    assert "<D8>" not in shown
    assert "ESC[" not in shown
    status, got = in_terminal(["show", "2", "--to", "en"], cwd=folder, rows=60)
    assert status == 0, "less ends by itself where all fits on the screen"


@pytest.mark.parametrize("narrow", [{"columns": 40}, {"COLUMNS": "40"}])
def test_a_narrow_terminal(folder: Path, narrow: dict[str, Any]) -> None:
    _, got = in_terminal(["show", "--no-pager"], cwd=folder, **narrow)
    lines = [ISOLATES.sub("", line) for line in STYLED.sub("", got).splitlines()]
    assert max(len(line) for line in lines if len(line.split()) > 2) <= 40
    assert sum(len(line) > 30 for line in lines) > 20


def test_other_locales(folder: Path) -> None:
    wanted = digest("show", cwd=folder).stdout
    for locale in ("C", "POSIX", "en_US.ISO-8859-1"):
        done = digest("show", cwd=folder, LC_ALL=locale, PYTHONUTF8="0", PYTHONIOENCODING="latin-1")
        assert (done.returncode, done.stdout) == (0, wanted)


def test_open_starts_the_browser_of_the_user(folder: Path) -> None:
    browser = folder / "my browser"
    browser.write_text(f"#!{sys.executable}\nimport sys\nopen('asked', 'w').write(sys.argv[1])\n", encoding="utf-8")
    browser.chmod(0o755)
    (folder / "output").rename(folder / "my output")
    done = digest("open", "2026-11-19", "--out", "my output", cwd=folder, BROWSER=f"'{browser}' %s")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    page = folder / "my output" / "2026-11-19" / "briefing.html"
    assert (folder / "asked").read_text(encoding="utf-8") == page.as_uri()


def test_open_prints_the_path(folder: Path) -> None:
    done = digest("open", "--print", cwd=folder)
    assert (done.returncode, done.stdout) == (0, f"{Path('output', '2026-11-20', 'briefing.html')}\n")
    (folder / "output" / "2026-11-20" / "briefing.html").unlink()
    done = digest("open", "--print", cwd=folder)
    assert done.returncode == 3
    assert "briefing.html: is missing; `digest run` makes it again" in done.stderr


def test_open_without_a_browser_says_where_the_page_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    monkeypatch.chdir(folder)
    with pytest.raises(SystemExit) as end:
        app(["open"])
    assert end.value.code == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.rstrip().endswith(f"the page is {Path('output', '2026-11-20', 'briefing.html')}")


def test_an_interrupt_is_the_pagers_affair(folder: Path, tmp_path: Path) -> None:
    script = tmp_path / "pager.py"
    script.write_text(
        "import sys, time\n"
        "sys.stdin.read()\n"
        "try:\n"
        "    print('READY', flush=True)\n"
        "    while True:\n"
        "        time.sleep(0.1)  # a signal that comes just before a sleep does not end it\n"
        "except KeyboardInterrupt:\n"
        "    time.sleep(0.5)  # whoever started this is still there when it ends\n"
        "    print('DONE', flush=True)\n",
        encoding="utf-8",
    )
    pager = f"{sys.executable} {script}"
    status, got = in_terminal(["show"], cwd=folder, keys=[(b"READY\r\n", b"\x03")], PAGER=pager)
    assert (status, got) == (0, "READY\n^CDONE\n")  # the terminal itself shows the ^C


def test_a_reader_who_has_seen_enough(folder: Path) -> None:
    command = f"{shlex.quote(sys.executable)} -m digest show | head -n 1"
    done = subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout, done.stderr) == ("Morning briefing, Friday 20 November 2026\n", "")
