"""Categories that a linguist gives lines of a concordance, kept in a table beside the corpus.

The table is what `kz-textkit concordance --categories` reads (`kz_textkit.corpus.categories`): a line is known by its document and the
id of its first token, with its match, so that what a later run moved is not given to another line. The query is there too: a line that
two queries find has a category in each.
"""

from __future__ import annotations

import csv
from collections.abc import Hashable, Iterable, Mapping
from io import StringIO
from pathlib import Path
from threading import Lock

import pandas as pd

from kz_textkit.corpus.categories import CATEGORY, with_categories
from kz_textkit.errors import UsageError
from kz_textkit.writing import write_whole

__all__ = ["LineCategories"]

COLUMNS = ("query", "document", "token_id", "node", CATEGORY)
KEY = ("query", "document", "token_id")
LARGEST_FILE = 100_000_000
LONGEST = 200
"""Characters of a category."""


class LineCategories:
    """The table of categories of one corpus."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()

    def of(self, query: str) -> pd.DataFrame:
        """The categories of the lines of a query: document, token_id, node, category.

        Raises `UsageError` where the table can't be read.
        """
        rows = self._read()
        return rows[rows["query"] == query].drop(columns="query").reset_index(drop=True)

    def give(self, query: str, lines: Iterable[tuple[str, str, str, str]]) -> int:
        """Give lines (document, token_id, node) a category, an empty one to take it away; how many were given.

        Raises `UsageError` where the table can't be read or written.
        """
        with self._lock:
            rows: dict[tuple[str, ...], Mapping[Hashable, str]] = {
                tuple(row[name] for name in KEY): row for row in self._read().to_dict("records")
            }
            given = 0
            for document, token_id, node, category in lines:
                said = " ".join(category.split())[:LONGEST]
                key = (query, document, token_id)
                if said:
                    rows[key] = dict(zip(COLUMNS, (*key, node, said), strict=True))
                elif key in rows:
                    del rows[key]
                else:
                    continue
                given += 1
            if given:
                self._write(rows.values())
        return given

    def laid_on(self, query: str, lines: pd.DataFrame) -> pd.DataFrame:
        """The lines of a concordance with their column category."""
        return with_categories(lines, self.of(query))

    def _read(self) -> pd.DataFrame:
        try:
            if not self.path.is_file():
                return pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})
            if self.path.stat().st_size > LARGEST_FILE:
                raise ValueError("it is too large")
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                rows = [[row.get(name) or "" for name in COLUMNS] for row in csv.DictReader(file)]
        except (OSError, ValueError, csv.Error) as error:
            raise UsageError(f"{self.path} can't be read: {' '.join(str(error).split())[:120]}") from None
        table = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
        return table.drop_duplicates(list(KEY), keep="last")

    def _write(self, rows: Iterable[Mapping[Hashable, str]]) -> None:
        text = StringIO()
        csv.writer(text, lineterminator="\n").writerows([COLUMNS, *([row[name] for name in COLUMNS] for row in rows)])
        try:
            write_whole(self.path, b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace"))
        except OSError as error:
            raise UsageError(f"{self.path} can't be written: {error.strerror or error}") from None
