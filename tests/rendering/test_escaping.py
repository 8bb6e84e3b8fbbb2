"""Text that others wrote comes back from Markdown as exactly that text, in two independent readers."""

from __future__ import annotations

import markdown
import pytest
from briefing_strategies import TEXTS
from hypothesis import example, given
from markdown_it import MarkdownIt
from reading_back import Page

from digest.rendering.bidi import one_line
from digest.rendering.escaping import escape_markdown

GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def both(source: str) -> list[Page]:
    return [Page(markdown.markdown(source, extensions=["extra"])), Page(GITHUB.render(source))]


@given(TEXTS)
@example("2024. كان العام صعبا")
@example("٢٠٢٤. كان العام صعبا")
@example("2024)")
@example("- 5 قتلى")
@example("+ 3")
@example("*وزير* _a_ [x](y) <b> | `c` \\ # d")
@example("===")
@example("~~~ ~~a~~")
@example("a &amp; b &lt;")
def test_a_paragraph_a_quotation_and_a_bullet_keep_the_text(text: str) -> None:
    line = one_line(text)
    for before, tags in (("", ["p"]), ("> ", ["blockquote", "p"]), ("before\n\n- ", ["p", "ul", "li"])):
        for page in both(f"{before}{escape_markdown(line)}\n"):
            seen = [element.tag for element in page.elements]
            assert seen == tags or not line
            assert not line or page.elements[-1].text.strip() == line


@given(TEXTS)
def test_a_heading_and_emphasis_keep_the_text(text: str) -> None:
    line = one_line(text)
    if not line:
        return
    for page in both(f"## 1. {escape_markdown(line)}\n\nbefore *{escape_markdown(line)} · file*\n"):
        assert [element.tag for element in page.elements] == ["h2", "p", "em"]
        assert page.elements[0].text == f"1. {line}"
        assert page.elements[2].text == f"{line} · file"


@pytest.mark.parametrize("text", ["$5 million and $10", "12.5", "-", "Delta Ports (840)", "AT&T", "a = b", "50%"])
def test_plain_news_text_stays_readable(text: str) -> None:
    assert escape_markdown(text).removeprefix("\\") == text


def test_formulas_highlights_and_comments_of_obsidian_are_broken_up() -> None:
    escaped = escape_markdown("$a$ ==b== %%c%%")
    assert not any(mark in escaped for mark in ("a$", "==", "%%"))
