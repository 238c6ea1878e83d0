"""The rows of tables and record files, one after the other, as mappings from column to value: JSON lines, CSV, Parquet, Excel."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, cast

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from kz_textkit.errors import InputError
from kz_textkit.readers.detection import detect_encoding
from kz_textkit.readers.packages import Package
from kz_textkit.readers.rows import Rows
from kz_textkit.readers.streams import open_stream
from kz_textkit.settings import Settings, or_raise

__all__ = ["Row", "is_json_lines", "rows_between", "rows_of"]

Row = Mapping[str, Any]

LONGEST_LINE = 64 << 20
"""Bytes of the longest record."""
LARGEST_VALUE = 256 << 20
"""Bytes of the largest JSON file that is one value, and so is held as a whole."""
BATCH = 256
"""Rows of a Parquet file that are read at a time."""
SAMPLE = 256 << 10
"""Bytes by which encoding and delimiter of a CSV file are told."""
EMPTY_ROWS = 1_000
"""Empty rows of a sheet after which nothing more is expected: a sheet that was formatted to its last row has a million of them."""
DELIMITERS = ",;\t|"


def rows_of(path: Path, format: str, settings: Settings) -> Iterator[tuple[int, Row]]:
    """The rows of a file with their numbers from 1, the head not counted. Raises `InputError` where it can't be read."""
    return enumerate(_READERS[format](path, settings), 1)


def rows_between(path: Path, format: str, settings: Settings, rows: Rows) -> Iterator[tuple[int, Row]]:
    """Some rows of a file of JSON lines or a Parquet file, with their numbers. Raises `InputError` where it can't be read."""
    found = _lines_between(path, settings, rows) if format == "jsonl" else _parquet_rows_between(path, settings, rows)
    number = rows.first
    for row in found:
        if number == rows.after:
            return
        yield number, row
        number += 1


def is_json_lines(path: Path, settings: Settings) -> bool:
    """Whether a file of JSON has a record on its first line and goes on. Raises `InputError` where it can't be read."""
    with open_stream(path, settings.limits) as stream:
        return _is_record(stream.readline(LONGEST_LINE)) and bool(stream.readline(LONGEST_LINE))


def _lines_between(path: Path, settings: Settings, rows: Rows) -> Iterator[Row]:
    with open_stream(path, settings.limits, rows.offset) as stream:
        number = rows.first if rows.offset else 1
        for line in iter(lambda: stream.readline(LONGEST_LINE), b""):
            if line.isspace():
                continue
            if number >= rows.first:
                yield _record(_parsed(line, path, number), path, number)
            number += 1


def _parquet_rows_between(path: Path, settings: Settings, rows: Rows) -> Iterator[Row]:
    try:
        with pq.ParquetFile(path, memory_map=False) as file:
            before, groups = 0, list(range(file.num_row_groups))
            while groups and before + file.metadata.row_group(groups[0]).num_rows < rows.first:
                before += file.metadata.row_group(groups.pop(0)).num_rows
            for batch in file.iter_batches(batch_size=BATCH, row_groups=groups, use_threads=False):
                yield from batch.slice(min(max(rows.first - 1 - before, 0), batch.num_rows)).to_pylist()
                before += batch.num_rows
    except (pa.ArrowException, OSError) as error:
        said = " ".join(str(error).split())[:120]
        raise InputError(str(path), f"it is no sound Parquet file: {said}", "get it again") from error


def _json_rows(path: Path, settings: Settings) -> Iterator[Row]:
    with open_stream(path, settings.limits) as stream:
        start = stream.peek(64)[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
        first = stream.readline(LONGEST_LINE)
        if start[:1] == b"[" or not _is_record(first):
            rest = stream.read(LARGEST_VALUE) if len(first) < LONGEST_LINE else b""
            if len(rest) == LARGEST_VALUE or len(first) == LONGEST_LINE:
                raise InputError(
                    str(path), f"it is one JSON value of more than {LARGEST_VALUE >> 20} MB", "make JSON lines of it (.jsonl)"
                )
            yield from _records_in(_parsed(first + rest, path, 1), path)
            return
        second = stream.readline(LONGEST_LINE)
        if not second:
            yield from _records_in(_parsed(first, path, 1), path)
            return
        for number, line in enumerate(chain([first, second], iter(lambda: stream.readline(LONGEST_LINE), b"")), 1):
            if line.strip():
                yield _record(_parsed(line, path, number), path, number)


def _is_record(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False


def _parsed(data: bytes, path: Path, line: int) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"line {line} is not in UTF-8", "save it as UTF-8") from error
    except (ValueError, RecursionError) as error:
        long = len(data) >= LONGEST_LINE
        raise InputError(str(path), f"line {line} is {'too long' if long else 'no JSON'}", "each line has to be one object") from error


def _record(value: Any, path: Path, number: int) -> Row:
    if not isinstance(value, dict):
        raise InputError(str(path), f"record {number} is no object with named values", 'each has to look like {"text": "…"}')
    return cast("Row", value)


def _records_in(value: Any, path: Path) -> Iterator[Row]:
    """The records of a JSON file that is one value: a list of them, an object that holds such a list, or one record."""
    if isinstance(value, dict):
        lists = [inner for inner in value.values() if isinstance(inner, list) and inner and isinstance(inner[0], dict)]
        value = lists[0] if len(lists) == 1 else [value]
    if not isinstance(value, list):
        raise InputError(str(path), "there are no records in it", 'it has to look like [{"text": "…"}, …]')
    for number, record in enumerate(value, 1):
        yield _record(record, path, number)


def _csv_rows(path: Path, settings: Settings) -> Iterator[Row]:
    with open_stream(path, settings.limits) as stream:
        sample = stream.peek(SAMPLE)[:SAMPLE]
        codec = settings.encoding or detect_encoding(sample[: sample.rfind(b"\n") + 1] or sample)
        if codec is None:
            raise InputError(str(path), "this is no text in a known encoding", "name its encoding with --encoding")
        csv.field_size_limit(LONGEST_LINE)
        lines = io.TextIOWrapper(stream, encoding=codec, errors="replace", newline="")
        try:
            rows = csv.reader(lines, delimiter=_delimiter(sample.decode(codec, "replace"), path))
            head = next(rows, [])
            names = _names(head)
            for row in rows:
                if any(row):
                    yield dict(zip(names, row, strict=False))
        except csv.Error as error:
            raise InputError(str(path), f"it is no sound CSV table: {error}", "save it anew as CSV") from error


def _delimiter(sample: str, path: Path) -> str:
    """What stands between the cells: what the first line has most of; a tab where the file says so."""
    if ".tsv" in path.suffixes or path.suffix.lower() == ".tab":
        return "\t"
    first = next((line for line in sample.lstrip("\ufeff").splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count) if any(first.count(d) for d in DELIMITERS) else ","


def _names(head: list[Any]) -> list[str]:
    """Names of columns, each once; a column without a name has its number."""
    names: list[str] = []
    for i, cell in enumerate(head, 1):
        name = " ".join(str(cell).lstrip("\ufeff").split()) if cell is not None else ""
        names.append(name if name and name not in names else f"{name or 'column'} {i}")
    return names


def _parquet_rows(path: Path, settings: Settings) -> Iterator[Row]:
    if path.stat().st_size > settings.limits.file_mb << 20:
        raise InputError(str(path), f"files of more than {settings.limits.file_mb:,} MB are not read", or_raise("file_mb"))
    try:
        with pq.ParquetFile(path, memory_map=False) as file:
            for batch in file.iter_batches(batch_size=BATCH, use_threads=False):
                yield from batch.to_pylist()
    except (pa.ArrowException, OSError) as error:
        said = " ".join(str(error).split())[:120]
        raise InputError(str(path), f"it is no sound Parquet file: {said}", "get it again") from error


def _sheet_rows(path: Path, settings: Settings) -> Iterator[Row]:
    with Package(path, settings.limits) as package:
        package.check()
        try:
            book = openpyxl.load_workbook(io.BytesIO(package.data), read_only=True, data_only=True, keep_links=False)
        except Exception as error:  # It raises whatever the parts of a damaged file make it stumble over.
            said = f"{type(error).__name__}: {' '.join(str(error).split())[:100]}"
            raise InputError(str(path), f"it is no sound Excel file ({said})", "save it anew") from error
        for sheet in book.worksheets:
            yield from _rows_of_sheet(sheet.iter_rows(values_only=True), sheet.title if len(book.worksheets) > 1 else "")


def _rows_of_sheet(cells: Iterator[tuple[Any, ...]], title: str) -> Iterator[Row]:
    names: list[str] = []
    empty = 0
    for row in cells:
        if not any(cell is not None and cell != "" for cell in row):
            empty += 1
            if empty > EMPTY_ROWS:
                return
            continue
        empty = 0
        if not names:
            names = _names(list(row))
            continue
        yield {**dict(zip(names, row, strict=False)), **({"sheet": title} if title else {})}


_READERS: dict[str, Callable[[Path, Settings], Iterator[Row]]] = {
    "jsonl": _json_rows,
    "csv": _csv_rows,
    "tsv": _csv_rows,
    "parquet": _parquet_rows,
    "xlsx": _sheet_rows,
}
