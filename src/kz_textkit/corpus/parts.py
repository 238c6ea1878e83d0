"""Rows of single documents out of the part files of a corpus.

The rows of a document stand together, in one part, and documents are nearly always asked for in the order of the corpus. So the last
row group of each table is kept, with the place of each document in it, and is decoded once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from kz_textkit.corpus.schema import SCHEMAS
from kz_textkit.errors import CorpusError
from kz_textkit.printable import printable

__all__ = ["PartRows", "check_columns", "part_name"]


def part_name(table: str, number: int) -> str:
    """The path in a corpus of a part of a table.

    >>> part_name("tokens", 3)
    'tokens/part-00003.parquet'
    """
    return f"{table}/part-{number:05}.parquet"


def check_columns(path: Path, table: str) -> None:
    """Raise `CorpusError` where a file is no Parquet file, or one with other columns than its table has.

    What reads the tables after this can rely on names and types, whoever made the corpus.
    """
    try:
        found = pq.read_schema(path)
    except (OSError, ValueError, pa.ArrowException) as error:
        raise CorpusError(f"{printable(str(path))} is damaged: {printable(str(error).splitlines()[0])}") from error
    wanted = SCHEMAS[table]
    if found.names != wanted.names or found.types != wanted.types:
        raise CorpusError(f"{printable(str(path))} is damaged: its columns are not those of the table {table}")


class PartRows:
    """Reads the rows of one document at a time from the corpus in `folder`, or from another folder whose files `name_of` names."""

    def __init__(self, folder: Path, name_of: Callable[[str, int], str] = part_name) -> None:
        self.folder, self._name_of = folder, name_of
        self._files: dict[str, tuple[int, pq.ParquetFile]] = {}
        self._groups: dict[str, tuple[int, int, pa.Table, dict[str, tuple[int, int]]]] = {}

    def table(self, name: str, doc_id: str, part: int) -> pa.Table:
        """The rows of a document in a table.

        Raises `CorpusError` where the file of the part is missing or damaged.
        """
        try:
            file = self._file(name, part)
            pieces = [SCHEMAS[name].empty_table()]
            for group in range(file.num_row_groups):
                statistics = file.metadata.row_group(group).column(0).statistics
                if statistics is not None and statistics.has_min_max and not statistics.min <= doc_id <= statistics.max:
                    continue
                rows, places = self._group(name, part, group, file)
                if doc_id in places:
                    start, length = places[doc_id]
                    pieces.append(rows.slice(start, length))
        except (OSError, ValueError, pa.ArrowException) as error:
            raise CorpusError(f"{self.folder / name} is damaged: {str(error).splitlines()[0]}") from error
        return pa.concat_tables(pieces)

    def groups(self, name: str, part: int) -> Iterator[pa.Table]:
        """The rows of a whole part of a table, a row group after the other.

        Raises `CorpusError` where the file of the part is missing or damaged.
        """
        try:
            file = self._file(name, part)
            for group in range(file.num_row_groups):
                yield file.read_row_group(group, use_threads=False).cast(SCHEMAS[name])
        except (OSError, ValueError, pa.ArrowException) as error:
            raise CorpusError(f"{self.folder / name} is damaged: {str(error).splitlines()[0]}") from error

    def _file(self, name: str, part: int) -> pq.ParquetFile:
        if name not in self._files or self._files[name][0] != part:
            path = self.folder / self._name_of(name, part)
            check_columns(path, name)
            self._files[name] = part, pq.ParquetFile(path, page_checksum_verification=True)
        return self._files[name][1]

    def _group(self, name: str, part: int, group: int, file: pq.ParquetFile) -> tuple[pa.Table, dict[str, tuple[int, int]]]:
        known = self._groups.get(name)
        if known is None or known[:2] != (part, group):
            rows = file.read_row_group(group, use_threads=False).cast(SCHEMAS[name])
            known = self._groups[name] = part, group, rows, _places(rows["doc_id"])
        return known[2], known[3]


def _places(doc_ids: pa.ChunkedArray) -> dict[str, tuple[int, int]]:
    """First row and number of rows of each document."""
    codes = doc_ids.combine_chunks().dictionary_encode()
    numbers = codes.indices.to_numpy(zero_copy_only=False)
    if not len(numbers):
        return {}
    starts = np.concatenate(([0], np.flatnonzero(np.diff(numbers)) + 1))
    lengths = np.diff(np.append(starts, len(numbers)))
    names = codes.dictionary.to_pylist()
    return {names[numbers[start]]: (start, length) for start, length in zip(starts.tolist(), lengths.tolist(), strict=True)}
