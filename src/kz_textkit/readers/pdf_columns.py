"""The order in which the parts of a page are read: columns from left to right, what stands over all of them before, under them after.

A gutter is an upright strip of the page without letters that has lines on both sides, several of them one under the other. Text columns
are told from the columns of a table by how full their lines are. The page is cut at its gutters and then again within the parts
(recursive cuts, Nagy and Seth 1984, on the boxes of fragments).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from kz_textkit.readers.pdf_characters import Floats, Integers, Truths
from kz_textkit.readers.pdf_lines import Fragments

__all__ = ["Column", "columns_of"]

NARROWEST = 0.7
"""Width of a gutter in sizes of the letters, at least."""
OVERFLOW = 0.3
"""How far a line may run over the gutter, in sizes of the letters: titles that are wider than their column do."""
FEWEST_LINES = 3
"""Lines that a gutter has on both sides, at least."""
SURE_LINES = 6
"""Lines from which on less is asked of a gutter."""
FULLNESS = 0.55
"""Width of the usual line of a text column beside that of the column, at least; cells of tables are shorter."""
FULLNESS_OF_FEW = 0.7
"""The same where the lines are few."""
FULLNESS_APART = 0.25
"""The same where the lines of both sides don't stand on the same rows, as cells of a table do."""
TITLE = 1.15
"""Size of titles beside that of the text, at least."""
MOST_EDGES = 30
"""Places that are tried for the left edge of a column, at most: those where most lines begin."""
MOST_TITLES = 30
"""Pieces of titles of a page, at most."""
CELLS = 0.2
"""Widest gap of the usual line from which on there are several cells in it, beside the width of the line."""
LEAST_WIDTH = 6
"""Width of the usual line of a text column in sizes of the letters, at least."""
NEAR, FAR = 1.6, 2.4
"""Distance of one line, and of several, that still go on with the lines above them, in usual distances of lines."""


class Column(NamedTuple):
    """A part of the page that is read from top to bottom."""

    members: Integers
    """Its fragments."""
    number: int
    """From 0 among the columns that stand side by side."""


def columns_of(fragments: Fragments) -> list[Column]:
    """The parts of a page in reading order."""
    everything = np.arange(len(fragments.first))
    return _cut(fragments, everything, 0, 0)


def _cut(fragments: Fragments, members: Integers, number: int, depth: int) -> list[Column]:
    if len(members) < 2 * FEWEST_LINES or depth > 8:
        return [Column(members, number)]
    gutter = _gutter(fragments, members)
    if gutter is None:
        return [Column(members, number)]
    x, top, bottom = gutter
    middle = (fragments.top[members] + fragments.bottom[members]) / 2
    above, below = members[middle < top], members[middle > bottom]
    inside = members[(middle >= top) & (middle <= bottom)]
    left = inside[fragments.x0[inside] < x - 0.2]
    right = inside[fragments.x0[inside] >= x - 0.2]
    if not len(left) or not len(right):
        return [Column(members, number)]
    further = _further(fragments, left, below, x)
    left, below = np.concatenate((left, below[further])), below[~further]
    parts: list[Column] = []
    for part, shift in ((above, 0), (left, 0), (right, 1), (below, 0)):
        if len(part):
            first = number + shift if part is not right else max([number, *(one.number for one in parts[-1:])]) + 1
            parts += _cut(fragments, part, first, depth + 1)
    return parts


def _further(fragments: Fragments, left: Integers, below: Integers, edge: float) -> Truths:
    """Which of the fragments below two columns are of the left one: under a title it goes on in lines that are as long as its own, with
    nothing beside them or across the gutter, while the right column is at its end.
    """
    order = below[np.argsort(fragments.top[below], kind="stable")]
    usual = float(np.median(fragments.size[left]))
    widths: list[float] = []
    last = -np.inf
    reached = False
    for line in np.split(order, np.flatnonzero(np.diff(fragments.base[order]) > 0.45 * usual) + 1):
        if not len(line) or fragments.x1[line].max() > edge + OVERFLOW * usual:
            break
        widths.append(float(fragments.x1[line].max() - fragments.x0[line].min()))
        last, reached = float(fragments.top[line].max()), True
    width = float(np.percentile(fragments.x1[left], 90) - fragments.x0[left].min())
    if not reached or len(widths) < SURE_LINES or float(np.median(widths)) < FULLNESS * width:
        return np.zeros(len(below), np.bool_)
    return fragments.top[below] <= last


def _gutter(fragments: Fragments, members: Integers) -> tuple[float, float, float] | None:
    """The best gutter of a part: its right edge, and from where to where it goes."""
    part = _Part(
        fragments.x0[members],
        fragments.x1[members],
        (fragments.top[members] + fragments.bottom[members]) / 2,
        fragments.size[members],
        float(np.median(fragments.size[members])),
    )
    if part.x1.max() - part.x0.min() < 12 * part.usual:
        return None
    best: tuple[float, float, float, float] | None = None
    for edge in _left_edges(part):
        for found in _stretches(part, edge):
            if best is None or found[0] > best[0]:
                best = (found[0], edge, found[1], found[2])
    return None if best is None else best[1:]


class _Part(NamedTuple):
    """Fragments of a part of the page, with the usual size of its letters."""

    x0: Floats
    x1: Floats
    middle: Floats
    size: Floats
    usual: float


def _left_edges(part: _Part) -> list[float]:
    """Where several fragments begin one under the other, from left to right: a column has its left edge there."""
    rounded = np.round(part.x0 - part.x0.min()).astype(np.int64)
    counts = np.bincount(rounded)
    near = counts + np.concatenate((counts[1:], [0]))
    places = np.flatnonzero((near >= FEWEST_LINES) & (counts > 0))
    places = places[places > 4 * part.usual]
    likely = np.sort(places[np.argsort(-near[places], kind="stable")[:MOST_EDGES]])
    edges: list[float] = []
    for place in likely.tolist():
        edge = float(part.x0[(rounded == place) | (rounded == place + 1)].min())
        clear = (part.x1 <= edge - NARROWEST * part.usual).sum()
        if clear >= FEWEST_LINES and (not edges or edge - edges[-1] > 0.5):
            edges.append(edge)
    return edges


def _stretches(part: _Part, edge: float) -> Iterator[tuple[float, float, float]]:
    """Stretches of a gutter with this right edge: how many lines each has, and its ends."""
    after = part.x0 >= edge - 0.2
    before = ~after & (part.x1 <= edge + OVERFLOW * part.usual)
    walls = np.sort(np.concatenate((part.middle[~after & ~before], _titles_across(part, before, after))))
    slot = np.searchsorted(walls, part.middle)
    lefts = np.bincount(slot[before], minlength=len(walls) + 1)
    rights = np.bincount(slot[after], minlength=len(walls) + 1)
    for number in np.flatnonzero((lefts >= FEWEST_LINES) & (rights >= FEWEST_LINES)).tolist():
        here = slot == number
        found = _side_by_side(part, here & before, here & after, edge)
        if found is not None:
            yield found


def _titles_across(part: _Part, before: Truths, after: Truths) -> Floats:
    """Heights of titles that nothing stands beside, with lines on both sides soon below: what is under them is another part."""
    found: list[float] = []
    titles = np.flatnonzero((part.size >= TITLE * part.usual) & (before | after)).tolist()
    for place in titles if len(titles) <= MOST_TITLES else []:
        height, size = float(part.middle[place]), float(part.size[place])
        near = (part.middle > height - 1.6 * size) & (part.middle < height + 0.9 * size)
        alone = (np.abs(part.middle[near] - height) < 0.3 * size) & (before[near] == before[place]) & (after[near] == after[place])
        below = (part.middle > height + 0.9 * size) & (part.middle < height + 6 * part.usual)
        if alone.all() and (below & ~after).any() and (below & after).any():
            found.append(height)
    return np.array(found)


def _side_by_side(part: _Part, left: Truths, right: Truths, edge: float) -> tuple[float, float, float] | None:
    usual = part.usual
    first = _lines(part.middle[left], part.x0[left], part.x1[left], usual)
    second = _lines(part.middle[right], part.x0[right], part.x1[right], usual)
    top, bottom = max(first[0][0], second[0][0]) - 0.7 * usual, min(first[0][-1], second[0][-1]) + 0.7 * usual
    inside = [(lines[0] >= top) & (lines[0] <= bottom) for lines in (first, second)]
    fewest = min(int(inside[0].sum()), int(inside[1].sum()))
    if fewest < FEWEST_LINES:
        return None
    strict = fewest < SURE_LINES
    beside = _share_rows(first[0], second[0], usual)
    least = FULLNESS_OF_FEW if strict else FULLNESS if beside else FULLNESS_APART
    if min(_fullness(first), _fullness(second)) < least:
        return None
    # Lines whose widest gap is a good part of them are cells of a table on the same rows.
    spaces = (
        _word_space(part, side, usual) / float(np.median(lines[2] - lines[1])) for side, lines in ((left, first), (right, second))
    )
    if beside and max(spaces) > CELLS:
        return None
    if min(float(np.median(lines[2] - lines[1])) for lines in (first, second)) < LEAST_WIDTH * usual:
        return None
    aligned = _aligned(second[1][inside[1]], edge, usual)
    if aligned < (0.75 if strict else 0.5):
        return None
    width = edge - float(np.percentile(first[2][inside[0]], 90 if strict else 75))
    if width < NARROWEST * usual:
        return None
    if (strict or aligned < 0.75) and width < 1.3 * min(_word_space(part, left, usual), _word_space(part, right, usual)):
        return None
    return float(fewest), *_extended(first[0], second[0], top, bottom, usual)


def _share_rows(first: Floats, second: Floats, usual: float) -> bool:
    # Cells of a table stand on the same rows, lines of columns only where all distances between them are the same.
    places = np.clip(np.searchsorted(first, second), 1, len(first) - 1)
    apart = np.minimum(np.abs(first[places] - second), np.abs(first[places - 1] - second))
    return float(np.mean(apart < 0.12 * usual)) > 0.5


def _aligned(begins: Floats, edge: float, usual: float) -> float:
    # Share of lines that begin at the edge of the column, or at its usual indent.
    indent = float(np.median(begins))
    at_edge = np.abs(begins - edge) < 0.35 * usual
    if at_edge.mean() < 0.15 or indent - edge > 3 * usual:
        return float(at_edge.mean())
    return float((at_edge | (np.abs(begins - indent) < 0.35 * usual)).mean())


def _word_space(part: _Part, chosen: Truths, usual: float) -> float:
    # The widest gap of the usual line.
    order = np.lexsort((part.x0[chosen], np.round(part.middle[chosen] / (0.5 * usual))))
    x0, x1, middle = part.x0[chosen][order], part.x1[chosen][order], part.middle[chosen][order]
    same = np.abs(np.diff(middle)) < 0.3 * usual
    line = np.concatenate(([0], np.cumsum(~same)))
    widest = np.full(int(line[-1]) + 1, 0.3 * usual)
    np.maximum.at(widest, line[1:][same], (x0[1:] - x1[:-1])[same])
    return float(np.median(widest))


def _lines(middle: Floats, x0: Floats, x1: Floats, usual: float) -> tuple[Floats, Floats, Floats]:
    # Heights of the lines, and where each begins and ends.
    order = np.argsort(middle, kind="stable")
    row = np.concatenate(([0], np.cumsum(np.diff(middle[order]) > 0.45 * usual)))
    first = np.concatenate(([0], np.flatnonzero(np.diff(row)) + 1))
    counts = np.bincount(row)
    return np.add.reduceat(middle[order], first) / counts, np.minimum.reduceat(x0[order], first), np.maximum.reduceat(x1[order], first)


def _fullness(lines: tuple[Floats, Floats, Floats]) -> float:
    # A title or an address may be wider than the column.
    widths = lines[2] - lines[1]
    return float(np.median(widths) / max(1.0, np.percentile(lines[2], 90) - lines[1].min()))


def _extended(first: Floats, second: Floats, top: float, bottom: float, usual: float) -> tuple[float, float]:
    # A column that is longer than its neighbour goes on as long as its lines follow at the usual distance.
    for lines in (first, second):
        pitch = float(np.median(np.diff(lines))) if len(lines) > 1 else usual
        inside = lines[(lines >= top) & (lines <= bottom)]
        top = min(top, -_reached(-float(inside[0]), -lines[lines < top][::-1], pitch) - 0.3 * usual)
        bottom = max(bottom, _reached(float(inside[-1]), lines[lines > bottom], pitch) + 0.3 * usual)
    return top, bottom


def _reached(last: float, lines: Floats, pitch: float) -> float:
    """How far the lines below `last` go on; a line or two by themselves below a wide gap (a page number) do not."""
    heights = lines.tolist()
    for index, line in enumerate(heights):
        if line - last > (NEAR if len(heights) - index <= 2 else FAR) * pitch:
            break
        last = line
    return last
