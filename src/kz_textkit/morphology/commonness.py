"""How common a word is, as the dictionary and the suffixes tell: evidence for whoever must choose between spellings."""

from __future__ import annotations

import math
from functools import lru_cache

from kz_textkit.morphology.analyzer import MorphAnalyzer

__all__ = ["commonness"]


@lru_cache(maxsize=1)
def _analyzer() -> MorphAnalyzer:
    return MorphAnalyzer()


@lru_cache(maxsize=100_000)
def commonness(word: str) -> float:
    """A count-like figure for a word form: 0 where the dictionary has no stem of it, else its stems' counts, less for rare suffixes.

    >>> commonness("қалалық") > commonness("калалық") == 0
    True
    """
    return sum(math.exp(reading.weight) for reading in _analyzer().dictionary_readings(word))
