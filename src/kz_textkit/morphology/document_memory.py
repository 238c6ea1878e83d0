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

__all__ = ["Open", "lemma_keys", "memory_features"]

Flags = npt.NDArray[np.bool_]

_CAPITALS = np.array([hashed(shape) for shape in ("Aa", "ALL", "A")], dtype=np.int64)
_SMALL = hashed("a")
_NAME = hashed("PROPN")
_OPENINGS = np.array([hashed("PUNCT"), hashed("<S>")], dtype=np.int64)
MOST = 2
"""Counts above this are all the same."""


class Open(NamedTuple):
    """Readings to choose from: those of one token stand side by side."""

    places: Indices
    """The token of each."""
    readings: Indices
    starts: Indices
    """Where those of each token begin."""


def lemma_keys(types: WordTypes, rows: slice) -> npt.NDArray[np.int64]:
    """For each reading the hash of its lemma in small letters."""
    readings = types.features()[:, rows]
    keys = readings[ReadingRow.LEMMA].astype(np.int64)
    names = np.flatnonzero(readings[ReadingRow.UPOS] == _NAME)
    keys[names] = [hashed(types.readings.said(i)[0].lower()) for i in (names + (rows.start or 0)).tolist()]
    return keys


class _Counts(NamedTuple):
    pairs: npt.NDArray[np.int64]
    """Document and lemma in one number, sorted."""
    support: Indices
    """Word types that may be forms of the lemma."""
    small: Indices
    """Tokens of these in small letters."""
    capital: Indices
    """Tokens of these with a capital in mid-sentence."""

    def of(self, pairs: npt.NDArray[np.int64]) -> tuple[Indices, Indices, Indices]:
        """Support, small and capital of documents and lemmas; 0 for those of no word."""
        if not len(self.pairs):
            nothing = np.zeros(len(pairs), dtype=np.intp)
            return nothing, nothing, nothing
        at = np.minimum(np.searchsorted(self.pairs, pairs), len(self.pairs) - 1)
        found = self.pairs[at] == pairs
        return np.where(found, self.support[at], 0), np.where(found, self.small[at], 0), np.where(found, self.capital[at], 0)


def _ranges(first: npt.NDArray[Any], count: npt.NDArray[Any]) -> tuple[Indices, Indices]:
    """The numbers from each first, so many of each; and which range each is of."""
    of = np.repeat(np.arange(len(first)), count)
    starts = np.cumsum(count) - count
    return np.arange(len(of)) + (first - starts)[of], of


def _counted(types: WordTypes, keys: npt.NDArray[np.int64], tokens: Indices, documents: Indices, inside: Flags) -> _Counts:
    """What is known of the lemmas of each document; `inside`: tokens with a capital in mid-sentence."""
    pairs, of_token, tokens_of = np.unique(documents * len(types) + tokens, return_inverse=True, return_counts=True)
    document, number = np.divmod(pairs, len(types))
    first, count, shape = types.types_of(number)[[TypeRow.FIRST, TypeRow.COUNT, TypeRow.SHAPE]].astype(np.intp)
    word = (shape == _SMALL) | np.isin(shape, _CAPITALS)
    small = np.where(shape == _SMALL, tokens_of, 0)
    capital = np.bincount(of_token, weights=inside, minlength=len(pairs))
    readings, of = _ranges(first, np.where(word, count, 0))
    # each lemma of a type once
    lemmas, at = np.unique(of.astype(np.int64) << 32 | keys[readings], return_index=True)
    of = (lemmas >> 32).astype(np.intp)
    found, back = np.unique(document[of].astype(np.int64) << 32 | keys[readings[at]], return_inverse=True)
    return _Counts(
        found,
        np.bincount(back, minlength=len(found)),
        np.bincount(back, weights=small[of], minlength=len(found)).astype(np.intp),
        np.bincount(back, weights=capital[of], minlength=len(found)).astype(np.intp),
    )


def memory_features(types: WordTypes, keys: npt.NDArray[np.int64], tokens: Indices, documents: Indices, among: Open) -> Indices:
    """Places of the features of readings that depend on the document: one row a feature, one column a reading.

    `documents` numbers the document of each token, `keys` are those of `lemma_keys` for all readings.
    """
    shape, upos_of = types.types_of(tokens)[[TypeRow.SHAPE, TypeRow.UPOS]]
    capital = np.isin(shape, _CAPITALS)
    opening = np.isin(upos_of, _OPENINGS)
    begins = np.append(True, opening[:-1])
    inside = capital & ~begins
    counts = _counted(types, keys, tokens, documents, inside)
    support, small, others = counts.of(documents[among.places].astype(np.int64) << 32 | keys[among.readings])
    spans = np.diff(np.append(among.starts, len(among.readings)))
    best = np.repeat(np.maximum.reduceat(support, among.starts), spans)
    _, _, upos, _, _, _, gap, unit, _, _, _ = types.features_of(among.readings)
    behind = np.minimum(best - support, MOST) * (MOST + 1) + np.clip(best - 1, 0, MOST)
    evidence = 1 + np.minimum(small, MOST) + (MOST + 1) * np.minimum(others, MOST)
    name = np.where((capital & begins)[among.places], evidence, 0)
    found = [
        mix(_hashes(behind), upos ^ unit, 120),
        mix(_hashes(behind), gap, 121),
        mix(_hashes(name), upos ^ unit, 122),
    ]
    return np.stack(found)


def _hashes(classes: npt.NDArray[Any]) -> Hashes:
    """Small numbers as hashes."""
    spread: Hashes = classes.astype(np.uint32) * np.uint32(0x9E3779B1) + np.uint32(1)
    return spread
