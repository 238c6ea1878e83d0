"""The work on one file: read, clean, annotate, and write its rows where the corpus is staged.

It depends on the file and the settings alone, so it may be done in any process, and in any order.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from time import perf_counter

from spacy.language import Language

from kz_textkit.annotation.components import annotate, has_outgrown, load
from kz_textkit.cleaning.clean import clean
from kz_textkit.cleaning.excerpts import examples_by_rule
from kz_textkit.corpus.manifest import DocumentEntry, checksums
from kz_textkit.corpus.rows import annotation_batches, document_batches
from kz_textkit.corpus.staging import stage
from kz_textkit.document import Document
from kz_textkit.errors import InputError
from kz_textkit.pipeline.discover import SourceFile
from kz_textkit.pipeline.summary import Failure
from kz_textkit.readers import read

__all__ = ["Outcome", "Task", "current_pipeline", "make_document", "process_file"]


@dataclass(frozen=True, slots=True)
class Task:
    file: SourceFile
    folder: Path
    encoding: str | None
    restore_letters: bool
    apply_suggestions: Sequence[str]
    known_sha256: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    entry: DocumentEntry | None = None
    failure: Failure | None = None
    """Neither: the file is the one that is known."""


def process_file(task: Task) -> Outcome:
    """Read, clean and annotate one file and write its rows to the folder of the task; never raises for what a file can be."""
    file = task.file
    try:
        if task.known_sha256 is not None and sha256(file.path.read_bytes()).hexdigest() == task.known_sha256:
            return Outcome()
        return Outcome(entry=make_document(task))
    except InputError as error:
        return Outcome(failure=Failure(file.source, "; ".join(filter(None, (error.problem, error.remedy)))))
    except OSError as error:
        problem = error.strerror or str(error)
        # The file that the system speaks of need not be the input: a data file of the package, say.
        other = error.filename is not None and Path(os.fsdecode(error.filename)) != file.path
        return Outcome(failure=Failure(file.source, f"{problem}: {error.filename}" if other else problem))
    except Exception as error:  # One document must not stop the others, whatever happens in it.
        detail = " ".join(str(error).split())[:200]
        return Outcome(
            failure=Failure(file.source, f"it could not be processed ({type(error).__name__}: {detail}); please report this")
        )


def make_document(task: Task) -> DocumentEntry:
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
    stage(task.folder, entry, chain(document_batches(document), annotation_batches(document, annotate(document, current_pipeline()))))
    finished = perf_counter()
    entry.timings = {"read": read_at - started, **document.timings, "annotate_and_write": finished - cleaned_at}
    entry.timings = {step: round(seconds, 4) for step, seconds in entry.timings.items()}
    return entry


@lru_cache(maxsize=1)
def _loaded() -> Language:
    return load()


def current_pipeline() -> Language:
    """The pipeline of this process; a new one when the last has met too many words."""
    if has_outgrown(_loaded()):
        _loaded.cache_clear()
    return _loaded()


def _by_rule(document: Document, *, applied: bool) -> dict[str, int]:
    return dict(Counter(e.rule for e in document.edits if e.applied == applied).most_common())
