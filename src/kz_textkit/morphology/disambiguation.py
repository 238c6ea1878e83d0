"""Which of a word's analyses is meant here: a log-linear model over the analyser's candidates, in context.

The analyser says what a word can be; this module chooses. Each candidate gets a score, the sum of the weights of its features; the
highest wins. Features join a *property* of the candidate (its tag, its lemma, its part of speech...) with what is *around* it: the
forms, endings and parts of speech of up to two words on either side, the last nominative before it, the punctuation that follows,
capitals. Of the neighbours it is what the analyser thinks likeliest that counts, not what is chosen for them: cross-validation showed
that even their right readings would not make the choice better. So no search is needed, and a batch of sentences is scored at once
with arrays.

Feature names are hashed into one table of weights (Weinberger and others, *Feature hashing for large scale multitask learning*, ICML
2009). Whatever depends on the word type alone is scored once, when the word is first met. Weights are trained by
`python tools/morphology/train.py`; nothing here depends on the order or the batches in which words come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kz_textkit.morphology.candidate import Reading
from kz_textkit.morphology.context_scores import READING_PARTS, WeightTable, around_sums, reading_sums
from kz_textkit.morphology.document_memory import lemma_keys, remembered
from kz_textkit.morphology.feature_hashing import BITS
from kz_textkit.morphology.features import context_of, of_readings, surroundings, type_features
from kz_textkit.morphology.word_types import BOUNDARY, MARGIN, Columns, Indices, TypeRow, WordTypes

__all__ = ["SCALE", "Disambiguator", "load_weights", "save_weights"]

Integers = npt.NDArray[np.int32]


def save_weights(weights: Integers, path: Path, least: int = 10) -> None:
    """Writes the weights of at least `least` thousandths, as places and 16-bit values."""
    places = np.flatnonzero(np.abs(weights) >= least)
    steps = np.diff(places, prepend=0)
    values = np.clip(weights[places], -32767, 32767).astype(np.int16)
    np.savez_compressed(path, steps=steps.astype(np.uint16 if steps.max(initial=0) < 2**16 else np.uint32), values=values)


def load_weights(content: bytes) -> Integers:
    """The weights in a file that `save_weights` wrote: `2 ** BITS` places, in thousandths: sums of integers keep no order."""
    weights = np.zeros(2**BITS, dtype=np.int32)
    with np.load(BytesIO(content)) as arrays:
        weights[np.cumsum(arrays["steps"].astype(np.int64))] = arrays["values"]
    return weights


SCALE = 1000
"""Weights are kept in thousandths."""

TEMPERATURE = 1.25
"""What scores are divided by, so that of the readings with a probability of .8 eight in ten are right."""


class _Scored(NamedTuple):
    """Tokens with a choice, scored."""

    chosen: Indices
    """The reading of each token."""
    places: Indices
    """The token of each reading that was to choose from."""
    readings: Indices
    starts: Indices
    """Where the readings of each token begin."""
    total: Integers
    """Scores of the readings."""


class Disambiguator:
    """Chooses readings for the tokens of sentences.

    `read` gives the readings of a form; weights come from `train`.
    """

    def __init__(self, read: Callable[[str], Sequence[Reading]], weights: Integers, types: WordTypes | None = None) -> None:
        self.types = WordTypes(read) if types is None else types
        self._table = WeightTable(weights)
        self._empty()

    def _empty(self) -> None:
        self._scores = Columns(1, np.int32)
        self._sums = Columns(len(READING_PARTS), np.uint32)
        self._keys = Columns(2, np.int64)

    def forget(self) -> None:
        """Forgets the word types met so far, to free memory; nothing else changes."""
        self.types = self.types.emptied()
        self._empty()

    def choose(self, sentences: Iterable[Sequence[str]], documents: Iterable[Any] | None = None) -> list[list[Reading]]:
        """The reading of each word of each sentence; `documents` says of each which it is from, otherwise each is a document."""
        tokens, lengths, owners = self._laid_out(sentences, documents)
        chosen = self.choose_ids(tokens, owners).tolist()
        found, at = [], MARGIN
        for length in lengths:
            found.append([self.types.readings[i] for i in chosen[at : at + length]])
            at += length + MARGIN
        return found

    def _laid_out(self, sentences: Iterable[Sequence[str]], documents: Iterable[Any] | None) -> tuple[Indices, list[int], Indices]:
        """Types of the words with boundaries around each sentence, the lengths of the sentences, and the document of each word."""
        tokens, lengths = [BOUNDARY] * MARGIN, list[int]()
        for sentence in sentences:
            tokens.extend(map(self.types.id_of, sentence))
            tokens.extend([BOUNDARY] * MARGIN)
            lengths.append(len(sentence))
        numbers: dict[Any, int] = {}
        of_sentence = [numbers.setdefault(name, len(numbers)) for name in (range(len(lengths)) if documents is None else documents)]
        owners = np.append(np.zeros(MARGIN, dtype=np.intp), np.repeat(of_sentence, np.array(lengths, dtype=np.intp) + MARGIN))
        return np.array(tokens, dtype=np.intp), lengths, owners.astype(np.intp)

    def _learn(self) -> None:
        """Works out what new readings score without context, and what they give to the features of context."""
        known, count = len(self._scores), len(self.types.readings)
        if known < count:
            self._scores.extend(self._table.sums(type_features(self.types, slice(known, count)))[np.newaxis])
            self._sums.extend(reading_sums(of_readings(self.types.features()[:, known:count])))
            self._keys.extend(lemma_keys(self.types, slice(known, count)))

    def choose_ids(self, tokens: Indices, documents: Indices) -> Indices:
        """The number of the reading chosen for each token (numbers of types; `MARGIN` boundaries around each sentence).

        `documents` numbers the document that each token is from: what it shows of a word helps where the word stands again.
        """
        return self._scored(tokens, documents).chosen

    def n_best(
        self, sentences: Iterable[Sequence[str]], most: int = 3, documents: Iterable[Any] | None = None
    ) -> list[list[list[tuple[Reading, float]]]]:
        """The `most` likeliest readings of each word of each sentence, with their probabilities, the likeliest first.

        Probabilities are made milder by `TEMPERATURE`, which cross-validation gave (docs/measured.md).
        """
        tokens, lengths, owners = self._laid_out(sentences, documents)
        found = list(self.probable_ids(tokens, owners, most))
        result, at = [], MARGIN
        for length in lengths:
            result.append([[(self.types.readings[i], share) for i, share in own] for own in found[at : at + length]])
            at += length + MARGIN
        return result

    def probable_ids(self, tokens: Indices, documents: Indices, most: int) -> Iterator[list[tuple[int, float]]]:
        """The numbers of the `most` likeliest readings of each token, boundaries included, with their probabilities."""
        scored = self._scored(tokens, documents)
        single = iter(scored.chosen.tolist())
        if not len(scored.starts):
            yield from ([(number, 1.0)] for number in single)
            return
        spans = np.diff(np.append(scored.starts, len(scored.readings)))
        total = scored.total / (SCALE * TEMPERATURE)
        share = np.exp(total - np.repeat(np.maximum.reduceat(total, scored.starts), spans))
        share /= np.repeat(np.add.reduceat(share, scored.starts), spans)
        shares, readings = share.tolist(), scored.readings.tolist()
        where = dict(zip(scored.places[scored.starts].tolist(), zip(scored.starts.tolist(), spans.tolist(), strict=True), strict=True))
        for place, number in enumerate(single):
            start, count = where.get(place, (0, 0))
            own = sorted(zip(readings[start : start + count], shares[start : start + count], strict=True), key=lambda pair: -pair[1])
            yield own[:most] if own else [(number, 1.0)]

    def _scored(self, tokens: Indices, documents: Indices) -> _Scored:
        self._learn()
        first, count = self.types.types_of(tokens)[[TypeRow.FIRST, TypeRow.COUNT]].astype(np.intp)
        chosen: Indices = first.copy()
        open_places = np.flatnonzero(count > 1)
        if not len(open_places):
            nothing = np.zeros(0, dtype=np.intp)
            return _Scored(chosen, nothing, nothing, nothing, np.zeros(0, dtype=np.int32))
        spans = count[open_places]
        starts = np.cumsum(spans) - spans
        places = np.repeat(open_places, spans)
        readings = np.arange(len(places)) + np.repeat(first[open_places] - starts, spans)
        around = around_sums(surroundings(context_of(self.types, tokens)))
        memory = remembered(self.types, self._keys.values(), tokens, documents, places, readings)
        total: Integers = self._scores.of(readings)[0]
        total += self._table.scores(self._sums.of(readings), around, places)
        total += self._table.sums(memory.places).take(memory.at)
        winners = np.flatnonzero(total == np.repeat(np.maximum.reduceat(total, starts), spans))
        # the first of equals, whatever the batch
        at = winners[np.diff(places[winners], prepend=-1) != 0]
        chosen[places[at]] = readings[at]
        return _Scored(chosen, places, readings, starts, total)
