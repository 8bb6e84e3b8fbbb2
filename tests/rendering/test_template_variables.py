"""The comments that tell what templates get are true, and change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args, get_origin

from sample_briefing import BRIEFING

from digest.rendering import render
from digest.rendering.archive import archive
from digest.rendering.template_variables import template_variables, with_variables
from digest.rendering.templates import Templates, shipped_templates

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pytest


INCLUDED = {"coverage.html.j2", "thread.html.j2"}
"""Templates that others include: what they get is among what those get."""


def test_exactly_what_each_template_gets_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    got: dict[str, Mapping[str, object]] = {}
    fill = Templates.fill

    def spy(self: Templates, name: str, values: Mapping[str, object]) -> str:
        got[name] = values
        return fill(self, name, values)

    monkeypatch.setattr(Templates, "fill", spy)
    render(BRIEFING)
    archive([BRIEFING], [], None)
    assert {name: set(values) for name, values in got.items()} == {
        name: set(variables) for name, variables in template_variables().items() if name not in INCLUDED
    }
    for name, variables in template_variables().items():
        if name in INCLUDED:
            assert set(variables) <= {*got["page.html.j2"], "own"}
            continue
        for variable, hint in variables.items():
            agrees(got[name][variable], hint)


def agrees(value: object, hint: Any) -> None:
    """Check that a value is of the type that was told, and so is everything in it."""
    if get_origin(hint) is tuple:
        assert isinstance(value, tuple | list)
        for each in value:
            agrees(each, get_args(hint)[0])
    elif get_args(hint):
        assert isinstance(value, get_args(hint))
    else:
        assert isinstance(value, hint)


def test_the_comment_names_every_field_of_what_is_in_it() -> None:
    comment = with_variables("page.html.j2", "").splitlines()
    assert "  told         list of text" in comment
    assert "  stories      list of StoryView" in comment
    for view in ("Counts", "PackageView", "StoryView", "SourceView", "SentenceView", "FigureView", "ArticleView"):
        assert comment.count(view) == 1
    assert "  .headline_en  text" in comment
    assert "  .status       text or none" in comment
    assert "  .bundled  true or false" in comment


def test_every_template_has_one_and_nothing_else_has() -> None:
    for file in shipped_templates():
        source = file.read_text(encoding="utf-8")
        assert (with_variables(file.name, source) != source) is (file.suffix == ".j2")


def test_with_the_comments_the_files_are_the_same(tmp_path: Path) -> None:
    for file in shipped_templates():
        source = file.read_text(encoding="utf-8")
        (tmp_path / file.name).write_text(with_variables(file.name, source), encoding="utf-8")
    assert render(BRIEFING, tmp_path) == render(BRIEFING)
    assert archive([BRIEFING], [], tmp_path) == archive([BRIEFING], [], None)
