"""The benchmark of translation: what it reads, what it prints, and what it says where Argos Translate is not at hand."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks.argos import NotAtHandError, run_argos
from benchmarks.translation import SETS, main, quality, read_set
from digest.translating.packages import BUNDLED

if TYPE_CHECKING:
    from pathlib import Path

FIRE = "قالت الشرطة إن الحريق لم يسفر عن ضحايا."


def write_sets(shared: Path, english: str) -> None:
    folder = shared / "mt" / "dev"
    folder.mkdir(parents=True)
    for name in SETS:
        (folder / f"{name}.ar").write_text(f"{FIRE}\n", encoding="utf-8")
        (folder / f"{name}.en").write_text(f"{english}\n", encoding="utf-8")


def test_what_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_sets(tmp_path, "The police said that nobody was hurt in the fire.")
    missing = str(tmp_path / "no" / "python")
    main(["--shared", str(tmp_path), "--argos-python", missing, "--threads", "1"])
    printed = capsys.readouterr().out
    assert "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:" in printed
    for word in ("news-dev (1), digest", "flores-dev (1), digest", "bare CTranslate2", "with 1 threads"):
        assert word in printed
    assert f"Argos Translate: not measured, {missing}: " in printed


def test_without_data_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--shared", str(tmp_path)]) == 2
    assert "see --shared" in capsys.readouterr().err
    write_sets(tmp_path, "one\ntwo")
    with pytest.raises(ValueError, match="1 Arabic lines, 2 English ones"):
        read_set(tmp_path / "mt" / "dev", SETS[0])


def test_quality_tells_good_from_bad() -> None:
    reference = ["The police said that nobody was hurt in the fire ."]
    assert quality(reference, reference).bleu == pytest.approx(100)
    worse = quality(["The police said that everybody was hurt ."], reference)
    assert 0 < worse.bleu < 100
    assert 0 < worse.chrf < 100


def interpreter(folder: Path, program: str) -> Path:
    """Write an executable that takes a script, as an interpreter does, and runs `program` instead."""
    file = folder / "python"
    file.write_text(f"#!{sys.executable}\nimport json, os, sys\n{program}\n", encoding="utf-8")
    file.chmod(0o755)
    return file


@pytest.mark.skipif(sys.platform == "win32", reason="executable scripts are POSIX")
def test_the_other_environment_gets_the_lines_and_the_package(tmp_path: Path) -> None:
    program = (
        "asked = json.load(sys.stdin)\n"
        "found = os.listdir(os.path.join(os.environ['ARGOS_PACKAGES_DIR'], 'translate-ar_en'))\n"
        "assert 'metadata.json' in found and os.environ['ARGOS_INTRA_THREADS'] == '3'\n"
        "print('noise')\n"
        "print(json.dumps({'english': asked['lines'], 'seconds': len(asked['timed']), 'splitting': sys.argv[1]}))"
    )
    result = run_argos(interpreter(tmp_path, program), BUNDLED, tmp_path / "home", [FIRE], [FIRE, FIRE], 3)
    assert (result.english, result.seconds) == ([FIRE], 2)
    assert result.splitting.endswith("argos_peer.py")


@pytest.mark.skipif(sys.platform == "win32", reason="executable scripts are POSIX")
@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("sys.exit('no\\nstanza here')", "stanza here"),
        ("print('no JSON')", "Expecting value"),
        ("pass", "out of range"),
        (f"print({json.dumps('{}')!r})", "argument"),
    ],
)
def test_an_environment_that_does_not_work_is_one_line(tmp_path: Path, program: str, said: str) -> None:
    python = interpreter(tmp_path, f"sys.stdin.read()\n{program}")
    with pytest.raises(NotAtHandError, match=said) as error:
        run_argos(python, BUNDLED, tmp_path / "home", [FIRE], [FIRE], 1)
    assert "\n" not in str(error.value)
