"""Looking after the translations that the store remembers: counts, pruning, taking out and in, editing by hand.

A translation by a package is remembered with the package's id and version and the decoding options, and is used for
these alone. One made by hand is used for its sentence whatever the package, until the user changes it, and is never
pruned.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.arabic.text import repair
from digest.store import prune_translations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.store import Store


@dataclass(frozen=True, slots=True)
class Maker:
    """What made a translation: a package's id and version, and the key of the decoding options."""

    package: str
    version: str
    options: str


@dataclass(frozen=True, slots=True)
class MemoryEntry:
    """A remembered translation. `maker` is None where it was made by hand; `day` is the ordinal of its last use."""

    ar: str
    en: str
    maker: Maker | None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class MakerStats:
    """How many translations of one maker are remembered, and the ordinals of the first and last day of their use."""

    maker: Maker
    count: int
    first_day: int | None
    last_day: int | None


@dataclass(frozen=True, slots=True)
class MemoryStats:
    """What is remembered: `size` in bytes of the whole store."""

    by_hand: int
    makers: tuple[MakerStats, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Added:
    """What `add` did: translations of packages and by hand that came in, and those by hand that were there and stay."""

    translations: int
    by_hand: int
    kept: int


def sentence_key(text: str) -> str:
    """Return the form of a sentence under which its translation by hand is kept: repaired, spaces collapsed."""
    return " ".join(repair(text).split())


def stats(store: Store) -> MemoryStats:
    """Return how much the store remembers; OutputError here and below where the store cannot be used."""
    with store.reading() as database:
        (by_hand,) = database.execute("SELECT count(*) FROM translations_by_hand").fetchone()
        (pages,) = database.execute("PRAGMA page_count").fetchone()
        (page_size,) = database.execute("PRAGMA page_size").fetchone()
        rows = database.execute(
            "SELECT package, version, options, count(*), min(day), max(day) FROM translations"
            " GROUP BY package, version, options ORDER BY max(day) DESC, package, version, options"
        ).fetchall()
    makers = tuple(MakerStats(Maker(*row[:3]), *row[3:]) for row in rows)
    return MemoryStats(by_hand, makers, pages * page_size)


def prune(store: Store, *, unused_since: int | None = None, most: int | None = None) -> int:
    """Forget translations of packages, those that were not used for the longest time first; return how many.

    `unused_since`: all that were not used on the day of this ordinal or later; `most`: all but so many. The file becomes
    smaller by them.
    """
    gone = 0
    with store.writing() as database:
        if unused_since is not None:
            gone += database.execute("DELETE FROM translations WHERE day IS NULL OR day < ?", (unused_since,)).rowcount
        if most is not None:
            gone += prune_translations(database, most)
    with store.reading() as database:
        database.execute("VACUUM")
    return gone


def entries(store: Store, *, by_hand_only: bool = False) -> Iterator[MemoryEntry]:
    """Yield what is remembered, what was made by hand first, in an order that depends on nothing else."""
    with store.reading() as database:
        for ar, en, day in database.execute("SELECT ar, en, day FROM translations_by_hand ORDER BY ar"):
            yield MemoryEntry(ar, en, None, day)
        if by_hand_only:
            return
        for package, version, options, ar, en, day in database.execute(
            "SELECT package, version, options, ar, en, day FROM translations ORDER BY package, version, options, ar"
        ):
            yield MemoryEntry(ar, en, Maker(package, version, options), day)


def add(store: Store, added: Iterable[MemoryEntry], day: int) -> Added:
    """Take in `added`, all or none. What was made by hand here is not replaced; `day` is for entries without one."""
    made = [(entry, entry.maker, entry.day or day) for entry in added]
    by_hand = [(sentence_key(entry.ar), _one_line(entry.en), used) for entry, maker, used in made if maker is None]
    with store.writing() as database:
        new = database.executemany("INSERT OR IGNORE INTO translations_by_hand VALUES (?, ?, ?)", by_hand).rowcount
        database.executemany(
            "INSERT OR REPLACE INTO translations (package, version, options, ar, en, day) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (maker.package, maker.version, maker.options, entry.ar, _one_line(entry.en), used)
                for entry, maker, used in made
                if maker
            ],
        )
    return Added(translations=len(made) - len(by_hand), by_hand=max(new, 0), kept=len(by_hand) - max(new, 0))


def edit(store: Store, ar: str, en: str, day: int) -> bool:
    """Remember a translation by hand; return whether a package ever translated this sentence."""
    key = sentence_key(ar)
    with store.writing() as database:
        database.execute("INSERT OR REPLACE INTO translations_by_hand VALUES (?, ?, ?)", (key, _one_line(en), day))
        return database.execute("SELECT 1 FROM translations WHERE ar = ? LIMIT 1", (key,)).fetchone() is not None


def undo(store: Store, ar: str) -> bool:
    """Forget the translation by hand of a sentence; return whether there was one."""
    with store.writing() as database:
        return database.execute("DELETE FROM translations_by_hand WHERE ar = ?", (sentence_key(ar),)).rowcount > 0


def _one_line(text: str) -> str:
    return " ".join(text.split())
