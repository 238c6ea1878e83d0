"""CSV that spreadsheets open as what it is: a term is data, whatever it begins with."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

__all__ = ["safe_cell", "write_csv"]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What makes Excel, LibreOffice and their like compute a cell. Source: OWASP, CSV Injection."""


def safe_cell(value: object) -> object:
    """`value`, with an apostrophe before text that a spreadsheet would take for a formula; the spreadsheet does not show it.

    >>> safe_cell("=1+1"), safe_cell("-ақ"), safe_cell("билік"), safe_cell(-1)
    ("'=1+1", "'-ақ", 'билік', -1)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def write_csv(file: TextIO, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table with a line of column names; lines end in a line feed."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
