"""Compressed files as streams of bytes, with a watch on what they unpack to."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
from pathlib import Path
from typing import Any

import zstandard

from kz_textkit.errors import InputError
from kz_textkit.readers.files import read_head, reason
from kz_textkit.settings import Limits, or_raise

__all__ = ["digest", "is_packed", "open_stream"]

RATIO = 200
"""Times that a stream may be longer than its file once it is over the limit: text is rarely packed to less than a thirtieth."""
PIECE = 1 << 20
PACKED = 1 << 12
"""Bytes that are unpacked by zstd at a time: four of them can become 128 kilobytes."""
_MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd", b"BZh": "bzip2"}


def is_packed(path: Path, limits: Limits) -> bool:
    """Whether a file is packed by gzip, zstd or bzip2. Raises `InputError` where it can't be read."""
    return read_head(path, limits, 4).startswith(tuple(_MAGIC))


def open_stream(path: Path, limits: Limits, offset: int = 0) -> io.BufferedReader:
    """The bytes of a file, unpacked if it is packed by gzip, zstd or bzip2, as a stream that is read once; of a file that is not
    packed, those from the `offset` on.

    Reading raises `InputError` where the file is damaged, or unpacks to more than `limits.expanded_mb` and to more than text does.
    """
    head = read_head(path, limits, 4)
    kind = next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), "")
    file: Any
    try:
        if kind == "gzip":
            file = gzip.GzipFile(path)
        elif kind == "zstd":
            file = _Zstd(path)
        else:
            file = bz2.BZ2File(path) if kind == "bzip2" else path.open("rb")
        if offset and not kind:
            file.seek(offset)
    except OSError as error:
        raise InputError(str(path), reason(error)) from error
    most = max(limits.expanded_mb << 20, RATIO * path.stat().st_size) if kind else limits.file_mb << 20
    return io.BufferedReader(_Watched(file, path, most), PIECE)


def digest(path: Path) -> str:
    """SHA-256 of the bytes of a file, in hexadecimal digits."""
    try:
        with path.open("rb") as file:
            found = hashlib.sha256()
            while piece := file.read(PIECE):
                found.update(piece)
            return found.hexdigest()
    except OSError as error:
        raise InputError(str(path), reason(error)) from error


class _Zstd:
    """A file packed by zstd; unlike the reader of the library, it tells a file that was cut off from one that ends."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._frame = self._new_frame()
        self._ready = b""
        self._at = 0

    def read1(self, size: int) -> bytes:
        while self._at >= len(self._ready):
            packed = self._frame.unused_data if self._frame.eof else self._file.read(PACKED)
            if not packed and self._frame.eof:
                packed = self._file.read(PACKED)
            if not packed:
                if not self._frame.eof:
                    raise EOFError("the file was cut off")
                return b""
            if self._frame.eof:
                self._frame = self._new_frame()
            self._ready, self._at = self._frame.decompress(packed), 0
        piece = self._ready[self._at : self._at + size]
        self._at += len(piece)
        return piece

    def close(self) -> None:
        self._file.close()

    def _new_frame(self) -> zstandard.ZstdDecompressionObj:
        return zstandard.ZstdDecompressor(max_window_size=1 << 28).decompressobj()


class _Watched(io.RawIOBase):
    """A stream that counts what passes, and says in words what goes wrong."""

    def __init__(self, stream: Any, path: Path, most: int) -> None:
        self._stream, self._path, self._left = stream, path, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            # As much as there is: what stands before the damage is read.
            piece = self._stream.read1(len(buffer))
        except (OSError, EOFError, zstandard.ZstdError) as error:
            said = " ".join(str(error).split())[:100]
            raise InputError(str(self._path), f"it is damaged: {said}", "get it again") from error
        self._left -= len(piece)
        if self._left < 0:
            raise InputError(
                str(self._path),
                "it unpacks to far more than text does",
                or_raise("expanded_mb", "it may be a trap; unpack it if it is not"),
            )
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()
