"""Every morning at the same time: the same steps as systemd units, as lines of a crontab and as a launchd property list.

Only systemd knows time zones everywhere. Where a zone is named, the line for cron looks at the clock of that zone four
times an hour (the zones of today are a multiple of 15 minutes apart), and launchd gets the time that it is now on this
machine. Formats: systemd.service(5), systemd.timer(5) and systemd.time(7); crontab(5); launchd.plist(5).
"""

from __future__ import annotations

import plistlib
import shlex
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from digest.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import time
    from pathlib import Path

NAME = "digest"
"""Name of the systemd units, and label of the launchd job."""


@dataclass(frozen=True, slots=True)
class Step:
    """A command as its words; where it is not `needed`, what follows is done even if it fails."""

    words: tuple[str, ...]
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Schedule:
    """When (to the minute), in which time zone (None: the machine's), in which folder (absolute), and what.

    Raises SettingsError where a word or the folder cannot stand in such a file.
    """

    at: time
    zone: str | None
    folder: Path
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        for text in (str(self.folder), *(word for step in self.steps for word in step.words)):
            if not text.isprintable():
                raise SettingsError(f"{text!r}: no schedule can hold a line break or other unprintable character")


def systemd_service(schedule: Schedule) -> str:
    """Return the unit that takes the steps, one after the other."""
    lines = ["[Unit]", "Description=Morning briefing", "", "[Service]", "Type=oneshot"]
    # The whole rest of the line is the path; a slash keeps a blank at its end, or a backslash from joining lines.
    lines.append(f"WorkingDirectory={_no_specifiers(str(schedule.folder))}/")
    if schedule.zone:
        lines.append(f"Environment=TZ={schedule.zone}")
    lines += [f"ExecStart={'' if step.needed else '-'}{_systemd_words(step.words)}" for step in schedule.steps]
    return "\n".join(lines) + "\n"


def systemd_timer(schedule: Schedule) -> str:
    """Return the unit that starts the service; a machine that was off at that time does it once it is on."""
    zone = f" {schedule.zone}" if schedule.zone else ""
    return f"""[Unit]
Description=Morning briefing, every day

[Timer]
OnCalendar=*-*-* {schedule.at:%H:%M}:00{zone}
Persistent=true

[Install]
WantedBy=timers.target
"""


def crontab(schedule: Schedule) -> str:
    """Return the line of a crontab.

    Raises:
        SettingsError: a path has a backslash, which one cron takes for itself and another does not.

    """
    command = f"cd {shlex.quote(str(schedule.folder))} && {{ {_shell(schedule.steps)}; }}"
    minutes, hour = str(schedule.at.minute), str(schedule.at.hour)
    if schedule.zone:
        quarters = sorted((schedule.at.minute + quarter) % 60 for quarter in (0, 15, 30, 45))
        minutes, hour = ",".join(map(str, quarters)), "*"
        clock = f'[ "$(TZ={schedule.zone} date +%H:%M)" = {schedule.at:%H:%M} ]'
        command = f"{clock} && export TZ={schedule.zone} && {command}"
    if "\\" in command:
        raise SettingsError("a backslash in a path: crontabs cannot hold it; rename the folder or use systemd")
    # crontab(5): a percent sign ends the command unless it is escaped, in quotes too.
    return f"{minutes} {hour} * * * {command.replace('%', chr(92) + '%')}\n"


def launchd(schedule: Schedule, now: datetime) -> str:
    """Return the property list; `now`, with the machine's time zone, decides what the time of another zone is there."""
    at = schedule.at
    if schedule.zone:
        there = datetime.combine(now.astimezone(ZoneInfo(schedule.zone)).date(), at, ZoneInfo(schedule.zone))
        at = there.astimezone(now.tzinfo).time()
    job: dict[str, Any] = {
        "Label": NAME,
        "ProgramArguments": ["/bin/sh", "-c", _shell(schedule.steps)],
        "WorkingDirectory": str(schedule.folder),
        "StartCalendarInterval": {"Hour": at.hour, "Minute": at.minute},
    }
    if schedule.zone:
        job["EnvironmentVariables"] = {"TZ": schedule.zone}
    return plistlib.dumps(job, sort_keys=False).decode()


def _shell(steps: Sequence[Step]) -> str:
    """Return the steps as one line for sh, without the last one's end."""
    text = ""
    for place, step in enumerate(steps):
        between = "" if place == len(steps) - 1 else " && " if step.needed else "; "
        text += shlex.join(step.words) + between
    return text


def _systemd_words(words: Sequence[str]) -> str:
    """Return the words of a command line, quoted where they must be.

    What looks like a variable is escaped in arguments only: it is not looked for in the path of the program. A path with
    a quotation mark or a backslash is refused there and so becomes an argument.
    """
    if any(char in words[0] for char in "\"'\\"):
        words = ("/bin/sh", "-c", 'exec "$0" "$@"', *words)
    program, *arguments = map(_no_specifiers, words)
    return " ".join([_systemd_quoted(program), *(_systemd_quoted(word.replace("$", "$$")) for word in arguments)])


def _systemd_quoted(word: str) -> str:
    if word and all(char.isalnum() or char in "-_./:=+,@%$" for char in word):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _no_specifiers(text: str) -> str:
    return text.replace("%", "%%")
