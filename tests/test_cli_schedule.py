"""`digest schedule`."""

from __future__ import annotations

import os
import plistlib
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from test_cli import ARTICLE, digest

from digest.cli import main

RUN = [sys.executable, "-m", "digest", "run", "--quiet"]


def test_all_of_them(tmp_path: Path) -> None:
    done = digest("schedule", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr == "digest: no feeds in the settings, so nothing is fetched: what lies in the inbox is read\n"
    parts = [digest("schedule", "--format", form, cwd=tmp_path).stdout for form in ("systemd", "cron", "launchd")]
    assert done.stdout == "\n\n".join(parts)
    assert "OnCalendar=*-*-* 06:00:00\n" in parts[0]
    assert f"WorkingDirectory={tmp_path}/\n" in parts[0]
    assert f"ExecStart={' '.join(RUN)}\n" in parts[0]
    assert parts[1].splitlines()[1].startswith(f"0 6 * * * cd {tmp_path} && {{ ")
    assert shlex.split(plistlib.loads(parts[2].encode())["ProgramArguments"][2]) == RUN


def test_fetching_with_the_settings_that_are_named(tmp_path: Path) -> None:
    file = tmp_path / "my settings.toml"
    file.write_text('feeds = ["https://news.example/rss"]\n', encoding="utf-8")
    done = digest("schedule", "--config", file.name, "--format", "launchd", "--at", "7:45", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    job = plistlib.loads(done.stdout.encode())
    assert job["StartCalendarInterval"] == {"Hour": 7, "Minute": 45}
    fetch, run = job["ProgramArguments"][2].split("; ")
    assert shlex.split(fetch)[3:] == ["fetch", "--quiet", "--config", str(file)]
    assert shlex.split(run)[3:] == ["run", "--quiet", "--config", str(file)]
    done = digest("schedule", "--opml", "feeds.opml", "--format", "cron", cwd=tmp_path)
    assert f"fetch --opml {tmp_path / 'feeds.opml'} --quiet; " in done.stdout


def test_what_it_prints_for_cron_makes_a_briefing(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "article.txt").write_text(ARTICLE, encoding="utf-8")
    line = digest("schedule", "--format", "cron", cwd=tmp_path).stdout.splitlines()[1]
    command = line.split(" ", 5)[5].replace("\\%", "%")
    home = {name: os.environ[name] for name in ("HOME", "XDG_DATA_HOME", "ARGOS_PACKAGES_DIR")}
    done = subprocess.run(["/bin/sh", "-c", command], cwd="/", env=home, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(list(tmp_path.glob("output/*/briefing.html"))) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--at", "24:00"], "'24:00' is no time like 06:00"),
        (["--at", "6"], "'6' is no time like 06:00"),
        (["--tz", "Europe/Berln"], "'Europe/Berln' is no time zone; did you mean Europe/Berlin?"),
        (["--tz", "Xqzw"], "'Xqzw' is no time zone; give one like Europe/Berlin"),
        (["--tz", "Europe"], "is no time zone"),
        (["--tz", "../etc/passwd"], "is no time zone"),
        (["--format", "at"], "Invalid value for '--format'"),
    ],
)
def test_wrong_options(arguments: list[str], said: str, tmp_path: Path) -> None:
    done = digest("schedule", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_the_time_zone_of_the_settings_unless_another_is_named(tmp_path: Path) -> None:
    for arguments, zone in (((), " Asia/Dubai"), (("--tz", "Europe/Rome"), " Europe/Rome"), (("--tz", ""), "")):
        done = digest("schedule", *arguments, "--format", "systemd", cwd=tmp_path, DIGEST_TIME_ZONE="Asia/Dubai")
        assert f"OnCalendar=*-*-* 06:00:00{zone}\n" in done.stdout


def test_the_installed_program_is_named_by_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program = tmp_path / "bin" / "digest"
    program.parent.mkdir()
    program.touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(Path("bin", "digest")), "schedule", "--format", "systemd"])
    with pytest.raises(SystemExit) as end:
        main()
    assert not end.value.code
    assert f"ExecStart={program} run --quiet\n" in capsys.readouterr().out
