"""How lines of one shape are spread over a document: titles are few, far between and over text."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["spread"]

Numbers = npt.NDArray[np.float64]


def spread(
    shapes: npt.NDArray[np.intp], short: npt.NDArray[np.bool_], is_long: npt.NDArray[np.bool_]
) -> tuple[Numbers, Numbers, Numbers]:
    """For each shape how many short lines have it, how many lines it is from one of them to the next, and the share that has a long
    line under it; `shapes` says of each line which shape it has, `short` which lines count.

    >>> title, text = [0, True, False], [1, False, True]
    >>> shapes, short, is_long = map(np.array, zip(title, text, text, title, text))
    >>> [found.tolist() for found in spread(shapes, short, is_long)]
    [[2.0], [3.0], [1.0]]
    """
    own = shapes[short]
    size = int(own.max()) + 1 if len(own) else 0
    at = np.flatnonzero(short)
    count = np.bincount(own, minlength=size)
    first, last = np.full(size, len(shapes)), np.zeros(size, np.intp)
    np.minimum.at(first, own, at)
    np.maximum.at(last, own, at)
    over_text = np.append(is_long[1:], False)[short]
    over = np.bincount(own, over_text, minlength=size) / np.maximum(count, 1)
    return count.astype(np.float64), (last - first) / np.maximum(count - 1, 1), over
