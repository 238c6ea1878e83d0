"""The user's own abbreviations: files of abbreviations that the package does not know, for tokens and sentences.

A file is a table: an abbreviation with its point, where it stands (`before`, `after`, `closing`), what it stands for. Columns are
parted by tabs or semicolons; lines that begin with `#` are comments.

    құр.	before	құрастырған
    мәс.	after
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike

from kz_textkit.lang.kk.own_abbreviations import OwnAbbreviation, parse_own_abbreviations
from kz_textkit.user_files import read_table

__all__ = ["read_user_abbreviations"]


def read_user_abbreviations(paths: Iterable[str | PathLike[str]]) -> tuple[OwnAbbreviation, ...]:
    """The abbreviations of all files (`kz_textkit.lang.kk.own_abbreviations`).

    Raises `InputError` where a file can't be read or a line is no abbreviation.
    """
    return read_table(paths, parse_own_abbreviations, "abbreviations", "write abbreviation with its point, tab, before|after|closing")
