"""A document: outline, raw beside clean, what was done and why, the page it stands on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kz_textkit.alignment import Edit
from kz_textkit.cleaning.corrections import Correction
from kz_textkit.cleaning.why import why
from kz_textkit.document import BLOCK_KINDS
from kz_textkit.errors import UsageError
from kz_textkit.readers import read_all
from kz_textkit.user_words import read_user_words
from kz_textkit.workbench.decisions import Overlay, overlay_of, source_file
from kz_textkit.workbench.evidence import evidence_of
from kz_textkit.workbench.images import PageImage
from kz_textkit.workbench.outline import tree_of
from kz_textkit.workbench.rendering import page, workspace_of
from kz_textkit.workbench.sheet import LOOKS, Row, Sheet, edit_key, sheet_of
from kz_textkit.workbench.workspace import Workspace

__all__ = [
    "block_panel",
    "document",
    "edit_panel",
    "opened",
    "page_image",
    "page_picture",
    "panel_values",
    "reasons",
    "row_values",
    "rows",
]

PART = 60
"""Rows that are loaded at once."""
MOST_TOKENS = 300
"""Words of a block whose lemmas are shown."""


@dataclass(frozen=True)
class Opened:
    """A document with the decisions on it."""

    sheet: Sheet
    overlay: Overlay


def opened(workspace: Workspace, doc_id: str) -> Opened:
    """A document of the corpus.

    Raises `UsageError` where there is none.
    """
    if doc_id not in workspace.corpus.doc_ids:
        raise HTTPException(404)

    def make() -> Sheet:
        with workspace.reading() as corpus:
            return sheet_of(corpus, doc_id)

    sheet = workspace.documents_kept.get((workspace.stamp, doc_id), make)
    return Opened(sheet, overlay_of(sheet, workspace.decisions.of(sheet)))


def document(request: Request) -> Response:
    """The whole page, beginning at the row that is asked for."""
    workspace, found = workspace_of(request), _found(request)
    sheet = found.sheet
    query = request.query_params
    key, at = query.get("edit", ""), query.get("at", "")
    number = 0
    if key:
        number = sheet.row_of_edit.get(key, 0)
    elif query.get("offset", "").isdecimal():
        number = sheet.row_at(int(query["offset"]))
    elif at:
        number = sheet.row_of.get(at, 0)
    first = number // PART * PART
    current = sheet.rows[number].row_id if sheet.rows and (key or at or query.get("offset")) else ""
    return page(
        request,
        "document.html",
        panel="edit" if key in sheet.by_key else "",
        **(panel_values(workspace, found, sheet.by_key[key]) if key in sheet.by_key else {}),
        **row_values(found, first),
        sheet=sheet,
        outline=tree_of(sheet.sections),
        current=current,
        quality={n: v for n, v in json.loads(sheet.quality).items() if isinstance(v, int | float)},
        metadata=json.loads(sheet.metadata),
        warnings=sheet.entry.warnings,
        rules=sorted({e.rule for e in sheet.edits}),
        has_source=source_file(workspace.folders.sources, sheet.entry.source) is not None,
    )


def rows(request: Request) -> Response:
    """Some rows more, as a part of the page."""
    found = _found(request)
    first = request.query_params.get("from", "0")
    return page(request, "rows.html", sheet=found.sheet, current="", **row_values(found, int(first) if first.isdecimal() else 0))


def row_values(found: Opened, first: int) -> dict[str, Any]:
    """What the template of rows needs, for the part that begins with row `first`."""
    shown = found.sheet.rows[first : first + PART]
    return {
        "shown_rows": shown,
        "overlay": found.overlay,
        "before": first - PART if first else None,
        "after": first + PART if first + PART < len(found.sheet.rows) else None,
        "looks": LOOKS,
        "key": edit_key,
        "doc_id": found.sheet.entry.doc_id,
    }


def edit_panel(request: Request) -> Response:
    """What there is to say of one edit."""
    workspace, found = workspace_of(request), _found(request)
    edit = found.sheet.edit(request.query_params.get("at", ""))
    return page(request, "panel_edit.html", doc_id=found.sheet.entry.doc_id, sheet=found.sheet, **panel_values(workspace, found, edit))


def panel_values(workspace: Workspace, found: Opened, edit: Edit) -> dict[str, Any]:
    """What the template of that needs."""
    sheet = found.sheet
    words = read_user_words(workspace.settings.words)
    return {
        "edit": edit,
        "edit_key": edit_key(edit),
        "evidence": evidence_of(sheet, edit, words),
        "place": sheet.places.cited(edit.start),
        "image": _image_at(workspace, sheet, edit.start, edit.end),
        "decision": found.overlay.edits.get(edit_key(edit)),
    }


def block_panel(request: Request) -> Response:
    """What can be changed in a block: text, kind, heading, lemmas."""
    workspace, found = workspace_of(request), _found(request)
    return page(request, "panel_block.html", **block_values(workspace, found, request.query_params.get("at", "")))


def block_values(workspace: Workspace, found: Opened, block_id: str) -> dict[str, Any]:
    """What the template of that needs."""
    sheet, overlay = found.sheet, found.overlay
    row = sheet.block(block_id)
    assert row.block is not None
    section = next((s for s in sheet.sections if s.section_id == row.block.section_id), None)
    tokens = [token for token in sheet.tokens_of(block_id)[:MOST_TOKENS] if any(map(str.isalnum, token["form"]))]
    return {
        "doc_id": sheet.entry.doc_id,
        "sheet": sheet,
        "row": row,
        "kind": overlay.kind_of(row),
        "kinds": BLOCK_KINDS,
        "section": section,
        "decided": _decided(overlay, row),
        "tokens": tokens,
        "lemmas": {
            t["token_id"]: overlay.lemmas[t["raw_start"], t["raw_end"]]
            for t in tokens
            if (t["raw_start"], t["raw_end"]) in overlay.lemmas
        },
        "place": sheet.places.cited(row.raw_start),
        "image": _image_at(workspace, sheet, row.raw_start, row.raw_end),
    }


def _decided(overlay: Overlay, row: Row) -> list[Correction]:
    """Decisions on a row itself."""
    return [*overlay.rows.get(row.row_id, {}).values(), *overlay.texts.get(row.row_id, [])]


def _image_at(workspace: Workspace, sheet: Sheet, offset: int, end: int) -> dict[str, Any] | None:
    """The picture of the page that an offset stands on, with its place; None where there is none to be had."""
    place = sheet.places.at(offset)
    if (
        place is None
        or place.page is None
        or not _has_pictures(sheet)
        or source_file(workspace.folders.sources, sheet.entry.source) is None
    ):
        return None
    return {"page": place.page, "offset": offset, "end": end}


def _has_pictures(sheet: Sheet) -> bool:
    """Whether the file has pages that can be shown: a PDF file, or a scan."""
    return sheet.entry.extraction.get("format") in ("pdf", "image")


def page_image(request: Request) -> Response:
    """The page that an offset stands on, with the place boxed."""
    found = _found(request)
    query = request.query_params
    offset, end = query.get("offset", ""), query.get("end", "")
    place = found.sheet.places.at(int(offset)) if offset.isdecimal() else None
    if place is None or place.page is None:
        raise UsageError("the place on the page is not known")
    return page(
        request,
        "page_image.html",
        doc_id=found.sheet.entry.doc_id,
        number=place.page,
        label=place.label,
        image=_rendered(workspace_of(request), found.sheet, place.page),
        boxes=found.sheet.boxes(int(offset), int(end) if end.isdecimal() else int(offset), place.page),
    )


def page_picture(request: Request) -> Response:
    """A page of a PDF file or a scan as PNG."""
    found = _found(request)
    number = request.path_params["number"]
    image = _rendered(workspace_of(request), found.sheet, number)
    return Response(image.png, media_type="image/png", headers={"cache-control": "private, max-age=3600"})


def _rendered(workspace: Workspace, sheet: Sheet, number: int) -> PageImage:
    path = source_file(workspace.folders.sources, sheet.entry.source)
    if path is None or not _has_pictures(sheet):
        raise HTTPException(404)
    return workspace.images.page(path, number)


def reasons(request: Request) -> Response:
    """What decided on the line that an offset stands on."""
    workspace, found = workspace_of(request), _found(request)
    offset = request.query_params.get("offset", "")
    if not offset.isdecimal():
        raise HTTPException(404)
    sheet = found.sheet
    settings = workspace.settings
    raw = sheet.raw
    path = source_file(workspace.folders.sources, sheet.entry.source)
    if sheet.entry.extraction and path is not None:
        # What a format knows of its lines is not in the corpus.
        raw = next((one for one in read_all(path, settings=settings) if one.text == raw.text), raw)
    line = raw.text.count("\n", 0, int(offset)) + 1
    return page(request, "panel_why.html", found=why(raw, line, settings), line=line)


def _found(request: Request) -> Opened:
    return opened(workspace_of(request), request.path_params["doc"])
