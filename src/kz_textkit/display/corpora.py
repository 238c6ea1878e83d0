"""A corpus as HTML: its documents with their titles and sizes."""

from __future__ import annotations

import pandas as pd

from kz_textkit.display.html import note, table, titled

__all__ = ["corpus_html"]

DOCUMENTS = 20
"""Documents that are shown."""
COLUMNS = ("doc_id", "title", "language", "pages", "raw_chars", "clean_chars")


def corpus_html(name: str, documents: pd.DataFrame) -> str:
    """A corpus: its documents table, the first rows of it, and the warnings of these."""
    shown = documents.head(DOCUMENTS)
    cells = [[_cell(value) for value in shown[column].tolist()] for column in COLUMNS]
    alignments = ["left"] * 3 + ["right"] * 3
    rows = table([column.replace("_", " ") for column in COLUMNS], zip(*cells, strict=True), alignments)
    more = f"… and {len(documents) - DOCUMENTS:,} more documents" if len(documents) > DOCUMENTS else ""
    count = f"{len(documents):,} {'document' if len(documents) == 1 else 'documents'}"
    warnings = sum(len(said) for said in documents["warnings"])
    return titled(name, note(count + (f", {warnings:,} warnings" if warnings else "")) + rows + note(more))


def _cell(value: object) -> str:
    return "" if value is None or value is pd.NA else f"{value:,}" if isinstance(value, int) else str(value)
