"""What a document shows of its words: support of lemmas by other forms, capitals elsewhere; nothing from other documents."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kz_textkit.morphology.document_memory import lemma_keys, remembered
from kz_textkit.morphology.tagging import Tagger
from kz_textkit.morphology.word_types import Indices, ReadingRow, WordTypes

TEXT = "Бала балаға Құсмұрпын Құсмұрпынға құсмұрпында тайгаринді Тайгаринге көлде жүр . , 1916 отбасында"


@lru_cache(maxsize=1)
def tagger() -> Tagger:
    return Tagger()


def columns(types: WordTypes, tokens: Indices, documents: Indices) -> dict[tuple[int, int], tuple[int, ...]]:
    """The features of every reading of every token."""
    first, count = types.types_of(tokens)[:2].astype(np.intp)
    places = np.repeat(np.arange(len(tokens)), count)
    readings = np.concatenate([np.arange(a, a + n) for a, n in zip(first, count, strict=True)])
    keys = lemma_keys(types, slice(0, len(types.readings)))
    memory = remembered(types, keys, tokens, documents, places, readings)
    found = memory.places[:, memory.at].T.tolist()
    return {(p, r): tuple(own) for p, r, own in zip(places.tolist(), readings.tolist(), found, strict=True)}


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.sampled_from(TEXT.split()), min_size=1, max_size=8), min_size=1, max_size=4))
def test_documents_side_by_side_are_as_documents_alone(texts: list[list[str]]) -> None:
    types = tagger().types
    documents = [np.array([0, *types.ids_of(text), 0], dtype=np.intp) for text in texts]
    owners = np.repeat(np.arange(len(texts)), [len(tokens) for tokens in documents])
    together = columns(types, np.concatenate(documents), owners)
    at = 0
    for tokens in documents:
        alone = columns(types, tokens, np.zeros(len(tokens), dtype=np.intp))
        assert all(together[place + at, reading] == features for (place, reading), features in alone.items())
        at += len(tokens)


def test_more_forms_speak_for_a_lemma() -> None:
    types = tagger().types
    alone, more = ["Құсмұрпында"], ["Құсмұрпында", "жүр", "Құсмұрпынға", "Құсмұрпын", "Құсмұрпынды"]
    marks = []
    for text in (alone, more):
        tokens = np.array([0, *types.ids_of(text), 0], dtype=np.intp)
        found = columns(types, tokens, np.zeros(len(tokens), dtype=np.intp))
        first, count = types.span(int(tokens[1]))
        lemmas = {types.readings[r].lemma: found[1, r][1] for r in range(first, first + count)}
        gaps = {types.readings[r].lemma: types.features()[ReadingRow.GAP, r] for r in range(first, first + count)}
        assert len(set(gaps)) > 1
        marks.append(lemmas["Құсмұрпын"])
    assert marks[0] != marks[1]


def test_annotation_of_a_document_does_not_depend_on_its_neighbours() -> None:
    own = tagger()
    texts = [["Бала", "көлде", "жүр", "."], ["Тайгаринге", "бар", "."], ["Ол", "тайгаринді", "көрді", "."]]
    types = [np.array(own.numbers(text)) for text in texts]
    starts = [np.arange(len(text)) == 0 for text in texts]
    apart = np.concatenate([own.choose(t, s) for t, s in zip(types, starts, strict=True)])
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    assert own.choose(np.concatenate(types), np.concatenate(starts), owners).tolist() == apart.tolist()
