"""Settings: file, environment, options, and clear errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digest.errors import SettingsError
from digest.settings import Settings, load_settings

if TYPE_CHECKING:
    from pathlib import Path


def test_later_sources_win(tmp_path: Path) -> None:
    file = tmp_path / "digest.toml"
    file.write_text('out = "file"\nsentences = 5\nthreads = 1\ncut = 1\n', encoding="utf-8")
    environment = {"DIGEST_SENTENCES": "6", "DIGEST_THREADS": "2", "PATH": "/bin"}
    settings = load_settings(file, environment, {"threads": 3, "package": None})
    assert settings == Settings(out="file", sentences=6, threads=3, cut=1.0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sentenses = 3", "unknown key sentenses; did you mean sentences?"),
        ("xyz = 3", "known keys: out, store"),
        ('sentences = "3"', "sentences = '3' must be a whole number"),
        ("sentences = true", "must be a whole number"),
        ("sentences = 0", "sentences = 0: must be between 1 and 50"),
        ("out = ", "not valid TOML"),
        ('feeds = "https://a.example/"', "must be a list of texts in quotes"),
        ("feeds = [1]", "must be a list of texts in quotes"),
        ("delay = -1", "delay = -1.0: must be between 0.0 and 3600.0"),
        ("fetch_days = 0", "must be between 1 and 3650"),
        ("mail_port = 65536", "must be between 0 and 65535"),
        ('mail_security = "ssl"', "mail_security = 'ssl': must be one of tls, starttls, none"),
        ('mail_to = ["ana@example.org", "ben"]', "mail_to: 'ben' is no address like"),
        ('mail_from = "a@example.org, b@example.org"', "mail_from: "),
        ('time_zone = "Dubai"', "time_zone: 'Dubai' is no time zone; did you mean Asia/Dubai?"),
        ('outlets = ["صحيفة الساحل"]', "outlets: 'صحيفة الساحل' must be \"ARABIC NAME=English name\""),
        ('outlets = [" = The Coast"]', "outlets: ' = The Coast' must be"),
        ('mail_password = "x"', "unknown key mail_password; did you mean mail_password_file?"),
    ],
)
def test_wrong_settings_are_named(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "digest.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        load_settings(file, {}, {})
    assert said in str(error.value)


def test_a_missing_file_and_a_wrong_variable(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(tmp_path / "missing.toml", {}, {})
    with pytest.raises(SettingsError, match="DIGEST_CUT='x' must be a number"):
        load_settings(None, {"DIGEST_CUT": "x"}, {})


@pytest.mark.parametrize(
    ("variable", "said"),
    [
        ("DIGEST_SENTENSES", "did you mean DIGEST_SENTENCES?"),
        ("DIGEST_top", "did you mean DIGEST_TOP?"),
        ("DIGEST_MAIL_PASWORD", "did you mean DIGEST_MAIL_PASSWORD?"),
        ("DIGEST_ZZZ", "known variables: DIGEST_OUT, DIGEST_STORE"),
        ("DIGEST_", "known variables: "),
    ],
)
def test_an_unknown_variable_is_named_and_its_value_is_not(variable: str, said: str) -> None:
    with pytest.raises(SettingsError, match=rf"unknown environment variable {variable}; ") as error:
        load_settings(None, {variable: "sesame"}, {})
    assert said in str(error.value)
    assert "sesame" not in str(error.value)


def test_variables_of_others_and_the_password_are_no_settings() -> None:
    assert (
        load_settings(None, {"DIGESTS": "1", "MY_DIGEST_TOP": "2", "DIGEST_MAIL_PASSWORD": "sesame"}, {}) == Settings()
    )


def test_lists(tmp_path: Path) -> None:
    file = tmp_path / "digest.toml"
    file.write_text('feeds = ["https://a.example/", "https://b.example/?x=1,2"]\n', encoding="utf-8")
    assert load_settings(file, {}, {}).feeds == ("https://a.example/", "https://b.example/?x=1,2")
    for text, wanted in (
        ("https://a.example/, https://b.example/,", ("https://a.example/", "https://b.example/")),
        ("\n https://a.example/?x=1,2 \nhttps://b.example/\n", ("https://a.example/?x=1,2", "https://b.example/")),
        ("https://a.example/\n", ("https://a.example/",)),
        ("", ()),
    ):
        assert load_settings(file, {"DIGEST_FEEDS": text}, {}).feeds == wanted
