"""The tokenizer: one SentencePiece vocabulary for both languages, with the folding of Arabic in its normaliser.

    uv run --group training python -m training.tokenizer .training/data

The folding is part of the model file, so a package needs no code of digest's to be used rightly. It unites spellings
that outlets use for the same word and goes no further than a translation allows: teh marbuta and the hamzas that stand
on waw and yeh tell words apart and stay.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import sentencepiece

from training.corpus import MONO, TOKENIZER, read_corpus, read_lines
from training.errors import TrainingError, told_in_one_line
from training.recipe import DEFAULT_RECIPE, read_recipe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from training.corpus import Corpus
    from training.recipe import TokenizerSettings

PAD, UNKNOWN, BEGIN, END = range(4)
"""Ids of the special pieces; CTranslate2 finds them by their names."""
PIECES = ("<pad>", "<unk>", "<s>", "</s>")

_DROPPED = (
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"  # Arabic marks
    "\u0640"  # tatweel
    "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"  # invisible controls
)
# Unicode 15, charts "Arabic" and "General Punctuation". Alef maqsura becomes yeh because Egyptian outlets write final
# yeh so (فى for في); what it unites otherwise (على and علي) the neighbouring words tell apart.
_REPLACED = {
    "أإآٱ": "ا",
    "ىیې": "ي",
    "کڪ": "ك",
    "گ": "ك",
    "ہە": "ه",
    "پ": "ب",
    "چ": "ج",
    "ڤ": "ف",
    "،٬": ",",
    "؛": ";",
    "؟": "?",
    "٪": "%",
    "٫۔": ".",
    "“”„«»": '"',
    "‘’‚ʼ": "'",
    "‐‑‒–—―−": "-",
    "…": "...",
    "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t": " ",
}
_PRESENTATION_FORMS = (*range(0xFB50, 0xFDFC), *range(0xFE70, 0xFEFD))
_COMPOSED = {"\u0627\u0653": "ا", "\u0627\u0654": "ا", "\u0627\u0655": "ا", "\u0648\u0654": "ؤ", "\u064a\u0654": "ئ"}
"""Letters written as a base and a combining hamza or madda; after the composed forms of Unicode, folded."""


def folding() -> dict[str, str]:
    """Return what the normaliser replaces, and by what: "" where it drops a character."""
    rules = dict.fromkeys(_characters(_DROPPED), "")
    rules |= {char: folded for chars, folded in _REPLACED.items() for char in chars}
    rules |= {digit: str(unicodedata.decimal(digit)) for digit in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"}
    rules |= _COMPOSED
    for code in _PRESENTATION_FORMS:
        letters = unicodedata.normalize("NFKC", chr(code))
        if letters != chr(code):
            rules[chr(code)] = "".join(rules.get(letter, letter) for letter in letters)
    return rules


def _characters(ranges: str) -> Iterator[str]:
    """Yield the characters of `ranges`, written as in a character class."""
    i = 0
    while i < len(ranges):
        if ranges[i + 1 : i + 2] == "-":
            yield from map(chr, range(ord(ranges[i]), ord(ranges[i + 2]) + 1))
            i += 3
        else:
            yield ranges[i]
            i += 1


def rules_file(rules: dict[str, str]) -> str:
    """Return `rules` as SentencePiece reads them: code points in hexadecimal, source and target parted by a tab."""

    def codes(text: str) -> str:
        return " ".join(f"{ord(char):X}" for char in text)

    return "".join(f"{codes(source)}\t{codes(target)}\n" for source, target in sorted(rules.items()))


def train_tokenizer(
    text: Iterable[str], model: Path, settings: TokenizerSettings, threads: int = 2, seed: int = 1
) -> None:
    """Train a unigram model with byte fallback on `text` and write it to `model`.

    TrainingError is raised where `text` is too little for the vocabulary. Byte fallback spells characters that have no
    piece in UTF-8 bytes, so that no token is ever unknown.
    """
    sentencepiece.set_random_generator_seed(seed)
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder, "rules.tsv")
        rules.write_text(rules_file(folding()), encoding="ascii")
        prefix = Path(folder, "model")
        try:
            sentencepiece.SentencePieceTrainer.train(
                sentence_iterator=iter(text),
                model_prefix=str(prefix),
                model_type="unigram",
                vocab_size=settings.pieces,
                character_coverage=settings.coverage,
                byte_fallback=True,
                split_digits=settings.split_digits,
                normalization_rule_tsv=str(rules),
                pad_id=PAD,
                unk_id=UNKNOWN,
                bos_id=BEGIN,
                eos_id=END,
                pad_piece=PIECES[PAD],
                unk_piece=PIECES[UNKNOWN],
                bos_piece=PIECES[BEGIN],
                eos_piece=PIECES[END],
                num_threads=threads,
                minloglevel=2,
            )
        except RuntimeError as error:
            raise TrainingError(
                f"{model}: {settings.pieces} pieces cannot be made of this text ({' '.join(str(error).split())}); "
                "change [tokenizer] in the recipe"
            ) from error
        model.write_bytes(prefix.with_suffix(".model").read_bytes())


def tokenizer_text(corpus: Corpus, mono: Sequence[str], limit: int, seed: int) -> list[str]:
    """Return up to `limit` lines, in random order: both sides of each pair as often as the weights say, and `mono`."""
    lines: list[str] = []
    for name, pairs in corpus.sources.items():
        lines += [side for pair in pairs for side in pair] * max(1, int(corpus.weights[name]))
    lines += mono
    order = np.random.default_rng(seed).permutation(len(lines))[:limit]
    return [lines[i] for i in order]


class Encoder:
    """Turns texts into piece ids; the same list of texts gives the same ids, sampled or not."""

    def __init__(self, model: Path, sampling: float = 0.0, seed: int = 1) -> None:
        """Load `model`. With `sampling`, the alpha of T. Kudo, "Subword Regularization" (2018), segmentations vary."""
        self._model = sentencepiece.SentencePieceProcessor(model_file=str(model))
        self._sampling = sampling
        self._seed = seed

    @property
    def pieces(self) -> list[str]:
        """The pieces by id."""
        return [str(self._model.id_to_piece(i)) for i in range(self._model.get_piece_size())]

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of each text, without begin and end."""
        if not self._sampling:
            return list(self._model.encode(list(texts), out_type=int))
        # A list is encoded by threads of its own, each with a generator that starts from the seed: with one thread the
        # draws depend on the list alone, and a resumed run repeats them.
        sentencepiece.set_random_generator_seed(self._seed)
        return list(
            self._model.encode(
                list(texts), out_type=int, num_threads=1, enable_sampling=True, nbest_size=-1, alpha=self._sampling
            )
        )

    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of `ids`."""
        return str(self._model.decode([i for i in ids if i not in (PAD, BEGIN, END)]))


def main(arguments: list[str] | None = None) -> None:
    """Train the tokenizer of a data folder and print the size of its vocabulary."""
    parser = argparse.ArgumentParser(prog="training.tokenizer", description="Train the tokenizer of a data folder.")
    parser.add_argument("folder", type=Path, help="folder that training.prepare wrote; gets sentencepiece.model")
    parser.add_argument("--recipe", type=Path, default=DEFAULT_RECIPE)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    with told_in_one_line():
        recipe = read_recipe(options.recipe)
        mono = read_lines(options.folder / MONO) if (options.folder / MONO).is_file() else []
        text = tokenizer_text(read_corpus(options.folder), mono, recipe.tokenizer.sentences, recipe.seed)
        model = options.folder / TOKENIZER
        train_tokenizer(text, model, recipe.tokenizer, options.threads, recipe.seed)
        sys.stdout.write(f"{model}: {len(Encoder(model).pieces)} pieces from {len(text)} lines\n")


if __name__ == "__main__":
    main()
