"""Files that are done, the rows of each in a file of its own, until the corpus is put together.

What came of a file is complete when its description is there, which appears last and holds the hash of the rows; so a run that is
killed leaves whole files behind, and the next run takes up those that are still what was written. A file may hold one document or many.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import pyarrow as pa

from kz_textkit.corpus.entries import DocumentEntry
from kz_textkit.corpus.files import digest_of
from kz_textkit.corpus.manifest import Dropped
from kz_textkit.corpus.plain import from_plain
from kz_textkit.corpus.schema import SCHEMAS, TABLES
from kz_textkit.errors import CorpusError
from kz_textkit.printable import printable

__all__ = ["STAGED", "StagedFile", "Staging", "is_staged", "staged_file", "staged_rows"]

STAGED = "staged"
"""Folder, in that of the run, of the files that are done."""

HEADER_BYTES = 64


@dataclass
class StagedFile:
    """What came of a file: its documents, and what in it gave none."""

    file_id: str
    sha256: str
    """Hash of the file."""
    entries: list[DocumentEntry] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    """Reasons."""
    dropped: list[Dropped] = field(default_factory=list)
    """What the filters left out."""
    rows: str = ""
    """Hash of the rows."""
    given: str = ""
    """Hash of what the user said of the file (`DocumentEntry.given`)."""


class Staging:
    """Writes the rows of the documents of one file into the folder `CorpusWriter.partial`; may be used in any process.

    A document that fails while its rows are made leaves none of them. Raises `OSError` where they can't be written.
    """

    def __init__(self, folder: Path, file_id: str) -> None:
        self._path = _staged_path(folder, file_id)
        self._path.with_suffix(".json").unlink(missing_ok=True)
        self._sink: IO[bytes] = self._path.open("wb")
        self._options = pa.ipc.IpcWriteOptions(use_threads=False)

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if not self._sink.closed:
            self._sink.close()

    def add(
        self, entry: DocumentEntry, batches: Iterable[tuple[str, pa.RecordBatch]], steps: Callable[[], dict[str, float]] = dict
    ) -> None:
        """Write the rows of a document. The counts of its entry are filled in, and its timings with what `steps` says at the end."""
        counts = dict.fromkeys(TABLES, 0)
        start = self._sink.tell()
        try:
            for table, batch in batches:
                counts[table] += batch.num_rows
                self._sink.write(json.dumps({"table": table}).encode().ljust(HEADER_BYTES))
                with pa.ipc.new_stream(self._sink, SCHEMAS[table], options=self._options) as stream:
                    stream.write_batch(batch)
            self._sink.write(json.dumps({"table": ""}).encode().ljust(HEADER_BYTES))
        except BaseException:
            self._sink.seek(start)
            self._sink.truncate()
            raise
        entry.counts = {**entry.counts, **counts}
        entry.timings = steps()

    def finish(self, staged: StagedFile) -> None:
        """Write what came of the file: from now on it is done."""
        self._sink.close()
        staged.rows = digest_of(self._path).sha256
        finished = self._path.with_suffix(".json.new")
        with finished.open("w", encoding="utf-8") as file:
            json.dump(asdict(staged), file, ensure_ascii=False)
        finished.replace(self._path.with_suffix(".json"))


def is_staged(folder: Path, file_id: str) -> bool:
    """Whether a file is done."""
    return _staged_path(folder, file_id).with_suffix(".json").exists()


def staged_file(folder: Path, file_id: str) -> StagedFile | None:
    """What came of a file that is done, where all of it is as it was written."""
    path = _staged_path(folder, file_id)
    try:
        staged = from_plain(StagedFile, json.loads(path.with_suffix(".json").read_bytes()))
        return staged if staged.file_id == file_id and staged.rows == digest_of(path).sha256 else None
    except (OSError, ValueError, RecursionError):
        return None


def staged_rows(folder: Path, file_id: str) -> Iterator[dict[str, pa.Table]]:
    """The rows of the documents of a file that is done, one after the other, by table.

    Raises `CorpusError` where they are no longer what was written.
    """
    if staged_file(folder, file_id) is None:
        raise CorpusError(f"{printable(file_id)}: its rows were damaged while the run went on; run it again")
    batches: dict[str, list[pa.Table]] = {table: [] for table in TABLES}
    with _staged_path(folder, file_id).open("rb") as source:
        while header := source.read(HEADER_BYTES):
            table: Any = json.loads(header)["table"]
            if table:
                with pa.ipc.open_stream(source, options=pa.ipc.IpcReadOptions(use_threads=False)) as stream:
                    batches[table].append(stream.read_all())
                continue
            yield {name: _joined(name, batches[name]) for name in TABLES}
            batches = {name: [] for name in TABLES}


_EMPTY = {name: schema.empty_table() for name, schema in SCHEMAS.items()}


def _joined(name: str, batches: list[pa.Table]) -> pa.Table:
    if len(batches) > 1:
        return pa.concat_tables(batches)
    return batches[0] if batches else _EMPTY[name]


def _staged_path(folder: Path, file_id: str) -> Path:
    # Names of files may be as long as a file name can be.
    return folder / STAGED / f"{sha256(file_id.encode()).hexdigest()[:32]}.arrow"
