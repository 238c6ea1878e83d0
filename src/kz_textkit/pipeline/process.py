"""The work on one file: read, clean, annotate, and write its rows where the corpus is staged.

It depends on the file and the settings alone, so it may be done in any process, and in any order.
"""

from __future__ import annotations

import os
import stat
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from pathlib import Path
from time import perf_counter

from spacy.language import Language

from kz_textkit.annotation.components import annotate, has_outgrown, load
from kz_textkit.cleaning.clean import clean
from kz_textkit.cleaning.excerpts import examples_by_rule
from kz_textkit.corpus.files import digest_of
from kz_textkit.corpus.manifest import DocumentEntry, checksums
from kz_textkit.corpus.rows import annotation_batches, document_batches
from kz_textkit.corpus.staging import stage
from kz_textkit.document import Document
from kz_textkit.errors import InputError
from kz_textkit.faults import log_fault
from kz_textkit.pipeline.budget import OverBudget, budget
from kz_textkit.pipeline.discover import SourceFile, kind_of
from kz_textkit.pipeline.summary import Failure
from kz_textkit.printable import printable
from kz_textkit.readers import read
from kz_textkit.settings import Limits

__all__ = ["Outcome", "Task", "check_file", "current_pipeline", "make_document", "process_file", "unwritable"]


_alone = threading.Lock()
"""Threads of a process work one after the other: the pipeline and the dictionaries of a process are for one text at a time, and Python
runs one thread at a time anyway."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file, what is to be done with it, and where its rows are to go."""

    file: SourceFile
    folder: Path
    encoding: str | None
    restore_letters: bool
    apply_suggestions: Sequence[str]
    known_sha256: str | None
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task; with nothing in it, the file is the one that is known."""

    entry: DocumentEntry | None = None
    failure: Failure | None = None
    unwritable: str = ""
    """Why the rows could not be written: no fault of the file, and an end to the run."""


def process_file(task: Task) -> Outcome:
    """Read, clean and annotate one file and write its rows to the folder of the task; never raises for what a file can be."""
    file = task.file
    try:
        check_file(file.path, task.limits)
        if task.known_sha256 is not None and digest_of(file.path).sha256 == task.known_sha256:
            return Outcome()
        with _alone, budget(task.limits.seconds, task.limits.memory_mb):
            return make_document(task)
    except OverBudget as error:
        _pipeline.cache_clear()  # It may have been broken off anywhere.
        return _failed(file, f"{error}, which is the limit; cut it in pieces, or raise the limit in the settings")
    except MemoryError:
        return _failed(file, "there is not enough memory for it; cut it in pieces, or use fewer workers")
    except InputError as error:
        return _failed(file, "; ".join(filter(None, (error.problem, error.remedy))))
    except OSError as error:
        problem = error.strerror or str(error)
        # The file that the system speaks of need not be the input: a data file of the package, say.
        other = error.filename is not None and Path(os.fsdecode(error.filename)) != file.path
        return _failed(file, f"{problem}: {error.filename}" if other else problem)
    except Exception as error:  # One document must not stop the others, whatever happens in it.
        detail = " ".join(str(error).split())[:200]
        what = f"{type(error).__name__}: {detail}"
        return _failed(file, f"it could not be processed ({what}); please report this, with {log_fault(error)}")


def _failed(file: SourceFile, reason: str) -> Outcome:
    return Outcome(failure=Failure(file.source, printable(reason)))


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
            "cut it in pieces, or raise the limit in the settings",
        )
    return found


def unwritable(error: OSError, output: Path) -> str:
    """What to say where a corpus can't be written."""
    place = printable(os.fsdecode(error.filename) if error.filename is not None else str(output))
    return f"the corpus can't be written: {error.strerror or error}: {place}; give another place with -o"


def make_document(task: Task) -> Outcome:
    """The work of `process_file`, with all that may go wrong."""
    started = perf_counter()
    before = task.file.path.stat()
    raw = replace(read(task.file.path, encoding=task.encoding), doc_id=task.file.doc_id, source=task.file.source)
    after = task.file.path.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise InputError(task.file.source, "it was changed while it was read", "run it again when it is finished")
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
    batches = chain(document_batches(document), annotation_batches(document, annotate(document, current_pipeline())))
    try:
        stage(task.folder, entry, batches, steps=lambda: _timings(document, started, read_at, cleaned_at))
    except OSError as error:
        return Outcome(unwritable=unwritable(error, task.folder))
    return Outcome(entry=entry)


def _timings(document: Document, started: float, read_at: float, cleaned_at: float) -> dict[str, float]:
    timings = {"read": read_at - started, **document.timings, "annotate_and_write": perf_counter() - cleaned_at}
    return {step: round(seconds, 4) for step, seconds in timings.items()}


@lru_cache(maxsize=1)
def _pipeline() -> Language:
    return load()


def current_pipeline() -> Language:
    """The pipeline of this process; a new one when the last has met too many words."""
    if has_outgrown(_pipeline()):
        _pipeline.cache_clear()
    return _pipeline()


def _by_rule(document: Document, *, applied: bool) -> dict[str, int]:
    return dict(Counter(e.rule for e in document.edits if e.applied == applied).most_common())
