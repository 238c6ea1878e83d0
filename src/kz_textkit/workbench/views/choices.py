"""Settings by form, with what they change on a sample; metadata as a table that can be written in."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import fields, replace
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kz_textkit.alignment import Edit
from kz_textkit.cleaning.fixing import explain
from kz_textkit.errors import UsageError
from kz_textkit.pipeline.discover import discover, readable
from kz_textkit.pipeline.metadata import find_metadata, metadata_of
from kz_textkit.readers.tables import rows_of
from kz_textkit.rules import RULES, names_of
from kz_textkit.settings import Limits, Settings
from kz_textkit.tables import save_table
from kz_textkit.workbench.asking import MOST_CHOICES
from kz_textkit.workbench.rendering import address, page, workspace_of
from kz_textkit.workbench.settings_file import write_settings
from kz_textkit.workbench.tables import paged
from kz_textkit.workbench.views.document import opened
from kz_textkit.workbench.views.files import OURS
from kz_textkit.workbench.workspace import Workspace
from kz_textkit.writing import write_whole

__all__ = ["metadata", "sample", "save_metadata", "save_settings", "settings"]

SAMPLE = 6_000
"""Characters of a sample."""
MOST_EDITS = 120
SWITCHES = tuple(choice.name for choice in fields(Settings) if isinstance(getattr(Settings(), choice.name), bool))
SUGGESTING = ("missing_letter",)
"""Rules that suggest."""
FILE, LONGEST_CELL = "file", 2_000


def settings(request: Request) -> Response:
    """The form, filled in with what holds."""
    workspace = workspace_of(request)
    chosen = workspace.settings
    documents = list(islice(workspace.corpus.doc_ids, MOST_CHOICES)) if workspace.stamp else []
    return page(
        request,
        "settings.html",
        chosen=chosen,
        switches=SWITCHES,
        repairs=[name for name in names_of("repair") if name != "correction"],
        suggesting=SUGGESTING,
        limits=[(one.name, getattr(chosen.limits, one.name)) for one in fields(Limits)],
        documents=documents,
        saved=request.query_params.get("saved", ""),
        kept_in=str(workspace.folders.sources / "kz-textkit.toml"),
    )


def _chosen(form: FormData, before: Settings) -> Settings:
    """The settings that a form says; what it does not have stays as it was.

    Raises `UsageError` where a value can't be one.
    """
    changed: dict[str, Any] = {name: form.get(name) == "on" for name in SWITCHES}
    changed["encoding"] = str(form.get("encoding", "")).strip() or None
    changed["text_column"] = str(form.get("text_column", "")).strip() or None
    changed["rules_off"] = frozenset(names_of("repair")) - {"correction"} - set(map(str, form.getlist("rule")))
    changed["rules_off"] |= {name for name in before.rules_off if name not in RULES}
    changed["apply_suggestions"] = frozenset(map(str, form.getlist("apply")))
    languages = frozenset(str(form.get("count_languages", "")).replace(",", " ").split())
    changed["count_languages"] = languages or Settings().count_languages
    limits: dict[str, Any] = {}
    for one in fields(Limits):
        try:
            limits[one.name] = type(getattr(Limits(), one.name))(str(form.get(f"limit-{one.name}", getattr(before.limits, one.name))))
        except ValueError:
            raise UsageError(f"{one.name} is a number above 0") from None
        if not limits[one.name] > 0:
            raise UsageError(f"{one.name} is a number above 0")
    return replace(before, **changed, limits=Limits(**limits))


def save_settings(request: Request, form: FormData) -> Response:
    """Write them to the file beside the texts."""
    workspace = workspace_of(request)
    if not workspace.folders.sources.is_dir():
        raise UsageError("settings are kept beside the texts: name their folder, or add files first")
    write_settings(_chosen(form, workspace.settings), workspace.folders.sources)
    return RedirectResponse("/settings?saved=1", 303)


def sample(request: Request, form: FormData) -> Response:
    """What the settings of a form do to a sample, beside what those that hold do."""
    workspace = workspace_of(request)
    before = workspace.settings
    after = _chosen(form, before)
    text = str(form.get("text", "")).replace("\r\n", "\n")[:SAMPLE]
    if not text.strip() and (doc_id := str(form.get("document", ""))) and workspace.stamp:
        text = opened(workspace, doc_id).sheet.raw_text[:SAMPLE]
    old, new = explain(text, before), explain(text, after)
    return page(
        request,
        "sample.html",
        text=text,
        lost=_shown(text, [e for e in old.edits if e not in set(new.edits)]),
        gained=_shown(text, [e for e in new.edits if e not in set(old.edits)]),
        same=sum(e in set(old.edits) for e in new.edits),
        result=new.text,
    )


def _shown(text: str, edits: list[Edit]) -> list[tuple[str, Edit, str]]:
    return [(text[max(0, e.start - 25) : e.start], e, text[e.end : e.end + 25]) for e in edits[:MOST_EDITS]]


def metadata(request: Request) -> Response:
    """The table of metadata, a line for each file."""
    workspace = workspace_of(request)
    columns, rows = _table(workspace)
    find = request.query_params.get("find", "").casefold()
    shown = [row for row in rows if find in " ".join(row.values()).casefold()]
    path = _path(workspace)
    return page(
        request,
        "metadata.html",
        columns=columns,
        rows=paged(shown, request.query_params.get("page", "1")),
        find=request.query_params.get("find", ""),
        saved=request.query_params.get("saved", ""),
        kept_in=str(path),
        to=lambda number: address("/metadata", page=number, find=request.query_params.get("find")),
    )


def _path(workspace: Workspace) -> Path:
    return find_metadata(workspace.folders.sources) or workspace.folders.sources / "metadata.csv"


def _table(workspace: Workspace) -> tuple[list[str], list[dict[str, str]]]:
    """The columns, without that of the files, and the lines."""
    sources = workspace.folders.sources
    if not sources.is_dir():
        return [], []
    table = find_metadata(sources)
    beside = OURS | ({table.name} if table is not None else set())
    found = [
        file
        for file in discover(sources, exclude=workspace.folders.corpus).files
        if file.path.relative_to(sources).as_posix() not in beside
    ]
    known: Mapping[str, Mapping[str, str]] = metadata_of(found, sources, table).of
    named = [] if table is None else _columns(table)
    columns = list(dict.fromkeys([*named, *(name for file in found for name in known.get(file.doc_id, {}))]))
    rows = [
        {FILE: readable(file.path.relative_to(sources)), **{name: known.get(file.doc_id, {}).get(name, "") for name in columns}}
        for file in found
    ]
    return columns, rows


def _columns(table: Path) -> list[str]:
    """The columns of a table of metadata after that of the files, those without a value too."""
    first = next(iter(rows_of(table, "xlsx" if table.suffix.lower() == ".xlsx" else "csv", Settings())), (0, {}))[1]
    return [str(name) for name in first][1:]


def save_metadata(request: Request, form: FormData) -> Response:
    """Write the cells of a page of the table, and a column more where one was named."""
    workspace = workspace_of(request)
    columns, rows = _table(workspace)
    given = {
        (str(form.get(f"file-{row}", "")), name): " ".join(str(form.get(f"cell-{row}-{column}", "")).split())[:LONGEST_CELL]
        for row in range(len(form.getlist("row")))
        for column, name in enumerate(map(str, form.getlist("column")))
    }
    more = " ".join(str(form.get("new_column", "")).split())[:80]
    if more and more not in columns and more != FILE:
        columns.append(more)
    for row in rows:
        for name in columns:
            row[name] = given.get((row[FILE], name), row.get(name, ""))
    if not rows:
        raise UsageError("there are no texts yet, and so nothing to say of them")
    _write(_path(workspace), [FILE, *columns], [[row[name] for name in (FILE, *columns)] for row in rows])
    return RedirectResponse(address("/metadata", saved=1, page=str(form.get("page", ""))), 303)


def _write(path: Path, columns: list[str], rows: list[list[str]]) -> None:
    if path.suffix.lower() != ".tsv":
        save_table(path, columns, rows)
        return
    text = StringIO()
    csv.writer(text, delimiter="\t", lineterminator="\n").writerows([columns, *rows])
    write_whole(path, text.getvalue().encode())
