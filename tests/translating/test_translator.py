"""The translator: order, repeats, memory, doubts and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digest.model import PackageInfo, Translation
from digest.store import Store
from digest.translating.engine import Engine, Hypothesis
from digest.translating.packages import BUNDLED, read_package
from digest.translating.translator import WAY_OF_SEARCHING, TranslationCounts, Translator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


class Glossary:
    """An engine that looks each text up and keeps what it was asked."""

    def __init__(self, entries: dict[str, str], version: str = "1", options_key: str = "plain") -> None:
        self.info = PackageInfo(id="glossary", version=version, bundled=False)
        self.options_key = options_key
        self.calls: list[list[str]] = []
        self._entries = entries
        self.others: Sequence[dict[str, str]] = ()

    @property
    def attempts(self) -> int:
        """The entries, and the other ones."""
        return 1 + len(self.others)

    def search(self, texts: Sequence[str], attempt: int) -> list[list[Hypothesis]]:
        """Return what the entries of that attempt say, lower hypotheses behind a bar; KeyError where one has none.

        A score stands behind a sign of equality.
        """
        self.calls.append(list(texts))
        entries = (self._entries, *self.others)[attempt]
        return [[self._hypothesis(english) for english in entries[text].split("|")] for text in texts]

    @staticmethod
    def _hypothesis(english: str) -> Hypothesis:
        text, _, score = english.partition("=")
        return Hypothesis(text, float(score) if score else None)


ENTRIES = {"باب": "door", "كتاب": "book", "قلم قلم": "pen", "قتل 40": "14 killed"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.sqlite") as opened:
        yield opened


def test_order_is_kept_and_each_text_goes_to_the_engine_once() -> None:
    engine = Glossary(ENTRIES)
    translator = Translator(engine)
    translations = translator.translate(["كتاب", "باب", "كتاب"])
    assert translations == [Translation("كتاب", "book"), Translation("باب", "door"), Translation("كتاب", "book")]
    assert engine.calls == [["كتاب", "باب"]]
    assert translator.counts == TranslationCounts(asked=3, remembered=0, translated=2)


def test_text_without_arabic_passes_through() -> None:
    engine = Glossary(ENTRIES)
    translator = Translator(engine)
    assert translator.translate(["BBC 24", "", "٢٤", "باب"]) == [
        Translation("BBC 24", "BBC 24"),
        Translation("", ""),
        Translation("٢٤", "٢٤"),
        Translation("باب", "door"),
    ]
    assert engine.calls == [["باب"]]
    assert translator.counts == TranslationCounts(asked=4, remembered=0, translated=1)


def test_what_is_remembered_is_not_translated(store: Store) -> None:
    Translator(Glossary(ENTRIES), store).translate(["باب", "كتاب"])
    engine = Glossary(ENTRIES)
    translator = Translator(engine, store)
    assert [translation.en for translation in translator.translate(["كتاب", "قلم قلم", "باب"])] == [
        "book",
        "pen",
        "door",
    ]
    assert engine.calls == [["قلم قلم"]]
    assert translator.counts == TranslationCounts(asked=3, remembered=2, translated=1)
    translator.translate(["كتاب"])
    assert len(engine.calls) == 1
    assert translator.counts == TranslationCounts(asked=4, remembered=3, translated=1)


@pytest.mark.parametrize("other", [{"version": "2"}, {"options_key": "other"}])
def test_another_version_or_other_options_share_no_memory(store: Store, other: dict[str, str]) -> None:
    Translator(Glossary(ENTRIES), store).translate(["باب"])
    engine = Glossary(ENTRIES, **other)
    Translator(engine, store).translate(["باب"])
    assert engine.calls == [["باب"]]


def test_another_way_of_searching_shares_no_memory(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    Translator(Glossary(ENTRIES), store).translate(["باب"])
    monkeypatch.setattr("digest.translating.translator.WAY_OF_SEARCHING", WAY_OF_SEARCHING + 1)
    engine = Glossary(ENTRIES)
    Translator(engine, store).translate(["باب"])
    assert engine.calls == [["باب"]]


def test_doubts_are_told_of_remembered_translations_too(store: Store) -> None:
    for remembered in (0, 1):
        translator = Translator(Glossary(ENTRIES), store)
        (translation,) = translator.translate(["قتل 40"])
        assert [doubt.guard for doubt in translation.doubts] == ["numbers"]
        assert translator.counts == TranslationCounts(1, remembered, 1 - remembered)


def test_an_engine_that_fails_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(KeyError):
        Translator(Glossary({}), store).translate(["باب"])
    assert store.translations("glossary", "1", "plain", ["باب"]) == {}


def test_the_bundled_package_translates_nothing_twice(store: Store) -> None:
    texts = ["أكد وزير الخارجية أهمية الحوار بين البلدين.", "قالت الشرطة إن الحريق لم يسفر عن ضحايا."]
    first = Translator(Engine(read_package(BUNDLED)), store, day=738_000)
    translations = first.translate(texts)
    assert first.counts == TranslationCounts(asked=2, remembered=0, translated=2)
    assert "minister" in translations[0].en.lower()

    engine = Engine(read_package(BUNDLED))
    second = Translator(engine, store, day=738_001)
    assert second.translate(texts) == translations
    assert second.counts == TranslationCounts(2, 2, 0)
    assert not engine.is_loaded


def test_what_the_package_is_unsure_of_is_doubtful_and_stays_so_when_it_is_remembered(store: Store) -> None:
    entries = {"باب": "door=-0.3", "كتاب": "shoes=-1.2|boots=-1.3"}
    for engine in (Glossary(entries), Glossary({})):
        door, shoes = Translator(engine, store).translate(["باب", "كتاب"])
        assert door == Translation("باب", "door")
        assert (shoes.en, [doubt.guard for doubt in shoes.doubts]) == ("shoes", ["score"])


def test_a_surer_hypothesis_of_a_further_search_wins() -> None:
    engine = Glossary({"كتاب": "shoes=-1.2"})
    engine.others = [{"كتاب": "book=-0.4"}]
    assert Translator(engine).translate(["كتاب"]) == [Translation("كتاب", "book")]


def test_a_lower_hypothesis_is_taken_before_another_search_is_made() -> None:
    engine = Glossary({"باب": "door|gate", "قتل 40": "14 killed|40 killed|40 dead"})
    engine.others = [{}]
    assert [translation.en for translation in Translator(engine).translate(["باب", "قتل 40"])] == ["door", "40 killed"]
    assert engine.calls == [["باب", "قتل 40"]]


def test_of_equally_doubtful_ones_the_one_that_loses_nothing_wins() -> None:
    engine = Glossary({"وصل أمس 7 من الركاب": "he came home|7 passengers passengers came"})
    engine.others = [{"وصل أمس 7 من الركاب": "he has come"}]
    (translation,) = Translator(engine).translate(["وصل أمس 7 من الركاب"])
    told = [doubt.guard for doubt in translation.doubts]
    assert (translation.en, told) == ("7 passengers passengers came", ["repetition"])


def test_what_a_guard_objects_to_is_searched_for_again_and_the_least_doubtful_is_kept(store: Store) -> None:
    entries = {"باب": "door", "قتل 40": "14 killed", "لم يصل 7": "7"}
    others = [{"قتل 40": "no figure", "لم يصل 7": "7 7 7"}, {"قتل 40": "40 killed", "لم يصل 7": "seven seven seven"}]
    engine = Glossary(entries)
    engine.others = others
    translations = Translator(engine, store).translate(list(entries))
    assert [translation.en for translation in translations] == ["door", "40 killed", "7"]
    assert [bool(translation.doubts) for translation in translations] == [False, False, True]
    assert engine.calls == [list(entries), ["قتل 40", "لم يصل 7"], ["قتل 40", "لم يصل 7"]]
    again = Glossary({})
    assert [translation.en for translation in Translator(again, store).translate(list(entries))] == [
        "door",
        "40 killed",
        "7",
    ]
    assert again.calls == []
