"""How common a word is, as the dictionary and the suffixes tell: evidence for whoever must choose between spellings."""

from __future__ import annotations

import gc
import math
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from kz_textkit.morphology.analyzer import MorphAnalyzer

__all__ = ["commonness", "shared_analyzer", "without_collection"]


@contextmanager
def without_collection() -> Iterator[None]:
    """Spares the search for garbage among the entries of the dictionary, which takes up to a third of the time and finds none."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@lru_cache(maxsize=1)
def shared_analyzer() -> MorphAnalyzer:
    """The analyser of this process."""
    with without_collection():
        return MorphAnalyzer()


@lru_cache(maxsize=100_000)
def commonness(word: str) -> float:
    """A count-like figure for a word form: 0 where the dictionary has no stem of it, else its stems' counts, less for rare suffixes.

    >>> commonness("қалалық") > commonness("калалық") == 0
    True
    """
    return sum(math.exp(reading.weight) for reading in shared_analyzer().dictionary_readings(word))
