"""`documents.parquet`: what a corpus says of each of its documents, a row a document, in the order of the corpus.

The manifest names the file with its hash. It is read when somebody asks for it: a corpus of a million documents must not wait for it to
count words. Its row groups are those of the parts of the corpus, so that what is said of one part is read alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kz_textkit.corpus.plain import from_plain
from kz_textkit.document import Decision
from kz_textkit.errors import CorpusError
from kz_textkit.printable import printable

__all__ = [
    "ENTRIES",
    "ENTRY_SCHEMA",
    "DocumentEntry",
    "EntryWriter",
    "entries_of",
    "entries_of_part",
    "entry_rows",
    "entry_tables",
    "is_safe_name",
    "read_entries",
    "stream_entries",
    "stream_names",
]

ENTRIES = "documents.parquet"

MOST_PARTS = 1_000_000
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
"""What no file name may have on Windows."""
BATCH = 10_000
"""Rows that are made or read at a time."""


@dataclass
class DocumentEntry:
    """What a corpus says of one document."""

    doc_id: str
    source: str
    sha256: str
    encoding: str
    undecodable: list[tuple[int, str]] = field(default_factory=list)
    """Bytes without a character: offset in the raw text, the bytes in hexadecimal digits."""
    checksums: str = ""
    """CRC-32 of each 4,096 characters of the raw text (as UTF-8), eight hexadecimal digits each."""
    counts: dict[str, int] = field(default_factory=dict)
    """Rows by table, and raw and clean characters."""
    sections: dict[str, int] = field(default_factory=dict)
    """Sections by kind."""
    edits: dict[str, int] = field(default_factory=dict)
    """Applied edits by rule."""
    suggestions: dict[str, int] = field(default_factory=dict)
    """Edits that were suggested and not applied, by rule."""
    examples: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """A few edits of each rule, in context: before and after."""
    warnings: list[str] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    """Seconds by step; not written, for the same files give the same `documents.parquet`."""
    file_id: str = ""
    """Id of the file that it came from, where that may hold several documents; else empty, for the id is the same."""
    extraction: dict[str, Any] = field(default_factory=dict)
    """How its text came out of a file that is no plain text (format, extractor, version, settings, text_sha256); empty for others."""
    decisions: list[Decision] = field(default_factory=list)
    """What became of each correction that a person made of it."""
    given: str = ""
    """Hash of what the user said of its file: metadata and corrections; empty where that is nothing."""
    part: int = 0
    """Number of the part file that holds its rows."""

    @property
    def file(self) -> str:
        """Id of the file that it came from."""
        return self.file_id or self.doc_id


def is_safe_name(name: str) -> bool:
    """Whether a name is that of a file in its folder, on every system: no path, nothing hidden, nothing that can't be printed.

    >>> [is_safe_name(name) for name in ("дәріс 1", "../дәріс", "a/b", "c:дәріс", "", "дә\\nріс")]
    [True, False, False, False, False, False]
    """
    return bool(name) and name[0] != "." and name.isprintable() and not _FORBIDDEN.search(name)


_KINDS: dict[str, pa.DataType] = {"str": pa.string(), "int": pa.int32()}
_COLUMNS = {field.name: _KINDS.get(str(field.type)) for field in fields(DocumentEntry) if field.name != "timings"}
"""The columns: texts and numbers as they are, whatever else as JSON (None here)."""
ENTRY_SCHEMA = pa.schema([pa.field(name, kind or pa.string(), nullable=False) for name, kind in _COLUMNS.items()])


def entry_rows(entries: Iterable[DocumentEntry]) -> pa.Table:
    """Entries as rows of `documents.parquet`."""
    return pa.Table.from_pylist([_row(entry) for entry in entries], schema=ENTRY_SCHEMA)


def entries_of(rows: pa.Table) -> Iterator[DocumentEntry]:
    """The entries in rows that were made by `entry_rows`, every value of the type that it should have.

    Raises `ValueError` where they are something else.
    """
    for batch in rows.to_batches(BATCH):
        for number, row in enumerate(batch.to_pylist()):
            yield from_plain(DocumentEntry, _plain(row), f"documents[{number}]")


class EntryWriter:
    """Writes `documents.parquet` part by part; to be used in a `with` block. Raises `OSError` where that can't be done."""

    def __init__(self, path: Path) -> None:
        self._file: IO[bytes] = path.open("wb")
        self._writer = pq.ParquetWriter(self._file, ENTRY_SCHEMA, compression="zstd", write_page_checksum=True)

    def __enter__(self) -> EntryWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None:
            self._writer.close()
        else:
            self._writer.is_open = False  # What is waiting needs no writing any more, and the error is the one to be told.
        with suppress(OSError) if error is not None else nullcontext():
            self._file.close()

    def add(self, rows: pa.Table, part: int) -> None:
        """Write the entries of a part, as `entry_rows` gives them."""
        position = ENTRY_SCHEMA.get_field_index("part")
        numbered = rows.set_column(position, ENTRY_SCHEMA.field(position), pa.repeat(pa.scalar(part, pa.int32()), rows.num_rows))
        self._writer.write_table(numbered, row_group_size=max(numbered.num_rows, 1))


def entry_tables(folder: Path, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
    """The rows of `documents.parquet` in the folder of a corpus, or some columns of them, a row group at a time.

    Raises `CorpusError` where the file is missing or damaged.
    """
    path = folder / ENTRIES
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            if file.schema_arrow.names != ENTRY_SCHEMA.names:
                raise ValueError("its columns are others")
            for group in range(file.num_row_groups):
                yield file.read_row_group(group, columns=columns, use_threads=False)
    except _UNREADABLE as error:
        raise _damaged(path, error) from None


def entries_of_part(folder: Path, part: int) -> pa.Table:
    """The rows of `documents.parquet` of one part. Raises `CorpusError` where the file is missing or damaged."""
    path = folder / ENTRIES
    position = ENTRY_SCHEMA.get_field_index("part")
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            groups = []
            for group in range(file.num_row_groups):
                found = file.metadata.row_group(group).column(position).statistics
                if found is None or not found.has_min_max or found.min <= part <= found.max:
                    groups.append(group)
            rows = file.read_row_groups(groups, use_threads=False).cast(ENTRY_SCHEMA)
    except _UNREADABLE as error:
        raise _damaged(path, error) from None
    return rows.filter(pc.equal(rows["part"], part))


_UNREADABLE = (OSError, ValueError, TypeError, RecursionError, pa.ArrowException)


def _damaged(path: Path, error: BaseException) -> CorpusError:
    reason = (error.strerror if isinstance(error, OSError) else None) or " ".join(str(error).split())[:200]
    return CorpusError(f"{printable(str(path))} is damaged: {printable(reason)}; `kz-textkit run` makes it anew")


def read_entries(folder: Path) -> list[DocumentEntry]:
    """The entries of the corpus in a folder, every value of the type that it should have, and no id that leads elsewhere.

    Raises `CorpusError` where the file is missing or damaged.
    """
    return list(stream_entries(folder))


def stream_entries(folder: Path, part: int | None = None) -> Iterator[DocumentEntry]:
    """The same, one after the other, or those of one part.

    Raises `CorpusError` where the file is missing or damaged.
    """
    seen: set[str] = set()
    try:
        for rows in entry_tables(folder) if part is None else (entries_of_part(folder, part),):
            for entry in entries_of(rows):
                problem = _problem(entry.doc_id, entry.part, seen)
                if problem:
                    raise ValueError(problem)
                yield entry
    except _UNREADABLE as error:
        raise _damaged(folder / ENTRIES, error) from None


def stream_names(folder: Path) -> Iterator[tuple[str, int]]:
    """The id and the number of the part of each document, in the order of the corpus, each id once.

    Raises `CorpusError` where the file is missing or damaged.
    """
    seen: set[str] = set()
    try:
        for rows in entry_tables(folder, ["doc_id", "part"]):
            for doc_id, part in zip(rows["doc_id"].to_pylist(), rows["part"].to_pylist(), strict=True):
                problem = _problem(doc_id, part, seen)
                if problem:
                    raise ValueError(problem)
                yield doc_id, part
    except _UNREADABLE as error:
        raise _damaged(folder / ENTRIES, error) from None


def _row(entry: DocumentEntry) -> dict[str, Any]:
    values = {name: getattr(entry, name) for name in _COLUMNS}
    return {
        name: value if _COLUMNS[name] is not None else json.dumps(value, ensure_ascii=False, default=asdict)
        for name, value in values.items()
    }


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value if _COLUMNS[name] is not None else json.loads(value) for name, value in row.items()}


def _problem(doc_id: str, part: int, seen: set[str]) -> str:
    """What in an entry would lead out of the corpus, or name a thing twice; the ids that were `seen` are added to."""
    if not is_safe_name(doc_id):
        return f"{doc_id[:80]!r} can be no id of a document"
    if doc_id in seen:
        return f"the document {doc_id[:80]} is in it twice"
    if not 0 <= part < MOST_PARTS:
        return f"{doc_id[:80]} is in part {part}, which there can't be"
    seen.add(doc_id)
    return ""
