"""Lines that a user wants out of every text: menus, notices, calls to subscribe, as `kz-textkit lines` finds them.

A line goes only where it stands alone on its line, whole; it is on record as `furniture`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache
from os import PathLike
from pathlib import Path

from kz_textkit.alignment import Edit
from kz_textkit.errors import UsageError

__all__ = ["RULE", "boilerplate", "read_lines"]

RULE = "furniture"
COLUMN = "line"
LARGEST_FILE = 50_000_000
"""Bytes of the largest file of lines."""


def boilerplate(text: str, lines: Set[str]) -> list[Edit]:
    """The edits that take these lines out of a text, each with the line break behind it.

    >>> [(e.before, e.after) for e in boilerplate("Басты бет\\nБүгін жаңбыр жауды.\\n", {"Басты бет"})]
    [('Басты бет\\n', '')]
    """
    found: list[Edit] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if " ".join(line.split()) in lines:
            found.append(Edit(start, start + len(line), line, "", RULE, applied=True))
        start += len(line)
    return found


def read_lines(paths: Iterable[str | PathLike[str]]) -> frozenset[str]:
    """The lines in these files: of a `.csv` those in its column `line` (`kz-textkit lines -o FILE.csv`), of another each line.

    Raises `UsageError` where one can't be read.
    """
    return frozenset(line for path in paths for line in _lines_of(str(path), _changed(Path(path))))


def _changed(path: Path) -> int:
    """When a file was last changed, in nanoseconds; 0 where there is none."""
    return path.stat().st_mtime_ns if path.exists() else 0


@lru_cache(maxsize=8)
def _lines_of(path: str, changed: int) -> tuple[str, ...]:
    """The lines of a file as it was when it was last changed, runs of spaces made one."""
    try:
        if Path(path).stat().st_size > LARGEST_FILE:
            raise UsageError(f"{path}: it is too large for a list of lines")
        content = Path(path).read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} can't be read: {getattr(error, 'strerror', None) or error}") from None
    return tuple(filter(None, (" ".join(line.split()) for line in _read(content, path))))


def _read(content: str, path: str) -> Iterator[str]:
    if not path.lower().endswith(".csv"):
        yield from content.splitlines()
        return
    rows = csv.DictReader(io.StringIO(content))
    if COLUMN not in (rows.fieldnames or ()):
        raise UsageError(f"{path}: a table of lines has a column {COLUMN}")
    yield from (row[COLUMN] or "" for row in rows)
