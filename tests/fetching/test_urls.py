"""URLs: one form, nothing but http and https, no secrets."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.fetching.urls import FetchError, parse_url, shown


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("http://News.Example", "http://news.example/"),
        (" https://news.example:443/a b#part\n", "https://news.example/a%20b"),
        ("http://news.example:8080/a?x=1&y=ب", "http://news.example:8080/a?x=1&y=%D8%A8"),
        ("https://news.example/أخبار/%D8%A8", "https://news.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/%D8%A8"),
        ("https://موقع.example/", "https://xn--4gbrim.example/"),
        ("http://[2606:4700::1]:81/x", "http://[2606:4700::1]:81/x"),
    ],
)
def test_one_form(text: str, wanted: str) -> None:
    assert str(parse_url(text)) == wanted
    assert str(parse_url(wanted)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("../b?c", "https://news.example/b?c"),
        ("//other.example/x", "https://other.example/x"),
        ("", "https://news.example/a/b"),
    ],
)
def test_references(text: str, wanted: str) -> None:
    assert str(parse_url(text, parse_url("https://news.example/a/b"))) == wanted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("file:///etc/passwd", "no http or https"),
        ("ftp://news.example/", "no http or https"),
        ("javascript:alert(1)", "no http or https"),
        ("news.example/rss", "no http or https"),
        ("http:///path", "no host"),
        ("http://a%00b/", "no host"),
        ("http://[fe80::1%25eth0]/", "no host"),
        ("http://bad host/", "no host"),
        ("http://news.example:99999/", "is no URL"),
        ("http://[::1/", "is no URL"),
        ("http://news.example\\@10.0.0.1/", "control characters or backslashes"),
        ("http://news.example/\r\nX: y", "control characters"),
        ("http://news.example/" + "a" * 5000, "longer than 4000"),
    ],
)
def test_refused(text: str, said: str) -> None:
    with pytest.raises(FetchError) as error:
        parse_url(text)
    assert said in str(error.value)
    assert str(error.value).isprintable()


@pytest.mark.parametrize("text", ["http://reader:secret@news.example/", "http://@news.example/"])
def test_credentials_are_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(FetchError, match="user name or password") as error:
        parse_url(text)
    assert "secret" not in str(error.value)


@given(st.text() | st.text().map("http://news.example/{}".format) | st.text().map("https://{}/x".format))
def test_whatever_is_taken_is_safe_in_a_request(text: str) -> None:
    with contextlib.suppress(FetchError):
        url = parse_url(text)
        assert str(url).isascii()
        assert str(url).isprintable()
        assert " " not in str(url)
        assert parse_url(str(url)) == url


def test_shown() -> None:
    assert shown("a\x1b[31m\u202eb") == "a�[31m�b"
    assert len(shown("a" * 999)) == 200
