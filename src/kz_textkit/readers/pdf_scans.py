"""Pages of a PDF that are pictures: telling them, drawing them, and what OCR reads on them as a page with its lines."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from kz_textkit.readers.ocr import OcrPage, recognise
from kz_textkit.readers.pdf_characters import Characters, Sheet
from kz_textkit.readers.pdf_hidden import Picture
from kz_textkit.readers.pdf_pages import Line, PageText

__all__ = ["drawn", "is_picture", "is_unreadable", "read_page"]

DPI = 300
MOST_POINTS = 40_000_000
"""Points of a drawn page, at most."""
COVERED = 0.3
"""Share of the page that its pictures cover, at least, where it is a scan."""
FEWEST_LETTERS = 12
"""Letters of a page that is no scan, at least; scans may bear a stamp."""
DRAWN_LETTERS = 200
"""Drawn shapes from which on a page without text has its letters drawn."""
FAILED = 0.15
"""Share of letters without a meaning from which on a page is unreadable."""
VOWELS = np.array([ord(c) for c in "аәеёиоөуұүыіэюяіaeiouyäöüıАӘЕЁИОӨУҰҮЫІЭЮЯAEIOUYÄÖÜİ"])
FEWEST_VOWELS = 0.15
"""Share of vowels among letters, in any language that is written with them."""


def is_unreadable(characters: Characters) -> bool:
    """Whether the letters of a page can't be known from its fonts.

    Either the fonts say so, or what they say is no language: next to no vowels. Text that was decoded by the wrong table of letters
    (`Ìåêòåï`) is not meant: repair mends it.
    """
    letters = characters.code[~characters.is_space]
    if len(letters) < FEWEST_LETTERS:
        return False
    if characters.failed.sum() > FAILED * len(letters):
        return True
    alphabetic = (letters > 0x40) & (letters < 0x530) & ~((letters > 0x5A) & (letters < 0x61)) & ~((letters > 0x7A) & (letters < 0x100))
    western = ((letters >= 0xA0) & (letters < 0x100)).sum()
    if alphabetic.sum() < 200 or western > 0.2 * len(letters):
        return False
    return bool(np.isin(letters[alphabetic], VOWELS).mean() < FEWEST_VOWELS)


def is_picture(page: Any, sheet: Sheet, characters: Characters) -> bool:
    """Whether a page without text, or nearly so, shows something that may be text."""
    if (~characters.is_space).sum() >= FEWEST_LETTERS:
        return False
    area, shapes = 0.0, 0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(min(pdfium.FPDFPage_CountObjects(page), 5000)):
        item = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        shapes += kind == pdfium.FPDF_PAGEOBJ_PATH
        if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM) and pdfium.FPDFPageObj_GetBounds(
            item, left, bottom, right, top
        ):
            area += max(0.0, right.value - left.value) * max(0.0, top.value - bottom.value)
    return area >= COVERED * sheet.width * sheet.height or shapes >= DRAWN_LETTERS


def drawn(page: Any, sheet: Sheet, dpi: float = 72) -> Picture:
    """A loaded page as grey points."""
    scale = min(dpi / 72, (MOST_POINTS / max(1.0, sheet.width * sheet.height)) ** 0.5)
    width, height = max(1, round(sheet.width * scale)), max(1, round(sheet.height * scale))
    bitmap = pdfium.FPDFBitmap_Create(width, height, 0)
    if not bitmap:
        return np.full((1, 1), 255, dtype=np.uint8)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        buffer = ctypes.cast(pdfium.FPDFBitmap_GetBuffer(bitmap), ctypes.POINTER(ctypes.c_ubyte * (stride * height)))
        points = np.frombuffer(buffer.contents, dtype=np.uint8).reshape(height, stride)[:, : 4 * width].reshape(height, width, 4)
        # Blue, green, red; the weights of the eye (ITU-R BT.601).
        grey = (
            points[:, :, 0].astype(np.uint16) * 29 + points[:, :, 1].astype(np.uint16) * 150 + points[:, :, 2].astype(np.uint16) * 77
        ) >> 8
        return grey.astype(np.uint8)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def read_page(page: Any, sheet: Sheet, seconds: float) -> tuple[PageText, float]:
    """A loaded page as OCR reads it, with the confidence of its letters from 0 to 1. Raises `OcrError`."""
    picture = drawn(page, sheet, DPI)
    height, width = picture.shape
    dpi = max(70, round(72 * width / max(1.0, sheet.width)))
    pages = recognise(b"P5 %d %d 255\n" % (width, height) + picture.tobytes(), seconds, dpi=dpi)
    read = pages[0] if pages else OcrPage(sheet.width, sheet.height, ())
    return _page_text(read), read.confidence


def _page_text(page: OcrPage) -> PageText:
    text: list[str] = []
    lines: list[Line] = []
    boxes: list[tuple[float, float, float, float, float]] = []
    nowhere = (float("nan"),) * 5
    at = 0
    for line in page.lines:
        start = at
        for number, word in enumerate(line.words):
            if number:
                text.append(" ")
                boxes.append(nowhere)
            for letter in word:
                text.append(letter.text)
                boxes += [(letter.x0, letter.y0, letter.x1, letter.y1, line.size)] * len(letter.text)
        at = len(boxes)
        lines.append(Line(start, at, line.x0, line.y0, line.x1, line.y1, line.size, "", False, False, 0, False, 0.0, line.confidence))
        text.append("\n")
        boxes.append(nowhere)
        at += 1
    x0, y0, x1, y1, size = np.array(boxes).reshape(-1, 5).T
    return PageText("".join(text), tuple(lines), (), (x0 + x1) / 2, (y0 + y1) / 2, x0, x1, size, 0 * size)
