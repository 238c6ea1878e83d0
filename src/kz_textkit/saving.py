"""Tables in files: CSV, JSON or XLSX, as the name of the file says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TextIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from kz_textkit.errors import UsageError
from kz_textkit.spreadsheet import write_csv
from kz_textkit.writing import check_place, replacing

__all__ = ["check_table_path", "save_table", "write_json", "write_xlsx"]

FILE_FORMATS = (".csv", ".json", ".xlsx")

XLSX_ROWS = 1_048_575
"""Rows that a sheet of Excel has below the line of column names."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_json(file: TextIO, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table as JSON: a list with an object for each row, one a line."""
    lines = (json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) for row in rows)
    file.write("[")
    file.writelines(f"{',' if i else ''}\n{line}" for i, line in enumerate(lines))
    file.write("\n]\n")


def write_xlsx(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table as a sheet of Excel; text is text there, also where it looks like a formula.

    Raises `UsageError` where there are more rows than a sheet has.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet("kz-textkit")
    sheet.freeze_panes = "A2"
    head = [WriteOnlyCell(sheet, name) for name in columns]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    for number, row in enumerate(rows):
        if number == XLSX_ROWS:
            raise UsageError(f"{path}: a sheet of Excel has {XLSX_ROWS:,} rows at most; write a .csv file, or less of it")
        sheet.append([_text_cell(sheet, value) if isinstance(value, str) else value for value in row])
    with replacing(path, binary=True) as file:
        book.save(file)


def _text_cell(sheet: Any, value: str) -> Any:
    cell = WriteOnlyCell(sheet, _NOT_IN_XML.sub("\ufffd", value))
    cell.data_type = "s"
    return cell


def check_table_path(path: Path) -> None:
    """Raise `UsageError` where a table can't be saved under this name, or something other than a file has it."""
    if path.suffix.lower() not in FILE_FORMATS:
        raise UsageError(f"{path}: a table is written to a file that ends in {', '.join(FILE_FORMATS[:-1])} or {FILE_FORMATS[-1]}")
    check_place(path)


def save_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table to a file, as CSV for Excel (UTF-8 with its mark), JSON or XLSX, as its suffix says.

    Raises `UsageError` for another suffix, and where the file can't be written.
    """
    check_table_path(path)
    suffix = path.suffix.lower()
    try:
        if suffix == ".xlsx":
            write_xlsx(path, columns, rows)
        else:
            with replacing(path, encoding="utf-8-sig" if suffix == ".csv" else "utf-8") as file:
                (write_csv if suffix == ".csv" else write_json)(file, columns, rows)
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror or error}") from None
