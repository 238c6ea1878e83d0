"""Marks of a raw text carried over to the text that edits make of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kz_textkit.alignment import Alignment, Edit
from kz_textkit.document import Mark

__all__ = ["shift_marks"]


def shift_marks(marks: Sequence[Mark], length: int, edits: Sequence[Edit]) -> tuple[Mark, ...]:
    """The marks of a text of `length` characters, with offsets in the text that the applied, ordered `edits` make of it.

    A mark that begins or ends inside what an edit replaces reaches over all that was put in its place; what is put in where a mark
    begins is in it.

    >>> shift_marks([Mark(3, 9, "block")], 9, [Edit(0, 2, "a ", "", "spacing"), Edit(4, 5, "x", "шы", "homoglyph")])[0]
    Mark(start=1, end=8, kind='block', value=mappingproxy({}), certain=True)
    """
    alignment = Alignment.from_edits(length, edits)
    if not marks or (len(alignment.target_starts) == 1 == len(alignment.source_starts) and alignment.target_length == length):
        return tuple(marks)
    runs = _Runs(alignment)
    starts = runs.starts(np.fromiter((mark.start for mark in marks), np.int64, len(marks)))
    ends = np.maximum(starts, runs.ends(np.fromiter((mark.end for mark in marks), np.int64, len(marks))))
    return tuple(replace(mark, start=start, end=end) for mark, start, end in zip(marks, starts.tolist(), ends.tolist(), strict=True))


class _Runs:
    """The runs of an alignment as arrays."""

    def __init__(self, alignment: Alignment) -> None:
        self.targets = np.asarray(alignment.target_starts, np.int64)
        self.target_ends = np.append(self.targets[1:], alignment.target_length)
        self.sources = np.asarray(alignment.source_starts, np.int64)
        self.source_ends = np.asarray(alignment.source_ends, np.int64)
        self.in_step = self.target_ends - self.targets == self.source_ends - self.sources

    def starts(self, offsets: np.ndarray) -> np.ndarray:
        """Where stretches that begin at these offsets of the source begin in the target."""
        # Of an insertion and the text after it, both of which begin at the offset, the insertion.
        first = np.minimum(np.searchsorted(self.sources, offsets, "left"), len(self.sources) - 1)
        run = np.where(self.sources[first] == offsets, first, np.searchsorted(self.sources, offsets, "right") - 1)
        found = np.where(self.in_step[run], self.targets[run] + offsets - self.sources[run], self.targets[run])
        found = np.where((offsets >= self.source_ends[run]) & (self.sources[run] < offsets), self.target_ends[run], found)
        return np.where(run < 0, 0, found)

    def ends(self, offsets: np.ndarray) -> np.ndarray:
        """Where stretches that end at these offsets of the source end in the target."""
        run = np.searchsorted(self.sources, offsets, "left") - 1
        found = np.where(self.in_step[run], self.targets[run] + offsets - self.sources[run], self.target_ends[run])
        found = np.where(offsets > self.source_ends[run], self.target_ends[run], found)
        return np.where(run < 0, 0, found)
