"""A cleaned and annotated document as rows of the tables, in record batches of bounded size."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from spacy.attrs import DEP, HEAD, IS_SPACE, IS_STOP, LEMMA, LENGTH, MORPH, ORTH, POS, SENT_START, SPACY, TAG
from spacy.attrs import IDX as OFFSET
from spacy.morphology import Morphology
from spacy.tokens import Doc

from kz_textkit.alignment import Alignment
from kz_textkit.annotation.components import AnnotatedBlock
from kz_textkit.corpus.places import places_of
from kz_textkit.corpus.rebuild import gaps_of
from kz_textkit.corpus.schema import SCHEMAS
from kz_textkit.document import Block, Document, Section
from kz_textkit.morphology.token_language import token_language

__all__ = ["BATCH_ROWS", "annotation_batches", "document_batches", "source_spans"]

BATCH_ROWS = 65_536
"""Rows of a record batch, about; a block is never split."""

_ATTRIBUTES = (ORTH, SPACY, LEMMA, POS, MORPH, SENT_START, IS_STOP, IS_SPACE, OFFSET, LENGTH, TAG)


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


def annotation_batches(document: Document, annotated: Iterable[AnnotatedBlock]) -> Iterator[tuple[str, pa.RecordBatch]]:
    """Rows of the sentences, tokens and entities tables; `annotated` is what `annotate` makes of the document."""
    section_of = {block.block_id: section.section_id for section in document.sections for block in section.blocks}
    sentences, tokens, entities = _Columns("sentences"), _Columns("tokens"), _Columns("entities")
    counted = _Counted()
    strings = _Strings()
    for block, doc, offset in annotated:
        ids = {"doc_id": document.raw.doc_id, "section_id": section_of[block.block_id], "block_id": block.block_id}
        _add_block(block, doc, offset, ids, sentences, tokens, counted, strings)
        if doc.has_annotation("ENT_IOB"):
            _add_entities(block, doc, offset, ids, entities)
        for columns in (sentences, tokens, entities):
            if columns.length >= BATCH_ROWS:
                yield columns.table, columns.take()
    for columns in (sentences, tokens, entities):
        if columns.length:
            yield columns.table, columns.take()


def source_spans(alignment: Alignment, starts: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What `alignment.to_source` says of many spans at once; none of them may be empty."""
    targets = np.asarray(alignment.target_starts)
    sources = np.asarray(alignment.source_starts)
    source_ends = np.asarray(alignment.source_ends)
    one_to_one = np.diff(targets, append=alignment.target_length) == source_ends - sources
    first = np.searchsorted(targets, starts, side="right") - 1
    last = np.searchsorted(targets, ends - 1, side="right") - 1
    raw_starts = np.where(one_to_one[first], sources[first] + starts - targets[first], sources[first])
    raw_ends = np.where(one_to_one[last], sources[last] + ends - targets[last], source_ends[last])
    return raw_starts, raw_ends


@dataclass
class _Counted:
    sentences: int = 0
    tokens: int = 0


class _Strings:
    """The strings behind spaCy's hashes; every one is looked up once."""

    def __init__(self) -> None:
        self.known: dict[int, str] = {0: ""}

    def of(self, hashes: Sequence[int], store: Any) -> list[str]:
        known = self.known
        for key in set(hashes):
            if key not in known:
                known[key] = store[key]
        return [known[key] for key in hashes]


@dataclass
class _Columns:
    """Rows of one table under construction, as a list a column."""

    table: str
    columns: dict[str, list[Any]] = field(default_factory=dict)
    length: int = 0

    def add(self, length: int, **columns: Any) -> None:
        """Add rows; a value that is no list or array is repeated."""
        for name in SCHEMAS[self.table].names:
            value = columns[name]
            values = value if isinstance(value, list) else value.tolist() if isinstance(value, np.ndarray) else [value] * length
            self.columns.setdefault(name, []).extend(values)
        self.length += length

    def take(self) -> pa.RecordBatch:
        schema = SCHEMAS[self.table]
        batch = pa.RecordBatch.from_arrays([pa.array(self.columns[f.name], f.type) for f in schema], schema=schema)
        self.columns, self.length = {}, 0
        return batch


def _add_block(
    block: Block,
    doc: Doc,
    shift: int,
    ids: dict[str, str],
    sentences: _Columns,
    tokens: _Columns,
    counted: _Counted,
    strings: _Strings,
) -> None:
    attributes = doc.to_array(_ATTRIBUTES)
    attributes = attributes[attributes[:, 7] == 0]  # Runs of white space are no tokens of ours.
    if not len(attributes):
        return
    store = doc.vocab.strings
    orth, lemma, pos, morph, tag = (strings.of(attributes[:, i].tolist(), store) for i in (0, 2, 3, 4, 10))
    feats = ["" if found == Morphology.EMPTY_MORPH else found for found in morph]
    offset = attributes[:, 8].astype(np.int64) + shift
    ends = offset + attributes[:, 9].astype(np.int64)
    raw_starts, raw_ends = source_spans(block.alignment, offset, ends)
    begins = attributes[:, 5].astype(np.int64) == 1
    begins[0] = True
    sentence = np.cumsum(begins) - 1
    sentence_ids = [f"n{counted.sentences + i:07}" for i in range(1, int(sentence[-1]) + 2)]
    firsts = np.flatnonzero(begins)
    lasts = np.append(firsts[1:], len(offset)) - 1
    from_, to = offset[firsts], ends[lasts]
    counted.sentences += len(sentence_ids)
    sentences.add(
        len(sentence_ids),
        **ids,
        sentence_id=sentence_ids,
        start=from_,
        end=to,
        text=[block.text[i:j] for i, j in zip(from_.tolist(), to.tolist(), strict=True)],
    )
    tokens.add(
        len(orth),
        **ids,
        sentence_id=[sentence_ids[i] for i in sentence.tolist()],
        token_id=[f"t{number:08}" for number in range(counted.tokens + 1, counted.tokens + len(orth) + 1)],
        form=orth,
        space_after=attributes[:, 1].astype(bool),
        lemma=lemma,
        upos=pos,
        xpos=tag,
        feats=feats,
        **_dependencies(doc, sentence),
        entity=_labels(doc),
        language=list(map(token_language, orth, pos, feats)) if any(pos) else "",
        is_stop=attributes[:, 6].astype(bool),
        start=offset,
        end=ends,
        raw_start=raw_starts,
        raw_end=raw_ends,
    )
    counted.tokens += len(orth)


def _dependencies(doc: Doc, sentence: np.ndarray) -> dict[str, Any]:
    """Columns `head` and `deprel` of the tokens that are no white space, `sentence` being the number of each one's sentence."""
    if not doc.has_annotation("DEP"):
        return {"head": None, "deprel": None}
    attributes = doc.to_array((HEAD, DEP, IS_SPACE))
    words = attributes[:, 2] == 0
    own = np.flatnonzero(words)
    # spaCy has the head as a distance, 0 for a root, as an unsigned number
    distance = attributes[words, 0].astype(np.int64)
    place = np.cumsum(words) - 1
    firsts = np.searchsorted(sentence, sentence)
    heads = np.where(distance == 0, 0, place[own + distance] - firsts + 1)
    names = {0: "", **{key: doc.vocab.strings[key] for key in set(attributes[words, 1].tolist()) - {0}}}
    deprels = ["root" if name == "ROOT" else name for name in map(names.__getitem__, attributes[words, 1].tolist())]
    return {"head": heads, "deprel": deprels}


def _labels(doc: Doc) -> list[str] | str:
    """IOB2 labels of the tokens that are no white space; an empty text where no names were looked for."""
    if not doc.has_annotation("ENT_IOB"):
        return ""
    return [f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type else "O" for token in doc if not token.is_space]


def _add_entities(block: Block, doc: Doc, shift: int, ids: dict[str, str], entities: _Columns) -> None:
    spans = [(span.start_char + shift, span.end_char + shift) for span in doc.ents]
    if not spans:
        return
    entities.add(
        len(spans),
        doc_id=ids["doc_id"],
        block_id=ids["block_id"],
        start=[start for start, _ in spans],
        end=[end for _, end in spans],
        text=[block.text[start:end] for start, end in spans],
        label=[span.label_ for span in doc.ents],
        lemma=[span._.base_form for span in doc.ents],
    )


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
        *(_json(document.quality), raw.extraction.format if raw.extraction else "text", _json(raw.metadata)),
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
