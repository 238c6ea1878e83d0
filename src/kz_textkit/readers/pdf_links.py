"""Links of a page of a PDF: where they lead, and which words they cover.

Annotations of the kind `Link` (ISO 32000-1, 12.5.6.5) give a rectangle, or quadrilaterals where they go over several lines, and an
address, a place in the file, or a place in another file.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

from kz_textkit.readers.pdf_characters import Sheet
from kz_textkit.readers.pdf_pages import PageText

__all__ = ["Target", "links_of"]

MARGIN = 1.0
"""Points around a rectangle that a letter's middle may lie in."""


class Target(NamedTuple):
    """A link: the stretches of the page's text that it covers, and where it leads."""

    stretches: tuple[tuple[int, int], ...]
    url: str
    """An address, or empty."""
    page: int
    """Page of this file that it leads to, from 1, or 0."""
    title: str
    """What the annotation says of itself, or empty."""


Box = tuple[float, float, float, float]


def links_of(document: Any, page: Any, sheet: Sheet, text: PageText) -> Iterator[Target]:
    """The links of a loaded page that lead somewhere and cover letters, in the order of the file."""
    position = ctypes.c_int(0)
    link = pdfium.FPDF_LINK()
    seen: set[tuple[object, ...]] = set()
    while pdfium.FPDFLink_Enumerate(page, position, link):
        url, number = _address(document, link), _page(document, link)
        stretches = tuple(_stretches(text, _boxes(link, sheet)))
        if (url or number) and stretches and (stretches, url, number) not in seen:
            seen.add((stretches, url, number))
            yield Target(stretches, url, number, "")


def _address(document: Any, link: Any) -> str:
    action = pdfium.FPDFLink_GetAction(link)
    if not action:
        return ""
    kind = pdfium.FPDFAction_GetType(action)
    if kind == pdfium.PDFACTION_URI:
        return _string(pdfium.FPDFAction_GetURIPath, document, action)
    if kind in (pdfium.PDFACTION_REMOTEGOTO, pdfium.PDFACTION_LAUNCH):
        return _string(pdfium.FPDFAction_GetFilePath, action)
    return ""


def _string(function: Any, *arguments: Any) -> str:
    length = function(*arguments, None, 0)
    if length <= 1:
        return ""
    buffer = ctypes.create_string_buffer(length)
    function(*arguments, buffer, length)
    return _decoded(buffer.raw[: length - 1])


def _decoded(data: bytes) -> str:
    """An address as text: it should be in ASCII, and programs write UTF-8 and marked UTF-16 too.

    >>> _decoded("https://kk.wikipedia.org/wiki/Наурыз".encode("utf-16"))
    'https://kk.wikipedia.org/wiki/Наурыз'
    """
    codec = "utf-16" if data.startswith((b"\xfe\xff", b"\xff\xfe")) else "utf-8"
    return data.decode(codec, "replace").replace("\0", "").strip()


def _page(document: Any, link: Any) -> int:
    place = pdfium.FPDFLink_GetDest(document, link)
    action = None if place else pdfium.FPDFLink_GetAction(link)
    if action and pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_GOTO:
        place = pdfium.FPDFAction_GetDest(document, action)
    return int(pdfium.FPDFDest_GetDestPageIndex(document, place)) + 1 if place else 0


def _boxes(link: Any, sheet: Sheet) -> list[Box]:
    boxes: list[Box] = []
    for index in range(min(1000, max(0, pdfium.FPDFLink_CountQuadPoints(link)))):
        quad = pdfium.FS_QUADPOINTSF()
        if pdfium.FPDFLink_GetQuadPoints(link, index, quad):
            corners = ((quad.x1, quad.y1), (quad.x2, quad.y2), (quad.x3, quad.y3), (quad.x4, quad.y4))
            boxes.append(_box([sheet.place(x, y) for x, y in corners]))
    if not boxes:
        rect = pdfium.FS_RECTF()
        if pdfium.FPDFLink_GetAnnotRect(link, rect):
            boxes.append(_box([sheet.place(rect.left, rect.bottom), sheet.place(rect.right, rect.top)]))
    return boxes


def _box(corners: list[tuple[float, float]]) -> Box:
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _stretches(text: PageText, boxes: list[Box]) -> Iterator[tuple[int, int]]:
    covered = np.zeros(len(text.text), dtype=bool)
    with np.errstate(invalid="ignore"):
        for x0, y0, x1, y1 in boxes:
            across = (text.x > x0 - MARGIN) & (text.x < x1 + MARGIN)
            covered |= across & (text.y > y0 - MARGIN) & (text.y < y1 + MARGIN)
    places = np.flatnonzero(covered)
    if not len(places):
        return
    # Letters go on over what was put in between them, but not over other letters.
    other = np.cumsum(~covered & ~np.isnan(text.x))
    breaks = np.flatnonzero(np.diff(other[places]) > 0) + 1
    for part in np.split(places, breaks):
        yield int(part[0]), int(part[-1]) + 1
