"""What can go wrong in making a package, told in one line at the rim."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from digest.errors import DigestError

if TYPE_CHECKING:
    from collections.abc import Iterator


class TrainingError(DigestError):
    """A recipe, a data folder or a checkpoint cannot be used."""


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """End the program with one line on standard error and exit status 1 where the block cannot go on."""
    try:
        yield
    except DigestError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"{error.filename or 'a file'}: {error.strerror or error}")
    except ModuleNotFoundError as error:
        sys.exit(f"{error.name} is not installed; run this with `uv run --group training python -m ...`")
