"""Tables as sheets of Excel.

The frame of a file (its styles, widths, filters, properties) is XlsxWriter's. The rows of a frequency list are hundreds of thousands of
cells, for each of which it makes several objects; so they are put into the frame as the text that it would have written: see ECMA-376,
part 1, 18.3.1 (`sheetData`, `row`, `c`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from io import BytesIO
from itertools import chain, islice
from math import isfinite
from numbers import Real
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from kz_textkit.errors import UsageError
from kz_textkit.writing import replacing

__all__ = ["XLSX_ROWS", "write_xlsx"]

XLSX_ROWS = 1_048_575
"""Rows that a sheet of Excel has below the line of column names."""
XLSX_TEXT = 32_767
"""Characters that a cell has room for."""
WIDEST, MEASURED = 60, 200
"""Characters of the widest column, and rows that widths are taken from."""
RIGHT_ALIGNED = ("left",)
"""Columns of text that are set to the right: what stands before the node of a concordance."""

IN_MEMORY = 1 << 24
"""Bytes of rows that are not put into a file meanwhile."""
LARGE = 1 << 30
"""Bytes of rows with which a part needs the larger numbers of the ZIP format."""
COPIED = 1 << 20
"""Bytes of rows that are copied together."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_PLAIN = re.compile(r"[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9a-fA-F]{4}_|^\s|\s$").search
_LIKE_ESCAPE = re.compile("(_x[0-9a-fA-F]{4}_)")
_SAME_EVERY_TIME = {"created": datetime(1980, 1, 1)}
"""Not the hour: the same table is the same file."""
_SHEET = "xl/worksheets/sheet1.xml"


def write_xlsx(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]], *, about: Sequence[tuple[str, str]] = ()) -> None:
    """Write a table as a sheet of Excel, with widths, filters and a head that stays; `about` is a second sheet of names and values,
    which says what the table is.

    Raises `UsageError` where there are more rows than a sheet has.
    """
    rows = iter(rows)
    first = list(islice(rows, MEASURED))
    with SpooledTemporaryFile(IN_MEMORY) as data:
        count = _write_rows(data, islice(chain(first, rows), XLSX_ROWS), len(columns), _right_aligned(columns))
        if next(rows, None) is not None:
            raise UsageError(f"{path}: a sheet of Excel has {XLSX_ROWS:,} rows at most; write a .csv file, or less of it")
        frame = _frame(columns, first, count, about)
        with replacing(path, binary=True) as file:
            _put_together(file, frame, data, f"A1:{_letters(max(len(columns) - 1, 0))}{count + 1}")


def _right_aligned(columns: Sequence[str]) -> frozenset[int]:
    return frozenset(j for j, name in enumerate(columns) if name in RIGHT_ALIGNED)


def _frame(columns: Sequence[str], first: Sequence[Sequence[object]], count: int, about: Sequence[tuple[str, str]]) -> BytesIO:
    """The file with everything but the rows, of which there are `count`."""
    from xlsxwriter import Workbook  # Only who writes a sheet of Excel waits for it.
    from xlsxwriter.exceptions import FileCreateError

    frame = BytesIO()
    book = Workbook(frame, {"constant_memory": True})
    try:
        book.set_properties(_SAME_EVERY_TIME)
        # numbers 1 and 2 of the styles, whether they are used or not
        bold, right = book.add_format({"bold": True}), book.add_format({"align": "right"})
        sheet = book.add_worksheet("kz-textkit")
        sheet.freeze_panes(1, 0)
        for j, name in enumerate(columns):
            widest = max([len(name) + 3, *(len(str(row[j])) + 1 for row in first)])
            sheet.set_column(j, j, min(widest, WIDEST), right if name in RIGHT_ALIGNED else None)
            sheet.write_string(0, j, name, bold)
        sheet.autofilter(0, 0, count, max(len(columns) - 1, 0))
        if about:
            page = book.add_worksheet("about")
            page.set_column(0, 0, 20)
            page.set_column(1, 1, 100)
            for i, (name, value) in enumerate(about):
                page.write_string(i, 0, _cell_text(name), bold)
                page.write_string(i, 1, _cell_text(value))
        book.close()
    except FileCreateError as error:
        cause = error.args[0] if error.args else error
        raise cause if isinstance(cause, OSError) else OSError(str(cause)) from None
    return frame


def _put_together(file: IO[bytes], frame: BytesIO, rows: IO[bytes], extent: str) -> None:
    """Writes the file: the frame with the rows in it, and the extent of the sheet as it is with them."""
    with ZipFile(frame) as source, ZipFile(file, "w", ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename != _SHEET:
                target.writestr(part, content, ZIP_DEFLATED)
                continue
            head, end, tail = content.partition(b"</sheetData>")
            head = re.sub(rb'<dimension ref="[A-Z0-9:]*"/>', f'<dimension ref="{extent}"/>'.encode(), head, count=1)
            is_large = rows.tell() > LARGE
            rows.seek(0)
            with target.open(part, "w", force_zip64=is_large) as sheet:
                sheet.write(head)
                while chunk := rows.read(COPIED):
                    sheet.write(chunk)
                sheet.write(end + tail)


def _write_rows(file: IO[bytes], rows: Iterable[Sequence[object]], width: int, right: frozenset[int]) -> int:
    """Writes rows as elements, and says how many there were."""
    begins = [f'<c r="{_letters(j)}' for j in range(width)]
    styles = ['" s="2"' if j in right else '"' for j in range(width)]
    written = 0
    for number, row in enumerate(rows, 2):
        cells = [f'<row r="{number}">']
        for value, begin, style in zip(row, begins, styles, strict=True):
            content = _CONTENT.get(type(value), _content)(value)
            if content:
                cells.append(f"{begin}{number}{style}{content}")
        cells.append("</row>")
        file.write("".join(cells).encode())
        written = number - 1
    return written


def _content(value: object) -> str:
    """What stands in a cell after its attributes; nothing for a cell that is empty."""
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, bool):
        return f' t="b"><v>{value:d}</v></c>'
    if isinstance(value, Real) and isfinite(value):
        return f"><v>{float(value):.16G}</v></c>"
    if value is not None and value == value:
        return _string(str(value))
    return ""


def _string(value: str) -> str:
    if _NOT_PLAIN(value) is None and len(value) <= XLSX_TEXT:
        return f' t="inlineStr"><is><t>{value}</t></is></c>'
    text = _LIKE_ESCAPE.sub(r"_x005F\1", _cell_text(value))
    space = ' xml:space="preserve"' if text != text.strip() else ""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f' t="inlineStr"><is><t{space}>{text}</t></is></c>'


def _whole(value: Any) -> str:
    return f"><v>{value:.16G}</v></c>"


_CONTENT: dict[type, Callable[[Any], str]] = {str: _string, int: _whole}
"""What is quicker for what tables have most."""


def _letters(column: int) -> str:
    """The name of a column by its place.

    >>> _letters(0), _letters(27)
    ('A', 'AB')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _cell_text(value: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", value)[:XLSX_TEXT]
