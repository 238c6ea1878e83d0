"""The frequency list of a corpus, put together of the counts of its shards when it is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from kz_textkit.stats.counting import connect
from kz_textkit.stats.part_counts import frequencies_of_parts
from kz_textkit.tables import write_csv, write_xlsx

__all__ = ["count_terms", "save_frequencies"]

XLSX_TERMS = 100_000
"""Terms that the sheet of Excel has at most, the commonest ones; the CSV file has all."""


def count_terms(files: Sequence[Path]) -> pd.DataFrame:
    """The frequency list of a corpus, of the counts of its shards: what `Corpus.frequencies` gives of it later."""
    with connect() as connection:
        return frequencies_of_parts(connection.read_parquet([str(file) for file in files]))


def save_frequencies(table: pd.DataFrame, folder: Path) -> None:
    """Write `frequencies.csv` and `frequencies.xlsx`."""
    columns = list(table.columns)
    with (folder / "frequencies.csv").open("w", encoding="utf-8-sig", newline="") as file:
        write_csv(file, columns, table.itertuples(index=False), defused=True)
    shown = table.head(XLSX_TERMS)
    about = [
        ("table", "term frequencies of the whole corpus"),
        ("counted", "words: no punctuation, tables of contents, program code, numbers of list items, words of other languages"),
        ("per_million", "of all words counted"),
        ("terms", f"{len(table):,}" + (f", of which the {len(shown):,} commonest are here" if len(shown) < len(table) else "")),
    ]
    write_xlsx(folder / "frequencies.xlsx", columns, shown.itertuples(index=False), about=about)
