"""Pages of long lists, and tables that are sorted, searched and taken along: the same for all views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

__all__ = ["PAGE_ROWS", "Paged", "paged"]

T = TypeVar("T")

PAGE_ROWS = 50
"""Rows of a page."""


@dataclass(frozen=True)
class Paged(Generic[T]):
    """A page of a list."""

    shown: Sequence[T]
    number: int
    """From 1."""
    pages: int
    total: int
    first: int
    """Place in the list of the first that is shown, from 0."""


def paged(items: Sequence[T], number: str, *, rows: int = PAGE_ROWS) -> Paged[T]:
    """Page `number` of a list, the nearest that there is.

    >>> paged(list("абвгд"), "2", rows=2).shown, paged(list("абвгд"), "x", rows=2).number, paged([], "7").number
    (['в', 'г'], 1, 1)
    """
    pages = max(-(-len(items) // rows), 1)
    at = min(max(int(number) if number.isdecimal() and len(number) < 12 else 1, 1), pages)
    first = (at - 1) * rows
    return Paged(items[first : first + rows], at, pages, len(items), first)
