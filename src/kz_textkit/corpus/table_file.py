"""The Parquet file of one table of a shard, written small: what an encoding saves here is paid once, and read for years.

Compression (Zstandard) finds what repeats in a column, and sees bytes. So words go into a dictionary, whose order is chosen: common
words first, that most numbers may be small, and all others by their letters, that forms of a word stand together (a tenth less for
forms). Offsets are written as differences, running texts in large pages, and the ids of tokens, which nobody looks up and which count
upwards, as they are (a fifth of what a dictionary of them takes). Readers need to know nothing of it: the files have the types of
`kz_textkit.corpus.schema`.
"""

from __future__ import annotations

import base64
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

__all__ = ["GROUP_ROWS", "TableFile", "with_ordered_words"]

GROUP_ROWS = 262_144
"""Rows of a row group. Each has dictionaries of its own: with half as many rows, forms take a tenth more."""

LEVEL = 7
"""Of compression: running text takes a tenth less than at 3, in a fiftieth of the time of a run."""

PAGE_BYTES = 8 << 20
"""Of a page, and of a dictionary, at most: compression begins anew in each page."""

WORDS = ("form", "lemma")
"""Columns whose dictionary is put in order."""
AS_THEY_ARE = frozenset(("text", "token_id"))
"""Texts that are not written by dictionary."""

COMMON = 8
"""Occurrences in a row group of a word that is among the first."""


class TableFile:
    """Writes the rows of one table, in groups of a certain number, however they come. Raises `OSError` where that can't be done."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._schema = schema
        self._written = _written_schema(schema)
        self._file: IO[bytes] = path.open("wb")
        self._writer: Any = pq.ParquetWriter(self._file, self._written, **_encoding_of(schema))
        self._waiting: list[pa.Table] = []
        self._rows = 0

    def add(self, rows: pa.Table) -> None:
        """Take rows in; they are written when there are enough of them."""
        self._waiting.append(rows if rows.schema.equals(self._schema) else rows.cast(self._schema))
        self._rows += rows.num_rows
        if self._rows < GROUP_ROWS:
            return
        table = self._all_waiting()
        whole = table.num_rows - table.num_rows % GROUP_ROWS
        self._waiting, self._rows = [table.slice(whole)], table.num_rows - whole
        groups = [table.slice(start, GROUP_ROWS) for start in range(0, whole, GROUP_ROWS)]
        del table
        while groups:
            self._write(groups.pop(0))

    def close(self) -> None:
        """Write what is waiting, and end the file."""
        if self._file.closed:
            return
        if self._rows:
            self._write(self._all_waiting())
        # Arrow reads its types here; those of the writer are not the ones of the table.
        self._writer.add_key_value_metadata({"ARROW:schema": base64.b64encode(self._schema.serialize().to_pybytes()).decode("ascii")})
        self._writer.close()
        self._file.close()

    def abandon(self) -> None:
        """Close the file as it is: what is waiting needs no writing any more."""
        self._writer.is_open = False
        with suppress(OSError):
            self._file.close()

    def _all_waiting(self) -> pa.Table:
        table, self._waiting = pa.concat_tables(self._waiting), []
        return table

    def _write(self, rows: pa.Table) -> None:
        # In how many pieces rows come makes no difference to the bytes. What was in pieces goes before what is written is made.
        whole = rows.combine_chunks()
        del rows
        columns = [
            with_ordered_words(_array(whole[field.name])) if pa.types.is_dictionary(field.type) else whole[field.name]
            for field in self._written
        ]
        self._writer.write_table(pa.table(columns, schema=self._written), row_group_size=GROUP_ROWS)


def with_ordered_words(words: pa.Array) -> pa.DictionaryArray:
    """Texts by dictionary, of which the common ones come first, the commonest at the head, and then the others by their letters.

    >>> words = with_ordered_words(pa.array(["су", "дала", "ауыл"] + ["және"] * 9))
    >>> words.dictionary.to_pylist(), words.indices.to_pylist()[:4]
    (['және', 'ауыл', 'дала', 'су'], [3, 2, 1, 0])
    """
    encoded = words.dictionary_encode()
    codes, known = encoded.indices, encoded.dictionary
    counts = np.bincount(codes.drop_null().to_numpy(), minlength=len(known))
    places = pa.table({"rank": np.where(counts >= COMMON, -counts, 0), "word": known})
    order = pc.sort_indices(places, sort_keys=[("rank", "ascending"), ("word", "ascending")])
    new = np.empty(len(known), dtype=np.int32)
    new[order.to_numpy()] = np.arange(len(known), dtype=np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(new).take(codes), known.take(order))


def _written_schema(schema: pa.Schema) -> pa.Schema:
    """The schema of what is given to the writer."""
    kind = pa.dictionary(pa.int32(), pa.string())
    return pa.schema([pa.field(field.name, kind if field.name in WORDS else field.type) for field in schema])


def _encoding_of(schema: pa.Schema) -> dict[str, Any]:
    numbers = [field.name for field in schema if pa.types.is_integer(field.type)]
    return {
        "compression": "zstd",
        "compression_level": LEVEL,
        "use_dictionary": [
            field.name for field in schema if field.name not in {*numbers, *AS_THEY_ARE} and not pa.types.is_nested(field.type)
        ],
        "column_encoding": dict.fromkeys(numbers, "DELTA_BINARY_PACKED"),
        "data_page_size": PAGE_BYTES,
        "dictionary_pagesize_limit": PAGE_BYTES,
        "write_page_checksum": True,
        "store_schema": False,
    }


def _array(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks)
