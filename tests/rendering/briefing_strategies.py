"""Briefings for hypothesis: texts of every script with the characters that mean something to Markdown, HTML and mail."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

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
    Sentence,
    Translation,
)

HOSTILE = st.sampled_from(
    [
        "2024. كان العام صعبا",
        "٢٠٢٤. كان العام صعبا",
        "1) ",
        "- ",
        "+ ",
        "# ",
        "> ",
        "===",
        "---",
        "***",
        "```",
        "~~~",
        "| --- |",
        "[x](javascript:alert(1))",
        "![](https://example.invalid/p.png)",
        "<script>alert(1)</script>",
        "<https://example.invalid>",
        "<!-- ",
        "]]>",
        "&lt;",
        "&#x3c;",
        "&copy",
        "\\",
        "\\*",
        "_a_ *b* __c__",
        "{: onclick=x}",
        "$a$ $$b$$",
        "==a== %%b%%",
        "\r\nBcc: x@example.invalid",
        "\u2028",
        "\u202e",
        "\u2067",
        "\u2069",
        "\u0002klzzwxh:0000\u0003",
        "\u0002amp\u0003",
        "{{ 7 * 7 }}{% raw %}",
        "الجزيرة",
        "قال Ahmed 12.5٪",
    ]
)
TEXTS = st.lists(st.one_of(HOSTILE, st.text(max_size=12)), max_size=5).map(" ".join)
PRINTED = TEXTS.map(lambda text: f"{text} نص text")
"""Texts with something to print in them."""


def _doubts() -> st.SearchStrategy[tuple[Doubt, ...]]:
    return st.lists(st.builds(Doubt, st.just("guard"), PRINTED), max_size=2).map(tuple)


def _translations() -> st.SearchStrategy[Translation]:
    return st.builds(Translation, PRINTED, PRINTED, _doubts(), st.booleans())


def _figures(ids: st.SearchStrategy[str]) -> st.SearchStrategy[Figure]:
    return st.builds(
        Figure,
        value=st.decimals(1, 10**7, places=0),
        qualifier=st.sampled_from(["", "more than"]),
        counted=st.sampled_from(["", "civilians"]),
        event=st.sampled_from(["killed", "wounded"]),
        claimant=PRINTED,
        article=ids,
        index=st.integers(0, 9),
    )


@st.composite
def _articles(draw: st.DrawFn, article_id: str) -> Article:
    return Article(
        id=article_id,
        origin=draw(PRINTED),
        title=draw(PRINTED),
        title_made=draw(st.booleans()),
        outlet=draw(st.none() | PRINTED),
        author=None,
        published=draw(st.none() | st.dates(date(2020, 1, 1), date(2030, 12, 31))),
        paragraphs=(),
        sentences=(Sentence("نص", 0, 0),),
        lines=LineCounts(draw(st.integers(0, 500)), draw(st.integers(0, 500))),
        url=draw(st.none() | PRINTED),
    )


@st.composite
def briefings(draw: st.DrawFn) -> Briefing:
    """Draw a briefing of up to three articles and three stories."""
    articles = tuple(draw(_articles(f"a{number}")) for number in range(draw(st.integers(1, 3))))
    ids = st.sampled_from([article.id for article in articles])
    stories = st.builds(
        BriefStory,
        id=TEXTS,
        headline=_translations(),
        articles=st.lists(ids, min_size=1, unique=True).map(tuple),
        sentences=st.lists(st.builds(BriefSentence, _translations(), ids, st.integers(0, 99)), max_size=3).map(tuple),
        status=st.sampled_from([None, "new", "update"]) | PRINTED,
        topic=st.none() | PRINTED,
        since=st.none() | st.dates(date(2020, 1, 1), date(2030, 12, 31)),
        earlier=st.lists(st.tuples(st.dates(date(2020, 1, 1), date(2030, 12, 31)), TEXTS), max_size=2).map(tuple),
        rank=st.integers(0, 9),
        names=st.lists(st.tuples(PRINTED, PRINTED), max_size=2).map(tuple),
        copies=st.lists(ids, max_size=1).map(tuple),
        figures=st.lists(st.builds(BriefFigure, _figures(ids), st.none() | _translations()), max_size=2).map(tuple),
    )
    return Briefing(
        date=draw(st.dates(date(2020, 1, 1), date(2030, 12, 31))),
        package=draw(st.builds(PackageInfo, PRINTED, PRINTED, st.booleans())),
        stories=tuple(draw(st.lists(stories, max_size=3, unique_by=lambda story: story.id))),
        articles=articles,
        failures=tuple(draw(st.lists(st.builds(Failure, PRINTED, st.just("reading"), PRINTED), max_size=2))),
        passed_over=tuple(draw(st.lists(PRINTED, max_size=2))),
        left_out=tuple(
            draw(st.lists(st.builds(LeftOut, st.just("") | PRINTED, st.integers(1, 99), PRINTED), max_size=2))
        ),
        settings=tuple(draw(st.dictionaries(PRINTED, PRINTED, max_size=2)).items()),
    )
