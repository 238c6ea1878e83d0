"""The parts of a Word document and how they refer to each other (Open Packaging Conventions)."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from lxml import etree

from kz_textkit.errors import InputError
from kz_textkit.readers.blocks import refuse_cells
from kz_textkit.readers.packages import Package
from kz_textkit.readers.xml_parts import parse_xml

__all__ = ["Parts", "Relation", "core_metadata"]

_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
"""Namespaces of documents that are saved as Strict Open XML, with those that all others have."""
_CORE = {
    "{http://purl.org/dc/elements/1.1/}title": "title",
    "{http://purl.org/dc/elements/1.1/}creator": "author",
    "{http://purl.org/dc/elements/1.1/}subject": "subject",
    "{http://purl.org/dc/elements/1.1/}description": "description",
    "{http://purl.org/dc/elements/1.1/}language": "language",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords": "keywords",
    "{http://purl.org/dc/terms/}created": "date",
}


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: another part by its name, or an address outside."""

    target: str
    is_external: bool
    kind: str
    """Last word of its type: `styles`, `footnotes`, `hyperlink`, …"""


@dataclass(slots=True)
class Parts:
    """The parts of a package as XML, each with its relations."""

    package: Package
    _relations: dict[str, dict[str, Relation]] = field(default_factory=dict)

    def root(self, name: str) -> etree._Element:
        """The root element of a part. Raises `InputError` where it is missing or unsound."""
        data = self.package.read(name)
        refuse_cells(data.count(b"<w:tc>") + data.count(b"<w:tc "), self.package.source)
        if b"purl.oclc.org" in data[:4096]:
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        return parse_xml(data, self.package.source, name)

    def relations(self, name: str) -> dict[str, Relation]:
        """The relations of a part by id; `""` is the package itself."""
        if name not in self._relations:
            folder, base = posixpath.split(name)
            listed = posixpath.join(folder, "_rels", f"{base}.rels")
            found: dict[str, Relation] = {}
            if listed in self.package:
                for element in parse_xml(self.package.read(listed), self.package.source, listed):
                    target, outside = element.get("Target", ""), element.get("TargetMode") == "External"
                    if not outside:
                        target = posixpath.normpath(posixpath.join(folder, target)) if not target.startswith("/") else target[1:]
                    found[element.get("Id", "")] = Relation(target, outside, element.get("Type", "").rpartition("/")[2])
            self._relations[name] = found
        return self._relations[name]

    def related(self, name: str, kind: str) -> str | None:
        """The name of the first part of a kind that a part refers to, if it is there."""
        return next((r.target for r in self.relations(name).values() if r.kind == kind and r.target in self.package), None)

    def main(self) -> str:
        """The name of the part with the text. Raises `InputError` where the package is no document."""
        name = self.related("", "officeDocument") or ("word/document.xml" if "word/document.xml" in self.package else None)
        if name is None:
            raise InputError(self.package.source, "it is no Word document", "save it anew with Word or LibreOffice")
        return name


def core_metadata(parts: Parts) -> dict[str, str]:
    """What the properties of the document say of the work."""
    name = parts.related("", "core-properties")
    if name is None:
        return {}
    found = {}
    for element in parts.root(name):
        key = _CORE.get(element.tag) if isinstance(element.tag, str) else None
        if key and element.text and element.text.strip():
            found[key] = " ".join(element.text.split())
    return found
