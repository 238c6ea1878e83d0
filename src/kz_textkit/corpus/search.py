"""The concordance of a corpus on disk: DuckDB reads its Parquet files, so that memory does not grow with the corpus."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from kz_textkit.corpus.manifest import Manifest, read_manifest
from kz_textkit.corpus.place import place_of
from kz_textkit.errors import CorpusError
from kz_textkit.stats.cql.concordance import concordance, hit_frequencies
from kz_textkit.stats.cql.conditions import sql_string
from kz_textkit.stats.cql.search import Part, SearchTables

__all__ = ["corpus_concordance", "corpus_hit_frequencies", "opened_tables"]


def corpus_concordance(path: str | PathLike[str], query: str, *, contents: bool = False, **options: Any) -> pd.DataFrame:
    """The concordance of the corpus in a folder; `options` are those of `kz_textkit.stats.cql.concordance.concordance`.

    Tables of contents, which repeat the titles of the text, are searched with `contents` alone. Raises `CorpusError` where the
    folder is no corpus, or damaged; `QueryError` and `UsageError` as `concordance` does.
    """
    with opened_tables(Path(path), contents=contents) as tables:
        return concordance(tables, query, **options)


def corpus_hit_frequencies(path: str | PathLike[str], query: str, *, by: str = "form", contents: bool = False) -> pd.DataFrame:
    """How the matches of a query are spread in the corpus in a folder; see `kz_textkit.stats.cql.concordance.hit_frequencies`."""
    with opened_tables(Path(path), contents=contents) as tables:
        return hit_frequencies(tables, query, by=by)


@contextmanager
def opened_tables(folder: Path, *, contents: bool = False) -> Iterator[SearchTables]:
    """The tables of the corpus in `folder` for searches."""
    folder = place_of(folder)
    manifest = read_manifest(folder)
    connection = duckdb.connect()
    try:
        yield _tables(connection, folder, manifest, contents)
    except (duckdb.IOException, duckdb.InvalidInputException, pa.ArrowException, OSError) as error:
        raise CorpusError(f"{folder} is damaged: {str(error).splitlines()[0]}") from error
    finally:
        connection.close()


def _tables(connection: duckdb.DuckDBPyConnection, folder: Path, manifest: Manifest, contents: bool) -> SearchTables:
    paths = {name: [str(folder / part) for part in manifest.parts(name)] for name in ("tokens", "blocks", "sections")}
    if not paths["tokens"] or len({len(files) for files in paths.values()}) > 1:
        raise CorpusError(f"{folder} is damaged: files of tokens, blocks or sections are missing")
    some_left_out = not contents and _leave_out_contents(connection, _files(paths["blocks"], "filename"), _files(paths["sections"]))
    unanalysed = f"SELECT DISTINCT filename FROM {_files(paths['tokens'], 'filename')} WHERE lemma = ''"
    without_lemmas = {name for (name,) in connection.execute(unanalysed).fetchall()}

    def tokens_of(first: int, last: int) -> str:
        sql = _files(paths["tokens"][first:last], "file_row_number")
        if not some_left_out:
            return sql
        names = ", ".join(map(sql_string, paths["blocks"][first:last]))
        left_out = f"(SELECT doc_id, block_id FROM kz_contents WHERE filename IN ({names}))"
        return f"(SELECT * FROM {sql} ANTI JOIN {left_out} USING (doc_id, block_id)) AS tokens"

    parts = [
        Part(tokens_of(i, i + 1), _files([blocks]), _files([sections]), pq.read_metadata(tokens).num_rows, tokens not in without_lemmas)
        for i, (tokens, blocks, sections) in enumerate(zip(*paths.values(), strict=True))
    ]
    return SearchTables(connection, parts, lambda first: tokens_of(first, len(parts)))


def _files(paths: list[str], column: str = "") -> str:
    """What stands after FROM for Parquet files, with a column that DuckDB adds."""
    added = f", {column} = true" if column else ""
    return f"read_parquet([{', '.join(map(sql_string, paths))}]{added})"


def _leave_out_contents(connection: duckdb.DuckDBPyConnection, blocks: str, sections: str) -> bool:
    """Make the table `kz_contents` of the blocks of tables of contents; whether there are any."""
    contents = f"(FROM {sections} WHERE kind = 'contents')"
    connection.execute(
        f"CREATE TEMP TABLE kz_contents AS SELECT doc_id, block_id, filename FROM {blocks} WHERE kind = 'toc_entry' UNION "
        f"SELECT doc_id, block_id, filename FROM {blocks} SEMI JOIN {contents} USING (doc_id, section_id)"
    )
    return bool(connection.execute("SELECT 1 FROM kz_contents LIMIT 1").fetchall())
