"""The recipe of a package: which data, how filtered and weighted, how it is trained (`training/recipe.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import MISSING, dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from training.errors import TrainingError

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_RECIPE = Path(__file__).with_name("recipe.toml")


@dataclass(frozen=True, slots=True)
class Filters:
    """Which pairs are left out; lengths in characters, shares between 0 and 1."""

    longest: int
    ratio: float
    ratio_from: int
    arabic_share: float
    foreign_share: float


@dataclass(frozen=True, slots=True)
class Source:
    """A file of pairs and how many times an epoch has it.

    A file beginning with "./" lies beside the recipe. `limit` keeps so many pairs at most, drawn at random; `capitalise`
    writes the English words with a capital; `arabic` is a file of the lines that the pairs only name (`training.named_lines`).
    """

    file: str
    weight: float
    limit: int = 0
    capitalise: bool = False
    arabic: str = ""


@dataclass(frozen=True, slots=True)
class Synthetic:
    """How many pairs to make of those of `source` by swapping numbers, and countries of the list `countries`."""

    source: str
    countries: str
    pairs: int
    weight: float


@dataclass(frozen=True, slots=True)
class Mono:
    """Arabic text without translation, of which the tokenizer sees `sentences` lines at most."""

    file: str
    sentences: int


@dataclass(frozen=True, slots=True)
class TokenizerSettings:
    """Size of the vocabulary and what it is made from."""

    pieces: int
    sentences: int
    coverage: float
    split_digits: bool


@dataclass(frozen=True, slots=True)
class BatchSettings:
    """How pairs become batches; `longest` in pieces, `chunk` in pairs."""

    longest: int
    chunk: int


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """What does not change between the stages of a run; `evaluate_every` in steps, the rest as in recipe.toml."""

    optimizer: str
    beta2: float
    weight_decay: float
    dropout: float
    label_smoothing: float
    clip: float
    evaluate_every: int
    patience: int
    snapshots: int


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of a run: `share` of its budget at up to `rate`, on all data or on what `weights` names.

    `warmup` counts steps; `cool_down` is the last share of the stage. `sampling` is the alpha of SentencePiece's sampling of
    segmentations; 0 takes the best ones.
    """

    name: str
    share: float
    rate: float
    warmup: int
    cool_down: float
    sampling: float = 0.0
    weights: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recipe:
    """The whole recipe; `dev` maps a dev set to its Arabic and its English file."""

    seed: int
    dev: dict[str, tuple[str, str]]
    filters: Filters
    sources: dict[str, Source]
    tokenizer: TokenizerSettings
    batches: BatchSettings
    training: TrainingSettings
    stages: tuple[Stage, ...]
    synthetic: Synthetic | None = None
    mono: Mono | None = None


def read_recipe(path: Path = DEFAULT_RECIPE) -> Recipe:
    """Return the recipe in `path`; TrainingError names the first thing that is wrong with it."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise TrainingError(f"{path}: there is no such recipe; name a file like training/recipe.toml") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TrainingError(f"{path}: not TOML ({error}); correct it") from error
    values = dict(raw)
    for name, kind in _TABLES.items():
        if name in values:
            values[name] = _fill(kind, values[name], f"{path}: [{name}]")
    if "dev" in values:
        values["dev"] = _dev(values["dev"], f"{path}: [dev]")
    sources = values.get("sources")
    if isinstance(sources, dict):
        values["sources"] = {name: _source(table, path, f"{path}: [sources.{name}]") for name, table in sources.items()}
    stages = values.get("stages")
    if isinstance(stages, list):
        values["stages"] = tuple(_fill(Stage, table, f"{path}: [[stages]]") for table in stages)
    recipe = _fill(Recipe, values, str(path))
    _check(recipe, path)
    return recipe


_TABLES: dict[str, type[Any]] = {
    "filters": Filters,
    "synthetic": Synthetic,
    "mono": Mono,
    "tokenizer": TokenizerSettings,
    "batches": BatchSettings,
    "training": TrainingSettings,
}
_KINDS: dict[str, tuple[tuple[type, ...], str]] = {
    "int": ((int,), "a whole number"),
    "float": ((int, float), "a number"),
    "str": ((str,), "a text"),
    "bool": ((bool,), "true or false"),
}
_DataclassT = TypeVar("_DataclassT")


def _fill(kind: type[_DataclassT], values: Any, where: str) -> _DataclassT:
    """Return a `kind` made of the table `values`, its names and the types of its plain values checked."""
    if not isinstance(values, dict):
        raise TrainingError(f"{where}: must be a table")
    known = {item.name: item for item in fields(kind)}  # type: ignore[arg-type]
    if unknown := sorted(values.keys() - known.keys()):
        raise TrainingError(f"{where}: unknown {unknown[0]}; known are {', '.join(known)}")
    for name, item in known.items():
        if name not in values:
            if item.default is MISSING and item.default_factory is MISSING:
                raise TrainingError(f"{where}: {name} is missing")
            continue
        types, wanted = _KINDS.get(str(item.type), ((object,), ""))
        value = values[name]
        if not isinstance(value, types) or (isinstance(value, bool) and bool not in types and wanted):
            raise TrainingError(f"{where}: {name} must be {wanted}, not {value!r}")
    return kind(**values)


def _source(table: Any, recipe: Path, where: str) -> Source:
    """Return a source, the name of a file beside the recipe made absolute."""
    source = _fill(Source, table, where)
    if source.file.startswith("./"):
        return replace(source, file=str(recipe.resolve().parent / source.file))
    return source


def _dev(table: Any, where: str) -> dict[str, tuple[str, str]]:
    """Return the Arabic and the English file of each dev set."""
    if not isinstance(table, dict):
        raise TrainingError(f"{where}: must be a table")
    files: dict[str, tuple[str, str]] = {}
    for name, pair in table.items():
        match pair:
            case [str(ar), str(en)]:
                files[name] = (ar, en)
            case _:
                raise TrainingError(f"{where}: {name} must be an Arabic and an English file, not {pair!r}")
    return files


def _check(recipe: Recipe, path: Path) -> None:
    """Raise TrainingError where tables of `recipe` do not fit together."""
    if not recipe.dev or not recipe.sources or not recipe.stages:
        raise TrainingError(f"{path}: needs at least one dev set, one source and one stage")
    synthetic = recipe.synthetic
    if synthetic and (synthetic.source not in recipe.sources or "synthetic" in recipe.sources):
        raise TrainingError(f"{path}: [synthetic] needs an existing source, and no source of the name synthetic")
    for name, weight in all_weights(recipe).items():
        if weight < 0:
            raise TrainingError(f"{path}: the weight of {name} must not be negative")
    for stage in recipe.stages:
        if unknown := sorted(stage.weights.keys() - all_weights(recipe).keys()):
            raise TrainingError(f"{path}: stage {stage.name} weighs {unknown[0]}, which is no source")
    if abs(sum(stage.share for stage in recipe.stages) - 1) > 1e-6:  # noqa: PLR2004 - rounding of the sum
        raise TrainingError(f"{path}: the shares of the stages must add up to 1")


def all_weights(recipe: Recipe) -> Mapping[str, float]:
    """Return the weight of each source, that of the synthetic pairs included."""
    weights = {name: source.weight for name, source in recipe.sources.items()}
    return weights | ({"synthetic": recipe.synthetic.weight} if recipe.synthetic else {})
