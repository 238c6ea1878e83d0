"""Ruled lines of a page of a PDF, and the grids that they make: tables whose cells are drawn.

Programs draw a border as a stroked line, as a thin filled rectangle, or as the frame of a cell; all three become edges. Edges that
cross make a grid; between two rows of a grid the cells go from one upright edge to the next, so that merged cells come out as one.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from kz_textkit.readers.pdf_characters import Sheet, plain

__all__ = ["Cell", "Edge", "Grid", "edges_of", "grids_of"]

THIN = 3.0
"""Points up to which a filled rectangle is a line."""
SHORTEST = 6.0
"""Points from which on a line is an edge."""
NEAR = 3.0
"""Points within which edges meet."""
MOST_EDGES = 4000
"""Edges of a page that are looked at; drawings have more."""


_GET_OBJECT = plain(pdfium.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_GET_TYPE = plain(pdfium.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)


class Edge(NamedTuple):
    """A line along one of the axes: `at` across, from `start` to `end` along."""

    upright: bool
    at: float
    start: float
    end: float


class Cell(NamedTuple):
    """A cell of a grid: its row and column from 0, and its box on the shown page."""

    row: int
    column: int
    x0: float
    y0: float
    x1: float
    y1: float


class Grid(NamedTuple):
    """The cells of a ruled table in rows from top to bottom, and the box around them."""

    cells: tuple[Cell, ...]
    x0: float
    y0: float
    x1: float
    y1: float


def edges_of(page: Any, sheet: Sheet) -> list[Edge]:
    """The edges that are drawn on a loaded page."""
    found: list[Edge] = []
    address = ctypes.cast(page, ctypes.c_void_p).value
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        pointer = _GET_OBJECT(address, index)
        if _GET_TYPE(pointer) == pdfium.FPDF_PAGEOBJ_PATH:
            found += _edges_of_path(ctypes.cast(pointer, pdfium.FPDF_PAGEOBJECT), sheet)
            if len(found) > MOST_EDGES:
                return []
    return found


def _edges_of_path(item: Any, sheet: Sheet) -> Iterator[Edge]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return
    (x0, y0), (x1, y1) = sheet.place(left.value, bottom.value), sheet.place(right.value, top.value)
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    if y1 - y0 <= THIN < SHORTEST <= x1 - x0:
        yield Edge(False, (y0 + y1) / 2, x0, x1)
    elif x1 - x0 <= THIN < SHORTEST <= y1 - y0:
        yield Edge(True, (x0 + x1) / 2, y0, y1)
    elif min(x1 - x0, y1 - y0) > THIN:
        yield from _edges_of_outline(item, sheet)


def _edges_of_outline(item: Any, sheet: Sheet) -> Iterator[Edge]:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    count = pdfium.FPDFPath_CountSegments(item)
    if not pdfium.FPDFPath_GetDrawMode(item, mode, stroked) or not stroked.value or not 2 <= count <= MOST_EDGES:
        return
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    last: tuple[float, float] | None = None
    first: tuple[float, float] | None = None
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        px, py = matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f
        point = sheet.place(px, py)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and last is not None:
            yield from _edge(last, point)
        last = point
        if first is not None and pdfium.FPDFPathSegment_GetClose(segment):
            yield from _edge(last, first)
            last = first


def _edge(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Edge]:
    (x0, y0), (x1, y1) = one, other
    if abs(y1 - y0) < 0.5 and abs(x1 - x0) >= SHORTEST:
        yield Edge(False, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
    elif abs(x1 - x0) < 0.5 and abs(y1 - y0) >= SHORTEST:
        yield Edge(True, (x0 + x1) / 2, min(y0, y1), max(y0, y1))


def grids_of(edges: Sequence[Edge]) -> list[Grid]:
    """The grids of at least two columns that edges make, from top to bottom.

    >>> frame = [Edge(False, y, 0, 100) for y in (0, 20, 40)] + [Edge(True, x, 0, 40) for x in (0, 50, 100)]
    >>> [(cell.row, cell.column) for cell in grids_of(frame)[0].cells]
    [(0, 0), (0, 1), (1, 0), (1, 1)]
    """
    merged = _merged([edge for edge in edges if edge.upright]) + _merged([edge for edge in edges if not edge.upright])
    grids = [grid for group in _crossing(merged) if (grid := _grid(group)) is not None]
    return sorted(grids, key=lambda grid: (grid.y0, grid.x0))


def _merged(edges: list[Edge]) -> list[Edge]:
    """Edges on one line that touch, put together."""
    result: list[Edge] = []
    lines: list[list[Edge]] = []
    for edge in sorted(edges, key=lambda edge: edge.at):
        if lines and edge.at - lines[-1][0].at <= NEAR:
            lines[-1].append(edge)
        else:
            lines.append([edge])
    for line in lines:
        line.sort(key=lambda edge: edge.start)
        at, start, end = line[0].at, line[0].start, line[0].end
        for edge in line[1:]:
            if edge.start > end + NEAR:
                result.append(Edge(edge.upright, at, start, end))
                at, start = edge.at, edge.start
            end = max(end, edge.end) if edge.start <= end + NEAR else edge.end
        result.append(Edge(line[0].upright, at, start, end))
    return result


def _crossing(edges: list[Edge]) -> list[list[Edge]]:
    parent = list(range(len(edges)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    upright = [i for i, edge in enumerate(edges) if edge.upright]
    level = [i for i, edge in enumerate(edges) if not edge.upright]
    if len(upright) * len(level) > 200_000:
        return []
    for i in upright:
        for j in level:
            if _meet(edges[i], edges[j]):
                parent[root(i)] = root(j)
    groups: dict[int, list[Edge]] = {}
    for i, edge in enumerate(edges):
        groups.setdefault(root(i), []).append(edge)
    return list(groups.values())


def _meet(one: Edge, other: Edge) -> bool:
    inside = other.start - NEAR <= one.at <= other.end + NEAR
    return inside and one.start - NEAR <= other.at <= one.end + NEAR


def _grid(edges: list[Edge]) -> Grid | None:
    upright, level = [edge for edge in edges if edge.upright], [edge for edge in edges if not edge.upright]
    xs, ys = _places(upright), _places(level)
    if len(xs) < 3 or len(ys) < 2:
        return None
    down = [[(edge.start, edge.end) for edge in upright if abs(edge.at - x) <= NEAR] for x in xs]
    along = [[(edge.start, edge.end) for edge in level if abs(edge.at - y) <= NEAR] for y in ys]
    cells: dict[tuple[int, int, int], Cell] = {}
    above: dict[tuple[int, int], Cell] = {}
    for row, (y0, y1) in enumerate(pairwise(ys)):
        borders = [i for i in range(len(xs)) if _reaches(down[i], (y0 + y1) / 2)]
        here: dict[tuple[int, int], Cell] = {}
        for left, right in pairwise(borders):
            x0, x1 = xs[left], xs[right]
            over = above.get((left, right))
            closed = _reaches(along[row], (x0 + x1) / 2)
            cell = over._replace(y1=y1) if over is not None and not closed else Cell(row, left, x0, y0, x1, y1)
            cells[cell.row, left, right] = here[left, right] = cell
        above = here
    if max((cell.column for cell in cells.values()), default=0) < 1:
        return None
    return Grid(tuple(sorted(cells.values())), xs[0], ys[0], xs[-1], ys[-1])


def _reaches(stretches: list[tuple[float, float]], place: float) -> bool:
    return any(start <= place <= end for start, end in stretches)


def _places(edges: list[Edge]) -> list[float]:
    places: list[float] = []
    for at in sorted(edge.at for edge in edges):
        if not places or at - places[-1] > NEAR:
            places.append(at)
    return places
