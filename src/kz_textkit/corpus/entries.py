"""`documents.parquet`: what a corpus says of each of its documents, a row a document, in the order of the corpus.

The manifest names the file with its hash. It is read when somebody asks for it: a corpus of a million documents must not wait for it to
count words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kz_textkit.corpus.plain import from_plain
from kz_textkit.document import Decision
from kz_textkit.errors import CorpusError
from kz_textkit.printable import printable

__all__ = ["ENTRIES", "DocumentEntry", "is_safe_name", "read_entries", "write_entries"]

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
SCHEMA = pa.schema([pa.field(name, kind or pa.string(), nullable=False) for name, kind in _COLUMNS.items()])


def write_entries(path: Path, entries: Iterable[DocumentEntry]) -> None:
    """Write `documents.parquet`. Raises `OSError` where that can't be done."""
    rest = iter(entries)
    with (
        path.open("wb") as file,
        pq.ParquetWriter(file, SCHEMA, compression="zstd", write_page_checksum=True) as writer,
    ):
        while batch := [_row(entry) for entry in islice(rest, BATCH)]:
            writer.write_table(pa.Table.from_pylist(batch, schema=SCHEMA))


def read_entries(folder: Path) -> list[DocumentEntry]:
    """The entries of the corpus in a folder, every value of the type that it should have, and no id that leads elsewhere.

    Raises `CorpusError` where the file is missing or damaged.
    """
    path = folder / ENTRIES
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            if file.schema_arrow.names != SCHEMA.names:
                raise ValueError("its columns are others")
            rows = [row for batch in file.iter_batches(BATCH) for row in batch.to_pylist()]
        entries = [from_plain(DocumentEntry, _plain(row), f"documents[{number}]") for number, row in enumerate(rows)]
        problem = next(_problems(entries), None)
        if problem is not None:
            raise ValueError(problem)
    except (OSError, ValueError, TypeError, RecursionError, pa.ArrowException) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or " ".join(str(error).split())[:200]
        raise CorpusError(f"{printable(str(path))} is damaged: {printable(reason)}; `kz-textkit run` makes it anew") from None
    return entries


def _row(entry: DocumentEntry) -> dict[str, Any]:
    values = asdict(entry)
    return {name: values[name] if kind is not None else json.dumps(values[name], ensure_ascii=False) for name, kind in _COLUMNS.items()}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value if _COLUMNS[name] is not None else json.loads(value) for name, value in row.items()}


def _problems(entries: Sequence[DocumentEntry]) -> Iterator[str]:
    """What would lead out of the corpus, or name a thing twice."""
    seen: set[str] = set()
    for entry in entries:
        if not is_safe_name(entry.doc_id):
            yield f"{entry.doc_id[:80]!r} can be no id of a document"
        if entry.doc_id in seen:
            yield f"the document {entry.doc_id[:80]} is in it twice"
        if not 0 <= entry.part < MOST_PARTS:
            yield f"{entry.doc_id[:80]} is in part {entry.part}, which there can't be"
        seen.add(entry.doc_id)
