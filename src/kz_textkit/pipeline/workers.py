"""Many tasks at once: in processes of our own, or in any executor of `concurrent.futures` that the caller brings.

Tasks are handed out in their order, a few more than there are workers; what has to be done first, since others wait for it, goes before
them. A process of ours that dies takes nothing with it but the task that it worked on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import TypeAlias

from kz_textkit.pipeline.assembly import Assembled, Assembly, assemble
from kz_textkit.pipeline.budget import mark_as_worker
from kz_textkit.pipeline.process import Outcome, Task, process_file, process_files
from kz_textkit.pipeline.summary import Failure

__all__ = ["Job", "Jobs", "Result", "results"]

SMALL_INPUT = 1_000_000
"""Bytes of input below which starting more processes takes longer than the work, and files are handed out one by one."""

PENDING_PER_WORKER = 4
"""Tasks handed out in advance to each worker."""

SMALL_FILE = 100_000
"""Bytes below which files are handed out together."""

BUNDLE_BYTES = 400_000
BUNDLE_FILES = 64
"""So many bytes, or files, are handed out together at most."""

BUNDLES_PER_WORKER = 4
"""However little input there is, each worker has so many bundles to do."""

Job: TypeAlias = Task | Assembly
Result: TypeAlias = Outcome | Assembled


@dataclass
class Jobs:
    """What there is to do."""

    tasks: Iterator[Job]
    first: deque[Job] = field(default_factory=deque)
    """What goes before the tasks; it may be added to while results are taken."""

    def next(self) -> Job | None:
        """What is to be handed out next; None where that is nothing, for now."""
        if self.first:
            return self.first.popleft()
        found = next(self.tasks, None)
        # To look for a task may have brought to light what is to be done first.
        return self.first.popleft() if found is None and self.first else found

    def next_bundle(self, most: int) -> Sequence[Job]:
        """What is to be handed out together: one job, or small files of so many bytes; nothing where that is nothing, for now."""
        bundle: list[Job] = []
        size = 0
        while (not bundle or size < most) and len(bundle) < BUNDLE_FILES and (job := self.next()) is not None:
            is_small = isinstance(job, Task) and job.piece.rows is None and job.file.size < SMALL_FILE
            if bundle and not is_small:
                self.first.appendleft(job)
                break
            bundle.append(job)
            if not isinstance(job, Task) or not is_small:
                break
            size += job.file.size
        return bundle


def results(jobs: Jobs, workers: int | None, executor: Executor | None, *, pieces: int, size: int) -> Iterator[tuple[Job, Result]]:
    """The result of each job, in the order in which they are finished; the input has so many pieces and bytes.

    `jobs.first` may be added to whenever a result has been taken.
    """
    count = workers or (_sensible_workers(pieces, size) if executor is None else os.cpu_count() or 1)
    most = min(BUNDLE_BYTES, size // (BUNDLES_PER_WORKER * count)) if size >= SMALL_INPUT else 0
    if executor is not None:
        yield from _in_executor(jobs, executor, PENDING_PER_WORKER * count, most, {})
        return
    if count == 1:
        while bundle := jobs.next_bundle(most):
            yield from zip(bundle, _do(bundle), strict=True)
        return
    running: dict[Future[list[Result]], Sequence[Job]] = {}
    while True:
        try:
            with ProcessPoolExecutor(count, initializer=_start_worker) as pool:
                try:
                    yield from _in_executor(jobs, pool, PENDING_PER_WORKER * count, most, running)
                    return
                except KeyboardInterrupt:
                    pool.shutdown(cancel_futures=True)
                    raise
        except BrokenProcessPool:
            # A process died, most likely for want of memory: the tasks that were not finished have one to themselves each.
            left = [job for bundle in running.values() for job in bundle]
            running.clear()
            for job in left:
                yield job, _alone(job)


def _do(bundle: Sequence[Job]) -> list[Result]:
    """What comes of jobs that are handed out together."""
    if len(bundle) == 1:
        (job,) = bundle
        return [process_file(job) if isinstance(job, Task) else assemble(job)]
    return [*process_files([job for job in bundle if isinstance(job, Task)])]


def _in_executor(
    jobs: Jobs, executor: Executor, pending: int, most: int, running: dict[Future[list[Result]], Sequence[Job]]
) -> Iterator[tuple[Job, Result]]:
    """The results of jobs; those that are not finished are in `running`."""
    while True:
        while len(running) < pending and (bundle := jobs.next_bundle(most)):
            try:
                future = executor.submit(_do, bundle)
            except BaseException:
                jobs.first.extendleft(reversed(bundle))
                raise
            running[future] = bundle
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            result = future.result()
            yield from zip(running.pop(future), result, strict=True)


def _start_worker() -> None:
    """Tie a worker to the process that the user started: Ctrl-C is for that one alone, and when it ends, the worker ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    mark_as_worker()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _alone(job: Job) -> Result:
    try:
        with ProcessPoolExecutor(1, initializer=_start_worker) as pool:
            return pool.submit(_do, [job]).result()[0]
    except BrokenProcessPool:
        if isinstance(job, Assembly):
            return Assembled(problem="the process that wrote the corpus was killed: there may be not enough memory; use fewer workers")
        reason = "the process that worked on it was killed: it took too long, or more memory than there is"
        return Outcome(failures=(Failure(job.file.source, reason),))


def _sensible_workers(pieces: int, size: int) -> int:
    if pieces < 2 or size < SMALL_INPUT:
        return 1
    return min(pieces, os.cpu_count() or 1)
