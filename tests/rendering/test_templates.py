"""A user's own templates: single files replace ours, and a broken one is told in one line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from reading_back import message, part
from sample_briefing import BRIEFING

from digest.errors import TemplateError
from digest.rendering import render
from digest.rendering.templates import Templates

SHIPPED = Path(__file__).parents[2] / "templates"


def test_one_file_of_the_users_replaces_ours_and_the_rest_stays(tmp_path: Path) -> None:
    (tmp_path / "story.md.j2").write_text(
        "## {{ story.headline_en }}\n\n{{ story.sentences[0].en }}\n", encoding="utf-8"
    )
    ours, theirs = render(BRIEFING), render(BRIEFING, tmp_path)
    assert theirs["briefing.md"].startswith(b"# Morning briefing, Friday 20 November 2026")
    assert b"## New quay opens" in theirs["briefing.md"]
    assert b">New quay opens" in theirs["briefing.html"]
    assert b"<h3" not in theirs["briefing.html"]
    assert theirs["briefing.txt"] == ours["briefing.txt"]
    assert theirs["briefing.json"] == ours["briefing.json"]


def test_a_users_template_is_escaped_and_sanitised_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "story.md.j2").write_text(
        "## {{ story.headline_en }}\n\n[ours](https://example.org/) [not](javascript:alert(1)) "
        "<script>alert(2)</script><img src='https://example.org/p.png'><b onclick='x'>b</b>\n",
        encoding="utf-8",
    )
    page = render(BRIEFING, tmp_path)["briefing.html"].decode()
    assert '<a href="https://example.org/"' in page
    assert not any(bad in page for bad in ("<script", "<img", "onclick", 'href="javascript'))
    assert "[x](javascript:alert(1)) and *title*" in page


@pytest.mark.parametrize(
    ("name", "source", "line", "said"),
    [
        ("story.md.j2", "one\ntwo {{ story.no_such_thing }}\n", 2, "no_such_thing"),
        ("briefing.md.j2", "one\n\n{{ no_such_thing }}\n", 3, "no_such_thing"),
        ("page.html.j2", "one\n{% if %}\n", 2, "Expected an expression"),
        ("page.html.j2", "{{ date | no_such_filter }}", 1, "no_such_filter"),
        ("page.css", "a {}\n{{ 1 / 0 }}\n", 2, "division by zero"),
        ("mail.html.j2", "{{ stories[0].story.number + 'a' }}", 1, "unsupported operand"),
        ("briefing.txt.j2", "{% include 'none.txt.j2' %}", None, "none.txt.j2"),
    ],
)
def test_a_broken_template_is_told_with_file_and_line(
    tmp_path: Path, name: str, source: str, line: int | None, said: str
) -> None:
    (tmp_path / name).write_text(source, encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        render(BRIEFING, tmp_path)
    told = str(caught.value)
    assert said in told
    assert "\n" not in told
    assert line is None or told.startswith(f"{tmp_path / name}, line {line}: ")


def test_a_template_that_is_not_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "briefing.txt.j2").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TemplateError, match=r"briefing\.txt\.j2 in .*: not UTF-8 text"):
        render(BRIEFING, tmp_path)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="no such folder of templates"):
        render(BRIEFING, tmp_path / "none")


def test_a_missing_template_is_told_with_the_places_looked_in(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=f"none.html.j2: no such template in {tmp_path} or "):
        Templates(tmp_path).fill("none.html.j2", {})


def test_a_mail_template_that_fills_the_limit_by_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "mail.html.j2").write_text("x" * 90_000, encoding="utf-8")
    with pytest.raises(TemplateError, match=r"mail\.html\.j2: makes 90,000 bytes or more"):
        render(BRIEFING, tmp_path)


def test_a_copy_of_all_templates_gives_the_same_briefing(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "mine")
    assert render(BRIEFING, tmp_path / "mine") == render(BRIEFING)


def test_every_variable_of_the_readme_is_there(tmp_path: Path) -> None:
    (tmp_path / "briefing.txt.j2").write_text(
        "{{ date }}{{ date_text }}{{ hijri_text }}{{ facts }}{{ counts.updates }}{{ counts.undated }}"
        "{{ counts.minutes }}{{ counts.articles }}{{ counts.outlets }}{{ counts.stories }}{{ counts.failures }}"
        "{{ counts.passed_over }}{{ notice }}{% for f in failures %}{{ f.origin }}{{ f.stage }}{{ f.reason }}{% endfor %}"
        "{% for s in stories %}{{ s.number }}{{ s.anchor }}{{ s.headline_en }}{{ s.headline_ar }}{{ s.doubts }}"
        "{{ s.status }}{{ s.topic }}{{ s.carried }}{% for o in s.sources %}{{ o.outlet }}{{ o.url }}{{ o.days }}{% endfor %}"
        "{% for t in s.sentences %}{{ t.en }}{{ t.ar }}{{ t.outlet }}{{ t.origin }}{{ t.doubts }}{% endfor %}{% endfor %}"
        "{% for a in articles %}{{ a.title }}{{ a.title_made }}{{ a.outlet }}{{ a.published }}{{ a.origin }}{{ a.url }}"
        "{{ a.kept }}{{ a.dropped }}{% endfor %}"
        "{% for t in stories[1].thread %}{{ t.text }}{{ t.short }}{{ t.told }}{{ t.href }}{% endfor %}"
        "{% for d in doubtful %}{{ d.number }}{{ d.anchor }}{{ d.place }}{{ d.en }}{{ d.doubts }}{% endfor %}"
        "{{ coverage.outlets }}{{ coverage.words }}{{ coverage.beyond }}{% for r in coverage.rows %}{{ r.number }}"
        "{{ r.headline }}{{ r.carried }}{% endfor %}{% for s in settings %}{{ s.name }}{{ s.value }}{% endfor %}"
        "{{ passed_over }}{{ package.id }}{{ package.version }}{{ package.bundled }}",
        encoding="utf-8",
    )
    (tmp_path / "mail.html.j2").write_text(
        "{{ preheader }}{{ named }}{{ unnamed }}{{ more_failures }}{% for s in stories %}{{ s.story.number }}{{ s.more }}"
        "{{ s.sentences | length }}{% endfor %}",
        encoding="utf-8",
    )
    (tmp_path / "page.html.j2").write_text("{% for s in told %}{{ s }}{% endfor %}", encoding="utf-8")
    files = render(BRIEFING, tmp_path)
    assert files["briefing.txt"].startswith(b"2026-11-20Friday 20 November 202610 Jumada al-Akhirah 1448 AH")
    assert files["briefing.html"].startswith(b'<h3 dir="ltr" id="story-3f2a9c"')
    assert part(message(files["briefing.eml"]), "html").rstrip().endswith("105202302")
