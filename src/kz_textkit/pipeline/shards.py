"""The shards of a run: which files, or stretches of files, make a part of the corpus together.

They depend on the input alone: on the names, the order and the sizes of its files, and of files of records on the rows. So the corpus
is the same whoever did the work, and a file that comes, goes or changes moves few shards but its own: where a shard may end is decided
by the names of the files that end it, as `rsync` and backup programs cut what they compare (content-defined chunking: A.
Muthitacharoen, B. Chen, D. Mazières, *A Low-bandwidth Network File System*, SOSP 2001).

A small input is one shard. A large file of records is cut into stretches of rows, each of which is a shard
(`kz_textkit.readers.slices`); any other file is worked on as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from kz_textkit.pipeline.discover import SourceFile
from kz_textkit.readers.slices import Rows, Sliced

__all__ = ["Piece", "Shard", "planned"]

LEAST = 4_000_000
"""Bytes of input below which a shard does not end."""
MORE = 4_000_000
"""Bytes on average that come to that."""
MOST = 16_000_000
"""Bytes with which a shard ends in any case."""
MOST_FILES = 4_096
"""Files with which a shard ends in any case."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What is worked on at a time: a file, or a stretch of rows of one."""

    file: SourceFile
    rows: Rows | None = None
    sliced: Sliced | None = None
    """What was found when the file was cut."""

    @property
    def piece_id(self) -> str:
        """What it is known by in the run: the id of its file, with the rows where it is a stretch of them."""
        return self.file.doc_id if self.rows is None else f"{self.file.doc_id}/{self.rows.first}-{self.rows.after or ''}"


@dataclass(frozen=True, slots=True)
class Shard:
    """Pieces of the input, in their order, that make a part of the corpus."""

    pieces: tuple[Piece, ...]


def planned(files: Iterable[SourceFile], sliced: Mapping[str, Sliced]) -> Iterator[Shard]:
    """The shards of files, in the order of the files; `sliced` says how some of them are cut, by the id of the file."""
    waiting: list[Piece] = []
    size = 0
    for file in files:
        if file.doc_id in sliced:
            if waiting:
                yield Shard(tuple(waiting))
            waiting, size = [], 0
            yield from (Shard((Piece(file, rows, sliced[file.doc_id]),)) for rows in sliced[file.doc_id].rows)
            continue
        waiting.append(Piece(file))
        size += file.size
        if size >= MOST or len(waiting) >= MOST_FILES or (size >= LEAST and _is_mark(file)):
            yield Shard(tuple(waiting))
            waiting, size = [], 0
    if waiting:
        yield Shard(tuple(waiting))


def _is_mark(file: SourceFile) -> bool:
    """Whether a shard may end with a file: one in so many bytes does, by a hash of its id."""
    drawn = int.from_bytes(sha256(file.doc_id.encode()).digest()[:8], "big") / (1 << 64)
    return drawn < file.size / MORE
