"""Pieces of the input that are done, the rows of each in a file of its own, until their shard is put together.

What came of a piece (a file, or a stretch of rows of one) is complete when its description is there, which appears last and holds the
hash of the rows; so a run that is killed leaves whole pieces behind, and the next run takes up those that are still what was written.
Rows of many small documents stand together, a long document has several groups of rows. When the shard is there, its pieces go.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO

import pyarrow as pa

from kz_textkit.corpus.entries import ENTRY_SCHEMA, DocumentEntry, entry_rows
from kz_textkit.corpus.files import digest_of
from kz_textkit.corpus.manifest import Dropped
from kz_textkit.corpus.plain import from_plain
from kz_textkit.corpus.schema import SCHEMAS, TABLES
from kz_textkit.errors import CorpusError
from kz_textkit.printable import printable

__all__ = [
    "ENTRIES_TABLE",
    "STAGED",
    "STAGED_VERSION",
    "StagedPiece",
    "Staging",
    "remove_staged",
    "staged_piece",
    "staged_record",
    "staged_rows",
]

STAGED = "staged"
"""Folder, in that of the run, of the pieces that are done."""

ENTRIES_TABLE = "entries"
"""What the entries of documents are called among the rows of tables."""

GROUP_ROWS = 65_536
"""Rows that are written together, about."""

STAGED_VERSION = 2
"""Raised when what stands in the files changes: what an older version left is not taken up."""

HEADER_BYTES = 64
COMPRESSED = 1 << 20
"""Bytes of rows from which on they are compressed: below, what it takes is more than what is saved of a disk for a short while."""
CODEC = "lz4"
_SCHEMAS = {**SCHEMAS, ENTRIES_TABLE: ENTRY_SCHEMA}


@dataclass
class StagedPiece:
    """What came of a piece: how many documents, and what in it gave none."""

    piece_id: str
    sha256: str
    """Hash of the file."""
    documents: int = 0
    failures: list[str] = field(default_factory=list)
    """Reasons."""
    dropped: list[Dropped] = field(default_factory=list)
    """What the filters left out."""
    rows: str = ""
    """Hash of the rows."""
    given: str = ""
    """Hash of what the user said of the file (`DocumentEntry.given`)."""
    timings: dict[str, float] = field(default_factory=dict)
    """Seconds by step."""


class Staging:
    """Writes the rows of the documents of one piece into the folder `CorpusWriter.partial`; may be used in any process.

    A document that fails while its rows are made leaves none of them. Raises `OSError` where they can't be written.
    """

    def __init__(self, folder: Path, piece_id: str) -> None:
        self._path = _staged_path(folder, piece_id)
        self._path.with_suffix(".json").unlink(missing_ok=True)
        self._sink: IO[bytes] = self._path.open("wb")
        self._waiting: list[tuple[str, pa.RecordBatch]] = []
        self._entries: list[DocumentEntry] = []
        self._rows = 0
        self._timings: Counter[str] = Counter()
        self.documents = 0

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if not self._sink.closed:
            self._sink.close()

    def add(
        self, entry: DocumentEntry, batches: Iterable[tuple[str, pa.RecordBatch]], steps: Callable[[], dict[str, float]] = dict
    ) -> None:
        """Take in the rows of a document. The counts of its entry are filled in, and its timings with what `steps` says at the end."""
        counts = dict.fromkeys(TABLES, 0)
        own: list[tuple[str, pa.RecordBatch]] = []
        rows, start = 0, -1
        try:
            for table, batch in batches:
                counts[table] += batch.num_rows
                own.append((table, batch))
                rows += batch.num_rows
                if rows >= GROUP_ROWS:
                    self._flush()
                    start = self._sink.tell() if start < 0 else start
                    self._write(own)
                    own, rows = [], 0
        except BaseException:
            if start >= 0:
                self._sink.seek(start)
                self._sink.truncate()
            raise
        entry.counts = {**entry.counts, **counts}
        entry.timings = steps()
        self._timings.update(entry.timings)
        self._waiting += own
        self._entries.append(entry)
        self.documents += 1
        self._rows += rows
        if self._rows >= GROUP_ROWS:
            self._flush()

    def finish(self, staged: StagedPiece) -> None:
        """Write what came of the piece: from now on it is done."""
        self._flush()
        self._sink.close()
        staged.documents = self.documents
        staged.timings = {step: round(seconds, 4) for step, seconds in self._timings.items()}
        staged.rows = digest_of(self._path).sha256
        finished = self._path.with_suffix(".json.new")
        with finished.open("w", encoding="utf-8") as file:
            json.dump(asdict(staged), file, ensure_ascii=False)
        finished.replace(self._path.with_suffix(".json"))

    def _flush(self) -> None:
        """Write the documents that are waiting."""
        if self._entries:
            self._write([*self._waiting, *((ENTRIES_TABLE, batch) for batch in entry_rows(self._entries).to_batches())])
        self._waiting, self._entries, self._rows = [], [], 0

    def _write(self, batches: Iterable[tuple[str, pa.RecordBatch]]) -> None:
        """Write a group of rows."""
        by_table: dict[str, list[pa.RecordBatch]] = {}
        for table, batch in batches:
            by_table.setdefault(table, []).append(batch)
        for table, rows in by_table.items():
            for batch in rows if len(rows) == 1 else pa.Table.from_batches(rows).combine_chunks().to_batches():
                self._write_batch(table, batch)
        self._sink.write(_header(""))

    def _write_batch(self, table: str, batch: pa.RecordBatch) -> None:
        # The schema is known: to write it, and to read it, takes longer than the rows of a small file.
        data = batch.serialize()
        size = data.size if data.size > COMPRESSED else 0
        data = pa.compress(data, CODEC) if size else data
        self._sink.write(_header(table, data.size, size))
        self._sink.write(data)


def _header(table: str, stored: int = 0, size: int = 0) -> bytes:
    """What stands before rows: their table, how many bytes they have, and where they are compressed, how many they had. It has no table
    where a group of rows ends."""
    return json.dumps([table, stored, size]).encode().ljust(HEADER_BYTES)


def staged_record(folder: Path, piece_id: str) -> StagedPiece | None:
    """What came of a piece that is done; whether its rows are as they were written is not looked at."""
    try:
        content = json.loads(_staged_path(folder, piece_id).with_suffix(".json").read_bytes())
        staged = from_plain(StagedPiece, content)
    except (OSError, ValueError, RecursionError):
        return None
    return staged if staged.piece_id == piece_id else None


def staged_piece(folder: Path, piece_id: str) -> StagedPiece | None:
    """What came of a piece that is done, where all of it is as it was written."""
    staged = staged_record(folder, piece_id)
    try:
        return staged if staged is not None and staged.rows == digest_of(_staged_path(folder, piece_id)).sha256 else None
    except OSError:
        return None


def staged_rows(folder: Path, piece_id: str) -> tuple[StagedPiece, Iterator[dict[str, pa.Table]]]:
    """What came of a piece that is done, and its rows, a group after the other, by table; those of entries are under `ENTRIES_TABLE`.

    Raises `CorpusError` where they are no longer what was written.
    """
    staged = staged_piece(folder, piece_id)
    if staged is None:
        raise CorpusError(f"{printable(piece_id)}: its rows were damaged while the run went on; run it again")
    return staged, _groups(_staged_path(folder, piece_id))


def _groups(path: Path) -> Iterator[dict[str, pa.Table]]:
    rows: dict[str, list[pa.RecordBatch]] = {}
    with path.open("rb") as source:
        while header := source.read(HEADER_BYTES):
            table, stored, size = json.loads(header)
            if not table:
                yield {name: pa.Table.from_batches(batches) for name, batches in rows.items()}
                rows = {}
                continue
            data = source.read(stored)
            buffer = pa.decompress(data, size, CODEC) if size else pa.py_buffer(data)
            rows.setdefault(table, []).append(pa.ipc.read_record_batch(pa.ipc.read_message(buffer), _SCHEMAS[table]))


def remove_staged(folder: Path, piece_id: str) -> None:
    """Remove what is staged of a piece; what can't be removed goes with the folder of the run."""
    path = _staged_path(folder, piece_id)
    for one in (path.with_suffix(".json"), path):
        with suppress(OSError):
            one.unlink()


def _staged_path(folder: Path, piece_id: str) -> Path:
    # Names of files may be as long as a file name can be.
    return folder / STAGED / f"{sha256(piece_id.encode()).hexdigest()[:32]}.arrow"
