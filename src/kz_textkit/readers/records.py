"""Tables and record files (JSON lines, CSV, Parquet, Excel): a row is a document, its other columns are what is known of it.

The column of the text is the one that the user names, or the only one that can be it: the one called so, else the only one with
sentences in it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from itertools import chain, islice
from pathlib import Path

from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers.formats import format_of_suffix, long_suffix
from kz_textkit.readers.marked_text import extracted
from kz_textkit.readers.rows import Rows
from kz_textkit.readers.sniffing import HEAD, sniff
from kz_textkit.readers.streams import digest
from kz_textkit.readers.tables import Row, rows_between, rows_of
from kz_textkit.settings import Settings

__all__ = ["head_column", "read", "read_rows", "text_column"]

NAMES = ("text", "content", "body", "article", "raw_content", "мәтін", "мәтіні", "текст", "мазмұны")
"""Names of columns that hold texts, in small letters; an earlier one goes before a later one."""
LOOKED_AT = 200
"""Rows by which the column of the text is found."""
WORDS = 4.0
"""Words that the values of a column have on average, where it may be the text."""
LONGEST_VALUE = 1_000
"""Characters of a value that is metadata; a longer one is another text."""


def read(path: Path, settings: Settings) -> Iterator[RawDocument]:
    """The rows of a table or record file with text in them, each as a document, read as a stream.

    `settings.text_column` names the column of the text. Raises `InputError` where it is not there, or is not named and there are
    several that it could be, or none.
    """
    format = _format(path)
    rows = rows_of(path, format, settings)
    first = list(islice(rows, LOOKED_AT))
    yield from _documents(path, format, first, chain(first, rows), settings, digest(path))


def read_rows(path: Path, settings: Settings, rows: Rows) -> Iterator[RawDocument]:
    """The documents of some rows of a file of JSON lines or a Parquet file, as `read` gives them of all rows.

    Raises as `read` does.
    """
    format = _format(path)
    first = list(islice(rows_of(path, format, settings), LOOKED_AT))
    yield from _documents(path, format, first, rows_between(path, format, settings, rows), settings, rows.sha256 or digest(path))


def _documents(
    path: Path, format: str, first: Sequence[tuple[int, Row]], rows: Iterable[tuple[int, Row]], settings: Settings, sha256: str
) -> Iterator[RawDocument]:
    """The documents of rows; the `first` ones of the file show which column is the text."""
    if not first:
        raise InputError(str(path), "there are no rows in it")
    column = text_column([row for _, row in first], str(path), settings.text_column)
    ours = version("kz-textkit")
    for number, row in rows:
        text = row.get(column)
        if not isinstance(text, str) or not text.strip():
            continue
        yield extracted(
            path.with_name(f"{path.name}#{number}"),
            sha256,
            text,
            (),
            format=format,
            extractor="kz-textkit",
            version=ours,
            settings={"text_column": column, "row": number},
            metadata={name: said for name, value in row.items() if name != column and (said := _said(value))},
        )


def head_column(path: Path, format: str, settings: Settings) -> str:
    """The column that holds the text of a file, as its first rows show it. Raises `InputError` where it can't be told."""
    first = list(islice(rows_of(path, format, settings), LOOKED_AT))
    return text_column([row for _, row in first], str(path), settings.text_column)


def text_column(rows: Sequence[Row], source: str, wanted: str | None = None) -> str:
    """The column that holds the text of the rows, which are the first of a table.

    Raises `InputError` where it can't be told.

    >>> text_column([{"id": 1, "title": "Су", "text": "Су – тіршілік көзі."}], "су.jsonl")
    'text'
    """
    columns = list(dict.fromkeys(name for row in rows for name in row))
    if wanted is not None:
        if wanted not in columns:
            raise InputError(source, f"it has no column {wanted!r}", f"its columns are {_listed(columns)}")
        return wanted
    lengths = {name: _words([value for row in rows if isinstance(value := row.get(name), str)]) for name in columns}
    named = sorted((name for name in columns if name.casefold() in NAMES and lengths[name]), key=lambda n: NAMES.index(n.casefold()))
    if named:
        return named[0]
    candidates = [name for name in columns if lengths[name] >= WORDS]
    if len(candidates) == 1:
        return candidates[0]
    strings = [name for name in columns if lengths[name]]
    if not candidates and len(strings) == 1:
        return strings[0]
    if not strings:
        raise InputError(source, "no column of it holds text", f"its columns are {_listed(columns)}")
    choices = _listed(candidates or strings)
    raise InputError(source, f"its text could be in several columns: {choices}", "name one with --text-column")


def _words(values: Sequence[str]) -> float:
    """Words of a value on average, 0 where no value has letters."""
    texts = [value for value in values if any(c.isalpha() for c in value)]
    return sum(len(value.split()) for value in texts) / len(texts) if texts else 0.0


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:20]) + (f" and {len(names) - 20} more" if len(names) > 20 else "")


def _said(value: object) -> str:
    """A value as metadata, empty where it says nothing."""
    if value is None or isinstance(value, dict | list | bytes):
        return ""
    if isinstance(value, datetime.datetime) and not (value.hour or value.minute or value.second):
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    said = " ".join(str(value).split())
    return said if len(said) <= LONGEST_VALUE else ""


def _format(path: Path) -> str:
    named = format_of_suffix(long_suffix(path))
    if named is not None and named.module == "records" and named.name not in ("parquet", "xlsx"):
        return named.name
    with path.open("rb") as file:
        found = sniff(file.read(HEAD), path)
    return found if found in ("parquet", "xlsx") else named.name if named is not None else "jsonl"
