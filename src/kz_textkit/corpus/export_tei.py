"""A corpus as TEI P5 (https://tei-c.org/release/doc/tei-p5-doc/en/html/), one `teiCorpus` with a `TEI` a document.

The header of each document has what is known of the work (title, author, date, publisher, licence, classes from the metadata), names
its source with hash and encoding, and counts the changes by rule. Sections are `div`s, nested as they are; blocks are `head`, `p`,
`item`, `note`, `lg` with an `l` a line of verse, or `ab`; a `pb` stands before the first block of a page. Sentences are `s`, names
`name` with their class as type, and tokens `w` and `pc` with `lemma`, `pos` (UPOS), `msd`
(UD features) and `join`, after the class att.linguistic (TEI Guidelines, chapter 17.4.2). A space stands between two tokens where the
text has one, so the text can be read off the elements without `join` too. `xml:id` is the number of the document with the id of
section, block or sentence in the tables of the corpus, where the offsets in the raw text are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import TextIOBase
from itertools import groupby
from typing import TextIO, cast
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.reading_order import BlockRows, DocumentRows, EntityRow, SentenceRows, documents_of
from kz_textkit.corpus.xml_characters import legal_characters

__all__ = ["write_tei"]

NAMESPACE = "http://www.tei-c.org/ns/1.0"

LISTS = {"list_item": "items", "question": "questions", "outline_item": "outline", "toc_entry": "contents"}
"""Kinds of blocks that are items, and the type of their list."""

ELEMENTS = {"heading": "head", "paragraph": "p", "note": "note"}
"""Elements of the other kinds of blocks; `ab`, with the kind as type, is for the rest."""


def write_tei(corpus: Corpus, stream: TextIO) -> int:
    """Write all documents of a corpus; the number of documents written."""
    xml = _Xml(stream)
    manifest = corpus.manifest
    with xml.element("teiCorpus", {"xmlns": NAMESPACE}, lines=True):
        with xml.element("teiHeader", lines=True):
            with xml.element("fileDesc", lines=True):
                _title(xml, "Corpus of Kazakh texts")
                with xml.element("sourceDesc"):
                    xml.write("p", f"Documents: {len(manifest.documents)}")
            made_by = {"ident": "kz-textkit", "version": manifest.tool_version}
            with xml.element("encodingDesc"), xml.element("appInfo"), xml.element("application", made_by):
                xml.write("label", "kz-textkit")
        for document in documents_of(corpus):
            _document(xml, document)
    xml.close()
    return len(manifest.documents)


def _document(xml: _Xml, document: DocumentRows) -> None:
    with xml.element("TEI", {"xml:id": f"d{document.number}", "n": document.doc_id}, lines=True):
        _header(xml, document)
        with xml.element("text", {"xml:lang": document.row["language"]}), xml.element("body", lines=True):
            _divisions(xml, document)


def _header(xml: _Xml, document: DocumentRows) -> None:
    row, said = document.row, _Said(document.metadata)
    with xml.element("teiHeader", lines=True):
        with xml.element("fileDesc", lines=True):
            _title(xml, row["title"] or document.doc_id, authors=said.take("author"), licence=" ".join(said.take("licence")))
            with xml.element("sourceDesc"), xml.element("bibl", lines=True):
                for name in ("title", "author", "editor", "publisher", "date"):
                    for value in said.take(name) or ([row["title"] or document.doc_id] if name == "title" else []):
                        xml.write(name, value)
                xml.write("idno", row["sha256"], {"type": "sha256"})
                xml.write("idno", row["source"], {"type": "file"})
                for address in said.take("url"):
                    xml.write("idno", address, {"type": "URL"})
                xml.write("note", row["encoding"], {"type": "encoding"})
                for warning in row["warnings"]:
                    xml.write("note", warning, {"type": "warning"})
        with xml.element("profileDesc", lines=True):
            with xml.element("langUsage"):
                xml.write("language", row["language"], {"ident": row["language"]})
            if said.rest:
                with xml.element("textClass"), xml.element("keywords", lines=True):
                    for name, value in said.rest.items():
                        xml.write("term", value, {"type": _NOT_IN_TYPES.sub("_", name).strip("_") or "term"})
        if document.edits:
            with xml.element("revisionDesc", lines=True):
                for rule, count in document.edits.items():
                    xml.write("change", f"{count} by the rule {rule}", {"type": rule, "n": str(count)})
                    xml.line_end()


def _title(xml: _Xml, title: str, *, authors: Iterable[str] = (), licence: str = "") -> None:
    """The parts of `fileDesc` that the guidelines ask for before the source."""
    with xml.element("titleStmt", lines=True):
        xml.write("title", title)
        for author in authors:
            xml.write("author", author)
    with xml.element("publicationStmt", lines=True):
        if licence:
            xml.write("publisher", "Made with kz-textkit")
            with xml.element("availability"):
                target = {"target": licence} if licence.startswith(("http://", "https://")) and " " not in licence else {}
                xml.write("licence", licence, target)
        else:
            xml.write("p", "Made with kz-textkit; rights are those of the source.")


class _Said:
    """What is said of a work by columns of metadata, under the names that people give them."""

    def __init__(self, metadata: Mapping[str, str]) -> None:
        self.rest = {name: value for name, value in metadata.items() if name.lower() not in _UNSAID}
        """What no element has been found for yet."""
        self._taken: dict[str, list[str]] = {}

    def take(self, meaning: str) -> list[str]:
        """The values of the columns of one meaning, which are no longer in the rest."""
        if meaning not in self._taken:
            names = [name for name in self.rest if name.lower() in MEANINGS[meaning]]
            self._taken[meaning] = [self.rest.pop(name) for name in names]
        return self._taken[meaning]


MEANINGS: Mapping[str, frozenset[str]] = {
    "title": frozenset({"title", "тақырып", "атауы", "название"}),
    "author": frozenset({"author", "authors", "creator", "автор", "авторы"}),
    "editor": frozenset({"editor", "редактор"}),
    "publisher": frozenset({"publisher", "баспа", "баспасы", "издательство"}),
    "date": frozenset({"date", "year", "жыл", "жылы", "год", "күні", "дата"}),
    "licence": frozenset({"licence", "license", "rights", "лицензия"}),
    "url": frozenset({"url", "address", "link", "сілтеме", "ссылка"}),
}
"""Names of columns by what TEI has an element for."""

_UNSAID = frozenset({"language"})
_NOT_IN_TYPES = re.compile(r"[^\w.-]+")


def _divisions(xml: _Xml, document: DocumentRows) -> None:
    """Sections as nested divisions: one closes when a section comes that is not below it."""
    open_ids: list[str] = []
    pages = _Pages()
    for section, blocks in document.sections():
        while open_ids and open_ids[-1] != section.parent_id:
            open_ids.pop()
            xml.end("div", lines=True)
        attributes = {"xml:id": f"d{document.number}-{section.section_id}", "type": section.kind}
        if section.number:
            attributes["n"] = section.number
        xml.start("div", attributes, lines=True)
        open_ids.append(section.section_id)
        _blocks(xml, document, blocks, pages)
    if not open_ids:
        xml.write("p", "")
    for _ in open_ids:
        xml.end("div", lines=True)


class _Pages:
    """Where pages begin: before the first block of each."""

    def __init__(self) -> None:
        self._last: int | None = None

    def turn(self, xml: _Xml, block: BlockRows) -> None:
        if block.page is not None and block.page != self._last:
            xml.empty("pb", {"n": str(block.page)})
            self._last = block.page


def _blocks(xml: _Xml, document: DocumentRows, blocks: Iterable[BlockRows], pages: _Pages) -> None:
    is_first = True
    for group, found in groupby(blocks, key=lambda block: LISTS.get(block.kind) or (block.kind if block.kind == "verse" else None)):
        if group is not None:
            outer, inner = ("lg", "l") if group == "verse" else ("list", "item")
            ahead = list(found)
            pages.turn(xml, ahead[0])
            with xml.element(outer, {} if group == "verse" else {"type": group}, lines=True):
                for block in ahead:
                    pages.turn(xml, block)
                    _block(xml, document, block, inner)
            is_first = False
            continue
        for block in found:
            pages.turn(xml, block)
            # A division has its headings first; one further down would not be valid.
            name = ELEMENTS.get(block.kind, "ab") if block.kind != "heading" or is_first else "ab"
            _block(xml, document, block, name)
            is_first = is_first and block.kind == "heading"


def _block(xml: _Xml, document: DocumentRows, block: BlockRows, name: str) -> None:
    prefix = f"d{document.number}-"
    attributes = {"xml:id": prefix + block.block_id}
    if name == "ab":
        attributes["type"] = block.kind
    with xml.element(name, attributes, lines=True):
        for sentence in block.sentences:
            _sentence(xml, sentence, prefix, {entity.start: entity for entity in block.entities})
            xml.line_end()


def _sentence(xml: _Xml, sentence: SentenceRows, prefix: str, names: Mapping[int, EntityRow]) -> None:
    with xml.element("s", {"xml:id": prefix + sentence.sentence_id}):
        glued = False
        name_end = -1
        last = len(sentence.tokens) - 1
        for i, token in enumerate(sentence.tokens):
            if name_end < 0 and (entity := names.get(token.start)) is not None:
                name_end = entity.end
                xml.start("name", {"type": entity.label})
            glues = i < last and not token.space_after
            attributes = {"lemma": token.lemma, "pos": token.upos, "msd": token.feats, "join": JOIN[glued, glues]}
            is_mark = token.upos == "PUNCT" if token.upos else not any(map(str.isalnum, token.form))
            xml.write("pc" if is_mark else "w", token.form, {name: value for name, value in attributes.items() if value})
            if 0 <= name_end <= token.end or (name_end >= 0 and i == last):
                name_end = -1
                xml.end("name")
            if i < last and token.space_after:
                xml.text(" ")
            glued = glues


JOIN = {(False, False): "", (True, False): "left", (False, True): "right", (True, True): "both"}
"""Values of `join`, by whether a token is joined to the one before and to the one after it."""


class _Xml:
    """Elements written as they come, escaped by the generator of the standard library."""

    def __init__(self, stream: TextIO) -> None:
        self._generator = XMLGenerator(cast(TextIOBase, stream), encoding="utf-8", short_empty_elements=True)
        self._generator.startDocument()

    def start(self, name: str, attributes: dict[str, str] | None = None, *, lines: bool = False) -> None:
        given = {key: legal_characters(value) for key, value in (attributes or {}).items()}
        self._generator.startElement(name, AttributesImpl(given))
        if lines:
            self.line_end()

    def end(self, name: str, *, lines: bool = False) -> None:
        self._generator.endElement(name)
        if lines:
            self.line_end()

    def line_end(self) -> None:
        self._generator.ignorableWhitespace("\n")

    def text(self, text: str) -> None:
        self._generator.characters(legal_characters(text))

    def empty(self, name: str, attributes: dict[str, str]) -> None:
        """An element with nothing in it, on a line of its own."""
        self.start(name, attributes)
        self.end(name, lines=True)

    def write(self, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
        """An element with nothing but text in it."""
        self.start(name, attributes)
        self.text(text)
        self.end(name)

    @contextmanager
    def element(self, name: str, attributes: dict[str, str] | None = None, *, lines: bool = False) -> Iterator[None]:
        """What is written inside stands in the element; with `lines`, tags have lines of their own."""
        self.start(name, attributes, lines=lines)
        yield
        self.end(name, lines=lines)

    def close(self) -> None:
        self._generator.endDocument()
