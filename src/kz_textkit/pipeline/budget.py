"""What one file may cost: time and memory, after which its work is broken off and the file is named, whatever it was that took so long.

Two guards, for no single one holds everywhere. A timer signal looks at clock and memory a few times a second and raises where the work
is; it reaches Python code and regular expressions, in the main thread of systems that have such signals. Code that it can't reach is
ended with its process, a while later, where the process is a worker of ours: `faulthandler` has a thread that waits for no lock.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from time import monotonic
from types import FrameType
from typing import IO

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

__all__ = ["OverBudget", "budget", "is_worker", "mark_as_worker"]

LOOK_EVERY = 0.25
"""Seconds between two looks."""

PATIENCE = 1.5
"""The process is ended after this many times the time that the work may take, and some seconds."""

_MIB = 1 << 20


class OverBudget(BaseException):
    """The work took more than it may. No `Exception`, so that nothing on its way takes it for an error of its own."""

    def __init__(self, what: str, limit: str) -> None:
        self.limit = limit
        """Name of the limit (`kz_textkit.settings.Limits`)."""
        super().__init__(what)


@contextmanager
def budget(seconds: float, memory_mb: int) -> Iterator[None]:
    """Raise `OverBudget` in the block once it has taken `seconds`, or the process `memory_mb` MiB more than before.

    >>> with budget(60, 1000):
    ...     "дала".upper()
    'ДАЛА'
    """
    if is_worker():
        faulthandler.dump_traceback_later(seconds * PATIENCE + 5, exit=True, file=_nowhere())
    try:
        if _may_have_the_timer():
            with _timer(seconds, memory_mb):
                yield
        else:
            yield
    finally:
        if is_worker():
            faulthandler.cancel_dump_traceback_later()


@contextmanager
def _timer(seconds: float, memory_mb: int) -> Iterator[None]:
    started, before = monotonic(), _resident()
    inside = True

    def look(number: int, frame: FrameType | None) -> None:
        if inside and monotonic() - started > seconds:
            raise OverBudget(f"it took more than {seconds:g} seconds", "seconds")
        if inside and _resident() - before > memory_mb * _MIB:
            raise OverBudget(f"it took more than {memory_mb:,} MiB of memory", "memory_mb")

    last = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, LOOK_EVERY, LOOK_EVERY)
    try:
        yield
    finally:
        inside = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, last)


def _may_have_the_timer() -> bool:
    """Whether the timer signal is there, and nobody else's."""
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGALRM) in (signal.SIG_DFL, signal.SIG_IGN)
        and signal.getitimer(signal.ITIMER_REAL)[0] == 0
    )


def _resident() -> int:
    """Bytes of memory that the process holds; where the system does not say, the most that it ever held."""
    try:
        with Path("/proc/self/statm").open("rb") as file:
            return int(file.read().split()[1]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


_marks: list[bool] = []
"""Not empty in a worker."""


def mark_as_worker() -> None:
    """Say that this process works for a run and for nothing else, so that it may be ended."""
    _marks.append(True)


def is_worker() -> bool:
    """Whether this process may be ended when a file takes too long."""
    return bool(_marks)


@lru_cache(maxsize=1)
def _nowhere() -> IO[str]:
    return Path(os.devnull).open("w")
