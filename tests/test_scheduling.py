"""Schedules, tried by what reads them: systemd, a shell as cron starts it, and plistlib."""

from __future__ import annotations

import os
import plistlib
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, datetime, time, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import SettingsError
from digest.scheduling import Schedule, Step, crontab, launchd, systemd_service, systemd_timer

HARD = [
    "a b",
    "a'b",
    'a"b',
    "100%",
    "$HOME",
    "${x}y",
    "a;b&c",
    "صباح",
    "~x",
    "a  b ",
    "a\\b",
    "#x",
    "%h",
    "a=b",
    "x`y`",
]
NAMES = st.lists(st.sampled_from(HARD), min_size=1, max_size=3).map("-".join)


def schedule(*steps: Step, at: time = time(6), zone: str | None = None, folder: Path = Path("/tmp")) -> Schedule:  # noqa: S108
    return Schedule(at, zone, folder, steps or (Step(("/bin/digest", "run")),))


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Return a program, at a path that is hard to quote, that writes down how it was called; it fails when told to."""
    file = tmp_path / "pro $gram's %h" / "digest"
    file.parent.mkdir()
    file.write_text(
        f"#!{sys.executable}\nimport os, sys\n"
        f"open({str(tmp_path / 'calls')!r}, 'a').write(repr((sys.argv[1:], os.getcwd(), os.environ.get('TZ'))) + '\\n')\n"
        "sys.exit('fail' in sys.argv)\n",
        encoding="utf-8",
    )
    file.chmod(0o755)
    return file


def cron(line: str, path: str = os.environ["PATH"]) -> int:
    """Do what cron does with a line, as crontab(5) tells: take off the five fields, unescape percent signs, start sh."""
    command = line.rstrip("\n").split(" ", 5)[5].replace("\\%", "%")
    return subprocess.run(["/bin/sh", "-c", command], check=False, env={"PATH": path}).returncode


def calls(tmp_path: Path) -> list[str]:
    file = tmp_path / "calls"
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


@pytest.mark.parametrize("name", [name for name in HARD if "\\" not in name])
def test_cron_starts_every_step_in_the_folder(name: str, program: Path, tmp_path: Path) -> None:
    folder = tmp_path / name
    folder.mkdir()
    steps = (Step((str(program), "fetch", "fail"), needed=False), Step((str(program), "run", name)))
    assert cron(crontab(schedule(*steps, at=time(6, 5), folder=folder))) == 0
    assert calls(tmp_path) == [repr((["fetch", "fail"], str(folder), None)), repr((["run", name], str(folder), None))]


def test_nothing_is_sent_where_the_run_failed(program: Path, tmp_path: Path) -> None:
    steps = tuple(Step((str(program), *words)) for words in (("run", "fail"), ("send",)))
    assert cron(crontab(schedule(*steps, folder=tmp_path))) == 1
    assert len(calls(tmp_path)) == 1
    job = plistlib.loads(launchd(schedule(*steps, folder=tmp_path), datetime.now(UTC)).encode())
    assert subprocess.run(job["ProgramArguments"], check=False).returncode == 1
    assert len(calls(tmp_path)) == 2


def test_cron_fields() -> None:
    assert crontab(schedule(at=time(6, 5))).startswith("5 6 * * * cd ")
    assert crontab(schedule(at=time(6, 50), zone="Asia/Kathmandu")).startswith("5,20,35,50 * * * * [ ")


@pytest.mark.parametrize(("clock", "started"), [("06:00", True), ("06:15", False), ("18:00", False)])
def test_cron_goes_by_the_clock_of_the_zone(clock: str, started: bool, program: Path, tmp_path: Path) -> None:
    date = tmp_path / "bin" / "date"
    date.parent.mkdir()
    date.write_text(f'#!/bin/sh\n[ "$TZ $*" = "Asia/Kolkata +%H:%M" ] && echo {clock}\n', encoding="utf-8")
    date.chmod(0o755)
    line = crontab(schedule(Step((str(program), "run")), zone="Asia/Kolkata", folder=tmp_path))
    assert (cron(line, f"{date.parent}:{os.environ['PATH']}") == 0) is started
    assert calls(tmp_path) == ([repr((["run"], str(tmp_path), "Asia/Kolkata"))] if started else [])


@given(NAMES, NAMES)
def test_launchd_gets_folder_and_words_as_they_are(name: str, word: str) -> None:
    steps = (Step(("/bin/digest", "fetch", word), needed=False), Step(("/bin/digest", "run", word)))
    text = launchd(schedule(*steps, at=time(5, 30), folder=Path("/", name)), datetime.now(UTC))
    job = plistlib.loads(text.encode())
    assert job["WorkingDirectory"] == f"/{name}"
    assert job["StartCalendarInterval"] == {"Hour": 5, "Minute": 30}
    shell, option, command = job["ProgramArguments"]
    assert (shell, option) == ("/bin/sh", "-c")
    assert [shlex.split(part) for part in command.split("; ")] == [
        ["/bin/digest", "fetch", word],
        ["/bin/digest", "run", word],
    ]


def test_launchd_gets_the_time_of_this_machine() -> None:
    here = timezone(timedelta(hours=-5))
    for month, hour in ((1, 0), (7, 23)):
        now = datetime(2026, month, 15, 12, tzinfo=here)
        job = plistlib.loads(launchd(schedule(zone="Europe/Berlin"), now).encode())
        assert job["StartCalendarInterval"] == {"Hour": hour, "Minute": 0}
        assert job["EnvironmentVariables"] == {"TZ": "Europe/Berlin"}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.parametrize("name", HARD)
def test_systemd_takes_the_units(name: str, program: Path, tmp_path: Path) -> None:
    place = shutil.copytree(program.parent, tmp_path / f"bin {name}") / program.name
    planned = schedule(
        Step((str(place), "fetch", name), needed=False),
        Step((str(place), "run", name)),
        at=time(6, 5), zone="Europe/Berlin", folder=tmp_path / name,
    )  # fmt: skip
    units = tmp_path / "units"
    units.mkdir()
    (units / "digest.service").write_text(systemd_service(planned), encoding="utf-8")
    (units / "digest.timer").write_text(systemd_timer(planned), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", units / "digest.service", units / "digest.timer"],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert [line for line in done.stderr.splitlines() if "digest." in line or str(tmp_path) in line] == []
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_finds_the_hour_in_the_zone() -> None:
    line = next(line for line in systemd_timer(schedule(zone="Asia/Kolkata")).splitlines() if "OnCalendar" in line)
    done = subprocess.run(
        ["systemd-analyze", "calendar", line.partition("=")[2]],
        capture_output=True, encoding="utf-8", check=False, env=os.environ | {"TZ": "UTC"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "00:30:00 UTC" in done.stdout


def test_systemd_escapes() -> None:
    planned = schedule(Step(("/opt/$x 50%/digest", "run", "$HOME", 'a"b\\', "")), folder=Path("/a 5%\\"))
    lines = systemd_service(planned).splitlines()
    assert 'ExecStart="/opt/$x 50%%/digest" run $$HOME "a\\"b\\\\" ""' in lines
    assert "WorkingDirectory=/a 5%%\\/" in lines


@pytest.mark.parametrize("text", ["a\nb", "a\x00b", "a\udc80b", "a\u2028b"])
def test_what_no_file_can_hold_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="unprintable"):
        schedule(folder=Path("/", text))
    with pytest.raises(SettingsError, match="unprintable"):
        schedule(Step(("/bin/digest", text)))


def test_a_backslash_is_not_left_to_chance_in_a_crontab() -> None:
    with pytest.raises(SettingsError, match="a backslash in a path"):
        crontab(schedule(folder=Path("/a\\b")))
