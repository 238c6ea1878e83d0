"""The set of the characters of a text: most rules of repair can be ruled out by it.

Python makes a string of each character that it looks at; numpy looks at a whole text in the time of a few thousand of those.
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["characters_of", "has_row"]

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
        present[_units(text[at : at + _BATCH])] = True
    beyond = _BEYOND.findall(text) if present[_SURROGATES].any() else ()
    present[_SURROGATES] = False
    return frozenset(map(chr, np.flatnonzero(present).tolist())).union(beyond)


def has_row(text: str, sought: str, others: str, length: int) -> bool:
    """Whether `length` letters of `sought` come one after the other somewhere in a text, with none of `others` between them.

    >>> has_row("ққң ғ ң қү", "ғқңү", "абвлыр", 7), has_row("қағаз", "ғқң", "аз", 2)
    (True, False)
    """
    kinds = _kinds(sought, others)
    before = np.zeros(0, np.uint8)
    for at in range(0, len(text), _BATCH):
        found = kinds[_units(text[at : at + _BATCH])]
        letters = np.concatenate((before, found[found > 0]))
        is_sought = letters == 2
        places = max(0, len(letters) - length + 1)
        begins = np.ones(places, np.bool_)
        for i in range(length):
            begins &= is_sought[i : i + places]
        if begins.any():
            return True
        before = letters[-(length - 1) :]
    return False


@lru_cache(maxsize=8)
def _kinds(sought: str, others: str) -> NDArray[np.uint8]:
    """By character: 2 for one that is sought, 1 for one of the others."""
    kinds = np.zeros(0x10000, np.uint8)
    kinds[_units(others)] = 1
    kinds[_units(sought)] = 2
    return kinds


def _units(text: str) -> NDArray[np.uint16]:
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.dtype("<u2"))
