"""Series of numbers over the lines of a document: which number goes on from one before it, and which is gone on from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["REACH", "SERIES", "Numbered", "numbered", "series"]

SERIES = ("no number", "goes on and is gone on from", "goes on", "begins", "one alone", "alone")
"""What the number of a line can be."""
REACH = 600
"""Lines within which a series of numbers goes on."""

Numbered = Sequence[tuple[int, str, int]]
"""Lines with numbers: index, style or rank of the number, value."""


def numbered(numbers: Iterable[tuple[str, int | None]]) -> Numbered:
    """Those of the numbers of all lines (style, value) that have a value.

    >>> numbered([("1.", 1), ("", None), ("1.", 2)])
    [(0, '1.', 1), (2, '1.', 2)]
    """
    return [(i, style, value) for i, (style, value) in enumerate(numbers) if value is not None]


def series(numbers: Numbered, count: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]:
    """For each of `count` lines its place in `SERIES`: whether its number follows one of its style before it, and is followed by the
    next; and how many lines it is to the next, or else from the one before, 0 where there is neither.

    >>> codes, lines = series([(0, "1.", 1), (2, "1.", 2)], 3)
    >>> [SERIES[code] for code in codes], lines.tolist()
    (['begins', 'no number', 'goes on'], [2.0, 0.0, 2.0])
    """
    begun: dict[str, dict[int, int]] = {}
    goes_on: set[int] = set()
    followed: set[int] = set()
    codes, lines = np.zeros(count, np.intp), np.zeros(count)
    for i, style, value in numbers:
        before = begun.setdefault(style, {}).get(value - 1)
        if before is not None and i - before <= REACH and before not in followed:
            goes_on.add(i)
            followed.add(before)
            lines[i] = lines[before] = i - before
        begun[style][value] = i
    for i, _, value in numbers:
        codes[i] = (1 if i in followed else 2) if i in goes_on else 3 if i in followed else 4 if value == 1 else 5
    return codes, lines
