"""robots.txt, by the examples and rules of RFC 9309."""

from __future__ import annotations

import time

import pytest

from digest.fetching.robots import MAX_CRAWL_DELAY, Robots, parse_robots


@pytest.mark.parametrize(
    ("rules", "target", "allowed"),
    [
        ("", "/", True),
        ("Disallow:", "/a", True),
        ("Disallow: /", "/a", False),
        ("Disallow: /*", "/a", False),
        ("Disallow: /a", "/ab", False),
        ("Disallow: /a", "/b", True),
        ("Disallow: /A", "/a", True),
        ("Disallow: /a$", "/a", False),
        ("Disallow: /a$", "/a/", True),
        ("Disallow: /*.pdf$", "/x/y.pdf", False),
        ("Disallow: /*.pdf$", "/x/y.pdf?z", True),
        ("Disallow: /a*a$", "/a", True),
        ("Disallow: /*?s=", "/?s=x", False),
        ("Disallow: /a*b*c", "/a--b--c--", False),
        ("Disallow: /a*b*c", "/a--c--b--", True),
        ("Disallow: /\nAllow: /news", "/news/1", True),
        ("Allow: /\nDisallow: /news", "/news/1", False),
        ("Allow: /page\nDisallow: /page", "/page", True),
        ("Disallow: /بحث", "/%D8%A8%D8%AD%D8%AB/1", False),
        ("Disallow: /%d8%a8%d8%ad%d8%ab", "/%D8%A8%D8%AD%D8%AB/1", False),
        ("Disallow: /%7Ejoe/%61", "/~joe/a", False),
        ("Disallow: /a # all of it", "/a", False),
        ("Disallow /a", "/a", True),
    ],
)
def test_rules(rules: str, target: str, *, allowed: bool) -> None:
    assert parse_robots(f"User-agent: *\n{rules}\n", "digest").allows(target) == allowed


GROUPS = """\
Disallow: /before-any-group
User-agent: *
Crawl-delay: 5
Disallow: /all

User-agent: other
User-Agent: DIGEST/2.0
Disallow: /ours

Sitemap: https://news.example/sitemap.xml
user-agent: digest
disallow: /too
crawl-delay: 2.5
user-agent: digester
disallow: /not-ours
"""


def test_the_groups_that_name_the_program_count_alone_and_together() -> None:
    robots = parse_robots(GROUPS, "digest")
    allowed = {path: robots.allows(path) for path in ("/all", "/ours", "/too", "/not-ours", "/before-any-group")}
    assert allowed == {"/all": True, "/ours": False, "/too": False, "/not-ours": True, "/before-any-group": True}
    assert robots.delay == 2.5
    assert not parse_robots(GROUPS, "nobody").allows("/all")
    assert parse_robots(GROUPS, "nobody").delay == 5


@pytest.mark.parametrize(
    ("value", "delay"), [("x", 0), ("-1", 0), ("nan", 0), ("inf", MAX_CRAWL_DELAY), ("1e9", 30), ("3", 3)]
)
def test_delays(value: str, delay: float) -> None:
    assert parse_robots(f"User-agent: *\nCrawl-delay: {value}", "digest").delay == delay


def test_no_text_allows_all() -> None:
    assert parse_robots("", "digest") == Robots()
    assert parse_robots("<html>\x00\ufffd: not at all", "digest").allows("/")


def test_a_hostile_pattern_costs_little() -> None:
    robots = parse_robots("User-agent: *\nDisallow: /" + "*a" * 2000 + "b$", "digest")
    start = time.perf_counter()
    assert robots.allows("/" + "a" * 4000)
    assert time.perf_counter() - start < 1
