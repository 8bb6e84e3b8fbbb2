"""A briefing made by hand: stories, doubts, unknowns, failures, and texts that try to break out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from digest.model import (
    Article,
    BriefFigure,
    Briefing,
    BriefSentence,
    BriefStory,
    Doubt,
    Failure,
    Figure,
    LeftOut,
    LineCounts,
    PackageInfo,
    Paragraph,
    Sentence,
    Translation,
)

ADDRESS = "https://sahel.example/a_b-(1)/قصة"


def article(
    article_id: str,
    title: str,
    *sentences: str,
    outlet: str | None = None,
    published: date | None = None,
    title_made: bool = False,
    dropped: int = 0,
    url: str | None = None,
) -> Article:
    """Return an article whose every sentence is a paragraph."""
    return Article(
        id=article_id,
        origin=f"day/{article_id}.txt",
        title=title,
        title_made=title_made,
        outlet=outlet,
        author=None,
        published=published,
        paragraphs=tuple(Paragraph(text) for text in sentences),
        sentences=tuple(Sentence(text, index, index) for index, text in enumerate(sentences)),
        lines=LineCounts(kept=1 + len(sentences), dropped=dropped),
        url=url,
    )


HARBOUR = article(
    "harbour-1",
    "افتتاح رصيف جديد في ميناء المدينة بعد 3 سنوات من العمل",
    "افتتح وزير النقل يوم الخميس الرصيف الجديد في ميناء المدينة.",
    "وقال الوزير إن كلفة المشروع بلغت 12.5 مليون دولار، وإن شركة Delta Ports نفذته.",
    "2024. كان العام صعبا على عمال الميناء.",
    outlet="صحيفة الساحل",
    published=date(2026, 11, 19),
    dropped=14,
    url=ADDRESS,
)
PORT = article(
    "harbour-2",
    "الميناء يستقبل أول سفينة على الرصيف الجديد",
    "رست أول سفينة حاويات على الرصيف الجديد صباح اليوم، وعلى متنها 840 حاوية.",
    outlet="وكالة المرفأ",
    dropped=3,
    url="javascript:alert(1)",
)
QUAY = article(
    "harbour-3",
    "عمال الميناء: الرصيف الجديد يحتاج إلى رافعات",
    "قال ممثل العمال إن الرصيف يحتاج إلى أربع رافعات أخرى قبل الصيف.",
    published=date(2026, 11, 20),
)
RAIN = article(
    "rain-1",
    "أمطار غزيرة تغلق الطريق الجبلي",
    "أغلقت الأمطار الغزيرة الطريق الجبلي أمام الشاحنات حتى إشعار آخر.",
    "- 5 سيارات علقت في الوحل، ولم تقع إصابات.",
    outlet="BBC الجبل",
    published=date(2026, 11, 20),
    dropped=41,
)
HOSTILE = article(
    "<script>alert(1)</script>",
    "[x](javascript:alert(1)) و*عنوان* <b>غامق</b>",
    "<script>alert('نص')</script> ثم <img src=https://example.invalid/p.png>",
    "=== أو ~~~ أو `شيفرة` | عمود | # عنوان \\ نهاية",
    outlet="<b>صدى_البلد_اليوم</b>",
    title_made=True,
    dropped=2,
)


def sentence(of: Article, index: int, en: str, *doubts: Doubt) -> BriefSentence:
    """Return the sentence at `index` of an article with its English."""
    return BriefSentence(Translation(of.sentences[index].text, en, doubts), of.id, index)


BRIEFING = Briefing(
    date=date(2026, 11, 20),
    package=PackageInfo(id="translate-ar_en-0", version="0.1", bundled=True),
    stories=(
        BriefStory(
            id="3f2a9c",
            headline=Translation(HARBOUR.title, "New quay opens in the city's harbour after 3 years of work"),
            articles=(HARBOUR.id, PORT.id, QUAY.id),
            sentences=(
                sentence(HARBOUR, 0, "The minister of transport opened the new quay in the harbour on Thursday."),
                sentence(
                    HARBOUR,
                    1,
                    "The minister said that the project had cost 12 million dollars and that Delta Ports had built it.",
                    Doubt("numbers", "the Arabic has 12.5, the English has 12"),
                ),
                BriefSentence(
                    Translation(
                        HARBOUR.sentences[2].text, "2024. The year was hard on the harbour's workers.", by_hand=True
                    ),
                    HARBOUR.id,
                    2,
                ),
                sentence(
                    PORT, 0, "The first container ship moored at the new quay this morning with 840 containers aboard."
                ),
                sentence(
                    QUAY,
                    0,
                    "The workers' spokesman said that the quay needs four more رافعات before summer.",
                    Doubt("script", "Arabic is left in the English: رافعات"),
                    Doubt("length", "the English is short for its Arabic"),
                ),
            ),
        ),
        BriefStory(
            id="b71e04",
            headline=Translation(RAIN.title, "Heavy rain closes the mountain road"),
            articles=(RAIN.id,),
            sentences=(
                sentence(RAIN, 0, "Heavy rain closed the mountain road to lorries until further notice."),
                sentence(RAIN, 1, "- 5 cars were stuck in the mud, and nobody was hurt."),
            ),
            figures=(
                BriefFigure(
                    Figure(Decimal(1250), "more than", "people", "displaced", "هيئة الطرق في المحافظة", RAIN.id, 1),
                    Translation("هيئة الطرق في المحافظة", "the governorate's roads authority"),
                ),
                BriefFigure(Figure(Decimal(5), "", "", "wounded", "", RAIN.id, 1), None),
            ),
            status="update",
            topic="Weather & roads",
            rank=1,
            names=(("Beirut", "بيروت"), ("Civil <Defence>", "الدفاع المدني")),
            since=date(2026, 11, 18),
            earlier=((date(2026, 11, 18), "a0"), (date(2026, 11, 19), "a1")),
        ),
        BriefStory(
            id="قصة <3>",
            headline=Translation(
                HOSTILE.title,
                "[x](javascript:alert(1)) and *title*\nBcc: everyone@example.invalid <b>bold</b>",
                (Doubt("markup", "the title holds <b>markup</b> & [links](https://example.invalid)"),),
            ),
            articles=(HOSTILE.id,),
            sentences=(
                sentence(HOSTILE, 0, "<script>alert('text')</script> then <img src=https://example.invalid/p.png>"),
                sentence(HOSTILE, 1, "=== or ~~~ or `code` | column | # heading \\ end &lt; $5 and 6$ {: onclick=x}"),
            ),
        ),
    ),
    articles=(HARBOUR, PORT, QUAY, RAIN, HOSTILE),
    failures=(
        Failure("day/empty.txt", "reading", "the file is empty"),
        Failure("day/ملف قديم.txt", "cleaning", "no Arabic article is left of it"),
    ),
    passed_over=("day/README.md", "day/articles.json"),
    left_out=(
        LeftOut("2023. انتهى موسم <الصيد> في الخليج", 2, "nothing new since 2026-11-18"),
        LeftOut("", 3, "published before 2026-11-19 or after 2026-11-21"),
        LeftOut("- مباراة *اليوم*", 1, "muted: مباراة"),
    ),
    settings=(("sentences", "4"), ("watch", "ميناء, *مطر*"), ("mute", "")),
)
