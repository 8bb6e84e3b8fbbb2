"""The store: what is kept is found again, by several processes too, and trouble is one line."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.clustering.threads import PastStory
from digest.errors import OutputError
from digest.store import MIGRATIONS, Store

if TYPE_CHECKING:
    from pathlib import Path

KEY = ("ar_en-0123456789ab", "1.0", "beam=4")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


def only_line(error: pytest.ExceptionInfo[OutputError], path: Path) -> str:
    message = str(error.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return message


def test_what_is_kept_is_found_again(path: Path) -> None:
    with Store(path) as store:
        store.remember(*KEY, [("باب", "door"), ("كتاب", "book")], day=738_000)
        assert store.translations(*KEY, ["كتاب", "قلم", "باب", "باب"]) == {"باب": "door", "كتاب": "book"}
    with Store(path) as store:
        assert store.translations(*KEY, ["باب"]) == {"باب": "door"}
        assert store.translations(*KEY, []) == {}


def test_a_later_translation_replaces_the_earlier_with_its_day(path: Path) -> None:
    with Store(path) as store:
        store.remember(*KEY, [("باب", "gate")], day=1)
        store.remember(*KEY, [("باب", "door")], day=2)
        assert store.translations(*KEY, ["باب"]) == {"باب": "door"}
    database = sqlite3.connect(path)
    assert database.execute("SELECT en, day FROM translations").fetchall() == [("door", 2)]
    database.close()


@pytest.mark.parametrize("part", [0, 1, 2])
def test_package_version_and_options_are_kept_apart(path: Path, part: int) -> None:
    package, version, options = (text + " other" if at == part else text for at, text in enumerate(KEY))
    with Store(path) as store:
        store.remember(*KEY, [("باب", "door")])
        assert store.translations(package, version, options, ["باب"]) == {}
        store.remember(package, version, options, [("باب", "gate")])
        assert store.translations(*KEY, ["باب"]) == {"باب": "door"}


def test_many_texts_are_looked_up_at_once(path: Path) -> None:
    pairs = [(f"نص {number}", f"text {number}") for number in range(2500)]
    with Store(path) as store:
        store.remember(*KEY, pairs)
        assert store.translations(*KEY, [ar for ar, _ in pairs]) == dict(pairs)


@given(
    pairs=st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"]))
    )
)
def test_any_text_survives(tmp_path_factory: pytest.TempPathFactory, pairs: dict[str, str]) -> None:
    with Store(tmp_path_factory.mktemp("any") / "store.sqlite") as store:
        store.remember(*KEY, list(pairs.items()))
        assert store.translations(*KEY, pairs) == pairs


def test_all_pairs_are_kept_or_none(path: Path) -> None:
    with Store(path) as store:
        with pytest.raises(OutputError):
            store.remember(*KEY, [("باب", "door"), ("كتاب", None)])  # type: ignore[list-item]
        assert store.translations(*KEY, ["باب"]) == {}
        store.remember(*KEY, [("باب", "door")])


def test_folders_are_made_and_the_log_is_written_ahead(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "store.sqlite"
    with Store(path):
        database = sqlite3.connect(path)
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert database.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        database.close()


WRITER = """
import sys
from pathlib import Path
from digest.store import Store
path, writer = Path(sys.argv[1]), sys.argv[2]
sys.stdin.read(1)
for turn in range(20):
    with Store(path) as store:
        store.remember("p", "1", "o", [(f"{writer} {turn} {number}", writer) for number in range(20)] + [("all", writer)])
        assert len(store.translations("p", "1", "o", [f"{writer} {turn} {number}" for number in range(20)])) == 20
"""


def test_several_processes_make_and_write_one_store(path: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), name], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        for name in "abcd"
    ]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(b"!")
        writer.stdin.flush()
    for writer in writers:
        _, errors = writer.communicate(timeout=60)
        assert (writer.returncode, errors.decode()) == (0, "")
    wanted = [f"{name} {turn} {number}" for name in "abcd" for turn in range(20) for number in range(20)]
    with Store(path) as store:
        assert len(store.translations("p", "1", "o", wanted)) == len(wanted) == 1600


@pytest.mark.parametrize(
    "content", [b"no database at all, but long enough to have a header" * 9, b"SQLite format 3\0" * 99]
)
def test_a_corrupt_store_is_told_in_one_line(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(OutputError) as error:
        Store(path)
    assert "delete the file" in only_line(error, path)
    assert path.read_bytes() == content


def test_a_store_damaged_inside_is_told_in_one_line(path: Path) -> None:
    with Store(path) as store:
        store.remember(*KEY, [(f"نص {number}", "text" * 50) for number in range(500)])
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with Store(path) as store, pytest.raises(OutputError) as error:
        store.translations(*KEY, ["نص 7"])
    assert "delete the file" in only_line(error, path)


def test_a_store_that_cannot_be_made_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file" / "store.sqlite", tmp_path):
        with pytest.raises(OutputError) as error:
            Store(path)
        assert "choose another path" in only_line(error, path)


def test_a_newer_store_is_refused_and_left_alone(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    database.close()
    with pytest.raises(OutputError) as error:
        Store(path)
    assert "newer version" in only_line(error, path)
    database = sqlite3.connect(path)
    assert database.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)
    assert database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    database.close()


def test_feeds_and_pages_are_kept(path: Path) -> None:
    feed, page = "https://news.example/rss", "https://news.example/a"
    with Store(path) as store:
        assert store.feed_validators(feed) == ("", "")
        store.remember_feed(feed, '"1"', "")
        store.remember_feed(feed, '"2"', "Fri, 20 Nov 2026 05:00:00 GMT")
        assert store.fetched_pages([page]) == set()
        store.remember_pages((page, f"{page}?x"), "a.html")
        store.remember_pages((page, page), "b.html")
    with Store(path) as store:
        assert store.feed_validators(feed) == ('"2"', "Fri, 20 Nov 2026 05:00:00 GMT")
        assert store.fetched_pages([page, "https://news.example/b", f"{page}?x"]) == {page, f"{page}?x"}


def test_a_store_of_the_first_version_is_taken_on_with_what_is_in_it(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute(MIGRATIONS[0])
    database.execute("INSERT INTO translations VALUES (?, ?, ?, 'باب', 'door', 1)", KEY)
    database.execute("PRAGMA user_version = 1")
    database.commit()
    database.close()
    with Store(path) as store:
        assert store.translations(*KEY, ["باب"]) == {"باب": "door"}
        store.remember_pages(("https://news.example/a",), "a.html")
        assert store.fetched_pages(["https://news.example/a"])


def test_printed_stories_are_kept_by_series_and_day(tmp_path: Path) -> None:
    day = date(2026, 11, 19)
    story = PastStory(
        day, "s", "t", date(2026, 11, 18), "عنوان", frozenset({"a"}), frozenset({"k"}), ("قيل",), {"جذر": 0.5}
    )
    with Store(tmp_path / "store") as store:
        store.remember_printed("out", day, [story, replace(story, id="z")])
        store.remember_printed("out", day, [story])
        assert store.printed_stories("out", day, date(2026, 11, 20)) == [story]
        assert store.printed_stories("out", day, day) == []
        assert store.printed_stories("out", date(2026, 11, 20), date(2026, 11, 21)) == []
        assert store.printed_stories("other", day, date(2026, 11, 20)) == []


def test_the_day_an_article_was_first_seen(tmp_path: Path) -> None:
    with Store(tmp_path / "store") as store:
        assert store.first_seen(["a"], date(2026, 11, 19)) == {"a": date(2026, 11, 19)}
        assert store.first_seen(["a", "b"], date(2026, 11, 20)) == {"a": date(2026, 11, 19), "b": date(2026, 11, 20)}
        assert store.first_seen(["b"], date(2026, 11, 1)) == {"b": date(2026, 11, 1)}


def test_a_printed_story_that_makes_no_sense_is_said_to_be_damage(tmp_path: Path) -> None:
    with Store(tmp_path / "store") as store:
        with sqlite3.connect(tmp_path / "store") as database:
            database.execute("INSERT INTO printed_stories VALUES ('out', 738000, 's', '{}')")
        database.close()
        with pytest.raises(OutputError, match="makes no sense"):
            store.printed_stories("out", date.fromordinal(738000), date.fromordinal(738001))
