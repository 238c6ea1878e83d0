"""Many files into one corpus: find them, clean and annotate each, write the corpus; failures named, nothing stopped by them.

The work on one file depends on the file and the settings alone (`process_file`), so it runs in any `concurrent.futures.Executor`, by
default in a pool of processes. Its rows go to disk where they are made; what comes back is a short entry. So memory is bounded by the
largest document in each worker, whatever the size of the corpus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import replace
from importlib.metadata import version
from os import PathLike
from pathlib import Path
from time import perf_counter
from typing import Any

from kz_textkit.corpus.manifest import DocumentEntry
from kz_textkit.corpus.writer import CorpusWriter
from kz_textkit.errors import UsageError
from kz_textkit.pipeline.counting import count_terms
from kz_textkit.pipeline.discover import Discovery, SourceFile, discover, readable
from kz_textkit.pipeline.process import Outcome, Task, unwritable
from kz_textkit.pipeline.summary import Summary
from kz_textkit.pipeline.workers import outcomes
from kz_textkit.spreadsheet import write_csv

__all__ = ["Progress", "run"]

Progress = Callable[[int, int, str], None]
"""Called with files done, files in all, and the name of the file that was finished last."""


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
        raise UsageError(unwritable(error, output)) from error


def _run(
    found: Discovery,
    output: Path,
    settings: dict[str, Any],
    workers: int | None,
    executor: Executor | None,
    progress: Progress | None,
    started: float,
) -> Summary:
    summary = Summary(output, failures=list(found.failures), other=found.other)
    if not found.files:
        return summary
    with CorpusWriter(output, tool_version=version("kz-textkit"), settings=settings) as writer:
        known = {file.doc_id: writer.known(file.doc_id) for file in found.files}
        tasks = [
            Task(file, writer.partial, known_sha256=entry.sha256 if (entry := known[file.doc_id]) else None, **settings)
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
        _write(writer, summary)
        summary.mended = writer.mended
    summary.seconds = perf_counter() - started
    return summary


def _take_in(summary: Summary, file: SourceFile, outcome: Outcome, known: DocumentEntry | None) -> None:
    entry = outcome.entry
    if outcome.failure is not None:
        summary.failures.append(outcome.failure)
    elif entry is None:
        entry = known
        summary.kept += 1
    if entry is not None:
        summary.documents.append(replace(entry, source=file.source))


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
    frequencies = count_terms(writer.gather(summary.documents))
    summary.terms = len(frequencies)
    with (writer.new / "frequencies.csv").open("w", encoding="utf-8-sig", newline="") as file:
        write_csv(file, list(frequencies.columns), frequencies.itertuples(index=False))
    writer.finish(summary.documents, failures)


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
    first: dict[str, str] = {}
    pairs: list[tuple[str, str]] = []
    for entry in documents:
        if entry.sha256 in first:
            pairs.append((first[entry.sha256], entry.source))
        else:
            first[entry.sha256] = entry.source
    return pairs
