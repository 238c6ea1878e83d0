"""Tables out of the house: CSV for programs, CSV for spreadsheets, JSON, and sheets of Excel; as the name of the file says.

Plain CSV is raw: a program reads the values that were written. CSV for spreadsheets (`decimal`) is what a spreadsheet of some country
opens as what it is: with its separator and decimal point, and a term is data there, whatever it begins with: nothing that stands in a
text becomes a formula. In a sheet of Excel nothing ever does.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from kz_textkit.errors import UsageError
from kz_textkit.sheets import write_xlsx
from kz_textkit.writing import check_place, replacing

__all__ = ["check_table_path", "safe_cell", "save_table", "write_csv", "write_json", "write_xlsx"]

FILE_FORMATS = (".csv", ".json", ".xlsx")

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What makes Excel, LibreOffice and their like compute a cell. Source: OWASP, CSV Injection."""


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
