"""E-books (EPUB 2 and 3): the chapters in reading order.

Converters often write titles and items of lists as paragraphs like any other: such a paragraph is a title where the table of contents
says so, and items of a list are told by their class and ends.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from kz_textkit.document import RawDocument
from kz_textkit.errors import InputError
from kz_textkit.readers.blocks import BlockWriter, Piece
from kz_textkit.readers.css import StyleSheet
from kz_textkit.readers.html import parse_page
from kz_textkit.readers.html_blocks import Item, html_blocks
from kz_textkit.readers.html_notes import local_name
from kz_textkit.readers.inline import Content
from kz_textkit.readers.marked_text import extracted
from kz_textkit.readers.markup_encoding import decode_markup
from kz_textkit.readers.packages import Package
from kz_textkit.readers.xml_parts import parse_xml
from kz_textkit.settings import Settings

__all__ = ["read"]

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
PLACEHOLDERS = ("Unknown Title", "Unknown Author", "Unknown")
"""What converters write where nothing is known."""
_METADATA = {
    "title": "title",
    "creator": "author",
    "date": "date",
    "language": "language",
    "publisher": "publisher",
    "subject": "subject",
    "rights": "licence",
    "description": "description",
}


def read(path: Path, settings: Settings) -> RawDocument:
    """The text of an e-book with its marks.

    Raises `InputError` where it is damaged, locked by rights management, too large, or no e-book.
    """
    with Package(path, settings.limits) as package:
        book = _book(package)
        writer = BlockWriter()
        for name in book.chapters:
            items = _with_lists(_with_titles(_chapter(package, name, writer), book.titles.get(name, [])))
            writer.begin_part(name)
            writer.write_all(_with_own_notes(item.piece, name) for item in items)
        text, marks = writer.finish()
        return extracted(
            path,
            package.data,
            text,
            marks,
            format="epub",
            extractor="lxml",
            version=etree.__version__,
            metadata=book.metadata,
            warnings=tuple(book.warnings),
        )


class _Title(NamedTuple):
    """An entry of the table of contents."""

    text: str
    level: int


class _Book(NamedTuple):
    chapters: list[str]
    """Names of parts in reading order."""
    titles: dict[str, list[_Title]]
    """Entries of the table of contents by the part that they lead to."""
    metadata: dict[str, str]
    warnings: list[str]


def _book(package: Package) -> _Book:
    source = package.source
    if CONTAINER not in package:
        raise InputError(source, "it is no e-book (EPUB)", "get it again, or convert it with Calibre")
    roots = [
        e.get("full-path", "") for e in parse_xml(package.read(CONTAINER), source, CONTAINER).iter() if local_name(e) == "rootfile"
    ]
    if not roots or roots[0] not in package:
        raise InputError(source, "its list of chapters is missing", "get it again, or convert it with Calibre")
    listing = parse_xml(package.read(roots[0]), source, roots[0])
    folder = posixpath.dirname(roots[0])
    manifest = {e.get("id", ""): e for e in listing.iter() if local_name(e) == "item"}
    chapters: list[str] = []
    warnings: list[str] = []
    for reference in (e for e in listing.iter() if local_name(e) == "itemref"):
        item = manifest.get(reference.get("idref", ""))
        if item is None or item.get("media-type") not in PAGES:
            continue
        name = _joined(folder, item.get("href", ""))
        if name not in package:
            warnings.append(f"the chapter {name} is missing")
        elif name not in chapters:
            chapters.append(name)
    _refuse_locked(package, chapters)
    found: dict[str, str] = {}
    for element in listing.iter():
        key = _METADATA.get(local_name(element)) if "purl.org/dc/" in str(element.tag) else None
        if key and element.text and element.text.strip() and element.text.strip() not in PLACEHOLDERS:
            found.setdefault(key, " ".join(element.text.split()))
    return _Book(chapters, _titles(package, folder, manifest), found, warnings)


def _refuse_locked(package: Package, chapters: list[str]) -> None:
    """Fonts may be encrypted, as they are against copying; chapters that are can't be read."""
    if ENCRYPTION not in package:
        return
    locked = {unquote(e.get("URI", "")) for e in parse_xml(package.read(ENCRYPTION), package.source, ENCRYPTION).iter()}
    if locked & set(chapters):
        raise InputError(package.source, "it is locked by rights management (DRM)", "get an e-book without it")


def _joined(folder: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(address.partition("#")[0])))


def _titles(package: Package, folder: str, manifest: dict[str, etree._Element]) -> dict[str, list[_Title]]:
    """The entries of the table of contents, of EPUB 3 (a page with lists) or EPUB 2 (NCX)."""
    titles: dict[str, list[_Title]] = {}
    for item in manifest.values():
        is_page = "nav" in item.get("properties", "").split()
        if not is_page and item.get("media-type") != "application/x-dtbncx+xml":
            continue
        name = _joined(folder, item.get("href", ""))
        if name not in package:
            continue
        root = parse_page(decode_markup(package.read(name), package.source)[0], package.source)
        for element in root.iter(etree.Element):
            tag = local_name(element)
            if is_page and tag == "a" and element.get("href"):
                text, address, within = "".join(element.itertext()), element.get("href"), "ol"
            elif not is_page and tag == "navpoint":
                labels = [e for e in element if local_name(e) == "navlabel"]
                addresses = [e.get("src", "") for e in element if local_name(e) == "content"]
                text, address, within = "".join(labels[0].itertext()) if labels else "", addresses[0] if addresses else "", "navpoint"
            else:
                continue
            level = sum(local_name(parent) == within for parent in element.iterancestors()) + (within == "navpoint")
            entry = _Title(_key(text), max(1, level))
            target = titles.setdefault(_joined(posixpath.dirname(name), address), [])
            if entry.text and entry not in target:
                target.append(entry)
    return titles


def _key(text: str) -> str:
    return "".join(c for c in text if c.isalnum()).lower()


def _chapter(package: Package, name: str, writer: BlockWriter) -> list[Item]:
    page, _ = decode_markup(package.read(name), package.source)
    root = parse_page(page, package.source)
    sheet = StyleSheet()
    for element in root.iter(etree.Element):
        tag = local_name(element)
        if tag == "style":
            sheet.add(element.text or "")
        elif tag == "link" and "stylesheet" in element.get("rel", ""):
            part = _joined(posixpath.dirname(name), element.get("href", ""))
            if part in package:
                sheet.add(package.read(part).decode("utf-8", "replace"))
    items = html_blocks(root, sheet, tables=writer.tables)
    writer.tables += sum(1 for _ in root.iter("{*}table"))
    return items


def _with_titles(items: list[Item], titles: list[_Title]) -> list[Item]:
    """Blocks of an open kind that say what the table of contents says are headings; so are lists of the table of contents itself."""
    left = Counter({title.text: 1 for title in titles})
    levels = {title.text: title.level for title in titles}
    titled: list[Item] = []
    for item in items:
        piece = item.piece
        if _in_contents(item.element):
            piece = Piece(piece.content, piece.value | {"kind": "toc_entry"})
        elif not piece.kind and left[key := _key(piece.content.text)] > 0:
            left[key] -= 1
            piece = Piece(piece.content, piece.value | {"kind": "heading", "level": levels[key]})
        titled.append(Item(item.element, piece))
    return titled


def _with_lists(items: list[Item]) -> list[Item]:
    """Runs of paragraphs of a class of their own that end as items do, and begin with small letters, are lists without their signs."""
    classes = [_class(item) if not item.piece.kind and not item.piece.value.get("centered") else None for item in items]
    sizes = Counter[str]()
    for name, item in zip(classes, items, strict=True):
        if name is not None:
            sizes[name] += len(item.piece.content.text)
    body = sizes.most_common(1)[0][0] if sizes else ""
    listed: list[Item] = []
    for name, group in groupby(zip(classes, items, strict=True), key=lambda pair: pair[0]):
        run = [item for _, item in group]
        texts = [item.piece.content.text for item in run]
        if name not in (None, body) and len(run) > 1 and all(text[:1].islower() for text in texts) and _ends_as_list(texts):
            run = [Item(item.element, Piece(item.piece.content, item.piece.value | {"kind": "list_item"})) for item in run]
        listed += run
    return listed


def _class(item: Item) -> str:
    return str(item.element.get("class", ""))


def _ends_as_list(texts: list[str]) -> bool:
    return all(text.endswith((";", ",")) for text in texts[:-1]) and texts[-1].endswith((";", "."))


def _with_own_notes(piece: Piece, part: str) -> Piece:
    """A piece whose names of notes are of its chapter: each begins to count anew."""
    marks = tuple(
        mark._replace(value={**mark.value, "note": _note_name(str(mark.value["note"]), part)}) if "note" in mark.value else mark
        for mark in piece.content.marks
    )
    value = piece.value | ({"note": _note_name(piece.value["note"], part)} if "note" in piece.value else {})
    return Piece(Content(piece.content.text, marks), value)


def _note_name(name: str, part: str) -> str:
    folder = posixpath.dirname(part)
    return f"{_joined(folder, name)}#{name.partition('#')[2]}" if "#" in name else f"{part}#{name}"


def _in_contents(element: etree._Element) -> bool:
    for holder in (element, *element.iterancestors()):
        if local_name(holder) == "nav":
            return "toc" in " ".join(value for name, value in holder.items() if name.endswith("type"))
    return False
