"""Where printed lines stand on a page, as a reader of PDF says, with its small errors."""

from __future__ import annotations

import random
from collections.abc import Sequence

from pages.lines import Line
from pages.setting import Setting
from pages.typesetting import width_of

__all__ = ["Boxes", "boxes_of"]

LEFT, TOP, FOOT, BODY, GUTTER = 70.0, 60.0, 780.0, 11.0, 18.0
"""Left and upper edge of the text on a page, where the foot stands, size of the letters, room between columns, in points."""
Boxes = list[dict[str, object]]


def boxes_of(parts: Sequence[Sequence[Line | None]], setting: Setting, rng: random.Random) -> Boxes:
    """A box for each line of head, body, notes and foot of a page, an empty one for blank lines."""
    head, body, notes, foot = parts
    at_head, y = _stacked(head, 0, TOP, setting, rng)
    boxes = list(at_head)
    lowest = y
    flow = [*body, *notes]
    columns = sorted({line.column for line in flow if line}) or [0]
    for column in columns:
        last = next((n for n, line in enumerate(flow) if line and line.column > column), len(flow))
        own, end = _stacked(flow[len(boxes) - len(at_head) : last], column, y, setting, rng)
        boxes += own
        lowest = max(lowest, end)
    return boxes + _stacked(foot, 0, max(FOOT, lowest + BODY), setting, rng)[0]


def _stacked(lines: Sequence[Line | None], column: int, y: float, setting: Setting, rng: random.Random) -> tuple[Boxes, float]:
    """Boxes of lines under each other from `y` on, and where the next would stand."""
    measure = setting.width * BODY / 1000
    boxes: Boxes = []
    for line in lines:
        if line is None:
            boxes.append({})
            y += BODY * 0.7
            continue
        size = line.size if line.size != 12.0 else BODY
        shake = rng.uniform(-0.4, 0.4)
        x0, x1 = (x + column * (measure + GUTTER) + shake for x in _across(line, size, measure))
        box: dict[str, object] = {"x0": round(x0, 2), "y0": round(y + shake, 2), "x1": round(x1, 2), "y1": round(y + size, 2)}
        box |= {"size": size, "font": "Times New Roman", "column": column}
        boxes.append(box | ({"bold": True} if line.bold else {}))
        y += size * 1.22
    return boxes, y


def _across(line: Line, size: float, measure: float) -> tuple[float, float]:
    """Left and right end of a line in the first column."""
    wide = width_of(line.text.strip(), by_characters=False) * size / 1000 * (1.08 if line.bold else 1.0)
    x0 = LEFT + line.indent * size / 1000
    if line.place == "centre":
        x0 = max(LEFT, LEFT + (measure - wide) / 2)
    elif line.place == "right":
        x0 = max(LEFT, LEFT + measure - wide)
    return x0, x0 + wide if line.last else max(LEFT + measure, x0 + wide / 1.1)
