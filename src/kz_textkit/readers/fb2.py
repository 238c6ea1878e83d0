"""E-books (FictionBook 2, FB2, also in a ZIP archive): sections with their titles, verse, notes after the block that refers to them.

After the FictionBook 2.1 schema. Pictures are left out; unsound XML, which many such files are, is mended with a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers.blocks import BlockWriter, Cell, Piece, row
from kz_textkit.readers.files import read_file
from kz_textkit.readers.html_notes import local_name
from kz_textkit.readers.inline import Inline
from kz_textkit.readers.languages import declared_language
from kz_textkit.readers.looks import Looks
from kz_textkit.readers.marked_text import extracted
from kz_textkit.readers.markup_encoding import decode_markup
from kz_textkit.readers.packages import Package
from kz_textkit.readers.xml_parts import parse_xml
from kz_textkit.settings import Settings

__all__ = ["read"]

_PICTURES = re.compile(rb"<binary\b[^>]*>.*?</binary\s*>|<binary\b[^>]*/>", re.DOTALL)
_TAG = re.compile(r"<\?.*?\?>|<!--.*?-->|<!\w[^>]*>|<(?P<close>/?)(?P<name>[A-Za-z_][\w:.-]*)(?:\s[^<>]*)?/?>", re.DOTALL)
_LOOSE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)")
_LINES = {"p": "", "v": "verse", "subtitle": "heading", "text-author": "source", "date": "", "code": "code"}
_LOOKS = {"strong": "bold", "emphasis": "italic"}


def read(path: Path, settings: Settings) -> RawDocument:
    """The text of an e-book with its marks.

    Raises `InputError` where it is damaged beyond mending, too large, or no e-book.
    """
    data = read_file(path, settings.limits)
    book = data
    if data.startswith(b"PK"):
        with Package(path, settings.limits, data=data) as package:
            names = [name for name in package.names if name.lower().endswith(".fb2")]
            if not names:
                raise InputError(str(path), "there is no e-book (FB2) in it", "name a file that has one")
            book = package.read(names[0])
    root, warnings = _root(_PICTURES.sub(b"", book), str(path))
    if local_name(root) != "fictionbook":
        raise InputError(str(path), "it is no e-book (FB2)", "save it as what it is, such as .xml or .html")
    reader = _Reader(root)
    reader.bodies()
    text, marks = reader.writer.finish()
    return extracted(
        path,
        data,
        text,
        marks,
        format="fb2",
        extractor="lxml",
        version=etree.__version__,
        metadata=_metadata(root),
        warnings=warnings,
    )


def _root(data: bytes, source: str) -> tuple[etree._Element, tuple[str, ...]]:
    try:
        return parse_xml(data, source), ()
    except InputError:
        if re.search(rb"<!ENTITY", data[: 1 << 16], re.IGNORECASE):
            raise
        text, _ = decode_markup(data, source)
        return parse_xml(_mended(text).encode(), source), ("its XML was not sound: elements were closed where they had to end",)


def _mended(text: str) -> str:
    """Text with mark-up as sound XML: every element that is open is closed with the one that holds it, and stray signs are escaped.

    >>> _mended("<p>Қыс & <b>жаз</p></i> < күз")
    '<p>Қыс &amp; <b>жаз</b></p> &lt; күз'
    """
    pieces: list[str] = []
    opened: list[str] = []
    position = 0
    for tag in _TAG.finditer(text):
        pieces.append(_escaped(text[position : tag.start()]))
        position = tag.end()
        name = tag["name"]
        if name is None:
            continue
        if not tag["close"]:
            pieces.append(tag[0])
            opened += [] if tag[0].endswith("/>") else [name]
        elif name in opened:
            while (last := opened.pop()) != name:
                pieces.append(f"</{last}>")
            pieces.append(tag[0])
    pieces.append(_escaped(text[position:]))
    return "".join(pieces) + "".join(f"</{name}>" for name in reversed(opened))


def _escaped(text: str) -> str:
    return _LOOSE.sub("&amp;", text).replace("<", "&lt;")


def _metadata(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    info = next((e for e in root.iter(etree.Element) if local_name(e) == "title-info"), None)
    for element in info if info is not None else ():
        name, text = local_name(element), " ".join("".join(element.itertext()).split())
        key = {"book-title": "title", "lang": "language", "genre": "genre", "date": "date", "annotation": "description"}.get(name)
        if key and text:
            found.setdefault(key, text)
        elif name == "author":
            parts = [
                " ".join((e.text or "").split())
                for e in element
                if local_name(e) in ("first-name", "middle-name", "last-name", "nickname")
            ]
            author = " ".join(part for part in parts if part)
            found["author"] = f"{found['author']}, {author}" if "author" in found else author
    publisher = next((e for e in root.iter(etree.Element) if local_name(e) == "publisher" and e.text), None)
    return found | ({"publisher": " ".join(publisher.text.split())} if publisher is not None else {})


class _Reader:
    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.writer = BlockWriter()
        self.notes: dict[str, etree._Element] = {}
        self.noted: set[str] = set()
        self.table_count = 0
        for body in self._bodies(notes=True):
            for section in body.iter(etree.Element):
                name = section.get("id")
                if local_name(section) == "section" and name:
                    self.notes[name] = section

    def _bodies(self, *, notes: bool) -> Iterator[etree._Element]:
        for body in self.root:
            if local_name(body) == "body" and (body.get("name") in ("notes", "comments", "footnotes")) == notes:
                yield body

    def bodies(self) -> None:
        """Write the text, then the notes that nothing referred to."""
        for body in self._bodies(notes=False):
            has_title = any(local_name(child) == "title" for child in body)
            self.writer.write_all(self._blocks(body, 1 if has_title else 0, ""))
        for name, note in self.notes.items():
            if name not in self.noted:
                self.writer.write_all(self._note(name, note))

    def _blocks(self, parent: etree._Element, depth: int, kind: str) -> Iterator[Piece]:
        """The pieces of a body, section, poem or quotation; `depth` is the level of titles in it."""
        for element in parent:
            tag = local_name(element)
            if tag == "section":
                yield from self._blocks(element, depth + 1, "")
            elif tag == "title":
                yield from self._title(element, max(1, depth))
            elif tag in ("poem", "stanza"):
                # The title of a poem is one in a section of its own.
                yield from self._blocks(element, depth + (tag == "poem"), "verse")
            elif tag in ("cite", "epigraph", "annotation"):
                yield from self._blocks(element, depth, kind)
            elif tag in _LINES:
                yield from self._line(element, _LINES[tag] or kind, depth + 1)
            elif tag == "table":
                yield from self._table(element)

    def _title(self, element: etree._Element, level: int) -> Iterator[Piece]:
        line = _Line(self)
        for child in element:
            if local_name(child) == "p":
                if line.inline.length:
                    line.inline.line_break()
                line.read(child, ())
        yield Piece(line.inline.content(), {"kind": "heading", "level": level})
        yield from line.after()

    def _line(self, element: etree._Element, kind: str, level: int) -> Iterator[Piece]:
        line = _Line(self)
        line.read(element, ())
        content = line.inline.content()
        value: dict[str, Any] = {"kind": kind} if kind else {}
        if kind == "heading":
            # A subtitle is often no more than asterisks between parts.
            value = {"kind": "heading", "level": level} if any(c.isalnum() for c in content.text) else {"centered": True}
        language = declared_language(element.get("{http://www.w3.org/XML/1998/namespace}lang", ""), content.text)
        yield Piece(content, value | line.looks.value(content.text) | ({"language": language} if language else {}))
        yield from line.after()

    def _table(self, table: etree._Element) -> Iterator[Piece]:
        number, self.table_count = self.table_count, self.table_count + 1
        for place, element in enumerate(e for e in table.iter(etree.Element) if local_name(e) == "tr"):
            cells = []
            for column, cell in enumerate(e for e in element if local_name(e) in ("td", "th")):
                line = _Line(self)
                line.read(cell, ())
                cells.append(Cell(column, [Piece(line.inline.content(), {}), *line.after()]))
            yield from row(cells, number, place)

    def note_of(self, name: str) -> list[Piece]:
        """The pieces of a note that is referred to for the first time."""
        note = self.notes.get(name)
        if note is None or name in self.noted:
            return []
        return list(self._note(name, note))

    def _note(self, name: str, note: etree._Element) -> Iterator[Piece]:
        self.noted.add(name)
        titles = [" ".join("".join(e.itertext()).split()) for e in note if local_name(e) == "title"]
        value: dict[str, Any] = {"kind": "note", "note": name} | ({"number": titles[0]} if titles and len(titles[0]) < 8 else {})
        for piece in self._blocks(note, 1, ""):
            if not (piece.kind == "heading" and piece.content.text == value.get("number")):
                yield Piece(piece.content, value)


class _Line:
    """The text of a paragraph, with the notes that come after it."""

    def __init__(self, reader: _Reader) -> None:
        self.reader = reader
        self.inline = Inline(collapse=True)
        self.looks = Looks()
        self._referred: list[str] = []

    def after(self) -> list[Piece]:
        """The notes that were referred to."""
        return [piece for name in self._referred for piece in self.reader.note_of(name)]

    def read(self, element: etree._Element, names: tuple[str, ...]) -> None:
        """Read an element of the paragraph and all in it."""
        self._text(element.text, names)
        for child in element:
            tag, start = local_name(child), self.inline.length
            if tag and tag != "image":
                self.read(child, (*names, _LOOKS[tag]) if tag in _LOOKS else names)
            if tag == "a":
                self._link(child, start)
            self._text(child.tail, names)

    def _text(self, text: str | None, names: tuple[str, ...]) -> None:
        if text:
            self.inline.write(text)
            self.looks.count(text, names)

    def _link(self, element: etree._Element, start: int) -> None:
        address = next((value for name, value in element.items() if name.rpartition("}")[2] == "href"), "")
        if not address or self.inline.length == start:
            return
        if element.get("type") == "note" or address.removeprefix("#") in self.reader.notes:
            self.inline.mark(start, "anchor", note=address.removeprefix("#"))
            self._referred.append(address.removeprefix("#"))
        else:
            self.inline.mark(start, "link", url=address)
