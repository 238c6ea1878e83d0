"""Tables of a page of a PDF: rows whose words stand in columns, and what is written in the cells of a grid.

A table without rules is told by several rows one under the other that are parted at the same places. Rows of a table of contents, a
title and a page number each, and items of a list, a label and a text each, are parted too and are none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from kz_textkit.readers.pdf_characters import Characters, Floats, Integers, Truths
from kz_textkit.readers.pdf_lines import Fragments, fragments_of, rows_of
from kz_textkit.readers.pdf_rules import Grid

__all__ = ["Part", "Printed", "from_grid", "with_tables"]

GAP = 1.2
"""Gap between two cells, in sizes of the letters, at least."""
FEWEST_ROWS = 3
"""Rows of a table without rules, at least."""
NEXT = 2.6
"""Distance of the base lines of two rows of one table, in sizes of the letters, at most."""

_LABEL = re.compile(r"(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[^\W\d_]|[ivxlcІVXLC]+)[.)]?|[•·▪●○◦–—\-*])")
_NUMBER = re.compile(r"\d{1,4}")


class Part(NamedTuple):
    """Letters that are written from left to right without a break: a line, or a line of a cell."""

    letters: Integers
    """Places of the letters, in any order."""
    cell: int = -1
    """Column of the table, or -1."""


class Printed(NamedTuple):
    """A line of text to be: a printed line, or a row of a table, cell after cell."""

    parts: tuple[Part, ...]
    column: int
    """Column of the page."""
    table: int = -1
    """Number of the table on the page, or -1."""
    row: int = -1
    ruled: bool = False
    stretched: bool = False
    """Its gaps are wide because the line is stretched to the margin."""


def from_grid(letters: Characters, chosen: Integers, grid: Grid, number: int) -> list[Printed]:
    """The rows of a ruled table, `chosen` being the places of the letters inside it."""
    x, y = letters.centres()
    x, y = x[chosen], y[chosen]
    rows: dict[int, list[Part]] = {}
    for cell in grid.cells:
        inside = chosen[(x >= cell.x0) & (x < cell.x1) & (y >= cell.y0) & (y < cell.y1)]
        if len(inside):
            order, fragments = fragments_of(letters.take(inside))
            for row in rows_of(letters.take(inside[order]), fragments, np.arange(len(fragments.first))):
                places = np.concatenate([order[fragments.first[one] : fragments.last[one]] for one in row])
                rows.setdefault(cell.row, []).append(Part(inside[places], cell.column))
    return [Printed(tuple(parts), 0, number, row, True) for row, (_, parts) in enumerate(sorted(rows.items()))]


class _Cell(NamedTuple):
    fragments: list[int]
    x0: float
    x1: float


def with_tables(letters: Characters, fragments: Fragments, rows: list[Integers], column: int, number: int) -> list[Printed]:
    """The rows of a column of the page as they will be written; `number` is that of its first table."""
    ends = np.array([fragments.x1[row].max() for row in rows])
    margin = float(ends.max()) if rows else 0.0
    at_margin = ends > margin - 0.15 * (float(np.median(fragments.size)) if rows else 0.0)
    # Lines of justified text are stretched to the margin; their gaps are no borders of cells.
    stretched = at_margin if at_margin.sum() >= max(4, 0.5 * len(rows)) else at_margin & _even(fragments, rows)
    split = [_cells(letters, fragments, row, bool(full)) for row, full in zip(rows, stretched, strict=True)]
    base = [float(fragments.base[row].max()) for row in rows]
    size = [float(fragments.size[row].max()) for row in rows]
    printed: list[Printed] = []
    at = 0
    while at < len(rows):
        end = _table_end(letters, fragments, split, base, size, margin, at)
        if end > at:
            printed += _table(fragments, split[at:end], column, number)
            number += 1
            at = end
        else:
            parts = (Part(_letters(fragments, rows[at].tolist())),)
            printed.append(Printed(parts, column, stretched=bool(stretched[at])))
            at += 1
    return printed


def _even(fragments: Fragments, rows: list[Integers]) -> Truths:
    """Whether a row has several gaps that are alike."""
    result = np.zeros(len(rows), dtype=bool)
    for number, row in enumerate(rows):
        gaps = fragments.x0[row][1:] - np.maximum.accumulate(fragments.x1[row])[:-1]
        result[number] = len(gaps) > 2 and float(gaps.max()) < 1.3 * float(gaps.min())
    return result


def _letters(fragments: Fragments, chosen: list[int]) -> Integers:
    return np.concatenate([np.arange(fragments.first[one], fragments.last[one]) for one in chosen])


def _cells(letters: Characters, fragments: Fragments, row: Integers, stretched: bool) -> list[_Cell]:
    """A row cut at its wide gaps; one that is stretched and the label of an item are not cut."""
    order = row.tolist()
    x0, x1 = fragments.x0[row].tolist(), fragments.x1[row].tolist()
    size = float(fragments.size[row].max())
    reach, gaps = x1[0], []
    for place in range(1, len(order)):
        gaps.append(x0[place] - reach)
        reach = max(reach, x1[place])
    wide = [place + 1 for place, gap in enumerate(gaps) if gap > GAP * size]
    if stretched:
        wide = []
    cells = [
        _Cell(order[first:last], x0[first], max(x1[first:last])) for first, last in zip([0, *wide], [*wide, len(order)], strict=True)
    ]
    if len(cells) == 2 and cells[1].x0 - cells[0].x1 < 3 * size and _LABEL.fullmatch(_text(letters, fragments, cells[0])):
        return [_Cell(order, x0[0], reach)]
    return cells


def _text(letters: Characters, fragments: Fragments, cell: _Cell) -> str:
    return "".join(chr(code) for one in cell.fragments for code in letters.code[fragments.first[one] : fragments.last[one]].tolist())


def _table_end(
    letters: Characters,
    fragments: Fragments,
    split: list[list[_Cell]],
    base: list[float],
    size: list[float],
    margin: float,
    at: int,
) -> int:
    """The row after the last of a table that begins at row `at`, or `at`."""
    if len(split[at]) < 2:
        return at
    bands: list[tuple[float, float]] = []
    end, parted, last_parted = at, 0, at
    while end < len(split):
        if end > at and base[end] - base[end - 1] > NEXT * max(size[end], size[end - 1]):
            break
        merged = _with(bands, split[end])
        if len(merged) < 2 or (bands and len(split[end]) == 1 and len(merged) < len(bands)):
            break
        bands = merged
        if len(split[end]) > 1:
            parted, last_parted = parted + 1, end
        elif end - last_parted > 3:
            break
        end += 1
    # A line after the last parted row belongs to it if it stands in one of its inner columns.
    while end - 1 > last_parted and split[end - 1][0].x0 < bands[1][0]:
        end -= 1
    table = split[at:end]
    if parted < FEWEST_ROWS or parted < 0.6 * len(table) or _is_contents(letters, fragments, table):
        return at
    return end if _is_aligned(table, bands, max(size[at:end]), margin) else at


def _is_aligned(table: list[list[_Cell]], bands: list[tuple[float, float]], size: float, margin: float) -> bool:
    """Whether the cells of each column but the first begin, end or have their middle at one place; the margin is no such place."""
    for band in bands[1:]:
        cells = [cell for row in table for cell in row if band[0] - 1 <= cell.x0 <= band[1]]
        places = [[cell.x0 for cell in cells], [(cell.x0 + cell.x1) / 2 for cell in cells]]
        if len(bands) > 2 or band[1] < margin - size:
            places.append([cell.x1 for cell in cells])
        if not any(np.mean(np.abs(np.array(one) - np.median(one)) < 0.3 * size) >= 0.7 for one in places):
            return False
    return True


def _with(bands: list[tuple[float, float]], cells: list[_Cell]) -> list[tuple[float, float]]:
    """The columns that are left when a row is laid over those above it."""
    spans = sorted([*bands, *((cell.x0, cell.x1) for cell in cells)])
    merged = [spans[0]]
    for x0, x1 in spans[1:]:
        if x0 < merged[-1][1] + 2:
            merged[-1] = (merged[-1][0], max(x1, merged[-1][1]))
        else:
            merged.append((x0, x1))
    return merged


def _is_contents(letters: Characters, fragments: Fragments, table: list[list[_Cell]]) -> bool:
    last = [_text(letters, fragments, row[-1]) for row in table if len(row) == 2]
    numbers = [int(text) for text in last if _NUMBER.fullmatch(text)]
    return len(numbers) > 0.8 * len(table) and numbers == sorted(numbers)


def _table(fragments: Fragments, split: list[list[_Cell]], column: int, number: int) -> list[Printed]:
    bands: list[tuple[float, float]] = []
    for cells in split:
        bands = _with(bands, cells)
    starts: Floats = np.array([band[0] for band in bands])
    rows: list[list[Part]] = []
    for cells in split:
        parts = [Part(_letters(fragments, cell.fragments), int(np.searchsorted(starts, cell.x0 + 0.1) - 1)) for cell in cells]
        if rows and parts[0].cell > 0 and len(parts) < len(rows[-1]) and len(parts) < len(bands):
            rows[-1] += parts
        else:
            rows.append(parts)
    ordered = [tuple(sorted(parts, key=lambda part: part.cell)) for parts in rows]
    return [Printed(parts, column, number, row) for row, parts in enumerate(ordered)]
