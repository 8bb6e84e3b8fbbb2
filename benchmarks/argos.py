"""An environment with the whole of Argos Translate, and what it says in it with a package of ours.

digest leaves out what Argos Translate needs besides (stanza and torch: gigabytes), so it cannot run in digest's own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAKING_SECONDS = 3600
_RUNNING_SECONDS = 3600
_REASON_CHARACTERS = 300


class NotAtHandError(Exception):
    """Argos Translate cannot be run here; the message says why, in one line."""


@dataclass(frozen=True, slots=True)
class ArgosResult:
    """What Argos Translate said and how long it took; `splitting` tells how it split lines into sentences."""

    english: list[str]
    seconds: float
    splitting: str


def default_folder() -> Path:
    """Return where the environment is made: in the user's cache."""
    return platformdirs.user_cache_path("digest") / "argos-peer"


def make_environment(folder: Path) -> Path:
    """Return the Python of an environment with Argos Translate in `folder`, which is made where it is missing.

    Raises:
        NotAtHandError: uv or the network is missing, or the installation fails.

    """
    python = folder / "environment" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if python.exists() and not _import_failure(python):
        return python
    uv = shutil.which("uv")
    if uv is None:
        raise NotAtHandError("uv is not installed")
    print(f"Making an environment with Argos Translate (several GB) in {folder} ...", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    _run([uv, "venv", "--quiet", "--clear", str(python.parent.parent)], folder)
    _run([uv, "pip", "install", "--quiet", "--python", str(python), "argostranslate>=1.11,<1.12"], folder)
    if failure := _import_failure(python):
        raise NotAtHandError(f"{python}: {failure}")
    return python


def _import_failure(python: Path) -> str:
    done = subprocess.run(
        [python, "-c", "import argostranslate.translate"], capture_output=True, text=True, check=False
    )
    return _last_words(done.stderr) if done.returncode else ""


def _run(command: Sequence[str], folder: Path) -> None:
    """Run a command of uv in `folder`: in the project's own, uv would leave out what the project leaves out."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=_MAKING_SECONDS, cwd=folder,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotAtHandError(f"{' '.join(command[:3])}: {error}") from error
    if done.returncode:
        raise NotAtHandError(f"{' '.join(command[:3])}: {_last_words(done.stderr)}")


def run_argos(
    python: Path, package: Path, home: Path, lines: Sequence[str], timed: Sequence[str], threads: int
) -> ArgosResult:
    """Translate with the package in the folder `package`; what Argos Translate keeps goes under `home`.

    Raises:
        NotAtHandError: it does not run.

    """
    packages = home / "packages"
    shutil.rmtree(packages, ignore_errors=True)
    shutil.copytree(package, packages / "translate-ar_en")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ARGOS_", "XDG_"))}
    environment |= {
        "HOME": str(home),
        "ARGOS_PACKAGES_DIR": str(packages),
        "ARGOS_INTRA_THREADS": str(threads),
        "OMP_NUM_THREADS": str(threads),
    }
    try:
        done = subprocess.run(
            [python, Path(__file__).with_name("argos_peer.py")],
            input=json.dumps({"lines": list(lines), "timed": list(timed)}),
            capture_output=True, text=True, encoding="utf-8", check=False, timeout=_RUNNING_SECONDS, env=environment,
        )  # fmt: skip
        if done.returncode:
            raise NotAtHandError(f"{python}: {_last_words(done.stderr)}")
        return ArgosResult(**json.loads(done.stdout.splitlines()[-1]))
    except (OSError, ValueError, IndexError, TypeError, subprocess.TimeoutExpired) as error:
        raise NotAtHandError(f"{python}: {' '.join(str(error).split())[:_REASON_CHARACTERS]}") from error


def _last_words(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip()[:_REASON_CHARACTERS] if lines else "no reason given"
