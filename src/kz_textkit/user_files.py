"""How the files of a user's own tables are read: words, titles, abbreviations. It knows nothing of what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from os import PathLike
from pathlib import Path
from typing import TypeVar

from kz_textkit.errors import InputError

__all__ = ["read_table"]

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
