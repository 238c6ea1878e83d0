"""The lines of a concordance and what is known of where they stand: ready citations, and how hits are spread over authors, genres,
years, kinds of blocks and pages."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from kz_textkit.corpus.part import WHOLE, Part, documents_with_metadata, tokens_of_part
from kz_textkit.corpus.relation import Relations
from kz_textkit.errors import UsageError
from kz_textkit.stats.cql.concordance import BREAKDOWNS
from kz_textkit.stats.sql import sql_list, sql_name
from kz_textkit.stats.terms import DECIMALS, IS_WORD, PER_MILLION, query_over

__all__ = ["NOWHERE", "YEARS", "citation", "citations", "hits_by_block", "hits_by_metadata", "metadata_column"]

YEARS = ("year", "date")
"""Columns that may say when a work is from, the first one before the others."""
SAID = ("author", "title", *YEARS)
UNTITLED = ("section", "lecture", "front", "questions", "back", "contents")
"""How the names begin that sections without a title have in a concordance: their kind."""
NOWHERE = "(none)"
"""What stands for documents that have no value."""


def citation(work: Mapping[str, str], place: str) -> str:
    """A work and a place in it, as a footnote has them: `Абай Құнанбайұлы, «Қара сөздер» (1890), p. 14`.

    >>> citation({"author": "Абай Құнанбайұлы", "title": "Қара сөздер", "date": "1890-05-01"}, "p. 14")
    'Абай Құнанбайұлы, «Қара сөздер» (1890), p. 14'
    >>> citation({"title": "Кіріспе"}, "")
    '«Кіріспе»'
    """
    year = next((work[name] for name in YEARS if work.get(name)), "")
    title = f"«{work['title']}»" if work.get("title") else ""
    dated = f"{title} ({year[:4]})" if year[:4].isdigit() and title else title
    return ", ".join(filter(None, (work.get("author", ""), dated, place)))


def citations(tables: Relations, lines: pd.DataFrame) -> pd.Series[str]:
    """The citation of each line of a concordance (document, place, page, lecture): by its place, or the title of its lecture."""
    documents = documents_with_metadata(tables)
    known = [name for name in SAID if name in documents.columns]
    columns = ", ".join(["doc_id", *(f"CAST({sql_name(name)} AS VARCHAR) AS {sql_name(name)}" for name in known)])
    rows = documents.filter(f"doc_id IN {sql_list(sorted(set(lines['document'])))}").project(columns).fetchall()
    works = {doc_id: {name: value or "" for name, value in zip(known, values, strict=True)} for doc_id, *values in rows}
    cited = []
    for document, place, page, lecture in lines[["document", "place", "page", "lecture"]].itertuples(index=False, name=None):
        work = works.get(document, {})
        named = work if work.get("title") else {**work, "title": document}
        lecture = "" if lecture.split(" ")[0] in UNTITLED else lecture
        where = place or (f"p. {page}" if page is not None and page is not pd.NA else "")
        cited.append(citation(named, where or (f"«{lecture}»" if lecture and lecture != work.get("title") else "")))
    return pd.Series(cited, index=lines.index, dtype="object")


def hits_by_block(tables: Relations, lines: pd.DataFrame, by: str) -> pd.DataFrame:
    """How the lines of a concordance are spread over the kinds of their blocks, or over pages: `by` (kind, or document and page),
    count, percent; kinds by count, pages in the order of the text."""
    if by == "page":
        grouped = lines.groupby(["document", "page"], sort=False, dropna=False).size().rename("count").reset_index()
    else:
        blocks = tables.table("blocks").filter(f"doc_id IN {sql_list(sorted(set(lines['document'])))}")
        kinds = {(doc_id, block_id): kind for doc_id, block_id, kind in blocks.project("doc_id, block_id, kind").fetchall()}
        keys = zip(lines["document"], lines["block_id"], strict=True)
        grouped = (
            pd.Series([kinds.get(key, "") for key in keys], dtype=object)
            .value_counts(sort=False)
            .rename("count")
            .rename_axis("kind")
            .reset_index()
        )
        grouped = grouped.sort_values(["count", "kind"], ascending=[False, True], ignore_index=True)
    return grouped.assign(percent=(grouped["count"] * 100 / max(len(lines), 1)).round(2))


def metadata_column(tables: Relations, name: str) -> str:
    """The column of the documents, or of the metadata, with a name.

    Raises `UsageError` where there is none.
    """
    columns = documents_with_metadata(tables).columns
    if name not in columns:
        raise UsageError(f"hits can't be counted by {name}: choose one of {', '.join([*BREAKDOWNS, 'kind', 'page', *columns])}")
    return name


def hits_by_metadata(tables: Relations, hits: pd.DataFrame, column: str, part: Part = WHOLE) -> pd.DataFrame:
    """How hits by document (the columns document and count) are spread over the values of a column of the metadata.

    The columns are that one, count, percent, documents (with hits), words (of all documents of the part that have the value) and
    per_million (of these words).
    """
    words = query_over(
        tokens_of_part(tables, part), f"SELECT doc_id, count(*)::BIGINT AS words FROM kz_tokens WHERE {IS_WORD} GROUP BY doc_id"
    ).df()
    values = dict(documents_with_metadata(tables).project(f"doc_id, CAST({sql_name(column)} AS VARCHAR)").fetchall())
    table = words.merge(hits.rename(columns={"document": "doc_id"})[["doc_id", "count"]], on="doc_id", how="outer").fillna(0)
    table[column] = table["doc_id"].map(values).replace("", NOWHERE).fillna(NOWHERE)
    table["documents"] = (table["count"] > 0).astype("int64")
    grouped = table.groupby(column, as_index=False)[["count", "documents", "words"]].sum().astype({"count": "int64", "words": "int64"})
    grouped["per_million"] = (grouped["count"] * PER_MILLION / grouped["words"].clip(lower=1)).round(DECIMALS)
    grouped.insert(2, "percent", (grouped["count"] * 100 / max(int(grouped["count"].sum()), 1)).round(2))
    return grouped
