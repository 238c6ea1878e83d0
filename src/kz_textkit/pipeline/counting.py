"""The frequency list of a corpus, counted in its files when they are written."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from kz_textkit.corpus.part import stream_of_part
from kz_textkit.corpus.relation import Relations
from kz_textkit.stats.frequency_list import frequency_list
from kz_textkit.stats.terms import By
from kz_textkit.tables import write_csv, write_xlsx

__all__ = ["count_terms", "save_frequencies"]

XLSX_TERMS = 100_000
"""Terms that the sheet of Excel has at most, the commonest ones; the CSV file has all."""


def count_terms(folder: Path) -> pd.DataFrame:
    """The frequency list of the corpus in `folder`, whose tables are all there: what `Corpus.frequencies` gives of it later."""
    tables = Relations(folder)
    by: By = "lemma_upos" if tables.has_lemmas else "form"
    return frequency_list(stream_of_part(tables), by=by, shown=tables.spellings)


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
