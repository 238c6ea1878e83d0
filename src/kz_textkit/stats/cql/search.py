"""Finding the matches of a query in the tokens of a corpus, with DuckDB and in bounded memory.

Tokens are numbered by row in each part of their table, in text order, so that neighbours have neighbouring numbers. A query of one
token is a filter. For a longer one, the condition that is the rarest among those that every match must meet is looked up first; only
the rows around its hits (or, where it is frequent, all rows of a slice) are tested on the other conditions, and the pattern is matched
against what holds there. Nothing is ever held of more than one slice of a part, but for the places of the hits that are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from kz_textkit.stats.cql.conditions import check_expressions, condition_sql
from kz_textkit.stats.cql.limits import NO_DEADLINE, Deadline
from kz_textkit.stats.cql.matching import conditions_in, first_conditions, has_borders, longest_matches, required_conditions
from kz_textkit.stats.cql.query import AnyOf, Condition, Query, Token, most_tokens

__all__ = ["Hits", "SearchTables", "Shard", "arrow_table", "count_hits", "find_hits", "near_rows", "rows_near"]

SLICE = 1_000_000
"""Rows that a pattern is matched against at once."""

SPARSE = 0.2
"""Where less than this share of a slice is near an anchor, only these rows are read."""

UNITS = {"block": "hash(doc_id, block_id)", "sentence": "hash(doc_id, block_id, sentence_id)"}
"""What tells neighbouring units apart."""


@dataclass(frozen=True)
class Shard:
    """Documents with all their tokens, in text order, and their blocks and sections; no document is in two shards.

    `tokens`, `blocks` and `sections` are what stands after FROM. Tokens have a number, `file_row_number`, below `rows`; some may be
    missing, where whole blocks are left out. `lemmas` says that no token is without a lemma.
    """

    tokens: str
    blocks: str
    sections: str
    rows: int
    lemmas: bool = False
    context: str = ""
    """The same with all tokens that context is taken from, where only some are searched."""


@dataclass(frozen=True)
class SearchTables:
    """The tables that a search needs; `tokens_from` gives what stands after FROM for the tokens of a part and all that follow."""

    connection: duckdb.DuckDBPyConnection
    parts: Sequence[Shard]
    tokens_from: Callable[[int], str]
    deadline: Deadline = NO_DEADLINE


@dataclass(frozen=True)
class Hits:
    """Matches in one part, in text order: numbers of the first row, and of the row after the last."""

    part: int
    starts: np.ndarray
    ends: np.ndarray

    def __len__(self) -> int:
        return len(self.starts)

    def take(self, which: np.ndarray | slice) -> Hits:
        """Some of the matches, by index or mask."""
        return Hits(self.part, self.starts[which], self.ends[which])


def find_hits(tables: SearchTables, query: Query, first_part: int = 0) -> Iterator[Hits]:
    """All matches of a query from a part on, in text order, some of one part at a time.

    Raises `QueryError` where a regular expression can't be used, `UsageError` where it takes until the deadline of the tables.
    """
    conditions = list(dict.fromkeys(conditions_in(query.pattern)))
    check_expressions(query, conditions, tables.connection)
    anchor = _anchor(tables, query)
    for number, part in enumerate(tables.parts[first_part:], first_part):
        before = -1
        for first in range(0, part.rows, SLICE):
            tables.deadline.check()
            rows = first, min(first + SLICE, part.rows)
            found = _find_in_slice(tables.connection, part, rows, query, anchor, before, tables.deadline)
            if len(found[0]):
                before = int(found[1][-1])
                yield Hits(number, *found)


def count_hits(tables: SearchTables, query: Query, first_part: int) -> int:
    """How many matches there are from a part on.

    Raises `QueryError` where a regular expression can't be used.
    """
    if not isinstance(query.pattern, Token):
        return sum(map(len, find_hits(tables, query, first_part)))
    if first_part >= len(tables.parts):
        return 0
    tokens = tables.tokens_from(first_part)
    sql = condition_sql(query.pattern.condition, lemmas=all(part.lemmas for part in tables.parts[first_part:]))
    return int(tables.connection.execute(f"SELECT count(*) FROM {tokens} WHERE {sql}").fetchall()[0][0])


def arrow_table(connection: duckdb.DuckDBPyConnection, sql: str) -> pa.Table:
    """What a SELECT gives."""
    return connection.sql(sql).to_arrow_table()


def near_rows(starts: np.ndarray, ends: np.ndarray, reach: int, first: int, last: int) -> np.ndarray:
    """The numbers of the rows from `reach` before each start to `reach` behind each end, between `first` and `last` (exclusive)."""
    turns = np.zeros(last - first + 1, dtype=np.int64)
    np.add.at(turns, np.clip(starts - reach, first, last) - first, 1)
    np.add.at(turns, np.clip(ends + reach, first, last) - first, -1)
    return np.flatnonzero(np.cumsum(turns)[:-1]) + first


def rows_near(
    connection: duckdb.DuckDBPyConnection, part: Shard, rows: np.ndarray, columns: Sequence[str], *, context: bool = False
) -> pa.Table:
    """The columns of the rows with these numbers, with the number as `row`, in order; with `context` also of rows not searched."""
    tokens = part.context or part.tokens if context else part.tokens
    connection.register("kz_wanted_rows", pa.table({"wanted": rows}))
    try:
        return arrow_table(
            connection,
            f"SELECT file_row_number AS row, {', '.join(columns)} FROM {tokens} "
            "SEMI JOIN kz_wanted_rows ON file_row_number = wanted ORDER BY file_row_number",
        )
    finally:
        connection.unregister("kz_wanted_rows")


def _find_in_slice(
    connection: duckdb.DuckDBPyConnection,
    part: Shard,
    rows: tuple[int, int],
    query: Query,
    anchor: Condition,
    before: int,
    deadline: Deadline,
) -> tuple[np.ndarray, np.ndarray]:
    """Matches that begin in the rows given, and end behind `before`."""
    first, last = rows
    reach = most_tokens(query.pattern)
    anchors = _rows_where(connection, part, anchor, first, last + reach)
    if isinstance(query.pattern, Token) or not len(anchors):
        anchors = anchors[anchors < last]
        return anchors, anchors + 1
    units, holds = _tested(connection, part, query, anchors, (first, min(last + reach, part.rows)))
    borders = _borders(connection, part, first, len(units)) if has_borders(query.pattern) else None
    starts, ends = longest_matches(query.pattern, holds, units, borders=borders, before=before - first, deadline=deadline)
    inside = starts < last - first
    return starts[inside] + first, ends[inside] + first


def _tested(
    connection: duckdb.DuckDBPyConnection,
    part: Shard,
    query: Query,
    anchors: np.ndarray,
    rows: tuple[int, int],
) -> tuple[np.ndarray, dict[Condition, np.ndarray]]:
    """Unit of each row, and which conditions it meets; rows that can't be in a match meet none."""
    first, last = rows
    conditions = list(dict.fromkeys(conditions_in(query.pattern)))
    columns = [f"{UNITS[query.within]} AS unit"]
    columns += [f"{condition_sql(condition, lemmas=part.lemmas)} AS c{i}" for i, condition in enumerate(conditions)]
    near = near_rows(anchors, anchors + 1, most_tokens(query.pattern) - 1, first, last)
    if len(near) < SPARSE * (last - first):
        found = rows_near(connection, part, near, columns)
    else:
        found = arrow_table(
            connection,
            f"SELECT file_row_number AS row, {', '.join(columns)} FROM {part.tokens} "
            f"WHERE file_row_number >= {first} AND file_row_number < {last}",
        )
    places = found["row"].to_numpy() - first
    units = np.zeros(last - first, dtype=np.uint64)
    units[places] = found["unit"].to_numpy()
    holds = {}
    for i, condition in enumerate(conditions):
        holds[condition] = np.zeros(last - first, dtype=bool)
        holds[condition][places] = found[f"c{i}"].to_numpy(zero_copy_only=False).astype(bool)
    return units, holds


def _borders(connection: duckdb.DuckDBPyConnection, part: Shard, first: int, count: int) -> np.ndarray:
    """Whether a sentence ends before each of `count` rows from `first` on, and after the last of them."""
    found = arrow_table(
        connection,
        f"SELECT file_row_number AS row, {UNITS['sentence']} AS unit FROM {part.tokens} "
        f"WHERE file_row_number >= {first - 1} AND file_row_number <= {first + count}",
    )
    units = np.zeros(count + 2, dtype=np.uint64)
    units[found["row"].to_numpy() - (first - 1)] = found["unit"].to_numpy()
    return units[1:] != units[:-1]


def _rows_where(connection: duckdb.DuckDBPyConnection, part: Shard, condition: Condition, first: int, last: int) -> np.ndarray:
    """The numbers of the rows that meet a condition, in order."""
    whole = first == 0 and last >= part.rows
    limits = "" if whole else f" AND file_row_number >= {first} AND file_row_number < {last}"
    sql = condition_sql(condition, lemmas=part.lemmas)
    found = arrow_table(connection, f"SELECT file_row_number FROM {part.tokens} WHERE ({sql}){limits}")
    return np.sort(found["file_row_number"].to_numpy())


def _anchor(tables: SearchTables, query: Query) -> Condition:
    """The condition to look up first: the rarest of those that every match must meet, by their hits in the first part."""
    required = list(required_conditions(query.pattern))
    if not required:
        return AnyOf(tuple(first_conditions(query.pattern)))
    if len(required) == 1 or not tables.parts:
        return required[0]
    part = tables.parts[0]
    counts = ", ".join(f"count(*) FILTER (WHERE {condition_sql(condition, lemmas=part.lemmas)})" for condition in required)
    found = tables.connection.execute(f"SELECT {counts} FROM {part.tokens} WHERE file_row_number < {SLICE}").fetchall()[0]
    return required[int(np.argmin(np.array(found)))]
