"""The set of the characters of a text: most rules of repair can be ruled out by it.

Python makes a string of each character that it looks at; numpy looks at a whole text in the time of a few thousand of those.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["characters_of"]

_CODES = 0x110000
_BATCH = 1 << 20
"""Characters that are looked at at once, so that a long text does not need its length in memory many times."""
_SHORT = 2000
"""Characters below which Python is the quicker one."""


def characters_of(text: str) -> frozenset[str]:
    """The set of the characters of a text.

    >>> sorted(characters_of("алма"))
    ['а', 'л', 'м']
    """
    if len(text) < _SHORT:
        return frozenset(text)
    present = np.zeros(_CODES, np.bool_)
    for at in range(0, len(text), _BATCH):
        present[_codes(text[at : at + _BATCH])] = True
    return frozenset(map(chr, np.flatnonzero(present).tolist()))


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))
