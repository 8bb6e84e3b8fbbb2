"""`digest doctor`: a sound set-up, and one fault after the other."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from test_cli import ARTICLE, digest

from digest.rendering.templates import shipped_templates

PARTS = ["digest", "settings", "package", "store", "out", "inbox", "feeds", "rules", "glossary", "templates", "fonts"]


def examined(folder: Path, *arguments: str, **environment: str) -> tuple[int, dict[str, tuple[str, str]]]:
    """Return the exit status, and verdict and words for every part."""
    done = digest("doctor", *arguments, cwd=folder, **environment)
    assert done.stderr == ""
    lines = [line.split(maxsplit=1) for line in done.stdout.splitlines()]
    return done.returncode, {rest.split(":")[0]: (verdict, rest.partition(": ")[2]) for verdict, rest in lines}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert digest("init", tmp_path).returncode == 0
    return tmp_path


def test_a_fresh_set_up_is_sound_and_left_alone(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    status, parts = examined(folder, DIGEST_STORE="new/store.sqlite")
    assert (status, list(parts)) == (0, PARTS)
    assert {verdict for part, (verdict, _) in parts.items() if part != "fonts"} == {"ok"}
    assert parts["settings"][1] == "digest.toml can be used"
    assert "translates ('" in parts["package"][1]
    assert parts["store"][1] == f"{Path('new', 'store.sqlite')} will be made"
    assert parts["inbox"][1] == "inbox has 0 entries"
    assert sorted(folder.rglob("*")) == before


def test_after_a_run(folder: Path) -> None:
    (folder / "inbox" / "article.txt").write_text(ARTICLE, encoding="utf-8")
    store = {"DIGEST_STORE": "store.sqlite", "DIGEST_FEEDS": "https://news.example/rss"}
    assert digest("run", "--date", "2026-11-20", "--all", cwd=folder, **store).returncode == 0
    status, parts = examined(folder, **store)
    assert status == 0
    assert parts["out"][1] == "output can be written, the newest briefing in it of 2026-11-20"
    assert parts["inbox"][1] == "inbox has 1 entry"
    assert parts["feeds"][1] == "1 well-formed address"
    assert parts["store"][1].startswith("store.sqlite can be written, ")
    assert "0 translations" not in parts["store"][1]


def test_without_settings_and_inbox_there_are_warnings(tmp_path: Path) -> None:
    status, parts = examined(tmp_path, "--mail", DIGEST_STORE="none")
    assert status == 0
    assert parts["settings"] == ("warning", "no digest.toml here, defaults are used; `digest init` writes one")
    assert parts["inbox"] == ("warning", "no folder inbox; `digest init` and `digest fetch` make it")
    assert parts["store"] == ("ok", 'nothing is remembered (store = "none")')
    assert parts["mail"] == ("warning", "no mail settings: nothing is sent")


@pytest.mark.parametrize(
    ("settings", "part", "status", "said"),
    [
        ('package = "no-such-package"', "package", 4, "no-such-package: neither a folder nor an installed"),
        ('store = "damaged.sqlite"', "store", 5, "damaged.sqlite: the store cannot be used (file is not a database)"),
        ('store = "newer.sqlite"', "store", 5, "newer.sqlite: the store was made by a newer version of digest"),
        ('store = "damaged.sqlite/store"', "store", 5, "no file can be written there"),
        pytest.param(
            'out = "/proc/output"', "out", 5, "/proc: no file can be written there",
            marks=pytest.mark.skipif(not Path("/proc/self").exists(), reason="no folder that root cannot write to"),
        ),
        ('out = "damaged.sqlite"', "out", 5, "damaged.sqlite: no file can be written there (not a directory)"),
        ('inbox = "damaged.sqlite"', "inbox", 2, "damaged.sqlite: not a directory"),
        ('feeds = ["https://a.example/", "ftp://b.example/"]', "feeds", 2, "feeds: ftp://b.example/ is no http or https URL"),
        ('rules = "missing.toml"', "rules", 2, "missing.toml"),
        ('glossary = "missing.toml"', "glossary", 2, "missing.toml"),
        ('templates = "missing"', "templates", 2, "missing: no such folder of templates"),
        ('templates = "broken"', "templates", 2, "page.html.j2, line 2: 'no_such_variable' is undefined"),
    ],
)  # fmt: skip
def test_a_fault_fails_and_the_rest_is_looked_at(
    folder: Path, settings: str, part: str, status: int, said: str
) -> None:
    (folder / "damaged.sqlite").write_bytes(b"no database" * 100)
    with sqlite3.connect(folder / "newer.sqlite") as database:
        database.execute("PRAGMA user_version = 9999")
    database.close()
    (folder / "broken").mkdir()
    (folder / "broken" / "page.html.j2").write_text("\n{{ no_such_variable }}\n", encoding="utf-8")
    (folder / "digest.toml").write_text(settings + "\n", encoding="utf-8")
    found, parts = examined(folder)
    assert (found, list(parts)) == (status, PARTS)
    assert parts[part][0] == "fail"
    assert said in parts[part][1]
    assert [other for other, (verdict, _) in parts.items() if verdict == "fail"] == [part]


def test_settings_that_cannot_be_read(folder: Path) -> None:
    (folder / "digest.toml").write_text("feed = []\n", encoding="utf-8")
    status, parts = examined(folder)
    assert (status, list(parts)) == (2, ["digest", "settings"])
    assert parts["settings"] == ("fail", "digest.toml: unknown key feed; did you mean feeds?")


def test_own_templates(folder: Path) -> None:
    own = folder / "own"
    own.mkdir()
    (own / "page.css").write_text("{# see parts.css #}{% include 'parts.css' %}\n", encoding="utf-8")
    (own / "parts.css").write_text("body { color: red }\n", encoding="utf-8")
    assert examined(folder, DIGEST_TEMPLATES="own")[1]["templates"] == (
        "ok",
        "own replaces page.css, and all formats can be filled",
    )
    (own / "page.htm.j2").write_text("never used", encoding="utf-8")
    verdict, said = examined(folder, DIGEST_TEMPLATES="own")[1]["templates"]
    assert verdict == "warning"
    assert said.startswith(f"{Path('own', 'page.htm.j2')} replaces no template (")
    assert all(path.name in said for path in shipped_templates())


def test_a_feed_given_twice(folder: Path) -> None:
    feeds = "https://a.example/,https://b.example/,https://a.example/"
    assert examined(folder, DIGEST_FEEDS=feeds)[1]["feeds"] == ("warning", "3 addresses, 1 of them given before")


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("echo 'Noto Naskh Arabic'; echo Amiri; echo Amiri", ("ok", "2 with Arabic letters, such as Amiri")),
        ("true", ("warning", "none with Arabic letters: install one, such as Noto Naskh Arabic, to see them on this machine")),
        ("exit 3", None),
        (None, ("ok", "not looked at: fontconfig, which could tell, is not on this machine")),
    ],
)  # fmt: skip
def test_fonts(folder: Path, tmp_path: Path, script: str | None, found: tuple[str, str] | None) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    if script:
        (programs / "fc-list").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (programs / "fc-list").chmod(0o755)
    verdict, said = examined(folder, PATH=f"{programs}:/nowhere")[1]["fonts"]
    if found:
        assert (verdict, said) == found
    else:
        assert verdict == "warning"
        assert said.startswith("fontconfig does not tell: ")
        assert "exit status 3" in said


@pytest.mark.skipif(not shutil.which("fc-list"), reason="fontconfig is not installed")
def test_the_real_fontconfig_is_understood(folder: Path) -> None:
    assert "with Arabic letters" in examined(folder)[1]["fonts"][1]
