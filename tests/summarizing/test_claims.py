"""Who says it: whole names, and nobody where the words are not sure to be a speaker's."""

from __future__ import annotations

import pytest

from digest.summarizing.claims import Claim, begins_with_saying, claims_of
from digest.summarizing.figure_words import Aligned


def speakers(text: str) -> list[str]:
    return [claim.who for claim in claims_of(Aligned.of(text))]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("أعلنت وزارة الصحة عن مقتل 12 شخصا.", "وزارة الصحة"),
        ("أعلنت الوزارة، في بيان مساء أمس، مقتل 12 شخصا.", "الوزارة"),
        ("وأوضح مدير المستشفى لوكالة محلية أن 12 شخصا أصيبوا.", "مدير المستشفى"),
        ("قتل 12 شخصا بحسب منظمة «البيت الآمن» المحلية.", "منظمة «البيت الآمن» المحلية"),
        ("قال «المركز الوطني» إن 12 شخصا قتلوا.", "المركز الوطني"),
        ("قتل 12 شخصا وفقا للشرطة.", "الشرطة"),
        ("قتل 12 شخصا وفقا للجنة الدولية.", "اللجنة الدولية"),
        ("قتل 12 شخصا وفقا للجنة التحقيق.", "لجنة التحقيق"),
        ("قتل 12 شخصا وفقا للندن.", "لندن"),
        ("قتل 12 شخصا بحسب تقرير لجنة التحقيق.", "لجنة التحقيق"),
        ("قتل 12 شخصا بحسب بيان للجنة الوطنية.", "اللجنة الوطنية"),
        ("وفق حصيلة أولية لوزارة الداخلية، قتل 12 شخصا.", "وزارة الداخلية"),
        ("قتل 12 شخصا وفق معلومات موسكو.", "موسكو"),
        ("قتل 12 شخصا، كما أعلنت الشرطة.", "الشرطة"),
        ("وكان الجيش قد أعلن مقتل 12 مسلحا.", "الجيش"),
        ("لكن سكان القرية قالوا إن 12 مدنيا قتلوا.", "سكان القرية"),
        ("نقلت الوكالة عن قائد ميداني قوله إن 12 مسلحا قتلوا.", "قائد ميداني"),
        ("أخبر الطبيب قناة محلية أن 12 شخصا أصيبوا.", "الطبيب"),
        ('وقال المسؤول "رأينا ستة قتلى في الشارع".', "المسؤول"),
        ("صرح الوزير لوسائل الإعلام أن 12 شخصا أصيبوا.", "الوزير"),
        ("أعلنت الحكومة، السبت 25 يوليو، عن اعتقال 320 شخصا.", "الحكومة"),
        ("ونقلت وكالة أنباء محلية أن 12 شخصا أصيبوا.", "وكالة أنباء محلية"),
        ("قالت إدارة مستشفى الشفاء إن 12 شخصا أصيبوا.", "إدارة مستشفى الشفاء"),
    ],
)
def test_a_speaker_is_named_whole(text: str, who: str) -> None:
    assert speakers(text) == [who]


@pytest.mark.parametrize(
    "text",
    [
        "وأضاف أن 12 شخصا قتلوا.",
        "قال إن 12 شخصا قتلوا.",
        "وأوضح في بيان أن 12 شخصا قتلوا.",
        "قتل 12 شخصا وفق حصيلة رسمية.",
        "قتل 12 شخصا بحسب المعلومات الأولية.",
        "قتل 12 شخصا بحسب بيانها.",
        "ووفقا لها، قتل 12 شخصا.",
        "قتل 12 شخصا وفقا له.",
        "كشفت الشرطة تفاصيل مقتل 12 شخصا.",
        "أعلن التنظيم مسؤوليته عن هجوم أسفر عن مقتل 12 شخصا.",
        "أعلنت المدينة الحداد بعد مقتل 12 شخصا.",
        "قتل 12 شخصا في هجوم بحسب «مصادر.",
        "الفرق بين المدينة والقرية أن الأولى أكبر.",
    ],
)
def test_nobody_is_made_a_speaker(text: str) -> None:
    assert speakers(text) == []


def test_speech_in_quotation_marks_ends_with_them() -> None:
    text = 'وقال المحافظ: "لن نتراجع"، بعد هجوم أوقع 12 قتيلا.'
    (claim,) = claims_of(Aligned.of(text))
    assert claim.who == "المحافظ"
    assert claim.start < claim.end < text.index("بعد")


def test_what_folding_drops_is_shown() -> None:
    text = Aligned.of("قال رئيسُ الوزراء إن الوضع هادئ.")
    (claim,) = claims_of(text)
    assert claim == Claim(0, "رئيسُ الوزراء", is_source=False)


@pytest.mark.parametrize(("folded", "says"), [("واضاف ان", True), ("اعلن ان", True), ("وهو ما", False), ("", False)])
def test_a_sentence_that_begins_with_saying(folded: str, says: bool) -> None:
    assert begins_with_saying(folded) is says
