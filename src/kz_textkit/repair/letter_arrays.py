"""The letter model over many words at once: what `letter_model` says of each, in a few sweeps over the letters of all.

A text that is met for the first time brings hundreds of word forms that were not met before, each with as many windows of letters as it
has letters. Here the model is a table with a row for each context and a column for each letter, in which the scores of all letters of
all words are looked up together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kz_textkit.alphabet import KAZAKH_LOWER
from kz_textkit.repair.letter_model import FOREIGN, scores_after

__all__ = ["EDGE", "STRANGE", "SYMBOLS", "Doubles", "Gains", "points_of", "scores_of", "symbols_of", "totals"]

Symbols = npt.NDArray[np.intp]
Doubles = npt.NDArray[np.float64]

EDGE, STRANGE = 0, len(KAZAKH_LOWER) + 1
"""Symbols of what stands between words, and of every letter that is not in the alphabet; between them are those of the alphabet."""
SYMBOLS = STRANGE + 1
_LETTERS = {letter: k for k, letter in enumerate(KAZAKH_LOWER, 1)}
_BEYOND = max(map(ord, KAZAKH_LOWER)) + 1
_SYMBOL_OF = np.full(_BEYOND + 1, STRANGE, np.intp)
_SYMBOL_OF[[ord("\n"), *map(ord, KAZAKH_LOWER)]] = range(STRANGE)


class _Table(NamedTuple):
    rows: Symbols
    """For each three symbols, as digits of a number, the place among the scores of those after this context."""
    scores: Doubles
    """The scores of all symbols after one context, those after the next, and so on. The edge is the end of a word, and counts nothing
    where there is no word that could end."""


@cache
def _table() -> _Table:
    at = {"^": EDGE, "$": EDGE, **_LETTERS}
    known = scores_after()
    scores = np.empty((len(known), SYMBOLS))
    one, two, three = np.zeros(SYMBOLS, np.intp), np.zeros((SYMBOLS, SYMBOLS), np.intp), np.zeros((SYMBOLS,) * 3, np.intp)
    row_of: dict[str, int] = {}
    # Shorter contexts come first, so that what is not known of a longer one is there already.
    for row, (context, (followers, back)) in enumerate(known.items()):
        scores[row] = scores[row_of[context[1:]]] + back if context else FOREIGN
        scores[row, [at[letter] for letter in followers]] = list(followers.values())
        row_of[context] = row
        symbols = tuple(at[letter] for letter in context)
        if len(symbols) == 1:
            one[symbols] = row
            two[:, symbols[0]] = row
            three[:, :, symbols[0]] = row
        elif len(symbols) == 2:
            two[symbols] = row
            three[:, symbols[0], symbols[1]] = row
        elif symbols:
            three[symbols] = row
    # A word begins anew after an edge, whatever stood before it.
    three[:, EDGE, :] = three[EDGE, EDGE, :]
    three[:, :, EDGE] = three[EDGE, EDGE, EDGE]
    scores[three[EDGE, EDGE, EDGE], EDGE] = 0.0
    return _Table(np.ascontiguousarray(three.ravel() * SYMBOLS), scores.ravel())


def points_of(words: Sequence[str]) -> npt.NDArray[np.uint32]:
    """The characters of words in small letters, with one edge (a line feed) after each word and three before the first."""
    return np.frombuffer("\n\n\n{}\n".format("\n".join(words)).encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))


def symbols_of(points: npt.NDArray[np.uint32]) -> Symbols:
    """Characters as symbols of the model."""
    return _SYMBOL_OF.take(np.minimum(points, _BEYOND))


def _scores(a: Symbols, b: Symbols, c: Symbols, symbol: Symbols) -> Doubles:
    """The score of each symbol after the three before it."""
    table = _table()
    return table.scores.take(table.rows.take((a * SYMBOLS + b) * SYMBOLS + c) + symbol)


def scores_of(symbols: Symbols) -> Doubles:
    """The score of each symbol but the first three, which are edges."""
    return _scores(symbols[:-3], symbols[1:-2], symbols[2:-1], symbols[3:])


def totals(words: Sequence[str]) -> Doubles:
    """`letter_model.word_total` of each word, which is in small letters, not empty, and without line feeds in it.

    >>> from kz_textkit.repair.letter_model import word_total
    >>> bool(abs(totals(["қала", "әке"])[1] - word_total("әке")[0]) < 1e-9)
    True
    """
    if not words:
        return np.zeros(0)
    symbols = symbols_of(points_of(words))
    return _sums(scores_of(symbols), np.flatnonzero(symbols[3:] == EDGE))


def _sums(scores: Doubles, ends: Symbols) -> Doubles:
    """The sums of the scores of words that end at these places."""
    return np.add.reduceat(scores, np.concatenate(([0], ends[:-1] + 1)))


class Gains:
    """Tells of words whether some letter, replaced by one of its `replacements`, gives a word with a higher score.

    >>> gains = Gains({"к": "қ"})
    >>> gains.of(["калалық", "кесе"]).tolist()
    [True, False]
    """

    def __init__(self, replacements: Mapping[str, str]) -> None:
        self.others: list[Symbols] = []
        """For each symbol one that may stand in its place, 0 for none; then the second of those that have two."""
        for k in range(max(map(len, replacements.values()))):
            others = np.zeros(SYMBOLS, np.intp)
            for letter, instead in replacements.items():
                others[_LETTERS[letter]] = _LETTERS[instead[k]] if k < len(instead) else 0
            self.others.append(others)

    def of(self, words: Sequence[str], below: float = float("-inf")) -> npt.NDArray[np.bool_]:
        """Which of these words in small letters can gain so, or have a mean score `below` this one at any rate."""
        if not words:
            return np.zeros(0, np.bool_)
        symbols = symbols_of(points_of(words))
        letters = symbols[3:]
        scores = np.concatenate((scores_of(symbols), np.zeros(3)))
        ends = np.flatnonzero(letters == EDGE)
        found = _sums(scores[: len(letters)], ends) < below * np.diff(ends, prepend=-1)
        padded = np.append(letters, (EDGE, EDGE))
        for others in self.others:
            replaced = others.take(letters)
            at = np.flatnonzero(replaced)
            other = replaced[at]
            # The letter is in its own window and in those of the three symbols after it, as far as its word goes.
            a, b, c = (symbols[at + k] for k in range(3))
            d, e, f = (padded[at + k] for k in (1, 2, 3))
            second = d != EDGE
            third = second & (e != EDGE)
            now = scores[at] + scores[at + 1] + scores[at + 2] * second + scores[at + 3] * third
            then = (
                _scores(a, b, c, other) + _scores(b, c, other, d) + _scores(c, other, d, e) * second + _scores(other, d, e, f) * third
            )
            found[ends.searchsorted(at[then > now])] = True
        return found
