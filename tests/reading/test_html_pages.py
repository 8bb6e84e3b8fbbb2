"""HTML pages become their main text and what they state about it."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from conftest import SHARED

from digest.arabic.text import fold, words
from digest.cleaning import bundled_rules, clean
from digest.errors import ReadingError
from digest.fetching.header import make_header
from digest.reading.pages import read_page

LEAD = "أعلنت وزارة الصحة، اليوم الأربعاء، تسجيل إصابات جديدة في ثلاث محافظات جنوبية بسبب تلوث المياه في الآبار."
MORE = "وقالت الوزارة إن المصابين نقلوا إلى المستشفى الجامعي وإن حالتهم مستقرة، وإنها أخذت عينات من كل الآبار."
PAGE = f"""<!DOCTYPE html><html lang="ar"><head>META<title>وزارة الصحة تسجل إصابات جديدة | صحيفة المثال</title>
<meta property="og:title" content="وزارة الصحة تسجل إصابات جديدة | صحيفة المثال">
<meta property="og:site_name" content="صحيفة المثال">
<meta property="article:published_time" content="2020-10-14T10:00:00+03:00">
<link rel="canonical" href="https://example.org/news/1"></head>
<body><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/s">سياسة</a></li></ul></nav>
<article><h1>وزارة الصحة تسجل إصابات جديدة</h1><p>{LEAD}</p><p>اقرأ أيضا: <a href="/2">خبر آخر عن شيء آخر</a></p>
<p>{MORE}</p><p>{LEAD.replace("الصحة", "المياه")}</p></article><footer>جميع الحقوق محفوظة</footer></body></html>"""


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", "utf-8"), ("cp1256", "windows-1256"), ("iso-8859-6", "iso-8859-6"), ("cp1256", "utf-8"), ("cp1256", "")],
)
def test_a_page_in_any_encoding(encoding: str, declared: str) -> None:
    meta = f'<meta charset="{declared}">' if declared else ""
    document = read_page("page.html", PAGE.replace("META", meta).encode(encoding))
    (article,) = clean(document, bundled_rules())
    assert article.title == "وزارة الصحة تسجل إصابات جديدة"
    assert [paragraph.text for paragraph in article.paragraphs][:2] == [LEAD, MORE]
    assert (article.outlet, article.published) == ("صحيفة المثال", date(2020, 10, 14))
    assert article.url == "https://example.org/news/1"


@pytest.mark.parametrize(
    ("encoding", "served_as"), [("utf-16", None), ("utf-16-le", "utf-16"), ("cp1256", "windows-1256"), ("cp1256", None)]
)
def test_a_fetched_page_knows_its_charset_and_its_address(encoding: str, served_as: str | None) -> None:
    page = PAGE.replace("META", "").replace('<link rel="canonical" href="https://example.org/news/1">', "")
    header = make_header("https://example.org/fetched", datetime(2020, 10, 14, tzinfo=UTC), served_as)
    document = read_page("page.html", header + page.encode(encoding))
    assert LEAD in document.text
    assert "digest:" not in document.text
    assert document.hints.url == "https://example.org/fetched"


def test_scripts_do_not_hide_what_encoding_a_page_is_in() -> None:
    script = "<script>" + "var counter = function (first, second) { return first; };" * 200 + "</script>"
    document = read_page("page.html", PAGE.replace("META", script).encode("cp1256"))
    assert LEAD in document.text


def test_a_date_in_the_text_is_not_the_page_s() -> None:
    page = PAGE.replace('<meta property="article:published_time" content="2020-10-14T10:00:00+03:00">', "")
    page = page.replace(MORE, MORE + " ووقع الحادث في 9 أكتوبر 2020.")
    assert read_page("page.html", page.encode()).hints.published is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html><body></body></html>", "no text"),
        (b"<html><body>" + b"<div>" * 5000 + b"x" + b"</div>" * 5000, "inside each other"),
        (b"<html>\0\0", "binary"),
    ],
)
def test_what_is_no_page_of_an_article_says_so(data: bytes, said: str) -> None:
    with pytest.raises(ReadingError, match=said):
        read_page("page.html", data)


def test_pages_need_their_libraries_only_when_there_is_one() -> None:
    code = "import sys, digest.reading; assert not {'trafilatura', 'lxml', 'htmldate'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def tokens(text: str) -> Counter[str]:
    return Counter(words(fold(text)))


def test_labelled_pages() -> None:
    folder = SHARED / "eval" / "clean" / "dev" / "html"
    if not folder.is_dir():
        pytest.skip("the labelled pages (../shared/eval/clean) are not at hand")
    scores = []
    for file in sorted(folder.glob("*.html")):
        (article, *_) = clean(read_page(str(file), file.read_bytes()), bundled_rules())
        own = tokens("\n".join(paragraph.text for paragraph in article.paragraphs))
        gold = tokens(file.with_suffix(".gold.txt").read_text(encoding="utf-8"))
        scores.append(2 * (own & gold).total() / (own.total() + gold.total()))
    assert sum(scores) / len(scores) >= 0.98
