"""The command line: arguments in, printing out, no logic. Heavy modules are imported by the command that needs them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digest.errors import DigestError, NothingUsable, OutputError, SettingsError
from digest.rendering.article import Form, Language
from digest.settings import SETTINGS_FILE, Settings, load_settings

if TYPE_CHECKING:
    from digest.fetching.fetch import FetchReport
    from digest.model import Briefing, Failure, PackageInfo
    from digest.progress import Progress
    from digest.reading import Reading
    from digest.translating.translator import TranslationCounts, Translator

EXIT_CODES = """Exit status: 0 done (inputs that failed are named on standard error and in the briefing); 1 unexpected
error; 2 wrong usage, setting or template; 3 nothing usable in the inputs; 4 no translation package can be used;
5 a result cannot be written."""

app = typer.Typer(
    add_completion=True,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Turn scraped Arabic articles into an English morning briefing, offline.",
    epilog=EXIT_CODES,
)

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help="Texts, HTML pages, mails, feeds, JSON records, archives and folders of them, or - for standard input.",
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
ThreadsOption = Annotated[
    int | None, typer.Option("--threads", metavar="N", help="Processor cores to translate with; 0, the default: all.")
]
MemoryOption = Annotated[bool, typer.Option("--no-memory", help="Neither use nor keep translations of earlier runs.")]
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


@contextmanager
def _clear_errors() -> Iterator[None]:
    """Turn an error meant for the user into one line on standard error and its exit status."""
    try:
        yield
    except DigestError as error:
        if isinstance(error, NothingUsable):
            _report(error.failures)
        _complain(str(error))
        raise typer.Exit(error.exit_code) from error


def _complain(line: str) -> None:
    typer.echo(f"digest: {line}", err=True)


def _report(failures: Iterable[Failure]) -> None:
    for failure in failures:
        _complain(f"{failure.origin}: {failure.reason}")


def _settings(file: Path | None, **options: Any) -> Settings:
    if file is None and Path(SETTINGS_FILE).is_file():
        file = Path(SETTINGS_FILE)
    return load_settings(file, os.environ, options)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Progress]:
    from digest.progress import Silent, Terminal  # noqa: PLC0415

    if quiet or not sys.stderr.isatty():
        yield Silent()
    else:
        with Terminal() as terminal:
            yield terminal


@contextmanager
def _translator(settings: Settings, *, memory: bool) -> Iterator[tuple[Translator, PackageInfo]]:
    from digest.store import Store  # noqa: PLC0415
    from digest.translating.engine import Engine  # noqa: PLC0415
    from digest.translating.packages import find_package  # noqa: PLC0415
    from digest.translating.translator import Translator  # noqa: PLC0415

    package = find_package(settings.package or None)
    with ExitStack() as stack:
        store = None
        if memory and settings.store != "none":
            try:
                store = stack.enter_context(Store(_store_path(settings)))
            except OutputError as error:
                if settings.store:
                    raise
                _complain(f"{error}; going on without it")
        yield Translator(Engine(package, settings.threads or None), store, _day(None).toordinal()), package.info


def _store_path(settings: Settings) -> Path:
    import platformdirs  # noqa: PLC0415

    return Path(settings.store) if settings.store else platformdirs.user_data_path("digest") / "store.sqlite"


def _read(inputs: Iterable[str], mapped: Iterable[str] | None) -> Reading:
    """Read the inputs and tell of those that cannot be."""
    from digest.reading import FIELDS, read_inputs  # noqa: PLC0415

    pairs = [entry.partition("=") for entry in mapped or ()]
    for name, _, to in pairs:
        if not name or to not in FIELDS:
            raise typer.BadParameter(
                f"{name}={to}: give NAME=FIELD, FIELD one of {', '.join(FIELDS)}", param_hint="--map"
            )
    reading = read_inputs(inputs, sys.stdin.buffer, {name: to for name, _, to in pairs})
    _report(reading.failures)
    return reading


def _day(text: str | None) -> date:
    if text is None:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no date like 2026-11-20", param_hint="--date") from error


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"digest {metadata.version('digest')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    del version


@app.command(epilog=EXIT_CODES)
def run(
    inputs: Inputs,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="FOLDER", help="The briefing goes into FOLDER/DATE/. Default: output."),
    ] = None,
    day: Annotated[
        str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="The briefing's date. Default: today.")
    ] = None,
    sentences: Annotated[
        int | None, typer.Option("--sentences", metavar="N", help="Most sentences for a story. Default: 4.")
    ] = None,
    package: PackageOption = None,
    templates: Annotated[
        str | None,
        typer.Option("--templates", metavar="FOLDER", help="Templates that replace those of the same name."),
    ] = None,
    mapped: MapOption = None,
    rules: RulesOption = None,
    threads: ThreadsOption = None,
    no_memory: MemoryOption = False,
    config: SettingsOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Make the briefing of the INPUTs: briefing.md, .html, .txt, .json and .eml in FOLDER/DATE/."""
    with _clear_errors():
        settings = _settings(
            config, out=out, sentences=sentences, package=package, templates=templates, rules=rules, threads=threads
        )
        date_of_briefing = _day(day)
        from digest import pipeline  # noqa: PLC0415
        from digest.delivering import write_all  # noqa: PLC0415
        from digest.rendering import render  # noqa: PLC0415

        reading = _read(inputs, mapped)
        with _translator(settings, memory=not no_memory) as (translator, info):
            with _progress(quiet=quiet) as progress:
                briefing = pipeline.brief(reading, date_of_briefing, settings, translator, info, progress)
                progress.say("Writing")
                files = render(briefing, Path(settings.templates) if settings.templates else None)
                paths = write_all(Path(settings.out) / date_of_briefing.isoformat(), files)
            _report(briefing.failures[len(reading.failures) :])
            if not quiet:
                for origin in briefing.passed_over:
                    _complain(f"{origin}: passed over, no article by its kind")
                _print_result(briefing, translator.counts, paths)


def _print_result(briefing: Briefing, counts: TranslationCounts, paths: Iterable[Path]) -> None:
    outlets = {article.outlet for article in briefing.articles if article.outlet}
    sentences = sum(len(story.sentences) for story in briefing.stories)
    typer.echo(
        f"{_count(len(briefing.stories), 'story', 'stories')} from {_count(len(briefing.articles), 'article')} "
        f"of {_count(len(outlets), 'known outlet')}, {_count(sentences, 'sentence')}; "
        f"{_count(len(briefing.failures), 'input')} failed"
    )
    typer.echo(
        f"Translated {counts.translated} texts and remembered {counts.remembered}, {counts.doubtful} of them doubtful, "
        f"with {briefing.package.id} {briefing.package.version}"
    )
    for path in paths:
        typer.echo(path)


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


@app.command(epilog=EXIT_CODES)
def summarize(
    inputs: Inputs,
    sentences: Annotated[int, typer.Option("--sentences", "-n", metavar="N", min=1, help="Most sentences.")] = 3,
    to: Annotated[
        Language, typer.Option("--to", help="Print Arabic, English, or English with the Arabic under it.")
    ] = Language.BOTH,
    form: Annotated[
        Form, typer.Option("--format", help="Plain text, Markdown, or one JSON object a line for each article.")
    ] = Form.TEXT,
    package: PackageOption = None,
    mapped: MapOption = None,
    rules: RulesOption = None,
    threads: ThreadsOption = None,
    no_memory: MemoryOption = False,
    config: SettingsOption = None,
) -> None:
    """Print what each article of the INPUTs says: its title and main sentences."""
    with _clear_errors():
        settings = _settings(config, package=package, rules=rules, threads=threads)
        from digest import pipeline  # noqa: PLC0415
        from digest.rendering.article import render_article  # noqa: PLC0415

        reading = _read(inputs, mapped)
        with ExitStack() as stack:
            with _progress(quiet=False) as progress:
                cleaned = pipeline.clean_all(reading, pipeline.rules_of(settings), progress)
                translator = None
                if to is not Language.AR:
                    translator, _ = stack.enter_context(_translator(settings, memory=not no_memory))
                    progress.say("Translating")
                summaries = pipeline.summarize(cleaned, sentences, translator)
            _report(cleaned.failures)
            between = "" if form is Form.JSON else "\n"
            typer.echo(between.join(render_article(summary, to, form) for summary in summaries), nl=False)


@app.command(epilog=EXIT_CODES)
def clean(
    inputs: Inputs,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print every line with its label and the rule that decided.")
    ] = False,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json", help="Print one JSON object a line for each article; with --explain one array of all lines."
        ),
    ] = False,
    mapped: MapOption = None,
    rules: RulesOption = None,
    config: SettingsOption = None,
) -> None:
    """Print the articles of the INPUTs without the furniture of their pages."""
    with _clear_errors():
        settings = _settings(config, rules=rules)
        from digest import pipeline  # noqa: PLC0415
        from digest.rendering.cleaned import article_json, article_text, lines_json, lines_text  # noqa: PLC0415

        reading = _read(inputs, mapped)
        own_rules = pipeline.rules_of(settings)
        if explain:
            judged = pipeline.explain(reading, own_rules)
            if not judged:
                raise NothingUsable(())
            shown = lines_json(judged) if as_json else "\n".join(lines_text(*file) for file in judged)
        else:
            with _progress(quiet=False) as progress:
                cleaned = pipeline.clean_all(reading, own_rules, progress)
            _report(cleaned.failures)
            numbered = pipeline.numbered(cleaned.articles)
            shown = (
                "".join(article_json(article, number) for number, article in numbered)
                if as_json
                else "\n".join(article_text(article) for _, article in numbered)
            )
        typer.echo(shown, nl=False)


@app.command(epilog=EXIT_CODES)
def fetch(
    opml: Annotated[
        Path | None,
        typer.Option("--opml", metavar="FILE", help="Ask the feeds of an OPML file and not those of the settings."),
    ] = None,
    inbox: Annotated[
        str | None, typer.Option("--inbox", metavar="FOLDER", help="The pages go into FOLDER. Default: inbox.")
    ] = None,
    allow_private: Annotated[
        bool,
        typer.Option(
            "--allow-private", help="Also ask hosts of your own network, such as a feed made on this machine."
        ),
    ] = False,
    config: SettingsOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Fetch the pages that your feeds newly name into the inbox folder, for `digest run`. The only use of the network."""
    with _clear_errors():
        settings = _settings(config, inbox=inbox)
        from digest.fetching.client import Client, Pacer  # noqa: PLC0415
        from digest.fetching.fetch import fetch as fetch_all  # noqa: PLC0415
        from digest.fetching.opml import read_opml  # noqa: PLC0415
        from digest.store import Store  # noqa: PLC0415

        feeds = read_opml(opml) if opml else settings.feeds
        if not feeds:
            raise SettingsError(
                f"no feeds: list them under `feeds` in {SETTINGS_FILE}, or name an OPML file: --opml FILE"
            )
        user_agent = f"digest/{metadata.version('digest')} (+offline briefing)"
        client = Client(user_agent, Pacer(settings.delay), allow_private=allow_private)
        # SQLite's own name for a store that ends with the run: then the files of the inbox tell what was fetched.
        path = Path(":memory:") if settings.store == "none" else _store_path(settings)
        with Store(path) as store, _progress(quiet=quiet) as progress:
            report = fetch_all(
                feeds,
                Path(settings.inbox),
                settings.fetch_days,
                client,
                store,
                lambda: datetime.now().astimezone(),
                progress,
            )
        _print_fetched(report, quiet=quiet)
        if not report.feeds_read + report.feeds_unchanged:
            raise typer.Exit(NothingUsable.exit_code)


def _print_fetched(report: FetchReport, *, quiet: bool) -> None:
    _report(report.feed_failures)
    _report(report.page_failures)
    if quiet:
        return
    for notice in report.notices:
        _complain(notice)
    typer.echo(
        f"Feeds: {report.feeds_read} ok, {report.feeds_unchanged} unchanged, {len(report.feed_failures)} failed; "
        f"pages: {report.pages_new} new, {report.pages_skipped} skipped, {len(report.page_failures)} failed"
    )


def main() -> None:
    """Run the command line; Arabic is printed as UTF-8 whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()


if __name__ == "__main__":
    main()
