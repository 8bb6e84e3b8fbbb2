"""The tokenizer of a translation package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from digest.translating.packages import TranslationPackage


class Tokenizer:
    """Turns text into the tokens of a package and back, with argostranslate's tokenizer for that kind of package."""

    def __init__(self, package: TranslationPackage) -> None:
        """Load the package's tokenizer; RuntimeError, ValueError or OSError where its file is malformed."""
        from argostranslate.tokenizer import BPETokenizer, SentencePieceTokenizer  # noqa: PLC0415 - loads its libraries

        self._argos: Any
        self._pieces: Any = None
        if package.is_sentencepiece:
            self._argos = SentencePieceTokenizer(package.tokenizer)
            self._pieces = self._argos.lazy_processor()
            return
        self._argos = BPETokenizer(package.tokenizer, package.from_code, package.to_code)
        try:
            self._argos.lazy_load()
        except SystemExit as error:  # the library ends the program where a merge is malformed
            raise ValueError(f"{package.tokenizer.name} is malformed") from error

    def encode(self, text: str) -> list[str]:
        """Return the tokens of `text`: none of an empty text."""
        return list(self._argos.encode(text)) if text else []

    def decode(self, tokens: list[str]) -> str:
        """Return the text of `tokens` without surrounding spaces."""
        if self._pieces is not None:
            # The tokenizer's own decode() turns underscores into spaces, which breaks handles and addresses.
            return str(self._pieces.decode_pieces(tokens)).strip()
        return str(self._argos.decode(tokens)).strip()

    def count(self, text: str) -> int:
        """Return the number of tokens of `text`."""
        return len(self.encode(text))
