"""A page of a PDF as lines in reading order, each with its text, its geometry and the place of every letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from kz_textkit.readers.pdf_characters import Characters, Floats, Integers, Truths
from kz_textkit.readers.pdf_columns import columns_of
from kz_textkit.readers.pdf_directions import reading_order
from kz_textkit.readers.pdf_lines import first_of_runs, fragments_of, gaps_of, rows_of, word_starts
from kz_textkit.readers.pdf_rules import Grid
from kz_textkit.readers.pdf_tables import Printed, from_grid, with_tables

__all__ = ["Line", "PageText", "TableRow", "page_text"]

OVER = 0.6
"""Share of a letter that another one covers which is drawn in its place: the lines of some programs are too tight."""
TAB = 2.0
"""Gap in sizes of the letters from which on a tab is written for it, as for the border of two cells."""
MOST_LINES_OF_CELL = 25
"""Lines of a cell of a table, at most; a frame around a page has more."""


class Line(NamedTuple):
    """A printed line. Its box is as high as capital letters and as deep as descenders of its size, whatever the font says."""

    start: int
    """Offset in the text of the page."""
    end: int
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    """Of most of its letters."""
    font: str
    bold: bool
    italic: bool
    column: int
    hidden: bool
    angle: float
    confidence: float | None = None
    """From 0 to 1 where it was read by OCR, which knows no font."""


class TableRow(NamedTuple):
    """A row of a table: where it stands in the text of the page, and its cells, (column, start, end) each."""

    start: int
    end: int
    table: int
    row: int
    cells: tuple[tuple[int, int, int], ...]
    ruled: bool


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page, a line feed after each line, with the place of each of its characters.

    `x` and `y` are the middle of the character on the shown page, `left` and `right` its edges along the line, `size` its size and
    `rise` its height above the base line in sizes of the line; they are not a number for spaces and line feeds that were put in.
    """

    text: str
    lines: tuple[Line, ...]
    rows: tuple[TableRow, ...]
    x: Floats
    y: Floats
    left: Floats
    right: Floats
    size: Floats
    rise: Floats


def page_text(characters: Characters, grids: Sequence[Grid] = ()) -> PageText:
    """The lines of a page in reading order: text that runs from left to right first, then what is turned, by direction."""
    pieces: list[PageText] = []
    at = 0
    for angle in np.unique(characters.angle).tolist():
        piece = _of_direction(characters.take(characters.angle == angle), angle, at, grids if angle == 0 else ())
        if piece is not None:
            pieces.append(piece)
            at += len(piece.text)
    return PageText(
        "".join(piece.text for piece in pieces),
        tuple(line for piece in pieces for line in piece.lines),
        tuple(row for piece in pieces for row in piece.rows),
        *(
            np.concatenate([np.zeros(0), *(getattr(piece, name) for piece in pieces)])
            for name in ("x", "y", "left", "right", "size", "rise")
        ),
    )


def _of_direction(characters: Characters, angle: float, at: int, grids: Sequence[Grid]) -> PageText | None:
    spaces = characters.is_space
    letters = characters.take(~spaces)
    if not len(letters):
        return None
    space_before = _space_before(spaces)
    tables = _ruled(letters, grids)
    free = np.ones(len(letters), dtype=bool)
    for _, inside, _ in tables:
        free[inside] = False
    outside = np.flatnonzero(free)
    printed = _printed(letters, outside, tables)
    return _assembled(letters, printed, space_before, angle, at)


def _ruled(letters: Characters, grids: Sequence[Grid]) -> list[tuple[Grid, Integers, list[Printed]]]:
    """The grids that are tables, with the letters inside and the rows they make."""
    found: list[tuple[Grid, Integers, list[Printed]]] = []
    x, y = letters.centres() if grids else (np.zeros(0), np.zeros(0))
    for grid in grids:
        inside = np.flatnonzero((x >= grid.x0) & (x < grid.x1) & (y >= grid.y0) & (y < grid.y1))
        rows = from_grid(letters, inside, grid, len(found)) if len(inside) else []
        written = sum(len(part.letters) for row in rows for part in row.parts)
        if len({part.cell for row in rows for part in row.parts}) > 1 and written == len(inside) and not _is_frame(rows):
            found.append((grid, inside, rows))
    return found


def _is_frame(rows: list[Printed]) -> bool:
    # A frame around a page has most of its lines in one cell.
    lines = Counter((row.row, part.cell) for row in rows for part in row.parts)
    return lines.most_common(1)[0][1] > MOST_LINES_OF_CELL


def _printed(letters: Characters, outside: Integers, tables: list[tuple[Grid, Integers, list[Printed]]]) -> list[Printed]:
    """The lines and rows of a page in reading order; a ruled table is one thing on its way through the columns."""
    order, fragments = fragments_of(letters.take(outside))
    places = outside[order]
    ordered = letters.take(places)
    first_table = len(fragments.first)
    fragments = fragments.with_boxes([(grid.x0, grid.y0, grid.x1, grid.y1) for grid, _, _ in tables])
    printed: list[Printed] = []
    number = len(tables)
    for column in columns_of(fragments):
        pending: list[Integers] = []

        def flush(pending: list[Integers] = pending, page_column: int = column.number) -> None:
            nonlocal number
            for row in with_tables(ordered, fragments, pending, page_column, number):
                number = max(number, row.table + 1)
                printed.append(row._replace(parts=tuple(part._replace(letters=places[part.letters]) for part in row.parts)))
            pending.clear()

        for row in rows_of(ordered, fragments, column.members):
            boxes = row[row >= first_table]
            if len(boxes):
                flush()
                for box in boxes.tolist():
                    printed.extend(one._replace(column=column.number) for one in tables[box - first_table][2])
                row = row[row < first_table]
            if len(row):
                pending.append(row)
        flush()
    return printed


def _space_before(spaces: Truths) -> Truths:
    # Of each letter, in the order of the file.
    return np.concatenate(([False], spaces[:-1]))[~spaces]


def _assembled(letters: Characters, printed: list[Printed], space_before: Truths, angle: float, at: int) -> PageText:
    parts = [part for line in printed for part in line.parts]
    lengths = [len(part.letters) for part in parts]
    of_line = np.repeat(np.arange(len(printed)), [len(line.parts) for line in printed])
    part_number = np.repeat(np.arange(len(parts)), lengths)
    places = np.concatenate([part.letters for part in parts])
    places = _drawn_over(letters, places[np.lexsort((places, letters.x0[places], part_number))], part_number)
    letters, row = letters.take(places), of_line[part_number]
    first = first_of_runs(row)
    codes = _written(letters.code)
    # A space before each word, a tab before each cell and after a wide gap, a line feed after each row.
    before = np.where(word_starts(letters, part_number, space_before[places]), ord(" "), -1)
    stretched = np.array([line.stretched for line in printed])[row]
    before[(before > 0) & (gaps_of(letters, part_number) > TAB) & ~stretched] = ord("\t")
    cells = np.array([part.cell for part in parts])[part_number]
    before[1:][cells[1:] != cells[:-1]] = ord("\t")
    before[first] = -1
    order, before = reading_order(codes, before, first_of_runs(part_number))
    codes, letters = codes[order], letters.take(order)
    after = np.full(len(codes), -1)
    after[np.append(first[1:], len(codes)) - 1] = ord("\n")
    woven = np.stack((before, codes, after), axis=1).ravel()
    nothing = np.full(len(codes), -1)
    letter = np.stack((nothing, np.arange(len(codes)), nothing), axis=1).ravel()[woven >= 0]
    woven = woven[woven >= 0]
    most, base, lines = _lines(letters, row, first, np.flatnonzero(woven == ord("\n")), [line.column for line in printed], angle, at)
    x, y = letters.centres()
    size = np.array([style.size for style in letters.styles])[most[row]]
    rise = (base[row] - letters.base) / np.maximum(size, 0.1)
    placed = [np.where(letter >= 0, values[letter], np.nan) for values in (x, y, letters.x0, letters.x1, letters.size, rise)]
    rows = tuple(_table_rows(printed, np.cumsum([0, *lengths]), np.flatnonzero(letter >= 0), at))
    return PageText(woven.astype("<u4").tobytes().decode("utf-32-le"), tuple(lines), rows, *placed)


def _drawn_over(letters: Characters, places: Integers, part: Integers) -> Integers:
    """Letters from left to right, but in the order of the file where one stands over another: where they stand says nothing then."""
    places = places.copy()
    for _ in range(2):
        x0, x1 = letters.x0[places], letters.x1[places]
        over = np.minimum(x1[1:], x1[:-1]) - np.maximum(x0[1:], x0[:-1])
        narrow = np.maximum(np.minimum(x1 - x0, np.roll(x1 - x0, -1))[:-1], 0.1)
        swapped = (over > OVER * narrow) & (places[1:] < places[:-1]) & (part[1:] == part[:-1])
        for at in np.flatnonzero(swapped).tolist():
            places[at], places[at + 1] = places[at + 1], places[at]
    return places


def _table_rows(printed: list[Printed], borders: Integers, offsets: Integers, at: int) -> Iterator[TableRow]:
    number = 0
    for line in printed:
        parts = range(number, number + len(line.parts))
        number += len(line.parts)
        if line.table < 0:
            continue
        cells: dict[int, tuple[int, int]] = {}
        for part, one in zip(parts, line.parts, strict=True):
            start, end = at + int(offsets[borders[part]]), at + int(offsets[borders[part + 1] - 1]) + 1
            cells[one.cell] = (min(start, cells.get(one.cell, (start, end))[0]), end)
        extent = at + int(offsets[borders[parts[0]]]), at + int(offsets[borders[parts[-1] + 1] - 1]) + 1
        yield TableRow(*extent, line.table, line.row, tuple((column, *extent) for column, extent in cells.items()), line.ruled)


def _written(codes: Integers) -> Integers:
    unknown = (codes < 0x20) | ((codes >= 0xD800) & (codes < 0xE000)) | (codes > 0x10FFFF)
    return np.where(unknown, 0xFFFD, codes)


def _lines(
    letters: Characters, row: Integers, first: Integers, ends: Integers, columns: list[int], angle: float, at: int
) -> tuple[Integers, Floats, Iterator[Line]]:
    counts = np.zeros((len(first), len(letters.styles)), dtype=np.int64)
    np.add.at(counts, (row, letters.style), 1)
    most, half = counts.argmax(axis=1), counts.sum(axis=1) / 2
    base = np.maximum.reduceat(np.where(letters.style == most[row], letters.base, -1e9), first)
    flags = np.stack(
        [
            counts @ np.array([getattr(style, name) for style in letters.styles], dtype=np.int64) > half
            for name in ("bold", "italic", "invisible")
        ],
        axis=1,
    ).tolist()
    x0, x1 = np.minimum.reduceat(letters.x0, first), np.maximum.reduceat(letters.x1, first)
    starts = at + np.concatenate(([0], ends[:-1] + 1))

    def lines() -> Iterator[Line]:
        for number in range(len(first)):
            style = letters.styles[int(most[number])]
            low, (bold, italic, hidden) = float(base[number]), flags[number]
            box = _turned_back(float(x0[number]), low - 0.8 * style.size, float(x1[number]), low + 0.22 * style.size, angle)
            extent = int(starts[number]), at + int(ends[number])
            yield Line(*extent, *box, style.size, style.font.name, bold, italic, columns[number], hidden, angle)

    return most, base, lines()


def _turned_back(x0: float, y0: float, x1: float, y1: float, angle: float) -> tuple[float, float, float, float]:
    # The box around a line of turned text on the page as it is shown.
    if angle == 0:
        return x0, y0, x1, y1
    cosine, sine = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    xs = [float(cosine * x - sine * y) for x in (x0, x1) for y in (y0, y1)]
    ys = [float(sine * x + cosine * y) for x in (x0, x1) for y in (y0, y1)]
    return min(xs), min(ys), max(xs), max(ys)
