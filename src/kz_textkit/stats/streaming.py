"""Tokens some documents at a time, as numbers: what counts work on that must not hold a whole corpus.

Parquet and Arrow keep a column of words as a dictionary and numbers. These numbers are what is worked on here: what costs more (folding
case, telling words from marks) is done once for each distinct spelling of a stretch of documents, and what the stretches give is added
up (`Tally`). Everything is done in the order of the text by one thread, so that the same tokens always give the same table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol, TypeAlias

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

__all__ = [
    "Numbers",
    "Stretch",
    "Tally",
    "TokenStream",
    "codes_of",
    "encoded",
    "numbered_tables",
    "relation_tables",
    "stretches",
    "values_of",
]

Numbers: TypeAlias = npt.NDArray[np.int64]

STRETCH = 1 << 17
"""Tokens of a stretch, unless a document has more."""
FLAGS = ("is_stop",)
"""Columns of yes and no; all others that words are told apart by are texts."""
PENDING = 500_000
"""Rows that wait to be added up, beside half as many as there are sums."""


class TokenStream(Protocol):
    """Tokens that can be had more than once, as DuckDB relation or as tables of whole documents."""

    @property
    def relation(self) -> duckdb.DuckDBPyRelation:
        """All of them."""

    def tables(self, columns: Sequence[str], *, whole: bool = True) -> Iterator[pa.Table]:
        """Some columns of them, in the order of the text; where doc_id is among them no document is in two tables, unless they need not
        be `whole`. Columns of text are dictionaries, each in one piece."""


@dataclass(frozen=True)
class Stretch:
    """Some documents: the distinct values of the columns that were asked for, and of each token which of them it is."""

    types: dict[str, list[Any]]
    """The distinct rows by column."""
    type_of: npt.NDArray[np.int64]
    """Of each token, the row of `types`."""
    table: pa.Table

    @cached_property
    def counts(self) -> Numbers:
        """How many tokens are of each type."""
        return np.bincount(self.type_of, minlength=self.size).astype(np.int64)

    @property
    def size(self) -> int:
        """Number of types."""
        return len(next(iter(self.types.values())))

    @cached_property
    def document(self) -> Numbers:
        """Of each token, the number of its document in the stretch."""
        return np.cumsum(self.begins("doc_id"), dtype=np.int64) - 1

    @cached_property
    def sentence(self) -> Numbers:
        """Of each token, the number of its sentence."""
        return np.cumsum(self.begins("sentence_id") | self.begins("doc_id"), dtype=np.int64) - 1

    @cached_property
    def section(self) -> Numbers:
        """Of each token, the row of `sections`."""
        run, enters = self._section_runs
        return np.asarray(pd.factorize(run)[0], dtype=np.int64)[np.cumsum(enters) - 1]

    @cached_property
    def sections(self) -> pd.DataFrame:
        """The sections that have tokens, in the order of the text: doc_id and section_id."""
        run, enters = self._section_runs
        first = np.flatnonzero(enters)[pd.Series(run).drop_duplicates().index.to_numpy()]
        return pd.DataFrame(
            {name: self.table[name].take(pa.array(first)).to_pylist() for name in ("doc_id", "section_id")}, dtype=object
        )

    @cached_property
    def document_of_section(self) -> Numbers:
        """Of each row of `sections`, the number of its document."""
        found = np.zeros(int(self.section.max(initial=-1)) + 1, dtype=np.int64)
        found[self.section] = self.document
        return found

    @cached_property
    def _section_runs(self) -> tuple[Numbers, npt.NDArray[np.bool_]]:
        """A number for the section of each row of tokens that stand in one, and where these begin."""
        enters = self.begins("section_id") | self.begins("doc_id")
        document, section = codes_of(self.table["doc_id"]), codes_of(self.table["section_id"])
        return document[enters] * (int(section.max(initial=0)) + 1) + section[enters], enters

    def begins(self, column: str) -> npt.NDArray[np.bool_]:
        """Of each token, whether its value in a column is another than that of the one before it."""
        codes = codes_of(self.table[column])
        return np.append(True, codes[1:] != codes[:-1])[: len(codes)]


def stretches(tokens: duckdb.DuckDBPyRelation | TokenStream, names: Sequence[str], places: Sequence[str] = ()) -> Iterator[Stretch]:
    """The tokens some documents at a time, with the distinct values of the columns `names`; `places` are columns that are needed of the
    tokens beside, such as doc_id.

    >>> rows = duckdb.values(("d", "Ел"), ("d", "мен"), ("e", "Ел")).project("col0 AS doc_id, col1 AS form")
    >>> [(one.types, one.type_of.tolist(), one.document.tolist()) for one in stretches(rows, ["form"], ["doc_id"])]
    [({'form': ['Ел', 'мен']}, [0, 1, 0], [0, 0, 1])]
    """
    for table in numbered_tables(tokens, list(dict.fromkeys([*names, *places]))):
        yield _stretch(table, names)


def numbered_tables(tokens: duckdb.DuckDBPyRelation | TokenStream, columns: Sequence[str], *, whole: bool = True) -> Iterator[pa.Table]:
    """Columns of the tokens, some documents at a time, or where they need not be whole parts of some, texts as dictionaries."""
    tables = relation_tables(tokens, columns) if isinstance(tokens, duckdb.DuckDBPyRelation) else tokens.tables(columns, whole=whole)
    for table in tables:
        if len(table):
            yield table


def relation_tables(tokens: duckdb.DuckDBPyRelation, columns: Sequence[str]) -> Iterator[pa.Table]:
    """The rows of a relation as tables of whole documents, as `TokenStream.tables` has them."""
    waiting: list[pa.Table] = []
    for batch in tokens.project(", ".join(columns)).to_arrow_reader(STRETCH):
        table = pa.Table.from_batches([batch])
        if "doc_id" not in columns:
            yield encoded(table)
            continue
        documents = table["doc_id"]
        changes = np.flatnonzero(pc.not_equal(documents[1:], documents[:-1]).to_numpy()) + 1 if len(table) > 1 else np.empty(0, int)
        if waiting and len(table) and waiting[-1]["doc_id"][-1] != documents[0]:
            changes = np.append(0, changes)
        if sum(map(len, waiting)) + len(table) < STRETCH or not len(changes):
            waiting.append(table)
            continue
        cut = int(changes[-1])
        yield encoded(pa.concat_tables([*waiting, table[:cut]]))
        waiting = [table[cut:]]
    if waiting:
        yield encoded(pa.concat_tables(waiting))


def encoded(table: pa.Table) -> pa.Table:
    """A table with texts as dictionaries, each column in one piece."""
    columns = []
    for column in table.columns:
        kind = column.type
        if pa.types.is_string(kind) or pa.types.is_large_string(kind):
            column = column.dictionary_encode()
        columns.append(column)
    return pa.table(columns, names=table.column_names).unify_dictionaries().combine_chunks()


def codes_of(column: pa.ChunkedArray) -> Numbers:
    """The numbers of a dictionary, or of yes and no; those of missing values are one more than all others."""
    array = column.combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks else pa.array([], array.type)
    if pa.types.is_dictionary(array.type):
        indices, none = array.indices, len(array.dictionary)
    else:
        indices, none = array.cast(pa.int64()), 2
    if indices.null_count:
        indices = indices.fill_null(none)
    return np.asarray(indices.to_numpy(zero_copy_only=False), dtype=np.int64)


def values_of(column: pa.ChunkedArray) -> list[Any]:
    """The values that the numbers stand for."""
    array = column.combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0)
    # A text that is missing, in a corpus that somebody made, is no word.
    return [*array.dictionary.to_pylist(), ""] if pa.types.is_dictionary(array.type) else [False, True, None]


def _stretch(table: pa.Table, names: Sequence[str]) -> Stretch:
    codes = [codes_of(table[name]) for name in names]
    values = [values_of(table[name]) for name in names]
    key = codes[0]
    for code, known in zip(codes[1:], values[1:], strict=True):
        key = key * len(known) + code
    type_of, distinct = pd.factorize(key)
    types: dict[str, list[Any]] = {}
    for name, known in reversed(list(zip(names, values, strict=True))):
        distinct, code = np.divmod(distinct, len(known))
        types[name] = [known[i] for i in code.tolist()]
    return Stretch({name: types[name] for name in names}, np.asarray(type_of, dtype=np.int64), table)


class Tally:
    """Rows of keys and counts from many stretches, added up by their keys, in the order in which these first came."""

    def __init__(self, keys: Sequence[str], counts: Sequence[str]) -> None:
        self.keys, self.counts = list(keys), list(counts)
        kinds = [(name, pa.bool_() if name in FLAGS else pa.string()) for name in keys]
        self.schema = pa.schema([*kinds, *((name, pa.int64()) for name in counts)])
        self._waiting: list[pa.Table] = []
        self._rows = 0
        self._added = 0

    def add(self, columns: dict[str, Any]) -> None:
        """Rows by column: texts (lists, arrays of objects or of Arrow) for keys, numbers for counts."""
        given = ((columns[field.name], field.type) for field in self.schema)
        arrays = [values.cast(kind) if isinstance(values, pa.Array) else pa.array(values, kind) for values, kind in given]
        self._waiting.append(pa.table(arrays, self.schema))
        self._rows += len(self._waiting[-1])
        if self._rows > PENDING + self._added + self._added // 2:
            self._add_up()

    def table(self) -> pa.Table:
        """The sums."""
        self._add_up()
        return self._waiting[0]

    def frame(self) -> pd.DataFrame:
        """The same as DataFrame."""
        table = self.table()
        columns = {name: pd.Series(table[name].to_pylist(), dtype=bool if name in FLAGS else object) for name in self.keys}
        return pd.DataFrame({**columns, **{name: table[name].to_numpy() for name in self.counts}})

    def _add_up(self) -> None:
        rows = pa.concat_tables([self.schema.empty_table(), *self._waiting])
        self._waiting = []
        sums = rows.group_by(self.keys, use_threads=False).aggregate([(name, "sum") for name in self.counts])
        self._waiting = [sums.select([*self.keys, *(f"{name}_sum" for name in self.counts)]).rename_columns(self.schema.names)]
        self._rows = self._added = len(sums)
