"""Runs, in a process of their own, while the pages go on: what is done, what failed, what came out.

The corpus has its lock, so a run of the command line beside it is told, and the other way round.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from typing import Any, Literal

from kz_textkit.errors import KzTextkitError
from kz_textkit.faults import log_fault

__all__ = ["Job", "Jobs"]

MOST_LISTED = 200
"""Failures and warnings of a run that are kept."""


@dataclass
class Job:
    """A run, as far as it has come."""

    state: Literal["running", "done", "failed", "stopped"] = "running"
    done: int = 0
    total: int = 0
    name: str = ""
    """The file that was finished last."""
    error: str = ""
    summary: dict[str, Any] = field(default_factory=dict)
    started: float = field(default_factory=monotonic)
    seconds: float = 0.0

    @property
    def share(self) -> float:
        return self.done / self.total if self.total else 0.0


class Jobs:
    """One run at a time."""

    def __init__(self) -> None:
        self.last: Job | None = None
        self._lock = Lock()
        self._process: Any = None

    @property
    def is_running(self) -> bool:
        return self.last is not None and self.last.state == "running"

    def start(self, source: Path, output: Path, finished: Callable[[], None]) -> Job:
        """Begin a run, unless one goes on; `finished` is called at its end."""
        with self._lock:
            if self.last is not None and self.last.state == "running":
                return self.last
            context = multiprocessing.get_context("spawn")
            receiving, sending = context.Pipe(duplex=False)
            # Not a daemon: it starts processes of its own.
            self._process = context.Process(target=_work, args=(str(source), str(output), sending), daemon=False)
            self._process.start()
            sending.close()
            self.last = Job()
            Thread(target=self._follow, args=(self.last, self._process, receiving, finished), daemon=True).start()
            return self.last

    def stop(self) -> None:
        """End the run; the next one takes it up."""
        with self._lock:
            if self._process is not None and self.is_running:
                if self.last is not None:
                    self.last.state = "stopped"
                self._process.terminate()

    def _follow(self, job: Job, process: Any, receiving: Connection, finished: Callable[[], None]) -> None:
        try:
            while True:
                kind, value = receiving.recv()
                if kind == "progress":
                    job.done, job.total, job.name = value
                elif kind == "done":
                    job.summary, job.state = value, "done"
                else:
                    job.error, job.state = value, "failed"
        except (EOFError, OSError):
            process.join()
            if job.state == "running":
                job.state, job.error = (
                    "failed",
                    "the run ended by itself: it took more memory than there is, or was stopped from outside",
                )
        job.seconds = monotonic() - job.started
        finished()


def _work(source: str, output: str, sending: Connection) -> None:
    """The run, in its process, which ends when that of the server does."""
    Thread(target=_end_with_parent, daemon=True).start()
    from kz_textkit.pipeline.batch import run  # In the process of the run alone.

    try:
        summary = run(source, output, progress=lambda *step: sending.send(("progress", step)))
        sending.send(
            (
                "done",
                {
                    "documents": summary.totals.documents,
                    "kept": summary.kept,
                    "tokens": summary.counts.get("tokens", 0),
                    "is_as_before": summary.is_as_before,
                    "failures": [(failure.source, failure.reason) for failure in summary.failures[:MOST_LISTED]],
                    "more_failures": max(len(summary.failures) - MOST_LISTED, 0),
                    "warnings": summary.warnings[:MOST_LISTED],
                    "notes": [*summary.notes, *summary.unfit, *summary.mended][:MOST_LISTED],
                    "corrections": summary.corrections,
                    "other": dict(summary.other),
                },
            )
        )
    except KzTextkitError as error:
        sending.send(("failed", str(error)))
    except Exception as error:
        what = f"{type(error).__name__}: {' '.join(str(error).split())}"
        sending.send(("failed", f"internal error ({what}); please report it, with {log_fault(error)}"))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
