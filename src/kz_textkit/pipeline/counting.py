"""The frequency list of a corpus, counted while its documents are gathered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd
import pyarrow as pa

from kz_textkit.corpus.reader import counted_tokens
from kz_textkit.stats.frequency import TermCounter

__all__ = ["count_terms"]

COUNTED_TOGETHER = 100_000
"""Tokens that are counted in one go."""

COUNTED_COLUMNS = {
    "tokens": ["doc_id", "section_id", "block_id", "sentence_id", "form", "lemma"],
    "sections": ["doc_id", "section_id", "kind"],
    "blocks": ["doc_id", "block_id", "kind"],
}


def count_terms(documents: Iterable[Mapping[str, pa.Table]]) -> pd.DataFrame:
    """The frequency list of documents that pass by as tables, counted some at a time."""
    counter: TermCounter | None = None
    for tables in _together(documents, COUNTED_TOGETHER):
        words = counted_tokens(*(tables[name].to_pandas() for name in ("tokens", "sections", "blocks")))
        if counter is None and len(words):
            # One pipeline made all of the corpus, so lemmas are everywhere or nowhere.
            counter = TermCounter(by="lemma" if (words["lemma"] != "").any() else "form")
        if counter is not None:
            counter.add(words)
    return (counter or TermCounter()).table()


def _together(documents: Iterable[Mapping[str, pa.Table]], rows: int) -> Iterator[dict[str, pa.Table]]:
    """Documents put together until they have so many tokens, with the columns that counting needs."""
    waiting: dict[str, list[pa.Table]] = {name: [] for name in COUNTED_COLUMNS}
    for tables in documents:
        for name, columns in COUNTED_COLUMNS.items():
            waiting[name].append(tables[name].select(columns))
        if sum(map(len, waiting["tokens"])) >= rows:
            yield {name: pa.concat_tables(pieces) for name, pieces in waiting.items()}
            waiting = {name: [] for name in COUNTED_COLUMNS}
    if waiting["tokens"]:
        yield {name: pa.concat_tables(pieces) for name, pieces in waiting.items()}
