"""Pictures of the pages of PDF files and scans, made in a process of their own: a file that breaks the renderer breaks no more than
that. Lengths are in points, as the places of a corpus have them."""

from __future__ import annotations

import struct
import zlib
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from kz_textkit.errors import InputError
from kz_textkit.readers.ocr import resolution_of

__all__ = ["PageImage", "PageImages", "png"]

SECONDS = 20.0
"""Time that a page may take."""
WIDTH = 1100
"""Pixels that a page is wide."""
UNSAID = 70
"""Pixels to the inch where a picture says none, as Tesseract has it."""
LARGEST = 4_000
"""Pixels of the longer side, at most."""


class PageImage(NamedTuple):
    """A page as picture."""

    png: bytes
    width: float
    """In points."""
    height: float


class PageImages:
    """Renders pages, one at a time; the last ones are kept."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._kept = lru_cache(maxsize=16)(self._rendered)

    def page(self, path: Path, number: int) -> PageImage:
        """Page `number`, from 1, of a PDF file, or of a picture that was read by OCR.

        Raises `InputError` where there is no such page, or it can't be rendered in time.
        """
        with self._lock:
            return self._kept(path, path.stat().st_mtime_ns, number)

    def close(self) -> None:
        """End the process."""
        with self._lock:
            if self._pool is not None:
                self._pool.shutdown(wait=False, cancel_futures=True)
                self._pool = None

    def _rendered(self, path: Path, _changed: int, number: int) -> PageImage:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        try:
            found = self._pool.submit(_render, str(path), number).result(SECONDS)
        except (TooSlow, BrokenProcessPool):
            for process in list((getattr(self._pool, "_processes", None) or {}).values()):
                process.kill()
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
            raise InputError(path.name, f"page {number} can't be shown", "open the file in a reader of PDF") from None
        if isinstance(found, str):
            raise InputError(path.name, found)
        return found


def _render(path: str, number: int) -> PageImage | str:
    """The page, or why there is none."""
    if not path.lower().endswith(".pdf"):
        return _scan(path, number)
    try:
        with pdfium.PdfDocument(path) as document:
            if not 1 <= number <= len(document):
                return f"there is no page {number}"
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(WIDTH / max(width, 1), LARGEST / max(height, 1))
            pixels = page.render(scale=scale, rev_byteorder=True).to_numpy()
            return PageImage(png(np.ascontiguousarray(pixels[:, :, :3])), width, height)
    except pdfium.PdfiumError as error:
        return f"page {number} can't be shown ({error})"


def _scan(path: str, number: int) -> PageImage | str:
    """A page of a picture, or why there is none."""
    try:
        with Image.open(path) as picture:
            picture.seek(number - 1)
            said = picture.info.get("dpi", (UNSAID, UNSAID))[0]
            scale = 72 / resolution_of(max(picture.size), round(float(said)) or UNSAID)
            width, height = picture.size
            shown = picture.convert("RGB")
            shown.thumbnail((WIDTH, LARGEST))
            return PageImage(png(np.ascontiguousarray(np.asarray(shown))), width * scale, height * scale)
    except (OSError, ValueError, EOFError, SyntaxError, Image.DecompressionBombError) as error:
        return f"page {number} can't be shown ({' '.join(str(error).split())[:120]})"


def png(pixels: np.ndarray) -> bytes:
    """Pixels (height, width, red green blue) as PNG (ISO/IEC 15948).

    >>> png(np.zeros((1, 1, 3), dtype=np.uint8))[:8]
    b'\\x89PNG\\r\\n\\x1a\\n'
    """
    height, width, _ = pixels.shape
    lines = np.zeros((height, 1 + width * 3), dtype=np.uint8)
    lines[:, 1:] = pixels.reshape(height, -1)

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines.tobytes(), 6)) + chunk(b"IEND", b"")
