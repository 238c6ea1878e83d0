"""Decisions: made on a document, listed, taken back, taken along."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kz_textkit.alignment import Edit
from kz_textkit.cleaning.corrections import CORRECTIONS_FILE, Correction
from kz_textkit.errors import UsageError
from kz_textkit.workbench.decisions import text_changes
from kz_textkit.workbench.rendering import address, is_partial, page, workspace_of
from kz_textkit.workbench.sheet import Sheet, edit_key
from kz_textkit.workbench.tables import paged
from kz_textkit.workbench.views.document import Opened, block_values, opened, panel_values, row_values
from kz_textkit.workbench.workspace import Workspace

__all__ = ["alike", "decide", "decide_on_many", "decisions", "export_decisions", "take_back"]

MOST_ALIKE = 500
"""Edits that are listed to be decided on together."""
MOST_DOCUMENTS = 60
"""Documents that they are looked for in."""
AROUND = 35


@dataclass(frozen=True)
class Alike:
    """An edit that does the same, with what is around it."""

    doc_id: str
    title: str
    key: str
    left: str
    right: str
    edit: Edit
    is_decided: bool


def decide(request: Request, form: FormData) -> Response:
    """Keep a decision, and show it: for htmx the panel and the rows that changed, otherwise the page again."""
    workspace = workspace_of(request)
    doc_id = request.path_params["doc"]
    sheet = opened(workspace, doc_id).sheet
    action = str(form.get("action", ""))
    key, block_id = str(form.get("at", "")), str(form.get("block", ""))
    if action == "undo":
        _undo(workspace, opened(workspace, doc_id), key, block_id, str(form.get("id", "")))
    elif action in ("accept", "reject"):
        edit = sheet.edit(key)
        value = str(form.get("value", edit.after)) if action == "accept" else ""
        workspace.decisions.add([workspace.decisions.make(sheet, action, edit.start, edit.end, value=value, rule=edit.rule)])
    else:
        workspace.decisions.add(_on_block(workspace, sheet, action, block_id, form))
    found = opened(workspace, doc_id)
    changed = sheet.row_of_edit.get(key) if key else sheet.row_of.get(block_id)
    if not is_partial(request) or changed is None:
        return RedirectResponse(address("/documents", doc_id, edit=key or None, at=block_id or None), 303)
    values = {**row_values(found, 0), "shown_rows": [sheet.rows[changed]], "sheet": sheet, "current": ""}
    if key:
        return page(request, "decided.html", panel="edit", **{**values, **panel_values(workspace, found, sheet.edit(key))})
    return page(request, "decided.html", panel="block", **{**values, **block_values(workspace, found, block_id)})


def _on_block(workspace: Workspace, sheet: Sheet, action: str, block_id: str, form: FormData) -> list[Correction]:
    """What a form decides on a block, or on the document as a whole."""
    value = str(form.get("value", "")).replace("\r\n", "\n").strip()
    make = workspace.decisions.make
    if action == "title" and not block_id:
        return [make(sheet, "title", 0, 0, value=value)]
    row = sheet.block(block_id)
    start, end = row.raw_start, row.raw_end
    if action == "text":
        return _text_decisions(workspace, sheet, block_id, value)
    if action == "join":
        return [make(sheet, "join", start, end)]
    if action == "lemma":
        token = next((t for t in sheet.tokens_of(block_id) if t["token_id"] == form.get("token")), None)
        if token is None:
            raise UsageError("there is no such word in the block any more")
        parts = [value, str(form.get("upos", "")).strip(), str(form.get("feats", "")).strip()]
        return [make(sheet, "lemma", token["raw_start"], token["raw_end"], value="\t".join(parts).rstrip("\t"))]
    if action in ("kind", "level", "title"):
        return [make(sheet, action, start, end, value=value)]
    raise UsageError(f"nothing is decided by {action[:40]!r}")


def _text_decisions(workspace: Workspace, sheet: Sheet, block_id: str, value: str) -> list[Correction]:
    """A text as it was written by hand: words that differ, and an empty line where the block is cut."""
    row = sheet.block(block_id)
    assert row.block is not None
    is_lined = row.block.kind in ("verse", "code")
    pieces = [piece.strip() for piece in value.split("\n\n")] if not is_lined else [value]
    pieces = [piece if is_lined else " ".join(piece.split()) for piece in pieces if piece.strip()]
    new = " ".join(pieces)
    made = [workspace.decisions.make(sheet, "text", *change[:2], value=change[2]) for change in text_changes(row, new)]
    at = 0
    for piece in pieces[:-1]:
        at += len(piece) + 1
        # A cut comes before the word that begins there; where texts were changed too, by its place among the words.
        words = len(new[:at].split())
        old = row.block.text
        place = _start_of_word(old, words)
        if 0 < place < len(old):
            raw_start, _ = row.alignment.to_source(place, place + 1)
            made.append(workspace.decisions.make(sheet, "split", raw_start, raw_start))
    if not made:
        raise UsageError("the text is as it was: nothing was decided")
    return made


def _start_of_word(text: str, number: int) -> int:
    """Where the word after so many begins.

    >>> _start_of_word("жаңа үй салынды", 2)
    8
    """
    at = 0
    for word in text.split()[:number]:
        at = text.index(word, at) + len(word)
    return at + len(text[at:]) - len(text[at:].lstrip())


def _undo(workspace: Workspace, found: Opened, key: str, block_id: str, decision: str) -> None:
    if decision:
        ids = [decision]
    elif key:
        ids = [one.id for one in [found.overlay.edits.get(key)] if one is not None]
    else:
        row = found.sheet.block(block_id)
        ids = [one.id for one in (*found.overlay.rows.get(row.row_id, {}).values(), *found.overlay.texts.get(row.row_id, []))]
    if not workspace.decisions.take_back(ids):
        raise UsageError("nothing was decided there")


def alike(request: Request) -> Response:
    """The edits that do the same as one, to be looked at before something is decided on all of them."""
    workspace = workspace_of(request)
    doc_id = request.path_params["doc"]
    sheet = opened(workspace, doc_id).sheet
    edit = sheet.edit(request.query_params.get("at", ""))
    is_wide = request.query_params.get("scope") == "corpus"
    doc_ids = _documents_with(workspace, edit) if is_wide else [doc_id]
    found = [one for name in doc_ids[:MOST_DOCUMENTS] for one in _alike_in(workspace, name, edit)]
    return page(
        request,
        "alike.html",
        doc_id=doc_id,
        edit=edit,
        edit_key=edit_key(edit),
        found=found[:MOST_ALIKE],
        more=max(len(found) - MOST_ALIKE, 0),
        more_documents=max(len(doc_ids) - MOST_DOCUMENTS, 0),
        is_wide=is_wide,
        documents=len(workspace.corpus.doc_ids),
    )


def _documents_with(workspace: Workspace, edit: Edit) -> list[str]:
    with workspace.counting() as corpus:
        corpus.relation("edits").create_view("kz_edits", replace=True)
        found = corpus.connection.execute(
            "SELECT doc_id FROM kz_edits WHERE rule = ? AND before = ? AND after = ? AND applied = ? GROUP BY doc_id ORDER BY doc_id",
            [edit.rule, edit.before, edit.after, edit.applied],
        ).fetchall()
    return [name for (name,) in found]


def _alike_in(workspace: Workspace, doc_id: str, edit: Edit) -> list[Alike]:
    found = opened(workspace, doc_id)
    sheet = found.sheet
    text = sheet.raw_text
    return [
        Alike(
            doc_id,
            sheet.title,
            edit_key(e),
            text[max(0, e.start - AROUND) : e.start],
            text[e.end : e.end + AROUND],
            e,
            edit_key(e) in found.overlay.edits,
        )
        for e in sheet.edits
        if e[2:6] == edit[2:6]
    ]


def decide_on_many(request: Request, form: FormData) -> Response:
    """The same decision on all edits that were ticked."""
    workspace = workspace_of(request)
    action = str(form.get("action", ""))
    if action not in ("accept", "reject"):
        raise UsageError("edits are accepted or rejected")
    made: list[Correction] = []
    sheets: dict[str, Sheet] = {}
    for name in form.getlist("edit"):
        doc_id, _, key = str(name).rpartition("/")
        sheet = sheets.get(doc_id) or sheets.setdefault(doc_id, opened(workspace, doc_id).sheet)
        edit = sheet.edit(key)
        value = edit.after if action == "accept" else ""
        made.append(workspace.decisions.make(sheet, action, edit.start, edit.end, value=value, rule=edit.rule))
    if not made:
        raise UsageError("nothing was ticked, so nothing was decided")
    workspace.decisions.add(made)
    return RedirectResponse(address("/decisions", made=len(made)), 303)


def decisions(request: Request) -> Response:
    """All decisions, the last first."""
    workspace = workspace_of(request)
    file = workspace.decisions.file()
    find = request.query_params.get("find", "").strip().casefold()
    action = request.query_params.get("action", "")
    chosen = [
        one
        for one in reversed(file.corrections)
        if (not action or one.action == action) and find in f"{one.source} {one.before} {one.value}".casefold()
    ]
    return page(
        request,
        "decisions.html",
        rows=paged(chosen, request.query_params.get("page", "1")),
        counts=Counter(one.action for one in file.corrections),
        problems=file.problems,
        document_of=_document_by_source(workspace),
        find=request.query_params.get("find", ""),
        action=action,
        made=request.query_params.get("made", ""),
        to=lambda number: address("/decisions", page=number, find=request.query_params.get("find"), action=action),
        file=str(workspace.decisions.path),
        pending=_pending(workspace),
    )


def _pending(workspace: Workspace) -> bool:
    """Whether something was decided since the corpus was made."""
    try:
        return bool(workspace.stamp) and workspace.decisions.path.stat().st_mtime_ns > workspace.stamp[0]
    except OSError:
        return False


def _document_by_source(workspace: Workspace) -> dict[str, str]:
    if not workspace.stamp:
        return {}
    rows = workspace.corpus.entry_columns("sha256", "doc_id")
    return dict(zip(rows["sha256"].to_pylist(), rows["doc_id"].to_pylist(), strict=True))


def take_back(request: Request, form: FormData) -> Response:
    """Take decisions back."""
    workspace_of(request).decisions.take_back([str(name) for name in form.getlist("id")])
    return RedirectResponse("/decisions", 303)


def export_decisions(request: Request) -> Response:
    """The file of decisions, to be taken along."""
    path = workspace_of(request).decisions.path
    content = path.read_bytes() if path.is_file() else b""
    return Response(
        content,
        media_type="application/x-ndjson; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{CORRECTIONS_FILE}"'},
    )
