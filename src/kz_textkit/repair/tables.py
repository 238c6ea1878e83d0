"""Reads the word lists of this package: one or more words a line, lines that begin with # are comments."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["word_list"]


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of a list in `data/`.

    >>> "проф" in word_list("abbreviations")
    True
    """
    lines = (files(__package__) / "data" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
