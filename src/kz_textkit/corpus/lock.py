"""One writer of a corpus at a time.

The lock is a file beside the corpus that the system holds locked (`flock`, on Windows `msvcrt.locking`) while the run goes on. It goes
with its process, however that ends, so the lock of a dead run is no hindrance; what stands in the file only says who writes. Where the
file system knows no locks, the process that the file names is looked for.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from contextlib import suppress
from datetime import datetime
from errno import EACCES, EAGAIN, EDEADLK
from pathlib import Path
from typing import Any

from kz_textkit.errors import UsageError
from kz_textkit.printable import printable

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

__all__ = ["Lock"]

_TAKEN = (EACCES, EAGAIN, EDEADLK)
_TRIES = 20
_held: set[int] = set()
"""File numbers of the locks of this process: a child that is made by fork must not keep them."""


class Lock:
    """Holds a corpus for the run of this process.

    Raises `UsageError`, with who writes and since when, where another run has it.
    """

    def __init__(self, path: Path, what: str) -> None:
        self.path, self.what = path, what
        self._number = self._take()
        _held.add(self._number)
        now = datetime.now().astimezone().isoformat(" ", "seconds")
        content = json.dumps({"pid": os.getpid(), "host": platform.node(), "since": now})
        with suppress(OSError):  # It only says who writes.
            os.ftruncate(self._number, 0)
            os.lseek(self._number, 0, os.SEEK_SET)
            os.write(self._number, content.encode())

    def release(self) -> None:
        """Let the next run have the corpus; may be called twice."""
        if self._number not in _held:
            return
        _held.discard(self._number)
        with suppress(OSError):
            # While it is still held, so that nobody waits for a file that has no name any more. Windows deletes no open file.
            if sys.platform != "win32":
                self.path.unlink()
        os.close(self._number)

    def _take(self) -> int:
        for _ in range(_TRIES):
            number = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
            try:
                if not _lock(number):
                    raise UsageError(self._refusal(number))
                # A run that has just ended may have removed the file between opening and locking.
                if self.path.exists() and os.path.samestat(os.fstat(number), self.path.stat()):
                    return number
            except BaseException:
                os.close(number)
                raise
            os.close(number)
        raise UsageError(f"{printable(self.what)} is being written by other runs: try again later")

    def _refusal(self, number: int) -> str:
        who = _content(number)
        known = {name: printable(str(who.get(name, "?")))[:80] for name in ("pid", "host", "since")}
        return (
            f"another run is writing {printable(self.what)}: process {known['pid']} on {known['host']}, since {known['since']}; "
            "wait for it, or give another place with -o"
        )


def _lock(number: int) -> bool:
    """Lock a file; whether that was possible."""
    try:
        if sys.platform == "win32":
            os.lseek(number, 1 << 30, os.SEEK_SET)  # Beyond the content, which others may read.
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Other errors say that this file system has no locks.
        return error.errno not in _TAKEN and not _is_of_a_living_process(number)
    return True


def _is_of_a_living_process(number: int) -> bool:
    """Whether the process that a lock names may still be there; one on another host may."""
    who = _content(number)
    if not who:
        return False
    pid = who.get("pid")
    if who.get("host") != platform.node() or not isinstance(pid, int) or pid <= 0 or sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True


def _content(number: int) -> dict[str, Any]:
    try:
        os.lseek(number, 0, os.SEEK_SET)
        content = json.loads(os.read(number, 4096))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _leave_to_parent() -> None:
    for number in _held:
        with suppress(OSError):
            os.close(number)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_leave_to_parent)
