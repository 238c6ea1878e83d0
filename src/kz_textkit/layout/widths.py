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

_BATCH = 1_000_000
"""Characters that are measured at once."""


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


def printed_widths(lines: Sequence[str]) -> list[int]:
    """`printed_width` of each of many lines, in little time.

    >>> printed_widths(["Билік", "", "іс"]) == [printed_width("Билік"), 0, printed_width("іс")]
    True
    """
    widths: list[int] = []
    batch: list[str] = []
    size = 0
    for line in lines:
        batch.append(line)
        size += len(line)
        if size > _BATCH:
            widths += _measure(batch)
            batch, size = [], 0
    return widths + _measure(batch)


def _measure(lines: list[str]) -> list[int]:
    codes = np.frombuffer("".join(lines).encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))
    reached = np.zeros(len(codes) + 1, np.int64)
    np.cumsum(_BY_CODE[np.minimum(codes, len(_BY_CODE) - 1)], out=reached[1:])
    borders = np.cumsum([0, *map(len, lines)])
    measured: list[int] = np.diff(reached[borders]).tolist()
    return measured
