"""The frequency list of a corpus, counted in its files when they are written."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from kz_textkit.corpus.relation import Relations
from kz_textkit.stats.frequency_list import frequency_list
from kz_textkit.stats.terms import By

__all__ = ["count_terms"]


def count_terms(folder: Path) -> pd.DataFrame:
    """The frequency list of the corpus in `folder`, whose tables are all there: what `Corpus.frequencies` gives of it later."""
    tables = Relations(folder)
    by: By = "lemma_upos" if tables.has_lemmas else "form"
    return frequency_list(tables.counted(), by=by, shown=tables.spellings)
