"""What earlier runs made of files and shards, and may be taken over: of the last corpus, and of a run that was killed.

What is known holds while the file has the same hash, and the user says the same of it; that is for who asks to compare.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kz_textkit.corpus.entries import entry_tables
from kz_textkit.corpus.manifest import Dropped, FileRecord, Manifest
from kz_textkit.corpus.shard import PieceRecord, Place, ShardRecord
from kz_textkit.readers.rows import Rows

__all__ = ["KnownPiece", "KnownShard", "dropped_of", "known_of_corpus", "pieces_of_shards"]


@dataclass(frozen=True)
class KnownPiece:
    """A file, or a stretch of one, whose documents are there."""

    record: PieceRecord
    place: Place | None
    """Where the rows of its documents are; None where they are staged, or there are none."""


@dataclass(frozen=True)
class KnownShard:
    """A part of the last corpus that is whole."""

    place: Place
    files: dict[str, FileRecord]
    """The files of its tables, by name in the corpus."""
    sources: dict[str, str]
    """The paths of its files as people read them, by id."""
    documents: int


@dataclass(frozen=True)
class _Run:
    """Documents of one file that stand together."""

    file_id: str
    sha256: str
    given: str
    source: str
    part: int
    documents: int


def known_of_corpus(folder: Path, manifest: Manifest, lost: Container[int]) -> tuple[dict[str, KnownPiece], dict[str, KnownShard]]:
    """The files whose documents are in parts of a corpus that are whole, by id, and these parts, by key; `lost` are the numbers of the
    other parts.

    Raises `CorpusError` where its list of documents can't be read.
    """
    known: dict[str, KnownPiece] = {}
    gone: set[str] = set()
    sources: dict[int, dict[str, str]] = {}
    for run in _runs(entry_tables(folder, ["doc_id", "file_id", "sha256", "given", "source", "part"])):
        sources.setdefault(run.part, {})[run.file_id] = run.source
        before = known.get(run.file_id)
        if run.part in lost:
            gone.add(run.file_id)
        elif before is None:
            record = PieceRecord(run.file_id, run.source, run.sha256, run.given, run.documents)
            known[run.file_id] = KnownPiece(record, Place(folder, run.part))
        elif before.place == Place(folder, run.part):
            before.record.documents += run.documents
        else:
            gone.add(run.file_id)
    for failure in manifest.failures:
        if failure.get("file") in known:
            known[failure["file"]].record.failures.append(failure["reason"])
    for dropped in manifest.dropped:
        unseen = KnownPiece(PieceRecord(dropped.file, dropped.source, dropped.sha256, dropped.given), None)
        known.setdefault(dropped.file, unseen).record.dropped.append(dropped)
    shards = {
        record.key: KnownShard(Place(folder, number), manifest.files, sources.get(number, {}), record.documents)
        for number, record in enumerate(manifest.parts)
        if number not in lost
    }
    return {file_id: piece for file_id, piece in known.items() if file_id not in gone}, shards


def pieces_of_shards(shards: Iterable[tuple[Path, ShardRecord]]) -> dict[str, KnownPiece]:
    """The pieces of shards that a killed run has made, by id."""
    return {piece.piece_id: KnownPiece(replace(piece), Place(folder)) for folder, record in shards for piece in record.pieces}


def dropped_of(dropped: Iterable[Dropped], file_id: str, rows: Rows) -> list[Dropped]:
    """What was left out of some rows of a file."""
    numbers = range(rows.before + 1, rows.before + rows.documents + 1)
    return [one for one in dropped if one.file == file_id and int(one.doc_id[len(file_id) + 1 :] or 0) in numbers]


def _runs(tables: Iterable[pa.Table]) -> Iterator[_Run]:
    for table in tables:
        if not table.num_rows:
            continue
        files = pc.if_else(pc.equal(table["file_id"], ""), table["doc_id"], table["file_id"]).combine_chunks()
        codes = pc.dictionary_encode(files).indices.to_numpy(zero_copy_only=False)
        parts = table["part"].to_numpy()
        starts = np.concatenate(([0], np.flatnonzero((np.diff(codes) != 0) | (np.diff(parts) != 0)) + 1))
        lengths = np.diff(np.append(starts, table.num_rows))
        first = table.take(pa.array(starts)).to_pylist()
        for row, length in zip(first, lengths.tolist(), strict=True):
            yield _Run(row["file_id"] or row["doc_id"], row["sha256"], row["given"], row["source"], row["part"], length)
