"""Signs that a word depends on another, and what they weigh: a table of templates, hashed into one table of weights.

A template joins properties of the head (`h.tag`), of the dependent (`d.lemma`), of their neighbours (`h-1.pos`, `d+1.tag`) and of the
way between them. The number of a feature is made of its template's own text, so templates may be added, moved or taken out without any
other feature changing. What a template takes from one word is worked out once a word, not once a pair of words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kz_textkit.syntax.words import PROPERTIES

__all__ = [
    "ARC_TEMPLATES",
    "BITS",
    "LABEL_BITS",
    "LABEL_TEMPLATES",
    "Hashes",
    "Layout",
    "Places",
    "arc_places",
    "label_places",
    "layout_of",
]

BITS, LABEL_BITS = 15, 16
"""Each template of arcs has 2 ** BITS places in the table of weights (so that they stay in the cache of a processor while it is their
turn), all those of relations 2 ** LABEL_BITS rows together."""

Hashes = npt.NDArray[np.uint32]
Places = npt.NDArray[np.uint32]

FURTHEST = (1, 2, 3, 5, 8)
"""Distances from which on words count as further."""

ARC_TEMPLATES: tuple[str, ...] = tuple(
    line.strip()
    for line in """
far
h.tag far
d.tag far
h.pos d.pos far
h.tag d.tag far
h.tag d.tag way
h.pos d.tag far
h.tag d.pos far
h.lemma far
d.lemma far
h.lemma d.tag way
h.tag d.lemma way
h.lemma d.lemma way
h.lemma d.pos way
h.pos d.lemma way
h.tag d.form way
h.form d.tag way
h.full d.full way
h.tag d.full far
h.full d.tag far
h.tag d.ending way
h.ending d.tag way
h.pos d.pos h-1.pos way
h.pos d.pos h+1.pos way
h.pos d.pos d-1.pos way
h.pos d.pos d+1.pos way
h.pos d.pos h-1.pos d-1.pos way
h.pos d.pos h+1.pos d+1.pos way
h.pos d.pos h-1.pos d+1.pos way
h.pos d.pos h+1.pos d-1.pos way
h.tag d.tag h+1.tag far
h.tag d.tag d+1.tag far
h.tag d.tag h-1.tag way
h.tag d.tag d-1.tag way
h.tag d.tag d+1.pos d+2.pos way
h.tag d.tag h+1.pos h+2.pos way
d.tag d+1.tag far
d.tag d-1.tag far
d.lemma d+1.tag way
d.tag d+1.lemma way
h.tag h+1.tag far
h.tag h-1.tag far
h.pos d.pos crossed
h.tag d.tag crossed
h.tag d.pos crossed far
h.pos d.tag crossed far
d.tag crossed
h.tag crossed
d.lemma crossed
h.pos d.pos nouns way
h.tag d.tag nouns way
d.tag nouns far
h.tag d.tag verbs way
d.tag verbs way
h.tag d.tag after way
h.tag after way
h.lemma after way
h.tag d.tag before way
h.agreement d.agreement h.pos d.pos way
h.agreement d.tag far
h.agreement d.lemma way
h.possessor d.case h.pos far
h.possessor d.case d.possessor nouns way
h.possessor d.case crossed
h.tag d.tag h-1.tag d+1.tag way
""".splitlines()
    if line.strip()
)
"""What speaks for an arc. `way` is the side on which the head stands, `far` the distance too, `crossed` the finite and other verbs,
commas and conjunctions between the two (or after the word, where the head is the root), `nouns` and `verbs` the number of those,
`after` how much of the sentence follows the head, `before` how much stands before the dependent."""

LABEL_TEMPLATES: tuple[str, ...] = tuple(
    line.strip()
    for line in """
far
d.tag way
h.tag way
h.tag d.tag way
h.pos d.pos far
h.tag d.tag far
d.tag far
d.lemma way
d.form way
h.lemma way
d.lemma h.tag way
d.tag h.lemma way
d.lemma h.lemma
d.full way
d.full h.tag way
d.full h.full
d.ending h.pos way
d.pos h.ending way
d.tag d+1.tag way
d.tag d-1.tag way
d.tag d+1.lemma way
d.tag h+1.tag way
d.tag h-1.tag way
d.tag h.tag h+1.tag way
d.tag h.tag d+1.tag way
d.tag h.tag d-1.tag way
d.tag h.tag crossed
d.tag crossed
d.tag h.tag nouns way
h.possessor d.case h.pos far
h.agreement d.agreement d.tag h.pos way
h.agreement d.lemma way
d.tag h.pos after way
d.tag before way
d.lemma d+1.lemma way
""".splitlines()
    if line.strip()
)
"""What speaks for the relation of an arc."""


class Layout(NamedTuple):
    """Sentences of about the same length side by side, the root first, padded at the end."""

    lengths: npt.NDArray[np.int64]
    """Words of each sentence, the root not counted."""
    properties: Hashes
    """A plane a property, a row a sentence, a column a word."""
    between: dict[str, Hashes]
    """What lies between head and dependent by name: `[sentence, dependent, head]`."""


def layout_of(sentences: Sequence[npt.NDArray[np.uint32]]) -> Layout:
    """The layout of sentences given as their words' properties, a row a word, the root in the first."""
    lengths = np.array([len(words) - 1 for words in sentences], dtype=np.int64)
    size = int(lengths.max()) + 1
    planes = np.zeros((len(PROPERTIES), len(sentences), size), dtype=np.uint32)
    for i, words in enumerate(sentences):
        planes[:, i, : len(words)] = words.T
    return Layout(lengths, planes, _between(planes, lengths))


def _between(planes: Hashes, lengths: npt.NDArray[np.int64]) -> dict[str, Hashes]:
    size = planes.shape[2]
    head, word = np.arange(size)[None, :], np.arange(size)[:, None]
    distance = np.digitize(np.abs(head - word), FURTHEST).astype(np.uint32)
    side = np.where(head < word, 1, 2).astype(np.uint32)
    way = np.where(head == 0, 0, side)
    far = np.where(head == 0, 0, side * 8 + distance)
    named = dict(zip(PROPERTIES, planes, strict=True))
    finite, verbal, comma, joins = (named[name].astype(np.int32) for name in ("finite", "verbal", "comma", "joins"))
    nominal = (named["case"] != named["case"][:, :1]).astype(np.int32)
    stands = (np.arange(size)[None, :] <= lengths[:, None]).astype(np.int32)
    nominal *= stands * (1 - verbal)
    inside = [_counted(flags, most) for flags, most in ((finite, 2), (verbal - finite, 2), (comma, 2), (joins, 1))]
    crossed = inside[0] + 3 * inside[1] + 9 * inside[2] + 27 * inside[3]
    after = np.minimum(lengths[:, None] - np.arange(size)[None, :], 4).clip(0).astype(np.uint32)
    before = np.minimum(np.arange(size), 4).astype(np.uint32)
    return {
        "way": way[None],
        "far": far[None],
        "crossed": crossed,
        "nouns": _counted(nominal, 3),
        "verbs": _counted(verbal, 3),
        "after": after[:, None, :],
        "before": before[None, :, None],
    }


def _counted(flags: npt.NDArray[np.int32], most: int) -> Hashes:
    """How many flags are set between dependent and head, or after the dependent where the head is the root."""
    total = np.cumsum(flags, axis=1)
    before = total - flags
    word, head = total[:, :, None], total[:, None, :]
    inside = np.where(
        np.arange(flags.shape[1])[None, None, :] > np.arange(flags.shape[1])[None, :, None],
        before[:, None, :] - word,
        before[:, :, None] - head,
    )
    inside[:, :, 0] = total[:, -1:] - total
    return np.clip(inside, 0, most).astype(np.uint32)


_FACTORS = (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F, 0x165667B1, 0xD3A2646C | 1)


class _Template(NamedTuple):
    salt: int
    parts: tuple[tuple[str, int, int, int], ...]
    """Whose (`h`, `d` or nothing), how far from it, which property, and the factor."""
    pairs: tuple[tuple[str, int], ...]


def _read(text: str) -> _Template:
    parts, pairs = [], []
    for factor, name in zip(_FACTORS, text.split(), strict=False):
        place, _, own = name.partition(".")
        if own:
            parts.append((place[0], int(place[1:] or 0), PROPERTIES.index(own), factor))
        else:
            pairs.append((name, factor))
    return _Template(crc32(text.encode()), tuple(parts), tuple(pairs))


_ARCS = tuple(map(_read, ARC_TEMPLATES))
_LABELS = tuple(map(_read, LABEL_TEMPLATES))


def _shifted(plane: Hashes, offset: int) -> Hashes:
    """What stands `offset` words further; nothing (0) beyond the ends."""
    if not offset:
        return plane
    moved = np.zeros_like(plane)
    if offset > 0:
        moved[:, :-offset] = plane[:, offset:]
    else:
        moved[:, -offset:] = plane[:, :offset]
    return moved


def _mixed(total: Hashes, bits: int) -> Places:
    """Places in a table of 2 ** bits, of sums of hashes (which are changed)."""
    total ^= total >> np.uint32(15)
    total *= np.uint32(0x2C1B3C6D)
    total >>= np.uint32(32 - bits)
    return total


def _of_word(template: _Template, layout: Layout, whose: str, start: int) -> Hashes:
    total = np.full(layout.properties.shape[1:], start, dtype=np.uint32)
    for owner, offset, plane, factor in template.parts:
        if owner == whose:
            total += _shifted(layout.properties[plane], offset) * np.uint32(factor)
    return total


def arc_places(layout: Layout) -> Iterator[Places]:
    """For each template the place of its feature among those of the template: `[sentence, dependent, head]`."""
    for template in _ARCS:
        head, word = _of_word(template, layout, "h", template.salt), _of_word(template, layout, "d", 0)
        total = word[:, :, None] + head[:, None, :]
        for name, factor in template.pairs:
            total += layout.between[name] * np.uint32(factor)
        yield _mixed(total, BITS)


def label_places(layout: Layout, heads: npt.NDArray[np.int64], bits: int) -> list[Places]:
    """For each template the place of its feature in the table of weights, for the arc of each word: `[sentence, word]`."""
    found = []
    rows, words = np.arange(len(heads))[:, None], np.arange(heads.shape[1])[None, :]
    for template in _LABELS:
        head = _of_word(template, layout, "h", template.salt)
        total = _of_word(template, layout, "d", 0) + np.take_along_axis(head, heads, axis=1)
        for name, factor in template.pairs:
            pair = np.broadcast_to(layout.between[name], (len(heads), heads.shape[1], heads.shape[1]))
            total += pair[rows, words, heads] * np.uint32(factor)
        found.append(_mixed(total, bits))
    return found
