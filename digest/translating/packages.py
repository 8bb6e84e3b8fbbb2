"""Which translation package to use: an Argos package from Arabic to English, installed by the user or bundled.

The one that `digest packages use` was told is taken, else the best installed one, else the bundled one.

An Argos package is a folder with `metadata.json`, a CTranslate2 model in `model/` and either `sentencepiece.model` or
`bpe.model`. The folders are read here and not through `argostranslate.package`: that module cannot be imported where
HOME is read-only, and it gives up on all packages where one is malformed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest.errors import PackageError
from digest.model import PackageInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BUNDLED = Path(__file__).resolve().parent.parent / "packages" / "ar_en"
"""Folder of the package that digest ships."""

DEFAULT_MAX_SOURCE_TOKENS = 150
"""Longest input, in tokens, of a package that does not state its own: argos-train leaves longer sentences out of the
training data (`src_seq_length: 150` in its config.yml)."""

ARABIC_ENGLISH = ("ar", "en")
CHOICE = "chosen"
"""File of `workspace` with the name of the package that `digest packages use` was told."""
_MODEL = Path("model", "model.bin")
_SENTENCEPIECE, _BPE = "sentencepiece.model", "bpe.model"


@dataclass(frozen=True, slots=True)
class TranslationPackage:
    """A usable package: the folder, what identifies it, and the settings of its metadata that matter for translating.

    `tokenizer` is the tokenizer's file; `target_prefix` the token that each translation must start with, or "";
    `max_source_tokens` the longest input, in tokens, that the model was trained on.
    """

    path: Path
    info: PackageInfo
    from_code: str
    to_code: str
    tokenizer: Path
    target_prefix: str = ""
    max_source_tokens: int = DEFAULT_MAX_SOURCE_TOKENS

    @property
    def is_sentencepiece(self) -> bool:
        """Whether the tokenizer is SentencePiece; the other kind is Moses with byte-pair encoding."""
        return self.tokenizer.name == _SENTENCEPIECE

    @property
    def content(self) -> str:
        """A hash of the files, the same wherever they lie."""
        return self.info.id.rpartition("-")[2]


def argos_settings() -> Any:
    """Return Argos Translate's module of settings.

    Importing it makes folders in HOME and reads a settings file and environment variables of the user's, any of which
    may fail; PackageError then.
    """
    try:
        # It prints its complaints, and standard output is for results.
        with contextlib.redirect_stdout(sys.stderr):
            from argostranslate import settings  # noqa: PLC0415 - makes folders, so only when they are wanted
    except (OSError, RuntimeError, ValueError, LookupError, AssertionError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise PackageError(f"Argos Translate's settings cannot be loaded ({reason}); see HOME and ARGOS_*") from error
    return settings


def argos_folders() -> tuple[Path, ...]:
    """Return the folders in which Argos Translate keeps installed packages, none where its settings cannot be loaded."""
    try:
        return tuple(Path(folder) for folder in argos_settings().package_dirs)
    except PackageError:
        return ()


def workspace(folder: Path) -> Path:
    """Return where digest keeps what belongs to the packages in `folder`.

    It is beside it: Argos Translate fails on every folder in its own that is no package.
    """
    return folder.parent / ".digest-packages"


def chosen_name(folders: Sequence[Path]) -> str | None:
    """Return the name of the package that the user told to use from now on, None where nothing was told.

    It is kept in `workspace` of the first of the folders in which packages are installed.
    """
    for folder in folders[:1]:
        with contextlib.suppress(OSError, ValueError):
            return (workspace(folder) / CHOICE).read_text(encoding="utf-8").strip() or None
    return None


def installed_packages(
    search: Callable[[], Sequence[Path]] = argos_folders, pair: tuple[str, str] = ARABIC_ENGLISH
) -> list[TranslationPackage]:
    """Return the usable installed packages of a pair of languages, the best (highest version) first.

    `search` tells the folders whose subfolders are packages. Packages of other languages and malformed ones are left
    out.
    """
    found: list[TranslationPackage] = []
    for folder in subfolders(search()):
        with contextlib.suppress(PackageError):
            found.append(read_package(folder, pair))
    return sorted(found, key=lambda package: (version_key(package.info.version), package.info.id), reverse=True)


def find_package(choice: str | None, search: Callable[[], Sequence[Path]] = argos_folders) -> TranslationPackage:
    """Return the package to translate with.

    `choice` is the path of a package's folder, or the name of the folder or the id of an installed package; with None
    the one of `chosen_name` is taken if it is there, else the best installed one, else the bundled one. `search` is as
    for `installed_packages`. PackageError is raised where the choice does not exist or cannot be used.
    """
    if choice is None:
        folders = search()
        name = chosen_name(folders)
        for folder in (BUNDLED, *subfolders(folders)):
            if folder.name == name:
                return read_package(folder)
        installed = installed_packages(lambda: folders)
        return installed[0] if installed else read_package(BUNDLED)
    with contextlib.suppress(OSError, RuntimeError):  # a name too long for a path; ~ of nobody
        if (path := Path(choice).expanduser()).is_dir():
            return read_package(path)
        if path.is_file():
            raise PackageError(f"{choice}: a package file must be installed: digest packages install {choice}")
    for folder in (BUNDLED, *subfolders(search())):
        if folder.name == choice:
            return read_package(folder)
    choices = [*installed_packages(search), read_package(BUNDLED)]
    for package in choices:
        if package.info.id == choice:
            return package
    raise PackageError(
        f"{choice}: neither a folder nor an installed translation package; "
        f"name one of these: {', '.join(package.path.name for package in choices)}"
    )


def find_pivot(code: str, search: Callable[[], Sequence[Path]] = argos_folders) -> tuple[TranslationPackage, ...]:
    """Return the best installed packages from Arabic to the language `code` and from it to English.

    PackageError is raised where one of them is not installed.
    """
    found = []
    for pair in ((ARABIC_ENGLISH[0], code), (code, ARABIC_ENGLISH[1])):
        installed = installed_packages(search, pair)
        if not installed:
            name = f"{pair[0]}-{pair[1]}"
            raise PackageError(f"{name}: not installed; run `digest packages install --step {name}`")
        found.append(installed[0])
    return tuple(found)


def read_package(path: Path, pair: tuple[str, str] = ARABIC_ENGLISH) -> TranslationPackage:
    """Return the package in the folder `path`; PackageError tells what keeps it from being used for a pair of languages.

    All files are read once, for `PackageInfo.id`: the folder's name and a hash of the content.
    """
    metadata = read_metadata(path)
    languages = metadata.get("from_code"), metadata.get("to_code")
    if languages != pair:
        raise PackageError(
            f"{path}: translates from {languages[0]!r} to {languages[1]!r}; name a package from {pair[0]} to {pair[1]}"
        )
    if (kind := metadata.get("type", "translate")) != "translate":
        raise PackageError(f"{path}: a package of the type {kind!r}; name one that translates")
    tokenizer = next((file for name in (_SENTENCEPIECE, _BPE) if (file := path / name).is_file()), None)
    if tokenizer is None or not (path / _MODEL).is_file():
        lacking = _MODEL if tokenizer else f"{_SENTENCEPIECE} or {_BPE}"
        raise PackageError(f"{path}: the translation package has no {lacking}; install it again")
    version, prefix = metadata.get("package_version", ""), metadata.get("target_prefix", "")
    longest = metadata.get("max_source_tokens", DEFAULT_MAX_SOURCE_TOKENS)
    if not isinstance(version, str) or not isinstance(prefix, str) or type(longest) is not int or longest < 1:
        raise PackageError(
            f"{path / 'metadata.json'}: package_version and target_prefix must be texts and max_source_tokens a number "
            "from 1 up; install the package again"
        )
    try:
        digest = _content_hash(path, tokenizer)
    except OSError as error:
        raise PackageError(f"{path}: the translation package cannot be read ({error.strerror})") from error
    return TranslationPackage(
        path=path,
        info=PackageInfo(id=f"{path.resolve().name}-{digest}", version=version, bundled=path.resolve() == BUNDLED),
        from_code=pair[0],
        to_code=pair[1],
        tokenizer=tokenizer,
        target_prefix=prefix,
        max_source_tokens=longest,
    )


def read_metadata(path: Path) -> dict[str, Any]:
    """Return what metadata.json in the folder `path` states; PackageError where it is not there or no JSON object."""
    file = path / "metadata.json"
    try:
        metadata = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PackageError(f"{path}: not a translation package, it has no metadata.json; name its folder") from None
    except OSError as error:
        raise PackageError(f"{file}: cannot be read ({error.strerror}); install the package again") from error
    except (ValueError, RecursionError) as error:
        raise PackageError(f"{file}: not JSON; install the package again") from error
    if not isinstance(metadata, dict):
        raise PackageError(f"{file}: not a JSON object; install the package again")
    return metadata


def _content_hash(path: Path, tokenizer: Path) -> str:
    """Return 12 hexadecimal digits that change with the metadata, the model, its vocabulary or the tokenizer.

    Two builds of one version must not share remembered translations.
    """
    whole = hashlib.sha256()
    model = sorted(file for file in (path / "model").iterdir() if file.is_file())
    for file in (path / "metadata.json", *model, tokenizer):
        with file.open("rb") as opened:
            whole.update(file.name.encode() + b"\0" + hashlib.file_digest(opened, "sha256").digest())
    return whole.hexdigest()[:12]


def subfolders(folders: Sequence[Path]) -> list[Path]:
    """Return the folders in `folders`, by name; those that cannot be read have none."""
    found: list[Path] = []
    for folder in folders:
        with contextlib.suppress(OSError):
            found.extend(sorted(path for path in folder.iterdir() if path.is_dir()))
    return found


def version_key(version: str) -> tuple[int, ...]:
    """Return the numbers in `version`, so that 1.10 comes after 1.9."""
    return tuple(int(part) for part in re.findall(r"\d{1,9}", version))
