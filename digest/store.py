"""What digest remembers from day to day, in one SQLite file.

The file may be deleted at any time: it holds nothing that cannot be made or fetched again, but for translations made by
hand (`digest memory export --by-hand` saves those), and for who was sent which mail: a day sent again would come twice.
Looking after the translations is `digest.translating.memory`, after the mails `digest.delivering.outbox`.
"""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from digest.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from digest.clustering.threads import PastStory

BUSY_SECONDS = 30.0
"""How long to wait for another process that is writing. One writes for milliseconds, after its model has run."""

_CHUNK = 500
"""Texts looked up at a time: SQLite before 3.32 takes at most 999 parameters in a statement."""

MAX_TRANSLATIONS = 200_000
"""Translations kept at most, some 100 MB. A briefing of 40 stories has 200 sentences, so that is years of mornings."""

MIGRATIONS = (
    """
    CREATE TABLE translations (
        package TEXT NOT NULL,
        version TEXT NOT NULL,
        options TEXT NOT NULL,
        ar TEXT NOT NULL,
        en TEXT NOT NULL,
        day INTEGER,
        PRIMARY KEY (package, version, options, ar)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE feeds (
        url TEXT NOT NULL PRIMARY KEY,
        etag TEXT NOT NULL,
        modified TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE pages (
        url TEXT NOT NULL PRIMARY KEY,
        file TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE printed_stories (
        series TEXT NOT NULL,
        day INTEGER NOT NULL,
        story TEXT NOT NULL,
        record TEXT NOT NULL,
        PRIMARY KEY (series, day, story)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE seen_articles (
        article TEXT NOT NULL PRIMARY KEY,
        day INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE translations_by_hand (
        ar TEXT NOT NULL PRIMARY KEY,
        en TEXT NOT NULL,
        day INTEGER
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE mails (
        series TEXT NOT NULL,
        day INTEGER NOT NULL,
        recipient TEXT NOT NULL,
        mailbox TEXT NOT NULL,
        state TEXT NOT NULL,
        asked INTEGER NOT NULL,
        sendings INTEGER NOT NULL,
        by_hand INTEGER NOT NULL,
        PRIMARY KEY (series, day, recipient)
    ) WITHOUT ROWID
    """,
    "ALTER TABLE translations ADD COLUMN score REAL",
)
"""SQL statements, each of which takes the store from the version that is its index (`PRAGMA user_version`) to the next.
Never change one that was released; add another."""


class Store:
    """An open store. Several processes may have the same file open and write to it.

    Every method, and opening, raises OutputError where the file cannot be read or written, is no store, or was made by
    a newer digest.
    """

    def __init__(self, path: Path) -> None:
        """Open the store at `path`; it and its folder are made where they do not exist."""
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._failure(error.strerror or str(error)) from error
        with self._told():
            self._database = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            with self._told():
                self._prepare()
        except OutputError:
            self._database.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        self._database.close()

    def translations(self, package_id: str, version: str, options: str, texts: Iterable[str]) -> dict[str, str]:
        """Return the remembered English of those of the Arabic `texts` that were translated before.

        The package's id and version and the key of the decoding options must all be the same as then.
        """
        return self._values("en", "package = ? AND version = ? AND options = ?", (package_id, version, options), texts)

    def scores(self, package_id: str, version: str, options: str, texts: Iterable[str]) -> dict[str, float]:
        """Return the scores of those of the remembered translations that have one, as for `translations`."""
        values = (package_id, version, options)
        found = self._values("score", "package = ? AND version = ? AND options = ?", values, texts)
        return {ar: score for ar, score in found.items() if score is not None}

    def translations_by_hand(self, texts: Iterable[str]) -> dict[str, str]:
        """Return the English of those of the Arabic `texts` that the user translated."""
        return self._values("en", "", (), texts)

    def _values(self, column: str, which: str, values: tuple[str, ...], texts: Iterable[str]) -> dict[str, Any]:
        wanted = list(dict.fromkeys(texts))
        found: dict[str, Any] = {}
        table = f"translations WHERE {which} AND" if which else "translations_by_hand WHERE"
        with self.reading() as database:
            for start in range(0, len(wanted), _CHUNK):
                chunk = wanted[start : start + _CHUNK]
                marks = ",".join("?" * len(chunk))
                found.update(
                    database.execute(
                        f"SELECT ar, {column} FROM {table} ar IN ({marks})",  # noqa: S608 - nothing of the user's is put in
                        (*values, *chunk),
                    )
                )
        return found

    def mark_used(self, package_id: str, version: str, options: str, texts: Iterable[str], day: int) -> None:
        """Note that the translations of the Arabic `texts` were used on `day`, so that they outlive others."""
        with self.writing() as database:
            database.executemany(
                "UPDATE translations SET day = ?1"
                " WHERE package = ?2 AND version = ?3 AND options = ?4 AND ar = ?5 AND (day IS NULL OR day < ?1)",
                [(day, package_id, version, options, ar) for ar in texts],
            )

    def remember(
        self,
        package_id: str,
        version: str,
        options: str,
        pairs: Sequence[tuple[str, str]],
        day: int | None = None,
        scores: Mapping[str, float] | None = None,
    ) -> None:
        """Keep the (Arabic, English) `pairs`, all or none, replacing what was kept for the same Arabic.

        `scores` are those of the English, by the Arabic, where they are known. `day` is the ordinal of the day of their use
        (`date.toordinal`). Above MAX_TRANSLATIONS those go that were not used for the longest time.
        """
        if not pairs:
            return
        with self.writing() as database:
            database.executemany(
                "INSERT OR REPLACE INTO translations (package, version, options, ar, en, day, score)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(package_id, version, options, ar, en, day, (scores or {}).get(ar)) for ar, en in pairs],
            )
            prune_translations(database, MAX_TRANSLATIONS)

    def feed_validators(self, url: str) -> tuple[str, str]:
        """Return the ETag and Last-Modified that the feed at `url` had when all its pages were last fetched, or ""."""
        with self._told():
            row = self._database.execute("SELECT etag, modified FROM feeds WHERE url = ?", (url,)).fetchone()
        return (str(row[0]), str(row[1])) if row else ("", "")

    def remember_feed(self, url: str, etag: str, modified: str) -> None:
        """Keep the validators of a feed; "" for one that it has not."""
        with self.writing() as database:
            database.execute(
                "INSERT OR REPLACE INTO feeds (url, etag, modified) VALUES (?, ?, ?)", (url, etag, modified)
            )

    def fetched_pages(self, urls: Iterable[str]) -> set[str]:
        """Return those of the `urls` whose pages were fetched before."""
        with self._told():
            return {
                url for url in urls if self._database.execute("SELECT 1 FROM pages WHERE url = ?", (url,)).fetchone()
            }

    def remember_pages(self, urls: Iterable[str], file: str) -> None:
        """Keep that what the `urls` lead to was fetched, into a file of the name `file`."""
        with self.writing() as database:
            database.executemany(
                "INSERT OR REPLACE INTO pages (url, file) VALUES (?, ?)", [(url, file) for url in urls]
            )

    def printed_stories(self, series: str, since: date, before: date) -> list[PastStory]:
        """Return the stories of a series of briefings that were printed from `since` to the day before `before`."""
        from digest.clustering.threads import PastStory  # noqa: PLC0415 - needs scipy, which most commands do not

        with self._told():
            rows = self._database.execute(
                "SELECT day, story, record FROM printed_stories WHERE series = ? AND day >= ? AND day < ?"
                " ORDER BY day, story",
                (series, since.toordinal(), before.toordinal()),
            ).fetchall()
        try:
            return [PastStory.from_json(date.fromordinal(day), story, record) for day, story, record in rows]
        except (ValueError, KeyError, TypeError) as error:
            raise self._failure(f"a printed story in it makes no sense: {error}") from error

    def remember_printed(self, series: str, day: date, stories: Iterable[PastStory]) -> None:
        """Keep the stories that a series printed on `day`, in place of those kept for that day before, all or none."""
        rows = [(series, day.toordinal(), story.id, story.to_json()) for story in stories]
        with self._told(), self._transaction():
            self._database.execute(
                "DELETE FROM printed_stories WHERE series = ? AND day = ?", (series, day.toordinal())
            )
            self._database.executemany(
                "INSERT INTO printed_stories (series, day, story, record) VALUES (?, ?, ?, ?)", rows
            )

    def first_seen(self, articles: Iterable[str], today: date) -> dict[str, date]:
        """Return the day on which each article, by its id, was first asked for; `today` is kept for those never seen."""
        ids = list(dict.fromkeys(articles))
        with self._told(), self._transaction():
            # An earlier day replaces a later one: briefings of past days may be made afterwards.
            self._database.executemany(
                "INSERT INTO seen_articles (article, day) VALUES (?, ?)"
                " ON CONFLICT (article) DO UPDATE SET day = min(day, excluded.day)",
                [(article, today.toordinal()) for article in ids],
            )
            found: dict[str, date] = {}
            for start in range(0, len(ids), _CHUNK):
                chunk = ids[start : start + _CHUNK]
                marks = ",".join("?" * len(chunk))
                rows = self._database.execute(
                    f"SELECT article, day FROM seen_articles WHERE article IN ({marks})",  # noqa: S608 - only question marks
                    chunk,
                )
                found.update((article, date.fromordinal(day)) for article, day in rows)
        return found

    def _prepare(self) -> None:
        # While another process is just turning the log on, SQLite refuses at once instead of waiting. Then it is on.
        with contextlib.suppress(sqlite3.OperationalError):
            self._database.execute("PRAGMA journal_mode = WAL")
        # With that log the file stays whole in a power cut; only the last writes may be lost, and they can be made again.
        self._database.execute("PRAGMA synchronous = NORMAL")
        if self._version() == len(MIGRATIONS):
            return
        with self._transaction():
            # Another process may have done it while this one waited for its turn.
            version = self._version()
            if version > len(MIGRATIONS):
                raise OutputError(
                    f"{self._path}: the store was made by a newer version of digest; install that version, delete "
                    "the file (only what it remembers is lost), or choose another path for the store"
                )
            for step in MIGRATIONS[version:]:
                self._database.execute(step)
            self._database.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")

    def _version(self) -> int:
        (version,) = self._database.execute("PRAGMA user_version").fetchone()
        return int(version)

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the database for queries."""
        with self._told():
            yield self._database

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the database for changes, all of which are made at the end, or none."""
        with self._told(), self._transaction():
            yield self._database

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        """Write all that is done inside, or nothing. The write lock is taken at the start, so that waiting is safe."""
        self._database.execute("BEGIN IMMEDIATE")
        with self._database:
            yield

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Turn SQLite's errors into OutputError."""
        try:
            yield
        except sqlite3.Error as error:
            raise self._failure(str(error)) from error

    def _failure(self, reason: str) -> OutputError:
        return OutputError(
            f"{self._path}: the store cannot be used ({reason}); delete the file if it is damaged "
            "(only what it remembers is lost), or choose another path for the store"
        )


def prune_translations(database: sqlite3.Connection, most: int) -> int:
    """Delete the translations that were not used for the longest time until there are `most`; return how many went.

    Those made by hand stay and do not count.
    """
    (count,) = database.execute("SELECT count(*) FROM translations").fetchone()
    if count <= most:
        return 0
    database.execute(
        "DELETE FROM translations WHERE (package, version, options, ar) IN"
        " (SELECT package, version, options, ar FROM translations ORDER BY day LIMIT ?)",
        (count - most,),
    )
    return int(count - most)
