"""`digest translate`: plain text, line by line."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.commands.common import (
    MemoryOption,
    PackageOption,
    PivotOption,
    SettingsOption,
    ThreadsOption,
    clear_errors,
    complain,
    counted,
    progress_on_terminal,
    settings_of,
    store_of,
    translator_of,
)
from digest.errors import ReadingError

if TYPE_CHECKING:
    from digest.translating.lines import TranslatedLine
    from digest.translating.memory import Maker, MemoryEntry

LINES_AT_A_TIME = 1000
"""Lines translated in one call: what is done is printed and remembered before the next ones begin."""


class Form(StrEnum):
    """How to print: the English, one JSON object for each line, or a translation memory of the sentences."""

    TEXT = "text"
    JSON = "json"
    TMX = "tmx"


def translate(
    file: Annotated[
        str, typer.Argument(metavar="[FILE|-]", help="A text, one line or paragraph a line; - is standard input.")
    ] = "-",
    form: Annotated[
        Form, typer.Option("--format", help="The English, one JSON object a line, or a translation memory (TMX).")
    ] = Form.TEXT,
    package: PackageOption = None,
    pivot: PivotOption = None,
    threads: ThreadsOption = None,
    no_memory: MemoryOption = False,
    config: SettingsOption = None,
) -> None:
    """Print the English of a plain text: for each line one line, in order. Lines without Arabic stay as they are."""
    with clear_errors():
        settings = settings_of(config, package=package, threads=threads)
        from digest.translating.lines import split_lines, translate_lines  # noqa: PLC0415
        from digest.translating.memory import Maker  # noqa: PLC0415

        lines = split_lines(_text(file))
        batches = [lines[start : start + LINES_AT_A_TIME] for start in range(0, len(lines), LINES_AT_A_TIME)]
        with (
            store_of(settings, memory=not no_memory) as store,
            progress_on_terminal(quiet=sys.stdout.isatty()) as progress,
        ):
            translator, _ = translator_of(settings, store, pivot)
            done = (
                line
                for batch in progress.over(batches, f"Translating {counted(len(lines), 'line')}, part")
                for line in translate_lines(batch, translator)
            )
            maker = Maker(translator.info.id, translator.info.version, translator.options_key)
            doubtful = _print(done, form, maker)
        if doubtful and form is not Form.JSON:
            complain(f"{counted(doubtful, 'sentence')} with doubts; --format json tells which")


def _text(file: str) -> str:
    """Return the text of a file or of standard input, whatever is in it."""
    from digest.reading.encodings import UndecodableError, decode  # noqa: PLC0415

    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise ReadingError(file, f"cannot be read ({(error.strerror or str(error)).lower()})") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return decode(data)
    except UndecodableError as error:
        complain(f"{file}: {error}; what cannot be read is shown as \N{REPLACEMENT CHARACTER}")
        return data.decode("utf-8", errors="replace")


def _print(lines: Iterable[TranslatedLine], form: Form, maker: Maker) -> int:
    """Print the lines as they come and return how many of their sentences have doubts."""
    from digest.rendering.translated import line_json  # noqa: PLC0415
    from digest.translating.memory import MemoryEntry  # noqa: PLC0415
    from digest.translating.tmx import write_tmx  # noqa: PLC0415

    doubtful = 0

    def counted_lines() -> Iterator[TranslatedLine]:
        nonlocal doubtful
        for line in lines:
            doubtful += sum(1 for sentence in line.sentences if sentence.doubts)
            yield line

    def entries() -> Iterator[MemoryEntry]:
        for line in counted_lines():
            for one in line.sentences:
                yield MemoryEntry(one.ar, one.en, None if one.by_hand else maker)

    if form is Form.TMX:
        printed = write_tmx(entries())
    elif form is Form.JSON:
        printed = map(line_json, counted_lines())
    else:
        printed = (f"{line.en}\n" for line in counted_lines())
    for text in printed:
        typer.echo(text, nl=False, color=True)  # without it codes for colours are cut out of a line that passes through
    return doubtful
