"""Many files into one corpus: find them, clean and annotate each, write the corpus; failures named, nothing stopped by them.

The work on one file depends on the file and the settings alone (`process_file`), so it runs in any `concurrent.futures.Executor`, by
default in a pool of processes. Its rows go to disk where they are made; what comes back is a short entry. So memory is bounded by the
largest document in each worker, whatever the size of the corpus.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import replace
from importlib.metadata import version
from os import PathLike
from pathlib import Path
from time import perf_counter

from kz_textkit.cleaning.corrections import find_corrections
from kz_textkit.cleaning.repairing import check_rules
from kz_textkit.corpus.card import save_card
from kz_textkit.corpus.entries import DocumentEntry
from kz_textkit.corpus.staging import StagedFile
from kz_textkit.corpus.writer import CorpusWriter
from kz_textkit.errors import UsageError
from kz_textkit.pipeline.counting import count_terms, save_frequencies
from kz_textkit.pipeline.decided import Decided, decided, unfit
from kz_textkit.pipeline.discover import Discovery, SourceFile, discover, path_inside, readable
from kz_textkit.pipeline.filtering import check_filters, save_dropped
from kz_textkit.pipeline.metadata import Metadata, find_metadata, metadata_of
from kz_textkit.pipeline.process import Outcome, Task, unwritable
from kz_textkit.pipeline.summary import Failure, Summary
from kz_textkit.pipeline.workers import outcomes
from kz_textkit.settings import Settings, settings_beside, with_old_parameters

__all__ = ["Progress", "run"]

_log = logging.getLogger(__name__)

Progress = Callable[[int, int, str], None]
"""Called with files done, files in all, and the name of the file that was finished last."""


def run(
    source: str | PathLike[str],
    output: str | PathLike[str],
    *,
    settings: Settings | None = None,
    metadata: str | PathLike[str] | None = None,
    folders: str = "",
    corrections: str | PathLike[str] | None = None,
    encoding: str | None = None,
    restore_letters: bool = False,
    apply_suggestions: frozenset[str] = frozenset(),
    workers: int | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Make the corpus `output` from the file or folder `source`.

    Files that did not change since an earlier run with the same settings are taken over from it, and a run that was killed is taken up
    again. `settings` say what a user can choose, by default those of `kz-textkit.toml` beside the input, where there is one;
    `encoding`, `restore_letters` and `apply_suggestions` are old names of choices in them, and go. `metadata` is a table with a line
    for each file, by default `metadata.csv`, `.tsv` or `.xlsx` beside the input; `folders`, such as `genre/year`, makes columns of the
    names of folders (`kz_textkit.pipeline.metadata`). `corrections` is a file of what people decided
    (`kz_textkit.cleaning.corrections`), by default `corrections.jsonl` beside the input; those that do not fit any more are in
    `Summary.unfit`. Where they or the metadata change, only the documents concerned are made anew. `workers` is the number of processes
    (by default the number of processors, or one for little input); an `executor` of one's own takes the place of them: threads work one
    after the other in it, so they gain nothing. A file that fails is in `Summary.failures` and stops nothing; where no file gives a
    document, nothing is written.

    Raises `UsageError` where there is no such input, or where the output is not ours, is in the way of the input or can't be written.
    """
    started = perf_counter()
    source, output = Path(source), Path(output)
    _check_places(source, output)
    found = discover(source, exclude=output)
    table = find_metadata(source) if metadata is None else Path(metadata)
    decisions = find_corrections(source) if corrections is None else Path(corrections)
    beside = {path.resolve() for path in (table, decisions) if path is not None}
    found = replace(found, files=tuple(file for file in found.files if file.path.resolve() not in beside))
    said = decided(decisions, found.files, source)
    known = metadata_of(found.files, source, table, folders)
    chosen = with_old_parameters(
        settings or settings_beside(source), encoding=encoding, restore_letters=restore_letters, apply_suggestions=apply_suggestions
    )
    check_rules(chosen)
    check_filters(chosen)
    try:
        return _run(source, found, output, chosen, known, said, workers, executor, progress, started)
    except OSError as error:
        raise UsageError(unwritable(error, output)) from error


def _run(
    source: Path,
    found: Discovery,
    output: Path,
    settings: Settings,
    metadata: Metadata,
    decisions: Decided,
    workers: int | None,
    executor: Executor | None,
    progress: Progress | None,
    started: float,
) -> Summary:
    summary = Summary(output, failures=list(found.failures), other=found.other, notes=list(metadata.notes))
    if not found.files:
        return summary
    record = settings.as_dict()
    if metadata.record:
        record["metadata"] = dict(metadata.record)
    record["input"] = readable(source)
    with CorpusWriter(output, tool_version=version("kz-textkit"), settings=record) as writer:
        known = {file.doc_id: writer.known(file.doc_id) for file in found.files}
        tasks = [
            Task(
                file,
                path_inside(file, source).as_posix(),
                writer.partial,
                settings,
                (before.sha256, before.given) if (before := known[file.doc_id]) else None,
                metadata.of.get(file.doc_id, {}),
                (*decisions.of.get(file.doc_id, ()), *decisions.elsewhere),
            )
            for file in found.files
        ]
        done: dict[str, Outcome] = {}
        for task, outcome in outcomes(tasks, workers, executor):
            if outcome.unwritable:
                raise UsageError(outcome.unwritable)
            done[task.file.doc_id] = outcome
            if progress is not None:
                progress(len(done), len(tasks), task.file.source)
        for file in found.files:
            _take_in(summary, file, done[file.doc_id], known[file.doc_id])
        summary.same_files = _same_files(summary.documents)
        summary.unfit = unfit(decisions, summary.documents)
        _write(writer, summary)
        summary.mended = writer.mended
    summary.seconds = perf_counter() - started
    _tell(summary)
    return summary


def _tell(summary: Summary) -> None:
    """Say what became of a run to whoever listens to the log: nobody, unless a program sets it up."""
    for entry in summary.documents:
        for warning in entry.warnings:
            _log.warning("%s: %s", entry.source, warning)
    for line in summary.mended:
        _log.warning("mended: %s", line)
    for failure in summary.failures:
        _log.error("%s", failure)
    counts = len(summary.documents), summary.kept, len(summary.failures)
    _log.info("%s: %d documents, %d of them as before, %d failed, %.1f s", summary.output, *counts, summary.seconds)


def _take_in(summary: Summary, file: SourceFile, outcome: Outcome, known: StagedFile | None) -> None:
    entries, failures = list(outcome.entries), list(outcome.failures)
    if outcome.is_known and known is not None:
        entries, failures = known.entries, [Failure(file.source, reason) for reason in known.failures]
        summary.kept += len(entries)
    summary.documents += [replace(entry, source=file.source) for entry in entries]
    summary.failures += [replace(failure, file_id=file.doc_id) if entries else failure for failure in failures]
    dropped = known.dropped if outcome.is_known and known is not None else outcome.dropped
    summary.dropped += [replace(document, source=file.source) for document in dropped]


def _write(writer: CorpusWriter, summary: Summary) -> None:
    failures = [failure.as_dict() for failure in summary.failures]
    if not summary.documents:
        writer.discard()
        return
    if writer.is_current(summary.documents, failures, summary.dropped):
        summary.terms = writer.terms()
        summary.is_as_before = True
        writer.discard()
        return
    for _ in writer.gather(summary.documents):
        pass
    frequencies = count_terms(writer.new)
    summary.terms = len(frequencies)
    save_frequencies(frequencies, writer.new)
    save_dropped(summary.dropped, writer.new)
    save_card(writer.new, summary.documents, writer.tool_version)
    writer.finish(summary.documents, failures, summary.dropped)
    summary.changes = writer.changes


def _check_places(source: Path, output: Path) -> None:
    """Raise where writing the output would touch the input."""
    try:
        inside = source.resolve().is_relative_to(output.resolve())
    except (OSError, ValueError):
        return
    if inside and source.exists():
        raise UsageError(
            f"the input {readable(source)} is inside the output {readable(output)}, which is written anew; give another place with -o"
        )


def _same_files(documents: Iterable[DocumentEntry]) -> list[tuple[str, str]]:
    first: dict[str, DocumentEntry] = {}
    pairs: dict[tuple[str, str], None] = {}
    for entry in documents:
        other = first.setdefault(entry.sha256, entry)
        if other.file != entry.file:
            pairs[other.source, entry.source] = None
    return list(pairs)
