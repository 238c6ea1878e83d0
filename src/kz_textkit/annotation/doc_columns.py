"""spaCy Docs as columns, for what only a spaCy pipeline gives: named entities, dependencies, components of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from spacy.attrs import DEP, HEAD, IDX, IS_SPACE, IS_STOP, LEMMA, LENGTH, MORPH, ORTH, POS, SENT_START, SPACY, TAG
from spacy.morphology import Morphology
from spacy.tokens import Doc

from kz_textkit.annotation.columns import EntityRow, TokenColumns
from kz_textkit.annotation.components import AnnotatedBlock
from kz_textkit.document import Block
from kz_textkit.morphology.token_language import token_language

__all__ = ["doc_columns"]

_STRINGS = (ORTH, LEMMA, POS, TAG, MORPH)
_ATTRIBUTES = (*_STRINGS, SPACY, SENT_START, IS_STOP, IDX, LENGTH)


def doc_columns(annotated: Iterable[AnnotatedBlock]) -> Iterator[TokenColumns]:
    """The tokens of Docs, an item a Doc, white space left out; `annotated` is what `annotate` makes of a document."""
    known: dict[int, str] = {0: ""}
    for block, doc, offset in annotated:
        words = doc.to_array(IS_SPACE) == 0
        if words.any():
            yield _columns(block, doc, offset, words, known)


def _columns(block: Block, doc: Doc, offset: int, words: npt.NDArray[np.bool_], known: dict[int, str]) -> TokenColumns:
    attributes = doc.to_array(_ATTRIBUTES)[words]
    hashes = attributes[:, : len(_STRINGS)].T.tolist()
    for key in {key for column in hashes for key in column}.difference(known):
        known[key] = doc.vocab.strings[key]
    form, lemma, upos, xpos, morph = ([known[key] for key in column] for column in hashes)
    feats = ["" if found == Morphology.EMPTY_MORPH else found for found in morph]
    language = list(map(token_language, form, upos, feats)) if any(upos) else [""] * len(form)
    space_after, begins, is_stop, start, length = attributes[:, len(_STRINGS) :].astype(np.int64).T
    begins = begins == 1
    begins[0] = True
    head, deprel = _dependencies(doc, words, np.cumsum(begins) - 1)
    return TokenColumns(
        [block],
        np.zeros(len(form), dtype=np.int64),
        start + offset,
        start + length + offset,
        begins,
        space_after == 1,
        is_stop == 1,
        pa.array(form, pa.string()),
        pa.array(lemma, pa.string()),
        pa.array(upos, pa.string()),
        pa.array(xpos, pa.string()),
        pa.array(feats, pa.string()),
        pa.array(language, pa.string()),
        head=head,
        deprel=deprel,
        entity=_labels(doc),
        entities=_entities(block, doc, offset),
    )


def _dependencies(doc: Doc, words: npt.NDArray[np.bool_], sentence: npt.NDArray[Any]) -> tuple[pa.Array | None, pa.Array | None]:
    """Columns `head` and `deprel` of the tokens that are no white space, `sentence` being the number of each one's sentence."""
    if not doc.has_annotation("DEP"):
        return None, None
    attributes = doc.to_array((HEAD, DEP))[words]
    own = np.flatnonzero(words)
    # spaCy has the head as a distance, 0 for a root, as an unsigned number
    distance = attributes[:, 0].astype(np.int64)
    place = np.cumsum(words) - 1
    firsts = np.searchsorted(sentence, sentence)
    heads = np.where(distance == 0, 0, place[own + distance] - firsts + 1)
    labels = attributes[:, 1].tolist()
    names = {0: "", **{key: doc.vocab.strings[key] for key in set(labels) - {0}}}
    deprels = ["root" if name == "ROOT" else name for name in map(names.__getitem__, labels)]
    return pa.array(heads.astype(np.int32)), pa.array(deprels, pa.string())


def _labels(doc: Doc) -> pa.Array | None:
    """IOB2 labels of the tokens that are no white space; None where no names were looked for."""
    if not doc.has_annotation("ENT_IOB"):
        return None
    return pa.array([f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type else "O" for t in doc if not t.is_space], pa.string())


def _entities(block: Block, doc: Doc, offset: int) -> list[EntityRow]:
    return [
        EntityRow(block, span.start_char + offset, span.end_char + offset, span.label_, span._.base_form)
        for span in (doc.ents if doc.has_annotation("ENT_IOB") else ())
    ]
