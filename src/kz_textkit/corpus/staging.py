"""Documents that are done, each in a file of its own, until the corpus is put together.

A document is complete when its description is there, which appears last and holds the hash of its rows; so a run that is killed leaves
whole documents behind, and the next run takes up those that are still what was written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import pyarrow as pa

from kz_textkit.corpus.files import digest_of
from kz_textkit.corpus.manifest import DocumentEntry
from kz_textkit.corpus.plain import from_plain
from kz_textkit.corpus.schema import SCHEMAS, TABLES
from kz_textkit.errors import CorpusError
from kz_textkit.printable import printable

__all__ = ["STAGED", "is_staged", "stage", "staged_entry", "staged_rows"]

STAGED = "staged"
"""Folder, in that of the run, of the documents that are done."""

HEADER_BYTES = 64


def stage(
    folder: Path,
    entry: DocumentEntry,
    batches: Iterable[tuple[str, pa.RecordBatch]],
    *,
    steps: Callable[[], dict[str, float]] = dict,
) -> None:
    """Write the rows of one document into the folder `CorpusWriter.partial`, and when they are all there its entry.

    May be called in any process. The counts of the entry are filled in, and its timings with what `steps` says at the end.
    Raises `OSError` where it can't be written.
    """
    path = _staged_path(folder, entry.doc_id)
    path.with_suffix(".json").unlink(missing_ok=True)
    counts = dict.fromkeys(TABLES, 0)
    options = pa.ipc.IpcWriteOptions(use_threads=False)
    with path.open("wb") as sink:
        for table, batch in batches:
            counts[table] += batch.num_rows
            sink.write(json.dumps({"table": table}).encode().ljust(HEADER_BYTES))
            with pa.ipc.new_stream(sink, SCHEMAS[table], options=options) as stream:
                stream.write_batch(batch)
    entry.counts = {**entry.counts, **counts}
    entry.timings = steps()
    finished = path.with_suffix(".json.new")
    with finished.open("w", encoding="utf-8") as file:
        json.dump({"rows": digest_of(path).sha256, "entry": asdict(entry)}, file, ensure_ascii=False)
    finished.replace(path.with_suffix(".json"))


def is_staged(folder: Path, doc_id: str) -> bool:
    """Whether a document was staged."""
    return _staged_path(folder, doc_id).with_suffix(".json").exists()


def staged_entry(folder: Path, doc_id: str) -> DocumentEntry | None:
    """The entry of a document that was staged, where all of it is as it was written."""
    path = _staged_path(folder, doc_id)
    try:
        content = json.loads(path.with_suffix(".json").read_bytes())
        entry = from_plain(DocumentEntry, content["entry"])
        return entry if entry.doc_id == doc_id and content["rows"] == digest_of(path).sha256 else None
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def staged_rows(folder: Path, doc_id: str) -> dict[str, pa.Table]:
    """The rows of a document that was staged, by table.

    Raises `CorpusError` where they are no longer what was written.
    """
    if staged_entry(folder, doc_id) is None:
        raise CorpusError(f"{printable(doc_id)}: its rows were damaged while the run went on; run it again")
    batches: dict[str, list[pa.Table]] = {table: [] for table in TABLES}
    with _staged_path(folder, doc_id).open("rb") as source:
        while header := source.read(HEADER_BYTES):
            with pa.ipc.open_stream(source, options=pa.ipc.IpcReadOptions(use_threads=False)) as stream:
                batches[json.loads(header)["table"]].append(stream.read_all())
    return {table: pa.concat_tables([SCHEMAS[table].empty_table(), *batches[table]]) for table in TABLES}


def _staged_path(folder: Path, doc_id: str) -> Path:
    # Names of documents may be as long as a file name can be.
    return folder / STAGED / f"{sha256(doc_id.encode()).hexdigest()[:32]}.arrow"
