"""The translation memory: bounded, the oldest use goes first, and what was made by hand wins and stays."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from digest import store as store_module
from digest.model import PackageInfo, Translation
from digest.store import Store
from digest.translating.engine import Hypothesis
from digest.translating.memory import Added, Maker, MemoryEntry, add, edit, entries, prune, stats, undo
from digest.translating.translator import TranslationCounts, Translator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MAKER = Maker("p", "1", "o")


class Echo:
    """An engine whose English of a text is its length."""

    options_key = "o"

    def __init__(self, package: str = "p") -> None:
        self.info = PackageInfo(package, "1", bundled=False)

    attempts = 1

    def search(self, texts: Sequence[str], attempt: int) -> list[list[Hypothesis]]:
        """Return how many characters each text has."""
        del attempt
        return [[Hypothesis(f"{len(text)} letters")] for text in texts]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.sqlite") as opened:
        yield opened


def remembered(store: Store) -> dict[str, int | None]:
    """Return the Arabic of the translations by packages with the day of their last use."""
    return {entry.ar: entry.day for entry in entries(store) if entry.maker}


def test_what_was_used_last_outlives_the_rest(store: Store) -> None:
    for day, text in enumerate(("باب", "كتاب", "قلم"), 1):
        Translator(Echo(), store, day).translate([text])
    Translator(Echo(), store, 9).translate(["باب"])
    assert remembered(store) == {"باب": 9, "كتاب": 2, "قلم": 3}
    assert prune(store, most=2) == 1
    assert remembered(store) == {"باب": 9, "قلم": 3}
    assert prune(store, unused_since=9) == 1
    assert remembered(store) == {"باب": 9}
    assert prune(store, unused_since=9, most=1) == 0
    assert prune(store, most=0) == 1


def test_an_earlier_day_does_not_make_a_translation_older(store: Store) -> None:
    Translator(Echo(), store, 5).translate(["باب"])
    Translator(Echo(), store, 4).translate(["باب"])
    assert remembered(store) == {"باب": 5}


def test_the_memory_is_bounded(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "MAX_TRANSLATIONS", 10)
    edit(store, "بالعربية", "by hand", 1)
    for day in range(1, 8):
        store.remember("p", "1", "o", [(f"نص {day} {number}", "text") for number in range(3)], day)
    assert len(remembered(store)) == 10
    assert {day for day in remembered(store).values() if day} == {4, 5, 6, 7}
    assert store.translations_by_hand(["بالعربية"]) == {"بالعربية": "by hand"}


def test_pruning_makes_the_file_smaller(tmp_path: Path) -> None:
    with Store(tmp_path / "store.sqlite") as store:
        store.remember("p", "1", "o", [(f"نص {number}", "text " * 50) for number in range(2000)], 1)
        before = stats(store)
        prune(store, most=10)
        after = stats(store)
    assert [made.count for made in (*before.makers, *after.makers)] == [2000, 10]
    assert after.size < before.size / 10


def test_what_was_made_by_hand_wins_whatever_the_package(store: Store) -> None:
    before = Translator(Echo(), store, 1).translate(["باب  الكتاب", "قلم"])
    assert edit(store, " باب الكتاب ", "The book's\n door", 2) is False
    assert edit(store, "قلم", "A pen", 2) is True
    for package in ("p", "other"):
        translator = Translator(Echo(package), store, 3)
        assert translator.translate(["باب  الكتاب", "قلم"]) == [
            Translation("باب  الكتاب", "The book's door", by_hand=True),
            Translation("قلم", "A pen", by_hand=True),
        ]
        assert translator.counts == TranslationCounts(asked=2, remembered=2, translated=0)
    assert Translator(Echo()).translate(["قلم"]) == [before[1]]
    prune(store, most=0)
    edit(store, "قلم", "The pen", 4)
    assert Translator(Echo(), store, 5).translate(["قلم"])[0].en == "The pen"
    assert undo(store, "قلم")
    assert not undo(store, "قلم")
    assert Translator(Echo(), store, 5).translate(["قلم"]) == [before[1]]


def test_guards_do_not_doubt_what_was_made_by_hand(store: Store) -> None:
    assert Translator(Echo(), store, 1).translate(["قتل 40"])[0].doubts
    edit(store, "قتل 40", "Many were killed", 1)
    assert Translator(Echo(), store, 1).translate(["قتل 40"])[0].doubts == ()


def test_stats_tell_makers_apart(store: Store) -> None:
    assert (stats(store).by_hand, stats(store).makers) == (0, ())
    Translator(Echo(), store, 5).translate(["باب", "قلم"])
    Translator(Echo(), store, 7).translate(["كتاب"])
    Translator(Echo("other"), store, 6).translate(["باب"])
    edit(store, "باب", "door", 8)
    found = stats(store)
    assert found.by_hand == 1
    assert [(made.maker.package, made.count, made.first_day, made.last_day) for made in found.makers] == [
        ("p", 3, 5, 7),
        ("other", 1, 6, 6),
    ]


def test_what_is_taken_in_does_not_replace_what_was_made_by_hand_here(store: Store) -> None:
    edit(store, "باب", "my door", 1)
    added = add(
        store,
        [
            MemoryEntry("باب", "their door", None, 2),
            MemoryEntry("قلم ", "their\npen", None),
            MemoryEntry("باب", "machine door", MAKER, 3),
        ],
        day=9,
    )
    assert added == Added(translations=1, by_hand=1, kept=1)
    assert list(entries(store)) == [
        MemoryEntry("باب", "my door", None, 1),
        MemoryEntry("قلم", "their pen", None, 9),
        MemoryEntry("باب", "machine door", MAKER, 3),
    ]
    assert list(entries(store, by_hand_only=True)) == list(entries(store))[:2]
    assert add(store, [], 9) == Added(0, 0, 0)


WRITER = """
import sys
from pathlib import Path
from digest.store import Store
from digest.translating.memory import add, edit, entries, prune, stats, MemoryEntry
path, writer = Path(sys.argv[1]), int(sys.argv[2])
sys.stdin.read(1)
for turn in range(15):
    with Store(path) as store:
        store.remember("p", "1", "o", [(f"{writer} {turn} {number}", "text") for number in range(20)], 100 + turn)
        store.mark_used("p", "1", "o", [f"{writer} {turn} {number}" for number in range(10)], 200 + turn)
        edit(store, f"{writer} {turn}", "by hand", turn)
        prune(store, unused_since=50)
        assert sum(1 for entry in entries(store, by_hand_only=True) if entry.ar.startswith(f"{writer} ")) == turn + 1
        stats(store)
"""


def test_two_processes_write_and_prune_one_memory(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(number)], stdin=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for number in range(2)
    ]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(b"!")
        writer.stdin.flush()
    for writer in writers:
        _, errors = writer.communicate(timeout=60)
        assert (writer.returncode, errors.decode()) == (0, "")
    with Store(path) as store:
        assert len(remembered(store)) == 2 * 15 * 20
        assert stats(store).by_hand == 2 * 15
