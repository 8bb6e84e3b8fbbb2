"""`digest clean`: articles, or the verdict on every line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from test_cli import ARTICLE, digest


def test_the_labels_of_the_real_articles(shared_seeds: Path) -> None:
    done = digest("clean", *sorted(shared_seeds.glob("*.txt")), "--explain", "--json")
    assert done.returncode == 0, done.stderr
    lines = json.loads(done.stdout)
    assert list(lines[0]) == ["file", "line", "article", "label", "rule", "kept", "text"]
    found = {(Path(line["file"]).name, line["line"]): (line["article"], line["label"]) for line in lines}
    with (shared_seeds / "labels.tsv").open(encoding="utf-8", newline="") as file:
        gold = {
            (row["file"], int(row["line"])): (int(row["article"]), row["label"])
            for row in csv.DictReader(file, delimiter="\t")
        }
    assert found == gold


def test_articles_as_json(seeds: Path) -> None:
    done = digest("clean", seeds / "08-china-seafood-ban.txt", "--json")
    assert done.returncode == 0, done.stderr
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["article"], second["article"]) == (1, 2)
    assert first["published"] == "2023-08-24"
    assert second["outlet"] is None
    assert len(second["paragraphs"]) > 3


def test_an_article_as_text() -> None:
    done = digest("clean", "-", stdin=f"قائمة الموقع\n{ARTICLE}\nإعلان\n")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("# وزارة الصحة تسجل إصابات جديدة في الجنوب\n")
    assert "قائمة الموقع" not in done.stdout
    assert "إعلان" not in done.stdout


def test_an_explanation_as_text() -> None:
    done = digest("clean", "-", "--explain", stdin=f"{ARTICLE}\nإعلان\n")
    assert done.returncode == 0, done.stderr
    assert "- 0 ad (ad/ad-mark)" in done.stdout
    assert "+ 1 title (first-headline)" in done.stdout


@pytest.mark.parametrize("arguments", [[], ["--explain"], ["--json"]])
def test_nothing_usable(arguments: list[str], tmp_path: Path) -> None:
    done = digest("clean", tmp_path / "missing.txt", *arguments)
    assert (done.returncode, done.stdout) == (3, "")


def test_wrong_rules_are_named(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text("[[rule]]\nlabel = 'ad'\n", encoding="utf-8")
    done = digest("clean", "-", "--rules", tmp_path / "rules.toml", stdin=ARTICLE)
    assert done.returncode == 2
    assert "rules.toml: rule 1: " in done.stderr
