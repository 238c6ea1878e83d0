"""Compressed files as streams of bytes, with a watch on what they unpack to."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
from pathlib import Path
from typing import IO, cast

import zstandard

from kz_textkit.errors import InputError
from kz_textkit.readers.files import read_head, reason
from kz_textkit.settings import Limits

__all__ = ["digest", "open_stream"]

RATIO = 200
"""Times that a stream may be longer than its file once it is over the limit: text is rarely packed to less than a thirtieth."""
PIECE = 1 << 20
_MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd", b"BZh": "bzip2"}


def open_stream(path: Path, limits: Limits) -> io.BufferedReader:
    """The bytes of a file, unpacked if it is packed by gzip, zstd or bzip2, as a stream that is read once.

    Reading raises `InputError` where the file is damaged, or unpacks to more than `limits.expanded_mb` and to more than text does.
    """
    head = read_head(path, limits, 4)
    kind = next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), "")
    try:
        file: IO[bytes] = path.open("rb")
    except OSError as error:
        raise InputError(str(path), reason(error)) from error
    if kind == "gzip":
        file = cast("IO[bytes]", gzip.GzipFile(fileobj=file))
    elif kind == "zstd":
        file = cast("IO[bytes]", zstandard.ZstdDecompressor(max_window_size=1 << 28).stream_reader(file, read_across_frames=True))
    elif kind == "bzip2":
        file = cast("IO[bytes]", bz2.BZ2File(file))
    most = max(limits.expanded_mb << 20, RATIO * path.stat().st_size) if kind else limits.file_mb << 20
    return io.BufferedReader(_Watched(file, path, most), PIECE)


def digest(path: Path) -> str:
    """SHA-256 of the bytes of a file, in hexadecimal digits."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() if hasattr(hashlib, "file_digest") else _digest(file)
    except OSError as error:
        raise InputError(str(path), reason(error)) from error


def _digest(file: IO[bytes]) -> str:
    found = hashlib.sha256()
    while piece := file.read(PIECE):
        found.update(piece)
    return found.hexdigest()


class _Watched(io.RawIOBase):
    """A stream that counts what passes, and says in words what goes wrong."""

    def __init__(self, stream: IO[bytes], path: Path, most: int) -> None:
        self._stream, self._path, self._left = stream, path, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            piece = self._stream.read(len(buffer))
        except (OSError, EOFError, zstandard.ZstdError) as error:
            said = " ".join(str(error).split())[:100]
            raise InputError(str(self._path), f"it is damaged: {said}", "get it again") from error
        self._left -= len(piece)
        if self._left < 0:
            raise InputError(str(self._path), "it unpacks to far more than text does", "it may be a trap; unpack it if it is not")
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()
