"""Files that are there whole or not at all: written beside their place, brought to the disk, then renamed into it.

After a full disk, a kill or a loss of power the old file is still there, or the new one, and nothing between. A link, a device or a
pipe is never replaced: `-o /dev/null` must not turn the device into a file. The order of the steps (write, sync the file, rename, sync
the folder) is that of SQLite, *Atomic Commit In SQLite*, and of `rename(2)`.
"""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kz_textkit.errors import UsageError
from kz_textkit.printable import printable

__all__ = ["check_place", "replacing", "replacing_folder", "sync_file", "sync_folder", "write_whole"]

FOLDER_MARK = ".kz-textkit"
"""File in a folder that says by which export it was written."""

_UNSYNCABLE = (PermissionError, IsADirectoryError)
"""What opening a folder raises on systems where folders can't be synced (Windows)."""


def check_place(path: Path) -> None:
    """Raise `UsageError` where `path` is there and is no regular file, so that a file must not take its place."""
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return
    except ValueError as error:
        raise UsageError(f"{printable(str(path))}: no file can have this name ({error})") from None
    except OSError as error:
        raise UsageError(f"{printable(str(path))} can't be written: {error.strerror or error}") from None
    if not stat.S_ISREG(mode):
        raise UsageError(f"{printable(str(path))} is {_kind(mode)}, which is not replaced: give the name of a file")


@contextmanager
def replacing(path: Path, *, binary: bool = False, encoding: str = "utf-8", newline: str | None = "") -> Iterator[Any]:
    """A file to write to, that takes the place of `path` when the block ends without an error; otherwise `path` stays as it was.

    Raises `UsageError` where `path` is there and is no regular file; `OSError` where it can't be written.

    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp(), "сөздер.txt")
    >>> with replacing(place) as file:
    ...     _ = file.write("дала")
    >>> place.read_text("utf-8"), [p.name for p in place.parent.iterdir()]
    ('дала', ['сөздер.txt'])
    """
    check_place(path)
    beside = path.with_name(f".kz-textkit-{secrets.token_hex(6)}.new")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        number = os.open(beside, flags, 0o666)
        file = os.fdopen(number, "wb") if binary else os.fdopen(number, "w", encoding=encoding, newline=newline)
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        with suppress(OSError):  # Rights of a file that is replaced stay.
            beside.chmod(stat.S_IMODE(path.stat().st_mode))
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    sync_folder(path.parent)


def write_whole(path: Path, content: bytes) -> None:
    """Write a small file whole, as `replacing` does."""
    with replacing(path, binary=True) as file:
        file.write(content)


@contextmanager
def replacing_folder(path: Path, *, of: str) -> Iterator[Path]:
    """A new folder to write into, that takes the place of `path` when the block ends without an error; otherwise `path` stays.

    What stands at `path` is replaced only where it is an empty folder or one that was written by this function for the same kind of
    thing, `of`, as a file in it says. Raises `UsageError` where it is something else; `OSError` where it can't be written.

    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp(), "сөздер")
    >>> with replacing_folder(place, of="үлгі") as folder:
    ...     write_whole(folder / "дала.txt", b"1")
    >>> sorted(p.name for p in place.iterdir())
    ['.kz-textkit', 'дала.txt']
    """
    _check_folder(path, of)
    path.parent.mkdir(parents=True, exist_ok=True)
    mark = secrets.token_hex(6)
    new, old = path.with_name(f".kz-textkit-{mark}.new"), path.with_name(f".kz-textkit-{mark}.old")
    new.mkdir()
    try:
        (new / FOLDER_MARK).write_text(of, "utf-8")
        yield new
        for inside in new.rglob("*"):
            (sync_folder if inside.is_dir() else sync_file)(inside)
        sync_folder(new)
        if path.exists():
            path.rename(old)
        new.rename(path)
    except BaseException:
        if not path.exists() and old.exists():
            old.rename(path)
        shutil.rmtree(new, ignore_errors=True)
        raise
    sync_folder(path.parent)
    shutil.rmtree(old, ignore_errors=True)


def _check_folder(path: Path, of: str) -> None:
    try:
        names = {entry.name for entry in path.iterdir()}
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise UsageError(f"{printable(str(path))} is a file, which is not replaced by a folder: give the name of a folder") from None
    except ValueError as error:
        raise UsageError(f"{printable(str(path))}: no folder can have this name ({error})") from None
    mark = path / FOLDER_MARK
    ours = FOLDER_MARK in names and mark.is_file() and mark.read_bytes()[:100] == of.encode()
    if path.is_symlink() or (names and not ours):
        raise UsageError(f"{printable(str(path))} is a folder with other files in it: nothing was touched; give another with -o")


def sync_file(path: Path) -> None:
    """Bring what was written to a file to the disk."""
    number = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(number)
    finally:
        os.close(number)


def sync_folder(path: Path) -> None:
    """Bring the names in a folder to the disk, where the system can."""
    try:
        number = os.open(path, os.O_RDONLY)
    except _UNSYNCABLE:
        return
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _kind(mode: int) -> str:
    kinds = {stat.S_IFDIR: "a folder", stat.S_IFLNK: "a link", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
    return kinds.get(stat.S_IFMT(mode), "a device")
