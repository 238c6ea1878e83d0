"""A corpus as TEI P5 (https://tei-c.org/release/doc/tei-p5-doc/en/html/), one `teiCorpus` with a `TEI` a document.

The header of each document names its source with hash and encoding, and counts the changes by rule. Sections are `div`s, nested as
they are; blocks are `head`, `p`, `item`, `note` or `ab`; sentences are `s`, and tokens `w` and `pc` with `lemma`, `pos` (UPOS), `msd`
(UD features) and `join`, after the class att.linguistic (TEI Guidelines, chapter 17.4.2). A space stands between two tokens where the
text has one, so the text can be read off the elements without `join` too. `xml:id` is the number of the document with the id of
section, block or sentence in the tables of the corpus, where the offsets in the raw text are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOBase
from itertools import groupby
from typing import TextIO, cast
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.reading_order import BlockRows, DocumentRows, SentenceRows, documents_of
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
    row = document.row
    with xml.element("teiHeader", lines=True):
        with xml.element("fileDesc", lines=True):
            _title(xml, row["title"] or document.doc_id)
            with xml.element("sourceDesc"), xml.element("bibl"):
                xml.write("title", row["source"])
                xml.write("idno", row["sha256"], {"type": "sha256"})
                xml.write("note", row["encoding"], {"type": "encoding"})
                for warning in row["warnings"]:
                    xml.write("note", warning, {"type": "warning"})
        with xml.element("profileDesc"), xml.element("langUsage"):
            xml.write("language", row["language"], {"ident": row["language"]})
        if document.edits:
            with xml.element("revisionDesc", lines=True):
                for rule, count in document.edits.items():
                    xml.write("change", f"{count} by the rule {rule}", {"type": rule, "n": str(count)})
                    xml.line_end()


def _title(xml: _Xml, title: str) -> None:
    """The parts of `fileDesc` that the guidelines ask for before the source."""
    with xml.element("titleStmt", lines=True):
        xml.write("title", title)
    with xml.element("publicationStmt", lines=True):
        xml.write("p", "Made with kz-textkit; rights are those of the source.")


def _divisions(xml: _Xml, document: DocumentRows) -> None:
    """Sections as nested divisions: one closes when a section comes that is not below it."""
    open_ids: list[str] = []
    for section, blocks in document.sections():
        while open_ids and open_ids[-1] != section.parent_id:
            open_ids.pop()
            xml.end("div", lines=True)
        attributes = {"xml:id": f"d{document.number}-{section.section_id}", "type": section.kind}
        if section.number:
            attributes["n"] = section.number
        xml.start("div", attributes, lines=True)
        open_ids.append(section.section_id)
        _blocks(xml, document, blocks)
    if not open_ids:
        xml.write("p", "")
    for _ in open_ids:
        xml.end("div", lines=True)


def _blocks(xml: _Xml, document: DocumentRows, blocks: Iterable[BlockRows]) -> None:
    is_first = True
    for list_type, found in groupby(blocks, key=lambda block: LISTS.get(block.kind)):
        if list_type is not None:
            with xml.element("list", {"type": list_type}, lines=True):
                for block in found:
                    _block(xml, document, block, "item")
            is_first = False
            continue
        for block in found:
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
            _sentence(xml, sentence, prefix)
            xml.line_end()


def _sentence(xml: _Xml, sentence: SentenceRows, prefix: str) -> None:
    with xml.element("s", {"xml:id": prefix + sentence.sentence_id}):
        glued = False
        last = len(sentence.tokens) - 1
        for i, token in enumerate(sentence.tokens):
            glues = i < last and not token.space_after
            attributes = {"lemma": token.lemma, "pos": token.upos, "msd": token.feats, "join": JOIN[glued, glues]}
            is_mark = token.upos == "PUNCT" if token.upos else not any(map(str.isalnum, token.form))
            xml.write("pc" if is_mark else "w", token.form, {name: value for name, value in attributes.items() if value})
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
