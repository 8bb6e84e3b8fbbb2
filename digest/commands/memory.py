"""`digest memory`: the translations that are remembered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.commands.common import SettingsOption, clear_errors, complain, counted, now_of, settings_of, store_path
from digest.errors import SettingsError

if TYPE_CHECKING:
    from digest.store import Store

memory = typer.Typer(
    name="memory", no_args_is_help=True, help="Look after the translations that are remembered, and correct them."
)


@contextmanager
def _store(config: Path | None) -> Iterator[tuple[Store, Path]]:
    from digest.store import Store  # noqa: PLC0415

    settings = settings_of(config)
    if settings.store == "none":
        raise SettingsError('store = "none": nothing is remembered; take that setting out')
    path = store_path(settings)
    with Store(path) as store:
        yield store, path


def _today(config: Path | None) -> int:
    return now_of(settings_of(config)).toordinal()


@memory.command()
def stats(config: SettingsOption = None) -> None:
    """Print what is remembered: where, how much, and from which packages, the last used one first."""
    with clear_errors():
        from digest.translating.memory import stats as stats_of  # noqa: PLC0415

        with _store(config) as (store, path):
            found = stats_of(store)
        typer.echo(f"{path}: {found.size / 1e6:.1f} MB")
        typer.echo(f"{counted(found.by_hand, 'translation')} made by hand")
        for made in found.makers:
            days = " to ".join(dict.fromkeys(_day(day) for day in (made.first_day, made.last_day)))
            typer.echo(
                f"{counted(made.count, 'translation')} by {made.maker.package} {made.maker.version}, last used {days} "
                f"({made.maker.options})"
            )


@memory.command()
def prune(
    days: Annotated[
        int | None, typer.Option("--days", metavar="N", min=0, help="Forget what was not used for N days.")
    ] = None,
    most: Annotated[
        int | None, typer.Option("--most", metavar="N", min=0, help="Keep N at most, those that were used last.")
    ] = None,
    config: SettingsOption = None,
) -> None:
    """Forget translations, those that were not used for the longest time first; those made by hand stay."""
    if days is None and most is None:
        raise typer.BadParameter("say what to forget: --days N, --most N or both")
    with clear_errors():
        from digest.translating.memory import prune as prune_store  # noqa: PLC0415

        since = None if days is None else _today(config) - days
        with _store(config) as (store, _):
            gone = prune_store(store, unused_since=since, most=most)
        typer.echo(f"{counted(gone, 'translation')} forgotten")


@memory.command("export")
def export_memory(
    file: Annotated[str, typer.Argument(metavar="[FILE|-]", help="Where to; - is standard output.")] = "-",
    by_hand: Annotated[bool, typer.Option("--by-hand", help="Only the translations made by hand.")] = False,
    config: SettingsOption = None,
) -> None:
    """Write the translations as TMX 1.4, which other translation programs read."""
    with clear_errors():
        from digest.delivering import write_all  # noqa: PLC0415
        from digest.translating.memory import entries  # noqa: PLC0415
        from digest.translating.tmx import write_tmx  # noqa: PLC0415

        with _store(config) as (store, _):
            text = write_tmx(entries(store, by_hand_only=by_hand))
            if file == "-":
                for line in text:
                    typer.echo(line, nl=False)
            else:
                path = Path(file)
                write_all(path.parent, {path.name: "".join(text).encode()})


@memory.command("import")
def import_memory(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A TMX file, of digest or of another program.")],
    config: SettingsOption = None,
) -> None:
    """Take in translations from TMX. What no digest made counts as made by hand; what you made by hand here stays."""
    with clear_errors():
        from digest.translating.memory import add  # noqa: PLC0415
        from digest.translating.tmx import read_tmx  # noqa: PLC0415

        found = read_tmx(file)
        with _store(config) as (store, _):
            added = add(store, found, _today(config))
        typer.echo(
            f"{counted(added.translations, 'translation')} of packages and {added.by_hand} made by hand came in; "
            f"{added.kept} made by hand were here already and stay"
        )


@memory.command()
def edit(
    arabic: Annotated[str, typer.Argument(metavar="ARABIC", help="The sentence as the briefing shows it.")],
    english: Annotated[
        str | None, typer.Argument(metavar="ENGLISH", help="How to translate it from now on.", show_default=False)
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Forget the translation by hand of ARABIC.")] = False,
    config: SettingsOption = None,
) -> None:
    """Translate a sentence by hand, for ever and whatever the package."""
    from digest.arabic.text import arabic_letters  # noqa: PLC0415

    if undo == bool((english or "").strip()):
        raise typer.BadParameter("give ARABIC and ENGLISH, or ARABIC and --undo")
    if not arabic_letters(arabic):
        raise typer.BadParameter(f"{arabic!r} has no Arabic letter; the Arabic comes first")
    with clear_errors():
        from digest.translating.memory import edit as edit_store  # noqa: PLC0415
        from digest.translating.memory import undo as undo_edit  # noqa: PLC0415

        with _store(config) as (store, _):
            if undo or english is None:
                found = undo_edit(store, arabic)
                typer.echo("forgotten; the package translates it again" if found else "was not translated by hand")
            else:
                if not edit_store(store, arabic, english, _today(config)):
                    complain("no package has translated this sentence yet; it must be the whole sentence, as it stands")
                typer.echo("remembered")


def _day(ordinal: int | None) -> str:
    return "on an unknown day" if ordinal is None else date.fromordinal(ordinal).isoformat()
