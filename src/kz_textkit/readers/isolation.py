"""Reading in a process of its own: a file that hangs, crashes or devours memory costs one clear line and nothing else.

A worker (`worker`) is started when the first such file comes and reads one file after the other; it is ended, with all that it started,
when a file takes more time than `Settings.limits` allow, and replaced when it has grown. Its memory is limited by the system.
"""

from __future__ import annotations

import contextlib
import math
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from time import monotonic
from typing import IO, Any, cast

from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers.rows import Rows
from kz_textkit.readers.transfer import receive, send, unpacked
from kz_textkit.settings import Settings, or_raise

__all__ = ["read_isolated"]

_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Threads of numerical libraries reserve memory that would count against the limit."""


def read_isolated(path: Path, format: str, settings: Settings, rows: Rows | None = None) -> Iterator[RawDocument]:
    """The documents of a file of a known format, or of some rows of it, read by a worker.

    Raises `InputError` where the reader does, and where the file takes more time or memory than `settings.limits` allow or ends its
    reader.
    """
    worker = _take(settings)
    going_on = False
    problem: InputError | None = None
    try:
        with contextlib.closing(worker.answers((str(path), format, settings, rows), settings.limits.seconds)) as answers:
            for answer in answers:
                if answer[0] == "document":
                    yield unpacked(answer[1])
                elif answer[0] in ("ready", "worn"):
                    going_on = answer[0] == "ready"
                elif answer[0] != "done":
                    problem = _error(path, settings, answer)
        if problem is not None:
            raise problem
    finally:
        if going_on:
            _give_back(worker)
        else:
            worker.end()


def _error(path: Path, settings: Settings, answer: tuple[Any, ...]) -> InputError:
    limits = settings.limits
    kind, *said = answer
    if kind == "problem":
        return InputError(*said)
    if kind == "memory":
        return InputError(str(path), f"reading it takes more than {limits.memory_mb:,} MB of memory", or_raise("memory_mb"))
    if kind == "time":
        return InputError(
            str(path), f"reading it takes more than {limits.seconds:g} seconds", or_raise("seconds", "cut it in parts, save it anew")
        )
    if kind == "crash":
        return InputError(str(path), f"its reader crashed ({said[0]}), as damaged files make it do", "save it anew")
    return InputError(
        str(path), f"it is damaged, or of a kind that is not known ({said[0]})", "save it anew with the program that made it"
    )


class _Worker:
    """A process that reads files, one at a time."""

    def __init__(self, memory_mb: int) -> None:
        self.memory_mb = memory_mb
        self._timed_out = False
        self._deadline = math.inf
        places = os.pathsep.join(place for place in sys.path if place)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kz_textkit.readers.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_ONE_THREAD, "PYTHONPATH": places, "PYTHONSAFEPATH": "1"},
            start_new_session=True,
        )
        self._orders, self._answers = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)

    @property
    def lives(self) -> bool:
        return self._process.poll() is None

    def answers(self, order: tuple[Any, ...], seconds: float) -> Generator[tuple[Any, ...], None, None]:
        """What the worker answers to an order, each answer within so many seconds; the last one says how it ended."""
        done = threading.Event()
        self._deadline = monotonic() + seconds
        threading.Thread(target=self._watch, args=(done,), daemon=True).start()
        try:
            with contextlib.suppress(BrokenPipeError):
                send(self._orders, order)  # type: ignore[arg-type]
            while (answer := receive(self._answers)) is not None:  # type: ignore[arg-type]
                self._deadline = math.inf  # While the document is used, no time of the worker passes.
                yield answer
                if answer[0] in ("ready", "worn"):
                    return
                self._deadline = monotonic() + seconds
        finally:
            done.set()
        yield ("time",) if self._timed_out else ("crash", self._how_it_ended())

    def end(self) -> None:
        """End the worker, and whatever it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        self._process.wait()
        for stream in (self._orders, self._answers):
            with contextlib.suppress(OSError):
                stream.close()

    def _watch(self, done: threading.Event) -> None:
        while not done.wait(min(max(0.05, self._deadline - monotonic()), 1.0)):
            if monotonic() >= self._deadline:
                self._timed_out = True
                self._process.kill()
                return

    def _how_it_ended(self) -> str:
        code = self._process.wait()
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"


_idle: list[_Worker] = []
_lock = threading.Lock()
# A forked process has workers of its own.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.clear)


def _take(settings: Settings) -> _Worker:
    """A worker that no other thread uses."""
    while True:
        with _lock:
            worker = _idle.pop() if _idle else None
        if worker is None:
            return _Worker(settings.limits.memory_mb)
        if worker.lives and worker.memory_mb == settings.limits.memory_mb:
            return worker
        worker.end()


def _give_back(worker: _Worker) -> None:
    with _lock:
        _idle.append(worker)
