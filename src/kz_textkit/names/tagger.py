"""Labels the words of sentences: weights of signs, weights of neighbouring labels, and the best sequence of labels (Viterbi).

The weights are those of a linear-chain CRF (Lafferty, McCallum and Pereira 2001), learnt by `tools/names/train.py`. What a word adds to
the labels at each place around it is worked out once a word type and kept; sentences are decoded side by side.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kz_textkit.names.gazetteer import Gazetteer, load_gazetteer
from kz_textkit.names.signs import OFFSETS, Keys, Word, number, pair_keys, place_keys, sentence_keys, word_signs

__all__ = ["NameTagger", "NameWeights", "best_paths", "load_weights", "shared_tagger", "spans_of"]

MOST_TYPES = 50_000
"""Word types whose weights are kept; beyond that all are forgotten, so that memory stays bounded."""

TOGETHER = 128
"""Sentences that are decoded side by side."""

IMPOSSIBLE = -1e4

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]


class NameWeights(NamedTuple):
    """What was learnt: for each key of a sign the labels that it speaks for or against."""

    labels: tuple[str, ...]
    """IOB2 labels, `O`, `B-GPE`, `I-GPE`, …"""
    keys: Keys
    """Sorted."""
    starts: Integers
    """First entry of each key in `of_labels` and `values`; one more at the end."""
    of_labels: npt.NDArray[np.uint8]
    values: Floats
    transitions: Floats
    """From the label of a row to that of a column."""


def load_weights(content: bytes) -> NameWeights:
    """Weights from the bytes of a file that `tools/names/train.py` wrote."""
    with np.load(io.BytesIO(content)) as data:
        labels = tuple(str(label) for label in data["labels"])
        transitions = data["transitions"].astype(np.float32)
        starts = np.concatenate(([0], np.cumsum(data["counts"].astype(np.int64))))
        values = data["values"].astype(np.float32) * np.float32(data["scale"])
        return NameWeights(labels, data["keys"], starts, data["of_labels"], values, _possible(labels, transitions))


def _possible(labels: Sequence[str], transitions: Floats) -> Floats:
    """Transitions that make no sense in IOB2 (`I-GPE` after `O`) shut."""
    shut = [[to[:2] == "I-" and at[2:] != to[2:] for to in labels] for at in labels]
    return np.where(np.array(shut), np.float32(IMPOSSIBLE), transitions)


@lru_cache(maxsize=1)
def shared_tagger() -> NameTagger:
    """The tagger of this process, with the weights of the package."""
    content = files("kz_textkit.names").joinpath("data").joinpath("weights.npz").read_bytes()
    return NameTagger(load_weights(content), load_gazetteer())


class NameTagger:
    """Finds the names in sentences.

    >>> words = [Word("Абай", "Абай", "PROPN", ""), Word("Алматыда", "Алматы", "PROPN", "Case=Loc"), Word("тұрды", "тұр", "VERB", "")]
    >>> shared_tagger().labels([words])
    [['B-PERSON', 'B-GPE', 'O']]
    """

    def __init__(self, weights: NameWeights, gazetteer: Gazetteer) -> None:
        self.weights = weights
        self.gazetteer = gazetteer
        self._forget()

    def _forget(self) -> None:
        self._types: dict[Word, int] = {}
        self._numbers = np.zeros((0, 3), dtype=np.uint64)
        self._effects = np.zeros((0, len(OFFSETS), len(self.weights.labels)), dtype=np.float32)

    def labels(self, sentences: Sequence[Sequence[Word]]) -> list[list[str]]:
        """IOB2 labels of the words of each sentence."""
        names = self.weights.labels
        found: list[list[str]] = [[] for _ in sentences]
        by_length = sorted((i for i, words in enumerate(sentences) if words), key=lambda i: len(sentences[i]))
        for first in range(0, len(by_length), TOGETHER):
            chosen = by_length[first : first + TOGETHER]
            if len(self._types) > MOST_TYPES:
                self._forget()
            for i, path in zip(chosen, self._decode([sentences[i] for i in chosen]), strict=True):
                found[i] = [names[label] for label in path]
        return found

    def _decode(self, sentences: Sequence[Sequence[Word]]) -> Iterator[list[int]]:
        lengths = np.array([len(words) for words in sentences])
        scores = self._scores(sentences)
        longest = int(lengths.max())
        padded = np.zeros((len(sentences), longest, scores.shape[1]), dtype=np.float32)
        inside = np.arange(longest) < lengths[:, None]
        padded[inside] = scores
        return best_paths(padded, lengths, self.weights.transitions)

    def _scores(self, sentences: Sequence[Sequence[Word]]) -> Floats:
        """What speaks for each label of each word: a row a word, all sentences in a row."""
        types = self._types_of([word for words in sentences for word in words])
        ends = np.cumsum([len(words) for words in sentences])
        sentence_of = np.repeat(np.arange(len(sentences)), np.diff(ends, prepend=0))
        scores = np.zeros((len(types), len(self.weights.labels)), dtype=np.float32)
        for column, offset in enumerate(OFFSETS):
            places = np.arange(len(types)) + offset
            good = (places >= 0) & (places < len(types))
            good[good] = sentence_of[places[good]] == sentence_of[good]
            scores[good] += self._effects[types[places[good]], column]
        keys: list[Keys] = []
        words: list[Integers] = []
        for found, skipped, left in pair_keys(*self._numbers[types].T):
            # those that reach over the end of a sentence are none
            good = sentence_of[: len(types) - skipped - left] == sentence_of[skipped + left :]
            keys.append(found[good])
            words.append(np.arange(skipped, len(types) - left)[good])
        first = 0
        for own, end in zip(sentences, ends.tolist(), strict=True):
            for i, found in sentence_keys(own, self.gazetteer):
                keys.append(found)
                words.append(np.full(len(found), first + i))
            first = end
        self._add(scores, np.concatenate(keys), np.concatenate(words))
        return scores

    def _types_of(self, words: Sequence[Word]) -> Integers:
        known = self._types
        new = [word for word in dict.fromkeys(words) if word not in known]
        if new:
            first = len(known)
            signs = [word_signs(word, self.gazetteer) for word in new]
            known.update(zip(new, range(first, first + len(new)), strict=True))
            numbers = np.array([[number(own[1]), number(own[2]), number(own[3])] for own in signs], dtype=np.uint64)
            self._numbers = np.concatenate([self._numbers, numbers])
            keys = [place_keys(own, -offset) for own in signs for offset in OFFSETS]
            rows = np.repeat(np.arange(len(keys)), [len(own) for own in keys])
            effects = np.zeros((len(keys), len(self.weights.labels)), dtype=np.float32)
            self._add(effects, np.concatenate(keys), rows)
            self._effects = np.concatenate([self._effects, effects.reshape(len(new), len(OFFSETS), -1)])
        return np.fromiter(map(known.__getitem__, words), dtype=np.int64, count=len(words))

    def _add(self, scores: Floats, keys: Keys, rows: Integers) -> None:
        """Add the weights of `keys` to the rows of `scores`."""
        weights = self.weights
        at = np.searchsorted(weights.keys, keys)
        at[at == len(weights.keys)] = 0
        good = weights.keys[at] == keys
        at, rows = at[good], rows[good]
        counts = weights.starts[at + 1] - weights.starts[at]
        entries = np.repeat(weights.starts[at] - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        places = np.repeat(rows, counts) * scores.shape[1] + weights.of_labels[entries]
        scores += np.bincount(places, weights.values[entries], minlength=scores.size).astype(np.float32).reshape(scores.shape)


def best_paths(scores: Floats, lengths: npt.NDArray[np.int64], transitions: Floats) -> Iterator[list[int]]:
    """The likeliest sequence of labels of each sentence: `scores` has sentences, words, labels; sentences end at `lengths`."""
    count, longest, size = scores.shape
    back = np.zeros((longest, count, size), dtype=np.uint8)
    best = scores[:, 0].copy()
    ends = [best]
    across = np.ascontiguousarray(transitions.T)
    for place in range(1, longest):
        ways = best[:, None, :] + across
        likeliest = ways.argmax(axis=2)
        back[place] = likeliest
        best = np.take_along_axis(ways, likeliest[:, :, None], axis=2)[:, :, 0] + scores[:, place]
        ends.append(best)
    for sentence, length in enumerate(lengths.tolist()):
        label = int(ends[length - 1][sentence].argmax())
        path = [label]
        for place in range(length - 1, 0, -1):
            label = int(back[place, sentence, label])
            path.append(label)
        yield path[::-1]


def spans_of(labels: Sequence[str]) -> Iterable[tuple[int, int, str]]:
    """First word, word after the last, and class of each name that IOB2 labels mark.

    >>> list(spans_of(["B-PERSON", "I-PERSON", "O", "B-GPE"]))
    [(0, 2, 'PERSON'), (3, 4, 'GPE')]
    """
    begun = 0
    numbered = []
    for label in labels:
        begun += not label.startswith("I-")
        numbered.append((begun, label[2:]))
    start = 0
    for (_, label), group in groupby(numbered):
        end = start + len(list(group))
        if label:
            yield start, end, label
        start = end
