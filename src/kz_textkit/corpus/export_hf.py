"""A corpus as a data set for the Hugging Face `datasets` library: each table in splits by document, and the card that names them.

Whole documents go into one split or another, by the hash of their ids: the same documents are always parted in the same way, whatever
their order, and a document that is added moves few others. A tenth of the documents each is for validation and for testing; a corpus of
fewer than three documents has the split `train` alone. In the table of documents, what the metadata say stands in columns of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kz_textkit.corpus.card import LISTED, Card, card, described
from kz_textkit.corpus.metadata_attributes import metadata_columns
from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.schema import SCHEMAS, TABLES
from kz_textkit.corpus.totals import totals_of
from kz_textkit.writing import replacing_folder

__all__ = ["splits_of", "write_hf"]

SHARE = 0.1
"""Of the documents, for validation and for testing each."""

SHARD_ROWS = 1_000_000
"""A file is closed after the document with which it reaches so many rows."""

SPLITS = ("train", "validation", "test")


def write_hf(corpus: Corpus, output: Path) -> int:
    """Write a corpus into the folder `output`; the number of documents written."""
    split_of = splits_of([entry.doc_id for entry in corpus.manifest.documents])
    columns = metadata_columns(corpus)
    with replacing_folder(output, of="hf") as folder:
        files: dict[str, dict[str, list[str]]] = {}
        rows: dict[str, dict[str, int]] = {}
        for table in TABLES:
            shards = _write_table(corpus, table, split_of, columns, folder / "data" / table)
            if shards:
                files[table] = {split: [f"data/{table}/{name}" for name, _ in found] for split, found in shards.items()}
                rows[table] = {split: sum(count for _, count in found) for split, found in shards.items()}
        about = Card(
            name=output.resolve().name,
            documents=described(corpus.table("documents", columns=["doc_id", "title", "language", "metadata"]).to_pylist()),
            number=len(corpus.manifest.documents),
            tokens={entry.doc_id: entry.counts.get("tokens", 0) for entry in corpus.manifest.documents[:LISTED]},
            edits=totals_of(corpus.manifest.documents).edits,
            tool_version=corpus.manifest.tool_version,
            files=files,
            rows=rows,
            notes=[_on_splits(split_of)],
        )
        (folder / "README.md").write_text(card(about), "utf-8")
    return len(split_of)


def splits_of(doc_ids: Iterable[str]) -> dict[str, str]:
    """The split of each document.

    >>> sorted(splits_of(["абай", "мағжан", "шәкәрім", "ыбырай"]).values())
    ['test', 'train', 'train', 'validation']
    """
    ids = list(doc_ids)
    by_hash = sorted(ids, key=lambda doc_id: sha256(doc_id.encode()).digest())
    held_out = 0 if len(ids) < len(SPLITS) else max(1, round(SHARE * len(ids)))
    split = {doc_id: "test" if i < held_out else "validation" if i < 2 * held_out else "train" for i, doc_id in enumerate(by_hash)}
    return {doc_id: split[doc_id] for doc_id in ids}


def _write_table(
    corpus: Corpus, table: str, split_of: Mapping[str, str], columns: Sequence[str], folder: Path
) -> dict[str, list[tuple[str, int]]]:
    """Write the rows of a table in splits; names and rows of the files by split, for those that have any."""
    schema = SCHEMAS[table] if table != "documents" else _documents_schema(columns)
    written: dict[str, list[tuple[str, int]]] = {}
    for split in SPLITS:
        shards = _Shards(folder, split, schema)
        for entry in corpus.manifest.documents:
            if split_of[entry.doc_id] == split:
                rows = corpus.rows(table, entry.doc_id)
                shards.add(rows if table != "documents" else _with_metadata(rows, columns, schema))
        if found := shards.finish():
            written[split] = found
    return written


class _Shards:
    """The files of a split of a table; how many there are stands in their names, so they get these at the end."""

    def __init__(self, folder: Path, split: str, schema: pa.Schema) -> None:
        self.folder, self.split, self.schema = folder, split, schema
        self._counts: list[int] = []
        self._writer: pq.ParquetWriter | None = None

    def add(self, rows: pa.Table) -> None:
        if not rows.num_rows:
            return
        if self._writer is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._writer = pq.ParquetWriter(self.folder / self._name(len(self._counts), None), self.schema, compression="zstd")
            self._counts.append(0)
        self._writer.write_table(rows.cast(self.schema))
        self._counts[-1] += rows.num_rows
        if self._counts[-1] >= SHARD_ROWS:
            self._close()

    def finish(self) -> list[tuple[str, int]]:
        self._close()
        found = []
        for number, count in enumerate(self._counts):
            name = self._name(number, len(self._counts))
            (self.folder / self._name(number, None)).rename(self.folder / name)
            found.append((name, count))
        return found

    def _close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def _name(self, number: int, of: int | None) -> str:
        return f"{self.split}-{number:05}{'' if of is None else f'-of-{of:05}'}.parquet"


def _documents_schema(columns: Sequence[str]) -> pa.Schema:
    fields = [field for field in SCHEMAS["documents"] if field.name != "metadata"]
    taken = {field.name.lower() for field in fields}
    return pa.schema([*fields, *(pa.field(_column(name, taken), pa.string()) for name in columns)])


def _column(name: str, taken: set[str]) -> str:
    return f"metadata_{name}" if name.lower() in taken else name


def _with_metadata(rows: pa.Table, columns: Sequence[str], schema: pa.Schema) -> pa.Table:
    """The rows of documents with what their metadata say in columns."""
    said: list[dict[str, Any]] = [json.loads(text or "{}") for text in rows["metadata"].to_pylist()]
    names = schema.names[len(schema.names) - len(columns) :]
    table = rows.drop_columns(["metadata"])
    for name, column in zip(names, columns, strict=True):
        values = [None if one.get(column) is None else str(one[column]) for one in said]
        table = table.append_column(pa.field(name, pa.string()), pa.array(values, pa.string()))
    return table


def _on_splits(split_of: Mapping[str, str]) -> str:
    counts = {split: sum(one == split for one in split_of.values()) for split in SPLITS}
    shares = ", ".join(f"{count:,} in `{split}`" for split, count in counts.items() if count)
    return f"The splits are by document, from the hash of its id: {shares}."
