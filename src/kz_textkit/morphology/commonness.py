"""How common a word is, as the dictionary and the suffixes tell: evidence for whoever must choose between spellings."""

from __future__ import annotations

import gc
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from kz_textkit.morphology.analyzer import MorphAnalyzer
from kz_textkit.morphology.user_words import UserWord

__all__ = ["commonness", "commonness_with", "shared_analyzer", "surely_common_with", "without_collection"]


@contextmanager
def without_collection() -> Iterator[None]:
    """Spares the search for garbage where thousands of objects are made that are none: among the entries of the dictionary, which takes
    up to a third of the time, and the lines and blocks of a document, a tenth."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@lru_cache(maxsize=2)
def shared_analyzer(words: tuple[UserWord, ...] = ()) -> MorphAnalyzer:
    """The analyser of this process, with these words of the user."""
    with without_collection():
        return MorphAnalyzer(words=words)


@lru_cache(maxsize=2)
def commonness_with(words: tuple[UserWord, ...]) -> Callable[[str], float]:
    """`commonness` that knows these words of the user too."""

    @lru_cache(maxsize=100_000)
    def common(word: str) -> float:
        return sum(math.exp(reading.weight) for reading in shared_analyzer(words).dictionary_readings(word))

    return common


def surely_common_with(words: tuple[UserWord, ...]) -> Callable[[str, float], bool]:
    """Whether a word in small letters is as common at least as this, as far as that can be seen at a glance; with these words of the
    user.

    >>> surely_common_with(())("кітаптар", 1.0), surely_common_with(())("кытаптар", 1.0)
    (True, False)
    """
    return shared_analyzer(words).surely_counts


def commonness(word: str) -> float:
    """A count-like figure for a word form: 0 where the dictionary has no stem of it, else its stems' counts, less for rare suffixes.

    >>> commonness("қалалық") > commonness("калалық") == 0
    True
    """
    return commonness_with(())(word)
