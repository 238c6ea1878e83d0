"""Reading the bytes of a file, within limits, with errors for people."""

from __future__ import annotations

from pathlib import Path

from kz_textkit.errors import InputError
from kz_textkit.settings import Limits, or_raise

__all__ = ["read_file", "read_head", "reason"]


def read_file(path: Path, limits: Limits) -> bytes:
    """The bytes of a file.

    Raises `InputError` where it can't be opened, is no regular file, is empty, or is larger than `limits.file_mb`.
    """
    _check(path, limits)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(str(path), reason(error)) from error
    if not data:
        raise InputError(str(path), "the file is empty")
    return data


def read_head(path: Path, limits: Limits, length: int) -> bytes:
    """The first bytes of a file; raises as `read_file` does, but for an empty file."""
    _check(path, limits)
    try:
        with path.open("rb") as file:
            return file.read(length)
    except OSError as error:
        raise InputError(str(path), reason(error)) from error


def reason(error: OSError) -> str:
    """What an error of the file system means, in words.

    >>> reason(FileNotFoundError(2, "No such file or directory"))
    'there is no such file'
    """
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, IsADirectoryError):
        return "is a folder, not a file"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    return f"can't be read: {error.strerror or error}"


def _check(path: Path, limits: Limits) -> None:
    try:
        # Pipes and devices would be waited for without end.
        if path.exists() and not path.is_file():
            raise InputError(str(path), "is a folder, not a file" if path.is_dir() else "is no regular file", "name a file")
        size = path.stat().st_size
    except OSError as error:
        raise InputError(str(path), reason(error)) from error
    except ValueError as error:
        raise InputError(str(path), "no file can have this name", "name a file") from error
    if size > limits.file_mb << 20:
        raise InputError(
            str(path), f"it has {size >> 20:,} MB, and files of more than {limits.file_mb:,} MB are not read", or_raise("file_mb")
        )
