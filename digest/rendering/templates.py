"""The templates: where they lie, what they may use, and what is said when one is broken.

Whatever a template prints is escaped for its format without being asked: Markdown by `finalize`, HTML by Jinja's
autoescape. Isolates become `<bdi>` in HTML.
"""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from digest.errors import TemplateError
from digest.rendering.bidi import LRI, PDI, RLI, clip, plain, to_html
from digest.rendering.escaping import escape_markdown
from digest.rendering.wording import plural, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_PACKAGE = Path(__file__).resolve().parents[1]
# In the wheel the templates lie inside the package, in a checkout beside it.
_SHIPPED = next(folder for folder in (_PACKAGE / "templates", _PACKAGE.parent / "templates") if folder.is_dir())

_RAISED_IN_EXPRESSIONS = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)


def shipped_templates() -> tuple[Path, ...]:
    """Return the files that ship: the templates, the style sheet, and the README that explains them."""
    return tuple(sorted(path for path in _SHIPPED.iterdir() if path.is_file()))


class Templates:
    """The shipped templates, single files overridden by those of the user's folder.

    Raises TemplateError where that folder does not exist.
    """

    def __init__(self, folder: Path | None) -> None:
        if folder is not None and not folder.is_dir():
            raise TemplateError(f"{folder}: no such folder of templates")
        self._folders = [_SHIPPED] if folder is None else [folder, _SHIPPED]
        self._by_ending = {
            "md": self._environment(_markdown, autoescape=False),
            "txt": self._environment(_text, autoescape=False),
            "html": self._environment(_html, autoescape=True),
        }

    def fill(self, name: str, values: Mapping[str, object]) -> str:
        """Return the template `name` (such as `page.html.j2`) filled with `values`; lines end in a line feed.

        Raises TemplateError, with file and line, where the template is missing, broken, or asks for what is not there.
        """
        try:
            return self._by_ending[name.split(".")[-2]].get_template(name).render(values)
        except jinja2.TemplateSyntaxError as error:
            raise TemplateError(f"{error.filename or name}, line {error.lineno}: {error.message}") from error
        except jinja2.TemplateNotFound as error:
            raise TemplateError(f"{error.name}: no such template in {self._where()}") from error
        except UnicodeDecodeError as error:
            raise TemplateError(f"{name} in {self._where()}: not UTF-8 text") from error
        except OSError as error:
            raise TemplateError(f"{error.filename or name}: {error.strerror}") from error
        except (jinja2.TemplateError, *_RAISED_IN_EXPRESSIONS) as error:
            raise TemplateError(f"{_place(error, name)}: {error}") from error

    def source(self, name: str) -> str:
        """Return a file that is no template, such as `archive.js`, as it stands; TemplateError where there is none."""
        path = next((path for folder in self._folders if (path := folder / name).is_file()), None)
        if path is None:
            raise TemplateError(f"{name}: no such template in {self._where()}")
        try:
            return path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise TemplateError(f"{path}: not UTF-8 text") from error
        except OSError as error:
            raise TemplateError(f"{path}: {error.strerror}") from error

    def _environment(self, finalize: Callable[..., object], *, autoescape: bool) -> jinja2.Environment:
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(self._folders),
            undefined=jinja2.StrictUndefined,
            autoescape=autoescape,  # noqa: S701 - Markdown and text are escaped by finalize
            finalize=finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        environment.filters.update(clip=clip, plain=plain, plural=plural, rtl=_rtl, wrap=wrap)
        return environment

    def _where(self) -> str:
        return " or ".join(str(folder) for folder in self._folders)


def _markdown(value: object) -> object:
    return escape_markdown(value) if isinstance(value, str) else value


def _text(value: object) -> object:
    return value


def _html(value: object) -> object:
    # Markup is HTML already; text of ours can hold nothing but isolates and what to_html escapes.
    if isinstance(value, str) and not isinstance(value, Markup) and any(mark in value for mark in (LRI, RLI)):
        return Markup(to_html(value))  # noqa: S704
    return value


def _rtl(text: str) -> str:
    """Return an Arabic text as one right-to-left unit, for plain text."""
    return f"{RLI}{text}{PDI}"


def _place(error: BaseException, name: str) -> str:
    """Return file and line of the template in which `error` came up (Jinja puts templates into the traceback)."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith((".j2", ".css"))]
    return f"{frames[-1].filename}, line {frames[-1].lineno}" if frames else name
