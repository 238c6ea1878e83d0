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

from collections.abc import Callable, Iterable
from os import PathLike
from pathlib import Path
from typing import TypeVar

from kz_textkit.errors import InputError
from kz_textkit.lang.kk.own_abbreviations import OwnAbbreviation, parse_own_abbreviations
from kz_textkit.layout.own_titles import OwnTitle, parse_own_titles

__all__ = ["read_table", "read_user_abbreviations", "read_user_titles"]

_Row = TypeVar("_Row")


def read_table(
    paths: Iterable[str | PathLike[str]], parse: Callable[[str], Iterable[_Row]], what: str, remedy: str
) -> tuple[_Row, ...]:
    """The rows of all files, each once; `what` they are files of, and `remedy` what to write on a line, stand in errors.

    Raises `InputError` where a file can't be read, is not UTF-8, or `parse` raises `ValueError`.
    """
    found: dict[_Row, None] = {}
    for path in paths:
        try:
            text = Path(path).read_text(encoding="utf-8-sig")
        except OSError as error:
            raise InputError(str(path), f"can't be read ({error.strerror or error})", f"give a file of {what}") from error
        except UnicodeDecodeError as error:
            raise InputError(str(path), f"is not UTF-8 (byte {error.start})", f"save the file of {what} as UTF-8") from error
        try:
            found.update(dict.fromkeys(parse(text)))
        except ValueError as error:
            raise InputError(str(path), str(error), remedy) from error
    return tuple(found)


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
