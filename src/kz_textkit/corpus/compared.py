"""The lists of documents of two versions of a corpus beside each other, compared by DuckDB in bounded memory."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from kz_textkit.corpus.entries import ENTRIES, DocumentEntry
from kz_textkit.corpus.plain import from_plain
from kz_textkit.errors import CorpusError
from kz_textkit.stats.counting import connect

__all__ = ["Compared", "compared"]

_LOOKED_AT = ("sha256", "given", "counts", "edits")
_SHOWN = ("doc_id", "source", "sha256", "given", "counts", "edits", "decisions")


class Compared:
    """Two lists of documents."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def added(self) -> Iterator[str]:
        """Ids of documents that are in the second alone, in its order."""
        yield from self._ids("now", "before")

    def removed(self) -> Iterator[str]:
        """Ids of documents that are in the first alone, in its order."""
        yield from self._ids("before", "now")

    def pairs(self) -> Iterator[tuple[DocumentEntry, DocumentEntry]]:
        """Entries of the documents that are in both and are not the same, in the order of the second, with what is compared alone."""
        columns = ", ".join(f"{side}.{name}" for side in ("b", "n") for name in _SHOWN)
        differs = " OR ".join(f"b.{name} != n.{name}" for name in _LOOKED_AT)
        query = f"SELECT {columns} FROM now n JOIN before b USING (doc_id) WHERE {differs} ORDER BY n.place"
        for row in self._rows(query):
            yield _entry(*row[: len(_SHOWN)]), _entry(*row[len(_SHOWN) :])

    def edits(self, side: str) -> dict[str, int]:
        """Applied edits by rule of `before` or `now`."""
        total: dict[str, int] = {}
        try:
            for (text,) in self._rows(f"SELECT edits FROM {side} ORDER BY place"):
                for rule, count in json.loads(text).items():
                    total[rule] = total.get(rule, 0) + count
        except (ValueError, AttributeError, TypeError, RecursionError) as error:
            raise CorpusError(f"{ENTRIES} is damaged: {error}") from None
        return total

    def _ids(self, here: str, there: str) -> Iterator[str]:
        for (doc_id,) in self._rows(f"SELECT doc_id FROM {here} ANTI JOIN {there} USING (doc_id) ORDER BY place"):
            yield doc_id

    def _rows(self, query: str) -> Iterator[tuple[str, ...]]:
        try:
            found = self._connection.cursor().execute(query)
            while rows := found.fetchmany(1_000):
                yield from rows
        except duckdb.Error as error:
            raise CorpusError(f"{ENTRIES} is damaged: {str(error).splitlines()[0]}") from error


@contextmanager
def compared(before: Path, now: Path, besides: tuple[Collection[int], Collection[int]]) -> Iterator[Compared]:
    """The lists of documents of the corpora in two folders, but for those in the parts `besides` of each.

    Raises `CorpusError` where one can't be read.
    """
    with connect() as connection:
        for name, folder, left_out in zip(("before", "now"), (before, now), besides, strict=True):
            path = str(folder / ENTRIES).replace("'", "''")
            where = f"WHERE part NOT IN ({', '.join(map(str, left_out))})" if left_out else ""
            columns = ", ".join((*_SHOWN, "file_row_number AS place"))
            try:
                connection.execute(
                    f"CREATE VIEW {name} AS SELECT {columns} FROM read_parquet('{path}', file_row_number = true) {where}"
                )
            except duckdb.Error as error:
                raise CorpusError(f"{ENTRIES} is damaged: {str(error).splitlines()[0]}") from error
        yield Compared(connection)


def _entry(*values: str) -> DocumentEntry:
    row = dict(zip(_SHOWN, values, strict=True))
    try:
        parsed = {name: json.loads(row[name]) for name in ("counts", "edits", "decisions")}
        return from_plain(DocumentEntry, {**row, **parsed, "encoding": ""}, ENTRIES)
    except (ValueError, RecursionError) as error:
        raise CorpusError(f"{ENTRIES} is damaged: {error}") from None
