"""Scores of readings in context, for many at once: the engine that reads the table of `templates`.

A feature's place is the mix of a sum with one part from the reading and one from what stands around. Both are worked out once, for each
reading that is met and for each word of the text, and only added where a reading stands at a place.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from kz_textkit.morphology.feature_hashing import FACTORS, Hashes, Indices, places_of
from kz_textkit.morphology.templates import TEMPLATES, Around

__all__ = ["READING_PARTS", "WeightTable", "around_sums", "feature_places", "reading_sums"]

Integers = npt.NDArray[np.int32]

READING_PARTS: tuple[tuple[str, ...], ...] = tuple(dict.fromkeys(template.reading for template in TEMPLATES))
"""What features take from the reading."""

ROWS = 512
"""Readings that are scored together: so many that the arrays stay in the cache of the processor."""


_PARTS = np.array([READING_PARTS.index(template.reading) for template in TEMPLATES], dtype=np.intp)
"""For each feature, the place in `READING_PARTS` of what it takes from the reading."""

_KEYS = [tuple((part, len(t.reading) + i) for i, part in enumerate(t.around)) for t in TEMPLATES]
_AROUND: tuple[tuple[tuple[Around, int], ...], ...] = tuple(dict.fromkeys(_KEYS))
"""What features take from the words around, each part with the place of its factor."""
_AROUND_OF = np.array([_AROUND.index(key) for key in _KEYS], dtype=np.intp)
"""For each feature, the place in `_AROUND`."""

_CONSTANTS = np.array([[t.code * FACTORS[len(t.reading) + len(t.around)] & 0xFFFFFFFF] for t in TEMPLATES], dtype=np.uint32)
"""What the number of each feature adds, a row each."""


def reading_sums(properties: Mapping[str, Hashes]) -> Hashes:
    """What readings give to the features: a row a part of `READING_PARTS`, a column a reading."""
    rows = [
        sum((properties[name] * np.uint32(factor) for name, factor in zip(part, FACTORS, strict=False)), np.uint32(0))
        for part in READING_PARTS
    ]
    return np.array(rows, dtype=np.uint32)


def around_sums(properties: Mapping[str, Hashes]) -> Hashes:
    """What the words around give to the features: a row a feature, a column a word, boundaries included."""
    length = len(next(iter(properties.values())))
    sums = np.zeros((len(_AROUND), length), dtype=np.uint32)
    multiplied: dict[tuple[str, int], Hashes] = {}
    for row, parts in zip(sums, _AROUND, strict=True):
        for (name, offset), place in parts:
            values = multiplied.get((name, place))
            if values is None:
                values = multiplied[name, place] = properties[name] * np.uint32(FACTORS[place])
            if offset > 0:
                row[:-offset] += values[offset:]
            elif offset:
                row[-offset:] += values[: length + offset]
            else:
                row += values
    of_features: Hashes = sums[_AROUND_OF]
    of_features += _CONSTANTS
    return of_features


def feature_places(of_readings: Hashes, of_words: Hashes) -> Hashes:
    """Places of the features of readings at words: a row a feature, a column a reading, as there is in both of what is given."""
    sums: Hashes = of_readings[_PARTS]
    sums += of_words
    return places_of(sums)


class WeightTable:
    """The weights, in as few bytes as they need."""

    def __init__(self, weights: Integers) -> None:
        self._weights = weights.astype(np.int16 if np.abs(weights).max(initial=0) < 1 << 15 else np.int32)

    def sums(self, places: Indices) -> Integers:
        """Sums of the weights at places (a row a feature, a column a reading)."""
        found: Integers = self._weights.take(places, mode="clip").sum(axis=0, dtype=np.int32)
        return found

    def scores(self, of_readings: Hashes, of_words: Hashes, words: Indices) -> Integers:
        """Sums of the weights of the features of context, one a reading at a word.

        `of_readings` is what those readings give to the features, `of_words` what all words do, `words` the word of each reading.
        """
        found = np.empty(len(words), dtype=np.int32)
        for start in range(0, len(words), ROWS):
            rows = slice(start, start + ROWS)
            found[rows] = self.sums(feature_places(of_readings[:, rows], of_words[:, words[rows]]).astype(np.intp))
        return found
