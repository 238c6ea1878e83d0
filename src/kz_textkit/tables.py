"""Tables out of the house: CSV for programs, CSV for spreadsheets, JSON, and sheets of Excel; as the name of the file says.

Plain CSV is raw: a program reads the values that were written. CSV for spreadsheets (`decimal`) is what a spreadsheet of some country
opens as what it is: with its separator and decimal point, and a term is data there, whatever it begins with: nothing that stands in a
text becomes a formula. In a sheet of Excel nothing ever does.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice
from math import isfinite
from numbers import Real
from pathlib import Path
from typing import Any, TextIO

from kz_textkit.errors import UsageError
from kz_textkit.writing import check_place, replacing

__all__ = ["check_table_path", "safe_cell", "save_table", "write_csv", "write_json", "write_xlsx"]

FILE_FORMATS = (".csv", ".json", ".xlsx")

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What makes Excel, LibreOffice and their like compute a cell. Source: OWASP, CSV Injection."""

XLSX_ROWS = 1_048_575
"""Rows that a sheet of Excel has below the line of column names."""
XLSX_TEXT = 32_767
"""Characters that a cell has room for."""
WIDEST, MEASURED = 60, 200
"""Characters of the widest column, and rows that widths are taken from."""
RIGHT_ALIGNED = ("left",)
"""Columns of text that are set to the right: what stands before the node of a concordance."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SAME_EVERY_TIME = {"created": datetime(1980, 1, 1)}
"""Not the hour: the same table is the same file."""


def safe_cell(value: object) -> object:
    """`value`, with an apostrophe before text that a spreadsheet would take for a formula; the spreadsheet does not show it.

    >>> safe_cell("=1+1"), safe_cell("-ақ"), safe_cell("билік"), safe_cell(-1)
    ("'=1+1", "'-ақ", 'билік', -1)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def write_csv(
    file: TextIO, columns: Sequence[str], rows: Iterable[Sequence[object]], *, defused: bool = False, decimal: str | None = None
) -> None:
    """Write a table with a line of column names; lines end in a line feed.

    With `defused`, cells that begin as formulas get an apostrophe before them. `decimal` is the decimal point of the spreadsheet that
    the file is for: such a file is defused, and where it is a comma, cells are separated by semicolons, as spreadsheets there have it.

    >>> import io
    >>> file = io.StringIO()
    >>> write_csv(file, ["term", "share"], [["-ақ", 0.5]], decimal=",")
    >>> file.getvalue().splitlines()
    ['term;share', "'-ақ;0,5"]
    """
    writer = csv.writer(file, lineterminator="\n", delimiter=";" if decimal == "," else ",")
    writer.writerow(columns)
    writer.writerows([_csv_cell(value, defused or decimal is not None, decimal) for value in row] for row in rows)


def _csv_cell(value: object, defused: bool, decimal: str | None) -> object:
    if decimal == "," and isinstance(value, float):
        return str(value).replace(".", ",")
    return safe_cell(value) if defused else value


def write_json(file: TextIO, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table as JSON: a list with an object for each row, one a line."""
    lines = (json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) for row in rows)
    file.write("[")
    file.writelines(f"{',' if i else ''}\n{line}" for i, line in enumerate(lines))
    file.write("\n]\n")


def write_xlsx(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]], *, about: Sequence[tuple[str, str]] = ()) -> None:
    """Write a table as a sheet of Excel, with widths, filters and a head that stays; `about` is a second sheet of names and values,
    which says what the table is.

    Raises `UsageError` where there are more rows than a sheet has.
    """
    from xlsxwriter import Workbook  # Only who writes a sheet of Excel waits for it.
    from xlsxwriter.exceptions import FileCreateError

    try:
        with replacing(path, binary=True) as file, Workbook(file, {"constant_memory": True}) as book:
            book.set_properties(_SAME_EVERY_TIME)
            bold, right = book.add_format({"bold": True}), book.add_format({"align": "right"})
            if not _write_sheet(book.add_worksheet("kz-textkit"), columns, iter(rows), bold, right):
                raise UsageError(f"{path}: a sheet of Excel has {XLSX_ROWS:,} rows at most; write a .csv file, or less of it")
            if about:
                page = book.add_worksheet("about")
                page.set_column(0, 0, 20)
                page.set_column(1, 1, 100)
                for i, (name, value) in enumerate(about):
                    page.write_string(i, 0, _cell_text(name), bold)
                    page.write_string(i, 1, _cell_text(value))
    except FileCreateError as error:
        cause = error.args[0] if error.args else error
        raise cause if isinstance(cause, OSError) else OSError(str(cause)) from None


def _write_sheet(sheet: Any, columns: Sequence[str], rows: Iterator[Sequence[object]], bold: Any, right: Any) -> bool:
    """Whether there was room for all rows."""
    first = list(islice(rows, MEASURED))
    sheet.freeze_panes(1, 0)
    for j, name in enumerate(columns):
        widest = max([len(name) + 3, *(len(str(row[j])) + 1 for row in first)])
        sheet.set_column(j, j, min(widest, WIDEST), right if name in RIGHT_ALIGNED else None)
        sheet.write_string(0, j, name, bold)
    count = 0
    for count, row in enumerate(islice(chain(first, rows), XLSX_ROWS), 1):
        for j, value in enumerate(row):
            _write_cell(sheet, count, j, value)
    sheet.autofilter(0, 0, count, max(len(columns) - 1, 0))
    return next(rows, None) is None


def _write_cell(sheet: Any, row: int, column: int, value: object) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, _cell_text(value))
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, Real) and isfinite(value):
        sheet.write_number(row, column, value)
    elif value is not None and value == value:
        sheet.write_string(row, column, _cell_text(str(value)))


def _cell_text(value: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", value)[:XLSX_TEXT]


def check_table_path(path: Path) -> None:
    """Raise `UsageError` where a table can't be saved under this name, or something other than a file has it."""
    if path.suffix.lower() not in FILE_FORMATS:
        raise UsageError(f"{path}: a table is written to a file that ends in {', '.join(FILE_FORMATS[:-1])} or {FILE_FORMATS[-1]}")
    check_place(path)


def save_table(
    path: Path,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    about: Sequence[tuple[str, str]] = (),
    decimal: str | None = None,
) -> None:
    """Write a table to a file, as CSV (UTF-8 with its mark), JSON or XLSX, as its suffix says; `about` goes into XLSX alone, and
    `decimal` into CSV: the decimal point of the spreadsheet that it is for (`write_csv`).

    Raises `UsageError` for another suffix, and where the file can't be written.
    """
    check_table_path(path)
    suffix = path.suffix.lower()
    try:
        if suffix == ".xlsx":
            write_xlsx(path, columns, rows, about=about)
        else:
            with replacing(path, encoding="utf-8-sig" if suffix == ".csv" else "utf-8") as file:
                if suffix == ".csv":
                    write_csv(file, columns, rows, decimal=decimal)
                else:
                    write_json(file, columns, rows)
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror or error}") from None
