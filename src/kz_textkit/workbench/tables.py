"""Pages of long lists, and tables that are sorted, searched and taken along: the same for all views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pandas as pd
from pandas.api.types import is_numeric_dtype

from kz_textkit.stats.collation import alphabetical_key
from kz_textkit.stats.terms import fold_case

__all__ = ["PAGE_ROWS", "Paged", "TableView", "paged", "table_view"]

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


@dataclass(frozen=True)
class TableView:
    """A table as a page shows it: sorted and searched as its address says, a page of it."""

    columns: Sequence[str]
    numeric: frozenset[str]
    rows: Paged[dict[str, Any]]
    sort: str
    is_down: bool
    find: str


def table_view(table: pd.DataFrame, query: Mapping[str, str], *, columns: Sequence[str] = ()) -> TableView:
    """The page of `table` that an address asks for: `sort` (a column), `down`, `find` (in the columns of text) and `page`.

    >>> table = pd.DataFrame({"term": ["ел", "заң", "Елші"], "count": [2, 9, 4]})
    >>> view = table_view(table, {"find": "ел", "sort": "count", "down": "1"})
    >>> [row["term"] for row in view.rows.shown]
    ['Елші', 'ел']
    """
    numeric = frozenset(str(name) for name in table.columns if is_numeric_dtype(table[name]))
    find, sort, is_down = query.get("find", "").strip(), query.get("sort", ""), query.get("down") == "1"
    if find:
        texts = [name for name in table.columns if name not in numeric]
        wanted = fold_case(find)
        holds = pd.Series(False, index=table.index)
        for name in texts:
            holds |= table[name].astype(str).map(fold_case).str.contains(wanted, regex=False)
        table = table[holds]
    if sort in table.columns:
        key = None if sort in numeric else (lambda values: values.astype(str).map(alphabetical_key))
        table = table.sort_values(sort, ascending=not is_down, key=key, kind="stable")
    page = paged(range(len(table)), query.get("page", "1"))
    shown = table.iloc[page.first : page.first + PAGE_ROWS]
    rows = Paged(_records(shown), page.number, page.pages, page.total, page.first)
    return TableView(
        [name for name in columns if name in table.columns] or list(map(str, table.columns)), numeric, rows, sort, is_down, find
    )


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    plain = table.astype(object).where(table.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]
