"""The user's own titles: files of titles that the package does not know, for the layout.

A file is a table: a title, how it is met (`whole`, `start`, `end`, `label`), what it opens. Columns are parted by tabs or semicolons;
lines that begin with `#` are comments.

    Түйін сөз	whole	back_matter
    сапар	label	lecture
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike

from kz_textkit.layout.own_titles import OwnTitle, parse_own_titles
from kz_textkit.user_files import read_table

__all__ = ["read_user_titles"]


def read_user_titles(paths: Iterable[str | PathLike[str]]) -> tuple[OwnTitle, ...]:
    """The titles of all files (`kz_textkit.layout.own_titles`).

    Raises `InputError` where a file can't be read or a line is no title.
    """
    return read_table(paths, parse_own_titles, "titles", "write title, tab, whole|start|end|label, tab, what it opens")
