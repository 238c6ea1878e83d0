"""Scores of readings in context, for many at once: the engine that reads the table of `templates`.

A feature's place is the mix of a sum with one part from the reading and one from what stands around. Both are worked out once, for each
reading that is met and for each word of the text, and only added where a reading stands at a place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kz_textkit.morphology.feature_hashing import FACTORS, Hashes, Indices, places_of
from kz_textkit.morphology.templates import TEMPLATES, Around, Template

__all__ = ["ALL", "CHANGING", "READING_PARTS", "STANDING", "Group", "WeightTables", "around_sums", "feature_places", "reading_sums"]

Integers = npt.NDArray[np.int32]

READING_PARTS: tuple[tuple[str, ...], ...] = tuple(dict.fromkeys(template.reading for template in TEMPLATES))
"""What features take from the reading."""

ROWS = 512
"""Readings that are scored together: so many that the arrays stay in the cache of the processor."""


class Group(NamedTuple):
    """Some of the features, ready to be worked out together."""

    parts: Indices
    """For each feature, the place in `READING_PARTS` of what it takes from the reading."""
    around: tuple[tuple[tuple[Around, int], ...], ...]
    """What features take from the words around, each part with the place of its factor."""
    around_of: Indices
    """For each feature, the place in `around`."""
    constants: Hashes
    """What the number of each feature adds, a row each."""


def _group(templates: Sequence[Template]) -> Group:
    keys = [tuple((part, len(t.reading) + i) for i, part in enumerate(t.around)) for t in templates]
    around = tuple(dict.fromkeys(keys))
    return Group(
        np.array([READING_PARTS.index(t.reading) for t in templates], dtype=np.intp),
        around,
        np.array([around.index(key) for key in keys], dtype=np.intp),
        np.array([[t.code * FACTORS[len(t.reading) + len(t.around)] & 0xFFFFFFFF] for t in templates], dtype=np.uint32),
    )


ALL = _group(TEMPLATES)
STANDING = _group([template for template in TEMPLATES if not template.changes])
"""Features that are the same in both rounds."""
CHANGING = _group([template for template in TEMPLATES if template.changes])
"""Features that depend on the readings taken for the words around."""


def reading_sums(properties: Mapping[str, Hashes]) -> Hashes:
    """What readings give to the features: a row a part of `READING_PARTS`, a column a reading."""
    rows = [
        sum((properties[name] * np.uint32(factor) for name, factor in zip(part, FACTORS, strict=False)), np.uint32(0))
        for part in READING_PARTS
    ]
    return np.array(rows, dtype=np.uint32)


def around_sums(group: Group, properties: Mapping[str, Hashes]) -> Hashes:
    """What the words around give to the features of a group: a row a feature, a column a word, boundaries included."""
    length = len(next(iter(properties.values())))
    sums = np.zeros((len(group.around), length), dtype=np.uint32)
    multiplied: dict[tuple[str, int], Hashes] = {}
    for row, parts in zip(sums, group.around, strict=True):
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
    of_features: Hashes = sums[group.around_of]
    of_features += group.constants
    return of_features


def feature_places(group: Group, of_readings: Hashes, of_words: Hashes) -> Hashes:
    """Places of the features of readings at words: a row a feature, a column a reading, as there is in both of what is given."""
    sums: Hashes = of_readings[group.parts]
    sums += of_words
    return places_of(sums)


class WeightTables:
    """The weights of the two rounds, in as few bytes as they need."""

    def __init__(self, first: Integers, second: Integers) -> None:
        most = max(np.abs(first).max(initial=0), np.abs(second).max(initial=0))
        kind = np.int16 if most < 1 << 15 else np.int32
        self._tables = first.astype(kind), second.astype(kind)

    def sums(self, places: Indices) -> Integers:
        """Sums of the weights at places (a row a feature, a column a reading): a row a round."""
        return np.stack([table.take(places, mode="clip").sum(axis=0, dtype=np.int32) for table in self._tables])

    def scores(self, group: Group, rounds: Sequence[int], of_readings: Hashes, of_words: Hashes, words: Indices) -> Integers:
        """Sums of the weights of a group of features, a row for each of the rounds (0, 1), a column a reading at a word.

        `of_readings` is what those readings give to the features, `of_words` what all words do, `words` the word of each reading.
        """
        found = np.empty((len(rounds), len(words)), dtype=np.int32)
        for start in range(0, len(words), ROWS):
            rows = slice(start, start + ROWS)
            places = feature_places(group, of_readings[:, rows], of_words[:, words[rows]]).astype(np.intp)
            for row, round_ in zip(found, rounds, strict=True):
                self._tables[round_].take(places, mode="clip").sum(axis=0, dtype=np.int32, out=row[rows])
        return found
