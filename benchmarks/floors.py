"""Quality floors: a measured value under its floor fails the benchmark, and a floor is only ever raised.

The floors lie in `floors.json` beside this module as {name: value}; higher is better for every one of them.
"""

from __future__ import annotations

import json
import math
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FLOORS = Path(__file__).with_name("floors.json")
MARGIN = 0.002
"""How far below a measured share its floor is put: a fifth of a percent point, so that a change that trades one line or
boundary for another does not fail."""


class FloorError(ValueError):
    """The floors cannot be read, or a value is none."""


def read_floors(path: Path = FLOORS) -> dict[str, float]:
    """Return the floors by name; none where the file is not there yet.

    Raises:
        FloorError: the file is no JSON object of numbers.

    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise FloorError(f"{path}: not JSON ({error})") from error
    if not isinstance(data, dict) or not all(_is_number(value) for value in data.values()):
        raise FloorError(f"{path}: not an object of numbers by name")
    return {name: float(value) for name, value in data.items()}


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def check(name: str, value: float, floors: Mapping[str, float] | None = None) -> str | None:
    """Return what is wrong, in one line, where `value` is under the floor of that name; None where it is not.

    A name without a floor passes. A value that is no number is under every floor.
    """
    floor = (read_floors() if floors is None else floors).get(name)
    if floor is None or value >= floor:
        return None
    return f"{name}: {value:.4f} is under its floor of {floor:.4f}"


def raised(floors: Mapping[str, float], measured: Mapping[str, float], margin: float = MARGIN) -> dict[str, float]:
    """Return `floors` with every floor raised to `margin` below its measured value, rounded down to four decimals.

    A floor that is higher already stays: none is ever lowered, and none is lost.

    Raises:
        FloorError: a measured value is not a finite number.

    """
    result = dict(floors)
    for name, value in measured.items():
        if not _is_number(value):
            raise FloorError(f"{name}: measured as {value}, which is no value for a floor")
        floor = math.floor((value - margin) * 10_000 + 1e-6) / 10_000
        result[name] = max(floor, result.get(name, floor))
    return dict(sorted(result.items()))


def update_floors(measured: Mapping[str, float], path: Path = FLOORS) -> dict[str, float]:
    """Raise the floors in the file to what was measured, and return them. The file is replaced whole or not at all.

    Raises:
        FloorError: a measured value is under its floor (nothing is written then), or the file cannot be understood.

    """
    floors = read_floors(path)
    broken = [problem for name, value in measured.items() if (problem := check(name, value, floors))]
    if broken:
        raise FloorError("; ".join(broken) + " (a floor is never lowered)")
    result = raised(floors, measured)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", text=True)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(json.dumps(result, indent=2) + "\n")
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return result


def settle(measured: Mapping[str, float], *, update: bool) -> int:
    """Print how `measured` stands to the floors, raise them if asked to, and return the exit status: 1 below a floor."""
    try:
        floors = update_floors(measured) if update else read_floors()
    except FloorError as error:
        print(f"floors: {error}")
        return 1
    broken = [problem for name, value in measured.items() if (problem := check(name, value, floors))]
    for problem in broken:
        print(f"UNDER THE FLOOR: {problem}")
    if not broken:
        held = ", ".join(f"{name} {value:.4f} (floor {floors.get(name, 0):.4f})" for name, value in measured.items())
        print(f"floors held: {held}" if held else "floors: nothing measured")
    return 1 if broken else 0
