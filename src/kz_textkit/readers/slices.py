"""Large files of records in stretches of rows, which are read apart: by several workers, or by one after the other.

JSON lines and Parquet files are cut. Where a stretch begins is found by one pass over the file, which also gives its hash; the rows of
a packed file are passed over by whoever reads a stretch, so that it is cut into few. Ids and numbers of rows are those of the whole
file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers.formats import long_suffix
from kz_textkit.readers.records import head_column
from kz_textkit.readers.registry import read_documents, recognise
from kz_textkit.readers.rows import Rows
from kz_textkit.readers.streams import digest, is_packed, open_stream
from kz_textkit.readers.tables import is_json_lines
from kz_textkit.settings import Settings

__all__ = ["Rows", "Sliced", "may_be_sliced", "read_slice", "slices_of"]

SLICE = 8_000_000
"""Bytes of a stretch, unpacked, about."""
PACKED_SLICES = 32
"""Stretches of a packed file at most."""

SUFFIXES = frozenset((".jsonl", ".ndjson", ".jsonl.gz", ".jsonl.zst", ".parquet"))
FORMATS = frozenset(("jsonl", "parquet"))


@dataclass(frozen=True, slots=True)
class Sliced:
    """How a file is cut."""

    sha256: str
    """Hash of the file."""
    size: int
    changed: int
    """When it was changed last, in nanoseconds: it must be the same when its stretches are read."""
    rows: tuple[Rows, ...]
    """In their order, all rows of the file."""


def may_be_sliced(path: Path, size: int) -> bool:
    """Whether a file of so many bytes is to be looked at for stretches.

    >>> may_be_sliced(Path("жинақ.jsonl"), 1_000), may_be_sliced(Path("жинақ.jsonl.gz"), 10_000_000_000)
    (False, True)
    """
    suffix = long_suffix(path)
    is_packed_by_name = suffix.endswith((".gz", ".zst", ".parquet"))
    return suffix in SUFFIXES and size > (SLICE // 4 if is_packed_by_name else SLICE)


def slices_of(path: Path, settings: Settings) -> Sliced | None:
    """The stretches of a file; None where it is read as a whole: it is small, or of another format than its name says.

    Raises `InputError` or `OSError` where it can't be read.
    """
    before = path.stat()
    if before.st_size > settings.limits.file_mb << 20:
        return None
    format = recognise(path, settings).format
    if format not in FORMATS:
        return None
    if format == "jsonl" and not is_json_lines(path, settings):
        return None
    rows = _parquet_slices(path, settings) if format == "parquet" else _line_slices(path, settings)
    after = path.stat()
    if len(rows) < 2 or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return None
    return Sliced(digest(path), after.st_size, after.st_mtime_ns, tuple(rows))


def read_slice(path: Path, sliced: Sliced, rows: Rows, settings: Settings) -> Iterator[RawDocument]:
    """The documents of a stretch, as `read_documents` gives them of the whole file.

    Raises `InputError` where the file is not the one that was cut, or can't be read.
    """
    found = path.stat()
    if (found.st_size, found.st_mtime_ns) != (sliced.size, sliced.changed):
        raise InputError(str(path), "it was changed while it was read", "run it again when it is finished")
    return read_documents(path, settings, replace(rows, sha256=sliced.sha256))


def _line_slices(path: Path, settings: Settings) -> list[Rows]:
    """The stretches of a file of JSON lines, by lines that are not blank."""
    is_one = is_packed(path, settings.limits)
    has_text = _text_finder(head_column(path, "jsonl", settings))
    starts: list[tuple[int, int, int]] = []
    number, documents, offset, begins_at = 1, 0, 0, 0
    with open_stream(path, settings.limits) as stream:
        for line in stream:
            if not starts or offset - begins_at >= SLICE:
                starts.append((number, documents, offset))
                begins_at = offset
            offset += len(line)
            if not line.isspace():
                number += 1
                documents += has_text(line)
    if is_one and len(starts) > PACKED_SLICES:
        starts = starts[:: -(-len(starts) // PACKED_SLICES)]
    ends = [*starts[1:], (0, documents, 0)]
    return [
        Rows(first, after, before, upto - before, 0 if is_one else at)
        for (first, before, at), (after, upto, _) in zip(starts, ends, strict=True)
    ]


def _text_finder(column: str) -> Callable[[bytes], bool]:
    """What tells whether a record in a line has a text: at a glance where the line is plain, else by reading it."""
    name = json.dumps(column, ensure_ascii=False).encode()
    # What begins with a visible letter or mark of ASCII or with a Cyrillic one is not blank.
    begins = re.compile(re.escape(name) + rb'\s*:\s*"[!#-\[\]-~\xd0-\xdf]')

    def has_text(line: bytes) -> bool:
        if line.count(b"{") == 1 and line.count(name) == 1 and begins.search(line):
            return True
        try:
            record = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            return False
        text = record.get(column) if isinstance(record, dict) else None
        return isinstance(text, str) and bool(text.strip())

    return has_text


def _parquet_slices(path: Path, settings: Settings) -> list[Rows]:
    """The stretches of a Parquet file, by rows of equal number."""
    column = head_column(path, "parquet", settings)
    try:
        with pq.ParquetFile(path) as file:
            size = sum(file.metadata.row_group(group).total_byte_size for group in range(file.num_row_groups))
            count = file.metadata.num_rows
            batches = file.iter_batches(4_096, columns=[column], use_threads=False)
            texts = (text for batch in batches for text in batch.column(0).to_pylist())
            there = np.fromiter((isinstance(text, str) and bool(text.strip()) for text in texts), bool, count)
    except (pa.ArrowException, OSError, ValueError) as error:
        said = " ".join(str(error).split())[:120]
        raise InputError(str(path), f"it is no sound Parquet file: {said}", "get it again") from error
    upto = np.concatenate(([0], np.cumsum(there))).tolist()
    pieces = max(1, min(count, -(-size // SLICE)))
    bounds = [count * piece // pieces for piece in range(pieces + 1)]
    return [Rows(start + 1, end + 1 if end < count else 0, upto[start], upto[end] - upto[start]) for start, end in pairwise(bounds)]
