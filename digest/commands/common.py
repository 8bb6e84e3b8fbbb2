"""What the commands share: options that mean the same everywhere, settings, the store, the translator, messages."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digest.errors import DigestError, NothingUsable, OutputError, SettingsError
from digest.settings import SETTINGS_FILE, Settings, load_settings

if TYPE_CHECKING:
    from digest.model import Failure, PackageInfo
    from digest.progress import Progress
    from digest.reading import Reading
    from digest.store import Store
    from digest.translating.translator import TranslatingEngine, Translator

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help="Texts, HTML pages, mails, feeds, JSON records, archives and folders of them, or - for standard input.",
        show_default=False,
    ),
]
InputsOrInbox = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[INPUT]...",
        help="Texts, HTML pages, mails, feeds, JSON records, archives and folders of them, or - for standard input. "
        "Default: the inbox folder.",
        show_default=False,
    ),
]
PackageOption = Annotated[
    str | None,
    typer.Option(
        "--package",
        metavar="FOLDER|NAME",
        help="Translation package: the folder of one, or the name of an installed one. Default: the best installed "
        "Argos package from Arabic to English, else the one that comes with digest.",
    ),
]
PivotOption = Annotated[
    str | None,
    typer.Option(
        "--pivot",
        metavar="LANGUAGE",
        help="Translate in two steps, from Arabic to LANGUAGE (fr, say) and from that to English, with packages "
        "installed for both. Goes before --package.",
    ),
]
ThreadsOption = Annotated[
    int | None, typer.Option("--threads", metavar="N", help="Processor cores to translate with; 0, the default: all.")
]
MemoryOption = Annotated[
    bool, typer.Option("--no-memory", help="Neither use nor keep what earlier runs translated, saw and printed.")
]
SettingsOption = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", help=f"Settings file. Default: {SETTINGS_FILE} in this folder, if there is one."
    ),
]
RulesOption = Annotated[
    str | None,
    typer.Option("--rules", metavar="FILE", help="Cleaning rules of your own, asked before those that ship."),
]
MapOption = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="NAME=FIELD",
        help="JSON records: the field NAME of a record is its text, title, outlet, author, published, url, keywords or id. "
        "May be given several times.",
    ),
]


SinceOption = Annotated[
    str | None,
    typer.Option("--since", metavar="YYYY-MM-DD", help="Leave out what was published before this day."),
]
LookbackOption = Annotated[
    int | None,
    typer.Option(
        "--lookback",
        metavar="DAYS",
        min=0,
        help="Leave out what was published more than DAYS before the briefing's day, or after it. Default for the inbox: "
        "1; files and folders named as INPUT are all taken.",
    ),
]
AllOption = Annotated[
    bool, typer.Option("--all", help="Take everything, whatever its date, and tell again what was told before.")
]
DateOption = Annotated[
    str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="The briefing's date. Default: today.")
]


@contextmanager
def clear_errors() -> Iterator[None]:
    """Turn an error meant for the user into one line on standard error and its exit status."""
    try:
        yield
    except DigestError as error:
        if isinstance(error, NothingUsable):
            report_failures(error.failures)
        complain(str(error))
        raise typer.Exit(error.exit_code) from error


def complain(line: str) -> None:
    """Print one line for the user on standard error."""
    typer.echo(f"digest: {line}", err=True)


def report_failures(failures: Iterable[Failure]) -> None:
    """Print one line for every input that failed."""
    for failure in failures:
        complain(f"{failure.origin}: {failure.reason}")


def settings_of(file: Path | None, **options: Any) -> Settings:
    """Return the settings in force: of `file`, or of digest.toml in this folder, the environment and the options given."""
    if file is None and Path(SETTINGS_FILE).is_file():
        file = Path(SETTINGS_FILE)
    return load_settings(file, os.environ, options)


def inputs_or_inbox(inputs: list[str] | None, settings: Settings) -> list[str]:
    """Return the inputs that were named, or the inbox folder where none was; SettingsError where there is neither."""
    if inputs:
        return inputs
    if not Path(settings.inbox).is_dir():
        raise SettingsError(
            f"no INPUT, and no inbox folder {settings.inbox!r}: name files or folders, or let `digest fetch` fill the inbox"
        )
    return [settings.inbox]


@contextmanager
def progress_on_terminal(*, quiet: bool) -> Iterator[Progress]:
    """Give a progress that is shown on standard error where that is a terminal."""
    from digest.progress import Silent, Terminal  # noqa: PLC0415

    if quiet or not sys.stderr.isatty():
        yield Silent()
    else:
        with Terminal() as terminal:
            yield terminal


@contextmanager
def store_of(settings: Settings, *, memory: bool) -> Iterator[Store | None]:
    """Give the store, or None where nothing is to be remembered, or the user's own folder cannot hold one."""
    if not memory or settings.store == "none":
        yield None
        return
    from digest.store import Store  # noqa: PLC0415

    with ExitStack() as stack:
        store = None
        try:
            store = stack.enter_context(Store(store_path(settings)))
        except OutputError as error:
            if settings.store:
                raise
            complain(f"{error}; going on without it")
        yield store


def translator_of(settings: Settings, store: Store | None, pivot: str | None = None) -> tuple[Translator, PackageInfo]:
    """Return the translator of the settings, which remembers in `store`, and what is told of its package.

    With `pivot`, the code of a language, it translates by way of that language.
    """
    from digest.arabic.names import load_names  # noqa: PLC0415
    from digest.translating.translator import Translator  # noqa: PLC0415

    names = load_names(Path(settings.glossary) if settings.glossary else None)
    engine = _engine(settings, pivot)
    return Translator(engine, store, now_of(settings).toordinal(), names), engine.info


def _engine(settings: Settings, pivot: str | None) -> TranslatingEngine:
    from digest.translating.engine import Engine, PivotEngine  # noqa: PLC0415
    from digest.translating.packages import find_package, find_pivot  # noqa: PLC0415

    threads = settings.threads or None
    if pivot is None:
        return Engine(find_package(settings.package or None), threads)
    first, second = find_pivot(pivot)
    return PivotEngine(Engine(first, threads), Engine(second, threads))


def store_path(settings: Settings) -> Path:
    """Return where the store is, whether or not there is one yet."""
    import platformdirs  # noqa: PLC0415

    return Path(settings.store) if settings.store else platformdirs.user_data_path("digest") / "store.sqlite"


def read(inputs: Iterable[str], mapped: Iterable[str] | None) -> Reading:
    """Read the inputs and tell of those that cannot be."""
    from digest.reading import FIELDS, read_inputs  # noqa: PLC0415

    pairs = [entry.partition("=") for entry in mapped or ()]
    for name, _, to in pairs:
        if not name or to not in FIELDS:
            raise typer.BadParameter(
                f"{name}={to}: give NAME=FIELD, FIELD one of {', '.join(FIELDS)}", param_hint="--map"
            )
    reading = read_inputs(inputs, sys.stdin.buffer, {name: to for name, _, to in pairs})
    report_failures(reading.failures)
    return reading


def now_of(settings: Settings) -> datetime:
    """Return the time that it is, in the time zone of the settings."""
    from digest.zones import zone_of  # noqa: PLC0415

    return datetime.now(UTC).astimezone(zone_of(settings.time_zone))


def day_of(text: str | None, settings: Settings, option: str = "--date") -> date:
    """Return the date that an option gives, also as "today" and "yesterday"; without one today's."""
    if text is None or text in {"today", "yesterday"}:
        return now_of(settings).date() - timedelta(days=text == "yesterday")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(
            f"{text!r} is no date like 2026-11-20, today or yesterday", param_hint=option
        ) from error


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return the number with its noun: `1 story`, `3 stories`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
