"""Heads and relations of the words of sentences: what speaks for each arc, the best tree, then what speaks for each relation.

Two log-linear models, learnt by `tools/syntax/train.py` from UD_Kazakh-KTB: one gives every word a probability for each other word as
its head; the projective tree of the highest product is found with Eisner's algorithm (`trees`); the other names the relation of each
arc. Sentences of about the same length are worked on side by side, with arrays; nothing depends on which they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kz_textkit.syntax.arcs import ARC_TEMPLATES, BITS, LABEL_BITS, Hashes, Layout, arc_places, label_places, layout_of
from kz_textkit.syntax.trees import best_trees
from kz_textkit.syntax.words import PROPERTIES, ROOT, Word, properties

__all__ = [
    "LONGEST",
    "ROOT_RELATION",
    "Parse",
    "Parser",
    "ParserWeights",
    "as_thousandths",
    "load_weights",
    "save_weights",
    "shared_parser",
]

LONGEST = 100
"""Words of a sentence that are parsed in one go; a longer one (a list, as a rule) is parsed in pieces, which are made parallel."""

ROOT_RELATION = "root"
PARALLEL = "parataxis"

NEVER = 1_000_000_000
"""More than all weights together."""

_PAIRS = 40_000
"""Pairs of words that are worked on at once."""

SCALE = 1000
"""Weights are kept in thousandths."""

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Thousandths = npt.NDArray[np.int16]


class ParserWeights(NamedTuple):
    """What was learnt."""

    arcs: Thousandths
    """A row a template, a column for each of 2 ** `BITS` places."""
    relations: tuple[str, ...]
    labels: Thousandths
    """A row for each of 2 ** `LABEL_BITS` places, a column a relation."""


class Parse(NamedTuple):
    """The trees of some sentences, one word after the other."""

    heads: Integers
    """The place of each word's head in its sentence, from 1; 0 for the root."""
    relations: Integers
    """The place of each word's relation in `ParserWeights.relations`."""


def save_weights(weights: ParserWeights, path: Path, least: int = 5) -> None:
    """Writes weights of at least `least` thousandths, as places and small numbers."""
    arrays: dict[str, Any] = {"relations": np.array(weights.relations)}
    for name, rows in (("arcs", weights.arcs), ("labels", weights.labels)):
        table = rows.ravel()
        places = np.flatnonzero(np.abs(table) >= least)
        steps = np.diff(places, prepend=0)
        arrays[f"{name}_steps"] = steps.astype(np.uint16 if steps.max(initial=0) < 2**16 else np.uint32)
        arrays[f"{name}_values"] = table[places]
    np.savez_compressed(path, **arrays)


def load_weights(content: bytes) -> ParserWeights:
    """The weights in a file that `save_weights` wrote."""
    with np.load(BytesIO(content)) as arrays:
        relations = tuple(str(name) for name in arrays["relations"])
        tables = []
        for name, shape in (("arcs", (len(ARC_TEMPLATES), 2**BITS)), ("labels", (2**LABEL_BITS, len(relations)))):
            table = np.zeros(shape, dtype=np.int16)
            table.ravel()[np.cumsum(arrays[f"{name}_steps"].astype(np.int64))] = arrays[f"{name}_values"]
            tables.append(table)
    return ParserWeights(tables[0], relations, tables[1])


def as_thousandths(table: npt.NDArray[Any]) -> Thousandths:
    """Weights as they are kept."""
    return np.clip(np.rint(SCALE * table), -32767, 32767).astype(np.int16)


@lru_cache(maxsize=1)
def shared_parser() -> Parser:
    """The parser of this process, with the weights of the package."""
    return Parser(load_weights(files("kz_textkit.syntax").joinpath("data").joinpath("weights.npz").read_bytes()))


class Parser:
    """Parses sentences.

    >>> words = [Word("Ол", "ол", "PRON", "Case=Nom|Number=Sing|Person=3|PronType=Prs"), Word("кітап", "кітап", "NOUN", "Case=Nom")]
    >>> words += [Word("оқыды", "оқы", "VERB", "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin"), Word(".", ".", "PUNCT", "")]
    >>> shared_parser().parse([words])
    [[(3, 'nsubj'), (3, 'obj'), (0, 'root'), (3, 'punct')]]
    """

    def __init__(self, weights: ParserWeights) -> None:
        self.weights = weights
        self._root = np.array(properties(ROOT), dtype=np.uint32)
        self._root_relation = weights.relations.index(ROOT_RELATION)
        self._parallel = weights.relations.index(PARALLEL)

    def parse(self, sentences: Sequence[Sequence[Word]]) -> list[list[tuple[int, str]]]:
        """The head (its place from 1, 0 for the root) and the relation of each word of each sentence."""
        rows = [properties(word) for words in sentences for word in words]
        if not rows:
            return [[] for _ in sentences]
        found = self.parse_rows(np.array(rows, dtype=np.uint32), [len(words) for words in sentences])
        pairs = iter(zip(found.heads.tolist(), (self.weights.relations[i] for i in found.relations.tolist()), strict=True))
        return [[next(pairs) for _ in words] for words in sentences]

    def parse_rows(self, rows: Hashes, lengths: Sequence[int]) -> Parse:
        """The trees of sentences of these lengths, given as the properties of their words, a row a word."""
        heads, relations = np.zeros(len(rows), dtype=np.int64), np.zeros(len(rows), dtype=np.int64)
        pieces = list(_pieces(lengths))
        for batch in _batches(pieces):
            layout = layout_of([np.concatenate([self._root[None], rows[start : start + size]]) for start, size, _ in batch])
            trees = self._trees(layout)
            labels = self._labels(layout, trees)
            for (start, size, _), tree, label in zip(batch, trees, labels, strict=True):
                heads[start : start + size] = tree[1 : size + 1]
                relations[start : start + size] = label[1 : size + 1]
        self._join(pieces, heads, relations)
        return Parse(heads, relations)

    def _trees(self, layout: Layout) -> Integers:
        shape = (len(layout.lengths), *[int(layout.lengths.max()) + 1] * 2)
        scores, weights = np.zeros(shape, dtype=np.int32), np.empty(shape, dtype=np.int16)
        for own, places in zip(self.weights.arcs, arc_places(layout), strict=True):
            scores += np.take(own, places, out=weights, mode="wrap")
        scores[np.broadcast_to(_marks(layout)[:, None, :], shape)] = -NEVER
        return best_trees(_logarithms((scores / SCALE).astype(np.float32), layout.lengths), layout.lengths)

    def _labels(self, layout: Layout, trees: Integers) -> Integers:
        scores = np.zeros((*trees.shape, len(self.weights.relations)), dtype=np.int32)
        for places in label_places(layout, trees, LABEL_BITS):
            scores += self.weights.labels[places]
        scores[..., self._root_relation] = -NEVER
        found: Integers = scores.argmax(axis=2)
        found[trees == 0] = self._root_relation
        return found

    def _join(self, pieces: Sequence[tuple[int, int, int]], heads: Integers, relations: Integers) -> None:
        """Makes one tree of the pieces of a sentence."""
        root = 0
        for start, size, skipped in pieces:
            own = start + int(np.flatnonzero(heads[start : start + size] == 0)[0])
            if not skipped:
                root = own - start + 1
                continue
            heads[start : start + size] += skipped
            heads[own], relations[own] = root, self._parallel


def _marks(layout: Layout) -> npt.NDArray[np.bool_]:
    """Which words are marks, which nothing depends on; none of a sentence that has nothing else."""
    marks = layout.properties[PROPERTIES.index("mark")] == 1
    marks[marks.sum(axis=1) == layout.lengths] = False
    return marks


def _pieces(lengths: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Where each piece begins among all words, how long it is, and how many words of its sentence stand before it."""
    start = 0
    for length in lengths:
        for skipped in range(0, length, LONGEST):
            yield start + skipped, min(LONGEST, length - skipped), skipped
        start += length


def _batches(pieces: Sequence[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    """Pieces of about the same length together."""
    batch: list[tuple[int, int, int]] = []
    for piece in sorted(pieces, key=lambda piece: piece[1]):
        if batch and (len(batch) + 1) * (piece[1] + 1) ** 2 > _PAIRS:
            yield batch
            batch = []
        batch.append(piece)
    if batch:
        yield batch


def _logarithms(scores: Floats, lengths: Integers) -> Floats:
    """Logarithms of the probabilities of heads; words that are not there have none."""
    size = scores.shape[1]
    every = np.arange(size)
    scores[:, every, every] = -np.inf
    scores[every[None, None, :] > np.broadcast_to(lengths[:, None, None], scores.shape)] = -np.inf
    scores[:, 0, 0] = 0.0
    scores -= scores.max(axis=2, keepdims=True)
    scores -= np.log(np.exp(scores).sum(axis=2, keepdims=True))
    return np.maximum(scores, np.float32(-1e6))
