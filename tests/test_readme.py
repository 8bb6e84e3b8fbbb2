"""What the README tells a newcomer is true."""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from digest import errors
from digest.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, flags=re.DOTALL)
COMMANDS = [line.removeprefix("$ ") for block in BLOCKS for line in block.splitlines()]
DIGEST = [command for command in COMMANDS if "digest" in command]


def test_the_commands_are_those_expected() -> None:
    assert "pip install uv" in COMMANDS
    assert "uv run digest run seeds/" in COMMANDS
    assert "uv run pytest" in COMMANDS
    assert len(DIGEST) == len(COMMANDS) - 2


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the README's first command was run."""
    folder = tmp_path_factory.mktemp("newcomer")
    (folder / "seeds").symlink_to(ROOT / "seeds")
    assert shell("uv run digest run seeds/", folder).returncode == 0
    return folder


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    line = command.replace("uv run digest", f"{sys.executable} -m digest")
    return subprocess.run(
        line, shell=True, cwd=folder, capture_output=True, encoding="utf-8", check=False, env=dict(os.environ)
    )


@pytest.mark.parametrize("command", DIGEST)
def test_every_example_works(command: str, made: Path) -> None:
    done = shell(command, made)
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert (" run seeds/" not in command) or len(list(made.glob("output/*/briefing.*"))) == 5


def test_links_lead_somewhere() -> None:
    links = re.findall(r"\]\((?!https?://)([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_setting_is_documented_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \|.*?\| `DIGEST_\w+` \| `([^`]*)` \|", README, flags=re.MULTILINE))
    defaults = dataclasses.asdict(Settings())
    assert rows == {name: _as_toml(value) for name, value in defaults.items()}


def _as_toml(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    return str(list(value)) if isinstance(value, tuple) else str(value)


def test_every_exit_status_is_documented() -> None:
    documented = {int(code) for code in re.findall(r"^\| (\d) \|", README, flags=re.MULTILINE)}
    raised = {
        value.exit_code
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, errors.DigestError)
    }
    assert raised | {0} == documented
