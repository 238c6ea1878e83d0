"""Plots as SVG paths: from numbers to the geometry that the page draws.

Paths are drawn in a box of fixed units that the page stretches to the room there is, so that words beside them keep their size on
every screen. Numbers are whole, which keeps the file small.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import floor, log10

import numpy as np
import numpy.typing as npt

__all__ = ["UNITS", "curve", "marks", "ticks", "towers"]

UNITS = 1000
"""Width and height of the box of a plot."""


def marks(counts: npt.ArrayLike) -> str:
    """A line from top to bottom for each stretch of the text that has the term.

    >>> marks([0, 2, 0, 1])
    'M375 0V1000M875 0V1000'
    """
    present = np.asarray(counts)
    at = np.flatnonzero(present)
    return "".join(f"M{round((i + 0.5) * UNITS / len(present))} 0V{UNITS}" for i in at.tolist())


def towers(counts: npt.ArrayLike, *, height: int = 20) -> str:
    """A bar for each stretch of the text, as high as the term is frequent there, in a box as wide as there are stretches.

    >>> towers([0, 2, 1], height=10)
    'M1.5 10V0M2.5 10V5'
    """
    values = np.asarray(counts)
    highest = max(int(values.max(initial=0)), 1)
    return "".join(
        f"M{i}.5 {height}V{min(round(height * (1 - values[i] / highest)), height - 2)}" for i in np.flatnonzero(values).tolist()
    )


def curve(xs: Iterable[float], ys: Iterable[float], x_max: float, y_max: float) -> str:
    """A line through the points.

    >>> curve([0, 50, 100], [0, 8, 10], 100, 10)
    'M0 1000L500 200L1000 0'
    """
    points = (f"{round(x / x_max * UNITS)} {round(UNITS - y / y_max * UNITS)}" for x, y in zip(xs, ys, strict=True))
    return "M" + "L".join(points)


def ticks(top: float, *, about: int = 4) -> Sequence[int]:
    """Round numbers from 0 up to `top`, about so many.

    >>> ticks(7731), ticks(33882)
    ([0, 2000, 4000, 6000], [0, 10000, 20000, 30000])
    """
    if top < 1:
        return [0]
    rough = top / about
    power = 10 ** max(floor(log10(rough)), 0) if rough >= 1 else 1
    step = min((power * factor for factor in (1, 2, 5, 10)), key=lambda s: abs(s - rough))
    return list(range(0, floor(top) + 1, int(step)))
