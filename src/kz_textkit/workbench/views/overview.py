"""The first page: what the corpus has, its documents, what a reader should know before trusting it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import duckdb
import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from kz_textkit.corpus.entries import DocumentEntry, entry_tables
from kz_textkit.corpus.reader import Corpus
from kz_textkit.rules import names_of
from kz_textkit.stats.sql import sql_string
from kz_textkit.workbench.rendering import address, page, workspace_of
from kz_textkit.workbench.tables import Paged, paged

__all__ = ["overview"]

MOST_WARNINGS = 60
COUNTED = ("sections", "sentences", "tokens", "links")


@dataclass(frozen=True)
class Row:
    """A document in the list."""

    doc_id: str
    title: str
    source: str
    file: str
    """Its path in the folder of the texts."""
    format: str
    language: str
    pages: int | None
    tokens: int
    edits: int
    suggestions: int
    warnings: int
    metadata: dict[str, str]


@dataclass(frozen=True)
class Summed:
    """What the documents have together."""

    counts: Counter[str]
    edits: Counter[str]
    warnings: list[tuple[str, str, str]]
    """The first ones: document, its path, and what is said."""
    warned: int


def overview(request: Request) -> Response:
    """The corpus as a whole."""
    workspace = workspace_of(request)
    find = request.query_params.get("find", "").strip()
    folder = str(workspace.folders.sources)
    with workspace.reading() as corpus:
        summed = workspace.kept.get(("overview", workspace.stamp), lambda: _summed(corpus))
        failures = corpus.manifest.failures
        shown = _found(corpus, find, request.query_params.get("page", "1"), folder)
        documents = len(corpus.doc_ids)
    applied = summed.edits
    return page(
        request,
        "overview.html",
        totals=_totals(summed, documents),
        rows=shown,
        find=find,
        rules=[
            ("repaired", [(name, applied[name]) for name in names_of("repair", applied) if applied[name]]),
            ("removed", [(name, applied[name]) for name in names_of("removal", applied) if applied[name]]),
        ],
        most=max(applied.values(), default=1),
        warnings=summed.warnings,
        more_warnings=summed.warned - len(summed.warnings),
        failures=failures[:MOST_WARNINGS],
        to=lambda number: address("", page=number, find=request.query_params.get("find")),
        version=corpus.manifest.tool_version,
    )


def _summed(corpus: Corpus) -> Summed:
    """The sums over all documents, which may be many: their entries are not made for it."""
    found = Summed(Counter(), Counter(), [], 0)
    warned = 0
    groups = entry_tables(corpus.path, ["doc_id", "source", "counts", "edits", "warnings"])
    rows = (row for group in groups for row in zip(*(column.to_pylist() for column in group.columns), strict=True))
    for doc_id, source, counts, edits, warnings in rows:
        found.counts.update(json.loads(counts))
        found.edits.update(json.loads(edits))
        said = json.loads(warnings) if warnings != "[]" else []
        warned += len(said)
        found.warnings.extend((doc_id, source, one) for one in said[: MOST_WARNINGS - len(found.warnings)])
    return replace(found, warned=warned)


def _totals(summed: Summed, documents: int) -> dict[str, int]:
    totals = {"documents": documents, **{name: summed.counts[name] for name in COUNTED}}
    totals["repairs"] = sum(summed.edits[rule] for rule in names_of("repair", summed.edits))
    totals["removals"] = sum(summed.edits[rule] for rule in names_of("removal", summed.edits))
    return totals


def _found(corpus: Corpus, find: str, number: str, folder: str) -> Paged[Row]:
    """A page of the documents whose title, name or metadata has what is looked for."""
    documents = corpus.tables.table("documents")
    if find:
        texts = [f"coalesce(CAST({name} AS VARCHAR), '')" for name in ("title", "doc_id", "source", "metadata")]
        joined = " || ' ' || ".join(texts)
        documents = documents.filter(f"contains(lower({joined}), {sql_string(find.lower())})")
    ids = [doc_id for (doc_id,) in documents.project("doc_id").fetchall()]
    of_page = paged(ids, number)
    wanted = [duckdb.ConstantExpression(doc_id) for doc_id in of_page.shown] or [duckdb.ConstantExpression("")]
    table = documents.filter(duckdb.ColumnExpression("doc_id").isin(*wanted)).df()
    rows = {str(values.doc_id): _row(values, corpus.entry(str(values.doc_id)), folder) for values in table.itertuples(index=False)}
    return Paged([rows[doc_id] for doc_id in of_page.shown], of_page.number, of_page.pages, of_page.total, of_page.first)


def _row(values: Any, entry: DocumentEntry | None, folder: str) -> Row:
    counts, edits, suggestions, warnings = (entry.counts, entry.edits, entry.suggestions, entry.warnings) if entry else ({}, {}, {}, [])
    return Row(
        values.doc_id,
        values.title or values.doc_id,
        values.source,
        values.source.removeprefix(folder).lstrip("/\\"),
        getattr(values, "format", "") or "",
        values.language,
        None if pd.isna(values.pages) else int(values.pages),
        counts.get("tokens", 0),
        sum(edits.values()),
        sum(suggestions.values()),
        len(warnings),
        {str(name): str(value) for name, value in json.loads(getattr(values, "metadata", "") or "{}").items()},
    )
