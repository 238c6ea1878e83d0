"""The tokens of a corpus whose words are counted, as streams of documents out of its Parquet files, in bounded memory.

What is counted is said in `kz_textkit.stats.terms`, for a whole corpus in SQL; here the same is done on the numbers that the files have
in place of words, which costs a fourth of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kz_textkit.errors import CorpusError
from kz_textkit.stats.terms import UNKNOWN_LANGUAGES, uncounted_in_files

if TYPE_CHECKING:
    from kz_textkit.corpus.relation import Relations

__all__ = ["CountedTokens"]

AT_ONCE = 500_000
"""Tokens that are held at once, unless a document has more."""
TEXTS = frozenset(("doc_id", "section_id", "block_id", "sentence_id", "form", "lemma", "upos", "feats", "language", "xpos", "entity"))


class CountedTokens:
    """The tokens of a part of a corpus whose words are counted (`kz_textkit.stats.streaming.TokenStream`).

    `documents` and `blocks` (document and block) are what the part consists of, None for all; `asked` are kinds of blocks and sections
    that are counted because someone asked for them; `relation` makes the same as DuckDB relation.
    """

    def __init__(
        self,
        tables: Relations,
        relation: Callable[[], duckdb.DuckDBPyRelation],
        *,
        documents: Collection[str] | None = None,
        blocks: Collection[tuple[str, str]] | None = None,
        asked: Collection[str] = (),
        at_once: int = AT_ONCE,
    ) -> None:
        self.corpus, self.asked, self._at_once = tables, asked, at_once
        self._relation = relation
        self.documents = frozenset() if documents is None else frozenset(documents)
        """The documents of the part, where it names some."""
        self._wanted = None if documents is None else pa.array(sorted(documents), pa.string())
        self._blocks = None if blocks is None else _pairs(sorted(blocks))

    @cached_property
    def relation(self) -> duckdb.DuckDBPyRelation:
        return self._relation()

    def tables(self, columns: Sequence[str], *, whole: bool = True) -> Iterator[pa.Table]:
        """Some columns of the tokens; see `TokenStream.tables`. Raises `CorpusError` where the files can't be read."""
        for tokens, blocks, sections in zip(*(self.corpus.files(name) for name in ("tokens", "blocks", "sections")), strict=True):
            left_out = self._left_out(blocks, sections)
            needed = dict.fromkeys([*columns, *self._places(columns, left_out)])
            for table in _tables(tokens, list(needed), self._at_once if whole and "doc_id" in columns else 0):
                yield _counted(table, self._wanted, self._blocks, left_out, self.corpus.languages).select(list(columns))

    def _places(self, columns: Sequence[str], left_out: pa.Table) -> Iterator[str]:
        """The columns that say whether a token is counted."""
        if self._wanted is not None:
            yield "doc_id"
        if self._blocks is not None or len(left_out):
            yield from ("doc_id", "block_id")
        if len(left_out):
            yield "start"
        if "form" in columns:
            yield "language"

    def _left_out(self, blocks: str, sections: str) -> pa.Table:
        """Of the blocks that are not counted, or not from their beginning on, where counting begins."""
        return uncounted_in_files(self.corpus.connection, blocks, sections, languages=self.corpus.languages, asked=self.asked)


def _tables(path: str, columns: list[str], at_once: int) -> Iterator[pa.Table]:
    """The rows of a file, some row groups at a time, cut where a document ends; for 0 `at_once`, as the row groups are."""
    try:
        with pq.ParquetFile(path, read_dictionary=[name for name in columns if name in TEXTS]) as file:
            waiting: list[pa.Table] = []
            for group in range(file.num_row_groups):
                waiting.append(file.read_row_group(group, columns=columns, use_threads=False))
                if group + 1 == file.num_row_groups or not at_once:
                    yield _in_one_piece(pa.concat_tables(waiting))
                    waiting = []
                elif sum(map(len, waiting)) >= at_once and (cut := _last_document(table := pa.concat_tables(waiting))):
                    yield _in_one_piece(table[:cut])
                    waiting = [table[cut:]]
    except (OSError, ValueError, pa.ArrowException) as error:
        raise CorpusError(f"{path} is damaged: {str(error).splitlines()[0]}") from error


def _in_one_piece(table: pa.Table) -> pa.Table:
    return table.unify_dictionaries().combine_chunks()


def _last_document(table: pa.Table) -> int:
    """Where the last document begins; 0 where there is one only."""
    at = len(table)
    last = table["doc_id"][-1]
    for chunk in reversed(table["doc_id"].chunks):
        same = pc.equal(chunk, last).to_numpy(zero_copy_only=False)
        other = np.flatnonzero(~same)
        if len(other):
            return at - len(chunk) + int(other[-1]) + 1
        at -= len(chunk)
    return 0


def _counted(
    table: pa.Table, documents: pa.Array | None, blocks: pa.Table | None, left_out: pa.Table, languages: Collection[str]
) -> pa.Table:
    """The rows that are counted; words of other languages have no form."""
    if documents is not None:
        table = _kept(
            table, pc.is_in(_dictionary(table["doc_id"]), documents).to_numpy(zero_copy_only=False)[_numbers(table["doc_id"])]
        )
    if len(table) and (blocks is not None or len(left_out)):
        runs = _Runs(table)
        keep = np.ones(len(table), dtype=bool)
        if blocks is not None:
            keep = runs.of_tokens(np.isin(runs.keys, runs.keys_of(blocks)[0]))
        if len(left_out):
            keep &= table["start"].to_numpy() >= runs.of_tokens(_counted_from(runs, left_out))
        table = _kept(table, keep)
    if "form" in table.column_names:
        known = {*UNKNOWN_LANGUAGES, *languages}
        foreign = np.array([name not in known for name in _dictionary(table["language"]).to_pylist()] + [False], dtype=bool)
        if foreign.any():
            table = _without_forms(table, foreign[_numbers(table["language"])])
    return table


def _counted_from(runs: _Runs, left_out: pa.Table) -> npt.NDArray[np.int64]:
    """Of each run, where counting begins in its block; of a block that is named twice, the later place holds."""
    keys, rows = runs.keys_of(left_out)
    places = left_out["counted_from"].to_numpy()[rows]
    order = np.lexsort((places, keys))
    keys, places = keys[order], places[order]
    last = np.append(keys[1:] != keys[:-1], True)[: len(keys)]
    keys, places = np.append(keys[last], -1), np.append(places[last], 0)
    at = np.searchsorted(keys[:-1], runs.keys)
    return np.where(keys[at] == runs.keys, places[at], 0)


class _Runs:
    """The tokens in runs, of which each is in one block, and has a number for the block as its key."""

    def __init__(self, table: pa.Table) -> None:
        documents, blocks = _numbers(table["doc_id"]), _numbers(table["block_id"])
        begins = np.flatnonzero(np.append(True, (documents[1:] != documents[:-1]) | (blocks[1:] != blocks[:-1])))
        self._lengths = np.diff(np.append(begins, len(table)))
        self._names = _dictionary(table["doc_id"]), _dictionary(table["block_id"])
        self.keys = documents[begins] * (len(self._names[1]) + 1) + blocks[begins]

    def of_tokens(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """What is said of each run, of each token."""
        return np.repeat(values, self._lengths)

    def keys_of(self, blocks: pa.Table) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The keys of those of the blocks that are among the tokens, and which these are."""
        numbers = [
            pc.fill_null(pc.index_in(blocks[name].cast(names.type), names), -1).to_numpy()
            for name, names in zip(("doc_id", "block_id"), self._names, strict=True)
        ]
        rows = np.flatnonzero((numbers[0] >= 0) & (numbers[1] >= 0))
        return numbers[0][rows].astype(np.int64) * (len(self._names[1]) + 1) + numbers[1][rows], rows


def _pairs(blocks: Sequence[tuple[str, str]]) -> pa.Table:
    """Documents and blocks as columns."""
    return pa.table({name: pa.array([pair[i] for pair in blocks], pa.string()) for i, name in enumerate(("doc_id", "block_id"))})


def _kept(table: pa.Table, keep: npt.NDArray[np.bool_]) -> pa.Table:
    return table if keep.all() else table.filter(pa.array(keep)).combine_chunks()


def _array(column: pa.ChunkedArray) -> Any:
    array = column.combine_chunks()
    return array if not isinstance(array, pa.ChunkedArray) else array.chunk(0) if array.num_chunks else pa.array([], array.type)


def _dictionary(column: pa.ChunkedArray) -> pa.Array:
    return _array(column).dictionary


def _numbers(column: pa.ChunkedArray) -> npt.NDArray[np.int64]:
    """The numbers of the values; the last one for those that are missing."""
    array = _array(column)
    indices = array.indices.fill_null(len(array.dictionary)) if array.null_count else array.indices
    return np.asarray(indices.to_numpy(zero_copy_only=False), dtype=np.int64)


def _without_forms(table: pa.Table, which: npt.NDArray[np.bool_]) -> pa.Table:
    """The table with an empty form where `which` says so."""
    place = table.schema.get_field_index("form")
    words = _dictionary(table["form"])
    codes = np.where(which, len(words), _numbers(table["form"])).astype(np.int32)
    more = pa.concat_arrays([words, pa.array([""], words.type)])
    return table.set_column(place, "form", pa.DictionaryArray.from_arrays(pa.array(codes), more))
