"""The concordance: a query, its hits in their context, how they are spread, and what to do with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb
import pandas as pd
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kz_textkit.corpus.categories import CATEGORY, NONE, hits_by_category
from kz_textkit.corpus.citations import NOWHERE
from kz_textkit.corpus.part import Part, documents_with_metadata, tokens_of_part
from kz_textkit.corpus.schema import SCHEMAS
from kz_textkit.corpus.search import corpus_concordance, corpus_hit_frequencies, corpus_hits
from kz_textkit.corpus.subcorpora import save_subcorpus, saved_subcorpora
from kz_textkit.errors import QueryError, UsageError
from kz_textkit.stats.cql.concordance import BREAKDOWNS
from kz_textkit.stats.cql.query import UPOS
from kz_textkit.stats.sql import sql_name, sql_string
from kz_textkit.workbench.asking import PART_NAMES, asked_part, part_choices, whole_number
from kz_textkit.workbench.downloads import FORMATS, table_download
from kz_textkit.workbench.rendering import address, is_partial, page, workspace_of
from kz_textkit.workbench.tables import PAGE_ROWS
from kz_textkit.workbench.workspace import Workspace

__all__ = ["categorise", "concordance", "count", "remove", "save", "spread"]

CONTEXT = 12
"""Tokens on each side."""
LONGEST_CONTEXT = 60
MOST_LINES = 100_000
"""Lines that can be taken along."""
MOST_BARS = 60
"""Rows of a distribution that are shown."""
MOST_CATEGORIES = 40
SORTS = ("", "left", "1L", "2L", "node", "1R", "2R", "right")
REPEATS = ("", "?", "*", "+", "{2}", "{1,3}")
ASKED = ("q", "sort", "context", "sample", "seed", "contents", *PART_NAMES, "category", "categorise", "names")
"""Parameters that a query is made of."""


def concordance(request: Request) -> Response:
    """The page of the concordance; without a query, the form."""
    workspace, query = workspace_of(request), request.query_params
    with workspace.reading() as corpus:
        choices = part_choices(corpus)
    asked = {name: query.get(name, "") for name in ASKED}
    number = whole_number(query, "page", 1, least=1)
    found, error, total, given = None, None, 0, None
    if asked["q"].strip():
        try:
            given = workspace.categories.of(asked["q"])
            if query.get("format") in FORMATS:
                table = _lines(workspace, query, limit=MOST_LINES, offset=0)
                table = table if given.empty else _of_category(workspace, query, table)
                return table_download(table, f"concordance.{query['format']}", about=[(n, v) for n, v in asked.items() if v])
            found = _page_of(workspace, query, number)
            total = int(found.attrs["hits"])
        except UsageError as problem:
            error = problem
    thinned = min(total, whole_number(query, "sample", total)) if query.get("sample") and total >= 0 else total
    return page(
        request,
        "concordance.html",
        asked=asked,
        lines=[] if found is None else _cited(request, found),
        is_asked=found is not None,
        total=total,
        shown_total=thinned,
        number=number,
        pages=max(-(-thinned // PAGE_ROWS), 1) if thinned >= 0 else 0,
        has_more=total < 0 and found is not None and len(found) == PAGE_ROWS,
        categories=_categories(asked["q"], query, given),
        is_categorising=query.get("categorise") == "on" or bool(asked["category"]),
        kept_in=f"{workspace.categories.path.parent.name}/{workspace.categories.path.name}",
        counted_by=[*BREAKDOWNS, "kind"],
        metadata_names=_metadata_names(workspace),
        to_count=address("/concordance", "count", **asked),
        first=(number - 1) * PAGE_ROWS,
        error=_pointed(error),
        hints=[] if found is None else found.attrs.get("hints", []),
        sorts=SORTS,
        repeats=REPEATS,
        upos_tags=UPOS,
        saved_note=query.get("saved", ""),
        to=lambda n: address("/concordance", **{**asked, "page": n}),
        to_format=lambda form: address("/concordance", **{**asked, "format": form}),
        to_spread=lambda by: address("/concordance", "spread", **{**asked, "by": by}),
        **choices,
    )


def _page_of(workspace: Workspace, query: Mapping[str, str], number: int) -> pd.DataFrame:
    """One page of the lines, with their categories; of those of one category, all lines are looked through."""
    first = (number - 1) * PAGE_ROWS
    if not query.get("category"):
        lines = _lines(workspace, query, limit=PAGE_ROWS, offset=first, count=number > 1)
        return workspace.categories.laid_on(query.get("q", ""), lines)
    lines = _of_category(workspace, query, _lines(workspace, query, limit=MOST_LINES, offset=0))
    page_of_them = lines.iloc[first : first + PAGE_ROWS].reset_index(drop=True)
    page_of_them.attrs = {**lines.attrs, "hits": len(lines), "hints": []}
    return page_of_them


def _of_category(workspace: Workspace, query: Mapping[str, str], lines: pd.DataFrame) -> pd.DataFrame:
    """Lines with their categories, or those that have the one that is asked for."""
    found = workspace.categories.laid_on(query.get("q", ""), lines)
    wanted = query.get("category", "")
    return found[found[CATEGORY] == wanted].reset_index(drop=True) if wanted else found


def _categories(q: str, query: Mapping[str, str], given: pd.DataFrame | None) -> list[tuple[str, int]]:
    """The categories of a query with the number of lines that have them: those that were named, then the others."""
    named = [" ".join(name.split())[:60] for name in query.get("names", "").replace(";", ",").split(",") if name.strip()]
    counts = {} if given is None else given[CATEGORY].value_counts(sort=False).to_dict()
    return [(name, int(counts.get(name, 0))) for name in dict.fromkeys([*named, *map(str, counts)])][:MOST_CATEGORIES]


def _metadata_names(workspace: Workspace) -> list[str]:
    """Columns of the metadata that hits can be counted by."""

    def make() -> list[str]:
        with workspace.counting() as corpus:
            names = documents_with_metadata(corpus.tables).columns
        return [name for name in names if name not in SCHEMAS["documents"].names or name in ("language", "format")]

    return workspace.kept.get(("metadata names", workspace.stamp), make)


def count(request: Request) -> Response:
    """How many hits there are, as a part of the page, which did not wait for it."""
    workspace, query = workspace_of(request), request.query_params
    with workspace.reading() as corpus:
        part, path = asked_part(corpus, query), corpus.path
    asked = query.get("q", ""), query.get("contents") == "on"
    total = workspace.kept.get(
        ("hits", workspace.stamp, part, *asked),
        lambda: corpus_hits(path, asked[0], part=part, contents=asked[1], limits=workspace.settings.limits),
    )
    return page(request, "count.html", total=total, pages=max(-(-total // PAGE_ROWS), 1), partial=is_partial(request))


def categorise(request: Request, form: FormData) -> Response:
    """Keep the categories of lines; for htmx nothing more is said, otherwise the page is shown again."""
    workspace = workspace_of(request)
    query = str(form.get("q", ""))
    if not query.strip():
        raise UsageError("categories are given to the lines of a query")
    lines = []
    for number in map(str, form.getlist("line")):
        document, token_id, node = (str(form.get(f"{name}-{number}", "")) for name in ("document", "token", "node"))
        if document and token_id:
            lines.append((document, token_id, node, str(form.get(f"category-{number}", ""))))
    workspace.categories.give(query, lines)
    if is_partial(request):
        return Response(status_code=204)
    back = {name: str(form.get(name, "")) for name in ("q", "names", "page", "sort", *PART_NAMES)}
    return RedirectResponse(address("/concordance", **{**back, "categorise": "on"}), 303)


def _lines(workspace: Workspace, query: Mapping[str, str], *, limit: int, offset: int, count: bool = True) -> pd.DataFrame:
    """Some lines of the concordance; `attrs` has how many hits there are.

    Raises `UsageError` where the query or the part is wrong, or takes too long.
    """
    with workspace.reading() as corpus:
        part = asked_part(corpus, query)
        path = corpus.path

    def make() -> pd.DataFrame:
        return corpus_concordance(
            path,
            query.get("q", ""),
            part=part,
            contents=query.get("contents") == "on",
            limits=workspace.settings.limits,
            context=whole_number(query, "context", CONTEXT, most=LONGEST_CONTEXT),
            sort=query.get("sort", ""),
            sample=whole_number(query, "sample", 0) or None,
            seed=whole_number(query, "seed", 0),
            limit=limit,
            offset=offset,
            count=count,
        )

    key = ("concordance", workspace.stamp, part, limit, offset, count, *(query.get(name, "") for name in ASKED))
    # What is taken along is large, and asked for once.
    return workspace.kept.get(key, make) if limit <= PAGE_ROWS else make()


def _cited(request: Request, lines: pd.DataFrame) -> list[dict[str, Any]]:
    """The lines with the address of their page, and how they are cited."""
    workspace = workspace_of(request)
    with workspace.reading() as corpus:
        here = [duckdb.ConstantExpression(doc_id) for doc_id in sorted(set(lines["document"]))] or [duckdb.ConstantExpression("")]
        found_titles = corpus.tables.table("documents").filter(duckdb.ColumnExpression("doc_id").isin(*here))
        titles = dict(found_titles.project("doc_id, title").fetchall())
    found = []
    for line in lines.to_dict("records"):
        title = titles.get(line["document"]) or line["document"]
        to = address("/documents", str(line["document"]), at=line["block_id"])
        place = "; ".join(filter(None, (str(title), str(line["section"] or ""), str(line["place"] or ""))))
        said = f"«…{line['left'][-80:]} {line['node']} {line['right'][:80]}…»"
        token = f"{line['document']}, {line['token_id']}, {line['raw_start']}–{line['raw_end']}"
        cited = f"{said} ({place}; {workspace.folders.name}, {token})"
        found.append(
            {
                **{str(name): value for name, value in line.items()},
                "title": title,
                "to": f"{to}#r-{line['block_id']}",
                "citation": cited,
            }
        )
    return found


def _pointed(error: UsageError | None) -> dict[str, str] | None:
    """An error in words, with the query and the place in it."""
    if error is None:
        return None
    if isinstance(error, QueryError):
        return {"problem": error.problem, "before": error.query[: error.place], "at": error.query[error.place :] or "␣"}
    return {"problem": str(error).split("\n")[0], "before": "", "at": ""}


def spread(request: Request) -> Response:
    """How the hits are spread: over forms, lemmas, documents, lectures or sections."""
    workspace, query = workspace_of(request), request.query_params
    by = query.get("by", "document")
    table = _spread(workspace, query, by)
    if query.get("format") in FORMATS:
        return table_download(table, f"spread.{query['format']}", about=[("query", query.get("q", ""))])
    names = [name for name in table.columns if name not in ("count", "percent", "section_id", "documents", "words", "per_million")]
    rows = [
        {
            "name": " · ".join(str(row[name]) for name in names),
            "count": int(row["count"]),
            "percent": float(row["percent"]),
            "document": row.get("document"),
            "per_million": row.get("per_million"),
            "to": _narrowed(query, row, by),
        }
        for row in table.head(MOST_BARS).to_dict("records")
    ]
    return page(
        request,
        "spread.html",
        rows=rows,
        most=max((row["count"] for row in rows), default=1),
        more=max(len(table) - MOST_BARS, 0),
        by=by,
        asked={name: query.get(name, "") for name in ASKED},
        partial=is_partial(request),
        to_format=lambda form: address("/concordance", "spread", **{**dict(query), "format": form}),
    )


def _narrowed(query: Mapping[str, str], row: Mapping[Any, Any], by: str) -> str | None:
    """The address of the lines that a row of a distribution counts, where there is a way to ask for them."""
    asked = {name: query.get(name, "") for name in ASKED}
    value = str(row.get(by, ""))
    if by == "document":
        return address("/concordance", **{**asked, "document": value})
    if by == "kind":
        return address("/concordance", **{**asked, "kind": value})
    if by == CATEGORY:
        return address("/concordance", **{**asked, "category": value}) if value != NONE else None
    if by in BREAKDOWNS or value == NOWHERE:
        return None
    said = f"{sql_name(by)} = {sql_string(value)}"
    return address("/concordance", **{**asked, "where": f"({asked['where']}) and {said}" if asked["where"] else said})


def _spread(workspace: Workspace, query: Mapping[str, str], by: str) -> pd.DataFrame:
    if by == CATEGORY:
        lines = _lines(workspace, query, limit=MOST_LINES, offset=0)
        return hits_by_category(workspace.categories.laid_on(query.get("q", ""), lines))
    with workspace.reading() as corpus:
        part, path = asked_part(corpus, query), corpus.path
    asked = query.get("q", ""), query.get("contents") == "on"
    return workspace.kept.get(
        ("spread", workspace.stamp, part, by, *asked),
        lambda: corpus_hit_frequencies(path, asked[0], by=by, part=part, contents=asked[1], limits=workspace.settings.limits),
    )


def save(request: Request, form: FormData) -> Response:
    """Keep a part under a name: what was searched, or the documents that have hits."""
    workspace = workspace_of(request)
    values = {name: str(value) for name, value in form.items()}
    name = values.get("name", "").strip()
    with workspace.counting() as corpus:
        part = asked_part(corpus, values)
        if values.get("what") == "hits":
            found = _spread(workspace, values, "document")
            part = Part(documents=tuple(str(doc_id) for doc_id in found["document"]))
            if not part:
                raise UsageError("there are no hits, so there is nothing to save")
        tokens_of_part(corpus.tables, part)
        if name in saved_subcorpora(corpus.path) and values.get("replace") != "on":
            raise UsageError(f"there is a subcorpus {name} already: give another name, or tick that it is replaced")
        save_subcorpus(corpus.path, name, part)
    return RedirectResponse(address("/concordance", **{**{n: values.get(n, "") for n in ASKED}, "saved": name}), 303)


def remove(request: Request, form: FormData) -> Response:
    """Forget the name of a part."""
    workspace = workspace_of(request)
    with workspace.counting() as corpus:
        save_subcorpus(corpus.path, str(form.get("name", "")), None)
    return RedirectResponse("/share", 303)
