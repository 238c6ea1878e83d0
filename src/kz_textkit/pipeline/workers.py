"""Many tasks at once: in processes of our own, or in any executor of `concurrent.futures` that the caller brings."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from kz_textkit.pipeline.budget import mark_as_worker
from kz_textkit.pipeline.process import Outcome, Task, process_file
from kz_textkit.pipeline.summary import Failure

__all__ = ["outcomes"]

SMALL_INPUT = 1_000_000
"""Bytes of input below which starting more processes takes longer than the work."""

PENDING_PER_WORKER = 4
"""Files handed out in advance to each worker."""


def outcomes(tasks: list[Task], workers: int | None, executor: Executor | None) -> Iterator[tuple[Task, Outcome]]:
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


def _in_executor(tasks: Iterable[Task], executor: Executor, pending: int) -> Iterator[tuple[Task, Outcome]]:
    waiting = iter(tasks)
    running: dict[Future[Outcome], Task] = {}
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
    mark_as_worker()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _alone(task: Task) -> Outcome:
    try:
        with ProcessPoolExecutor(1, initializer=_start_worker) as pool:
            return pool.submit(process_file, task).result()
    except BrokenProcessPool:
        reason = "the process that worked on it was killed: it took too long, or more memory than there is"
        return Outcome(failures=(Failure(task.file.source, reason),))


def _sensible_workers(tasks: list[Task]) -> int:
    if len(tasks) < 2 or sum(task.file.size for task in tasks) < SMALL_INPUT:
        return 1
    return min(len(tasks), os.cpu_count() or 1)
