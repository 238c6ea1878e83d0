"""Slides (PowerPoint, ECMA-376): a slide is a page; titles are headings, lines of a text are list items, speaker's notes are notes.

Shapes are read in the order in which they lie on the slide, from above to below and from left to right, not in that of the file; groups
stay together. Numbers of slides, dates, footers and what stands on the master are furniture and are not read; a text box that comes
again on most slides, in the same place and with the same words but for numbers, is marked as such.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from importlib.metadata import version
from pathlib import Path
from typing import Any

from lxml import etree

from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers.marked_text import MarkedText, extracted
from kz_textkit.readers.packages import Package
from kz_textkit.readers.xml_parts import parse_xml
from kz_textkit.settings import Settings

__all__ = ["read"]

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_FURNITURE = frozenset(("sldNum", "dt", "ftr", "hdr", "sldImg"))
_TITLES = frozenset(("title", "ctrTitle"))
_NUMBER, _MASK = re.compile(r"\d+"), "0"
_CELL = 180_000
"""Half a centimetre, in the units of the format."""
FEW = 3
"""Slides that a text box must be on to be furniture."""

_Box = tuple[int, int, str]


def read(path: Path, settings: Settings) -> RawDocument:
    """The text of a file of slides. Raises `InputError` where it can't be read, or no slide has text."""
    with Package(path, settings.limits) as package:
        text = MarkedText()
        names = _slides(package)
        repeated = _repeated(package, names)
        for number, name in enumerate(names, 1):
            if number > 1:
                text.end_page()
            with text.mark("page", number=number, label=str(number), part=name):
                _Slide(package, name, text, repeated).write()
        return extracted(
            path,
            package.data,
            text.text,
            text.marks,
            format="pptx",
            extractor="lxml",
            version=version("lxml"),
            metadata=_metadata(package),
        )


def _slides(package: Package) -> list[str]:
    """Names of the parts that are slides, in the order of the show; hidden ones too."""
    main = "ppt/presentation.xml"
    root = parse_xml(package.read(main), package.source, main)
    targets = {key: target for key, (target, _) in _relations(package, main).items()}
    ids = [slide.get(f"{_R}id", "") for slide in root.iterfind(f"{_P}sldIdLst/{_P}sldId")]
    names = [targets[key] for key in ids if targets.get(key, "") in package]
    if not names:
        raise InputError(package.source, "there are no slides in it")
    return names


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to, by id: (part or address, last word of the type)."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in package:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for relation in parse_xml(package.read(relations), package.source, relations).iterfind(f"{_REL}Relationship"):
        target, kind = relation.get("Target", ""), relation.get("Type", "").rpartition("/")[2]
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join(folder, target)) if not target.startswith("/") else target[1:]
        found[relation.get("Id", "")] = (target, kind)
    return found


class _Slide:
    """Writes what is on one slide."""

    def __init__(self, package: Package, name: str, text: MarkedText, repeated: Set[_Box]) -> None:
        self.package, self.name, self.text, self.repeated = package, name, text, repeated
        self.relations = _relations(package, name)
        self.paragraph = 0

    def write(self) -> None:
        root = parse_xml(self.package.read(self.name), self.package.source, self.name)
        tree = root.find(f"{_P}cSld/{_P}spTree")
        if tree is not None:
            self._shapes(tree)
        for target, kind in self.relations.values():
            if kind == "notesSlide" and target in self.package:
                self._notes(target)

    def _shapes(self, tree: etree._Element) -> None:
        for shape in sorted(tree, key=_place):
            tag = shape.tag
            if tag == f"{_P}grpSp":
                self._shapes(shape)
            elif tag == f"{_P}graphicFrame":
                for table in shape.iter(f"{_A}tbl"):
                    self._table(table)
            elif tag == f"{_P}sp":
                self._shape(shape)

    def _shape(self, shape: etree._Element) -> None:
        body = shape.find(f"{_P}txBody")
        role = _role(shape)
        if body is None or role in _FURNITURE:
            return
        paragraphs = [p for p in body.iterfind(f"{_A}p") if _has_text(p)]
        if role in _TITLES:
            self._title(paragraphs)
            return
        if self.repeated and role == "" and (box := _box(shape)) in self.repeated:
            for paragraph in paragraphs:
                self._block(paragraph, kind="running_head" if box[2].strip(_MASK + " /-–") else "page_number")
            return
        for paragraph in paragraphs:
            properties = paragraph.find(f"{_A}pPr")
            if role == "subTitle" or (role == "" and len(paragraphs) == 1) or _without_bullet(properties):
                self._block(paragraph, kind="paragraph")
            elif role == "":
                self._block(paragraph)
            else:
                self._block(paragraph, kind="list_item", depth=int(properties.get("lvl", 0)) if properties is not None else 0)

    def _title(self, paragraphs: list[etree._Element]) -> None:
        if not paragraphs:
            return
        self.paragraph += 1
        with self.text.mark("block", kind="heading", level=1, paragraph=self.paragraph):
            for i, paragraph in enumerate(paragraphs):
                if i:
                    self.text.write("\n")
                self._runs(paragraph)
        self.text.end_line()

    def _block(self, paragraph: etree._Element, **value: Any) -> None:
        self.paragraph += 1
        with self.text.mark("block", paragraph=self.paragraph, **value):
            self._runs(paragraph)
        self.text.end_line()

    def _runs(self, paragraph: etree._Element) -> None:
        for run in paragraph:
            if run.tag == f"{_A}br":
                self.text.write("\n")
            elif run.tag == f"{_A}r" or (run.tag == f"{_A}fld" and run.get("type") not in ("slidenum", "datetime")):
                written = "".join(t.text or "" for t in run.iterfind(f"{_A}t")).replace("\v", "\n")
                click = run.find(f"{_A}rPr/{_A}hlinkClick")
                url = self.relations.get(click.get(f"{_R}id", ""), ("", ""))[0] if click is not None else ""
                if "://" in url or url.startswith("mailto:"):
                    with self.text.mark("link", url=url):
                        self.text.write(written)
                else:
                    self.text.write(written)
            elif run.tag.endswith("}m") or run.tag.endswith("}AlternateContent"):
                self.text.write("".join(t.text or "" for t in run.iter() if isinstance(t.tag, str) and t.tag.endswith("}t")))

    def _table(self, table: etree._Element) -> None:
        for row_number, row in enumerate(table.iterfind(f"{_A}tr")):
            self.paragraph += 1
            with self.text.mark("block", kind="table_row", row=row_number, paragraph=self.paragraph):
                for column, cell in enumerate(row.iterfind(f"{_A}tc")):
                    if column:
                        self.text.generated("\t", by="cell_separator")
                    with self.text.mark("block", kind="table_cell", row=row_number, column=column):
                        for i, paragraph in enumerate(p for p in cell.iter(f"{_A}p") if _has_text(p)):
                            if i:
                                self.text.write("\n")
                            self._runs(paragraph)
            self.text.end_line()

    def _notes(self, name: str) -> None:
        root = parse_xml(self.package.read(name), self.package.source, name)
        for shape in root.iter(f"{_P}sp"):
            body = shape.find(f"{_P}txBody")
            if body is not None and _role(shape) == "body":
                for paragraph in body.iterfind(f"{_A}p"):
                    if _has_text(paragraph):
                        self._block(paragraph, kind="note")


def _repeated(package: Package, slides: Sequence[str]) -> frozenset[_Box]:
    """The text boxes that are on most slides, on `FEW` at least."""
    counts: Counter[_Box] = Counter()
    for name in slides:
        root = parse_xml(package.read(name), package.source, name)
        counts.update({_box(shape) for shape in root.iter(f"{_P}sp") if _role(shape) == "" and shape.find(f"{_P}txBody") is not None})
    return frozenset(box for box, count in counts.items() if box[2] and count >= max(FEW, len(slides) / 2))


def _box(shape: etree._Element) -> _Box:
    """Where a text box lies, and what it says, its numbers masked."""
    _, y, x = _place(shape)
    words = " ".join("".join(t.text or "" for t in _texts(p)) for p in shape.iterfind(f"{_P}txBody/{_A}p"))
    return x // _CELL, y, _NUMBER.sub(_MASK, " ".join(words.split()))


def _place(shape: etree._Element) -> tuple[int, int, int]:
    """By what shapes of a slide are put in order: the title, then from above to below, then from left to right.

    A shape without a place of its own lies where its layout has it: in the order of the file, right after the title.
    """
    role = _role(shape)
    offset = next(shape.iter(f"{_A}off"), None)
    if role in _TITLES:
        return 0, 0, 0
    if offset is None or not offset.get("y", "").lstrip("-").isdigit():
        return 1, 0, 0
    # What lies within half a centimetre of one height stands side by side.
    return 2, int(offset.get("y")) // _CELL, int(offset.get("x", 0))


def _role(shape: etree._Element) -> str:
    """What a placeholder holds: `title`, `body`, `subTitle`, `sldNum`, …; empty for a text box, `body` for one that doesn't say."""
    placeholder = next(shape.iter(f"{_P}ph"), None)
    return str(placeholder.get("type", "body")) if placeholder is not None else ""


def _without_bullet(properties: etree._Element | None) -> bool:
    return properties is not None and properties.find(f"{_A}buNone") is not None


def _has_text(paragraph: etree._Element) -> bool:
    return any((t.text or "").strip() for t in _texts(paragraph))


def _texts(paragraph: etree._Element) -> Iterator[etree._Element]:
    return (t for t in paragraph.iter() if isinstance(t.tag, str) and t.tag.endswith("}t"))


def _metadata(package: Package) -> dict[str, str]:
    name = "docProps/core.xml"
    if name not in package:
        return {}
    root = parse_xml(package.read(name), package.source, name)
    tags = {"title": f"{_DC}title", "author": f"{_DC}creator", "language": f"{_DC}language", "subject": f"{_DC}subject"}
    return {key: (root.findtext(tag) or "").strip() for key, tag in tags.items()}
