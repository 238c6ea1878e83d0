"""Documents that are done, each in a file of its own, until the corpus is put together.

A document is complete when its description is there, which appears last; so a run that is killed leaves whole documents behind, and the
next run takes them up.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import pyarrow as pa

from kz_textkit.corpus.manifest import DocumentEntry
from kz_textkit.corpus.schema import SCHEMAS, TABLES

__all__ = ["STAGED", "stage", "staged_entry", "staged_rows"]

STAGED = "staged"
"""Folder, in that of the run, of the documents that are done."""

HEADER_BYTES = 64


def stage(folder: Path, entry: DocumentEntry, batches: Iterable[tuple[str, pa.RecordBatch]]) -> None:
    """Write the rows of one document into the folder `CorpusWriter.partial`, and when they are all there its entry.

    May be called in any process. The counts of the entry are filled in.
    """
    path = _staged_path(folder, entry.doc_id)
    path.with_suffix(".json").unlink(missing_ok=True)
    counts = dict.fromkeys(TABLES, 0)
    options = pa.ipc.IpcWriteOptions(use_threads=False)
    with pa.OSFile(str(path), "wb") as sink:
        for table, batch in batches:
            counts[table] += batch.num_rows
            sink.write(json.dumps({"table": table}).encode().ljust(HEADER_BYTES))
            with pa.ipc.new_stream(sink, SCHEMAS[table], options=options) as stream:
                stream.write_batch(batch)
    entry.counts = {**entry.counts, **counts}
    finished = path.with_suffix(".json.new")
    finished.write_text(json.dumps(asdict(entry), ensure_ascii=False), "utf-8")
    finished.replace(path.with_suffix(".json"))


def _staged_path(folder: Path, doc_id: str) -> Path:
    # Names of documents may be as long as a file name can be.
    return folder / STAGED / f"{sha256(doc_id.encode()).hexdigest()[:32]}.arrow"


def staged_entry(folder: Path, doc_id: str) -> DocumentEntry | None:
    try:
        entry = DocumentEntry(**json.loads(_staged_path(folder, doc_id).with_suffix(".json").read_text("utf-8")))
        return entry if entry.doc_id == doc_id else None
    except (OSError, ValueError, TypeError):
        return None


def staged_rows(folder: Path, doc_id: str) -> dict[str, pa.Table]:
    batches: dict[str, list[pa.Table]] = {table: [] for table in TABLES}
    with pa.OSFile(str(_staged_path(folder, doc_id)), "rb") as source:
        while header := source.read(HEADER_BYTES):
            with pa.ipc.open_stream(source, options=pa.ipc.IpcReadOptions(use_threads=False)) as stream:
                batches[json.loads(header)["table"]].append(stream.read_all())
    return {table: pa.concat_tables([SCHEMAS[table].empty_table(), *batches[table]]) for table in TABLES}
