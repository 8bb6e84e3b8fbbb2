"""The program as people start it: real processes, the real package, real files."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from digest.cli import app
from digest.rendering import schema

FILES = ["briefing.eml", "briefing.html", "briefing.json", "briefing.md", "briefing.txt"]
ARTICLE = """وزارة الصحة تسجل إصابات جديدة في الجنوب

أعلنت وزارة الصحة، اليوم الأربعاء، تسجيل 12 إصابة جديدة في ثلاث محافظات جنوبية. وقالت إن المصابين في المستشفى.

ودعت السكان إلى غلي المياه قبل شربها حتى انتهاء التحقيق في سبب التلوث.
"""


def digest(
    *arguments: str | Path, stdin: str = "", cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "digest", *map(str, arguments)],
        input=stdin, capture_output=True, encoding="utf-8", check=False, cwd=cwd, env=os.environ | environment,
    )  # fmt: skip


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    return file


COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], *([command, "--help"] for command in COMMANDS)])
def test_help_starts_without_the_heavy_libraries(arguments: list[str]) -> None:
    code = (
        "import sys; sys.argv[0] = 'digest'\n"
        "from digest.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "heavy = {'ctranslate2', 'sklearn', 'sumy', 'numpy', 'argostranslate', 'jinja2', 'scipy', 'nltk'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_exit_codes_are_documented_in_help() -> None:
    for command in ([], *([command] for command in COMMANDS)):
        text = " ".join(digest(*command, "--help").stdout.split())
        assert "3 nothing usable in the inputs" in text


def test_the_sample_day(seeds: Path, tmp_path: Path) -> None:
    done = digest("run", seeds, "--out", tmp_path / "out", "--date", "2023-08-24")
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "out" / "2023-08-24"
    assert sorted(path.name for path in folder.iterdir()) == FILES
    assert done.stdout.splitlines()[0].startswith("7 stories from 15 articles of 5 known outlets, ")
    assert sorted(done.stdout.splitlines()[2:]) == [str(folder / name) for name in FILES]
    assert "README.md: passed over, no article by its kind" in done.stderr
    briefing = json.loads((folder / "briefing.json").read_text(encoding="utf-8"))
    assert briefing["date"] == "2023-08-24"
    assert all(sentence["en"] and sentence["ar"] for story in briefing["stories"] for sentence in story["sentences"])


def test_the_real_articles(shared_seeds: Path, tmp_path: Path) -> None:
    done = digest("run", shared_seeds, "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    (file,) = tmp_path.glob("*/briefing.json")
    briefing = json.loads(file.read_text(encoding="utf-8"))
    assert sorted(len(story["articles"]) for story in briefing["stories"]) == [1, 1, 4]
    articles = {article["id"]: article for article in briefing["articles"]}
    for story in briefing["stories"]:
        assert story["headline"]["en"]
        for sentence in story["sentences"]:
            text = " ".join(Path(articles[sentence["article"]]["origin"]).read_text(encoding="utf-8").split())
            assert sentence["ar"] in text
    assert sorted(Path(name).name for name in briefing["passed_over"]) == ["README.md", "articles.json", "labels.tsv"]


def test_a_second_run_translates_nothing_and_gives_the_same_bytes(seeds: Path, tmp_path: Path) -> None:
    results = []
    for _ in range(2):
        done = digest(
            "run", seeds, "--out", tmp_path / "out", "--date", "2023-08-24", DIGEST_STORE=str(tmp_path / "store")
        )
        assert done.returncode == 0, done.stderr
        results.append((done.stdout.splitlines()[1], {p.name: p.read_bytes() for p in tmp_path.glob("out/*/*")}))
    (first, made), (second, again) = results
    assert "remembered 0," in first
    assert second.startswith("Translated 0 texts and remembered ")
    assert made == again


def test_without_input_the_inbox_is_read(article: Path, tmp_path: Path) -> None:
    done = digest("run", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no inbox folder 'inbox'" in done.stderr
    (tmp_path / "inbox").mkdir()
    article.rename(tmp_path / "inbox" / article.name)
    done = digest("run", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 story from 1 article")


def test_bad_inputs_are_named_and_the_rest_goes_on(article: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.txt").write_bytes(b"\0\1\2\3")
    (tmp_path / "english.txt").write_text("Not a word of Arabic in this one, nothing at all.", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    bad = [tmp_path / name for name in ("missing.txt", "empty.txt", "binary.txt", "english.txt", "folder")]
    done = digest("run", *bad, article, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("digest: ")]
    assert len(lines) == 5
    (file,) = tmp_path.glob("out/*/briefing.json")
    failures = json.loads(file.read_text(encoding="utf-8"))["failures"]
    assert sorted(failure["origin"] for failure in failures) == sorted(map(str, bad))
    for name in FILES[1:]:
        if name != "briefing.eml":
            assert "english.txt" in file.with_name(name).read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["run", "summarize"])
def test_nothing_usable(command: str, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "english.txt").write_text("Not a word of Arabic in this one.", encoding="utf-8")
    done = digest(command, "empty.txt", "english.txt", "missing.txt", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "digest: empty.txt: empty",
        "digest: missing.txt: no such file or folder",
        "digest: english.txt: no Arabic text in it",
        "digest: nothing usable in the inputs; nothing was made",
    ]
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--package", "no-such-package"], 4, "no-such-package"),
        (["--config", "missing.toml"], 2, "missing.toml: cannot be read"),
        (["--date", "tomorrow"], 2, "no date like 2026-11-20"),
        (["--sentences", "0"], 2, "must be between 1 and 50"),
        (["--no-such-option"], 2, "No such option"),
        (["--out", "article.txt"], 5, "article.txt"),
        (["--templates", "missing"], 2, "missing"),
    ],
)
def test_wrong_use_is_one_clear_line(article: Path, arguments: list[str], code: int, said: str) -> None:
    done = digest("run", article, *arguments, cwd=article.parent)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
    assert said in done.stderr


def test_settings_file_of_the_folder(article: Path) -> None:
    (article.parent / "digest.toml").write_text('out = "elsewhere"\nsentences = 1\n', encoding="utf-8")
    done = digest("run", article, "--date", "2020-01-02", cwd=article.parent)
    assert done.returncode == 0, done.stderr
    file = article.parent / "elsewhere" / "2020-01-02" / "briefing.json"
    (story,) = json.loads(file.read_text(encoding="utf-8"))["stories"]
    assert len(story["sentences"]) == 1


def test_a_store_that_cannot_be_kept_does_not_cost_the_briefing(article: Path, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be", encoding="utf-8")
    done = digest("run", article, "--out", tmp_path / "out", XDG_DATA_HOME=str(tmp_path / "data"))
    assert done.returncode == 0, done.stderr
    assert "going on without it" in done.stderr


def test_summarize_in_both_languages(article: Path) -> None:
    done = digest("summarize", article, "--sentences", "3")
    assert done.returncode == 0, done.stderr
    lines = [line.strip() for line in done.stdout.splitlines()]
    arabic = next(number for number, line in enumerate(lines) if "تسجيل 12 إصابة جديدة" in line)
    assert any("a" <= char.lower() <= "z" for char in lines[arabic - 1]), "the English stands above its Arabic"
    assert any("وزارة الصحة تسجل إصابات جديدة في الجنوب" in line for line in lines)


def test_summarize_standard_input_as_json() -> None:
    done = digest("summarize", "-", "--to", "ar", "--format", "json", "-n", "2", stdin=ARTICLE)
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert summary["title"] == ARTICLE.splitlines()[0]
    assert [sentence["index"] for sentence in summary["sentences"]] == [0, 2]
    assert done.stderr == ""


def test_summarize_several_files(article: Path, seeds: Path) -> None:
    done = digest("summarize", article, seeds, "--to", "both", "--format", "json", "-n", "1")
    assert done.returncode == 0, done.stderr
    summaries = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(summaries) == 16
    assert all(summary["title_en"] and summary["sentences"][0]["en"] for summary in summaries)


@pytest.mark.parametrize("form", ["text", "md"])
@pytest.mark.parametrize("to", ["ar", "en", "both"])
def test_summarize_forms(article: Path, form: str, to: str) -> None:
    done = digest("summarize", article, "--to", to, "--format", form)
    assert done.returncode == 0, done.stderr
    assert ("وزارة" in done.stdout) == (to != "en")


def test_arabic_is_printed_whatever_the_locale(article: Path) -> None:
    done = digest("summarize", article, "--to", "ar", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr
    assert "وزارة الصحة" in done.stdout


def test_the_schema_is_one() -> None:
    import jsonschema  # noqa: PLC0415

    jsonschema.Draft202012Validator.check_schema(schema())


DAYS = {
    "2026-11-18": {"a": ARTICLE},
    "2026-11-19": {
        "a": ARTICLE,
        "b": """ارتفاع الإصابات في المحافظات الجنوبية إلى ثلاثين

ارتفع عدد الإصابات في المحافظات الجنوبية إلى ثلاثين، بعد تسجيل 18 إصابة جديدة بحسب وزارة الصحة. وعزلت الوزارة بئرين ملوثتين.

وقال مدير المستشفى إن معظم المصابين من الأطفال، وإن حالة اثنين منهم حرجة بسبب تلوث المياه.
""",
    },
    "2026-11-20": {"a": ARTICLE},
}


def _run_day(folder: Path, day: str) -> subprocess.CompletedProcess[str]:
    inbox = folder / f"inbox-{day}"
    inbox.mkdir(exist_ok=True)
    for name, text in DAYS[day].items():
        (inbox / f"{name}.txt").write_text(text, encoding="utf-8")
    return digest("run", inbox, "--date", day, cwd=folder)


def test_three_days(tmp_path: Path) -> None:
    briefings = {}
    for day in DAYS:
        done = _run_day(tmp_path, day)
        assert done.returncode == 0, done.stderr
        briefings[day] = json.loads((tmp_path / "output" / day / "briefing.json").read_text(encoding="utf-8"))
    first, second, third = briefings.values()
    assert [story["status"] for story in first["stories"]] == ["new"]
    assert [(story["status"], story["since"]) for story in second["stories"]] == [("update", "2026-11-18")]
    printed = {sentence["ar"] for story in first["stories"] for sentence in story["sentences"]}
    assert not printed & {sentence["ar"] for story in second["stories"] for sentence in story["sentences"]}
    assert third["stories"] == []
    assert [left["reason"] for left in third["left_out"]] == ["nothing new since 2026-11-19"]
    assert "left out: 1 story" in done.stdout
    again = digest("run", tmp_path / "inbox-2026-11-20", "--date", "2026-11-20", "--all", cwd=tmp_path)
    assert again.stdout.startswith("1 story from 1 article")


@pytest.mark.parametrize("after", [0.3, 1.5, 2.5, 4.0])
def test_a_run_killed_at_any_point_is_made_again_the_same(tmp_path: Path, after: float) -> None:
    (tmp_path / "undisturbed").mkdir()
    (tmp_path / "killed").mkdir()
    for day in list(DAYS)[:2]:
        assert _run_day(tmp_path / "undisturbed", day).returncode == 0
    assert _run_day(tmp_path / "killed", "2026-11-18").returncode == 0
    inbox = tmp_path / "killed" / "inbox-2026-11-19"
    inbox.mkdir()
    for name, text in DAYS["2026-11-19"].items():
        (inbox / f"{name}.txt").write_text(text, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "digest", "run", inbox, "--date", "2026-11-19"],
        cwd=tmp_path / "killed", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(after)
    process.kill()
    process.wait()
    assert _run_day(tmp_path / "killed", "2026-11-19").returncode == 0
    made = [
        {path.relative_to(root): path.read_bytes().replace(b"killed", b"undisturbed")
         for path in sorted((root / "output").rglob("*")) if path.is_file()}
        for root in (tmp_path / "undisturbed", tmp_path / "killed")
    ]  # fmt: skip
    assert made[0].keys() == made[1].keys()
    page = Path("output/2026-11-19/briefing.html")
    assert made[0][page] == made[1][page]


def test_a_summary_of_so_many_words(seeds: Path) -> None:
    file = seeds / "10-chandrayaan-landing.txt"
    lengths = []
    for words in ("10", "60", "100000"):
        done = digest("summarize", file, "--words", words, "--to", "ar", "--format", "json")
        assert done.returncode == 0, done.stderr
        lengths.append([len(one["text"].split()) for one in json.loads(done.stdout)["sentences"]])
    assert len(lengths[0]) == 1
    assert sum(lengths[1]) >= 60 > sum(lengths[1][:-1]) or len(lengths[1]) == 2
    assert len(lengths[2]) > 5


def test_stories_are_explained(seeds: Path) -> None:
    done = digest("stories", seeds, "--explain", "--date", "2023-08-24")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert sum(line[:1].isdigit() for line in lines) == 7
    assert "     2.00  outlets: 3 independent" in lines
    assert any("06-brics-local-currencies.txt" in line for line in lines)


@pytest.mark.parametrize(
    "options", [["--all", "--since", "2023-08-24"], ["--since", "2023-08-24", "--lookback", "1"], ["--since", "now"]]
)
def test_options_that_contradict_each_other(seeds: Path, options: list[str]) -> None:
    done = digest("stories", seeds, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
