"""Blocks on their way from a reader to the text: paragraphs, headings, rows of tables, each written as a line with its marks.

A reader that walks a tree makes a `Piece` of whatever is one thing on the page, and gives it to a `BlockWriter`, which numbers, cuts at
line breaks where those part things, and marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kz_textkit.document import Mark
from kz_textkit.errors import InputError
from kz_textkit.readers.inline import Content, Inline
from kz_textkit.readers.line_breaks import cut_lines
from kz_textkit.readers.marked_text import ordered

__all__ = ["BlockWriter", "Cell", "Piece", "refuse_cells", "row"]

LONG_CELL = 300
"""Characters from which a cell of several paragraphs is a place on the page more than a cell: its paragraphs stay such."""

MOST_CELLS = 100_000
"""Cells of tables beyond which a file is data and no document."""


def refuse_cells(count: int, source: str) -> None:
    """Raise `InputError` where a file has more cells of tables than a document."""
    if count > MOST_CELLS:
        raise InputError(
            source, f"it has {count:,} cells in tables, and more than {MOST_CELLS:,} are not read", "save them as .csv or .xlsx"
        )


@dataclass(slots=True)
class Piece:
    """One thing on the page: its text and what the format says of it (the value of its `block` mark)."""

    content: Content
    value: dict[str, Any]

    @property
    def kind(self) -> str:
        """Its kind, or an empty string where the format leaves that open."""
        return str(self.value.get("kind", ""))


@dataclass(slots=True)
class Cell:
    """A cell of a table."""

    column: int
    pieces: list[Piece] = field(default_factory=list)

    @property
    def is_long(self) -> bool:
        """Whether it holds several paragraphs of running text."""
        filled = [piece for piece in self.pieces if piece.content.text]
        return len(filled) > 1 and sum(len(piece.content.text) for piece in filled) > LONG_CELL


class BlockWriter:
    """Writes pieces one after the other.

    >>> writer = BlockWriter()
    >>> writer.begin_part("word/document.xml")
    >>> writer.write(Piece(Content("Кіріспе"), {"kind": "heading", "level": 1}))
    >>> text, marks = writer.finish()
    >>> text, [(mark.kind, mark.value) for mark in marks][1]
    ('Кіріспе\\n', ('block', {'kind': 'heading', 'level': 1, 'paragraph': 1}))
    """

    def __init__(self) -> None:
        self.tables = 0
        """Tables that were begun: the number of the next one."""
        self._texts: list[str] = []
        self._marks: list[Mark] = []
        self._length = 0
        self._part, self._part_start, self._paragraph = "", 0, 0

    def begin_part(self, name: str) -> None:
        """What comes now stands in this part of the file; paragraphs are counted anew."""
        self._end_part()
        self._part, self._part_start, self._paragraph = name, self._length, 0

    def finish(self) -> tuple[str, tuple[Mark, ...]]:
        """The text and its marks, when all is written."""
        self._end_part()
        return "".join(self._texts), ordered(self._marks)

    def write(self, piece: Piece) -> None:
        """Write a piece on lines of its own; nothing where it is empty."""
        self._paragraph += 1
        text, start = piece.content.text, self._length
        if text:
            self._texts += (text, "\n")
            self._length += len(text) + 1
            value, stretches = piece.value | {"paragraph": self._paragraph}, [(0, len(text))]
            if "\n" in text:
                kind, stretches = _cut(piece)
                value |= {"kind": kind} if kind else {}
            self._marks += [Mark(start + first, start + last, "block", value) for first, last in stretches]
        self._marks += [
            Mark(start + m.start, start + m.end, m.kind, m.value) for m in piece.content.marks if text or m.kind == "anchor"
        ]

    def write_all(self, pieces: Iterable[Piece]) -> None:
        """Write pieces in order."""
        for piece in pieces:
            self.write(piece)

    def _end_part(self) -> None:
        if self._part and self._length > self._part_start:
            self._marks.append(Mark(self._part_start, self._length, "page", {"part": self._part}))


def _cut(piece: Piece) -> tuple[str, list[tuple[int, int]]]:
    """The kind and the stretches of the blocks that a piece with line breaks is."""
    text = piece.content.text
    if piece.kind not in ("", "paragraph", "note") or piece.value.get("caption"):
        return piece.kind, [(0, len(text))]
    kind, stretches = cut_lines(text)
    return (kind if kind == "verse" and piece.kind != "note" else piece.kind), stretches


def row(cells: list[Cell], table: int, number: int, *, is_frame: bool = False) -> Iterator[Piece]:
    """The pieces of a row of a table: one line, its cells parted by tabs; or, where a cell holds several long paragraphs, those.

    With `is_frame`, the table has one column: it is a frame around paragraphs.

    >>> def cell(column, text):
    ...     return Cell(column, [Piece(Content(text), {"kind": "paragraph"})])
    >>> [piece] = row([cell(0, "Жыл"), cell(1, "Халық саны")], 0, 0)
    >>> piece.content.text, [mark.value["kind"] for mark in piece.content.marks if mark.kind == "block"]
    ('Жыл\\tХалық саны', ['table_cell', 'table_cell'])
    """
    if is_frame or any(cell.is_long for cell in cells):
        for cell in cells:
            if is_frame or cell.is_long:
                for piece in cell.pieces:
                    yield Piece(piece.content, {"table": table, "row": number, "column": cell.column} | piece.value)
            else:
                yield from _line_of([cell], table, number)
        return
    yield from _line_of(cells, table, number)


def _line_of(cells: list[Cell], table: int, number: int) -> Iterator[Piece]:
    """Cells in one line, and after it what can't be in it."""
    line = Inline(preformatted=True)
    apart: list[Piece] = []
    for place, cell in enumerate(cells):
        if place:
            line.generated("\t", by="cell_separator")
        start = line.length
        first = True
        for piece in cell.pieces:
            # Notes and rows of tables inside come after the row.
            if piece.kind in ("note", "table_row") and not piece.value.get("caption"):
                apart.append(piece)
                continue
            if not first and piece.content.text:
                line.generated(" ", by="paragraph_separator")
            if piece.content.text or piece.content.marks:
                line.extend(Content(piece.content.text.replace("\t", " ").replace("\n", " "), piece.content.marks))
                first = first and not piece.content.text
        if line.length > start:
            line.mark(start, "block", kind="table_cell", table=table, row=number, column=cell.column)
    text = "".join(line.pieces)
    if text.strip():
        yield Piece(Content(text, tuple(line.marks)), {"kind": "table_row", "table": table, "row": number})
    yield from apart
