"""Progress of long work, shown on standard error when that is a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Item = TypeVar("Item")


class Progress(Protocol):
    """What the pipeline tells about its work."""

    def over(self, items: Iterable[Item], stage: str) -> Iterator[Item]:
        """Yield `items` one by one; each is done when the next is asked for."""

    def say(self, stage: str) -> None:
        """Tell that a stage has begun whose steps cannot be counted."""


class Silent:
    """No progress: for pipes, files, tests and --quiet."""

    def over(self, items: Iterable[Item], stage: str) -> Iterator[Item]:
        """Yield `items`."""
        del stage
        yield from items

    def say(self, stage: str) -> None:
        """Say nothing."""


class Terminal:
    """A bar or a spinner on standard error, gone when the work is done."""

    def __init__(self) -> None:
        from rich.console import Console  # noqa: PLC0415 - not needed where standard error is no terminal

        self._console = Console(stderr=True)
        self._status = self._console.status("")

    def __enter__(self) -> Self:
        self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._status.stop()

    def over(self, items: Iterable[Item], stage: str) -> Iterator[Item]:
        """Yield `items`, counting them behind the name of the stage."""
        everything = list(items)
        for done, item in enumerate(everything, 1):
            self.say(f"{stage} {done}/{len(everything)}")
            yield item

    def say(self, stage: str) -> None:
        """Show what is going on."""
        self._status.update(stage)
