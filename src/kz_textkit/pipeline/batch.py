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
from kz_textkit.corpus.entries import entries_of, entry_tables
from kz_textkit.corpus.totals import sum_of, totals_of
from kz_textkit.corpus.writer import CorpusWriter
from kz_textkit.errors import InputError, UsageError
from kz_textkit.pipeline.assembly import Assembled, Assembly
from kz_textkit.pipeline.counting import count_terms, save_frequencies
from kz_textkit.pipeline.decided import Decided, decided, unfit
from kz_textkit.pipeline.discover import Discovery, SourceFile, discover, readable
from kz_textkit.pipeline.filtering import check_filters, save_dropped
from kz_textkit.pipeline.making import Making
from kz_textkit.pipeline.metadata import Metadata, find_metadata, metadata_of
from kz_textkit.pipeline.process import Outcome, Task, unwritable
from kz_textkit.pipeline.shards import planned
from kz_textkit.pipeline.summary import RunState, Summary
from kz_textkit.pipeline.workers import Jobs, results
from kz_textkit.readers.slices import Sliced, may_be_sliced, slices_of
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
    watch: Callable[[RunState], None] | None = None,
) -> Summary:
    """Make the corpus `output` from the file or folder `source`.

    Files that did not change since an earlier run with the same settings are taken over from it, and a run that was killed is taken up
    again. `settings` say what a user can choose, by default those of `kz-textkit.toml` beside the input, where there is one;
    `encoding`, `restore_letters` and `apply_suggestions` are old names of choices in them, and go. `metadata` is a table with a line
    for each file, by default `metadata.csv`, `.tsv` or `.xlsx` beside the input; `folders`, such as `genre/year`, makes columns of the
    names of folders (`kz_textkit.pipeline.metadata`). `corrections` is a file of what people decided
    (`kz_textkit.cleaning.corrections`), by default `corrections.jsonl` beside the input; those that do not fit any more are in
    `Summary.unfit`. Where they or the metadata change, only the documents concerned are made anew. `workers` is the number of processes
    (by default the number of processors, or one for little input); an `executor` of one's own takes the place of them, and `workers` is
    how many tasks it does at a time: threads work one after the other in it, so they gain nothing; those of clusters are in
    `kz_textkit.pipeline.executors`. `progress` is told of every file that is finished, and `watch` how the run stands. A file that
    fails is in `Summary.failures` and stops nothing; where no file gives a document, nothing is written.

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
        return _run(source, found, output, chosen, known, said, workers, executor, progress, watch, started)
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
    watch: Callable[[RunState], None] | None,
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
        shards = list(planned(found.files, cut(found.files, settings)))
        making = Making(writer, source, settings, metadata, decisions, shards, found.failures)
        jobs = Jobs(making.tasks(), making.first)
        size = sum(file.size for file in found.files)
        for job, result in results(jobs, workers, executor, pieces=making.pieces, size=size):
            if isinstance(job, Task) and isinstance(result, Outcome):
                making.take(job, result)
                if progress is not None:
                    progress(making.done, making.pieces, job.file.source)
                if watch is not None:
                    watch(making.state(job.file.source, perf_counter() - started))
            elif isinstance(job, Assembly) and isinstance(result, Assembled):
                making.take_shard(job, result)
        summary.failures, summary.dropped, summary.kept = making.all_failures(), making.all_dropped(), making.kept
        _write(writer, summary, making)
        summary.unfit = unfit(decisions, summary.totals)
        summary.mended = writer.mended
    summary.seconds = perf_counter() - started
    _tell(summary)
    return summary


def cut(files: Iterable[SourceFile], settings: Settings) -> dict[str, Sliced]:
    """How the large files of records among files are cut, by id; one that can't be read is left to who works on it."""
    found: dict[str, Sliced] = {}
    for file in files:
        if not may_be_sliced(file.path, file.size):
            continue
        try:
            sliced = slices_of(file.path, settings)
        except (InputError, OSError):
            continue
        if sliced is not None:
            found[file.doc_id] = sliced
    return found


def _tell(summary: Summary) -> None:
    """Say what became of a run to whoever listens to the log: nobody, unless a program sets it up."""
    for source, warnings in summary.warned():
        for warning in warnings:
            _log.warning("%s: %s", source, warning)
    for line in summary.mended:
        _log.warning("mended: %s", line)
    for failure in summary.failures:
        _log.error("%s", failure)
    counts = summary.totals.documents, summary.kept, len(summary.failures)
    _log.info("%s: %d documents, %d of them as before, %d failed, %.1f s", summary.output, *counts, summary.seconds)


def _write(writer: CorpusWriter, summary: Summary, making: Making) -> None:
    failures = [failure.as_dict() for failure in summary.failures]
    if making.is_current:
        summary.terms = writer.terms()
        summary.is_as_before = True
        writer.discard()
        summary.totals = sum_of(totals_of(entries_of(rows)) for rows in entry_tables(summary.output))
        return
    shards = making.records()
    if not shards:
        writer.discard()
        return
    summary.totals = sum_of(shard.totals for shard in shards)
    writer.put_together(shards)
    frequencies = count_terms(writer.counts())
    summary.terms = len(frequencies)
    save_frequencies(frequencies, writer.new)
    save_dropped(summary.dropped, writer.new)
    save_card(writer.new, summary.totals, writer.tool_version)
    writer.finish(failures, summary.dropped)
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
