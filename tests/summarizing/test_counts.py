"""Counts: the number with its qualifier, what is counted and what happened; what has not happened is none."""

from __future__ import annotations

import pytest

from digest.arabic.text import fold_spelling
from digest.summarizing.counts import counts_of


def counted(text: str) -> list[str]:
    return [
        " ".join(f"{one.qualifier} {one.value} {one.counted} {one.event}".split())
        for one in counts_of(fold_spelling(text))
    ]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("سقط 40 قتيلا على الأقل.", ["at least 40 killed"]),
        ("سقط على الأقل 40 قتيلا.", ["at least 40 killed"]),
        ("قتل 40 شخصا أو أكثر.", ["at least 40 people killed"]),
        ("قتل 40 جنديا تركيا على الأكثر.", ["at most 40 soldiers killed"]),
        ("سقط 40 قتيلا و50 جريحا على الأقل.", ["40 killed", "at least 50 wounded"]),
        ("نزح 1,5 مليون شخص.", ["1500000 people displaced"]),
        ("قتل مئتا شخص وأصيب ألف ومئتا شخص.", ["200 people killed", "1200 people wounded"]),
        ("قتل 10 أشخاص، بينهم 3 أطفال.", ["10 people killed", "3 children killed"]),
        ("قتل 10 أشخاص وأصيب 20 شخصا، بينهم 3 أطفال.", ["10 people killed", "20 people wounded"]),
        ("أفرجت السلطات عن 15 معتقلا.", ["15 detainees released"]),
        ("دمر القصف 25 منزلا وقتل 3 مدنيين.", ["25 houses destroyed", "3 civilians killed"]),
        ("ارتفع عدد القتلى من 80 إلى 112 شخصا.", ["112 people killed"]),
        ("أصيب 4 عناصر من الدفاع المدني.", ["4 rescue workers wounded"]),
        ("أسقط الجيش، مساء أمس، 3 مروحيات.", ["3 helicopters shot down"]),
        ("لم تتبن أي جهة الهجوم الذي أسفر عن مقتل 12 شخصا.", ["12 people killed"]),
    ],
)
def test_counts(text: str, counts: list[str]) -> None:
    assert counted(text) == counts


@pytest.mark.parametrize(
    "text",
    [
        "نفى الجيش مقتل 8 جنود.",
        "لم يسفر الهجوم عن مقتل 8 جنود.",
        "قد يموت 500 طفل.",
        "يخشى أن يكون 40 عاملا قد قتلوا.",
        "هددوا بقتل 12 رهينة.",
        "تعهدت الحكومة بالإفراج عن 500 سجين.",
        "أرسلت الوزارة حافلات لإجلاء 300 شخص.",
        "قتل ما بين 30 و40 شخصا.",
        "قتل ما بين خمسين وستين شخصا.",
        "قتل 30 إلى 40 شخصا.",
        "بلغت نسبة المصابين 12 في المئة من السكان.",
        "أصيب 13 شخصا بفيروس جديد.",
        "أوقفت الشركة 200 عامل عن العمل.",
        "فقد 300 عامل وظائفهم.",
        "أصدر القضاء مذكرات توقيف بحق 6 مسؤولين.",
        "ذهب ضحيتها 21 طفلا ومعلما.",
        "قتل 22 من المدنيين والمقاتلين.",
        "انتشر الفيروس في المدينة وأصاب 186 شخصا.",
        "أصيب شخصان من أصل 14 راكبا.",
        "نشرت الحكومة 200 شرطي بعد مقتل متظاهر.",
        "اعتقلت القوات 5 جرحى.",
        "توفي 2019 في منزله.",
    ],
)
def test_what_is_no_count(text: str) -> None:
    assert counted(text) == []
