"""Word documents (DOCX): paragraphs with their styles, automatic numbers, notes, tables and links.

After ECMA-376. Deleted and moved text, comments and hidden text are no part of the text; text boxes come after the paragraph that they
are fixed to, notes after the paragraph that refers to them, heads and feet of pages once, at the end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lxml import etree

from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers.blocks import BlockWriter, Cell, Piece, row
from kz_textkit.readers.docx_numbering import Number, Numbering
from kz_textkit.readers.docx_package import Parts, Relation, core_metadata
from kz_textkit.readers.docx_styles import LookedUp, Styles, Text, W, is_on, property_value
from kz_textkit.readers.files import read_file
from kz_textkit.readers.inline import Content, Inline
from kz_textkit.readers.looks import Looks
from kz_textkit.readers.marked_text import extracted
from kz_textkit.readers.number_formats import printed_number
from kz_textkit.readers.office_math import M, linear
from kz_textkit.readers.packages import Package
from kz_textkit.readers.symbol_font import symbol
from kz_textkit.settings import Settings

__all__ = ["read"]

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
VML = "{urn:schemas-microsoft-com:vml}"
CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""What a locked document is in place of an archive: a container of the old kind, with a stream of this name."""
LONGEST_HEADING = 400
"""Characters beyond which a paragraph in a style for headings is none."""

_HYPERLINK = re.compile(r'HYPERLINK\s+(?:\\l\s+)?"?([^"\s]+)"?(?:\s+\\l\s+"([^"]*)")?', re.IGNORECASE)
_INSIDE = re.compile(r"HYPERLINK\s+\\l", re.IGNORECASE)
_SPACES = re.compile("[\r\n\t]+")
_THROUGH = frozenset(W + name for name in ("ins", "moveTo", "smartTag", "customXml", "sdtContent", "dir", "bdo", "rubyBase"))
_ROWS_IN = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins"))


def read(path: Path, settings: Settings) -> RawDocument:
    """The text of a Word document with its marks.

    Raises `InputError` where it is damaged, locked, too large, or no Word document.
    """
    data = read_file(path, settings.limits)
    if data.startswith(CONTAINER) and ENCRYPTED in data:
        raise InputError(str(path), "it is locked by a password", "save it without one")
    with Package(path, settings.limits, data=data) as package:
        reader = _Reader(Parts(package))
        reader.body()
        text, marks = reader.writer.finish()
        return extracted(
            path,
            package.data,
            text,
            marks,
            format="docx",
            extractor="lxml",
            version=etree.__version__,
            metadata=core_metadata(reader.parts),
            warnings=tuple(reader.warnings),
        )


@dataclass(slots=True)
class _Field:
    """A field of Word: an instruction, and after it the text that it gave when it was last worked out."""

    instruction: str = ""
    shown: bool = False
    inline: Inline | None = None
    start: int = 0


@dataclass(slots=True)
class _Paragraph:
    """What is gathered while the runs of a paragraph are read."""

    inline: Inline
    style: LookedUp
    relations: dict[str, Relation]
    looks: Looks = field(default_factory=Looks)
    has_page_field: bool = False
    after: list[Piece] = field(default_factory=list)
    """Notes and text boxes, which come after it."""

    def count(self, text: str, look: Text) -> None:
        names = tuple(name for name, on in (("bold", look.bold), ("italic", look.italic), ("caps", look.caps)) if on)
        self.looks.count(text, names, look.size or 0.0, look.language or "")


class _Reader:
    """Walks the parts of a document in order, with the state that goes over paragraphs: counts of lists and notes, fields, tables."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.main = parts.main()
        self.writer = BlockWriter()
        self.warnings: list[str] = []
        self.styles = Styles.of(self._part("styles"))
        self.numbering = Numbering(self._part("numbering"))
        self.notes = {kind: self._notes(kind) for kind in ("footnote", "endnote")}
        self.note_formats = self._note_formats()
        self.note_counts = Counter[str]()
        self.noted: set[tuple[str, str]] = set()
        self.fields: list[_Field] = []
        self.tables = 0
        self.carried: Inline | None = None

    def body(self) -> None:
        """Write the text, then what stands at head and foot of its pages."""
        self.writer.begin_part(self.main)
        root = self.parts.root(self.main)
        body = root.find(W + "body")
        if body is None:
            raise InputError(self.parts.package.source, "it is no Word document", "save it anew with Word or LibreOffice")
        for piece in self._blocks(body, self.parts.relations(self.main)):
            self.writer.write(piece)
        self._furniture(root)

    def _part(self, kind: str) -> etree._Element | None:
        name = self.parts.related(self.main, kind)
        return self.parts.root(name) if name else None

    def _notes(self, kind: str) -> tuple[dict[str, etree._Element], dict[str, Relation]]:
        name = self.parts.related(self.main, f"{kind}s")
        if name is None:
            return {}, {}
        notes = {note.get(W + "id", ""): note for note in self.parts.root(name) if note.get(W + "type", "normal") == "normal"}
        return notes, self.parts.relations(name)

    def _note_formats(self) -> dict[str, str]:
        settings = self._part("settings")
        found = {}
        for kind, standard in (("footnote", "decimal"), ("endnote", "lowerRoman")):
            properties = settings.find(f"{W}{kind}Pr") if settings is not None else None
            found[kind] = property_value(properties, "numFmt") or standard
        return found

    def _furniture(self, root: etree._Element) -> None:
        seen: set[str] = set()
        for reference in root.iter(W + "headerReference", W + "footerReference"):
            relation = self.parts.relations(self.main).get(reference.get(R + "id", ""))
            if relation is None or relation.target in seen or relation.target not in self.parts.package:
                continue
            seen.add(relation.target)
            self.writer.begin_part(relation.target)
            self.fields = []
            for piece in self._blocks(self.parts.root(relation.target), self.parts.relations(relation.target)):
                kind = "page_number" if piece.value.get("page_field") else "running_head"
                self.writer.write(Piece(piece.content, {"kind": kind}))

    def _blocks(self, parent: etree._Element, relations: dict[str, Relation]) -> Iterator[Piece]:
        """The pieces of a body, cell, note or text box, in order."""
        for element in parent:
            tag = element.tag
            if tag == W + "p":
                yield from self._paragraph(element, relations)
            elif tag == W + "tbl":
                yield from self._table(element, relations)
            elif tag == W + "sdt":
                content = element.find(W + "sdtContent")
                if content is not None:
                    yield from self._blocks(content, relations)
            elif tag in _THROUGH:
                yield from self._blocks(element, relations)
            elif tag == MC + "AlternateContent":
                yield from self._blocks(_choice(element), relations)
            elif tag in (M + "oMath", M + "oMathPara"):
                inline = Inline()
                inline.write(linear(element))
                yield Piece(inline.content(), {})
            elif tag == W + "altChunk":
                self.warnings.append("a document that is embedded in the file was not read")

    def _table(self, table: etree._Element, relations: dict[str, Relation]) -> Iterator[Piece]:
        number, self.tables = self.tables, self.tables + 1
        rows = list(_rows(table))
        is_frame = all(len(list(_cells(element))) < 2 for element in rows)
        for place, element in enumerate(rows):
            properties = element.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                continue
            before = property_value(properties, "gridBefore")
            column = int(before) if before and before.isdigit() else 0
            cells: list[Cell] = []
            for cell in _cells(element):
                shape = cell.find(W + "tcPr")
                span = property_value(shape, "gridSpan")
                merged = shape.find(W + "vMerge") if shape is not None else None
                pieces = list(self._blocks(cell, relations))
                # A cell that goes on from the row above has nothing of its own.
                goes_on = merged is not None and merged.get(W + "val", "continue") == "continue"
                cells.append(Cell(column, [] if goes_on and not any(p.content.text for p in pieces) else pieces))
                column += int(span) if span and span.isdigit() else 1
            yield from row(cells, number, place, is_frame=is_frame)

    def _paragraph(self, element: etree._Element, relations: dict[str, Relation]) -> Iterator[Piece]:
        properties = element.find(W + "pPr")
        style_id = property_value(properties, "pStyle")
        style = self.styles.paragraph(style_id)
        inline, self.carried = self.carried or Inline(), None
        paragraph = _Paragraph(inline, style, relations)
        in_contents = any(f.shown and f.instruction.strip().upper().startswith("TOC") for f in self.fields)
        has_text = (
            element.find(f".//{W}t") is not None or element.find(f".//{M}t") is not None or element.find(f".//{W}sym") is not None
        )
        number = self._number(properties, style, style_id) if has_text and not in_contents else None
        if number is not None and not inline.length:
            inline.generated(number.text + number.suffix, by="list_number")
        fields_before = len(self.fields)
        self._runs(element, paragraph)
        marks = properties.find(W + "rPr") if properties is not None else None
        if marks is not None and marks.find(W + "del") is not None:
            # The end of the paragraph was deleted: it goes on in the next one.
            self.carried = inline
            yield from paragraph.after
            return
        value = self._value(paragraph, properties, number)
        if in_contents or (len(self.fields) > fields_before and self.fields[-1].instruction.strip().upper().startswith("TOC")):
            value = {"kind": "toc_entry"} | ({"level": style.role.level} if style.role and style.role.level else {})
        yield Piece(inline.content(), value)
        yield from paragraph.after

    def _number(self, properties: etree._Element | None, style: LookedUp, style_id: str | None) -> Number | None:
        own = properties.find(W + "numPr") if properties is not None else None
        list_id = property_value(own, "numId") or style.number
        if list_id is None or list_id == "0":
            return None
        level = property_value(own, "ilvl")
        if level is not None and level.isdigit():
            index = int(level)
        elif style.number_level is not None:
            index = style.number_level
        else:
            index = self.numbering.level_of_style(list_id, style_id or "")
        return self.numbering.next(list_id, index)

    def _value(self, paragraph: _Paragraph, properties: etree._Element | None, number: Number | None) -> dict[str, Any]:
        """The value of the mark of a paragraph: its kind by style, list and outline level, and how it is set."""
        style, value = paragraph.style, dict[str, Any]()
        length = paragraph.inline.length
        own = property_value(properties, "outlineLvl")
        outline = int(own) + 1 if own and own.isdigit() and int(own) < 9 else style.outline
        role = style.role
        if role is not None and role.kind != "heading":
            value = {"kind": role.kind}
            if role.level is not None:
                value["level"] = role.level
            if role.caption:
                value["caption"] = True
        elif (outline or (role is not None and outline != 0)) and length <= LONGEST_HEADING:
            value = {"kind": "heading", "level": outline or (role.level if role and role.level else 1)}
        if number is not None:
            value = {"kind": "list_item", "level": number.level + 1} | value
            if not number.is_bullet:
                value["number"] = number.text
        looks = self._looks(paragraph, properties)
        if value.get("kind") == "list_item" and looks.get("bold"):
            # It may be a numbered title, for want of a style.
            del value["kind"]
        return value | looks

    def _looks(self, paragraph: _Paragraph, properties: etree._Element | None) -> dict[str, Any]:
        value = paragraph.looks.value("".join(paragraph.inline.pieces)) if paragraph.looks.letters else {}
        justified = property_value(properties, "jc")
        if justified == "center" or (justified is None and paragraph.style.centered):
            value["centered"] = True
        keep = is_on(properties.find(W + "keepNext")) if properties is not None else None
        if keep or (keep is None and paragraph.style.keep_next):
            value["keep_next"] = True
        if (
            any(f.shown and f.instruction.strip().upper().startswith(("PAGE", "NUMPAGES")) for f in self.fields)
            or paragraph.has_page_field
        ):
            value["page_field"] = True
        return value

    def _runs(self, parent: etree._Element, paragraph: _Paragraph) -> None:
        for element in parent:
            tag = element.tag
            if tag == W + "r":
                self._run(element, paragraph)
            elif tag == W + "hyperlink":
                self._hyperlink(element, paragraph)
            elif tag in _THROUGH:
                self._runs(element, paragraph)
            elif tag == W + "sdt":
                content = element.find(W + "sdtContent")
                if content is not None:
                    self._runs(content, paragraph)
            elif tag == W + "fldSimple":
                opened = _Field(element.get(W + "instr", ""), True, paragraph.inline, paragraph.inline.length)
                self._runs(element, paragraph)
                self._close(opened, paragraph)
            elif tag == W + "bookmarkStart":
                name = element.get(W + "name", "")
                if name and name != "_GoBack":
                    paragraph.inline.mark(paragraph.inline.length, "anchor", name=name)
            elif tag in (M + "oMath", M + "oMathPara"):
                text = linear(element)
                paragraph.inline.write(text)
                paragraph.count(text, paragraph.style.text)
            elif tag == MC + "AlternateContent":
                self._runs(_choice(element), paragraph)

    def _hyperlink(self, element: etree._Element, paragraph: _Paragraph) -> None:
        start = paragraph.inline.length
        self._runs(element, paragraph)
        relation = paragraph.relations.get(element.get(R + "id", ""))
        place = element.get(W + "anchor")
        url = (relation.target if relation else "") + (f"#{place}" if place else "")
        if url and paragraph.inline.length > start:
            title = element.get(W + "tooltip")
            paragraph.inline.mark(start, "link", url=url, **({"title": title} if title else {}))

    def _run(self, run: etree._Element, paragraph: _Paragraph) -> None:
        properties = run.find(W + "rPr")
        look = Text.of(properties)
        style_id = property_value(properties, "rStyle")
        if style_id:
            look = look.over(self.styles.run(style_id))
        look = look.over(paragraph.style.text)
        for element in run:
            tag = element.tag
            if tag == W + "fldChar":
                self._field(element, paragraph)
            elif tag == W + "instrText":
                if self.fields and not self.fields[-1].shown:
                    self.fields[-1].instruction += element.text or ""
            elif look.hidden or any(not f.shown for f in self.fields):
                continue
            elif tag == W + "t":
                text = _SPACES.sub(" ", element.text or "")
                paragraph.inline.write(text)
                paragraph.count(text, look)
            else:
                self._special(element, paragraph, look)

    def _special(self, element: etree._Element, paragraph: _Paragraph, look: Text) -> None:
        """What stands in a run beside plain text."""
        inline, name = paragraph.inline, str(element.tag).removeprefix(W)
        if name in ("tab", "ptab"):
            inline.write("\t")
        elif name in ("br", "cr"):
            inline.line_break()
        elif name == "noBreakHyphen":
            inline.write("\u2011")
        elif name == "softHyphen":
            inline.write("\u00ad")
        elif name == "sym":
            code = element.get(W + "char", "")
            text = symbol(chr(int(code, 16) & 0xFFFF), element.get(W + "font", "")) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else ""
            inline.write(text)
            paragraph.count(text, look)
        elif name in ("footnoteReference", "endnoteReference"):
            self._reference(element, paragraph, name.removesuffix("Reference"))
        elif name == "ruby":
            self._runs(element, paragraph)
        elif name in ("drawing", "pict", "object") or element.tag == MC + "AlternateContent":
            chosen = _choice(element) if element.tag == MC + "AlternateContent" else element
            self._boxes(chosen, paragraph)

    def _boxes(self, element: etree._Element, paragraph: _Paragraph) -> None:
        """The text boxes in a picture or group, each once, whichever of its versions comes first."""
        for child in element:
            if child.tag == W + "txbxContent":
                fields, self.fields = self.fields, []
                paragraph.after += self._blocks(child, paragraph.relations)
                self.fields = fields
            elif child.tag == MC + "AlternateContent":
                self._boxes(_choice(child), paragraph)
            elif child.tag == DIAGRAM + "relIds":
                paragraph.after += self._diagram(paragraph.relations.get(child.get(R + "dm", "")))
            elif child.tag == VML + "textpath" and child.get("string", "").strip():
                # Words that are drawn: titles, most of them.
                paragraph.after.append(Piece(Content(child.get("string").strip()), {"centered": True}))
            elif isinstance(child.tag, str):
                self._boxes(child, paragraph)

    def _diagram(self, relation: Relation | None) -> Iterator[Piece]:
        """The words of a diagram (SmartArt), which stand in a part of their own."""
        if relation is None or relation.target not in self.parts.package:
            return
        for text in self.parts.root(relation.target).iter(DIAGRAM + "t"):
            for line in text.iter(DRAWING + "p"):
                inline = Inline()
                inline.write("".join(run.text or "" for run in line.iter(DRAWING + "t")))
                yield Piece(inline.content(), {})

    def _reference(self, element: etree._Element, paragraph: _Paragraph, kind: str) -> None:
        notes, relations = self.notes[kind]
        note_id, start = element.get(W + "id", ""), paragraph.inline.length
        name = f"{kind} {note_id}"
        number = ""
        if not is_on_attribute(element.get(W + "customMarkFollows")):
            self.note_counts[kind] += 1
            number = printed_number(self.note_counts[kind], self.note_formats[kind])
            paragraph.inline.generated(number, by="note_number")
        paragraph.inline.mark(start, "anchor", note=name)
        note = notes.get(note_id)
        if note is None or (kind, note_id) in self.noted:
            return
        self.noted.add((kind, note_id))
        fields, self.fields = self.fields, []
        for piece in self._blocks(note, relations):
            value = {"kind": "note", "note": name} | ({"number": number} if number else {})
            paragraph.after.append(Piece(piece.content, value | {k: v for k, v in piece.value.items() if k == "language"}))
        self.fields = fields

    def _field(self, element: etree._Element, paragraph: _Paragraph) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self.fields.append(_Field())
        elif self.fields and kind == "separate":
            self.fields[-1] = replace(self.fields[-1], shown=True, inline=paragraph.inline, start=paragraph.inline.length)
        elif self.fields and kind == "end":
            self._close(self.fields.pop(), paragraph)

    def _close(self, field: _Field, paragraph: _Paragraph) -> None:
        """A field ends: one that leads somewhere is a link, where all of it is in this paragraph."""
        instruction = field.instruction.strip()
        if instruction.upper().startswith(("PAGE ", "NUMPAGES")) or instruction.upper() == "PAGE":
            paragraph.has_page_field = True
        found = _HYPERLINK.match(instruction)
        if found is None or field.inline is not paragraph.inline or paragraph.inline.length <= field.start:
            return
        place = found[1] if _INSIDE.match(instruction) else found[2]
        url = ("" if _INSIDE.match(instruction) else found[1]) + (f"#{place}" if place else "")
        paragraph.inline.mark(field.start, "link", url=url)


def is_on_attribute(value: str | None) -> bool:
    """Whether an attribute that is on or off is on."""
    return value is not None and value not in ("0", "false", "off")


def _choice(element: etree._Element) -> etree._Element:
    """The version of an `mc:AlternateContent` that is read: the first that has text, else the first."""
    versions = [child for child in element if child.tag in (MC + "Choice", MC + "Fallback")]
    return next((v for v in versions if v.find(f".//{W}t") is not None), versions[0] if versions else element)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        if element.tag == W + "tr":
            yield element
        elif element.tag in _ROWS_IN:
            yield from _rows(element)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for element in row:
        if element.tag == W + "tc":
            yield element
        elif element.tag in _ROWS_IN:
            yield from _cells(element)
