"""The user's own tables: titles and abbreviations that the package does not know. Words are read by `kz_textkit.user_words`.

Columns are parted by tabs or semicolons; lines that begin with `#` are comments.

    # titles: a title, how it is met (whole, start, end, label), what it opens
    Түйін сөз	whole	back_matter
    сапар	label	lecture

    # abbreviations: with their point, where they stand (before, after, closing), what they stand for
    құр.	before	құрастырған
    мәс.	after
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike

from kz_textkit.lang.kk.own_abbreviations import OwnAbbreviation, parse_own_abbreviations
from kz_textkit.layout.own_titles import OwnTitle, parse_own_titles
from kz_textkit.user_files import read_table

__all__ = ["read_user_abbreviations", "read_user_titles"]


def read_user_titles(paths: Iterable[str | PathLike[str]]) -> tuple[OwnTitle, ...]:
    """The titles of all files (`kz_textkit.layout.own_titles`).

    Raises `InputError` where a file can't be read or a line is no title.
    """
    return read_table(paths, parse_own_titles, "titles", "write title, tab, whole|start|end|label, tab, what it opens")


def read_user_abbreviations(paths: Iterable[str | PathLike[str]]) -> tuple[OwnAbbreviation, ...]:
    """The abbreviations of all files (`kz_textkit.lang.kk.own_abbreviations`).

    Raises `InputError` where a file can't be read or a line is no abbreviation.
    """
    return read_table(paths, parse_own_abbreviations, "abbreviations", "write abbreviation with its point, tab, before|after|closing")
