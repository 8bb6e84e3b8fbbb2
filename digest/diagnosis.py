"""What `digest doctor` looks at: every part of a set-up, each with a verdict. Nothing is made, changed or sent.

A check takes the settings and gives a `Finding`; what goes wrong in it in a way that digest knows is its verdict.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from digest.errors import DigestError, OutputError, SettingsError
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
    Translation,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from digest.settings import Settings

FONT_SECONDS = 30.0
"""fontconfig may have to read every font of the machine once."""

MAIL_SECONDS = 20.0
"""A mail server may think for so long about each step: somebody waits for it here."""


class Verdict(StrEnum):
    """How it stands with a part of the set-up; a warning keeps nothing from working."""

    OK = "ok"
    WARNING = "warning"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about a part, in one line; `status` is the exit status of what would fail for it."""

    part: str
    verdict: Verdict
    said: str
    status: int = 0


Check = Callable[["Settings"], tuple[Verdict, str]]


def diagnose(settings: Settings, store: Path, mail: Mapping[str, str] | None = None) -> Iterator[Finding]:
    """Yield a finding for every part, as soon as it is known; `store` is where the store is or would be.

    With `mail`, the environment that may have the password, the mail server is asked too.
    """
    parts: dict[str, Check] = {
        "package": _package,
        "store": lambda settings: _store(settings, store),
        "out": _out,
        "inbox": _inbox,
        "feeds": _feeds,
        "rules": _rules,
        "glossary": _glossary,
        "templates": _templates,
        "fonts": _fonts,
    }
    if mail is not None:
        parts["mail"] = lambda settings: _mail(settings, mail)
    for part, check in parts.items():
        try:
            verdict, said = check(settings)
        except DigestError as error:
            yield Finding(part, Verdict.FAIL, str(error), error.exit_code)
        except OSError as error:
            said = f"{error.filename}: {(error.strerror or str(error)).lower()}"
            yield Finding(part, Verdict.FAIL, said, OutputError.exit_code)
        else:
            yield Finding(part, verdict, said)


def _package(settings: Settings) -> tuple[Verdict, str]:
    from digest.translating.packages import find_package  # noqa: PLC0415
    from digest.translating.trial import try_package  # noqa: PLC0415

    package = find_package(settings.package or None)
    first = try_package(package)[0]
    better = "; `digest packages install ar-en` gets a better one" if package.info.bundled else ""
    return Verdict.OK, f"{package.info.id} {package.info.version} translates ({first.en!r}){better}"


def _store(settings: Settings, path: Path) -> tuple[Verdict, str]:
    if settings.store == "none":
        return Verdict.OK, 'nothing is remembered (store = "none")'
    if not path.exists():
        _try_to_write(path.parent)
        return Verdict.OK, f"{path} will be made"
    from digest.store import Store  # noqa: PLC0415

    with Store(path) as store, store.writing() as database:
        (translations,) = database.execute("SELECT count(*) FROM translations").fetchone()
    return Verdict.OK, f"{path} can be written, {translations} translations in it"


def _out(settings: Settings) -> tuple[Verdict, str]:
    from digest.delivering.past import past_days  # noqa: PLC0415

    folder = Path(settings.out)
    _try_to_write(folder)
    days = past_days(folder)
    newest = f", the newest briefing in it of {days[-1]}" if days else ", no briefing in it yet"
    return Verdict.OK, f"{folder} can be written{newest}"


def _inbox(settings: Settings) -> tuple[Verdict, str]:
    folder = Path(settings.inbox)
    if not folder.exists():
        return Verdict.WARNING, f"no folder {folder}; `digest init` and `digest fetch` make it"
    try:
        number = sum(1 for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise SettingsError(f"{folder}: {(error.strerror or str(error)).lower()}") from error
    return Verdict.OK, f"{folder} has {number} {'entry' if number == 1 else 'entries'}"


def _feeds(settings: Settings) -> tuple[Verdict, str]:
    from digest.fetching.urls import FetchError, parse_url  # noqa: PLC0415

    if not settings.feeds:
        return Verdict.OK, "none; `digest fetch` needs some, `digest run` none"
    for feed in settings.feeds:
        try:
            parse_url(feed)
        except FetchError as error:
            raise SettingsError(f"feeds: {error}") from error
    twice = len(settings.feeds) - len(set(settings.feeds))
    if twice:
        return Verdict.WARNING, f"{len(settings.feeds)} addresses, {twice} of them given before"
    return Verdict.OK, f"{len(settings.feeds)} well-formed {'address' if len(settings.feeds) == 1 else 'addresses'}"


def _rules(settings: Settings) -> tuple[Verdict, str]:
    from digest.pipeline import rules_of  # noqa: PLC0415

    rules_of(settings)
    return Verdict.OK, f"{settings.rules} can be used" if settings.rules else "those that ship"


def _glossary(settings: Settings) -> tuple[Verdict, str]:
    from digest.arabic.names import load_names  # noqa: PLC0415

    load_names(Path(settings.glossary) if settings.glossary else None)
    return Verdict.OK, f"{settings.glossary} can be used" if settings.glossary else "the names that ship"


def _templates(settings: Settings) -> tuple[Verdict, str]:
    from digest.rendering import render  # noqa: PLC0415
    from digest.rendering.templates import shipped_templates  # noqa: PLC0415

    folder = Path(settings.templates) if settings.templates else None
    render(_SAMPLE, folder)
    if folder is None:
        return Verdict.OK, "those that ship fill all formats"
    names = {path.name for path in shipped_templates()}
    own = {path.name: path.read_text(encoding="utf-8", errors="replace") for path in folder.iterdir() if path.is_file()}
    idle = [name for name in own if name not in names and not any(name in text for text in own.values())]
    if idle:
        return (
            Verdict.WARNING,
            f"{folder / min(idle)} replaces no template ({', '.join(sorted(names))}) and none uses it",
        )
    return (
        Verdict.OK,
        f"{folder} replaces {', '.join(sorted(names & set(own))) or 'nothing'}, and all formats can be filled",
    )


def _fonts(settings: Settings) -> tuple[Verdict, str]:
    del settings
    program = shutil.which("fc-list")
    if program is None:
        return Verdict.OK, "not looked at: fontconfig, which could tell, is not on this machine"
    try:
        done = subprocess.run(  # noqa: S603
            [program, ":lang=ar", "family"],
            capture_output=True, encoding="utf-8", errors="replace", timeout=FONT_SECONDS, check=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        return Verdict.WARNING, f"fontconfig does not tell: {' '.join(str(error).split())}"
    families = sorted(set(filter(None, done.stdout.splitlines())))
    if not families:
        return (
            Verdict.WARNING,
            "none with Arabic letters: install one, such as Noto Naskh Arabic, to see them on this machine",
        )
    return Verdict.OK, f"{len(families)} with Arabic letters, such as {families[0]}"


def _mail(settings: Settings, environment: Mapping[str, str]) -> tuple[Verdict, str]:
    from digest.delivering.account import account_of, password_of, recipients_of  # noqa: PLC0415
    from digest.delivering.smtp import log_in  # noqa: PLC0415

    if not (settings.mail_host or settings.mail_to):
        return Verdict.WARNING, "no mail settings: nothing is sent"
    server, sender = account_of(settings)
    log_in(replace(server, password=password_of(settings, environment), timeout=MAIL_SECONDS))
    manner = f"{server.security}, {f'logged in as {server.user}' if server.user else 'without logging in'}"
    recipients = ", ".join(mailbox.address for mailbox in recipients_of(settings))
    if not recipients:
        return Verdict.WARNING, f"{server} can be used ({manner}), but mail_to names nobody to send to"
    return Verdict.OK, f"{server} can be used ({manner}), from {sender.address} to {recipients}"


def _try_to_write(folder: Path) -> None:
    """Try to write a file into `folder`, or into the one in which it would be made; OutputError where that fails."""
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists() or path.is_symlink())
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        raise OutputError(
            f"{existing}: no file can be written there ({(error.strerror or str(error)).lower()})"
        ) from error


_ARTICLE = Article(
    id="a",
    origin="article.txt",
    title="افتتاح مدرسة جديدة",
    title_made=True,
    outlet="صحيفة المثال",
    author=None,
    published=date(2026, 1, 2),
    paragraphs=(),
    sentences=(),
    lines=LineCounts(kept=3, dropped=1),
)
_DOUBTED = Translation(
    "قال المدير إن 300 تلميذ سجلوا.", "The head said that 200 pupils enrolled.", (Doubt("numbers", "300"),)
)
_SAMPLE = Briefing(
    date=date(2026, 1, 3),
    package=PackageInfo("package", "1.0", bundled=True),
    stories=(
        BriefStory(
            id="s",
            headline=Translation(_ARTICLE.title, "A new school opens", _DOUBTED.doubts),
            articles=(_ARTICLE.id,),
            sentences=(BriefSentence(_DOUBTED, _ARTICLE.id, 0),),
            status="update",
            topic="Society",
            since=date(2026, 1, 2),
            figures=(
                BriefFigure(
                    Figure(Decimal(300), "about", "pupils", "enrolled", "المدير", _ARTICLE.id, 0),
                    Translation("المدير", "the head"),
                ),
            ),
            rank=1,
            names=(("Example", "المثال"),),
        ),
    ),
    articles=(_ARTICLE,),
    failures=(Failure("other.txt", "reading", "empty"),),
    passed_over=("README.md",),
    left_out=(LeftOut("", 1, "muted"), LeftOut(_ARTICLE.title, 1, "muted")),
)
"""A briefing with something in every place that a template may ask for."""
