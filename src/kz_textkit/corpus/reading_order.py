"""A corpus in reading order: documents, their sections, the blocks of each, sentences and tokens. Every exporter goes this way.

One document is in memory as Arrow tables; its rows become Python objects a section at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

import pyarrow as pa

from kz_textkit.corpus.reader import Corpus

__all__ = ["BlockRows", "DocumentRows", "EntityRow", "SectionRow", "SentenceRows", "TokenRow", "documents_of"]

BATCH_ROWS = 20_000
"""Rows that are Python objects at a time."""


class TokenRow(NamedTuple):
    """A row of the tokens table."""

    section_id: str
    block_id: str
    sentence_id: str
    form: str
    space_after: bool
    lemma: str
    upos: str
    feats: str
    start: int
    end: int
    raw_start: int
    raw_end: int
    xpos: str
    entity: str
    """IOB2."""
    head: int | None
    """Place in the sentence from 1, 0 for the root; None where no syntax was asked for."""
    deprel: str | None


class EntityRow(NamedTuple):
    """A row of the entities table; offsets are those of the text of the block."""

    block_id: str
    start: int
    end: int
    text: str
    label: str
    lemma: str


class SectionRow(NamedTuple):
    """A row of the sections table."""

    section_id: str
    parent_id: str | None
    kind: str
    number: str
    title: str
    level: int
    page_start: int | None
    page_end: int | None


class SentenceRows(NamedTuple):
    """A sentence: its tokens, at least one."""

    sentence_id: str
    tokens: list[TokenRow]


class BlockRows(NamedTuple):
    """A block: its row with its sentences and named entities."""

    block_id: str
    kind: str
    text: str
    raw_start: int
    raw_end: int
    page: int | None
    language: str
    sentences: list[SentenceRows]
    entities: list[EntityRow]


class DocumentRows(NamedTuple):
    """A document: its row in the documents table, its applied edits by rule, and a way through its sections."""

    number: int
    """From 1 on, in the order of the corpus."""
    row: dict[str, Any]
    edits: dict[str, int]
    corpus: Corpus

    @property
    def metadata(self) -> dict[str, str]:
        """What the file and the user say of the work, by column, in the order of their names; what is empty is left out."""
        said = json.loads(self.row["metadata"] or "{}")
        return {str(name): " ".join(str(value).split()) for name, value in sorted(said.items()) if value not in (None, "")}

    @property
    def doc_id(self) -> str:
        doc_id: str = self.row["doc_id"]
        return doc_id

    def sections(self) -> Iterator[tuple[SectionRow, Iterator[BlockRows]]]:
        """Sections in document order, parents before children, each with its own blocks: take those before the next section."""
        blocks = _Ahead(_rows(self.corpus.rows("blocks", self.doc_id), ["section_id", *BlockRows._fields[:-2]]))
        tokens = _Ahead(map(TokenRow._make, _rows(self.corpus.rows("tokens", self.doc_id), list(TokenRow._fields))))
        entities = _Ahead(map(EntityRow._make, _rows(self.corpus.rows("entities", self.doc_id), list(EntityRow._fields))))
        for row in _rows(self.corpus.rows("sections", self.doc_id), list(SectionRow._fields)):
            section = SectionRow._make(row)
            yield section, _blocks_of(section.section_id, blocks, tokens, entities)


def documents_of(corpus: Corpus) -> Iterator[DocumentRows]:
    """The documents of a corpus in its order.

    Raises `CorpusError` where files of the corpus are missing or damaged.
    """
    for number, entry in enumerate(corpus.manifest.documents, 1):
        row = corpus.rows("documents", entry.doc_id).to_pylist()[0]
        yield DocumentRows(number, row, entry.edits, corpus)


class _Ahead:
    """An iterator whose next item can be looked at."""

    def __init__(self, items: Iterator[Any]) -> None:
        self._items = items
        self.next = next(items, None)

    def take_while(self, key: int, value: str) -> Iterator[Any]:
        """The items up to the first whose field number `key` has another value."""
        while self.next is not None and self.next[key] == value:
            item, self.next = self.next, next(self._items, None)
            yield item


def _blocks_of(section_id: str, blocks: _Ahead, tokens: _Ahead, entities: _Ahead) -> Iterator[BlockRows]:
    for _, block_id, kind, text, raw_start, raw_end, page, language in blocks.take_while(0, section_id):
        sentences = groupby(tokens.take_while(1, block_id), attrgetter("sentence_id"))
        found = [SentenceRows(sentence_id, list(inside)) for sentence_id, inside in sentences]
        named = list(entities.take_while(0, block_id))
        yield BlockRows(block_id, kind, text, raw_start, raw_end, page, language, found, named)


def _rows(table: pa.Table, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    for batch in table.select(columns).to_batches(max_chunksize=BATCH_ROWS):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
