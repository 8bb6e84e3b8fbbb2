"""Asking a site's robots.txt, once in a run, before its pages."""

from __future__ import annotations

import http
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.fetching.robots import Robots, parse_robots
from digest.fetching.urls import FetchError, Url

if TYPE_CHECKING:
    from digest.fetching.client import Client

AGENT = "digest"
"""The name by which a robots.txt can address digest."""

MAX_BYTES = 512_000
"""RFC 9309, 2.5, asks for at least 500 kibibytes."""

_CLIENT_ERRORS = range(400, 500)


class Forbidden(FetchError):  # noqa: N818 - what it says, not that it is an error
    """The site does not want the page to be fetched by programs. That is no failure, and will not change soon."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Knows what may be fetched; what it has learnt about a site holds as long as it lives."""

    client: Client
    _known: dict[str, Robots | FetchError] = field(default_factory=dict)

    def check(self, url: Url) -> None:
        """Return where `url` may be fetched.

        Raises:
            Forbidden: robots.txt says no.
            FetchError: robots.txt cannot be had because of the server or the network; then all is forbidden for now
                (RFC 9309, 2.3.1.4).

        """
        if url.origin not in self._known:
            self._known[url.origin] = self._ask(url)
        robots = self._known[url.origin]
        if isinstance(robots, FetchError):
            raise robots
        if not robots.allows(url.target):
            raise Forbidden(f"forbidden by the robots.txt of {url.authority}")

    def _ask(self, url: Url) -> Robots | FetchError:
        try:
            answer = self.client.get(Url(url.scheme, url.host, url.port, "/robots.txt"), MAX_BYTES)
        except FetchError as error:
            return type(error)(f"robots.txt: {error}")
        if answer.status in _CLIENT_ERRORS:  # there is none for us: RFC 9309, 2.3.1.3
            return Robots()
        if answer.status != http.HTTPStatus.OK:
            return FetchError(f"robots.txt: the server answered {answer.status}")
        robots = parse_robots(answer.body.decode("utf-8-sig", errors="replace"), AGENT)
        if robots.delay:
            self.client.pacer.slow(url.host, robots.delay)
        return robots
