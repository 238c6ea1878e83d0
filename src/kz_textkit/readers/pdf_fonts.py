"""The fonts of a PDF: their names, whether they are bold or italic.

Names are those of the file without the six letters and plus sign that mark a subset (ISO 32000-1, 9.6.4). Programs seldom set the flag
for bold letters, so that the name decides too.
"""

from __future__ import annotations

import ctypes
import re
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

__all__ = ["Font", "Fonts"]

ITALIC = 1 << 6
FORCE_BOLD = 1 << 18
"""Flags of a font descriptor (ISO 32000-1, table 123)."""

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_BOLD = re.compile(r"bold|black|heavy|demi|extrabd|,b\b|[-_]b\d?$|[-_]bd$", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obliq|slanted|[-_]it$|[-_]i$|,i\b", re.IGNORECASE)


class Font(NamedTuple):
    """A font of the file."""

    name: str
    bold: bool
    italic: bool
    number: int
    """Counted from 0 in the order of use: two fonts of a file may have one name."""


class Fonts:
    """The fonts of a page, read once each.

    PDFium frees a font when the last page that uses it is closed, and may give its address to another: a page has its own `Fonts`.
    """

    def __init__(self) -> None:
        self._by_pointer: dict[int, Font] = {}

    def of_pointer(self, pointer: int | None) -> Font:
        """The font with this handle of PDFium."""
        font = self._by_pointer.get(pointer or 0)
        if font is None:
            handle = ctypes.cast(pointer, pdfium.FPDF_FONT) if pointer else None
            font = self._by_pointer[pointer or 0] = _read(handle, len(self._by_pointer)) if pointer else Font("", False, False, -1)
        return font


def _read(handle: Any, number: int) -> Font:
    name = plain_name(_name(handle))
    flags = pdfium.FPDFFont_GetFlags(handle)
    flags = flags if flags > 0 else 0
    angle = ctypes.c_int()
    slanted = bool(pdfium.FPDFFont_GetItalicAngle(handle, angle)) and -45 <= angle.value <= -4
    return Font(name, bool(flags & FORCE_BOLD or _BOLD.search(name)), bool(flags & ITALIC or slanted or _ITALIC.search(name)), number)


def _name(handle: Any) -> str:
    length = pdfium.FPDFFont_GetBaseFontName(handle, None, 0)
    buffer = ctypes.create_string_buffer(max(1, length))
    pdfium.FPDFFont_GetBaseFontName(handle, buffer, length)
    return buffer.value.decode("utf-8", "replace")


def plain_name(name: str) -> str:
    """A font name without the sign of a subset.

    >>> plain_name("BAAAAA+LiberationSerif-Italic")
    'LiberationSerif-Italic'
    """
    return _SUBSET.sub("", name)
