"""How wide a line was in print.

Whether a line of a justified text ended because its paragraph did is seen from the room that was left on it, and room is a matter of
printed width, not of a count of characters: `ш` takes twice the place of `і`. The advance widths are those of a Times face
(`data/times_widths.tsv`, see `font_widths.py`), in thousandths of an em.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.resources import files

import numpy as np

__all__ = ["AVERAGE", "SPACE", "printed_width", "printed_widths"]

AVERAGE = 500
"""Width of a character that is not in the table."""

_BATCH = 40_000
"""Characters that are measured at once: so few that they stay in the cache."""


class _Widths(dict[str, int]):
    def __missing__(self, character: str) -> int:
        self[character] = AVERAGE
        return AVERAGE


def _read(rows: Iterable[str]) -> _Widths:
    cells = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return _Widths({chr(int(code, 16)): int(width) for code, _, width in cells})


_TIMES = _read((files(__package__) / "data" / "times_widths.tsv").read_text(encoding="utf-8").split("\n"))
_width_of = _TIMES.__getitem__
_BY_CODE = np.full(0x3000, AVERAGE, np.int32)
_BY_CODE[[ord(character) for character in _TIMES]] = list(_TIMES.values())

SPACE = _TIMES[" "]
"""Width of a space."""


def printed_width(text: str) -> int:
    """Width of `text` in a Times face, in thousandths of an em.

    >>> printed_width("шш") > 2 * printed_width("іі")
    True
    """
    return sum(map(_width_of, text))


def printed_widths(lines: Sequence[str], heads: Sequence[int]) -> tuple[list[int], list[int]]:
    """`printed_width` of each of many lines, and of the first so many characters of each (`heads`), in little time.

    >>> printed_widths(["Білік іс", ""], [5, 0]) == ([printed_width("Білік іс"), 0], [printed_width("Білік"), 0])
    True
    """
    widths: list[int] = []
    of_heads: list[int] = []
    first = size = 0
    for i, line in enumerate(lines):
        size += len(line)
        if size > _BATCH or i + 1 == len(lines):
            some, some_heads = _measure(lines[first : i + 1], heads[first : i + 1])
            widths += some
            of_heads += some_heads
            first, size = i + 1, 0
    return widths, of_heads


def _measure(lines: Sequence[str], heads: Sequence[int]) -> tuple[list[int], list[int]]:
    codes = np.frombuffer("".join(["\0", *lines]).encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))
    widths = _BY_CODE.take(codes, mode="clip")
    widths[0] = 0
    reached = np.cumsum(widths, dtype=np.int64)
    ends = np.cumsum(np.fromiter(map(len, lines), np.int64, len(lines)))
    starts = np.concatenate(([0], ends[:-1]))
    begun = reached[starts]
    return (reached[ends] - begun).tolist(), (reached[starts + np.asarray(heads, np.int64)] - begun).tolist()
