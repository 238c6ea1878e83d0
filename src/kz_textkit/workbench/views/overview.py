"""The first page: what the corpus has, its documents, what a reader should know before trusting it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from kz_textkit.corpus.entries import DocumentEntry
from kz_textkit.corpus.reader import Corpus
from kz_textkit.rules import names_of
from kz_textkit.workbench.rendering import address, page, workspace_of
from kz_textkit.workbench.tables import paged

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


def overview(request: Request) -> Response:
    """The corpus as a whole."""
    workspace = workspace_of(request)
    with workspace.reading() as corpus:
        rows = workspace.kept.get(("overview", workspace.stamp), lambda: _rows(corpus, str(workspace.folders.sources)))
        entries = corpus.manifest.documents
        failures = corpus.manifest.failures
    find = request.query_params.get("find", "").strip().casefold()
    found = [row for row in rows if find in f"{row.title} {row.doc_id} {row.source} {' '.join(row.metadata.values())}".casefold()]
    shown = paged(found, request.query_params.get("page", "1"))
    applied = sum((Counter(entry.edits) for entry in entries), Counter[str]())
    return page(
        request,
        "overview.html",
        totals=_totals(entries),
        rows=shown,
        find=request.query_params.get("find", ""),
        rules=[
            ("repaired", [(name, applied[name]) for name in names_of("repair", applied) if applied[name]]),
            ("removed", [(name, applied[name]) for name in names_of("removal", applied) if applied[name]]),
        ],
        most=max(applied.values(), default=1),
        warnings=list(islice(((e, warning) for e in entries for warning in e.warnings), MOST_WARNINGS)),
        more_warnings=max(sum(len(e.warnings) for e in entries) - MOST_WARNINGS, 0),
        failures=failures[:MOST_WARNINGS],
        to=lambda number: address("", page=number, find=request.query_params.get("find")),
        version=corpus.manifest.tool_version,
    )


def _totals(entries: list[DocumentEntry]) -> dict[str, int]:
    totals = {"documents": len(entries)}
    for name in COUNTED:
        totals[name] = sum(entry.counts.get(name, 0) for entry in entries)
    applied = sum((Counter(entry.edits) for entry in entries), Counter[str]())
    totals["repairs"] = sum(applied[rule] for rule in names_of("repair", applied))
    totals["removals"] = sum(applied[rule] for rule in names_of("removal", applied))
    return totals


def _rows(corpus: Corpus, folder: str) -> list[Row]:
    entries = {entry.doc_id: entry for entry in corpus.manifest.documents}
    return [_row(values, entries[str(values.doc_id)], folder) for values in corpus.documents.itertuples(index=False)]


def _row(values: Any, entry: DocumentEntry, folder: str) -> Row:
    return Row(
        values.doc_id,
        values.title or values.doc_id,
        values.source,
        values.source.removeprefix(folder).lstrip("/\\"),
        getattr(values, "format", "") or "",
        values.language,
        None if pd.isna(values.pages) else int(values.pages),
        entry.counts.get("tokens", 0),
        sum(entry.edits.values()),
        sum(entry.suggestions.values()),
        len(entry.warnings),
        {str(name): str(value) for name, value in json.loads(getattr(values, "metadata", "") or "{}").items()},
    )
