"""What a document shows of its words elsewhere: which lemma has the most forms in it, and whether a capital is for good.

A form that can be read in several ways is helped by the others of its document. `Құсмұрын` may be a form of `Құсмұр`, but where
`Құсмұрынға` and `Құсмұрында` stand too, more forms speak for `Құсмұрын`. A word with a capital at the beginning of a sentence is a name
if it has one in mid-sentence as well, and none if it stands in small letters elsewhere (`Митохондрия` … `митохондрияның`). So each
lemma that some word of the document may have is counted: the word types that may be its forms (*support*), its occurrences in small
letters, and those with a capital in mid-sentence. What a lemma has of these, beside the other lemmas of the same form, is a feature of
the choice as what stands around is; how much it weighs is learnt.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kz_textkit.morphology.feature_hashing import Hashes, mix
from kz_textkit.morphology.word_types import Indices, ReadingRow, TypeRow, WordTypes, hashed

__all__ = ["DocumentMemory", "lemma_keys", "remembered"]

_CAPITALS = np.array([hashed(shape) for shape in ("Aa", "ALL", "A")], dtype=np.uint32)
_SMALL = hashed("a")
_NAME = hashed("PROPN")
_OPENINGS = np.array([hashed("PUNCT"), hashed("<S>")], dtype=np.uint32)
MOST = 2
"""Counts above this are all the same."""


class DocumentMemory(NamedTuple):
    """Features of readings that depend on the document: the same wherever a word stands, but that it may begin a sentence."""

    places: Indices
    """Places of the features, a row each; columns are the readings of the words of each document, then once more these, as those of
    words with a capital at the beginning of a sentence."""
    at: Indices
    """The column of each of the readings that were asked for."""


def lemma_keys(types: WordTypes, rows: slice) -> npt.NDArray[np.int64]:
    """For each reading the hash of its lemma in small letters, and 1 where the same word has a reading before with the same, else 0."""
    readings = types.features()[:, rows]
    keys = readings[ReadingRow.LEMMA].astype(np.int64)
    names = np.flatnonzero(readings[ReadingRow.UPOS] == _NAME)
    keys[names] = [hashed(types.readings.said(i)[0].lower()) for i in (names + (rows.start or 0)).tolist()]
    of_word = readings[ReadingRow.TYPE].astype(np.int64) << 32 | keys
    again = np.ones(len(keys), dtype=np.int64)
    again[np.unique(of_word, return_index=True)[1]] = 0
    return np.stack([keys, again])


def _words(tokens: Indices, documents: Indices, count: int) -> tuple[Indices, Indices, Indices]:
    """The words of each document once: their types, their documents, and which of them each token is. `count`: types there are."""
    if not len(documents) or documents.min() == documents.max():
        met = np.flatnonzero(np.bincount(tokens, minlength=count))
        rank = np.zeros(count, dtype=np.intp)
        rank[met] = np.arange(len(met))
        return met, np.zeros(len(met), dtype=np.intp), rank[tokens]
    words, of_token = np.unique(documents * count + tokens, return_inverse=True)
    document, number = np.divmod(words, count)
    return number, document, of_token


def remembered(
    types: WordTypes, keys: npt.NDArray[np.int64], tokens: Indices, documents: Indices, places: Indices, readings: Indices
) -> DocumentMemory:
    """What documents say of readings (numbers) of tokens at places. `documents` numbers the document of each token, `keys` are those of
    `lemma_keys` for all readings."""
    number, document, of_token = _words(tokens, documents, len(types))
    shape, upos_of = types.types_of(tokens)[[TypeRow.SHAPE, TypeRow.UPOS]]
    begins = np.append(True, np.isin(upos_of, _OPENINGS)[:-1])
    capital = np.isin(shape, _CAPITALS)
    first, count, shape_of = types.types_of(number)[[TypeRow.FIRST, TypeRow.COUNT, TypeRow.SHAPE]].astype(np.intp)
    small = np.where(shape_of == _SMALL, np.bincount(of_token, minlength=len(number)), 0)
    inside = np.bincount(of_token[capital & ~begins], minlength=len(number))
    is_word = (shape_of == _SMALL) | np.isin(shape_of, _CAPITALS)

    of = np.repeat(np.arange(len(number)), count)
    starts = np.cumsum(count) - count
    every = np.arange(len(of)) + (first - starts)[of]
    key, again = keys[:, every]
    _, lemma = np.unique(document[of] << 32 | key, return_inverse=True)
    once = np.flatnonzero((again == 0) & is_word[of])
    support, in_small, in_capitals = (
        np.bincount(lemma[once], weights=weights[of[once]], minlength=lemma.max(initial=-1) + 1).astype(np.intp)[lemma]
        for weights in (np.ones(len(number)), small, inside)
    )
    best = np.maximum.reduceat(support, starts)[of]
    behind = _hashes(np.minimum(best - support, MOST) * (MOST + 1) + np.clip(best - 1, 0, MOST))
    evidence = _hashes(1 + np.minimum(in_small, MOST) + (MOST + 1) * np.minimum(in_capitals, MOST))
    upos, gap, unit = types.features_of(every)[[ReadingRow.UPOS, ReadingRow.GAP, ReadingRow.UNIT]]
    standing = [mix(behind, upos ^ unit, 120), mix(behind, gap, 121)]
    features = [[*standing, mix(name, upos ^ unit, 122)] for name in (_hashes(np.zeros_like(best)), evidence)]
    opens = (capital & begins)[places]
    return DocumentMemory(np.hstack(features), (starts - first)[of_token[places]] + readings + np.where(opens, len(of), 0))


def _hashes(classes: npt.NDArray[Any]) -> Hashes:
    """Small numbers as hashes."""
    spread: Hashes = classes.astype(np.uint32) * np.uint32(0x9E3779B1) + np.uint32(1)
    return spread
