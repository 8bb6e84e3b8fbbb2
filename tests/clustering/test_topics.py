"""Stories go under headings, and under none where it is not clear."""

from __future__ import annotations

import pytest

from digest.arabic.sentences import split_sentences
from digest.arabic.vectors import vector
from digest.clustering.topics import BIAS, OTHER, TopicTable, bundled_topics, classify, topic_of
from digest.model import Article, LineCounts, Paragraph, Sentence


def article(title: str, text: str) -> Article:
    sentences = tuple(Sentence(sentence, index, 0) for index, sentence in enumerate(split_sentences(text)))
    return Article("a", "a", title, False, None, None, None, (Paragraph(text),), sentences, LineCounts(1, 0))


@pytest.mark.parametrize(
    ("title", "text", "heading"),
    [
        (
            "المنتخب يفوز بهدفين",
            "فاز المنتخب بهدفين في المباراة النهائية للبطولة، وسجل المهاجم الهدف الأول في الشوط الأول.",
            "Sport",
        ),
        (
            "البنك المركزي يرفع الفائدة",
            "رفع البنك المركزي سعر الفائدة نقطة واحدة لكبح التضخم، وتراجعت أسهم البورصة والدولار.",
            "Economy",
        ),
        (
            "قصف جديد على الجبهة",
            "قصف الجيش مواقع للمسلحين قرب الحدود، وقال وزير الدفاع إن الهجوم رد على إطلاق صواريخ.",
            "Politics and conflict",
        ),
        (
            "مهرجان السينما يفتتح",
            "افتتح المهرجان بعرض فيلم للمخرج، ويشارك فيه ممثلون ومطربون من بلدان عربية عديدة.",
            "Culture",
        ),
        (
            "لقاح جديد ضد الفيروس",
            "أظهرت دراسة نشرت في مجلة علمية أن الباحثين طوروا علاجا لخلايا السرطان، وقال العلماء إن الدماغ والخلايا تستجيب.",
            "Science and health",
        ),
    ],
)
def test_clear_cases(title: str, text: str, heading: str) -> None:
    topic = topic_of([article(title, text)])
    assert topic.heading == heading
    assert topic.confidence > 0.5
    assert topic.stems


def test_what_is_not_clear_goes_under_other_and_names_are_the_readers_own() -> None:
    unclear = article("عنوان", "كلام عام لا يقول شيئا عن شيء.")
    assert topic_of([unclear]).heading == OTHER
    assert topic_of([unclear], {OTHER: "Rest"}).heading == "Rest"
    sport = article("المنتخب يفوز", "فاز المنتخب في المباراة النهائية وسجل المهاجم هدفين للفريق في الدوري.")
    assert topic_of([sport], {"Sport": "Games"}).heading == "Games"


def test_a_table_is_read_as_it_was_written_and_every_weight_counts() -> None:
    table = TopicTable(("A", "B"), {BIAS: (0.0, 0.1), "كلم": (1.5, -2.0)})
    assert TopicTable.from_text(table.to_text()) == table
    assert classify({}, table).heading == "B"
    found = classify({"كلم": 1.0, "غريب": 9.0}, table)
    assert (found.heading, found.stems) == ("A", ("كلم",))
    assert found.confidence == pytest.approx(0.967, abs=0.001)


def test_the_table_that_ships_is_whole() -> None:
    table = bundled_topics()
    assert len(table.headings) == 6
    assert len(table.weights) == 6001
    assert {len(weights) for weights in table.weights.values()} == {6}
    assert vector([("المباراة", 1.0)]).keys() <= table.weights.keys()
