"""The files of tables: what is written comes back, whoever reads it, and in how many pieces it came makes no difference."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kz_textkit.corpus.schema import SCHEMAS
from kz_textkit.corpus.table_file import TableFile, with_ordered_words

WORDS = st.lists(st.none() | st.sampled_from(["", "су", "ауыл", "дала"]) | st.text(max_size=3))


def tokens(forms: list[str | None]) -> pa.Table:
    """Tokens of these forms; what else there is to say of them is the same."""
    rows = [{"doc_id": "дәріс", "token_id": f"t{i:08}", "form": form, "lemma": form, "start": i} for i, form in enumerate(forms)]
    return pa.Table.from_pylist(rows, schema=SCHEMAS["tokens"])


def written(path: Path, *pieces: pa.Table) -> bytes:
    """The file that these pieces make."""
    file = TableFile(path, SCHEMAS["tokens"])
    for piece in pieces:
        file.add(piece)
    file.close()
    return path.read_bytes()


@settings(deadline=None)
@given(words=WORDS)
def test_words_by_dictionary_are_the_same_words(words: list[str | None]) -> None:
    column = pa.array(words, pa.string())
    assert with_ordered_words(column).cast(pa.string()).equals(column)


def test_what_is_written_is_read_by_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kz_textkit.corpus.table_file.GROUP_ROWS", 5)
    table = tokens(["су", "ауыл", None, "", "су", "және", *["және"] * 9])
    path = tmp_path / "tokens.parquet"
    written(path, table)
    found = pq.read_table(path)
    assert found.equals(table)
    assert found.schema.equals(SCHEMAS["tokens"], check_metadata=True)
    assert [None if pd.isna(form) else form for form in pd.read_parquet(path)["form"]] == table["form"].to_pylist()
    assert [form for (form,) in duckdb.sql(f"SELECT form FROM '{path}'").fetchall()] == table["form"].to_pylist()


def test_pieces_make_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kz_textkit.corpus.table_file.GROUP_ROWS", 5)
    table = tokens([f"сөз{i % 4}" for i in range(23)])
    one = written(tmp_path / "one.parquet", table)
    assert written(tmp_path / "many.parquet", *(table.slice(i, 2) for i in range(0, 23, 2))) == one
