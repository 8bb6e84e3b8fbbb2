"""Figures are found with what they count and who says so; what is no such figure is passed over."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from digest.arabic.sentences import split_sentences
from digest.model import Article, Figure, LineCounts, Paragraph, Sentence
from digest.summarizing.figures import by_kind, figures_of

if TYPE_CHECKING:
    from pathlib import Path


def article(text: str, name: str = "a") -> Article:
    sentences = tuple(Sentence(sentence, index, 0) for index, sentence in enumerate(split_sentences(text)))
    return Article(name, name, "عنوان", False, name, None, None, (Paragraph(text),), sentences, LineCounts(1, 0))


def told(figure: Figure) -> str:
    value = f"{figure.qualifier} {figure.value:f} {figure.counted} {figure.event}"
    return f"{' '.join(value.split())} / {figure.claimant}"


def found(text: str) -> list[str]:
    return [told(figure) for figure in figures_of([article(text)])]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("قتل 43 مدنيا في القصف.", ["43 civilians killed / "]),
        ("أعلنت وزارة الدفاع مقتل 12 جنديا.", ["12 soldiers killed / وزارة الدفاع"]),
        ("قالت وزارة الصحة إن 43 مدنيا قتلوا.", ["43 civilians killed / وزارة الصحة"]),
        ("قالت وزارة الصحة يوم الأحد إن 43 مدنيا قتلوا.", ["43 civilians killed / وزارة الصحة"]),
        ("أصيب نحو 300 شخص بحسب الدفاع المدني.", ["about 300 people wounded / الدفاع المدني"]),
        ("ووفقا لمسؤولي البلدية، قتل 927 من جنودهم، كما لقي 37 مدنيا حتفهم.",
         ["927 soldiers killed / مسؤولي البلدية", "37 civilians killed / مسؤولي البلدية"]),
        ("ولم تكشف أرمينيا عن خسائرها لكنها قالت إن أكثر من 60 مدنيا قتلوا وجرح نحو 300.",
         ["more than 60 civilians killed / أرمينيا", "about 300 wounded / أرمينيا"]),
        ("لقي ما لا يقل عن ستة أشخاص مصرعهم في الفيضانات.", ["at least 6 people killed / "]),
        ("أسفر الهجوم عن 32 قتيلا و110 جرحى.", ["32 killed / ", "110 wounded / "]),
        ("ارتفعت حصيلة القتلى إلى ٤٣ مدنيا.", ["43 civilians killed / "]),
        ("اعتقلت الشرطة 17 متظاهرا.", ["17 demonstrators detained / "]),
        ("أكد المرصد السوري أن 28 عنصرا قتلوا في حلب.", ["28 fighters killed / المرصد السوري"]),
        ("نقلت الوكالة عن الجيش: قتل 5 جنود.", ["5 soldiers killed / الجيش"]),
        ("قتل 1,250 مدنيا منذ بدء الحرب.", ["1250 civilians killed / "]),
        ("نزح نحو 300 ألف شخص من المدينة.", ["about 300000 people displaced / "]),
        ("قتل خمسة آلاف جندي وفق معلومات موسكو.", ["5000 soldiers killed / موسكو"]),
    ],
)  # fmt: skip
def test_figures_with_their_source(text: str, figures: list[str]) -> None:
    assert found(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "وقع الهجوم في 14 أكتوبر 2020 وقتل فيه مدنيون.",
        "قتل الشاب (23 عاما) برصاص مسلحين.",
        "خرج اللاعب في الدقيقة 72 مصابا.",
        "نفذ أكثر من ألف شخص اعتصاما عند دوار الزراعة في مدينة اللاذقية احتجاجا على قتل جارهم.",
        "أطلق الجيش 40 صاروخا على المدينة وقتل مدنيين.",
        "تبعد القرية 15 كيلومترا عن مكان مقتل الجنود.",
        "فاز الفريق 3-1 وأصيب حارسه.",
        "قتل القائد في عام 1994.",
        "سجلت 12 إصابة بفيروس كوفيد-19.",
        "يعمل في المصنع 300 شخص.",
        "قتل العشرات وأصيب المئات.",
        "رفعت المحكمة رقم 17 جلستها بعد اعتقال المتهم.",
    ],
)
def test_what_is_no_such_figure(text: str) -> None:
    assert found(text) == []


def test_who_added_is_who_spoke_before() -> None:
    text = "وذكر بيان صادر عن النيابة العامة، أن الجيش شن هجمات. وأشار أن القصف رفع حصيلة القتلى إلى 43 مدنيا."
    assert found(text) == ["43 civilians killed / النيابة العامة"]


def test_according_to_it_is_who_spoke_before() -> None:
    text = "وأعلنت وزارة الدفاع أن القوات سجلت انتهاكات. ووفقا لها، تم إجلاء 469 شخصا من المناطق الخطرة."
    assert found(text) == ["469 people evacuated / وزارة الدفاع"]


def test_a_claim_without_a_source_gives_way_to_the_same_with_one() -> None:
    text = "ارتفع عدد القتلى إلى 43 مدنيا. وقالت وزارة الصحة إن 43 مدنيا قتلوا."
    assert found(text) == ["43 civilians killed / وزارة الصحة"]


def test_claims_stand_beside_each_other() -> None:
    first = article("قالت وزارة الصحة إن 43 مدنيا قتلوا وأصيب 12.", "first")
    second = article("وبحسب الجيش قتل 37 مدنيا.", "second")
    groups = by_kind(figures_of([first, second]))
    assert [(name, [(told(figure), figure.article) for figure in own]) for name, own in groups] == [
        (
            "civilians killed",
            [("43 civilians killed / وزارة الصحة", "first"), ("37 civilians killed / الجيش", "second")],
        ),
        ("wounded", [("12 wounded / وزارة الصحة", "first")]),
    ]


def test_the_figures_of_the_real_story(shared_seeds: Path, real_articles: list[Article]) -> None:
    gold = json.loads((shared_seeds / "articles.json").read_text(encoding="utf-8"))["articles"]
    own = [article for article, row in zip(real_articles, gold, strict=True) if row["story"] == "karabakh-2020"]
    figures = figures_of(own)
    said = {(f.qualifier, f.value, f.counted, f.event): f.claimant for f in figures}
    assert said.pop(("", Decimal(43), "civilians", "killed")) == "النيابة العامة الأذربيجانية"
    assert said.pop(("", Decimal(37), "civilians", "killed")) == "مسؤولي ناغورني قره باغ"
    assert said.pop(("", Decimal(927), "soldiers", "killed")) == "مسؤولي ناغورني قره باغ"
    assert said.pop(("more than", Decimal(60), "civilians", "killed")) == "أذربيجان"
    assert said.pop(("about", Decimal(300), "", "wounded")) == "أذربيجان"
    assert said.pop(("", Decimal(20), "soldiers", "killed")) == "وزارة الدفاع الأرمينية"
    assert said.pop(("nearly", Decimal(5000), "", "killed")) == "موسكو"
    assert said.pop(("", Decimal(5), "tanks", "destroyed")) == "البيان"
    assert said.pop(("", Decimal(10), "tanks", "destroyed")) == "إيوازوف"
    assert said == {}
