"""Tables for a search out of DataFrames: for notebooks, and for corpora that are not on disk."""

from __future__ import annotations

import duckdb
import pandas as pd
import pyarrow as pa

from kz_textkit.stats.cql.search import SearchTables, Shard

__all__ = ["search_tables"]

_STRING, _NUMBER = pa.string(), pa.int64()
TOKEN_COLUMNS = {
    **dict.fromkeys(("doc_id", "section_id", "block_id", "sentence_id", "token_id", "form", "lemma", "upos", "feats"), _STRING),
    **dict.fromkeys(("space_after", "is_stop"), pa.bool_()),
    **dict.fromkeys(("raw_start", "raw_end"), _NUMBER),
}
BLOCK_COLUMNS = {"doc_id": _STRING, "block_id": _STRING, "page": pa.int32()}
SECTION_COLUMNS = dict.fromkeys(("doc_id", "section_id", "parent_id", "kind", "number", "title"), _STRING)

DEFAULTS = {_STRING: "", _NUMBER: 0}


def search_tables(tokens: pd.DataFrame, blocks: pd.DataFrame | None = None, sections: pd.DataFrame | None = None) -> SearchTables:
    """Tables for `concordance` and `hit_frequencies`.

    `tokens` has the columns of the tokens table, in text order; of those that are missing, strings are empty, and a space follows each
    token. `blocks` and `sections` give pages and titles.

    >>> search_tables(pd.DataFrame({"form": ["Қоғам", "."]})).parts[0].rows
    2
    """
    connection = duckdb.connect()
    numbered = _completed(tokens, TOKEN_COLUMNS).append_column("file_row_number", pa.array(range(len(tokens)), _NUMBER))
    for name, table in (
        ("kz_tokens", numbered),
        ("kz_blocks", _completed(pd.DataFrame() if blocks is None else blocks, BLOCK_COLUMNS)),
        ("kz_sections", _completed(pd.DataFrame() if sections is None else sections, SECTION_COLUMNS)),
    ):
        connection.register(f"{name}_given", table)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM {name}_given")
        connection.unregister(f"{name}_given")
    lemmas = "lemma" in tokens.columns and bool((tokens["lemma"] != "").all())
    return SearchTables(connection, (Shard("kz_tokens", "kz_blocks", "kz_sections", len(tokens), lemmas),), lambda _: "kz_tokens")


def _completed(table: pd.DataFrame, columns: dict[str, pa.DataType]) -> pa.Table:
    arrays = {}
    for name, kind in columns.items():
        if name in table.columns:
            arrays[name] = pa.Array.from_pandas(table[name], type=kind)
        elif name == "parent_id" or kind == pa.int32():
            arrays[name] = pa.nulls(len(table), kind)
        else:
            arrays[name] = pa.array([DEFAULTS.get(kind, name == "space_after")] * len(table), kind)
    return pa.table(arrays)
