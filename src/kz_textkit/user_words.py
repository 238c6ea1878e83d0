"""The user's own words: files of words that the dictionary has not, for the analysis, the tagging and the restoring of letters alike.

A file is a table: lemma, part of speech (UPOS), and where wanted how the word goes: `masc` or `fem` for names of persons, `WORD` for a
word that takes no suffixes. Columns are parted by tabs or semicolons; lines that begin with `#` are comments.

    цифрландыру	NOUN
    Ақселеу	PROPN	masc
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from kz_textkit.errors import InputError
from kz_textkit.morphology.user_words import UserWord, parse_user_words

__all__ = ["read_user_words"]


def read_user_words(paths: Iterable[str | PathLike[str]]) -> tuple[UserWord, ...]:
    """The words of all files, each once. Raises `InputError` where a file can't be read or a line is no word."""
    found: dict[UserWord, None] = {}
    for path in paths:
        try:
            text = Path(path).read_text(encoding="utf-8-sig")
        except OSError as error:
            raise InputError(str(path), f"can't be read ({error.strerror or error})", "give a file of words") from error
        except UnicodeDecodeError as error:
            raise InputError(str(path), f"is not UTF-8 (byte {error.start})", "save the file of words as UTF-8") from error
        try:
            found.update(dict.fromkeys(parse_user_words(text)))
        except ValueError as error:
            raise InputError(str(path), str(error), "write lemma, tab, UPOS on each line") from error
    return tuple(found)
