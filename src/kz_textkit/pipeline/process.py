"""The work on one file, or on a stretch of rows of one: read, clean, annotate, and write its rows where the corpus is staged.

It depends on the file and the settings alone, so it may be done in any process, and in any order.
"""

from __future__ import annotations

import json
import os
import stat
import threading
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from itertools import chain, groupby, islice
from operator import itemgetter
from pathlib import Path
from time import perf_counter
from typing import TypeAlias, cast

from spacy.language import Language

from kz_textkit.annotation.columns import GROUP_CHARACTERS, Annotator, TokenColumns
from kz_textkit.annotation.components import annotate_all, has_outgrown, load
from kz_textkit.annotation.doc_columns import doc_columns
from kz_textkit.cleaning.clean import clean
from kz_textkit.cleaning.corrections import Correction, corrections_digest, of_file
from kz_textkit.cleaning.corrections_applied import is_titled
from kz_textkit.cleaning.excerpts import examples_by_rule
from kz_textkit.corpus.corrected_tokens import with_lemmas
from kz_textkit.corpus.entries import DocumentEntry
from kz_textkit.corpus.files import digest_of
from kz_textkit.corpus.manifest import Dropped, checksums
from kz_textkit.corpus.rows import annotation_batches, document_batches
from kz_textkit.corpus.staging import StagedPiece, Staging, staged_piece
from kz_textkit.document import Document, RawDocument
from kz_textkit.errors import InputError
from kz_textkit.faults import log_fault
from kz_textkit.pipeline.budget import OverBudget, budget
from kz_textkit.pipeline.discover import SourceFile, kind_of
from kz_textkit.pipeline.filtering import dropped_by_filters
from kz_textkit.pipeline.memory import give_back_memory
from kz_textkit.pipeline.shards import Piece
from kz_textkit.pipeline.summary import Failure
from kz_textkit.printable import printable
from kz_textkit.readers import read_all
from kz_textkit.readers.formats import long_suffix
from kz_textkit.readers.slices import read_slice
from kz_textkit.settings import Limits, Settings, or_raise
from kz_textkit.user_abbreviations import read_user_abbreviations
from kz_textkit.user_words import read_user_words

__all__ = [
    "Outcome",
    "Task",
    "annotated",
    "check_file",
    "current_pipeline",
    "given_of",
    "id_in_run",
    "process_file",
    "process_files",
    "unwritable",
]

MOST_FAILURES = 1_000
"""Documents of one file that may fail; then the rest of it is left."""

MOST_TOGETHER = 256
"""Documents of one file that may be annotated together."""

NUMBER_LENGTH = 8
"""Characters of a hyphen and the number that readers give to each of several documents in a file."""


_alone = threading.Lock()
"""Threads of a process work one after the other: the pipeline and the dictionaries of a process are for one text at a time, and Python
runs one thread at a time anyway."""


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of the input, what is to be done with it, and where its rows are to go."""

    piece: Piece
    inside: str
    """Path of the file in the input."""
    folder: Path
    settings: Settings
    known: tuple[str, str] | None
    """Hash of the file that an earlier run took in, and of what the user said of it then."""
    is_staged: bool = False
    """What that run made of it is staged, and has to be what was written."""
    metadata: Mapping[str, str] = field(default_factory=dict)
    """What the user says of it."""
    corrections: tuple[Correction, ...] = ()
    """What the user decided about places in it, and about files that are not in the input under their names: it may be one of them."""

    @property
    def file(self) -> SourceFile:
        return self.piece.file


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task."""

    documents: int = 0
    characters: int = 0
    """Of their raw texts."""
    sha256: str = ""
    """Hash of the file."""
    given: str = ""
    """Hash of what the user said of it."""
    failures: tuple[Failure, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    """What the filters left out."""
    is_known: bool = False
    """The file is the one that an earlier run took in."""
    unwritable: str = ""
    """Why the rows could not be written: no fault of the file, and an end to the run."""


class Unwritable(Exception):
    """Rows could not be written."""


def process_file(task: Task) -> Outcome:
    """Read, clean and annotate the documents of one piece and write their rows; never raises for what a file can be."""
    return process_files([task])[0]


def process_files(tasks: Sequence[Task]) -> list[Outcome]:
    """What `process_file` gives for each piece; small documents are annotated together, which is faster."""
    outcomes: dict[int, Outcome] = {}
    works = [_work(task) for task in tasks]
    waiting: list[_Waiting] = []
    with _alone:
        for number, work in enumerate(works):
            _go_on(number, work, None, waiting, outcomes)
            while waiting and (number + 1 == len(works) or sum(one.characters for one in waiting) >= GROUP_CHARACTERS):
                together, waiting = waiting, []
                found = iter(_annotated_together([document for one in together for document in one.documents], tasks[0].settings))
                for one in together:
                    _go_on(one.number, works[one.number], list(islice(found, len(one.documents))), waiting, outcomes)
    return [outcomes[number] for number in range(len(tasks))]


@dataclass(frozen=True, slots=True)
class _Annotated:
    """The annotation of a document."""

    columns: Iterable[TokenColumns]
    seconds: float = 0.0
    """What it has taken so far."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Documents of the piece with a number that wait for their annotation."""

    number: int
    documents: Sequence[Document]
    characters: int


_Work: TypeAlias = Generator[Sequence[Document], Sequence[_Annotated], Outcome]
"""The work on a piece: it gives documents, and is to be sent their annotation."""


def _go_on(
    number: int, work: _Work, annotated: Sequence[_Annotated] | None, waiting: list[_Waiting], outcomes: dict[int, Outcome]
) -> None:
    """Goes on with a work up to the next documents, or to its end."""
    try:
        documents = next(work) if annotated is None else work.send(annotated)
        waiting.append(_Waiting(number, documents, sum(map(_size, documents))))
    except StopIteration as end:
        outcomes[number] = end.value


def _size(document: Document) -> int:
    return sum(len(block.text) for block in document.blocks)


def _work(task: Task) -> _Work:
    file = task.file
    try:
        check_file(file.path, task.settings.limits)
        digest = task.piece.sliced.sha256 if task.piece.sliced is not None else digest_of(file.path).sha256
        task = replace(task, corrections=of_file(task.corrections, task.inside, digest))
        given = given_of(task.metadata, task.corrections)
        if (digest, given) == task.known and not (task.is_staged and staged_piece(task.folder, task.piece.piece_id) is None):
            return Outcome(sha256=digest, given=given, is_known=True)
        return (yield from _process(task, digest, given))
    except Unwritable as error:
        return Outcome(unwritable=str(error))
    except (OverBudget, Exception) as error:  # Nothing in a file must stop the others.
        return Outcome(failures=(_failure(file, error),))


def given_of(metadata: Mapping[str, str], corrections: Sequence[Correction]) -> str:
    """A hash of what the user says of a file; empty where that is nothing."""
    if not metadata and not corrections:
        return ""
    said = json.dumps([dict(metadata), corrections_digest(corrections)], ensure_ascii=False, sort_keys=True)
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _process(task: Task, digest: str, given: str) -> _Work:
    """The documents of a file, one after the other: one that fails does not stop the next."""
    file, limits = task.file, task.settings.limits
    piece_id = task.piece.piece_id
    staged = StagedPiece(piece_id, digest, given=given)
    failures: list[Failure] = []
    characters = 0
    before = _state(file.path)
    documents = _documents(task)
    try:
        staging = Staging(task.folder, piece_id)
    except OSError as error:
        raise Unwritable(unwritable(error, task.folder)) from error
    with staging, closing(cast("Generator[RawDocument, None, None]", documents)):
        is_end = False
        while not is_end:
            group, is_end = _cleaned_group(task, documents, staged.dropped, digest, given)
            cleaned = [one for one in group if isinstance(one, _Cleaned)]
            annotated = iter((yield [one.document for one in cleaned]) if cleaned else ())
            for one in group:
                if isinstance(one, Failure):
                    failures.append(one)
                else:
                    try:
                        with budget(limits.seconds, limits.memory_mb):
                            _stage(one, next(annotated), staging, task.folder)
                        characters += len(one.document.raw.text)
                    except Unwritable:
                        raise
                    except (OverBudget, Exception) as error:
                        failures.append(_failure(file, error, of=one.name))
                if len(failures) == MOST_FAILURES:
                    is_end = True
                    break
        if len(failures) == MOST_FAILURES:
            failures.append(Failure(file.source, f"{MOST_FAILURES:,} of its documents failed: the rest of it was left"))
        if _state(file.path) != before:
            raise InputError(file.source, "it was changed while it was read", "run it again when it is finished")
        if not staging.documents and not staged.dropped:
            if not failures and task.piece.rows is None:
                failures.append(Failure(file.source, "there is no text in it"))
            return Outcome(sha256=digest, given=given, failures=tuple(failures))
        staged.failures = [failure.reason for failure in failures]
        try:
            staging.finish(staged)
        except OSError as error:
            raise Unwritable(unwritable(error, task.folder)) from error
    return Outcome(staging.documents, characters, digest, given, tuple(failures), tuple(staged.dropped))


@dataclass(frozen=True, slots=True)
class _Cleaned:
    """A document that is to be annotated, and what there is to say of it."""

    document: Document
    entry: DocumentEntry
    name: str
    """Its id, where the file holds others."""
    seconds: dict[str, float]
    """What it has taken, by step."""


def _cleaned_group(
    task: Task, documents: Iterator[RawDocument], dropped: list[Dropped], digest: str, given: str
) -> tuple[list[_Cleaned | Failure], bool]:
    """The next documents of a piece, cleaned, in their order with those that failed, and whether they are the last; adds to `dropped`
    what the filters leave out."""
    file, limits = task.file, task.settings.limits
    group: list[_Cleaned | Failure] = []
    size = 0
    while size < GROUP_CHARACTERS and len(group) < MOST_TOGETHER:
        started = perf_counter()
        raw: RawDocument | None = None
        try:
            with budget(limits.seconds, limits.memory_mb):
                raw = next(documents, None)
                if raw is None:
                    return group, True
                found = _cleaned(task, raw, started, given)
        except (OverBudget, Exception) as error:
            group.append(_failure(file, error, of=_name(file, raw)))
            if raw is None:
                return group, True
            continue
        if isinstance(found, Dropped):
            dropped.append(replace(found, sha256=digest, given=given))
        else:
            group.append(found)
            size += _size(found.document)
    return group, False


def _name(file: SourceFile, raw: RawDocument | None) -> str:
    return raw.doc_id if raw is not None and raw.doc_id != file.path.stem else ""


def _documents(task: Task) -> Iterator[RawDocument]:
    """The documents of a piece, one after the other."""
    piece = task.piece
    if piece.rows is not None and piece.sliced is not None:
        return read_slice(piece.file.path, piece.sliced, piece.rows, task.settings)
    return read_all(piece.file.path, settings=task.settings)


def _cleaned(task: Task, raw: RawDocument, started: float, given: str) -> _Cleaned | Dropped:
    """A document cleaned; or what there is to say of it, where the filters leave it out."""
    settings = task.settings
    read_at = perf_counter()
    name = _name(task.file, raw)
    doc_id = id_in_run(task.file, raw.doc_id)
    raw = replace(raw, doc_id=doc_id, source=task.file.source, metadata={**raw.metadata, **task.metadata})
    number = doc_id[len(task.file.doc_id) + 1 :]
    document = clean(raw, settings, corrections=[one for one in task.corrections if one.record == number])
    if (title := task.metadata.get("title")) and not is_titled(document):
        document = replace(document, title=title, title_from="metadata")
    dropped = dropped_by_filters(document, task.file.doc_id, settings)
    if dropped is not None:
        return dropped
    entry = DocumentEntry(
        doc_id=raw.doc_id,
        source=raw.source,
        sha256=raw.sha256,
        encoding=raw.encoding,
        undecodable=[(offset, lost.hex()) for offset, lost in raw.undecodable],
        checksums=checksums(raw.text),
        counts={"raw_chars": len(raw.text), "clean_chars": _size(document)},
        sections=dict(Counter(section.kind for section in document.sections)),
        edits=_by_rule(document, applied=True),
        suggestions=_by_rule(document, applied=False),
        examples=examples_by_rule(document),
        warnings=list(document.warnings),
        file_id="" if doc_id == task.file.doc_id else task.file.doc_id,
        decisions=list(document.decisions),
        extraction={} if raw.extraction is None else dict(json.loads(json.dumps(asdict(raw.extraction), default=_plain))),
        given=given,
    )
    return _Cleaned(document, entry, name, {"read": read_at - started, **document.timings})


def _stage(cleaned: _Cleaned, annotated: _Annotated, staging: Staging, folder: Path) -> None:
    """Write the rows of a document."""
    started = perf_counter()
    document, entry = cleaned.document, cleaned.entry
    rows = annotation_batches(document, annotated.columns)
    batches = chain(document_batches(document), with_lemmas(rows, entry.decisions))

    def steps() -> dict[str, float]:
        timings = {**cleaned.seconds, "annotate_and_write": annotated.seconds + perf_counter() - started}
        return {step: round(seconds, 4) for step, seconds in timings.items()}

    try:
        staging.add(entry, batches, steps)
    except OSError as error:
        raise Unwritable(unwritable(error, folder)) from error


def id_in_run(file: SourceFile, doc_id: str) -> str:
    """The id of a document in a run, from that which its reader gave it: the id of its file, with its number where that holds several.

    >>> file = SourceFile(Path("жинақ.jsonl"), "жинақ.jsonl", "жинақ-2", 0)
    >>> id_in_run(file, "жинақ"), id_in_run(file, "жинақ-0000012")
    ('жинақ-2', 'жинақ-2-0000012')
    """
    stem, number = doc_id[:-NUMBER_LENGTH], doc_id[-NUMBER_LENGTH:]
    is_one_of_several = stem in {file.path.stem, file.path.name[: len(file.path.name) - len(long_suffix(file.path))]}
    return file.doc_id + number if is_one_of_several and number[:1] == "-" and number[1:].isdigit() else file.doc_id


def _failure(file: SourceFile, error: BaseException, of: str = "") -> Failure:
    """An error in a document as a line for people; `of` is its id, where the file holds others."""
    reason = _reason(file, error)
    return Failure(file.source, printable(f"{of}: {reason}" if of else reason))


def _reason(file: SourceFile, error: BaseException) -> str:
    if not isinstance(error, (InputError, OSError)):
        # They may have been broken off anywhere.
        _pipeline.cache_clear()
        _annotator.cache_clear()
    if isinstance(error, OverBudget):
        return f"{error}, which is the limit; {or_raise(error.limit)}"
    if isinstance(error, MemoryError):
        return "there is not enough memory for it; cut it in pieces, or use fewer workers"
    if isinstance(error, InputError):
        return "; ".join(filter(None, (error.problem, error.remedy)))
    if isinstance(error, OSError):
        problem = error.strerror or str(error)
        # The file that the system speaks of need not be the input: a data file of the package, say.
        other = error.filename is not None and Path(os.fsdecode(error.filename)) != file.path
        return f"{problem}: {os.fsdecode(error.filename)}" if other else problem
    what = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
    return f"it could not be processed ({what}); please report this, with {log_fault(error)}"


def _state(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def check_file(path: Path, limits: Limits) -> os.stat_result:
    """What the system says of a file that can be read.

    Raises `InputError` where it is no regular file, or larger than the limit; `OSError` where it can't be looked at.
    """
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise InputError(str(path), f"is {kind_of(found.st_mode)}, not a file")
    if found.st_size > limits.file_mb << 20:
        raise InputError(
            str(path),
            f"has {found.st_size / (1 << 20):,.0f} MiB, and {limits.file_mb:,} is the limit",
            or_raise("file_mb"),
        )
    return found


def unwritable(error: OSError, output: Path) -> str:
    """What to say where a corpus can't be written."""
    place = printable(os.fsdecode(error.filename) if error.filename is not None else str(output))
    return f"the corpus can't be written: {error.strerror or error}: {place}; give another place with -o"


def _plain(value: object) -> object:
    """What JSON has no word for: mappings of other kinds, and whatever else a reader says."""
    return dict(value) if isinstance(value, Mapping) else str(value)


@lru_cache(maxsize=1)
def _annotator(words: tuple[str, ...], abbreviations: tuple[str, ...]) -> Annotator:
    return Annotator(read_user_words(words), read_user_abbreviations(abbreviations))


def annotated(document: Document, settings: Settings) -> Iterator[TokenColumns]:
    """The annotation of a document: straight in columns, or by spaCy for what only a pipeline of it gives."""
    return (columns for _, columns in _annotated_all([document], settings))


def _annotated_all(documents: Sequence[Document], settings: Settings) -> Iterator[tuple[int, TokenColumns]]:
    """The same of documents, each item with the number of its document."""
    if not (settings.entities or settings.syntax):
        yield from current_annotator(settings).annotate_all(documents)
        return
    for number, blocks in groupby(annotate_all(documents, current_pipeline(settings)), key=itemgetter(0)):
        yield from ((number, columns) for columns in doc_columns(block for _, block in blocks))


def current_annotator(settings: Settings) -> Annotator:
    """The annotator of this process for these settings, which forgets when it has met too many words."""
    annotator = _annotator(settings.words, settings.abbreviations)
    if annotator.has_outgrown:
        annotator.forget()
        give_back_memory()
    return annotator


def _annotated_together(documents: Sequence[Document], settings: Settings) -> list[_Annotated]:
    """The annotation of documents: of a long one, or where something goes wrong, it is made when it is asked for."""
    short = [i for i, document in enumerate(documents) if _size(document) < GROUP_CHARACTERS]
    found = [_Annotated(_when_asked(document, settings)) for document in documents]
    if len(short) < 2:
        return found
    started = perf_counter()
    columns: list[list[TokenColumns]] = [[] for _ in short]
    try:
        with budget(settings.limits.seconds, settings.limits.memory_mb):
            for number, own in _annotated_all([documents[i] for i in short], settings):
                columns[number].append(own)
    except (OverBudget, Exception):
        # One by one it will be seen which of them it was.
        _pipeline.cache_clear()
        _annotator.cache_clear()
        return found
    seconds = (perf_counter() - started) / max(1, sum(_size(documents[i]) for i in short))
    for i, own_columns in zip(short, columns, strict=True):
        found[i] = _Annotated(own_columns, seconds * _size(documents[i]))
    return found


def _when_asked(document: Document, settings: Settings) -> Iterator[TokenColumns]:
    yield from annotated(document, settings)


@lru_cache(maxsize=1)
def _pipeline(entities: bool, syntax: bool, words: tuple[str, ...], abbreviations: tuple[str, ...]) -> Language:
    return load(entities=entities, syntax=syntax, words=words, abbreviations=abbreviations)


def current_pipeline(settings: Settings) -> Language:
    """The pipeline of this process for these settings; a new one when the last has met too many words."""
    chosen = settings.entities, settings.syntax, settings.words, settings.abbreviations
    if has_outgrown(_pipeline(*chosen)):
        _pipeline.cache_clear()
        give_back_memory()
    return _pipeline(*chosen)


def _by_rule(document: Document, *, applied: bool) -> dict[str, int]:
    return dict(Counter(e.rule for e in document.edits if e.applied == applied).most_common())
