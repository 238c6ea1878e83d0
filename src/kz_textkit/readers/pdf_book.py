"""The text and the marks of a PDF, put together from its pages one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from kz_textkit.readers.marked_text import MarkedText
from kz_textkit.readers.ocr import INSTALL, LEAST_CONFIDENCE
from kz_textkit.readers.pdf_characters import Sheet
from kz_textkit.readers.pdf_labels import printed_labels
from kz_textkit.readers.pdf_links import Target
from kz_textkit.readers.pdf_notes import notes_of, references_of
from kz_textkit.readers.pdf_outline import Bookmark, title_lines
from kz_textkit.readers.pdf_pages import Line, PageText

__all__ = ["Book", "Page", "pages"]


class Page(NamedTuple):
    """A page as it was read; `text` is None where it could not be, `sheet` where it could not be opened."""

    number: int
    """From 1 in the file."""
    label: str
    """What the file calls it, or empty."""
    sheet: Sheet | None = None
    text: PageText | None = None
    links: tuple[Target, ...] = ()
    hidden: int = 0
    """Letters that were left out."""
    unreadable: bool = False
    """Its fonts don't say what letters they draw."""
    confidence: float | None = None
    """Of its letters, where it was read by OCR."""
    unread: str = ""
    """Why a page that is a picture was not read: `not there`, `not wanted`, `no time`, or what went wrong."""


class Book:
    """A document under construction; pages are added in order, and what is kept of each is its text and marks."""

    def __init__(self) -> None:
        self.text = MarkedText()
        self.by_ocr = False
        """Whether a page was read by OCR."""
        self._said: dict[str, list[int]] = {}
        self._sizes = Counter[float]()
        self._tables = 0
        self._pages: dict[int, tuple[int, list[tuple[int, int]]]] = {}
        self._targets: set[int] = set()
        self._page_marks: list[tuple[int, int, dict[str, Any], str]] = []
        self._edges: dict[int, list[str]] = {}

    def add(self, page: Page) -> None:
        """Write the text of a page, with its marks."""
        if page.number > 1:
            self.text.end_page()
        self._note(page)
        if page.sheet is None or page.text is None:
            return
        start = self.text.length
        self.text.write(page.text.text)
        value: dict[str, Any] = {"number": page.number, "width": round(page.sheet.width, 1), "height": round(page.sheet.height, 1)}
        if page.unreadable and page.confidence is None:
            value["unreadable"] = True
        self._page_marks.append((start, self.text.length, value, page.label))
        self._pages[page.number] = start, [(line.start, line.end) for line in page.text.lines]
        upright = sorted((line for line in page.text.lines if not line.angle), key=lambda line: line.y0)
        self._edges[page.number] = [page.text.text[line.start : line.end] for line in upright[:2] + upright[-2:]]
        for line in page.text.lines:
            self.text.add_mark("line", start + line.start, start + line.end, **_geometry(line))
            self._sizes[line.size] += line.end - line.start
        self._add_tables(page.text, start)
        self._add_links(page, start, self._add_notes(page, page.text, start))

    def warnings(self) -> list[str]:
        """What is to be said of pages, a line for each thing."""
        return [f"{pages(numbers)}: {what}" for what, numbers in self._said.items()]

    def _note(self, page: Page) -> None:
        self.by_ocr |= page.confidence is not None
        for what in _remarks(page):
            self._said.setdefault(what, []).append(page.number)

    def _add_tables(self, text: PageText, at: int) -> None:
        numbers: dict[int, int] = {}
        for row in text.rows:
            if row.table not in numbers:
                numbers[row.table] = self._tables
                self._tables += 1
            place = {"table": numbers[row.table], "row": row.row}
            self.text.add_mark("block", at + row.start, at + row.end, kind="table_row", certain=row.ruled, **place)
            for (_, _, end), (_, start, _) in pairwise(row.cells):
                self.text.add_mark("generated", at + end, at + start, by="cell_separator")
            for column, start, end in row.cells:
                self.text.add_mark("block", at + start, at + end, kind="table_cell", certain=row.ruled, column=column, **place)

    def add_pages(self) -> None:
        """Mark the pages with what they are called; to be called when all pages are there.

        Where the file calls its pages by their place alone, the numbers that are printed on them say more.
        """
        named = any(label and label != str(value["number"]) for _, _, value, label in self._page_marks)
        printed = {} if named else printed_labels(self._edges)
        for start, end, value, label in self._page_marks:
            label = printed.get(value["number"], label)
            named_value = value | {"label": label} if label else value
            self.text.add_mark("page", start, end, **named_value)

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


_UNREAD = {
    "not there": INSTALL,
    "not wanted": "set `ocr = true` in the settings to have it read",
    "no time": "the time for a file was over: allow more `seconds` in the limits of the settings, or cut the file in parts",
}


def _remarks(page: Page) -> Iterator[str]:
    if page.sheet is None:
        yield "can't be read"
    if page.unread:
        because = _UNREAD.get(page.unread, page.unread)
        yield f"a picture without text, which was not read; {because}"
    if page.unreadable and page.confidence is not None:
        yield "read by OCR, because the fonts don't say what letters they draw"
    elif page.unreadable:
        yield f"the fonts don't say what letters they draw; {INSTALL}"
    elif page.confidence is not None:
        yield "read by OCR"
    if page.confidence is not None and page.confidence < LEAST_CONFIDENCE:
        yield "read with little confidence"
    if page.hidden:
        yield "letters that can't be seen were left out"


def pages(numbers: Sequence[int]) -> str:
    """Pages in words, those that follow each other as one.

    >>> pages([3]), pages([1, 2, 3, 7])
    ('page 3', 'pages 1–3, 7')
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
    return f"page{'s' if len(numbers) > 1 else ''} {shown}"


def _geometry(line: Line) -> dict[str, Any]:
    value: dict[str, Any] = {name: round(getattr(line, name), 1) for name in ("x0", "y0", "x1", "y1", "size")}
    if line.confidence is not None:
        return value | {"column": line.column, "confidence": round(line.confidence, 2)}
    value |= {"font": line.font, "bold": line.bold, "italic": line.italic, "column": line.column}
    if line.hidden:
        value["hidden"] = True
    if line.angle:
        value["rotated"] = True
    return value
