"""Package files for tests: good ones made of the bundled package, and hostile ones."""

from __future__ import annotations

import io
import json
import shutil
import stat
import zipfile
from typing import TYPE_CHECKING

from digest.translating.packages import BUNDLED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BUNDLED_VERSION = json.loads((BUNDLED / "metadata.json").read_text(encoding="utf-8"))["package_version"]
NAME = f"translate-ar_en-{BUNDLED_VERSION.replace('.', '_')}"
"""The name that the bundled package has when it is installed from a file."""

Files = dict[str, bytes]


def bundled_files(**metadata: object) -> Files:
    """Return the bundled package by paths in an archive, with other `metadata`."""
    files = {f"ar_en/{path.relative_to(BUNDLED)}": path.read_bytes() for path in BUNDLED.rglob("*") if path.is_file()}
    stated = json.loads(files["ar_en/metadata.json"]) | metadata
    return files | {"ar_en/metadata.json": json.dumps(stated).encode()}


def zipped(file: Path, files: Files) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file


def good(folder: Path, **metadata: object) -> Path:
    """Write the bundled package, with other `metadata`, as a package file."""
    return zipped(folder / "good.argosmodel", bundled_files(**metadata))


def byte_pair(folder: Path) -> Path:
    """Write a package with byte-pair encoding."""
    files = bundled_files()
    del files["ar_en/sentencepiece.model"]
    return zipped(folder / "bpe.argosmodel", files | {"ar_en/bpe.model": "#version: 0.2\nا ل\nال م\n".encode()})


def _with(name: str, content: bytes = b"x") -> Callable[[Path], None]:
    return lambda file: void(zipped(file, bundled_files() | {name: content}))


def _without(name: str) -> Callable[[Path], None]:
    return lambda file: void(zipped(file, {path: data for path, data in bundled_files().items() if path != name}))


def _link(file: Path) -> None:
    zipped(file, bundled_files())
    with zipfile.ZipFile(file, "a") as archive:
        link = zipfile.ZipInfo("ar_en/model/more")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "../../../../outside")


def _encrypted(file: Path) -> None:
    zipped(file, bundled_files())
    data = bytearray(file.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flags of local and central headers
        data[data.index(mark) + at] |= 1
    file.write_bytes(data)


def _twice(file: Path) -> None:
    zipped(file, bundled_files())
    data = io.BytesIO(file.read_bytes())
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("ar_en/MODEL.BIN", b"x")
    # Two members of one name, as zipfile itself warns of writing.
    file.write_bytes(data.getvalue().replace(b"ar_en/MODEL.BIN", b"ar_en/README.md"))


def _cut(file: Path) -> None:
    zipped(file, bundled_files())
    file.write_bytes(file.read_bytes()[:-5000])


def _flipped(file: Path) -> None:
    zipped(file, bundled_files())
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)


def void(_: object) -> None:
    """Return nothing of a call that is made for its effect."""


HOSTILE: dict[str, tuple[Callable[[Path], None], str]] = {
    "path traversal": (_with("ar_en/../../outside"), "leads out of its folder"),
    "absolute path": (_with("/outside"), "leads out of its folder"),
    "path of Windows": (_with("ar_en\\..\\..\\outside"), "leads out of its folder"),
    "drive of Windows": (_with("C:/outside"), "leads out of its folder"),
    "control characters": (_with("ar_en/\x1b[31mred\n"), "leads out of its folder"),
    "symbolic link": (_link, "is a link or a device"),
    "encrypted": (_encrypted, "is encrypted"),
    "zip bomb": (
        lambda file: void(zipped(file, {"ar_en/metadata.json": b"{}", "ar_en/bomb": b"\0" * 20_000_000})),
        "20 MB unpacked, more than",
    ),
    "too many files": (
        lambda file: void(zipped(file, {f"ar_en/{number}": b"" for number in range(10_001)})),
        "10001 files in it",
    ),
    "no metadata": (_without("ar_en/metadata.json"), "not a translation package"),
    "two folders": (_with("other/file"), "not a translation package"),
    "no archive": (lambda file: void(file.write_bytes(b"PK\x03\x04 or not")), "a broken package file"),
    "empty archive": (lambda file: void(zipped(file, {})), "not a translation package"),
    "a name twice": (_twice, "two files in it have one name"),
    "cut off": (_cut, "a broken package file"),
    "a byte changed": (_flipped, "a broken package file"),
    "metadata not JSON": (_with("ar_en/metadata.json", b"{"), "metadata.json: not JSON"),
    "metadata too deep": (_with("ar_en/metadata.json", b"[" * 200_000), "metadata.json: not JSON"),
    "metadata a list": (_with("ar_en/metadata.json", b"[]"), "metadata.json: not a JSON object"),
    "wrong languages": (
        lambda file: void(zipped(file, bundled_files(from_code="en", to_code="es"))),
        "translates from 'en' to 'es'",
    ),
    "version a path": (lambda file: void(zipped(file, bundled_files(package_version="../9"))), "is no version"),
    "another kind": (lambda file: void(zipped(file, bundled_files(type="sbd"))), "a package of the type 'sbd'"),
    "no tokenizer": (_without("ar_en/sentencepiece.model"), "no sentencepiece.model or bpe.model"),
    "tokenizer broken": (_with("ar_en/sentencepiece.model"), "cannot be loaded"),
    "no model": (_without("ar_en/model/model.bin"), "has no model/model.bin"),
    "model broken": (_with("ar_en/model/model.bin", b"\xff" * 5000), "cannot be loaded"),
    "vocabulary broken": (_with("ar_en/model/shared_vocabulary.json", b"[]"), "cannot be"),
}
"""How to write a file that must be refused, and what is said of it, by what is wrong with it."""


def unpacked(folder: Path, **metadata: object) -> Path:
    """Write the bundled package, with other `metadata`, as a folder."""
    shutil.copytree(BUNDLED, folder)
    stated = json.loads((folder / "metadata.json").read_text(encoding="utf-8")) | metadata
    (folder / "metadata.json").write_text(json.dumps(stated), encoding="utf-8")
    return folder
