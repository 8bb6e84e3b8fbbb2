"""robots.txt as RFC 9309 has it: which pages of a site a program may fetch.

The standard library's parser is not used: it takes `*` and `$` literally (`Disallow: /*` forbids nothing) and lets the
first rule that fits decide instead of the longest.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from urllib.parse import quote

MAX_CRAWL_DELAY = 30.0
"""Seconds between requests that a site can ask for at most: some ask for hours, and a briefing is wanted today."""

_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_TOKEN = re.compile(r"[A-Za-z_-]+|\*")


@dataclass(frozen=True, slots=True)
class Rule:
    """A line `Allow: pattern` or `Disallow: pattern`."""

    allow: bool
    pattern: str

    def fits(self, target: str) -> bool:
        """Tell whether the pattern fits the beginning of `target`; both in the form that `_normal` gives.

        Takes time linear in `target` for each `*`, whatever the pattern.
        """
        anchored = self.pattern.endswith("$")
        first, *rest = self.pattern.removesuffix("$").split("*")
        if not target.startswith(first):
            return False
        at = len(first)
        last = rest.pop() if anchored and rest else None
        for part in rest:
            found = target.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        if last is not None:
            return target.endswith(last) and len(target) - len(last) >= at
        return at == len(target) if anchored else True


@dataclass(frozen=True, slots=True)
class Robots:
    """What a site's robots.txt says to one program; `delay` is the seconds between requests that it asks for, or 0."""

    rules: tuple[Rule, ...] = ()
    delay: float = 0.0

    def allows(self, target: str) -> bool:
        """Tell whether the path and query `target` may be fetched: the longest fitting rule decides, allowing if equal."""
        target = _normal(target)
        fitting = [rule for rule in self.rules if rule.fits(target)]
        return max(((len(rule.pattern), rule.allow) for rule in fitting), default=(0, True))[1]


def parse_robots(text: str, agent: str) -> Robots:
    """Return what the robots.txt `text` says to the program called `agent`: its own groups, else those for all."""
    groups: dict[str, list[Rule]] = {}
    delays: dict[str, float] = {}
    names: list[str] = []
    heading = False
    for line in text.splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            if not heading:
                names = []
            heading = True
            token = _TOKEN.match(value)
            names.append(token[0].lower() if token else "")
            groups.setdefault(names[-1], [])
        elif key in {"allow", "disallow"}:
            heading = False
            if value:
                for name in names:
                    groups[name].append(Rule(key == "allow", _normal(value)))
        elif key == "crawl-delay":
            heading = False
            with contextlib.suppress(ValueError):
                delays |= dict.fromkeys(names, float(value))
    name = agent.lower() if agent.lower() in groups else "*"
    delay = delays.get(name, 0.0)
    return Robots(tuple(groups.get(name, ())), min(delay, MAX_CRAWL_DELAY) if delay > 0 else 0.0)


def _normal(target: str) -> str:
    """Return a path or pattern with one way of escaping: unreserved characters plain, the rest in capital digits."""
    escaped = quote(target, safe="/%:@!$&'()*+,;=?~-._")
    return _ESCAPE.sub(_unescaped, escaped)


def _unescaped(escape: re.Match[str]) -> str:
    char = chr(int(escape[1], 16))
    return char if char.isascii() and (char.isalnum() or char in "-._~") else escape[0].upper()
