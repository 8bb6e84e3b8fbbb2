"""The stages together, with a translator whose answers are known."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import pytest

from digest import pipeline
from digest.cleaning import bundled_rules, clean
from digest.errors import NothingUsable
from digest.model import PackageInfo, Translation
from digest.progress import Silent
from digest.reading import Reading, read_inputs
from digest.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from digest.cleaning import RuleSet
    from digest.model import Article, Briefing, Document

PACKAGE = PackageInfo("upper-case", "1", bundled=False)
TEXT = "أعلنت وزارة الصحة، اليوم الأربعاء، تسجيل إصابات جديدة في ثلاث محافظات جنوبية. وقالت إن الحالات مستقرة تماما."


class Numbered:
    """Translates every text into its number in the call, and keeps the calls."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def translate(self, texts: Sequence[str]) -> list[Translation]:
        """Return a number for every text."""
        self.calls.append(list(texts))
        return [Translation(text, f"English {number}") for number, text in enumerate(texts)]


def brief(*inputs: Path, translator: Numbered | None = None) -> Briefing:
    reading = read_inputs(map(str, inputs), io.BytesIO())
    return pipeline.brief(reading, date(2026, 11, 20), Settings(), translator or Numbered(), PACKAGE, Silent())


def test_all_texts_go_to_the_translator_in_one_call_and_come_back_to_their_place(seeds: Path) -> None:
    translator = Numbered()
    briefing = brief(seeds, translator=translator)
    (texts,) = translator.calls
    printed = [t for story in briefing.stories for t in (story.headline, *(s.translation for s in story.sentences))]
    assert [translation.ar for translation in printed] == texts
    assert [translation.en for translation in printed] == [f"English {number}" for number in range(len(texts))]


def test_every_printed_sentence_is_its_article_s(seeds: Path) -> None:
    briefing = brief(seeds)
    assert sorted(article.id for article in briefing.articles) == sorted(
        article_id for story in briefing.stories for article_id in story.articles
    )
    for story in briefing.stories:
        for sentence in story.sentences:
            assert sentence.article in story.articles
            assert briefing.article(sentence.article).sentences[sentence.index].text == sentence.translation.ar


def test_the_order_of_the_inputs_does_not_matter(seeds: Path) -> None:
    files = sorted(seeds.glob("*.txt"))
    assert brief(*files).stories == brief(*reversed(files)).stories


def test_exact_copies_are_articles_of_their_own(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    briefing = brief(tmp_path)
    first = briefing.articles[0].id.partition("-")[0]
    assert sorted(article.id for article in briefing.articles) == [first, f"{first}-2", f"{first}-3"]
    (story,) = briefing.stories
    assert len(story.sentences) == 1


def test_a_document_that_breaks_a_stage_does_not_cost_the_rest(
    tmp_path: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad.txt").write_text(TEXT, encoding="utf-8")

    def breaking(document: Document, rules: RuleSet, furniture: frozenset[str]) -> tuple[Article, ...]:
        if document.origin.endswith("bad.txt"):
            raise ZeroDivisionError("a\nbug")
        return clean(document, rules, furniture)

    monkeypatch.setattr("digest.pipeline.clean", breaking)
    briefing = brief(tmp_path / "bad.txt", seeds)
    (failure,) = briefing.failures
    assert (failure.stage, failure.reason) == ("cleaning", "unexpected ZeroDivisionError: a bug")
    assert len(briefing.articles) == 15


def test_nothing_usable() -> None:
    with pytest.raises(NothingUsable):
        pipeline.clean_all(Reading((), (), ()), bundled_rules(), Silent())


def test_a_summary_in_arabic_needs_no_translator(seeds: Path) -> None:
    reading = read_inputs([str(seeds)], io.BytesIO())
    summaries = pipeline.summarize(pipeline.clean_all(reading, bundled_rules(), Silent()), 2, None)
    assert len(summaries) == 15
    assert all(summary.title.en == "" and summary.sentences for summary in summaries)
