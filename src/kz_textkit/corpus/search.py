"""The concordance of a corpus on disk: DuckDB reads its Parquet files, so that memory does not grow with the corpus."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from os import PathLike
from pathlib import Path
from threading import Timer
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from kz_textkit.corpus.citations import citations, hits_by_block, hits_by_metadata, metadata_column
from kz_textkit.corpus.manifest import read_manifest
from kz_textkit.corpus.part import WHOLE, Part, blocks_of_part
from kz_textkit.corpus.place import place_of
from kz_textkit.corpus.places import Place, Places
from kz_textkit.corpus.relation import Relations
from kz_textkit.errors import CorpusError, UsageError
from kz_textkit.settings import Limits
from kz_textkit.stats.cql.concordance import BREAKDOWNS, concordance, count_matches, hit_frequencies
from kz_textkit.stats.cql.hints import hints
from kz_textkit.stats.cql.limits import Deadline
from kz_textkit.stats.cql.search import SearchTables, Shard
from kz_textkit.stats.sql import sql_string
from kz_textkit.stats.terms import NO_CAPITALS, NOT_COUNTED_BLOCKS, NOT_COUNTED_SECTIONS

__all__ = ["cited_places", "corpus_concordance", "corpus_hit_frequencies", "corpus_hits", "opened_tables"]

LIMITS = Limits()


def corpus_concordance(
    path: str | PathLike[str],
    query: str,
    *,
    part: Part = WHOLE,
    contents: bool = False,
    limits: Limits = LIMITS,
    **options: Any,
) -> pd.DataFrame:
    """The concordance of the corpus in a folder, or of a part of it; `options` are those of
    `kz_textkit.stats.cql.concordance.concordance`, and `limits` say what it may cost.

    What is not counted as text, such as tables of contents, which repeat its titles, is searched with `contents` alone, or where its
    kind is asked for. Raises `CorpusError` where the folder is no corpus, or damaged; `QueryError` and `UsageError` as `concordance`
    does, and where there is no such part. The column `place` says where each match stands in its file, as people cite it: by the
    printed number of the page, or by the paragraph of a file without pages; empty for plain text. The column `citation` is ready for a
    footnote: author, title and year, as far as the files or the user say them, and place (`kz_textkit.corpus.citations`).
    """
    folder = place_of(Path(path))
    with opened_tables(folder, part=part, contents=contents, limits=limits) as tables:
        found = concordance(tables, query, **options)
        found.attrs["hints"] = [] if len(found) or found.attrs["hits"] else hints(tables, query)
        relations = _relations(folder, tables.connection)
        found["place"] = cited_places(relations, found)
        found["citation"] = citations(relations, found)
    return found


def corpus_hits(path: str | PathLike[str], query: str, *, part: Part = WHOLE, contents: bool = False, limits: Limits = LIMITS) -> int:
    """How many matches of a query there are in the corpus in a folder. Raises what `corpus_concordance` does."""
    with opened_tables(place_of(Path(path)), part=part, contents=contents, limits=limits) as tables:
        return count_matches(tables, query)


def cited_places(tables: Relations, found: pd.DataFrame) -> pd.Series[str]:
    """Where stretches of the raw texts (the columns document and raw_start) stand in their files, as people cite it."""
    wanted = ", ".join(map(sql_string, found["document"].unique()))
    files = tables.files("places")
    if not wanted or not files:
        return pd.Series("", index=found.index, dtype="object")
    columns, order = ", ".join(("doc_id", *Place._fields)), "doc_id, raw_start, raw_end DESC"
    rows = tables.connection.execute(f"SELECT {columns} FROM {_files(files)} WHERE doc_id IN ({wanted}) ORDER BY {order}").fetchall()
    places = {doc_id: Places(Place(*row[1:]) for row in group) for doc_id, group in groupby(rows, key=itemgetter(0))}
    none = Places(())
    cited = [places.get(doc_id, none).cited(at) for doc_id, at in zip(found["document"], found["raw_start"], strict=True)]
    return pd.Series(cited, index=found.index, dtype="object")


def corpus_hit_frequencies(
    path: str | PathLike[str],
    query: str,
    *,
    by: str = "form",
    part: Part = WHOLE,
    contents: bool = False,
    limits: Limits = LIMITS,
) -> pd.DataFrame:
    """How the matches of a query are spread in the corpus in a folder; see `kz_textkit.stats.cql.concordance.hit_frequencies`.

    `by` may also be `kind` (of the block), `page`, or a column of the documents or of the metadata, such as `genre`. The columns of the
    last are that one, count, percent (of the matches), documents (those that have any), words (of all documents of the part with this
    value), and per_million (of these words), in the order of the values.
    """
    folder = place_of(Path(path))
    with opened_tables(folder, part=part, contents=contents, limits=limits) as tables:
        if by in ("kind", "page"):
            return hits_by_block(_relations(folder, tables.connection), concordance(tables, query, context=0), by)
        if by not in BREAKDOWNS:
            relations = _relations(folder, tables.connection)
            column = metadata_column(relations, by)
            return hits_by_metadata(relations, hit_frequencies(tables, query, by="document"), column, part)
        shown = _relations(folder).spellings if by == "form" else NO_CAPITALS
        return hit_frequencies(tables, query, by=by, shown=shown)


@contextmanager
def opened_tables(folder: Path, *, part: Part = WHOLE, contents: bool = False, limits: Limits = LIMITS) -> Iterator[SearchTables]:
    """The tables of the corpus in `folder`, or of a part of it, for searches that end within the limits, or in an error."""
    folder = place_of(folder)
    connection = duckdb.connect(config={"memory_limit": f"{limits.memory_mb}MiB"})
    deadline = Deadline.in_seconds(limits.query_seconds)
    alarm = Timer(limits.query_seconds, connection.interrupt)
    alarm.daemon = True
    alarm.start()
    try:
        yield replace(_tables(_relations(folder, connection), part, contents), deadline=deadline)
    except duckdb.InterruptException:
        deadline.check()
        raise
    except duckdb.OutOfMemoryException:
        raise UsageError(f"the query needs more than {limits.memory_mb:,} MiB of memory: make it narrower") from None
    except (duckdb.IOException, duckdb.InvalidInputException, pa.ArrowException, OSError) as error:
        raise CorpusError(f"{folder} is damaged: {str(error).splitlines()[0]}") from error
    finally:
        alarm.cancel()
        connection.close()


def _relations(folder: Path, connection: duckdb.DuckDBPyConnection | None = None) -> Relations:
    return Relations(folder, manifest=read_manifest(folder), connection=connection)


def _tables(tables: Relations, part: Part, contents: bool) -> SearchTables:
    connection = tables.connection
    paths = {name: tables.files(name) for name in ("tokens", "blocks", "sections")}
    asked = {*part.block_kinds, *part.section_kinds}
    some_left_out = not contents and _leave_out(connection, _files(paths["blocks"], "filename"), _files(paths["sections"]), asked)
    if part:
        blocks_of_part(tables, part).project("doc_id, block_id").create("kz_chosen")
    unanalysed = f"SELECT DISTINCT filename FROM {_files(paths['tokens'], 'filename')} WHERE lemma = ''"
    without_lemmas = {name for (name,) in connection.execute(unanalysed).fetchall()}

    def context_of(first: int, last: int) -> str:
        sql = _files(paths["tokens"][first:last], "file_row_number")
        if not some_left_out:
            return sql
        names = ", ".join(map(sql_string, paths["blocks"][first:last]))
        left_out = f"(SELECT doc_id, block_id FROM kz_left_out WHERE filename IN ({names}))"
        return f"(SELECT * FROM {sql} ANTI JOIN {left_out} USING (doc_id, block_id)) AS tokens"

    def tokens_of(first: int, last: int) -> str:
        sql = context_of(first, last)
        return f"(SELECT * FROM {sql} SEMI JOIN kz_chosen USING (doc_id, block_id)) AS chosen" if part else sql

    shards = [
        Shard(
            tokens_of(i, i + 1),
            _files([blocks]),
            _files([sections]),
            pq.read_metadata(tokens).num_rows,
            tokens not in without_lemmas,
            context=context_of(i, i + 1),
        )
        for i, (tokens, blocks, sections) in enumerate(zip(*paths.values(), strict=True))
    ]
    return SearchTables(connection, shards, lambda first: tokens_of(first, len(shards)))


def _files(paths: list[str], column: str = "") -> str:
    """What stands after FROM for Parquet files, with a column that DuckDB adds."""
    added = f", {column} = true" if column else ""
    return f"read_parquet([{', '.join(map(sql_string, paths))}]{added})"


def _leave_out(connection: duckdb.DuckDBPyConnection, blocks: str, sections: str, asked: Collection[str]) -> bool:
    """Make the table `kz_left_out` of the blocks that are not counted as text; whether there are any."""
    kinds, section_kinds = (
        [sql_string(kind) for kind in kinds if kind not in asked] or ["''"] for kinds in (NOT_COUNTED_BLOCKS, NOT_COUNTED_SECTIONS)
    )
    connection.execute(
        f"CREATE TEMP TABLE kz_left_out AS SELECT doc_id, block_id, filename FROM {blocks} WHERE kind IN ({', '.join(kinds)}) UNION "
        f"SELECT doc_id, block_id, filename FROM {blocks} "
        f"SEMI JOIN (FROM {sections} WHERE kind IN ({', '.join(section_kinds)})) USING (doc_id, section_id)"
    )
    return bool(connection.execute("SELECT 1 FROM kz_left_out LIMIT 1").fetchall())
