"""Many files into one corpus: find them, clean and annotate each, write the corpus; failures named, nothing stopped by them.

The work on one file depends on the file and the settings alone (`process_file`), so it runs in any `concurrent.futures.Executor`, by
default in a pool of processes. Its rows go to disk where they are made; what comes back is a short entry. So memory is bounded by the
largest document in each worker, whatever the size of the corpus.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from itertools import chain, islice
from os import PathLike
from pathlib import Path
from time import perf_counter
from typing import Any

import pandas as pd
import pyarrow as pa
from spacy.language import Language

from kz_textkit.annotation.components import annotate, has_outgrown, load
from kz_textkit.cleaning.clean import clean
from kz_textkit.cleaning.excerpts import examples_by_rule
from kz_textkit.corpus.reader import counted_tokens
from kz_textkit.corpus.rows import annotation_batches, document_batches
from kz_textkit.corpus.writer import CorpusWriter, DocumentEntry, checksums, stage
from kz_textkit.document import Document
from kz_textkit.errors import InputError, UsageError
from kz_textkit.readers import read, suffixes
from kz_textkit.stats.frequency import TermCounter

__all__ = ["Discovery", "Failure", "Progress", "SourceFile", "Summary", "discover", "process_file", "run"]

SMALL_INPUT = 1_000_000
"""Bytes of input below which starting more processes takes longer than the work."""

PENDING_PER_WORKER = 4
"""Files handed out in advance to each worker."""

COUNTED_TOGETHER = 100_000
"""Tokens that are counted in one go."""

COUNTED_COLUMNS = {
    "tokens": ["doc_id", "section_id", "block_id", "sentence_id", "form", "lemma"],
    "sections": ["doc_id", "section_id", "kind"],
    "blocks": ["doc_id", "block_id", "kind"],
}

LONGEST_ID = 200
"""Bytes of an id; a file name may have 255."""

Progress = Callable[[int, int, str], None]
"""Called with files done, files in all, and the name of the file that was finished last."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that is to become a document."""

    path: Path
    source: str
    """The path as people read it; always encodable."""
    doc_id: str
    size: int


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found where the input is."""

    files: tuple[SourceFile, ...]
    other: Mapping[str, int]
    """Number of files by suffix that no reader takes."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no document."""

    source: str
    reason: str

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"


@dataclass
class Summary:
    """What a run did."""

    output: Path
    documents: list[DocumentEntry] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    kept: int = 0
    """Documents taken over from an earlier run, their files and the settings being the same."""
    other: Mapping[str, int] = field(default_factory=dict)
    """Number of files by suffix that no reader takes."""
    same_files: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of sources with the same bytes."""
    is_as_before: bool = False
    """Nothing has changed since an earlier run, so nothing was written."""
    terms: int = 0
    """Lines of the frequency list."""
    seconds: float = 0.0

    @property
    def counts(self) -> dict[str, int]:
        """Rows by table and raw and clean characters, of all documents."""
        return _sum(entry.counts for entry in self.documents)

    @property
    def section_kinds(self) -> dict[str, int]:
        """Sections by kind."""
        return _sum(entry.sections for entry in self.documents)

    @property
    def edits(self) -> dict[str, int]:
        """Applied edits by rule, the commonest first."""
        return _sum(entry.edits for entry in self.documents)

    @property
    def suggestions(self) -> dict[str, int]:
        return _sum(entry.suggestions for entry in self.documents)

    @property
    def warnings(self) -> list[tuple[str, str]]:
        """Document and warning."""
        return [(entry.doc_id, warning) for entry in self.documents for warning in entry.warnings]

    def examples(self, rule: str, limit: int = 3) -> list[tuple[str, str]]:
        """A few edits of a rule in context, before and after, from as many documents as there are."""
        found = [entry.examples.get(rule, []) for entry in self.documents]
        deep = max(map(len, found), default=0)
        return list(dict.fromkeys(examples[i] for i in range(deep) for examples in found if i < len(examples)))[:limit]


@dataclass(frozen=True, slots=True)
class _Task:
    file: SourceFile
    folder: Path
    encoding: str | None
    restore_letters: bool
    apply_suggestions: Sequence[str]
    known_sha256: str | None


@dataclass(frozen=True, slots=True)
class _Outcome:
    entry: DocumentEntry | None = None
    failure: Failure | None = None
    """Neither: the file is the one that is known."""


def run(
    source: str | PathLike[str],
    output: str | PathLike[str],
    *,
    encoding: str | None = None,
    restore_letters: bool = False,
    apply_suggestions: frozenset[str] = frozenset(),
    workers: int | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Make the corpus `output` from the file or folder `source`.

    Files that did not change since an earlier run with the same settings are taken over from it, and a run that was killed is taken up
    again. `restore_letters` and `apply_suggestions` are those of `clean`. `workers` is the number of processes (by default the number
    of processors, or one for little input); an `executor` of one's own takes the place of them. A file that fails is in
    `Summary.failures` and stops nothing; where no file gives a document, nothing is written.

    Raises `UsageError` where there is no such input, or where the output is not ours, is in the way of the input or can't be written.
    """
    started = perf_counter()
    source, output = Path(source), Path(output)
    _check_places(source, output)
    found = discover(source, exclude=output)
    settings = {"encoding": encoding, "restore_letters": restore_letters, "apply_suggestions": sorted(apply_suggestions)}
    try:
        return _run(found, output, settings, workers, executor, progress, started)
    except OSError as error:
        raise UsageError(
            f"the corpus can't be written: {error.strerror or error}: {error.filename or output}; give another place with -o"
        ) from error


def discover(source: Path, *, exclude: Path | None = None) -> Discovery:
    """The files under `source` that a reader takes, in the order of their paths, each with an id of its own.

    Hidden files and folders, corpora and `exclude` are passed over. A file that is named itself is taken whatever its suffix. Of files
    with the same name in different folders the first has the name as id, the others the name with a number.

    Raises `UsageError` where there is no such file or folder.
    """
    if not source.is_dir():
        if not source.exists():
            raise UsageError(f"{_readable(source)}: there is no such file or folder")
        return Discovery(tuple(_numbered([source])), {})
    kinds = suffixes()
    excluded = exclude.resolve() if exclude is not None else None
    files: list[Path] = []
    other: Counter[str] = Counter()
    for path in _walk(source, excluded):
        if path.suffix.lower() in kinds:
            files.append(path)
        else:
            other[path.suffix.lower() or "without suffix"] += 1
    return Discovery(tuple(_numbered(files)), dict(sorted(other.items())))


def process_file(task: _Task) -> _Outcome:
    """Read, clean and annotate one file and write its rows to the folder of the task; never raises for what a file can be."""
    file = task.file
    try:
        if task.known_sha256 is not None and sha256(file.path.read_bytes()).hexdigest() == task.known_sha256:
            return _Outcome()
        return _Outcome(entry=_process(task))
    except InputError as error:
        return _Outcome(failure=Failure(file.source, "; ".join(filter(None, (error.problem, error.remedy)))))
    except OSError as error:
        problem = error.strerror or str(error)
        # The file that the system speaks of need not be the input: a data file of the package, say.
        other = error.filename is not None and Path(os.fsdecode(error.filename)) != file.path
        return _Outcome(failure=Failure(file.source, f"{problem}: {error.filename}" if other else problem))
    except Exception as error:  # One document must not stop the others, whatever happens in it.
        detail = " ".join(str(error).split())[:200]
        return _Outcome(
            failure=Failure(file.source, f"it could not be processed ({type(error).__name__}: {detail}); please report this")
        )


def _run(
    found: Discovery,
    output: Path,
    settings: dict[str, Any],
    workers: int | None,
    executor: Executor | None,
    progress: Progress | None,
    started: float,
) -> Summary:
    summary = Summary(output, other=found.other)
    if not found.files:
        return summary
    writer = CorpusWriter(output, tool_version=version("kz-textkit"), settings=settings)
    known = {file.doc_id: writer.known(file.doc_id) for file in found.files}
    tasks = [
        _Task(file, writer.partial, known_sha256=entry.sha256 if (entry := known[file.doc_id]) else None, **settings)
        for file in found.files
    ]
    outcomes: dict[str, _Outcome] = {}
    for task, outcome in _outcomes(tasks, workers, executor):
        outcomes[task.file.doc_id] = outcome
        if progress is not None:
            progress(len(outcomes), len(tasks), task.file.source)
    for file in found.files:
        outcome = outcomes[file.doc_id]
        entry = outcome.entry
        if outcome.failure is not None:
            summary.failures.append(outcome.failure)
        elif entry is None:
            entry = known[file.doc_id]
            summary.kept += 1
        if entry is not None:
            summary.documents.append(replace(entry, source=file.source))
    summary.same_files = _same_files(summary.documents)
    _write(writer, summary)
    summary.seconds = perf_counter() - started
    return summary


def _write(writer: CorpusWriter, summary: Summary) -> None:
    failures = [{"source": failure.source, "reason": failure.reason} for failure in summary.failures]
    if not summary.documents:
        writer.discard()
        return
    if writer.is_current(summary.documents, failures):
        summary.terms = writer.terms()
        summary.is_as_before = True
        writer.discard()
        return
    frequencies = _count(writer.gather(summary.documents))
    summary.terms = len(frequencies)
    writer.finish(summary.documents, failures, frequencies)


def _process(task: _Task) -> DocumentEntry:
    started = perf_counter()
    raw = replace(read(task.file.path, encoding=task.encoding), doc_id=task.file.doc_id, source=task.file.source)
    read_at = perf_counter()
    document = clean(raw, restore_letters=task.restore_letters, apply_suggestions=frozenset(task.apply_suggestions))
    cleaned_at = perf_counter()
    entry = DocumentEntry(
        doc_id=raw.doc_id,
        source=raw.source,
        sha256=raw.sha256,
        encoding=raw.encoding,
        undecodable=[(offset, lost.hex()) for offset, lost in raw.undecodable],
        checksums=checksums(raw.text),
        counts={"raw_chars": len(raw.text), "clean_chars": sum(len(block.text) for block in document.blocks)},
        sections=dict(Counter(section.kind for section in document.sections)),
        edits=_by_rule(document, applied=True),
        suggestions=_by_rule(document, applied=False),
        examples=examples_by_rule(document),
        warnings=list(document.warnings),
    )
    stage(task.folder, entry, chain(document_batches(document), annotation_batches(document, annotate(document, _nlp()))))
    finished = perf_counter()
    entry.timings = {"read": read_at - started, **document.timings, "annotate_and_write": finished - cleaned_at}
    entry.timings = {step: round(seconds, 4) for step, seconds in entry.timings.items()}
    return entry


@lru_cache(maxsize=1)
def _loaded() -> Language:
    return load()


def _nlp() -> Language:
    """The pipeline of this process; a new one when the last has met too many words."""
    if has_outgrown(_loaded()):
        _loaded.cache_clear()
    return _loaded()


def _outcomes(tasks: list[_Task], workers: int | None, executor: Executor | None) -> Iterator[tuple[_Task, _Outcome]]:
    """The outcome of each task, in the order in which they are finished."""
    if executor is not None:
        yield from _in_executor(tasks, executor, PENDING_PER_WORKER * (os.cpu_count() or 1))
        return
    count = workers or _sensible_workers(tasks)
    if count == 1:
        for task in tasks:
            yield task, process_file(task)
        return
    left = {task.file.doc_id: task for task in tasks}
    try:
        with ProcessPoolExecutor(count, initializer=_start_worker) as pool:
            try:
                for task, outcome in _in_executor(tasks, pool, PENDING_PER_WORKER * count):
                    del left[task.file.doc_id]
                    yield task, outcome
            except KeyboardInterrupt:
                pool.shutdown(cancel_futures=True)
                raise
    except BrokenProcessPool:
        # A process died, most likely for want of memory: the files that were not finished have one to themselves each.
        for task in left.values():
            yield task, _alone(task)


def _in_executor(tasks: Iterable[_Task], executor: Executor, pending: int) -> Iterator[tuple[_Task, _Outcome]]:
    waiting = iter(tasks)
    running: dict[Future[_Outcome], _Task] = {}
    while True:
        for task in islice(waiting, pending - len(running)):
            running[executor.submit(process_file, task)] = task
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            task = running.pop(future)
            yield task, future.result()


def _start_worker() -> None:
    """Tie a worker to the process that the user started: Ctrl-C is for that one alone, and when it ends, the worker ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _alone(task: _Task) -> _Outcome:
    try:
        with ProcessPoolExecutor(1, initializer=_start_worker) as pool:
            return pool.submit(process_file, task).result()
    except BrokenProcessPool:
        return _Outcome(failure=Failure(task.file.source, "the process that worked on it was killed, most likely for want of memory"))


def _sensible_workers(tasks: list[_Task]) -> int:
    if len(tasks) < 2 or sum(task.file.size for task in tasks) < SMALL_INPUT:
        return 1
    return min(len(tasks), os.cpu_count() or 1)


def _check_places(source: Path, output: Path) -> None:
    """Raise where writing the output would touch the input."""
    try:
        inside = source.resolve().is_relative_to(output.resolve())
    except OSError:
        return
    if inside and source.exists():
        raise UsageError(
            f"the input {_readable(source)} is inside the output {_readable(output)}, which is written anew; give another place with -o"
        )


def _walk(folder: Path, excluded: Path | None) -> Iterator[Path]:
    """The files under a folder in the order of their paths."""
    for entry in sorted(folder.iterdir(), key=lambda path: os.fsencode(path.name)):
        if entry.name.startswith(".") or (excluded is not None and entry.resolve() == excluded):
            continue
        if entry.is_dir():
            if not entry.is_symlink() and not _is_corpus(entry):
                yield from _walk(entry, excluded)
        else:
            yield entry


def _is_corpus(folder: Path) -> bool:
    return (folder / "manifest.json").exists() and (folder / "tokens").is_dir()


def _numbered(paths: Iterable[Path]) -> Iterator[SourceFile]:
    taken: set[str] = set()
    for path in paths:
        stem = _id_of(path)
        doc_id, number = stem, 1
        while doc_id.casefold() in taken:  # Some file systems do not tell upper from lower case.
            number += 1
            doc_id = f"{stem}-{number}"
        taken.add(doc_id.casefold())
        yield SourceFile(path, _readable(path), doc_id, _size(path))


def _id_of(path: Path) -> str:
    """The name of a file without suffix, as an id that can be a file name wherever the corpus goes."""
    name = unicodedata.normalize("NFC", _readable(Path(path.stem)))
    return name.encode()[:LONGEST_ID].decode(errors="ignore").strip() or "document"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # Gone already; reading it says so.


def _readable(path: Path) -> str:
    """A path as text that can be written anywhere: bytes that are no UTF-8 as `%XX`."""
    return "".join(f"%{ord(c) - 0xDC00:02X}" if 0xDC80 <= ord(c) <= 0xDCFF else c for c in path.as_posix())


def _same_files(documents: Iterable[DocumentEntry]) -> list[tuple[str, str]]:
    first: dict[str, str] = {}
    pairs: list[tuple[str, str]] = []
    for entry in documents:
        if entry.sha256 in first:
            pairs.append((first[entry.sha256], entry.source))
        else:
            first[entry.sha256] = entry.source
    return pairs


def _count(documents: Iterable[Mapping[str, pa.Table]]) -> pd.DataFrame:
    """The frequency list of documents that pass by as tables, counted some at a time."""
    counter: TermCounter | None = None
    for tables in _together(documents, COUNTED_TOGETHER):
        words = counted_tokens(*(tables[name].to_pandas() for name in ("tokens", "sections", "blocks")))
        if counter is None and len(words):
            # One pipeline made all of the corpus, so lemmas are everywhere or nowhere.
            counter = TermCounter(by="lemma" if (words["lemma"] != "").any() else "form")
        if counter is not None:
            counter.add(words)
    return (counter or TermCounter()).table()


def _together(documents: Iterable[Mapping[str, pa.Table]], rows: int) -> Iterator[dict[str, pa.Table]]:
    """Documents put together until they have so many tokens, with the columns that counting needs."""
    waiting: dict[str, list[pa.Table]] = {name: [] for name in COUNTED_COLUMNS}
    for tables in documents:
        for name, columns in COUNTED_COLUMNS.items():
            waiting[name].append(tables[name].select(columns))
        if sum(map(len, waiting["tokens"])) >= rows:
            yield {name: pa.concat_tables(pieces) for name, pieces in waiting.items()}
            waiting = {name: [] for name in COUNTED_COLUMNS}
    if waiting["tokens"]:
        yield {name: pa.concat_tables(pieces) for name, pieces in waiting.items()}


def _by_rule(document: Document, *, applied: bool) -> dict[str, int]:
    return dict(Counter(e.rule for e in document.edits if e.applied == applied).most_common())


def _sum(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return dict(total.most_common())
