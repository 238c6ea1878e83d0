"""The set of the characters of a text: most rules of repair can be ruled out by it.

Python makes a string of each character that it looks at; numpy looks at a whole text in the time of a few thousand of those.
"""

from __future__ import annotations

import re

import numpy as np

__all__ = ["characters_of"]

_BATCH = 1 << 15
"""Characters that are looked at at once: so few that they stay in the cache."""
_SHORT = 2000
"""Characters below which Python is the quicker one."""
_SURROGATES = slice(0xD800, 0xE000)
_BEYOND = re.compile("[\ud800-\udfff\U00010000-\U0010ffff]")
"""Characters that are two units of UTF-16, or half of one."""


def characters_of(text: str) -> frozenset[str]:
    """The set of the characters of a text.

    >>> sorted(characters_of("алма"))
    ['а', 'л', 'м']
    """
    if len(text) < _SHORT:
        return frozenset(text)
    present = np.zeros(0x10000, np.bool_)
    for at in range(0, len(text), _BATCH):
        present[np.frombuffer(text[at : at + _BATCH].encode("utf-16-le", "surrogatepass"), np.dtype("<u2"))] = True
    beyond = _BEYOND.findall(text) if present[_SURROGATES].any() else ()
    present[_SURROGATES] = False
    return frozenset(map(chr, np.flatnonzero(present).tolist())).union(beyond)
