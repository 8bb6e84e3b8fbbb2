"""The stages together, with a translator whose answers are known."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import pytest

from digest import pipeline
from digest.cleaning import bundled_rules, clean
from digest.clustering.freshness import lookback
from digest.errors import NothingUsable
from digest.model import PackageInfo, Translation
from digest.progress import Silent
from digest.reading import Reading, read_inputs
from digest.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from digest.cleaning import RuleSet
    from digest.clustering.threads import PastStory
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


TODAY = pipeline.Day(date(2026, 11, 20))
DEFAULTS = Settings()


def brief(
    *inputs: Path, translator: Numbered | None = None, day: pipeline.Day = TODAY, settings: Settings = DEFAULTS
) -> Briefing:
    return told(*inputs, translator=translator, day=day, settings=settings)[0]


def told(
    *inputs: Path, translator: Numbered | None = None, day: pipeline.Day = TODAY, settings: Settings = DEFAULTS
) -> tuple[Briefing, tuple[PastStory, ...]]:
    reading = read_inputs(map(str, inputs), io.BytesIO())
    cleaned = pipeline.clean_all(reading, bundled_rules(), Silent())
    return pipeline.brief(reading, cleaned, day, settings, translator or Numbered(), PACKAGE, Silent())


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
    assert len(story.sentences) == 1  # the first sentence is the headline


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


FIRST = """حريق في مصنع للنسيج شرق المدينة

اندلع حريق كبير في مصنع للنسيج شرق المدينة، وقتل ثلاثة عمال بحسب الدفاع المدني. وحاصرت النيران عشرات العمال في الطابق الثاني.

وقال قائد الدفاع المدني إن عشرين سيارة إطفاء شاركت في إخماد الحريق في مصنع النسيج. ولم يعرف سبب الحريق بعد.

المصدر: جريدة الشارع
"""
SECOND = """ارتفاع عدد قتلى حريق مصنع النسيج إلى سبعة

ارتفع عدد قتلى حريق مصنع النسيج شرق المدينة إلى سبعة عمال، بعد وفاة أربعة مصابين في المستشفى بحسب وزارة الصحة.

وأوقفت الشرطة صاحب مصنع النسيج للتحقيق في أسباب الحريق. وأعلن الدفاع المدني انتهاء أعمال البحث في المصنع.

المصدر: صحيفة الميدان
"""
OTHER = """البنك المركزي يخفض سعر الفائدة

خفض البنك المركزي سعر الفائدة نصف نقطة مئوية، وقال محافظه إن التضخم تراجع خلال الأشهر الثلاثة الماضية إلى أدنى مستوى.

ويتوقع محللون أن يخفض البنك الفائدة مرة أخرى قبل نهاية العام إذا استمر تراجع أسعار الغذاء والطاقة.

المصدر: صحيفة الميدان
"""


@pytest.fixture
def days(tmp_path: Path) -> list[Path]:
    """Return three folders: a day, the next with an update of its story and another story, and one with copies alone."""
    contents = [
        {"a": FIRST},
        {"a": FIRST, "b": SECOND, "c": OTHER},
        {"b": SECOND, "d": FIRST.replace("جريدة الشارع", "جريدة الحي")},
    ]
    for number, files in enumerate(contents, 1):
        folder = tmp_path / f"day{number}"
        folder.mkdir()
        for name, text in files.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return sorted(tmp_path.iterdir())


def test_a_story_goes_on_for_three_days(days: list[Path]) -> None:
    briefing, first = told(days[0], day=pipeline.Day(date(2026, 11, 18)))
    assert [(story.status, story.since) for story in briefing.stories] == [("new", None)]
    printed = {sentence.translation.ar for sentence in briefing.stories[0].sentences}

    briefing, second = told(days[1], day=pipeline.Day(date(2026, 11, 19), first))
    assert sorted((story.status, story.since) for story in briefing.stories if story.status == "update") == [
        ("update", date(2026, 11, 18))
    ]
    assert [story.status for story in briefing.stories].count("new") == 1
    update = next(story for story in briefing.stories if story.status == "update")
    said = {sentence.translation.ar for sentence in update.sentences}
    assert said
    assert not said & printed
    assert said <= {sentence.text for article in briefing.articles for sentence in article.sentences}

    briefing, third = told(days[2], day=pipeline.Day(date(2026, 11, 20), (*first, *second)))
    assert briefing.stories == ()
    assert third == ()
    assert [left.reason for left in briefing.left_out] == ["nothing new since 2026-11-19"]

    again, _ = told(days[2], day=pipeline.Day(date(2026, 11, 20), (*first, *second), everything=True))
    assert len(again.stories) == 1
    assert again.stories[0].sentences


def test_what_is_left_out_is_named(days: list[Path]) -> None:
    settings = Settings(mute=("الحريق", "سعر الفائدة"), mute_outlets=("جريدة الشارع",))
    briefing = brief(days[1], settings=settings)
    reasons = {left.reason: left.articles for left in briefing.left_out}
    assert reasons == {"of outlets that are muted": 1, "muted: الحريق": 1, "muted: سعر الفائدة": 1}
    briefing = brief(days[1], settings=Settings(top=1, watch=("البنك المركزي",)))
    assert [story.headline.ar for story in briefing.stories] == ["البنك المركزي يخفض سعر الفائدة"]
    assert [left.reason for left in briefing.left_out] == ["not among the first 1 stories"]
    capped = brief(days[1], settings=Settings(outlet_cap=1, mute_outlets=("جريدة الشارع",)))
    assert [left.reason for left in capped.left_out][1:] == ["more than 1 stories of صحيفة الميدان alone"]


def test_the_inbox_gives_what_is_fresh(days: list[Path]) -> None:
    for file, day in zip(sorted(days[1].iterdir()), ("2026-11-01", "2026-11-19", "2026-11-20"), strict=True):
        head, _, rest = file.read_text(encoding="utf-8").partition("\n")
        file.write_text(f"{head}\n{day}\n{rest}", encoding="utf-8")
    today = pipeline.Day(date(2026, 11, 20), freshness=lookback(date(2026, 11, 20), 1))
    briefing = brief(days[1], day=today)
    assert sorted(article.origin[-5] for article in briefing.articles) == ["b", "c"]
    assert [(left.articles, left.reason) for left in briefing.left_out] == [
        (1, "published before 2026-11-19 or after 2026-11-21")
    ]
