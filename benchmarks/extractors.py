"""What digest is compared with on cleaning: extractors of others, and rules of thumb over plain lines.

An extractor takes an HTML page and returns the lines of its main text; it is None where its library is not installed.
What the libraries print and warn of is silenced around their calls.
"""

from __future__ import annotations

import contextlib
import io
import logging
import warnings
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Extractor = Callable[[str], list[str]]

# jusText counts characters and stop words of whole paragraphs; with its defaults every Arabic paragraph is "bad", since
# most of its Arabic stop words are written as prefixes. With these, news paragraphs are "good".
JUSTEXT_ARABIC = {"length_low": 50, "length_high": 100, "stopwords_low": 0.1, "stopwords_high": 0.2}
LONG_LINE_WORDS = 15
RUN_BIAS_WORDS = 12
_NO_PAGE = "http://localhost/"  # newspaper4k wants an address; nothing is asked for there


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """Keep quiet what a library logs, warns of and prints."""
    disabled = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            with contextlib.redirect_stderr(io.StringIO()):
                yield
    finally:
        logging.disable(disabled)


def as_page(lines: Sequence[str]) -> str:
    """Return a minimal HTML page with every non-empty line as a paragraph."""
    body = "\n".join(f"<p>{escape(line)}</p>" for line in lines if line.strip())
    return f'<!DOCTYPE html>\n<html lang="ar"><head><meta charset="utf-8"></head><body>\n{body}\n</body></html>\n'


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").split("\n") if line.strip()]


def trafilatura_extractor(*, favor_precision: bool = False) -> Extractor | None:
    """Return trafilatura's plain-text extraction, comments left out."""
    try:
        from trafilatura import extract
    except ImportError:
        return None

    def run(page: str) -> list[str]:
        with silence():
            return _lines(extract(page, include_comments=False, favor_precision=favor_precision))

    return run


def justext_extractor() -> Extractor | None:
    """Return jusText with thresholds that work for Arabic."""
    try:
        import justext
    except ImportError:
        return None
    stop_words = justext.get_stoplist("Arabic")

    def run(page: str) -> list[str]:
        with silence():
            paragraphs = justext.justext(page, stop_words, **JUSTEXT_ARABIC)
        return [line for paragraph in paragraphs if not paragraph.is_boilerplate for line in _lines(paragraph.text)]

    return run


def newspaper_extractor() -> Extractor | None:
    """Return newspaper4k's text of an Arabic page."""
    try:
        with silence():
            import newspaper
    except ImportError:
        return None

    def run(page: str) -> list[str]:
        with silence():
            article = newspaper.Article(_NO_PAGE, language="ar", fetch_images=False)
            article.download(input_html=page)
            article.parse()
        return _lines(article.text)

    return run


def page_extractors() -> dict[str, Extractor | None]:
    """Return the extractors of others by name, as they are run on HTML pages."""
    return {
        "trafilatura": trafilatura_extractor(),
        "trafilatura, favouring precision": trafilatura_extractor(favor_precision=True),
        "jusText, Arabic thresholds": justext_extractor(),
        "newspaper4k": newspaper_extractor(),
    }


def comparable(line: str) -> str:
    """Return `line` with its white space collapsed, as extractors return lines."""
    return " ".join(line.split())


def kept_by(extractor: Extractor, lines: Sequence[str]) -> list[bool]:
    """Return for every line whether it comes out of `extractor`, given all lines as paragraphs of one page."""
    output = {comparable(line) for line in extractor(as_page(lines))}
    return [comparable(line) in output for line in lines]


def keep_all(lines: Sequence[str]) -> list[bool]:
    """Keep every line."""
    return [True for _ in lines]


def keep_long(lines: Sequence[str]) -> list[bool]:
    """Keep lines of at least 15 words."""
    return [len(line.split()) >= LONG_LINE_WORDS for line in lines]


def keep_best_run(lines: Sequence[str]) -> list[bool]:
    """Keep the run of lines with the largest sum of (words - 12), the longest text among the menus (Kadane 1984)."""
    best, start, end = 0, 0, 0
    total, begin = 0, 0
    for at, line in enumerate(lines):
        if total <= 0:
            total, begin = 0, at
        total += len(line.split()) - RUN_BIAS_WORDS
        if total > best:
            best, start, end = total, begin, at + 1
    return [start <= at < end for at in range(len(lines))]
