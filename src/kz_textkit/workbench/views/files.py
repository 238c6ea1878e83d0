"""Files and runs: texts dropped or a folder named, the run as it goes, failures with their reasons, warnings with their places."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kz_textkit.cleaning.corrections import CORRECTIONS_FILE
from kz_textkit.corpus.entries import is_safe_name
from kz_textkit.errors import CorpusError, UsageError
from kz_textkit.pipeline.discover import discover, readable, safe_id
from kz_textkit.pipeline.metadata import find_metadata
from kz_textkit.readers import suffixes
from kz_textkit.settings import SETTINGS_FILE
from kz_textkit.workbench.rendering import address, page, workspace_of
from kz_textkit.workbench.tables import paged
from kz_textkit.workbench.workspace import Workspace
from kz_textkit.writing import replacing

__all__ = ["files", "name_folder", "progress", "run", "stop", "upload"]

PIECE = 1 << 20
OURS = frozenset({CORRECTIONS_FILE, SETTINGS_FILE, f"{SETTINGS_FILE}.bak"})
"""Files beside the texts that are no texts."""


@dataclass(frozen=True)
class FileRow:
    """A file of the folder."""

    name: str
    size: int
    doc_id: str
    """Of its first document in the corpus; empty where there is none."""
    failure: str


def files(request: Request) -> Response:
    """The page: what is in the folder, and the run."""
    workspace = workspace_of(request)
    rows, problem = _listed(workspace)
    return page(
        request,
        "files.html",
        rows=paged(rows, request.query_params.get("page", "1")),
        new=sum(1 for row in rows if not row.doc_id and not row.failure),
        problem=problem,
        folders=workspace.folders,
        has_folder=workspace.folders.sources.is_dir(),
        has_corpus=bool(workspace.stamp),
        suffixes=sorted(suffixes()),
        job=workspace.jobs.last,
        added=request.query_params.get("added", ""),
        to=lambda number: address("/files", page=number),
    )


def _listed(workspace: Workspace) -> tuple[list[FileRow], str]:
    """The files of the folder with what became of them, and why the corpus can't be read, where it can't."""
    sources = workspace.folders.sources
    if not sources.is_dir():
        return [], ""
    documents: dict[str, str] = {}
    failures: dict[str, str] = {}
    problem = ""
    if workspace.stamp:
        try:
            manifest = workspace.corpus.manifest
            rows = workspace.corpus.entry_columns("source", "doc_id")
            # Of several documents of one file the first.
            documents = dict(zip(rows["source"].to_pylist()[::-1], rows["doc_id"].to_pylist()[::-1], strict=True))
            failures = {failure["source"]: failure["reason"] for failure in manifest.failures}
        except CorpusError as error:
            problem = str(error)
    table = find_metadata(sources)
    beside = OURS | ({table.name} if table is not None else set())
    found = discover(sources, exclude=workspace.folders.corpus)
    rows = []
    for file in found.files:
        name = readable(file.path.relative_to(sources))
        if name in beside:
            continue
        doc_id = documents.get(file.source) or _by_end(documents, name)
        rows.append(FileRow(name, file.size, doc_id, failures.get(file.source) or _by_end(failures, name)))
    return [*rows, *(FileRow(Path(one.source).name, 0, "", one.reason) for one in found.failures)], problem


def _by_end(known: dict[str, str], name: str) -> str:
    """What is known of a file whose path was given in another way."""
    return next((value for source, value in known.items() if source.endswith(f"/{name}")), "")


def upload(request: Request, form: FormData) -> Response:
    """Files into the folder of the texts, each under its own name."""
    workspace = workspace_of(request)
    folder = workspace.folders.sources
    given = [file for file in form.getlist("files") if isinstance(file, UploadFile) and file.filename]
    names = [_name_of(str(file.filename)) for file in given]
    if not given:
        raise UsageError("no file was given")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, name in zip(given, names, strict=True):
            _keep(file.file, folder / name if form.get("replace") == "on" else _free(folder / name))
    except OSError as error:
        raise UsageError(f"{folder} can't be written to: {error.strerror or error}") from None
    if form.get("run") == "on":
        _start(workspace)
    return RedirectResponse(address("/files", added=len(given)), 303)


def _name_of(given: str) -> str:
    """The name of a file without the folders that a browser or a stranger puts before it.

    Raises `UsageError` where no text may have it.

    >>> _name_of("C:\\\\мәтін\\\\дәріс.docx"), _name_of("../../дәріс.txt")
    ('дәріс.docx', 'дәріс.txt')
    """
    name = PurePosixPath(given.replace("\\", "/")).name
    suffix = PurePosixPath(name).suffix
    clean = safe_id(name.removesuffix(suffix)) + "".join(c for c in suffix if c.isalnum() or c == ".")
    if not is_safe_name(clean) or clean.casefold() in {one.casefold() for one in OURS}:
        raise UsageError(f"{name[:80]}: a text can't have this name")
    if suffix.lower() not in suffixes():
        raise UsageError(
            f"{name[:80]}: files that end in {suffix or 'nothing'} are not read; those are: {', '.join(sorted(suffixes()))}"
        )
    return clean


def _free(path: Path) -> Path:
    """The path, or one with a number where it is taken."""
    number = 2
    free = path
    while os.path.lexists(free):
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return free


def _keep(content: BinaryIO, path: Path) -> None:
    with replacing(path, binary=True) as target:
        while piece := content.read(PIECE):
            target.write(piece)


def name_folder(request: Request, form: FormData) -> Response:
    """Take the texts from another folder."""
    named = str(form.get("folder", "")).strip()
    if not named:
        raise UsageError("name a folder")
    workspace_of(request).use_sources(Path(named).expanduser())
    return RedirectResponse("/files", 303)


def run(request: Request, form: FormData) -> Response:
    """Begin a run."""
    _start(workspace_of(request))
    return RedirectResponse("/files", 303)


def _start(workspace: Workspace) -> None:
    if not workspace.folders.sources.is_dir():
        raise UsageError(f"there is no folder {workspace.folders.sources}: add files, or name another folder")
    workspace.jobs.start(workspace.folders.sources, workspace.folders.corpus, workspace.forget)


def stop(request: Request, form: FormData) -> Response:
    """End the run."""
    workspace_of(request).jobs.stop()
    return RedirectResponse("/files", 303)


def progress(request: Request) -> Response:
    """How far the run has come, as a part of the page."""
    return page(request, "progress.html", job=workspace_of(request).jobs.last, has_corpus=bool(workspace_of(request).stamp))
