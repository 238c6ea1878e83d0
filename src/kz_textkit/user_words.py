"""The user's own words: files of words that the dictionary has not, for the analysis, the tagging and the restoring of letters alike.

A file is a table: lemma, part of speech (UPOS), and where wanted how the word goes: `masc` or `fem` for names of persons, `WORD` for a
word that takes no suffixes. Columns are parted by tabs or semicolons; lines that begin with `#` are comments.

    цифрландыру	NOUN
    Ақселеу	PROPN	masc
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike

from kz_textkit.morphology.user_words import UserWord, parse_user_words
from kz_textkit.user_files import read_table

__all__ = ["read_user_words"]


def read_user_words(paths: Iterable[str | PathLike[str]]) -> tuple[UserWord, ...]:
    """The words of all files, each once. Raises `InputError` where a file can't be read or a line is no word."""
    return read_table(paths, parse_user_words, "words", "write lemma, tab, UPOS on each line")
