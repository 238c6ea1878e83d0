"""OpenDocument texts (ODT, and FODT, the same in one XML file): headings, lists, notes, tables, links; tracked deletions are left out.

After OASIS OpenDocument 1.3. White space counts as in HTML; annotations, hidden text and deletions are no part of the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers.blocks import BlockWriter, Cell, Piece, refuse_cells, row
from kz_textkit.readers.css import Look
from kz_textkit.readers.files import read_file
from kz_textkit.readers.inline import Inline
from kz_textkit.readers.looks import Looks
from kz_textkit.readers.marked_text import extracted
from kz_textkit.readers.odf_styles import OFFICE, STYLE, TEXT, ListLevel, OdfStyle, OdfStyles, label
from kz_textkit.readers.packages import Package
from kz_textkit.readers.xml_parts import parse_xml
from kz_textkit.settings import Settings

__all__ = ["document_of", "read"]

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"
META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
MATH = "{http://www.w3.org/1998/Math/MathML}"
MANIFEST = "META-INF/manifest.xml"
MOST_REPEATED = 100
"""Times that a cell or space is repeated at most; spreadsheets fill their rest so."""

_METADATA = {
    DC + "title": "title",
    META + "initial-creator": "author",
    DC + "creator": "author",
    META + "creation-date": "date",
    DC + "date": "date",
    DC + "language": "language",
    DC + "subject": "subject",
    DC + "description": "description",
    META + "keyword": "keywords",
}
_LEFT_OUT = frozenset(
    (
        *(
            TEXT + name
            for name in ("tracked-changes", "hidden-text", "hidden-paragraph", "note-citation", "ruby-text", "sequence-decls")
        ),
        *(OFFICE + name for name in ("annotation", "annotation-end", "forms", "scripts")),
        *(TEXT + name for name in ("variable-decls", "user-field-decls", "table-of-content-source", "alphabetical-index-source")),
    )
)
_INDEXES = frozenset(TEXT + name for name in ("table-of-content", "illustration-index", "table-index", "user-index", "object-index"))
_ROWS_IN = frozenset(TABLE + name for name in ("table-header-rows", "table-rows", "table-row-group"))


def read(path: Path, settings: Settings) -> RawDocument:
    """The text of an OpenDocument text with its marks.

    Raises `InputError` where it is damaged, locked, too large, or no OpenDocument text.
    """
    return document_of(read_file(path, settings.limits), path, settings)


def document_of(
    data: bytes,
    path: Path,
    settings: Settings,
    *,
    whole: bytes | None = None,
    format: str = "odt",
    extractor: str = "lxml",
    version: str = etree.__version__,
) -> RawDocument:
    """The document of an OpenDocument text that was made of the file at `path`, whose bytes are `whole`; raises as `read` does."""
    if data.startswith(b"PK"):
        with Package(path, settings.limits, data=data) as package:
            if MANIFEST in package and b"encryption-data" in package.read(MANIFEST):
                raise InputError(str(path), "it is locked by a password", "save it without one")
            names = [name for name in ("content.xml", "styles.xml", "meta.xml") if name in package]
            parts = {name: parse_xml(package.read(name), str(path), name) for name in names}
            objects = [name for name in package.names if name.startswith("Object") and name.endswith("/content.xml")]
            formulas = {name.rpartition("/")[0]: package.read(name) for name in objects}
    else:
        parts, formulas = {"content.xml": parse_xml(data, str(path))}, {}
    if "content.xml" in parts:
        refuse_cells(sum(1 for _ in parts["content.xml"].iter(TABLE + "table-cell")), str(path))
    else:
        raise InputError(str(path), "it is no OpenDocument text", "save it as .odt")
    reader = _Reader(parts, {name: _formula(part, str(path)) for name, part in formulas.items()})
    if not reader.body(parts["content.xml"]):
        raise InputError(str(path), "it is no OpenDocument text", "save it as .odt")
    reader.furniture(parts.get("styles.xml", parts["content.xml"]))
    text, marks = reader.writer.finish()
    return extracted(
        path,
        data if whole is None else whole,
        text,
        marks,
        format=format,
        extractor=extractor,
        version=version,
        metadata=_metadata(parts.get("meta.xml", parts["content.xml"])),
    )


def _metadata(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iterfind(f".//{OFFICE}meta/*"):
        key = _METADATA.get(element.tag)
        if key and element.text and element.text.strip():
            found.setdefault(key, " ".join(element.text.split()))
    return found


def _formula(data: bytes, source: str) -> str:
    """A formula as LibreOffice writes it in a line (StarMath), or as the text of its MathML."""
    root = parse_xml(data, source, "a formula")
    written = root.find(f".//{MATH}annotation")
    text = written.text if written is not None and written.text else "".join(root.itertext()) if root.tag.startswith(MATH) else ""
    return " ".join(text.split())


class _Reader:
    def __init__(self, parts: dict[str, etree._Element], formulas: dict[str, str]) -> None:
        self.writer = BlockWriter()
        self.styles = OdfStyles()
        for name in ("styles.xml", "content.xml"):
            if name in parts:
                self.styles.add(parts[name])
        self.formulas = formulas
        self.tables = 0
        self.headings: dict[int, int] = {}
        self.counts: dict[str, dict[int, int]] = {}
        """How far lists are counted, by name of the list and of its style."""

    def body(self, root: etree._Element) -> bool:
        """Write the text; False where there is none of this kind."""
        body = root.find(f".//{OFFICE}body/{OFFICE}text")
        if body is None:
            return False
        self.writer.begin_part("content.xml")
        self.writer.write_all(self._blocks(body))
        return True

    def furniture(self, root: etree._Element) -> None:
        """Write what stands at head and foot of pages."""
        self.writer.begin_part("styles.xml")
        seen: set[str] = set()
        for element in root.iter(STYLE + "header", STYLE + "footer", STYLE + "header-left", STYLE + "footer-left"):
            has_number = element.find(f".//{TEXT}page-number") is not None
            for piece in self._blocks(element):
                if piece.content.text not in seen:
                    seen.add(piece.content.text)
                    is_number = has_number and not any(c.isalpha() for c in piece.content.text)
                    self.writer.write(Piece(piece.content, {"kind": "page_number" if is_number else "running_head"}))

    def _blocks(self, parent: etree._Element) -> Iterator[Piece]:
        for element in parent:
            yield from self._block(element)

    def _block(self, element: etree._Element) -> Iterator[Piece]:
        tag = element.tag
        if tag == TEXT + "p":
            yield from self._paragraph(element, None)
        elif tag == TEXT + "h":
            yield from self._heading(element)
        elif tag == TEXT + "list":
            yield from self._list(element, None, 1, "")
        elif tag == TABLE + "table":
            yield from self._table(element)
        elif tag in _INDEXES:
            yield from self._index(element)
        elif tag not in _LEFT_OUT:
            # Sections, frames, text boxes, groups of drawings.
            yield from self._blocks(element)

    def _index(self, element: etree._Element) -> Iterator[Piece]:
        for title in element.iter(TEXT + "index-title"):
            yield from self._blocks(title)
        for body in element.iter(TEXT + "index-body"):
            for entry in body:
                if entry.tag == TEXT + "p":
                    role = self.styles.style("paragraph", entry.get(TEXT + "style-name")).role
                    value = {"kind": "toc_entry"} | ({"level": role.level} if role and role.level else {})
                    yield from self._paragraph(entry, value)

    def _heading(self, element: etree._Element) -> Iterator[Piece]:
        level = element.get(TEXT + "outline-level", "1")
        depth = max(1, int(level)) if level.isdigit() else 1
        number = ""
        if element.get(TEXT + "is-list-header") != "true":
            _count(self.headings, self.styles.outline, depth, element.get(TEXT + "start-value"))
            number = label(self.styles.outline, self.headings, depth)
        value: dict[str, Any] = {"kind": "heading", "level": depth} | ({"number": number} if number else {})
        yield from self._paragraph(element, value, number)

    def _list(self, element: etree._Element, style: str | None, level: int, name: str) -> Iterator[Piece]:
        style = element.get(TEXT + "style-name") or style
        identity = element.get("{http://www.w3.org/XML/1998/namespace}id", "")
        if level == 1:
            name = element.get(TEXT + "continue-list") or identity or f"list {len(self.counts)}"
            if element.get(TEXT + "continue-numbering") == "true":
                self.counts[name] = self.counts.get(f"style {style}", {})
            counts = self.counts.setdefault(name, {})
            if identity:
                self.counts[identity] = counts
            self.counts[f"style {style}"] = counts
        counts = self.counts[name]
        levels = self.styles.lists.get(style or "", {})
        for item in element:
            if item.tag not in (TEXT + "list-item", TEXT + "list-header"):
                continue
            number = ""
            own = self.styles.lists.get(item.get(TEXT + "style-override", ""), levels) or self._levels_of_paragraph(item)
            if item.tag == TEXT + "list-item" and any(child.tag != TEXT + "list" for child in item):
                _count(counts, own, level, item.get(TEXT + "start-value"))
                number = label(own, counts, level)
            elif level not in counts and level in own:
                # A list within no item of the list around it counts as within its first one.
                counts[level] = own[level].start
            yield from self._item(item, style, level, name, number)

    def _levels_of_paragraph(self, item: etree._Element) -> dict[int, ListLevel]:
        """The levels of the list that the style of the first paragraph of an item belongs to."""
        first = next((child for child in item if child.tag in (TEXT + "p", TEXT + "h")), None)
        name = self.styles.list_of(first.get(TEXT + "style-name")) if first is not None else None
        return self.styles.lists.get(name or "", {})

    def _item(self, item: etree._Element, style: str | None, level: int, name: str, number: str) -> Iterator[Piece]:
        for child in item:
            if child.tag == TEXT + "list":
                yield from self._list(child, style, level + 1, name)
            elif child.tag == TEXT + "h":
                depth = child.get(TEXT + "outline-level", "1")
                value: dict[str, Any] = {"kind": "heading", "level": int(depth) if depth.isdigit() else 1}
                yield from self._paragraph(child, value | ({"number": number} if number else {}), number)
                number = ""
            elif child.tag == TEXT + "p":
                is_numbered = any(c.isalnum() for c in number)
                value = {"kind": "list_item", "level": level} | ({"number": number} if is_numbered else {})
                yield from self._paragraph(child, value if number or item.tag == TEXT + "list-item" else None, number)
                number = ""
            else:
                yield from self._block(child)

    def _table(self, table: etree._Element) -> Iterator[Piece]:
        number, self.tables = self.tables, self.tables + 1
        rows = list(_rows(table))
        is_frame = all(sum(cell.tag == TABLE + "table-cell" for cell in element) < 2 for element in rows)
        for place, element in enumerate(rows):
            cells: list[Cell] = []
            column = 0
            for cell in element:
                if cell.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"):
                    continue
                repeated = cell.get(TABLE + "number-columns-repeated", "1")
                times = min(MOST_REPEATED, int(repeated)) if repeated.isdigit() else 1
                for _ in range(times):
                    if cell.tag == TABLE + "table-cell":
                        cells.append(Cell(column, list(self._blocks(cell))))
                    column += 1
            yield from row(cells, number, place, is_frame=is_frame)

    def _paragraph(self, element: etree._Element, value: dict[str, Any] | None, number: str = "") -> Iterator[Piece]:
        style = self.styles.style("paragraph", element.get(TEXT + "style-name"))
        line = _Line(self, style)
        if number and ("".join(element.itertext()).strip()):
            line.inline.generated(f"{number} ", by="list_number")
        line.read(element, style.look, style.language)
        content = line.inline.content()
        looks = line.looks.value(content.text)
        if value is None:
            role = style.role
            value = {}
            if role is not None and role.kind != "heading":
                value = (
                    {"kind": role.kind} | ({"level": role.level} if role.level else {}) | ({"caption": True} if role.caption else {})
                )
            elif role is not None and role.level == 1:
                # The title of the work is a paragraph for LibreOffice.
                value = {"kind": "heading", "level": 1}
        elif value.get("kind") == "list_item" and looks.get("bold"):
            value = {key: item for key, item in value.items() if key != "kind"}
        yield Piece(content, value | looks | ({"keep_next": True} if style.keep_next else {}))
        yield from line.after

    def pieces_of(self, element: etree._Element) -> list[Piece]:
        """The pieces of a text box or note."""
        return list(self._blocks(element))


class _Line:
    """The text of a paragraph, with what comes after it: notes and text boxes."""

    def __init__(self, reader: _Reader, style: OdfStyle) -> None:
        self.reader, self.style = reader, style
        self.inline = Inline(collapse=True)
        self.looks = Looks()
        self.after: list[Piece] = []

    def read(self, element: etree._Element, look: Look, language: str) -> None:
        """Read an element of the paragraph and all in it."""
        self._text(element.text, look, language)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
                self._child(child, look, language)
            self._text(child.tail, look, language)

    def _text(self, text: str | None, look: Look, language: str) -> None:
        if text and not look.hidden:
            self.inline.write(text)
            pairs = (("bold", look.bold), ("italic", look.italic), ("caps", look.caps), ("centered", look.centered))
            self.looks.count(text, tuple(name for name, on in pairs if on), look.size or 0.0, language)

    def _child(self, child: etree._Element, look: Look, language: str) -> None:
        tag, inline, start = child.tag, self.inline, self.inline.length
        if tag == TEXT + "span":
            own = self.reader.styles.style("text", child.get(TEXT + "style-name"))
            self.read(child, own.look.over(look), own.language or language)
        elif tag == TEXT + "s":
            count = child.get(TEXT + "c", "1")
            inline.write(" " * (min(MOST_REPEATED, int(count)) if count.isdigit() else 1))
        elif tag == TEXT + "tab":
            inline.write_as_is("\t")
        elif tag == TEXT + "line-break":
            inline.line_break()
        elif tag == TEXT + "a":
            self.read(child, look, language)
            url, title = child.get(XLINK + "href", ""), child.get(OFFICE + "title", "")
            if url and inline.length > start:
                inline.mark(start, "link", url=url, **({"title": title} if title else {}))
        elif tag == TEXT + "note":
            self._note(child)
        elif tag in (TEXT + "bookmark", TEXT + "bookmark-start", TEXT + "reference-mark"):
            inline.mark(start, "anchor", name=child.get(TEXT + "name", ""))
        elif tag == DRAW + "object":
            formula = self.reader.formulas.get(child.get(XLINK + "href", "").removeprefix("./"), "")
            self._text(formula, look, language)
        elif tag.startswith(DRAW):
            self._drawing(child, look, language)
        elif tag.startswith((TEXT, OFFICE)):
            self.read(child, look, language)

    def _drawing(self, element: etree._Element, look: Look, language: str) -> None:
        if element.tag == DRAW + "text-box" or any(child.tag in (TEXT + "p", TEXT + "list") for child in element):
            self.after += self.reader.pieces_of(element)
            return
        for child in element:
            if isinstance(child.tag, str) and child.tag.startswith(DRAW):
                self._child(child, look, language)

    def _note(self, note: etree._Element) -> None:
        citation, body = note.find(TEXT + "note-citation"), note.find(TEXT + "note-body")
        name = note.get(TEXT + "id") or f"note {len(self.after)}"
        number = "".join(citation.itertext()).strip() if citation is not None else ""
        start = self.inline.length
        self.inline.generated(number, by="note_number")
        self.inline.mark(start, "anchor", note=name)
        if body is not None:
            for piece in self.reader.pieces_of(body):
                language = {key: value for key, value in piece.value.items() if key == "language"}
                self.after.append(
                    Piece(piece.content, {"kind": "note", "note": name} | ({"number": number} if number else {}) | language)
                )


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        if element.tag == TABLE + "table-row":
            yield element
        elif element.tag in _ROWS_IN:
            yield from _rows(element)


def _count(counts: dict[int, int], levels: dict[int, ListLevel], level: int, start: str | None) -> None:
    """One item more at a level; the levels below begin anew."""
    own = levels.get(level)
    if start is not None and start.isdigit():
        counts[level] = int(start)
    else:
        counts[level] = counts[level] + 1 if level in counts else (own.start if own else 1)
    for deeper in [other for other in counts if other > level]:
        del counts[deeper]
