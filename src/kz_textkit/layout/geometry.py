"""Where lines stood on their page, told in the terms of plain text: gaps as blank lines, indents as spaces, widths in thousandths of
an em.

A reader that knows the geometry of its lines (`line` marks: box, size, face) says better what a plain text can only hint at. Put in the
terms that the rest of `layout` speaks, it is the same evidence, so that what was learnt from one holds for the other; only size and
face are new.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import Any

from kz_textkit.document import Mark
from kz_textkit.layout.lines import Line

__all__ = ["place_lines"]

SPACE_EM = 0.5
"""Width of a space of indent, in ems."""
USUAL_GAP = 0.2
"""Share of the usual distance of lines that a distance may be larger by and be no gap."""
SLACK = 2.0
"""Points that edges differ by without meaning it."""

_Box = Mapping[str, Any]


def place_lines(lines: Sequence[Line], marks: Sequence[Mark]) -> None:
    """Sets gap, indent, width, size and face of the lines that have a mark with a box.

    >>> from kz_textkit.layout.lines import read_lines
    >>> boxes = [(100, 110), (114, 124), (150, 160)]
    >>> marks = [Mark(4 * i, 4 * i + 3, "line", {"x0": 70, "x1": 99, "y0": a, "y1": b, "size": 10}) for i, (a, b) in enumerate(boxes)]
    >>> lines = read_lines("бір\\nекі\\nүш.")
    >>> place_lines(lines, marks)
    >>> [line.blank_before for line in lines]
    [0, 0, 2]
    """
    boxed = [mark for mark in marks if mark.kind == "line" and {"x0", "x1", "y0", "size"} <= mark.value.keys()]
    if not boxed:
        return
    starts = [mark.start for mark in boxed]
    found: list[_Box | None] = []
    for line in lines:
        at = bisect_right(starts, line.start) - 1
        box = boxed[at] if at >= 0 and boxed[at].end > line.start else None
        found.append(box.value if box is not None and float(box.value["size"]) > 0 else None)
    sizes: Counter[float] = Counter()
    for line, value in zip(lines, found, strict=True):
        if value is not None:
            sizes[float(value["size"])] += len(line.text)
    if not sizes:
        return
    _set_faces(lines, found)
    _set_places(lines, found, sizes.most_common(1)[0][0])


def _set_faces(lines: Sequence[Line], boxes: Sequence[_Box | None]) -> None:
    usual: Counter[tuple[bool, bool]] = Counter()
    for line, box in zip(lines, boxes, strict=True):
        if box is not None:
            usual[bool(box.get("bold")), bool(box.get("italic"))] += len(line.text)
    bold, italic = usual.most_common(1)[0][0]
    for line, box in zip(lines, boxes, strict=True):
        if box is not None:
            line.bold = bool(box.get("bold")) and not bold
            line.italic = bool(box.get("italic")) and not italic


def _set_places(lines: Sequence[Line], boxes: Sequence[_Box | None], size: float) -> None:
    lefts = _lefts(lines, boxes)
    pitch = _pitch(boxes, size)
    ratios = [(box["x1"] - box["x0"]) / size * 1000 / line.width for line, box in zip(lines, boxes, strict=True) if box and line.width]
    stretch = median(ratios)
    before: _Box | None = None
    for line, box in zip(lines, boxes, strict=True):
        if box is None:
            before = None
            continue
        own = float(box["size"])
        line.size = own / size
        left = lefts[line.page, int(box.get("column", 0))]
        away = max(0.0, float(box["x0"]) - left)
        line.indent = 0 if away < SLACK else round(away / size / SPACE_EM)
        line.shift = 0 if away < SLACK else round(away / size * 1000)
        line.width = round((float(box["x1"]) - float(box["x0"])) / size * 1000)
        line.head = round(line.head * stretch)
        if before is not None and not line.page_start:
            distance = float(box["y0"]) - float(before["y0"])
            usual = pitch * max(1.0, own / size, float(before["size"]) / size)
            gap = distance / usual - 1
            line.blank_before = 0 if gap < USUAL_GAP else 1 + round(gap - 0.5 + USUAL_GAP)
        before = box


def _lefts(lines: Sequence[Line], boxes: Sequence[_Box | None]) -> dict[tuple[int, int], float]:
    """Left edge of each column of each page: where most of its lines begin; of a page with few lines, where those of others do."""
    own: dict[tuple[int, int], Counter[int]] = {}
    everywhere: dict[int, Counter[int]] = {}
    for line, box in zip(lines, boxes, strict=True):
        if box is not None:
            column = int(box.get("column", 0))
            own.setdefault((line.page, column), Counter())[round(box["x0"])] += 1
            everywhere.setdefault(column, Counter())[round(box["x0"])] += 1
    lefts: dict[tuple[int, int], float] = {}
    for key, counted in own.items():
        usual = everywhere[key[1]].most_common(1)[0][0]
        most, count = counted.most_common(1)[0]
        lefts[key] = float(usual if counted[usual] * 2 >= count or count < FEW_LINES else most)
    return lefts


FEW_LINES = 8
"""Lines with one left edge below which a page does not show its own."""


def _pitch(boxes: Sequence[_Box | None], size: float) -> float:
    """Usual distance from a line of the usual size to the next."""
    distances: Counter[float] = Counter()
    for a, b in pairwise(boxes):
        if a is not None and b is not None and a["size"] == b["size"] == size:
            distance = float(b["y0"]) - float(a["y0"])
            if 0.7 * size < distance < 4 * size:
                distances[round(distance)] += 1
    return distances.most_common(1)[0][0] if distances else 1.2 * size
