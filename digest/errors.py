"""What can go wrong, as one tree. A message says what, where, and what to do, in one line.

DigestError
├── SettingsError     digest.toml, an environment variable or an option has a wrong value   (exit 2)
├── ReadingError      an input cannot be read or used; becomes a Failure, the run goes on
│   └── CleaningError     no article is left of a document
├── NothingUsable     no input was usable                                                   (exit 3)
├── PackageError      no translation package can be used                                    (exit 4)
├── TemplateError     a template of the user's cannot be used                               (exit 2)
├── OutputError       a result cannot be written                                            (exit 5)
└── DeliveryError     the mail could not be sent, or not to everyone                        (exit 6)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.model import Failure


class DigestError(Exception):
    """Base of every error that digest raises for its user."""

    exit_code = 1


class SettingsError(DigestError):
    """A setting has an unknown name or a value that cannot be."""

    exit_code = 2


class ReadingError(DigestError):
    """One input cannot be read."""

    exit_code = 3

    def __init__(self, origin: str, reason: str, stage: str = "reading") -> None:
        super().__init__(f"{origin}: {reason}")
        self.origin = origin
        self.reason = reason
        self.stage = stage


class CleaningError(ReadingError):
    """A document was read, but no Arabic article is left of it."""

    def __init__(self, origin: str, reason: str) -> None:
        super().__init__(origin, reason, stage="cleaning")


class NothingUsable(DigestError):  # noqa: N818 - what it says, not that it is an error
    """Not one of the inputs was usable; `failures` tells of those that were read and gave no article."""

    exit_code = 3

    def __init__(self, failures: tuple[Failure, ...]) -> None:
        super().__init__("nothing usable in the inputs; nothing was made")
        self.failures = failures


class PackageError(DigestError):
    """A translation package cannot be found, read or run."""

    exit_code = 4


class TemplateError(DigestError):
    """A template cannot be found or rendered."""

    exit_code = 2


class OutputError(DigestError):
    """A result cannot be written."""

    exit_code = 5


class DeliveryError(DigestError):
    """The mail could not be sent, or not to everyone."""

    exit_code = 6
