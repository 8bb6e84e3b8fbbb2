"""Try a translation package: load it and translate a few sentences, in a process of its own.

The model is untrusted until then, and the libraries that load it are written in C++: a malformed one may end the whole
process or never come back, which must not happen to the program that the user started.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from typing import TYPE_CHECKING

from digest.errors import PackageError
from digest.model import Translation

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from digest.translating.packages import TranslationPackage

SENTENCES = (
    "أعلنت وزارة الصحة تسجيل 12 إصابة جديدة في ثلاث محافظات.",
    "قال رئيس الوزراء إن الحكومة لن ترفع أسعار الخبز هذا العام.",
    "وصل الوفد إلى العاصمة مساء أمس لإجراء محادثات مع وزير الخارجية.",
    "لم يسفر الحريق عن ضحايا.",
)

SECONDS = 300.0
"""How long loading and translating may take: a large package on a slow machine needs some ten seconds."""


def try_package(package: TranslationPackage) -> tuple[Translation, ...]:
    """Return the package's translations of `SENTENCES`, whatever they are worth.

    Raises:
        PackageError: the package cannot be loaded or run, ends the process that tries it, takes longer than `SECONDS`,
            or, being one from Arabic to English, has no word of English for any of the sentences.

    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_translate, args=(there, package), daemon=True)
    process.start()
    there.close()
    try:
        answer = here.recv() if here.poll(SECONDS) else f"does not answer within {SECONDS:.0f} seconds"
    except EOFError:
        answer = "ends the program that loads it"
    finally:
        here.close()
        process.kill()
        process.join()
    if isinstance(answer, PackageError):
        raise answer
    if isinstance(answer, str):
        raise PackageError(f"{package.path}: the translation package {answer}; choose another")
    if (package.from_code, package.to_code) == ("ar", "en") and not any(map(_has_latin, answer)):
        raise PackageError(f"{package.path}: the translation package gives no English; choose another")
    return tuple(Translation(ar, en) for ar, en in zip(SENTENCES, answer, strict=True))


def _translate(connection: Connection, package: TranslationPackage) -> None:
    from digest.translating.engine import Engine  # noqa: PLC0415 - nothing of it is needed in the process that asks

    # What C++ prints when it gives up is not for the user.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stderr__.fileno() if sys.__stderr__ else 2)
    try:
        connection.send(Engine(package).translate(SENTENCES))
    except PackageError as error:
        connection.send(error)


def _has_latin(text: str) -> bool:
    return any("a" <= char <= "z" for char in text.lower())
