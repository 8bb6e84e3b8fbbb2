"""What tests share: the sample day, the real articles where they are at hand, and a home of their own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from digest.cleaning import bundled_rules, clean
from digest.model import Document

if TYPE_CHECKING:
    from digest.model import Article

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

# A run says the same of the same code every time. Examples that were never tried before: --hypothesis-profile=explore
settings.register_profile("fixed", derandomize=True)
settings.register_profile("explore", print_blob=True)
settings.load_profile("fixed")


@pytest.fixture(autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test, and the programs it starts, out of the home and the settings of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "ARGOS_PACKAGES_DIR"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in [name for name in os.environ if name.startswith("DIGEST_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def seeds() -> Path:
    """Return the folder of the sample day."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def shared_seeds() -> Path:
    """Return the folder of the real articles with labels."""
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip("the labelled real articles (../shared/seeds) are not at hand")
    return folder


def clean_folder(folder: Path) -> list[Article]:
    """Return the articles of all text files of a folder, in the order of their names."""
    files = sorted(folder.glob("*.txt"))
    documents = (Document(str(file), file.read_text(encoding="utf-8")) for file in files)
    return [article for document in documents for article in clean(document, bundled_rules())]


@pytest.fixture(scope="session")
def sample_articles(seeds: Path) -> list[Article]:
    """Return the cleaned articles of the sample day."""
    return clean_folder(seeds)


@pytest.fixture(scope="session")
def real_articles(shared_seeds: Path) -> list[Article]:
    """Return the cleaned real articles."""
    return clean_folder(shared_seeds)
