"""The process that reads files of foreign formats for another one (`python -m kz_textkit.readers.worker`; see `isolation`).

It takes orders as frames from standard input and writes frames to standard output: one a document, one that says how it went, and one
that says whether it can go on. It ends with its input. The limit of memory is set before the first file is opened. What libraries print
goes nowhere.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from kz_textkit.errors import InputError
from kz_textkit.readers.registry import read_format
from kz_textkit.readers.rows import Rows
from kz_textkit.readers.transfer import packed, receive, send
from kz_textkit.settings import Settings

if sys.platform != "win32":
    import resource

__all__: list[str] = []

WORN = 0.25
"""Share of the memory that it may take at which a worker is replaced by a fresh one."""


def _answers(path: Path, format: str, settings: Settings, rows: Rows | None) -> Iterator[tuple[Any, ...]]:
    """What is answered to one order: the documents, and at last how it went."""
    try:
        for raw in read_format(path, format, settings, rows):
            yield "document", packed(raw)
    except InputError as error:
        yield "problem", error.source, error.problem, error.remedy
    except MemoryError:
        yield ("memory",)
    except RecursionError:
        yield "problem", str(path), "it is nested too deeply", "it may be damaged: save it anew"
    except Exception as error:  # Whatever a file makes a library do, the file is named and the next one read.
        yield "broken", f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
    else:
        yield ("done",)


def _limit_memory(megabytes: int) -> None:
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _is_worn(megabytes: int) -> bool:
    return _most_memory() > WORN * (megabytes << 20)


def _most_memory() -> int:
    """Bytes that the process has held at most; 0 where the system does not say.

    Linux counts in `ru_maxrss` what the process held that this one was started from, so that every worker of a large process would seem
    worn after one file; its own is in `/proc`.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, ValueError, IndexError, StopIteration):
            lines = Path("/proc/self/status").read_text("ascii", "replace").splitlines()
            return 1024 * int(next(line for line in lines if line.startswith("VmHWM:")).split()[1])
    if sys.platform == "win32":
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _serve(orders: BinaryIO, answers: BinaryIO) -> None:
    limit = 0
    while (order := receive(orders)) is not None:
        path, format, settings, rows = order
        if not limit:
            limit = settings.limits.memory_mb
            _limit_memory(limit)
        for answer in _answers(Path(path), format, settings, rows):
            try:
                send(answers, answer)
            except MemoryError:
                send(answers, ("memory",))
                break
        send(answers, ("worn" if _is_worn(limit) else "ready",))


def _end_with_parent() -> None:
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _main() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    orders = os.fdopen(os.dup(0), "rb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _serve(orders, answers)


if __name__ == "__main__":
    _main()
