"""From characters to fragments, rows and words: what stands on one base line, and where a word ends.

A *fragment* is a run of letters that the file draws one after the other without a wide gap; columns are found between fragments
(`pdf_columns`). Within a column, fragments on one base line make a *row*, whatever order the file draws them in: programs that lack a
Kazakh letter in the font take it from another one and draw those letters after the line, so that order in the file is worth nothing
inside of it. Words are found from gaps measured in the size of the letters: a white space that is drawn makes a narrower gap enough,
and where letters are spaced apart, the gaps of the row are compared with each other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kz_textkit.readers.pdf_characters import Characters, Floats, Integers, Truths

__all__ = ["Fragments", "first_of_runs", "fragments_of", "gaps_of", "rows_of", "word_starts"]

WIDEST_INSIDE = 0.6
"""Gap in a fragment, in sizes of the letters: wider than any word space that is not stretched, narrower than a gutter."""
SAME_BASE = 0.12
"""Distance of base lines, in sizes, up to which two letters stand on one line without doubt."""
ONE_ROW = 0.3
"""Distance of base lines, in sizes, up to which two fragments are on one row."""
WORD_GAP = 0.16
"""Gap between words, in sizes, where no space is drawn; the thinnest spaces of good typesetting are a fifth of the size."""
WORD_GAP_BESIDE_SPACES = 0.3
"""The same within a text object of a page that draws its spaces, where other gaps are due to kerning or letters spaced apart."""
GAP_OF_RUNS = 0.11
"""The same between two text objects: words of tightly set lines that are drawn one by one."""
THINNEST_SPACE = 0.2
"""Gap between letters spaced apart that may be a space, at least."""
DRAWN_GAP = 0.05
"""Gap between words where a space is drawn."""
INITIAL = 1.7
"""Size of a letter that goes down over several lines, in sizes of theirs, at least."""
SMALLEST, SMALL = 0.4, 0.85
"""Size of raised letters beside that of their row, at least and at most."""


class Fragments(NamedTuple):
    """Fragments of a page as arrays; the letters of each stand together, from `first` to `last` (exclusive)."""

    first: Integers
    last: Integers
    x0: Floats
    x1: Floats
    base: Floats
    size: Floats

    @property
    def top(self) -> Floats:
        """Upper edge: the height of capital letters and accents, whatever the font says."""
        return self.base - 0.8 * self.size

    @property
    def bottom(self) -> Floats:
        """Lower edge: the depth of descenders."""
        return self.base + 0.22 * self.size

    def with_boxes(self, boxes: list[tuple[float, float, float, float]]) -> Fragments:
        """Boxes without letters added at the end, each as one fragment that begins a row at its upper edge."""
        if not boxes:
            return self
        x0, y0, x1, _ = np.array(boxes).T
        nothing = np.zeros(len(boxes), dtype=np.int64)
        size = np.full(len(boxes), float(np.median(self.size)) if len(self.size) else 10.0)
        added = (nothing, nothing, x0, x1, y0 + 0.8 * size, size)
        return Fragments(*(np.concatenate((old, new)) for old, new in zip(self, added, strict=True)))


def fragments_of(letters: Characters) -> tuple[Integers, Fragments]:
    """An order of characters in which fragments stand together, and the fragments.

    The characters are in the order of the file, without white space.
    """
    if not len(letters):
        nothing, none = np.zeros(0, dtype=np.int64), np.zeros(0)
        return nothing, Fragments(nothing, nothing, none, none, none, none)
    run = np.concatenate(([0], np.cumsum(_breaks(letters, np.arange(len(letters))))))
    line = _near_lines(letters, run)
    order = np.lexsort((np.arange(len(letters)), letters.x0, line))
    breaks = _breaks(letters, order) | (line[order][1:] != line[order][:-1])
    first = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    base, size = letters.base[order], letters.size[order]
    fragments = Fragments(
        first,
        np.concatenate((first[1:], [len(letters)])),
        np.minimum.reduceat(letters.x0[order], first),
        np.maximum.reduceat(letters.x1[order], first),
        np.maximum.reduceat(base, first),
        np.maximum.reduceat(size, first),
    )
    return order, fragments


def _breaks(letters: Characters, order: Integers) -> Truths:
    x0, x1, base, size = letters.x0[order], letters.x1[order], letters.base[order], letters.size[order]
    small, large = np.minimum(size[1:], size[:-1]), np.maximum(size[1:], size[:-1])
    gap = x0[1:] - x1[:-1]
    return (
        (np.abs(base[1:] - base[:-1]) > SAME_BASE * small)
        | (gap > WIDEST_INSIDE * small)
        | (gap < -1.5 * small)
        | (large > 1.2 * small)
    )


def _near_lines(letters: Characters, run: Integers) -> Integers:
    # Runs of letters in the order of the file, numbered by base line; those of another size are on lines of their own.
    first = first_of_runs(run)
    base, size = letters.base[first], letters.size[first]
    line = np.zeros(len(first), dtype=np.int64)
    open_lines: list[tuple[float, float, int]] = []
    count = 0
    for place in np.argsort(base, kind="stable").tolist():
        height, at = float(size[place]), float(base[place])
        open_lines = [one for one in open_lines if at - one[0] <= 2 * SAME_BASE * one[1]]
        for start, of_line, number in open_lines:
            if at - start <= 2 * SAME_BASE * min(height, of_line) and max(height, of_line) <= 1.2 * min(height, of_line):
                line[place] = number
                break
        else:
            line[place] = count
            open_lines.append((at, height, count))
            count += 1
    return line[run]


def rows_of(letters: Characters, fragments: Fragments, members: Integers) -> list[Integers]:
    """The fragments of a column in rows from top to bottom, each from left to right; `letters` as `fragments_of` orders them."""
    if not len(members):
        return []
    order = members[np.argsort(fragments.base[members], kind="stable")]
    base, size = fragments.base[order].tolist(), fragments.size[order].tolist()
    rows: list[list[int]] = []
    at, height = -1e9, 0.0
    for position in range(len(order)):
        if base[position] - at <= ONE_ROW * min(size[position], height):
            rows[-1].append(int(order[position]))
        else:
            rows.append([int(order[position])])
            at, height = base[position], 0.0
        if size[position] > height:
            at, height = base[position], size[position]
    whole = _with_initials(fragments, _raised(letters, fragments, rows))
    return [np.array(sorted(row, key=lambda one: fragments.x0[one])) for row in whole]


def _with_initials(fragments: Fragments, rows: list[list[int]]) -> list[list[int]]:
    """Large letters that go down over several lines, moved to the first of them."""
    for number in range(1, len(rows)):
        one = min(rows[number], key=lambda other: float(fragments.x0[other]))
        size = float(fragments.size[one])
        others = [float(fragments.size[other]) for other in rows[number] if other != one]
        alone = not others or max(others) * INITIAL < size
        if fragments.last[one] - fragments.first[one] > 2 or not alone or float(fragments.x1[one] - fragments.x0[one]) > 2 * size:
            continue
        top, edge = float(fragments.base[one]) - 0.85 * size, float(fragments.x1[one])
        beside = [
            above
            for above in range(max(0, number - 5), number)
            if rows[above]
            and float(np.max(fragments.base[rows[above]])) > top
            and float(np.max(fragments.size[rows[above]])) * INITIAL < size
            and -0.2 * size < float(np.min(fragments.x0[rows[above]])) - edge < size
        ]
        if beside:
            rows[number].remove(one)
            rows[beside[0]].append(one)
    return [row for row in rows if row]


def _raised(letters: Characters, fragments: Fragments, rows: list[list[int]]) -> list[list[int]]:
    # Raised and lowered letters (marks of notes, powers) stand on rows of their own till here; they go to the row they stand beside.
    size, base = fragments.size.tolist(), fragments.base.tolist()
    sizes = [max(size[one] for one in row) for row in rows]
    bases = [sorted(base[one] for one in row)[len(row) // 2] for row in rows]
    result = [list(row) for row in rows]
    for number, row in enumerate(rows):
        for one in row:
            for other in (number + 1, number - 1):
                if not 0 <= other < len(rows) or not SMALLEST * sizes[other] <= size[one] <= SMALL * sizes[other]:
                    continue
                rise = (bases[other] - base[one]) / sizes[other]
                if -0.35 <= rise <= 0.65 and _beside(letters, fragments, one, rows[other], sizes[other]):
                    result[number].remove(one)
                    result[other].append(one)
                    break
    return [row for row in result if row]


def _beside(letters: Characters, fragments: Fragments, one: int, row: list[int], size: float) -> bool:
    """Whether a fragment stands next to letters of a row, and over none of them."""
    x0, x1 = float(fragments.x0[one]), float(fragments.x1[one])
    apart = [max(float(fragments.x0[other]) - x1, x0 - float(fragments.x1[other])) for other in row]
    nearest = row[int(np.argmin(apart))]
    if min(apart) >= 0:
        return min(apart) < 0.5 * size
    inside = slice(int(fragments.first[nearest]), int(fragments.last[nearest]))
    over = np.minimum(letters.x1[inside], x1) - np.maximum(letters.x0[inside], x0)
    return float(over.max(initial=0.0)) < 0.3 * size


def word_starts(letters: Characters, row: Integers, space_before: Truths) -> Truths:
    """Whether a word begins at each character of rows that are sorted from left to right; `row` numbers them.

    `space_before` says where a white space is drawn before the character.
    """
    count = len(letters)
    starts = np.ones(count, dtype=bool)
    if count < 2:
        return starts
    same, drawn = row[1:] == row[:-1], space_before[1:]
    gap = gaps_of(letters, row)[1:]
    wide = same & (gap > WORD_GAP) & (gap < 2)
    beside = wide.sum() > 10 and (drawn & wide).sum() > 0.9 * wide.sum()
    inside = letters.run[1:] == letters.run[:-1]
    least = np.where(inside, WORD_GAP_BESIDE_SPACES if beside else WORD_GAP, GAP_OF_RUNS)
    alphabetic = ((letters.code >= 0x41) & (letters.code < 0x530)) | (letters.code > 0x600) & (letters.code < 0x2000)
    spaced = _letter_spacing(gap, same & alphabetic[1:] & alphabetic[:-1], drawn, row)
    # A large initial belongs to its word, however far the rest of it stands.
    initial = (letters.size[:-1] > INITIAL * letters.size[1:]) & same & (gap < 0.6)
    for index in np.flatnonzero(initial).tolist():
        initial[index] = chr(int(letters.code[index + 1])).islower() and chr(int(letters.code[index])).isupper()
    starts[1:] = ~same | ~initial & (gap - spaced > np.where(drawn & (spaced == 0), DRAWN_GAP, least))
    return starts


def gaps_of(letters: Characters, row: Integers) -> Floats:
    """The gap before each character of rows sorted from left to right, in sizes of the letters; of no use where a row begins."""
    small, large = np.minimum(letters.size[1:], letters.size[:-1]), np.maximum(letters.size[1:], letters.size[:-1])
    size = np.maximum(np.where(small < 0.7 * large, large, small), 0.1)
    return np.concatenate(([0.0], (letters.x0[1:] - _reach(letters.x1, row)[:-1]) / size))[: len(letters)]


def _reach(x1: Floats, row: Integers) -> Floats:
    # How far to the right anything of the row stands up to each character.
    offset = row * 1e6
    return np.maximum.accumulate(x1 + offset) - offset


def _letter_spacing(gap: Floats, same: Truths, drawn: Truths, row: Integers) -> Floats:
    """What to take off each gap: where the letters of a row are spaced apart as a whole, a little more than their usual gap.

    Half of the gaps and more are wide then, and alike. Where they are as wide as spaces and none is wider than the others, nobody can
    see where words end, and all of them are left.
    """
    spaced = np.zeros(len(gap))
    wide = same & (gap > 0.1)
    if wide.sum() < 3:
        return spaced
    total = np.bincount(row[1:][same], minlength=int(row.max()) + 1)
    many = np.bincount(row[1:][wide], minlength=len(total))
    for number in np.flatnonzero((many > 0.6 * total) & (total >= 4)).tolist():
        here = same & (row[1:] == number)
        middle = float(np.median(gap[here]))
        alike = np.mean(np.abs(gap[here] - middle) < 0.35 * middle + 0.02) > 0.6
        if alike and (gap[here].max() > 1.6 * middle or (middle < THINNEST_SPACE and drawn[here].mean() < 0.5)):
            spaced[here] = middle * 1.25
    return spaced


def first_of_runs(numbers: npt.NDArray[np.int64]) -> Integers:
    """Places at which a new number begins.

    >>> first_of_runs(np.array([0, 0, 1, 2, 2])).tolist()
    [0, 2, 3]
    """
    return np.concatenate(([0], np.flatnonzero(numbers[1:] != numbers[:-1]) + 1)) if len(numbers) else np.zeros(0, dtype=np.int64)
