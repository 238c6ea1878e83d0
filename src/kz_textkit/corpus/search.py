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

from kz_textkit.corpus.writer import read_manifest
from kz_textkit.errors import CorpusError
from kz_textkit.stats.concordance import concordance, hit_frequencies
from kz_textkit.stats.conditions import sql_string
from kz_textkit.stats.search import Part, SearchTables

__all__ = ["corpus_concordance", "corpus_hit_frequencies", "opened_tables"]


def corpus_concordance(path: str | PathLike[str], query: str, *, contents: bool = False, **options: Any) -> pd.DataFrame:
    """The concordance of the corpus in a folder; `options` are those of `kz_textkit.stats.concordance.concordance`.

    Tables of contents, which repeat the titles of the text, are searched with `contents` alone. Raises `CorpusError` where the
    folder is no corpus, or damaged; `QueryError` and `UsageError` as `concordance` does.
    """
    with opened_tables(Path(path), contents=contents) as tables:
        return concordance(tables, query, **options)


def corpus_hit_frequencies(path: str | PathLike[str], query: str, *, by: str = "form", contents: bool = False) -> pd.DataFrame:
    """How the matches of a query are spread in the corpus in a folder; see `kz_textkit.stats.concordance.hit_frequencies`."""
    with opened_tables(Path(path), contents=contents) as tables:
        return hit_frequencies(tables, query, by=by)


@contextmanager
def opened_tables(folder: Path, *, contents: bool = False) -> Iterator[SearchTables]:
    """The tables of the corpus in `folder` for searches."""
    read_manifest(folder)
    connection = duckdb.connect()
    try:
        yield _tables(connection, folder, contents)
    except (duckdb.IOException, duckdb.InvalidInputException, pa.ArrowException, OSError) as error:
        raise CorpusError(f"{folder} is damaged: {str(error).splitlines()[0]}") from error
    finally:
        connection.close()


def _tables(connection: duckdb.DuckDBPyConnection, folder: Path, contents: bool) -> SearchTables:
    blocks, sections = (f"read_parquet({sql_string(str(folder / name / '*.parquet'))})" for name in ("blocks", "sections"))
    left_out = [] if contents else _left_out(connection, blocks, sections)
    parts = []
    for path in sorted((folder / "tokens").glob("*.parquet")):
        sql = f"read_parquet({sql_string(str(path))}, file_row_number = true)"
        joins = "".join(f" ANTI JOIN {name} USING ({', '.join(keys)})" for name, keys in left_out)
        parts.append(Part(f"(SELECT * FROM {sql}{joins}) AS tokens" if joins else sql, pq.read_metadata(path).num_rows))
    return SearchTables(connection, parts, blocks, sections)


def _left_out(connection: duckdb.DuckDBPyConnection, blocks: str, sections: str) -> list[tuple[str, tuple[str, ...]]]:
    """Tables of the keys of what is of tables of contents, as far as there is any."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for name, keys, sql in (
        ("kz_contents", ("doc_id", "section_id"), f"FROM {sections} WHERE kind = 'contents'"),
        ("kz_entries", ("doc_id", "block_id"), f"FROM {blocks} WHERE kind = 'toc_entry'"),
    ):
        connection.execute(f"CREATE TEMP TABLE {name} AS SELECT {', '.join(keys)} {sql}")
        if connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchall():
            found.append((name, keys))
    return found
