"""Where the evaluation data lies, and the options that every benchmark shares."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def parser(description: str) -> argparse.ArgumentParser:
    """Return an argument parser with `--shared` and `--update-floors`."""
    options = argparse.ArgumentParser(description=description)
    options.add_argument(
        "--shared",
        type=Path,
        default=ROOT.parent / "shared",
        metavar="DIR",
        help="folder with the evaluation data (default: ../shared beside the repository)",
    )
    options.add_argument(
        "--update-floors",
        action="store_true",
        help="raise the quality floors to just below what is measured; a floor is never lowered",
    )
    return options


def read_json_lines(path: Path) -> list[dict[str, Any]]:
    """Return the records of a JSON Lines file.

    Raises:
        OSError: the file cannot be read.
        ValueError: a line is not a JSON object; the message names file and line.

    """
    records = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line:
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise ValueError(f"{path}, line {number}: not JSON ({error})") from error
        if not isinstance(record, dict):
            raise ValueError(f"{path}, line {number}: not a JSON object")  # noqa: TRY004 - wrong data, not a wrong type
        records.append(record)
    return records
