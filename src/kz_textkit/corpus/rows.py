"""A cleaned and annotated document as rows of the tables, in record batches of bounded size."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa

from kz_textkit.annotation.columns import TokenColumns
from kz_textkit.corpus.places import places_of
from kz_textkit.corpus.rebuild import gaps_of
from kz_textkit.corpus.schema import SCHEMAS
from kz_textkit.document import Block, Document, Section

__all__ = ["BATCH_ROWS", "annotation_batches", "document_batches", "source_spans"]

BATCH_ROWS = 65_536
"""Rows of a record batch, about; a block is never split."""


def document_batches(document: Document) -> Iterator[tuple[str, pa.RecordBatch]]:
    """Rows of all tables but sentences and tokens, as (name of the table, rows).

    Raises `CorpusError` where a document does not account for all of its raw text.
    """
    doc_id = document.raw.doc_id
    yield "documents", _batch("documents", [_document_row(document)])
    yield "sections", _batch("sections", _section_rows(document))
    for name, rows in (
        ("blocks", _block_rows(document)),
        ("links", [(doc_id, k.url, k.title, k.kind, k.page, k.block_id, k.start, k.end) for k in document.links]),
        ("edits", [(doc_id, e.start, e.end, e.before, e.after, e.rule, e.applied, e.score) for e in document.edits]),
        ("gaps", [(doc_id, gap.start, gap.text) for gap in gaps_of(document)]),
        ("places", [(doc_id, *place) for place in places_of(document.raw)]),
    ):
        for start in range(0, len(rows), BATCH_ROWS):
            yield name, _batch(name, rows[start : start + BATCH_ROWS])


def annotation_batches(document: Document, annotated: Iterable[TokenColumns]) -> Iterator[tuple[str, pa.RecordBatch]]:
    """Rows of the sentences, tokens and entities tables; `annotated` is what the annotation makes of the document."""
    doc_id = document.raw.doc_id
    section_of = {block.block_id: section.section_id for section in document.sections for block in section.blocks}
    tokens = sentences = 0
    for columns in annotated:
        count = len(columns.block)
        if count:
            sections = [section_of[block.block_id] for block in columns.blocks]
            sentence = np.cumsum(columns.begins) - 1
            sentence_ids = _numbered("n", 7, sentences, int(sentence[-1]) + 1)
            yield "sentences", _sentence_rows(doc_id, sections, columns, sentence_ids)
            yield "tokens", _token_rows(doc_id, sections, columns, sentence_ids.take(pa.array(sentence)), tokens)
            tokens, sentences = tokens + count, sentences + len(sentence_ids)
        if columns.entities:
            found = [(e.block.block_id, e.start, e.end, e.block.text[e.start : e.end], e.label, e.lemma) for e in columns.entities]
            yield "entities", _batch("entities", [(doc_id, *row) for row in found])


def _sentence_rows(doc_id: str, sections: Sequence[str], columns: TokenColumns, sentence_ids: pa.Array) -> pa.RecordBatch:
    first = np.flatnonzero(columns.begins)
    last = np.append(first[1:], len(columns.begins)) - 1
    block, start, end = columns.block[first], columns.start[first], columns.end[last]
    texts = [columns.blocks[k].text[i:j] for k, i, j in zip(block.tolist(), start.tolist(), end.tolist(), strict=True)]
    return pa.RecordBatch.from_arrays(
        [*_ids(doc_id, sections, columns, block), sentence_ids, pa.array(start), pa.array(end), pa.array(texts, pa.string())],
        schema=SCHEMAS["sentences"],
    )


def _token_rows(doc_id: str, sections: Sequence[str], columns: TokenColumns, sentence_ids: pa.Array, before: int) -> pa.RecordBatch:
    """Rows of tokens; `before` have come before them in the document."""
    count = len(columns.block)
    raw_start, raw_end = source_spans(columns.blocks, columns.block, columns.start, columns.end)
    values = {
        **dict(zip(("doc_id", "section_id", "block_id"), _ids(doc_id, sections, columns, columns.block), strict=True)),
        "sentence_id": sentence_ids,
        "token_id": _numbered("t", 8, before, count),
        **{name: getattr(columns, name) for name in ("form", "lemma", "upos", "xpos", "feats", "language")},
        **{name: pa.array(getattr(columns, name)) for name in ("space_after", "is_stop", "start", "end")},
        "head": pa.nulls(count, pa.int32()) if columns.head is None else columns.head,
        "deprel": pa.nulls(count, pa.string()) if columns.deprel is None else columns.deprel,
        "entity": pa.repeat("", count) if columns.entity is None else columns.entity,
        "raw_start": pa.array(raw_start),
        "raw_end": pa.array(raw_end),
    }
    schema = SCHEMAS["tokens"]
    return pa.RecordBatch.from_arrays([values[name] for name in schema.names], schema=schema)


def _ids(doc_id: str, sections: Sequence[str], columns: TokenColumns, block: np.ndarray) -> list[pa.Array]:
    """The columns `doc_id`, `section_id` and `block_id` of rows, by the places of their blocks."""
    at = pa.array(block)
    block_ids = pa.array([block.block_id for block in columns.blocks], pa.string())
    return [pa.repeat(doc_id, len(block)), pa.array(sections, pa.string()).take(at), block_ids.take(at)]


@lru_cache(maxsize=2)
def _first_numbered(letter: str, digits: int) -> pa.Array:
    return pa.array([f"{letter}{number:0{digits}}" for number in range(1, BATCH_ROWS + 1)], pa.string())


def _numbered(letter: str, digits: int, before: int, count: int) -> pa.Array:
    """The ids of rows, by how many have come before them.

    >>> _numbered("n", 7, 41, 2).to_pylist()
    ['n0000042', 'n0000043']
    """
    if before + count <= BATCH_ROWS:
        return _first_numbered(letter, digits).slice(before, count)
    return pa.array([f"{letter}{number:0{digits}}" for number in range(before + 1, before + count + 1)], pa.string())


def source_spans(blocks: Sequence[Block], block: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What `alignment.to_source` says of many spans of many blocks at once; `block` has the place of each one's block.

    None of the spans may be empty.
    """
    alignments = [block.alignment for block in blocks]
    runs = [len(alignment.target_starts) for alignment in alignments]
    after = np.cumsum([alignment.target_length for alignment in alignments])
    base = after - [alignment.target_length for alignment in alignments]
    targets = np.fromiter(chain.from_iterable(a.target_starts for a in alignments), np.int64, sum(runs)) + np.repeat(base, runs)
    sources = np.fromiter(chain.from_iterable(a.source_starts for a in alignments), np.int64, sum(runs))
    source_ends = np.fromiter(chain.from_iterable(a.source_ends for a in alignments), np.int64, sum(runs))
    one_to_one = np.diff(targets, append=after[-1]) == source_ends - sources
    begins, finishes = starts + base[block], ends + base[block]
    first = np.searchsorted(targets, begins, side="right") - 1
    last = np.searchsorted(targets, finishes - 1, side="right") - 1
    raw_starts = np.where(one_to_one[first], sources[first] + begins - targets[first], sources[first])
    raw_ends = np.where(one_to_one[last], sources[last] + finishes - targets[last], source_ends[last])
    return raw_starts, raw_ends


def _batch(table: str, rows: Sequence[tuple[Any, ...]]) -> pa.RecordBatch:
    schema = SCHEMAS[table]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pa.RecordBatch.from_arrays([pa.array(column, f.type) for column, f in zip(columns, schema, strict=True)], schema=schema)


def _document_row(document: Document) -> tuple[Any, ...]:
    raw = document.raw
    clean_chars = sum(len(block.text) for block in document.blocks)
    return (
        *(raw.doc_id, raw.source, raw.sha256, raw.encoding, document.title, document.language),
        *(len(raw.text), clean_chars, document.pages, list(document.warnings)),
        *(_json(document.quality), raw.extraction.format if raw.extraction else "text", _json(raw.metadata), document.title_from),
    )


def _json(values: Mapping[str, object]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True)


def _block_rows(document: Document) -> list[tuple[Any, ...]]:
    doc_id = document.raw.doc_id
    return [
        (
            *(doc_id, section.section_id, block.block_id, block.kind, block.text, block.language),
            *(block.raw_start, block.raw_end, block.page),
        )
        for section in document.sections
        for block in section.blocks
    ]


def _section_rows(document: Document) -> list[tuple[Any, ...]]:
    extents = _extents(document.sections)
    return [
        (document.raw.doc_id, s.section_id, s.parent_id, s.kind, s.number, s.title, s.level, *extents[s.section_id])
        for s in document.sections
    ]


_Extent = tuple[int | None, int | None, int | None, int | None]


def _extents(sections: Sequence[Section]) -> dict[str, _Extent]:
    """Where each section begins and ends in the raw text, and on which pages, those nested in it included."""
    extents: dict[str, list[tuple[int, int, int | None]]] = {section.section_id: [] for section in sections}
    parents = {section.section_id: section.parent_id for section in sections}
    for section in sections:
        spans = [(block.raw_start, block.raw_end, block.page) for block in section.blocks]
        spans = spans[:1] + spans[-1:]
        ancestor: str | None = section.section_id
        while ancestor is not None:
            extents[ancestor] += spans
            ancestor = parents[ancestor]
    return {section_id: _extent(spans) for section_id, spans in extents.items()}


def _extent(spans: Sequence[tuple[int, int, int | None]]) -> _Extent:
    if not spans:
        return None, None, None, None
    pages = [page for _, _, page in spans if page is not None]
    return min(s for s, _, _ in spans), max(e for _, e, _ in spans), min(pages, default=None), max(pages, default=None)
