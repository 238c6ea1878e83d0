"""The best projective tree of each sentence: Eisner's algorithm, for many sentences of about the same length at once.

J. Eisner, *Three new probabilistic models for dependency parsing* (COLING 1996). Arcs don't cross and one word is the root. Of the
arcs of UD_Kazakh-KTB one in a hundred crosses another: those are lost.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["best_trees"]

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

_NEVER = np.float32(-1e9)


def best_trees(scores: Floats, lengths: Integers) -> Integers:
    """Heads of the words of sentences, 0 for the root: a row a sentence, a column a word, the first column being no word.

    `scores[sentence, word, head]` is what speaks for an arc; word and head 0 are the root. `lengths` counts words without the root.

    >>> scores = np.zeros((1, 3, 3), dtype=np.float32)
    >>> scores[0, 1, 2] = scores[0, 2, 0] = 1.0
    >>> best_trees(scores, np.array([2])).tolist()
    [[0, 2, 0]]
    """
    count, size, _ = scores.shape
    # spans [i, j] with the head at the left or the right end, complete or waiting for more words on the other side
    left = np.full((count, size, size), _NEVER, dtype=np.float32)
    right = left.copy()
    cut_left, cut_right, cut_open = (np.zeros((count, size, size), dtype=np.int16) for _ in range(3))
    open_left, open_right = left.copy(), left.copy()
    every = np.arange(size)
    left[:, every, every] = right[:, every, every] = 0.0
    for width in range(1, size - 1):
        i = np.arange(1, size - width)
        j = i + width
        within = i[:, None] + np.arange(width)
        # the two halves meet between k and k + 1
        halves = right[:, i[:, None], within] + left[:, within + 1, j[:, None]]
        at = halves.argmax(axis=2)
        best = np.take_along_axis(halves, at[:, :, None], axis=2)[:, :, 0]
        cut_open[:, i, j] = at + i
        open_left[:, i, j] = best + scores[:, i, j]
        open_right[:, i, j] = best + scores[:, j, i]
        ways = left[:, i[:, None], within] + open_left[:, within, j[:, None]]
        at = ways.argmax(axis=2)
        left[:, i, j] = np.take_along_axis(ways, at[:, :, None], axis=2)[:, :, 0]
        cut_left[:, i, j] = at + i
        ways = open_right[:, i[:, None], within + 1] + right[:, within + 1, j[:, None]]
        at = ways.argmax(axis=2)
        right[:, i, j] = np.take_along_axis(ways, at[:, :, None], axis=2)[:, :, 0]
        cut_right[:, i, j] = at + i + 1
    heads = np.zeros((count, size), dtype=np.int64)
    for sentence, length in enumerate(lengths.tolist()):
        words = np.arange(1, length + 1)
        if length:
            total = left[sentence, 1, words] + right[sentence, words, length] + scores[sentence, words, 0]
            root = int(total.argmax()) + 1
            _walk(heads[sentence], root, length, cut_left[sentence], cut_right[sentence], cut_open[sentence])
    return heads


def _walk(
    heads: Integers,
    root: int,
    length: int,
    cut_left: npt.NDArray[np.int16],
    cut_right: npt.NDArray[np.int16],
    cut_open: npt.NDArray[np.int16],
) -> None:
    """Writes the heads of one sentence, from where its best spans were cut."""
    # (start, end, whether the head is at the right end)
    spans = [(1, root, True), (root, length, False)]
    while spans:
        start, end, head_at_end = spans.pop()
        if start == end:
            continue
        if head_at_end:
            word = int(cut_left[start, end])
            heads[word] = end
            spans.append((start, word, True))
            start = word
        else:
            word = int(cut_right[start, end])
            heads[word] = start
            spans.append((word, end, False))
            end = word
        middle = int(cut_open[start, end])
        spans += [(start, middle, False), (middle + 1, end, True)]
