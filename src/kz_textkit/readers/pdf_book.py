"""The text and the marks of a PDF, put together from its pages one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from kz_textkit.readers.marked_text import MarkedText
from kz_textkit.readers.pdf_characters import Sheet
from kz_textkit.readers.pdf_links import Target
from kz_textkit.readers.pdf_notes import notes_of, references_of
from kz_textkit.readers.pdf_outline import Bookmark, title_lines
from kz_textkit.readers.pdf_pages import Line, PageText

__all__ = ["Book", "Page"]


class Page(NamedTuple):
    """A page as it was read; `sheet` and `text` are None where it could not be."""

    number: int
    """From 1 in the file."""
    label: str
    """What the file calls it, or empty."""
    sheet: Sheet | None
    text: PageText | None
    links: tuple[Target, ...] = ()


class Book:
    """A document under construction; pages are added in order, and what is kept of each is its text and marks."""

    def __init__(self) -> None:
        self.text = MarkedText()
        self.warnings: list[str] = []
        self._sizes = Counter[float]()
        self._tables = 0
        self._pages: dict[int, tuple[int, list[tuple[int, int]]]] = {}
        self._targets: set[int] = set()

    def add(self, page: Page) -> None:
        """Write the text of a page, with its marks."""
        if page.number > 1:
            self.text.end_page()
        if page.sheet is None or page.text is None:
            self.warnings.append(f"page {page.number} can't be read")
            return
        start = self.text.length
        self.text.write(page.text.text)
        value: dict[str, Any] = {"number": page.number, "width": round(page.sheet.width, 1), "height": round(page.sheet.height, 1)}
        if page.label:
            value["label"] = page.label
        self.text.add_mark("page", start, self.text.length, **value)
        self._pages[page.number] = start, [(line.start, line.end) for line in page.text.lines]
        for line in page.text.lines:
            self.text.add_mark("line", start + line.start, start + line.end, **_geometry(line))
            self._sizes[line.size] += line.end - line.start
        self._add_tables(page.text, start)
        self._add_links(page, start, self._add_notes(page, page.text, start))

    def _add_tables(self, text: PageText, at: int) -> None:
        numbers: dict[int, int] = {}
        for row in text.rows:
            if row.table not in numbers:
                numbers[row.table] = self._tables
                self._tables += 1
            place = {"table": numbers[row.table], "row": row.row}
            self.text.add_mark("block", at + row.start, at + row.end, kind="table_row", certain=row.ruled, **place)
            for column, start, end in row.cells:
                self.text.add_mark("block", at + start, at + end, kind="table_cell", certain=row.ruled, column=column, **place)

    def add_headings(self, bookmarks: Iterable[Bookmark]) -> None:
        """Mark the lines that bookmarks name; to be called when all pages are there."""
        text = self.text.text
        taken: set[tuple[int, int]] = set()
        for bookmark in bookmarks:
            at, lines = self._pages.get(bookmark.page, (0, []))
            free = [line for line in lines if (bookmark.page, line[0]) not in taken]
            found = title_lines(bookmark.title, [text[at + start : at + end] for start, end in free])
            if found is not None:
                taken.update((bookmark.page, start) for start, _ in free[found[0] : found[1]])
                start, end = at + free[found[0]][0], at + free[found[1] - 1][1]
                self.text.add_mark("block", start, end, kind="heading", level=bookmark.level, certain=False)

    def add_targets(self) -> None:
        """Mark the pages that links of the file lead to; to be called when all pages are there."""
        for number in sorted(self._targets & self._pages.keys()):
            at = self._pages[number][0]
            self.text.add_mark("anchor", at, at, name=f"page={number}")

    def _add_links(self, page: Page, at: int, references: set[tuple[int, int]]) -> None:
        for link in page.links:
            for start, end in link.stretches:
                if link.url:
                    self.text.add_mark("link", at + start, at + end, url=link.url)
                elif (start, end) not in references:
                    # The marks of notes and the numbers of notes lead to each other: they are anchors.
                    self.text.add_mark("link", at + start, at + end, url=f"#page={link.page}")
                    self._targets.add(link.page)

    def _add_notes(self, page: Page, text: PageText, at: int) -> set[tuple[int, int]]:
        """Marks notes and what refers to them; gives the places of the numbers of both."""
        references = references_of(text)
        notes = notes_of(text, references, max(self._sizes, key=lambda size: self._sizes[size], default=0.0))
        inside = [reference for reference in references if not any(note.start <= reference.start < note.end for note in notes)]
        places: list[tuple[int, int, str]] = [(reference.start, reference.end, reference.label) for reference in inside]
        for note in notes:
            name = f"{page.number}-{note.label}"
            self.text.add_mark("block", at + note.start, at + note.end, kind="note", note=name, certain=False)
            places.append((note.start, note.label_end, note.label))
        for start, end, label in places:
            self.text.add_mark("anchor", at + start, at + end, note=f"{page.number}-{label}", certain=False)
        return {(start, start + len(text.text[start:end].rstrip())) for start, end, _ in places}


def _geometry(line: Line) -> dict[str, Any]:
    value: dict[str, Any] = {name: round(getattr(line, name), 1) for name in ("x0", "y0", "x1", "y1", "size")}
    value |= {"font": line.font, "bold": line.bold, "italic": line.italic, "column": line.column}
    if line.hidden:
        value["hidden"] = True
    if line.angle:
        value["rotated"] = True
    return value
