"""The sample articles: enough of them, as varied as their README says, and in the shapes of real scraped pages."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pytest

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
TEXTS = {path.name: path.read_bytes().decode("utf-8") for path in sorted(SEEDS.glob("*.txt"))}
UNKNOWN = "—"

# Each shape as it stands on a scraped page, and how many of the files show it at least.
SHAPES = {
    "navigation": (r"^قائمة الموقع$", 2),
    "timestamp": (r"^2023-08-2[34]T\d\d:\d\d:\d\d\+03:00$", 8),
    "image name": (r"^[\w-]+\.jpg$", 2),
    "byline of an outlet and agencies": (r"^\w+ \w*العيّنة- وكالات$", 2),
    "byline of an outlet and a section": (r"^منبر المثال – \w+$", 2),
    "counter": (r"^\d{1,4}$", 2),
    "caption with its agency": (r"^[^.\n]{20,} \((?:أ ب|رويترز|الفرنسية|الأناضول)\)$", 3),
    "caption between title and lead": (r"\A[^\n]+\n\n(?:\d[^\n]+\n\n)?[^\W\d][^\n.]{20,90}\n\n[^\n]{100,}\.$", 3),
    "caption on a subhead": (r"^[^.\n]+ \((?:رويترز|الفرنسية)\)\n[^.\n]{5,40}$", 2),
    "credit alone": (r"^\(أ ب\)$", 2),
    "lead and title repeated": (r"\A([^\n]+)\n\n(?:[^\n]+\n\n)?([^\n]{80,})\n\n\1\n\n\([^\n]+\)\n\n\2$", 2),
    "subhead on its paragraph": (r"^[^\n.]{5,40}\n[^\n]{80,}\.$", 2),
    "subhead between blank lines": (r"\.\s*\n\n[^\n.]{5,40}\n\n[^\n]{80,}\.$", 4),
    "related headlines glued to a subhead": (r"\n\n[^\n.]{20,}\.\. [^\n.]{60,}\n\n", 3),
    "embed in another language": (r"^[^\n\u0600-\u06ff]{20,}…\n\nPosted by [\w -]+ on \w+, 2[34] August 2023$", 3),
    "embed of the day before": (r"^Posted by [\w -]+ on Wednesday, 23 August 2023$", 1),
    "source with agencies": (r"^المصدر\s?: [^\n+]+ \+ وكالات$", 4),
    "source alone": (r"^المصدر: [^\n+]+$", 3),
    "keywords": (r"^كلمات دلالية: \S+(?: \S+){9,}$", 2),
    "advertisement": (r"^إعلان$", 3),
    "comments": (r"^التعليقات$", 2),
    "related": (r"^(?:اخبار ذات صلة|قد يعجبك ايضا)$", 4),
    "another article named": (r"^المزيد : [^\n]+$", 2),
    "second article": (r"^إقرأ أيضاً:\n\n[^\n.]{20,}\n\n(?:[^\n]+\n\n)?(?:[^\n]{80,}\n\n){2}", 1),
    "bullets of similar articles": (r"^مقالات مشابهة\n\n(?:  • [^\n]+\n){3,}", 2),
    "line cut off in a word": (r"\w>$", 1),
    "sentence broken over two paragraphs": (r"^[^\n]{80,}\w\n\nفي [^\n]{10,60}\.$", 1),
    "line of one no-break space": (r"^\u00a0$", 2),
    "curly quotes": (r"“[^”\n]+”", 2),
    "guillemets": (r"«[^»\n]+»", 3),
    "straight quotes": (r'"[^"\n]+"', 3),
    "Arabic-Indic digits": (r"[٠-٩]", 3),
    "decimal number": (r"\d\.\d|[٠-٩]٫[٠-٩]", 4),
    "percentage": (r"\d%|[٠-٩]٪|في المئة", 4),
    "two names of a month": (r"\w/ ?(?:آب|أيلول|تموز|حزيران|أغسطس|سبتمبر|يوليو|يونيو)", 4),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the README's table: what one article states of itself, its event, and its part of the file."""

    file: str
    outlet: str
    published: str
    event: str

    @property
    def second(self) -> bool:
        """Tell whether it is the article behind another one of the same file."""
        return self.file.endswith(", second article")

    @property
    def page(self) -> str:
        """The article's part of the file, with all that the scraper left around it."""
        return TEXTS[self.file.removesuffix(", second article")].split("إقرأ أيضاً:")[self.second]


def table() -> tuple[Row, ...]:
    lines = (SEEDS / "README.md").read_text(encoding="utf-8").splitlines()
    rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|"))
    return tuple(Row(*cells[:4]) for cells in rows if re.match(r"\d\d-", cells[0]))


def whole_paragraphs(page: str) -> list[str]:
    """Return the paragraphs of `page` that end as a sentence does, each once."""
    lines = dict.fromkeys(line.strip() for line in page.splitlines())
    return [line for line in lines if len(line.split()) >= 12 and line.endswith(".")]


def test_there_are_at_least_twelve_files_with_ascii_names() -> None:
    assert len(TEXTS) >= 12
    assert all(re.fullmatch(r"\d\d-[a-z-]+\.txt", name) for name in TEXTS)


def test_readme_names_every_file_and_no_other() -> None:
    assert {row.file.removesuffix(", second article") for row in table()} == set(TEXTS)


def test_there_are_at_least_four_outlets_and_five_events() -> None:
    assert len({row.outlet for row in table()} - {UNKNOWN}) >= 4
    assert len({row.event for row in table()}) >= 5


def test_at_least_three_events_are_covered_by_several_outlets() -> None:
    outlets = defaultdict(set)
    for row in table():
        outlets[row.event].add(row.outlet)
    assert sum(len(names - {UNKNOWN}) >= 2 for names in outlets.values()) >= 3


def test_the_pages_are_of_one_day_and_the_day_before() -> None:
    assert {row.published for row in table()} == {"2023-08-24", "2023-08-23", UNKNOWN}


@pytest.mark.parametrize("row", table(), ids=lambda row: row.file)
def test_a_page_states_the_outlet_that_the_readme_gives(row: Row) -> None:
    bylines = re.findall(r"^([^\n]+?)(?:- وكالات| – \w+)$", row.page, re.MULTILINE)
    sources = re.findall(r"^المصدر\s?: ([^\n+]+?)(?: \+ وكالات)?$", row.page, re.MULTILINE)
    assert set(bylines + sources) == {row.outlet} - {UNKNOWN}


@pytest.mark.parametrize("row", table(), ids=lambda row: row.file)
def test_a_page_states_the_date_that_the_readme_gives(row: Row) -> None:
    timestamps = re.findall(r"^(\d{4}-\d\d-\d\d)T", row.page, re.MULTILINE)
    posts = re.findall(r"^Posted by .+ on \w+, (\d+) August 2023$", row.page, re.MULTILINE)
    assert set(timestamps + [f"2023-08-{day}" for day in posts]) == {row.published} - {UNKNOWN}


@pytest.mark.parametrize("row", table(), ids=lambda row: row.file)
def test_an_article_is_long_enough_to_be_summarised(row: Row) -> None:
    paragraphs = whole_paragraphs(row.page)
    least, most = (90, 330) if row.second else (180, 330)
    assert least <= sum(len(paragraph.split()) for paragraph in paragraphs) <= most
    assert len(paragraphs) >= 3


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_of_scraped_pages_is_present(shape: str) -> None:
    pattern, least = SHAPES[shape]
    assert sum(bool(re.search(pattern, text, re.MULTILINE)) for text in TEXTS.values()) >= least


def test_no_paragraph_stands_in_two_pages() -> None:
    for (name, text), (other_name, other_text) in combinations(TEXTS.items(), 2):
        assert not set(whole_paragraphs(text)) & set(whole_paragraphs(other_text)), (name, other_name)
