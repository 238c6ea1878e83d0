"""The shards of a run on their way: what each waits for, what it is made of, and what of an earlier run is the same."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kz_textkit.cleaning.corrections import of_file
from kz_textkit.corpus.known import KnownPiece, dropped_of
from kz_textkit.corpus.manifest import Dropped, Manifest, read_manifest
from kz_textkit.corpus.schema import TABLES
from kz_textkit.corpus.shard import PieceRecord, Place, ShardRecord, shard_key
from kz_textkit.corpus.writer import CorpusWriter
from kz_textkit.errors import CorpusError, UsageError
from kz_textkit.pipeline.assembly import Assembled, Assembly, TakenOver
from kz_textkit.pipeline.decided import Decided
from kz_textkit.pipeline.discover import path_inside
from kz_textkit.pipeline.metadata import Metadata
from kz_textkit.pipeline.process import Outcome, Task, given_of
from kz_textkit.pipeline.shards import Piece, Shard
from kz_textkit.pipeline.summary import Failure, RunState
from kz_textkit.settings import Settings

__all__ = ["Making"]


@dataclass
class _Open:
    """A shard that is not there yet."""

    shard: Shard
    results: list[PieceRecord | None]
    """What came of its pieces; None where that is not known yet."""
    places: list[Place | None]
    """Where the rows of its pieces are, unless they are staged."""
    is_same: bool = True
    """Nothing in it was made by this run."""
    key: str = ""
    record: ShardRecord | None = None


@dataclass
class Making:
    """Knows the shards of a run; gives the tasks, and takes what came of them."""

    writer: CorpusWriter
    source: Path
    settings: Settings
    metadata: Metadata
    decisions: Decided
    shards: Sequence[Shard]
    failed_before: Sequence[Failure] = ()
    """What could not even be found."""
    first: deque[Task | Assembly] = field(default_factory=deque)
    """What has to be done before other tasks."""
    failures: dict[str, list[Failure]] = field(default_factory=dict)
    """By piece."""
    kept: int = 0
    """Documents that were taken over."""
    done: int = 0
    """Pieces that are done."""
    documents: int = 0
    characters: int = 0
    """Of the documents that were made."""
    is_current: bool = False
    """The last corpus is what this run would make."""

    def __post_init__(self) -> None:
        self._open = [_Open(shard, [None] * len(shard.pieces), [None] * len(shard.pieces)) for shard in self.shards]
        self._at = {piece.piece_id: (i, j) for i, shard in enumerate(self.shards) for j, piece in enumerate(shard.pieces)}
        self._manifest: Manifest | None = None
        self.pieces = len(self._at)

    def tasks(self) -> Iterator[Task]:
        """A task for each piece, but for stretches of rows that an earlier run has made."""
        for shard in self.shards:
            for piece in shard.pieces:
                if not self._known_rows(piece):
                    yield self._task(piece)

    def take(self, task: Task, outcome: Outcome) -> None:
        """Take what came of a piece."""
        if outcome.unwritable:
            raise UsageError(outcome.unwritable)
        piece = task.piece
        record = PieceRecord(piece.piece_id, piece.file.source, outcome.sha256, outcome.given, outcome.documents)
        place: Place | None = None
        known = self.writer.known(piece.piece_id) if outcome.is_known else None
        failures = list(outcome.failures)
        if known is not None:
            record = replace(known.record, source=piece.file.source)
            failures = [Failure(piece.file.source, reason) for reason in record.failures]
            self.kept += record.documents
            place = known.place
        else:
            record.failures = [failure.reason for failure in failures]
            record.dropped = list(outcome.dropped)
            self.documents += outcome.documents
            self.characters += outcome.characters
        has_documents = bool(record.documents)
        self.failures[piece.piece_id] = [replace(one, file_id=piece.piece_id) if has_documents else one for one in failures]
        self._set(piece, record, place, is_same=known is not None)

    def take_shard(self, task: Assembly, assembled: Assembled) -> None:
        """Take a shard that was made."""
        if assembled.record is None:
            raise CorpusError(assembled.problem) if "damaged" in assembled.problem else UsageError(assembled.problem)
        for waiting in self._open:
            if waiting.key == task.key:
                waiting.record = assembled.record

    def records(self) -> list[ShardRecord]:
        """The shards, in their order."""
        return [waiting.record for waiting in self._open if waiting.record is not None]

    def all_failures(self) -> list[Failure]:
        """What failed, in the order of the input."""
        of_pieces = (self.failures.get(piece.piece_id, ()) for shard in self.shards for piece in shard.pieces)
        return [*self.failed_before, *(failure for failures in of_pieces for failure in failures)]

    def all_dropped(self) -> list[Dropped]:
        """What the filters left out, in the order of the input."""
        return [
            replace(dropped, source=record.source)
            for waiting in self._open
            for record in waiting.results
            if record is not None
            for dropped in record.dropped
        ]

    def state(self, name: str, seconds: float) -> RunState:
        """How the run stands after the file `name`."""
        failed = sum(map(len, self.failures.values()))
        return RunState(self.done, self.pieces, name, self.documents, self.characters, failed, seconds)

    def _task(self, piece: Piece) -> Task:
        known = self.writer.known(piece.piece_id)
        # Who works on it may be in another folder.
        at_home = replace(piece, file=replace(piece.file, path=piece.file.path.absolute()))
        return Task(
            at_home,
            path_inside(piece.file, self.source).as_posix(),
            self.writer.partial,
            self.settings,
            None if known is None else (known.record.sha256, known.record.given),
            known is not None and known.place is None,
            self.metadata.of.get(piece.file.doc_id, {}),
            (*self.decisions.of.get(piece.file.doc_id, ()), *self.decisions.elsewhere),
        )

    def _known_rows(self, piece: Piece) -> bool:
        """Whether a piece is a stretch of rows that an earlier run has made; then it is taken."""
        if piece.rows is None or piece.sliced is None:
            return False
        task = self._task(piece)
        given = given_of(task.metadata, of_file(task.corrections, task.inside, piece.sliced.sha256))
        key = shard_key([(piece.piece_id, piece.sliced.sha256, given)])
        if (made := self.writer.done(key)) is not None:
            known: KnownPiece | None = KnownPiece(made.pieces[0], Place(self.writer.folder_of(key)))
        else:
            known = self._known_in_corpus(piece, key, given)
        if known is None:
            return False
        record = replace(known.record, source=piece.file.source)
        self.kept += record.documents
        self.failures[piece.piece_id] = [Failure(record.source, reason, file_id=piece.piece_id) for reason in record.failures]
        self._set(piece, record, known.place, is_same=True)
        return True

    def _known_in_corpus(self, piece: Piece, key: str, given: str) -> KnownPiece | None:
        part = self.writer.part(key)
        if part is None or piece.rows is None or piece.sliced is None:
            return None
        if self._manifest is None:
            self._manifest = read_manifest(self.writer.target)
        record = PieceRecord(piece.piece_id, piece.file.source, piece.sliced.sha256, given, part.documents)
        record.failures = [failure["reason"] for failure in self._manifest.failures if failure.get("file") == piece.piece_id]
        record.dropped = dropped_of(self._manifest.dropped, piece.file.doc_id, piece.rows)
        return KnownPiece(record, part.place)

    def _set(self, piece: Piece, record: PieceRecord, place: Place | None, *, is_same: bool) -> None:
        number, at = self._at[piece.piece_id]
        waiting = self._open[number]
        waiting.results[at], waiting.places[at] = record, place
        # What gives no document is in no shard.
        waiting.is_same = waiting.is_same and (is_same or not record.documents)
        self.done += 1
        if all(result is not None for result in waiting.results):
            self._complete(waiting)
        if self.done == self.pieces:
            self._all_known()

    def _complete(self, waiting: _Open) -> None:
        """What is to be done with a shard of which all pieces are there."""
        pieces = self._with_documents(waiting)
        if not pieces:
            return
        waiting.key = shard_key([(piece.piece_id, piece.sha256, piece.given) for piece, _ in pieces])
        waiting.record = self.writer.done(waiting.key) if waiting.is_same else None
        if waiting.record is not None and any(
            mine.source != piece.source for mine, (piece, _) in zip(waiting.record.pieces, pieces, strict=True)
        ):
            waiting.record = None
        # What the last corpus has waits: it may be all that there is.
        if waiting.record is None and not (waiting.is_same and self.writer.part(waiting.key) is not None):
            self.first.append(self._assembly(waiting))

    def _with_documents(self, waiting: _Open) -> list[tuple[PieceRecord, Place | None]]:
        pairs = zip(waiting.results, waiting.places, strict=True)
        return [(record, place) for record, place in pairs if record is not None and record.documents]

    def _assembly(self, waiting: _Open) -> Assembly:
        part = self.writer.part(waiting.key) if waiting.is_same else None
        return Assembly(
            waiting.key,
            self.writer.folder_of(waiting.key),
            self.writer.partial,
            tuple(self._with_documents(waiting)),
            None if part is None else TakenOver(part.place, {part.place.name(t): part.files[part.place.name(t)] for t in TABLES}),
            tuple(sorted(self.settings.count_languages)),
        )

    def _all_known(self) -> None:
        """All pieces are there: is the last corpus what comes of them? If not, its parts that are the same are taken over."""
        there = [waiting for waiting in self._open if waiting.key]
        shards = [(one.key, {piece.file_id: piece.source for piece, _ in self._with_documents(one)}) for one in there]
        failures = [failure.as_dict() for failure in self.all_failures()]
        if all(one.is_same for one in there) and self.writer.is_current(shards, failures, self.all_dropped()):
            self.is_current = True
            self.first.clear()
            return
        for one in there:
            if one.record is None and one.is_same and self.writer.part(one.key) is not None:
                self.first.append(self._assembly(one))
