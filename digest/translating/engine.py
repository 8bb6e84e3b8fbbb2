"""The engine: runs a translation package with CTranslate2, all texts of a call in one batch."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from digest.errors import PackageError
from digest.model import PackageInfo
from digest.translating.splitting import cut_out_untouched, split_in_halves, split_text
from digest.translating.tokens import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.translating.packages import TranslationPackage

MAX_BATCH_TOKENS = 4096
"""Tokens translated at a time. On two busy cores 350 news sentences took 34 s with 32 (argostranslate's default), 14 s
with 256, 8.0 s with 1024, 6.1 s with 2048, 5.2 s with 4096 and 5.5 s with 8192; memory grows with it."""


@dataclass(frozen=True, slots=True)
class DecodingOptions:
    """How CTranslate2 searches for a translation; the names are its own.

    The defaults were chosen with the bundled package, its version 1.3, on 350 news sentences (BLEU / chrF2, and outputs
    that say something three times in a row): no 6-gram twice 31.91 / 57.67, 14 loops; a length penalty of 0.6 as well
    31.76 / 57.55. With version 1.1 a repetition penalty of 1.05 cost 0.7 BLEU, one of 1.1 with a coverage penalty of 0.2
    1.5 BLEU. 7 % of the reference translations repeat a 4-gram of tokens, 1.4 % a 6-gram.
    """

    beam_size: int = 4
    length_penalty: float = 1.0
    coverage_penalty: float = 0.0
    repetition_penalty: float = 1.0
    no_repeat_ngram_size: int = 6
    max_decoding_length: int = 256
    """Tokens of a translation at most; the longest reference for the longest input of a package is within it."""

    def key(self) -> str:
        """Return a text that is equal for equal options, to tell remembered translations apart."""
        return (
            f"beam={self.beam_size} length={self.length_penalty} coverage={self.coverage_penalty} "
            f"repetition={self.repetition_penalty} ngram={self.no_repeat_ngram_size} max={self.max_decoding_length}"
        )


@dataclass(frozen=True, slots=True)
class Search:
    """One way to look for translations of a text: decoding options, of the text whole or of its halves."""

    options: DecodingOptions
    halves: bool = False

    def key(self) -> str:
        """Return a text that is equal for equal searches."""
        return f"{self.options.key()}{' halves' if self.halves else ''}"


class Hypothesis(NamedTuple):
    """English that a search found, and how sure the package is of it: the mean log probability (nats) of its tokens.

    None where nothing was translated, as in a text of nothing but an address.
    """

    text: str
    score: float | None = None


FURTHER = (
    Search(DecodingOptions(beam_size=8, coverage_penalty=0.2, repetition_penalty=1.1, no_repeat_ngram_size=4)),
    Search(DecodingOptions(), halves=True),
)
"""How a translation that a guard objects to is searched for again, one after the other.

Every search also gives the hypotheses that it ranked lower, at no cost. Of 126 of 500 sentences that a guard objected to,
the lower hypotheses of the first search had one without objection for 11 of them, a beam of 8 for 21 of the others; one
of 12 for 25, in half as much time again. Halves are the surest against loops and lost figures, and read worst: they are
last, and texts are cut where a clause ends or not at all.
"""


_INSIDE = re.compile(
    r"(?:A|After|Also|An|And|As|At|Because|Before|But|By|During|For|From|He|Her|His|If|In|Including|It|Its|On|Or|She|So"
    r"|That|The|Their|There|They|This|To|Until|We|When|Where|Which|While|Who|With)\b"
)
"""Words with a capital only where a sentence begins."""

_MARKS = str.maketrans("،؛؟", ",;?")
_CLOSING = re.compile(r"[.,;:!?)\]»”]")


class Engine:
    """A translation package ready to run. The model is loaded at the first text to translate.

    `threads` is the number of CPU threads, all of the machine's cores where it is None. A CUDA device is used where
    CTranslate2 finds one that works.
    """

    def __init__(
        self, package: TranslationPackage, threads: int | None = None, options: DecodingOptions | None = None
    ) -> None:
        self._package = package
        self._threads = threads or available_cores()
        self._searches = (Search(options or DecodingOptions()), *FURTHER)
        self._loaded: tuple[Tokenizer, Any] | None = None

    @property
    def info(self) -> PackageInfo:
        """What identifies the package."""
        return self._package.info

    @property
    def options_key(self) -> str:
        """What identifies the decoding options, those of the further searches included."""
        return " | ".join(search.key() for search in self._searches)

    @property
    def is_loaded(self) -> bool:
        """Whether the model is in memory."""
        return self._loaded is not None

    def translate(self, texts: Sequence[str]) -> list[str]:
        """Return the English of each Arabic text, in order, from one call of CTranslate2.

        Addresses, handles and hashtags stay as they are, and so does what has no letter. A text longer than the
        package was trained for is translated in pieces, cut between sentences or clauses where that is possible, and
        joined again; nothing is truncated. PackageError is raised where the package cannot be loaded or run.
        """
        return [best.text for best, *_ in self.search(texts, 0)]

    def search(self, texts: Sequence[str], attempt: int) -> list[list[Hypothesis]]:
        """Return hypotheses for the English of each text, the best first.

        The first attempt, 0, is that of `translate` and finds at least one; there are `attempts` of them. A later one
        that has nothing else to offer for a text finds none. PackageError as for `translate`.
        """
        cleaned = [" ".join(text.split()) for text in texts]
        if not any(cleaned):
            return [[Hypothesis(text)] for text in cleaned]
        search = self._searches[attempt]
        tokenizer, model = self._load()
        limit, beam = self._package.max_source_tokens, search.options.beam_size
        try:
            parts = [split_in_halves(text, tokenizer.count) if search.halves else [text] for text in cleaned]
            pieces = [
                [
                    (piece, translated)
                    for part in own
                    for text, translated in cut_out_untouched(part)
                    for piece in (split_text(text, limit, tokenizer.count) if translated else [text])
                ]
                for own in parts
            ]
            batch = [tokenizer.encode(piece) for own in pieces for piece, translated in own if translated]
            found = iter(self._translate_tokens(model, batch, search.options))
            english = [
                [
                    [
                        _Piece(tokenizer.decode(tokens), score * len(tokens), len(tokens))
                        for tokens, score in next(found)
                    ]
                    if translated
                    else [_Piece(_marks(piece), 0.0, 0)] * beam
                    for piece, translated in own
                ]
                for own in pieces
            ]
            return [_joined(own) if own or search.halves else [Hypothesis("")] for own in english]
        except (RuntimeError, ValueError, MemoryError) as error:
            raise self._failure("cannot be run", error) from error

    @property
    def attempts(self) -> int:
        """How many ways of searching there are."""
        return len(self._searches)

    def _translate_tokens(
        self, model: Any, batch: list[list[str]], options: DecodingOptions
    ) -> list[list[tuple[list[str], float]]]:
        prefix = [self._package.target_prefix] if self._package.target_prefix else []
        results = model.translate_batch(
            batch,
            target_prefix=[prefix] * len(batch) if prefix else None,
            max_batch_size=MAX_BATCH_TOKENS,
            batch_type="tokens",
            beam_size=options.beam_size,
            num_hypotheses=options.beam_size,
            length_penalty=options.length_penalty,
            coverage_penalty=options.coverage_penalty,
            repetition_penalty=options.repetition_penalty,
            no_repeat_ngram_size=options.no_repeat_ngram_size,
            max_decoding_length=options.max_decoding_length,
            max_input_length=0,
            return_scores=True,
        )
        return [
            [
                (tokens[len(prefix) :] if tokens[: len(prefix)] == prefix else tokens, score)
                for tokens, score in zip(result.hypotheses, result.scores, strict=True)
            ]
            for result in results
        ]

    def _load(self) -> tuple[Tokenizer, Any]:
        if self._loaded is None:
            import ctranslate2  # noqa: PLC0415 - heavy, and not needed where every translation is remembered

            try:
                tokenizer = Tokenizer(self._package)
                model = self._open_on_cuda(ctranslate2, tokenizer) or self._open(ctranslate2, "cpu")
            except (RuntimeError, ValueError, OSError, MemoryError) as error:
                raise self._failure("cannot be loaded", error) from error
            self._loaded = tokenizer, model
        return self._loaded

    def _open_on_cuda(self, ctranslate2: Any, tokenizer: Tokenizer) -> Any:
        """Return the model on a CUDA device, or None where there is none or not all it needs (cuBLAS, memory)."""
        if not ctranslate2.get_cuda_device_count():
            return None
        try:
            model = self._open(ctranslate2, "cuda")
            model.translate_batch([tokenizer.encode("اختبار")], beam_size=1, max_decoding_length=1)
        except (RuntimeError, ValueError):
            return None
        return model

    def _open(self, ctranslate2: Any, device: str) -> Any:
        return ctranslate2.Translator(
            str(self._package.path / "model"), device=device, inter_threads=1, intra_threads=self._threads
        )

    def _failure(self, what: str, error: BaseException) -> PackageError:
        reason = " ".join(str(error).split()) or type(error).__name__
        return PackageError(
            f"{self._package.path}: the translation package {what} ({reason}); install it again or choose another"
        )


class PivotEngine:
    """Two engines one behind the other, from Arabic to another language and from that to English."""

    def __init__(self, first: Engine, second: Engine) -> None:
        self._first = first
        self._second = second

    @property
    def info(self) -> PackageInfo:
        """What identifies the two packages."""
        first, second = self._first.info, self._second.info
        return PackageInfo(f"{first.id}+{second.id}", f"{first.version}+{second.version}", bundled=False)

    @property
    def options_key(self) -> str:
        """What identifies the decoding options of both."""
        return f"{self._first.options_key} + {self._second.options_key}"

    @property
    def attempts(self) -> int:
        """How many ways of searching there are: those of the second engine."""
        return self._second.attempts

    def search(self, texts: Sequence[str], attempt: int) -> list[list[Hypothesis]]:
        """Return hypotheses by way of the best middle text, as `Engine.search`."""
        return self._second.search(self._first.translate(texts), attempt)

    def translate(self, texts: Sequence[str]) -> list[str]:
        """Return the English of each Arabic text, in order; PackageError as for `Engine`."""
        return self._second.translate(self._first.translate(texts))


class _Piece(NamedTuple):
    text: str
    score: float
    """The sum over its tokens."""
    tokens: int


def _joined(pieces: Sequence[Sequence[_Piece]]) -> list[Hypothesis]:
    """Return whole hypotheses of the hypotheses for each piece of a text: all best ones, all second ones, and so on.

    A piece after the first goes on in lower case where it begins with one of the words that English writes so inside a
    sentence and the piece before it does not end one.
    """
    whole = []
    for same in zip(*pieces, strict=False):
        text = ""
        for piece in filter(None, (one.text for one in same)):
            goes_on = text and text[-1] not in ".!?" and _INSIDE.match(piece)
            space = "" if _CLOSING.match(piece) else " "
            text = f"{text}{space}{piece[:1].lower() + piece[1:] if goes_on else piece}".lstrip()
        tokens = sum(one.tokens for one in same)
        whole.append(Hypothesis(text, sum(one.score for one in same) / tokens if tokens else None))
    return whole


def _marks(piece: str) -> str:
    """Return punctuation between addresses as English has it, and anything else as it is."""
    return piece if any(map(str.isalnum, piece)) else piece.translate(_MARKS)


def available_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
