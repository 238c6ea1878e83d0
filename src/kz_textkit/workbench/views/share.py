"""Export and share: the formats of others, the report, pages that need no server, saved parts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kz_textkit.corpus.export import EXPORT_FORMATS, export_to_file
from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.subcorpora import saved_subcorpora
from kz_textkit.report import write_report
from kz_textkit.workbench.downloads import download
from kz_textkit.workbench.messages import LANGUAGES
from kz_textkit.workbench.rendering import language_of, page, workspace_of
from kz_textkit.workbench.static_pages import write_static_pages, zipped

__all__ = ["export", "report", "share", "static_pages"]

SUFFIXES = {"tei": ".xml", "prodigy": ".jsonl", "conllu": ".conllu", "vrt": ".vrt", "jsonl": ".jsonl", "spacy": ".spacy"}
"""Of formats that are a file; the others are a folder, which is packed."""


def share(request: Request) -> Response:
    """The page."""
    workspace = workspace_of(request)
    described: Mapping[str, str] = EXPORT_FORMATS if isinstance(EXPORT_FORMATS, Mapping) else dict.fromkeys(EXPORT_FORMATS, "")
    with workspace.reading() as corpus:
        saved = [(name, corpus.name_of(part)) for name, part in saved_subcorpora(corpus.path).items()]
    return page(request, "share.html", formats=list(described.items()), saved=saved)


def export(request: Request) -> Response:
    """The corpus in a format of others; what is a folder comes as a ZIP file.

    Raises `UsageError` where there is no such format.
    """
    workspace = workspace_of(request)
    form = request.query_params.get("format", "")
    name = workspace.folders.name
    # One of its own: an export of a large corpus must not hold up the pages.
    corpus = Corpus(workspace.folders.corpus)
    if form in SUFFIXES or form not in EXPORT_FORMATS:
        return download(f"{name}{SUFFIXES.get(form, '')}", lambda path: export_to_file(corpus, form, path))

    def packed(path: Path) -> None:
        folder = path.parent / f"{name}-{form}"
        export_to_file(corpus, form, folder)
        zipped(folder, path)

    return download(f"{name}-{form}.zip", packed)


def report(request: Request) -> Response:
    """The report, in a language."""
    corpus = Corpus(workspace_of(request).folders.corpus)
    language = _language(request)
    return download("report.html", lambda path: write_report(corpus, path, language=language))


def static_pages(request: Request) -> Response:
    """The pages that need no server, packed."""
    workspace = workspace_of(request)
    corpus, name = Corpus(workspace.folders.corpus), workspace.folders.name
    language = _language(request)

    def packed(path: Path) -> None:
        folder = path.parent / f"{name}-pages"
        write_static_pages(corpus, folder, language=language, name=name)
        zipped(folder, path)

    return download(f"{name}-pages.zip", packed)


def _language(request: Request) -> str:
    chosen = request.query_params.get("language") or language_of(request)
    if chosen not in LANGUAGES:
        raise HTTPException(404)
    return chosen
