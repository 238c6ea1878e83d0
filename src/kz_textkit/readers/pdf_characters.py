"""The characters of a page of a PDF as arrays: what each is, where it stands, in which style.

PDFium gives one character a call. Calls through `ctypes` cost a third of a microsecond when they are given plain addresses, so three
are made for each character (origin, box, text object), and what is the same for a whole text object (font, size, direction, way of
drawing) is asked for once. White space that PDFium puts in by its own guess is left out: words are found from the gaps (`pdf_lines`).

Lengths are in points from the upper left corner of the page as it is shown, its rotation and crop applied.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

from kz_textkit.readers.pdf_fonts import Font, Fonts

__all__ = ["Characters", "Sheet", "Style", "characters_of", "plain", "sheet_of"]

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

NOT_DRAWN = (3, 7)
"""Rendering modes of text that is not drawn, or only clips (ISO 32000-1, table 106)."""
STROKED = 2
"""Rendering mode of letters that are filled and stroked, which some programs make bold ones so."""
SPACES = np.array([0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000])
"""Code points of white space that has a width of its own."""
SIZES = (4.0, 60.0)
"""Sizes between which nobody doubts what a file says."""
USUAL_WIDTH = 0.52
"""Width of the usual letter in sizes."""
STRIDE = 5
"""Characters after which the text object is asked for again."""

_IS_SPACE = np.zeros(int(SPACES.max()) + 2, dtype=bool)
_IS_SPACE[SPACES] = True
_ADDRESS = ctypes.c_void_p


def plain(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of PDFium with plain addresses as arguments: objects of `ctypes` would be made for each call otherwise."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, _ADDRESS).value or 0)


_GET_ORIGIN = plain(pdfium.FPDFText_GetCharOrigin, ctypes.c_int, _ADDRESS, ctypes.c_int, _ADDRESS, _ADDRESS)
_GET_BOX = plain(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, _ADDRESS, ctypes.c_int, _ADDRESS)
_GET_SHAPE = plain(pdfium.FPDFText_GetCharBox, ctypes.c_int, _ADDRESS, ctypes.c_int, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS)
_GET_OBJECT = plain(pdfium.FPDFText_GetTextObject, _ADDRESS, _ADDRESS, ctypes.c_int)
_GET_SIZE = plain(pdfium.FPDFText_GetFontSize, ctypes.c_double, _ADDRESS, ctypes.c_int)
_GET_MATRIX = plain(pdfium.FPDFText_GetMatrix, ctypes.c_int, _ADDRESS, ctypes.c_int, _ADDRESS)
_GET_COLOUR = plain(pdfium.FPDFText_GetFillColor, ctypes.c_int, _ADDRESS, ctypes.c_int, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS)
_GET_MODE = plain(pdfium.FPDFTextObj_GetTextRenderMode, ctypes.c_int, _ADDRESS)
_HAS_ERROR = plain(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int, _ADDRESS, ctypes.c_int)
_GET_FONT = plain(pdfium.FPDFTextObj_GetFont, _ADDRESS, _ADDRESS)


class Style(NamedTuple):
    """What the characters of a text object have in common."""

    font: Font
    size: float
    """As it is shown."""
    bold: bool
    italic: bool
    angle: float
    """Direction that the text runs in, in degrees clockwise from left to right, as it is shown."""
    invisible: bool
    """It is not drawn: the letters beneath a scan, or a trick."""
    white: bool


class Sheet(NamedTuple):
    """The size of a page as it is shown, and how its coordinates become those from the upper left corner."""

    width: float
    height: float
    turn: tuple[float, float, float, float, float, float]
    """`x' = a x + c y + e`, `y' = b x + d y + f`."""

    def place(self, x: Any, y: Any) -> tuple[Any, Any]:
        """A point of the file as a point of the shown page."""
        a, b, c, d, e, f = self.turn
        return a * x + c * y + e, b * x + d * y + f


@dataclass(frozen=True, slots=True)
class Characters:
    """The characters of a page in the order of the file, without white space that is not in it.

    All arrays have one entry a character. `x0`, `x1` run along the text and `base` down across it: for text that runs from left to
    right they are the edges and the base line; rotated text (`angle`) is turned upright first.
    """

    code: Integers
    """Unicode code points."""
    x0: Floats
    x1: Floats
    base: Floats
    size: Floats
    style: Integers
    """Number of the style in `styles`."""
    angle: Floats
    """Direction in degrees clockwise: 0 from left to right, 90 downwards."""
    run: Integers
    """Number of the text object."""
    failed: Truths
    """The font does not say what character it is."""
    styles: tuple[Style, ...]

    def __len__(self) -> int:
        return len(self.code)

    def take(self, chosen: Any) -> Characters:
        """The characters at these places, or where this mask is true, in that order."""
        return Characters(
            self.code[chosen],
            self.x0[chosen],
            self.x1[chosen],
            self.base[chosen],
            self.size[chosen],
            self.style[chosen],
            self.angle[chosen],
            self.run[chosen],
            self.failed[chosen],
            self.styles,
        )

    def centres(self) -> tuple[Floats, Floats]:
        """The middle of each on the shown page."""
        radians = np.radians(self.angle)
        along, across = (self.x0 + self.x1) / 2, self.base - 0.3 * self.size
        return np.cos(radians) * along - np.sin(radians) * across, np.sin(radians) * along + np.cos(radians) * across

    @property
    def is_space(self) -> Truths:
        """Whether each is white space."""
        return _IS_SPACE[np.minimum(self.code, len(_IS_SPACE) - 1)]


def sheet_of(page: Any) -> Sheet:
    """The size of a page as it is shown.

    >>> Sheet(595.0, 842.0, (1, 0, 0, -1, 0, 842.0)).place(10.0, 800.0)
    (10.0, 42.0)
    """
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, box):
        box.left, box.bottom, box.right, box.top = 0.0, 0.0, pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    left, bottom, right, top = box.left, box.bottom, box.right, box.top
    width, height = right - left, top - bottom
    turns: tuple[tuple[float, float, float, float, float, float], ...] = (
        (1, 0, 0, -1, -left, top),
        (0, 1, 1, 0, -bottom, -left),
        (-1, 0, 0, 1, right, -bottom),
        (0, -1, -1, 0, top, right),
    )
    rotation = pdfium.FPDFPage_GetRotation(page) % 4
    shown = (height, width) if rotation % 2 else (width, height)
    return Sheet(shown[0], shown[1], turns[rotation])


def characters_of(text_page: Any, sheet: Sheet, fonts: Fonts) -> Characters:
    """The characters of a loaded text page."""
    count = max(0, pdfium.FPDFText_CountChars(text_page))
    origins, boxes = np.zeros((count, 2)), np.zeros((count, 4), dtype=np.float32)
    address = ctypes.cast(text_page, _ADDRESS).value or 0
    objects = _call_for_each(address, count, origins, boxes)
    codes = _codes(text_page, count)
    pointers, first, run = np.unique(objects, return_index=True, return_inverse=True)
    # Numbers in the order of the file.
    order = np.argsort(first, kind="stable")
    run = np.argsort(order, kind="stable")[run]
    places = first[order].tolist()
    styles, of_run = _styles(address, list(zip(pointers[order].tolist(), places, strict=True)), sheet, fonts)
    kept = np.flatnonzero((of_run[run] >= 0) & ~_generated(text_page, codes)) if count else np.zeros(0, dtype=np.int64)
    failed = _failures(address, codes, places, run)
    return _upright(address, _known(text_page, codes, failed), origins, boxes, run, of_run, styles, kept, sheet, failed)


def _call_for_each(text_page: int, count: int, origins: Floats, boxes: Any) -> npt.NDArray[np.uint64]:
    """Fills in the origins and boxes of all characters; gives the addresses of their text objects, 0 for none."""
    at, box_at = origins.ctypes.data, boxes.ctypes.data
    get_origin, get_box, get_object = _GET_ORIGIN, _GET_BOX, _GET_OBJECT
    for index in range(count):
        get_origin(text_page, index, at, at + 8)
        get_box(text_page, index, box_at)
        at += 16
        box_at += 16
    # Characters of one object follow each other: what lies between two of the same one is not asked for.
    objects: list[int] = []
    last = get_object(text_page, 0) or 0 if count else 0
    for start in range(0, count, STRIDE):
        end = min(start + STRIDE, count)
        following = (get_object(text_page, end) or 0) if end < count else 0
        if last == following and last:
            objects += [last] * (end - start)
        else:
            objects += [last, *(get_object(text_page, index) or 0 for index in range(start + 1, end))]
        last = following
    return np.array(objects, dtype=np.uint64)


def _codes(text_page: Any, count: int) -> Integers:
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer) - 1
    codes = np.frombuffer(bytes(buffer), dtype=np.uint16)[:count].astype(np.int64)
    if written != count or ((codes >= 0xD800) & (codes < 0xE000)).any():
        # Characters without text, or beyond the first plane: the two countings differ.
        codes = np.fromiter((pdfium.FPDFText_GetUnicode(text_page, index) for index in range(count)), dtype=np.int64, count=count)
    return codes


def _generated(text_page: Any, codes: Integers) -> Truths:
    result = np.zeros(len(codes), dtype=bool)
    for index in np.flatnonzero((codes == 0x20) | (codes == 0x0D) | (codes == 0x0A)).tolist():
        result[index] = pdfium.FPDFText_IsGenerated(text_page, index) == 1
    return result


def _failures(text_page: int, codes: Integers, first: list[int], run: Integers) -> Truths:
    """Characters that the font does not say the meaning of; those for private use say nothing either."""
    private = (codes >= 0xE000) & (codes < 0xF900)
    control = (codes < 0x20) & (codes != 0x02) | (codes >= 0x7F) & (codes < 0xA0) | (codes == 0xFFFD)
    # PDFium is asked for one character of each text object, and for the others where that is not well.
    bad = np.fromiter((_HAS_ERROR(text_page, index) == 1 for index in first), dtype=bool, count=len(first))
    asked: list[int] = np.flatnonzero(bad[run] | control).tolist() if len(first) else []
    for index in asked:
        private[index] |= _HAS_ERROR(text_page, index) == 1
    return private


def _known(text_page: Any, codes: Integers, failed: Truths) -> Integers:
    # PDFium gives the bare number of a glyph where it knows nothing, and U+0002 or U+FFFE for a hyphen that ends a line.
    hyphens = np.flatnonzero((codes == 0x02) | (codes == 0xFFFE))
    known = np.where(failed & (codes < 0xE000), 0xFFFD, codes)
    for index in hyphens.tolist():
        known[index] = 0x2D if pdfium.FPDFText_IsHyphen(text_page, index) == 1 else 0xFFFD
    return known


def _styles(text_page: int, first: list[tuple[int, int]], sheet: Sheet, fonts: Fonts) -> tuple[tuple[Style, ...], Integers]:
    """The styles of a page, and which of them each text object has (-1: none), asked for at its first character."""
    matrix, colour = (ctypes.c_float * 6)(), (ctypes.c_uint * 4)()
    at, red = ctypes.addressof(matrix), ctypes.addressof(colour)
    numbers: dict[Any, int] = {}
    styles: list[Style] = []
    of_run: list[int] = []
    for pointer, index in first:
        if not pointer:
            of_run.append(-1)
            continue
        coloured = _GET_COLOUR(text_page, index, red, red + 4, red + 8, red + 12)
        known = _GET_MATRIX(text_page, index, at)
        direction = tuple(matrix[:4]) if known else (1.0, 0.0, 0.0, 1.0)
        paint = tuple(colour) if coloured else (0, 0, 0, 255)
        key = (_GET_FONT(pointer), _GET_MODE(pointer), _GET_SIZE(text_page, index), direction, paint)
        number = numbers.get(key)
        if number is None:
            number = numbers[key] = len(styles)
            styles.append(_style(fonts.of_pointer(key[0]), key[1], key[2], direction, paint, sheet))
        of_run.append(number)
    return tuple(styles), np.array(of_run, dtype=np.int64)


def _style(font: Font, mode: int, size: float, matrix: tuple[float, ...], paint: tuple[int, ...], sheet: Sheet) -> Style:
    m_a, m_b, m_c, m_d = matrix
    a, b, c, d, _, _ = sheet.turn
    along = complex(a * m_a + c * m_b, b * m_a + d * m_b) * (-1 if size < 0 else 1)
    return Style(
        font,
        round(abs(size) * abs(m_a * m_d - m_b * m_c) ** 0.5, 2),
        font.bold or mode == STROKED,
        font.italic or (m_b == 0 and 0.1 * abs(m_d) < abs(m_c) < abs(m_d)),
        float(round(np.degrees(np.angle(along)), 1)) % 360,
        mode in NOT_DRAWN,
        mode in (0, 4) and (min(paint[:3]) > 250 or paint[3] == 0),
    )


def _widened(text_page: int, boxes: Any, kept: Integers) -> Any:
    """The boxes, those of the drawn shape for letters whose font gives them no width; where that is seldom they have none (accents)."""
    empty = kept[boxes[kept, 2] - boxes[kept, 0] < 0.01]
    if len(empty) < 0.3 * len(kept) or not len(kept):
        return boxes
    shape = (ctypes.c_double * 4)()
    at = ctypes.addressof(shape)
    for index in empty.tolist():
        if _GET_SHAPE(text_page, index, at, at + 8, at + 16, at + 24):
            boxes[index] = shape[0], shape[2], shape[1], shape[3]
    return boxes


def _upright(
    text_page: int,
    codes: Integers,
    origins: Floats,
    boxes: Any,
    run: Integers,
    of_run: Integers,
    styles: tuple[Style, ...],
    kept: Integers,
    sheet: Sheet,
    failed: Truths,
) -> Characters:
    style = of_run[run[kept]]
    angles = np.array([each.angle for each in styles] or [0.0])[style]
    nearest = np.round(angles / 90) * 90
    slanted = np.abs(angles - nearest) > 3
    radians = np.radians(np.where(slanted, angles, nearest))
    cosine, sine = np.cos(radians), np.sin(radians)
    x, y = sheet.place(origins[kept, 0], origins[kept, 1])
    box = _widened(text_page, boxes, kept)[kept].astype(np.float64)
    corners = [sheet.place(box[:, i], box[:, j]) for i, j in ((0, 1), (0, 3), (2, 1), (2, 3))]
    ends = np.maximum.reduce([cosine * u + sine * v for u, v in corners])
    starts = cosine * x + sine * y
    styles = _with_true_sizes(styles, style, ends - starts)
    size = np.array([each.size for each in styles] or [0.0])[style]
    # The box of a slanted letter says little of its width: the letter goes to where the next one begins.
    following = np.concatenate((starts[1:], starts[-1:]))
    near = np.concatenate((np.diff(run[kept]) == 0, [False])) & (following > starts) & (following < starts + 1.3 * size)
    ends = np.where(slanted, np.where(near, following, starts + 0.6 * size), np.maximum(ends, starts))
    return Characters(
        codes[kept],
        starts,
        ends,
        cosine * y - sine * x,
        size,
        style,
        np.where(slanted, angles, nearest % 360),
        run[kept],
        failed[kept],
        styles,
    )


def _with_true_sizes(styles: tuple[Style, ...], style: Integers, widths: Floats) -> tuple[Style, ...]:
    """Styles whose size the file does not tell (fonts made of drawings have their own scale) with one that their widths tell."""
    result = list(styles)
    for number, one in enumerate(styles):
        if SIZES[0] < one.size < SIZES[1]:
            continue
        own = widths[style == number]
        usual = float(np.median(own)) if len(own) > 2 else 0.0
        if usual > 0 and not 0.08 * one.size < usual < 1.3 * one.size:
            result[number] = one._replace(size=round(usual / USUAL_WIDTH, 1))
    return tuple(result)
