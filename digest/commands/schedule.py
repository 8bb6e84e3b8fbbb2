"""`digest schedule`: how the machine makes the briefing every morning."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import datetime, time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.commands.common import SettingsOption, clear_errors, complain, settings_of

if TYPE_CHECKING:
    from digest.scheduling import Schedule, Step
    from digest.settings import Settings


class Form(StrEnum):
    """What is to start digest."""

    SYSTEMD = "systemd"
    CRON = "cron"
    LAUNCHD = "launchd"


def schedule(
    at: Annotated[str, typer.Option("--at", metavar="HH:MM", help="When.")] = "06:00",
    zone: Annotated[
        str | None,
        typer.Option(
            "--tz",
            metavar="ZONE",
            help="In this time zone, such as Europe/Berlin. Default: that of the setting time_zone, else the machine's.",
        ),
    ] = None,
    form: Annotated[Form | None, typer.Option("--format", help="Print only this. Default: all.")] = None,
    opml: Annotated[
        Path | None, typer.Option("--opml", metavar="FILE", help="Fetch the feeds of an OPML file.")
    ] = None,
    config: SettingsOption = None,
) -> None:
    """Print what makes the briefing in this folder every morning: a systemd timer, a crontab line, a launchd job.

    Pages are fetched where there are feeds, the briefing is made, and it is sent where mail is set up. Nothing is
    installed: what is printed says where it goes.
    """
    with clear_errors():
        settings = settings_of(config)
        from digest.scheduling import Schedule  # noqa: PLC0415

        planned = Schedule(
            _time(at), _zone(settings.time_zone if zone is None else zone), Path.cwd(), _steps(settings, config, opml)
        )
        printers: dict[Form, Callable[[Schedule], str]] = {
            Form.SYSTEMD: _systemd, Form.CRON: _cron, Form.LAUNCHD: _launchd,
        }  # fmt: skip
        if form:
            typer.echo(printers[form](planned), nl=False)
        else:
            typer.echo("\n\n".join(printer(planned) for printer in printers.values()), nl=False)
        if not (settings.feeds or opml):
            complain("no feeds in the settings, so nothing is fetched: what lies in the inbox is read")


def _steps(settings: Settings, config: Path | None, opml: Path | None) -> tuple[Step, ...]:
    from digest.scheduling import Step  # noqa: PLC0415

    common = ("--quiet", *(("--config", str(config.absolute())) if config else ()))
    program = _program()
    steps = [Step((*program, "run", *common))]
    if settings.feeds or opml:
        feeds = ("--opml", str(opml.absolute())) if opml else ()
        steps.insert(0, Step((*program, "fetch", *feeds, *common), needed=False))
    if settings.mail_to:
        steps.append(Step((*program, "send", *common)))
    return tuple(steps)


def _program() -> tuple[str, ...]:
    """Return the words that start digest from anywhere as it was started now."""
    started = Path(sys.argv[0])
    if started.stem == "digest" and started.is_file():
        return (str(started.absolute()),)
    return (sys.executable, "-m", "digest")


def _systemd(planned: Schedule) -> str:
    from digest.scheduling import NAME, systemd_service, systemd_timer  # noqa: PLC0415

    folder = "~/.config/systemd/user"
    return (
        f"# {folder}/{NAME}.service\n{systemd_service(planned)}\n"
        f"# {folder}/{NAME}.timer\n"
        f"# Then: systemctl --user daemon-reload && systemctl --user enable --now {NAME}.timer\n"
        "# To run while you are not logged in: loginctl enable-linger\n"
        f"{systemd_timer(planned)}"
    )


def _cron(planned: Schedule) -> str:
    from digest.scheduling import crontab  # noqa: PLC0415

    return f"# A line for crontab -e\n{crontab(planned)}"


def _launchd(planned: Schedule) -> str:
    from digest.scheduling import NAME, launchd  # noqa: PLC0415

    file = f"~/Library/LaunchAgents/{NAME}.plist"
    where = f"<!-- {file}; then: launchctl bootstrap gui/$(id -u) {file} -->\n"
    return launchd(planned, datetime.now().astimezone()).replace("<plist", f"{where}<plist", 1)


def _time(text: str) -> time:
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text)
    if not found:
        raise typer.BadParameter(f"{text!r} is no time like 06:00", param_hint="--at")
    return time(int(found[1]), int(found[2]))


def _zone(name: str) -> str | None:
    from digest.zones import zone_of  # noqa: PLC0415

    try:
        zone = zone_of(name)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--tz") from error
    return zone.key if zone else None
