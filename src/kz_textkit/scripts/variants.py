"""Other spellings that a word of another alphabet may stand for: what the alphabet does not tell apart (`data/variants.tsv`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import chain

__all__ = ["variants"]

MOST = 64
"""Spellings that are given for a word."""

LONGEST = 40
"""Letters of a word; longer ones have no variants."""


@lru_cache
def _table(source: str) -> tuple[tuple[str, str], ...]:
    lines = files("kz_textkit.scripts").joinpath("data").joinpath("variants.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return tuple((letters, instead) for alphabet, letters, instead in rows if source.startswith(alphabet))


def variants(word: str, source: str) -> list[str]:
    """Cyrillic spellings that `word`, as it was written anew from the alphabet `source`, may stand for: those with one change first.

    >>> "төмен" in variants("томен", "arabic"), "полиция" in variants("полисия", "latin-2021")
    (True, True)
    """
    if len(word) > LONGEST:
        return []
    once = list(dict.fromkeys(_changed(word, source)))
    if len(once) >= MOST:
        return once[:MOST]
    twice = chain.from_iterable(_changed(spelling, source) for spelling in once)
    found = dict.fromkeys(once)
    for spelling in twice:
        if spelling != word:
            found[spelling] = None
        if len(found) >= MOST:
            break
    return list(found)


def _changed(word: str, source: str) -> Iterator[str]:
    for letters, instead in _table(source):
        at = word.find(letters)
        while at >= 0:
            yield word[:at] + instead + word[at + len(letters) :]
            at = word.find(letters, at + 1)
