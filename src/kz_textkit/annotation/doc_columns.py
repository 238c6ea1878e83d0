"""spaCy Docs as columns, for what only a spaCy pipeline gives: named entities, dependencies, components of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, IDX, IS_SPACE, IS_STOP, LEMMA, LENGTH, MORPH, ORTH, POS, SENT_START, SPACY, TAG
from spacy.morphology import Morphology

from kz_textkit.annotation.columns import EntityRow, TokenColumns
from kz_textkit.annotation.components import AnnotatedBlock
from kz_textkit.morphology.token_language import token_language

__all__ = ["doc_columns"]

TOGETHER = 20_000
"""Tokens, about, that make an item."""

_STRINGS = (ORTH, LEMMA, POS, TAG, MORPH)
_ATTRIBUTES = (*_STRINGS, SPACY, SENT_START, IS_STOP, IDX, LENGTH, IS_SPACE, HEAD, DEP, ENT_IOB, ENT_TYPE)
_IOB = ("", "I", "O", "B")
"""Letters of the numbers that spaCy has for them."""

Values = npt.NDArray[np.uint64]


def doc_columns(annotated: Iterable[AnnotatedBlock]) -> Iterator[TokenColumns]:
    """The tokens of Docs, some blocks an item, white space left out; `annotated` is what `annotate` makes of a document."""
    group: list[AnnotatedBlock] = []
    size = 0
    for one in annotated:
        group.append(one)
        size += len(one.doc)
        if size >= TOGETHER:
            yield from _columns(group)
            group, size = [], 0
    yield from _columns(group)


def _columns(group: Sequence[AnnotatedBlock]) -> Iterator[TokenColumns]:
    group = [one for one in group if len(one.doc)]
    if not group:
        return
    every = np.concatenate([one.doc.to_array(_ATTRIBUTES) for one in group])
    block = np.repeat(np.arange(len(group)), [len(one.doc) for one in group])
    words = every[:, _ATTRIBUTES.index(IS_SPACE)] == 0
    if not words.any():
        return
    values, block = every[words], block[words]
    column = {attribute: values[:, i] for i, attribute in enumerate(_ATTRIBUTES)}
    strings = group[0].doc.vocab.strings
    known: dict[int, str] = {0: ""}
    known_feats: dict[int, str] = {0: "", strings[Morphology.EMPTY_MORPH]: ""}
    form, lemma, upos, xpos = (_texts(column[attribute], strings, known) for attribute in _STRINGS[:-1])
    feats = _texts(column[MORPH], strings, known_feats)
    begins = column[SENT_START] == 1
    begins[np.flatnonzero(np.diff(block, prepend=-1))] = True
    start = column[IDX].astype(np.int64) + np.array([one.offset for one in group])[block]
    head, deprel = _dependencies(every, words, np.cumsum(begins) - 1, strings, known) if _has(group, "DEP") else (None, None)
    named = _has(group, "ENT_IOB")
    yield TokenColumns(
        [one.block for one in group],
        block,
        start,
        start + column[LENGTH].astype(np.int64),
        begins,
        column[SPACY] == 1,
        column[IS_STOP] == 1,
        form,
        lemma,
        upos,
        xpos,
        feats,
        _languages(values, known | known_feats),
        head=head,
        deprel=deprel,
        entity=_labels(column[ENT_IOB], column[ENT_TYPE], strings) if named else None,
        entities=[row for one in group for row in _entities(one)] if named else [],
    )


def _has(group: Sequence[AnnotatedBlock], what: str) -> bool:
    return any(one.doc.has_annotation(what) for one in group)


def _texts(hashes: Values, strings: Any, known: dict[int, str]) -> pa.Array:
    """The strings of hashes; `known` takes up those that are new."""
    distinct, of = np.unique(hashes, return_inverse=True)
    texts = []
    for key in distinct.tolist():
        text = known.get(key)
        if text is None:
            text = known[key] = strings[key]
        texts.append(text)
    return pa.array(texts, pa.string()).take(pa.array(of))


def _languages(values: Values, known: dict[int, str]) -> pa.Array:
    """The language of each token, worked out once for each form with an annotation."""
    places = [_STRINGS.index(attribute) for attribute in (ORTH, POS, MORPH)]
    if not values[:, places[1]].any():
        return pa.repeat("", len(values))
    numbers = np.zeros(len(values), dtype=np.int64)
    for place in places:
        distinct, of = np.unique(values[:, place], return_inverse=True)
        numbers = np.unique(numbers * len(distinct) + of, return_inverse=True)[1]
    first = np.unique(numbers, return_index=True)[1]
    found = [token_language(*(known[key] for key in row)) for row in values[first][:, places].tolist()]
    return pa.array(found, pa.string()).take(pa.array(numbers))


def _dependencies(
    every: Values, words: npt.NDArray[np.bool_], sentence: npt.NDArray[Any], strings: Any, known: dict[int, str]
) -> tuple[pa.Array, pa.Array]:
    """Columns `head` and `deprel` of the tokens that are no white space, `sentence` being the number of each one's sentence."""
    attributes = every[words]
    own = np.flatnonzero(words)
    # spaCy has the head as a distance, 0 for a root, as an unsigned number
    distance = attributes[:, _ATTRIBUTES.index(HEAD)].astype(np.int64)
    place = np.cumsum(words) - 1
    firsts = np.searchsorted(sentence, sentence)
    heads = np.where(distance == 0, 0, place[own + distance] - firsts + 1)
    deprels = _texts(attributes[:, _ATTRIBUTES.index(DEP)], strings, known)
    return pa.array(heads.astype(np.int32)), pc.if_else(pc.equal(deprels, "ROOT"), "root", deprels)


def _labels(iob: Values, kinds: Values, strings: Any) -> pa.Array:
    """IOB2 labels of tokens."""
    distinct, of = np.unique(np.stack([iob, kinds], axis=1), axis=0, return_inverse=True)
    labels = [f"{_IOB[letter]}-{strings[kind]}" if kind else "O" for letter, kind in distinct.tolist()]
    return pa.array(labels, pa.string()).take(pa.array(of.reshape(-1)))


def _entities(one: AnnotatedBlock) -> Iterator[EntityRow]:
    block, doc, offset = one
    for span in doc.ents:
        yield EntityRow(block, span.start_char + offset, span.end_char + offset, span.label_, span._.base_form)
