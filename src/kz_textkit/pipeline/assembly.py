"""The making of one shard: from the rows of its pieces, staged or taken over from an earlier run, to its final files.

It depends on the pieces and the settings alone, so it may be done in any process, and in any order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow as pa

from kz_textkit.corpus.manifest import FileRecord
from kz_textkit.corpus.schema import TABLES
from kz_textkit.corpus.shard import PieceRecord, Place, ShardRecord, ShardWriter
from kz_textkit.corpus.staging import ENTRIES_TABLE, remove_staged, staged_rows
from kz_textkit.errors import CorpusError
from kz_textkit.pipeline.memory import give_back_free_memory
from kz_textkit.pipeline.process import unwritable

__all__ = ["Assembled", "Assembly", "TakenOver", "assemble"]


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A part of the last corpus that is the shard."""

    place: Place
    files: Mapping[str, FileRecord]
    """The files of its tables by name, with their hashes."""


@dataclass(frozen=True, slots=True)
class Assembly:
    """A shard that is to be made."""

    key: str
    folder: Path
    """Of the shard."""
    partial: Path
    """Of the run."""
    pieces: tuple[tuple[PieceRecord, Place | None], ...]
    """Those that have documents, in their order, with where their rows are: nowhere but staged, where that is None."""
    whole: TakenOver | None = None
    """Where all of it is."""
    languages: tuple[str, ...] = ("kk",)
    """Languages whose words are counted."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """What became of the making of a shard."""

    record: ShardRecord | None = None
    problem: str = ""
    """Why it could not be made: an end to the run."""


def assemble(task: Assembly) -> Assembled:
    """Make a shard; never raises for what a file system can do."""
    try:
        record = _make(task)
    except OSError as error:
        return Assembled(problem=unwritable(error, task.folder))
    except CorpusError as error:
        return Assembled(problem=str(error))
    for piece, place in task.pieces:
        if place is None and task.whole is None:
            remove_staged(task.partial, piece.piece_id)
    give_back_free_memory()
    return Assembled(record)


def _make(task: Assembly) -> ShardRecord:
    timings: Counter[str] = Counter()
    with ShardWriter(task.folder) as writer:
        if task.whole is not None:
            writer.take(task.whole.place, {piece.file_id: piece.source for piece, _ in task.pieces}, task.whole.files)
        else:
            kept = cache(_Kept)
            for piece, place in task.pieces:
                if place is not None:
                    groups = kept(place).of_file(piece.file_id)
                else:
                    staged, groups = staged_rows(task.partial, piece.piece_id)
                    timings.update(staged.timings)
                for rows in groups:
                    writer.add(rows, piece.source)
        pieces = [piece for piece, _ in task.pieces]
        return writer.finish(task.key, pieces, timings, task.languages)


class _Kept:
    """The rows of documents out of an earlier shard."""

    def __init__(self, place: Place) -> None:
        self._part = place.part or 0
        self._rows = place.rows()
        self._entries = place.entries()
        self._numbers: dict[str, list[int]] = {}
        for number, (doc_id, file_id) in enumerate(
            zip(*(self._entries[name].to_pylist() for name in ("doc_id", "file_id")), strict=True)
        ):
            self._numbers.setdefault(file_id or doc_id, []).append(number)

    def of_file(self, file_id: str) -> Iterator[dict[str, pa.Table]]:
        """The rows of the documents of a file, a document after the other."""
        for number in self._numbers.get(file_id, ()):
            entry = self._entries.slice(number, 1)
            doc_id = entry["doc_id"][0].as_py()
            yield {**{table: self._rows.table(table, doc_id, self._part) for table in TABLES}, ENTRIES_TABLE: entry}
