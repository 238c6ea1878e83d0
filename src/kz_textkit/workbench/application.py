"""The workbench as an ASGI application: addresses, and what becomes of errors."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.resources import files as package_files
from mimetypes import types_map

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kz_textkit.errors import CorpusError, KzTextkitError
from kz_textkit.faults import log_fault
from kz_textkit.workbench.messages import LANGUAGES
from kz_textkit.workbench.rendering import COUNT_PAGES, LANGUAGE_COOKIE, THEME_COOKIE, THEMES, page
from kz_textkit.workbench.security import UPLOADS, Guard
from kz_textkit.workbench.views import choices, concordance, counts, deciding, document, files, overview, share, words
from kz_textkit.workbench.workspace import Workspace

__all__ = ["make_application"]

Posted = Callable[[Request, FormData], Response]

ASSETS = ("workbench.css", "workbench.js", "htmx.min.js")
A_YEAR = 31_536_000
MOST_FILES, MOST_FIELDS = 1_000, 5_000
"""Of one form."""


def make_application(workspace: Workspace, *, token: str, port: int) -> Starlette:
    """The workbench on what is open, for who has the token."""
    routes = [
        Route("/", overview.overview),
        Route("/preferences", _posted(preferences), methods=["POST"]),
        Route("/assets/{name}", asset),
        Route("/documents/{doc}", document.document),
        Route("/documents/{doc}/rows", document.rows),
        Route("/documents/{doc}/edit", document.edit_panel),
        Route("/documents/{doc}/block", document.block_panel),
        Route("/documents/{doc}/why", document.reasons),
        Route("/documents/{doc}/alike", deciding.alike),
        Route("/documents/{doc}/page", document.page_image),
        Route("/documents/{doc}/pages/{number:int}.png", document.page_picture),
        Route("/documents/{doc}/decide", _posted(deciding.decide), methods=["POST"]),
        Route("/concordance", concordance.concordance),
        Route("/concordance/spread", concordance.spread),
        Route("/concordance/count", concordance.count),
        Route("/concordance/categorise", _posted(concordance.categorise), methods=["POST"]),
        Route("/concordance/save", _posted(concordance.save), methods=["POST"]),
        Route("/subcorpora/remove", _posted(concordance.remove), methods=["POST"]),
        *(Route(f"/{name}", counts.counts) for name in COUNT_PAGES),
        Route("/plots/{name}.svg", counts.plot),
        Route("/files", files.files),
        Route(UPLOADS, _posted(files.upload), methods=["POST"]),
        Route("/files/folder", _posted(files.name_folder), methods=["POST"]),
        Route("/files/run", _posted(files.run), methods=["POST"]),
        Route("/files/stop", _posted(files.stop), methods=["POST"]),
        Route("/files/progress", files.progress),
        Route("/settings", choices.settings),
        Route("/settings/save", _posted(choices.save_settings), methods=["POST"]),
        Route("/settings/sample", _posted(choices.sample), methods=["POST"]),
        Route("/metadata", choices.metadata),
        Route("/metadata/save", _posted(choices.save_metadata), methods=["POST"]),
        Route("/words", words.words),
        Route("/words/word", words.word),
        Route("/words/paradigm", words.paradigm),
        Route("/words/add", _posted(words.add), methods=["POST"]),
        Route("/words/correction", words.correction),
        Route("/words/correct", _posted(words.correct), methods=["POST"]),
        Route("/share", share.share),
        Route("/share/export", share.export),
        Route("/share/report", share.report),
        Route("/share/pages", share.static_pages),
        Route("/decisions", deciding.decisions),
        Route("/decisions/many", _posted(deciding.decide_on_many), methods=["POST"]),
        Route("/decisions/back", _posted(deciding.take_back), methods=["POST"]),
        Route("/decisions/export", deciding.export_decisions),
    ]
    upload = workspace.settings.limits.file_mb * 1024 * 1024
    application = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, token=token, port=port, largest_upload=upload)],
        exception_handlers={KzTextkitError: _known_error, HTTPException: _http_error, Exception: _fault},
    )
    application.state.workspace = workspace
    return application


def _posted(view: Posted) -> Callable[[Request], Awaitable[Response]]:
    """A view of a form: the form is read, then the view works in a thread as the others do."""

    async def answer(request: Request) -> Response:
        async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS) as form:
            return await run_in_threadpool(view, request, form)

    return answer


def preferences(request: Request, form: FormData) -> Response:
    """The language and the look, kept in cookies; then the same page again."""
    back = str(form.get("back", "/"))
    response = RedirectResponse(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/", 303)
    for cookie, name, options in ((LANGUAGE_COOKIE, "language", LANGUAGES), (THEME_COOKIE, "theme", THEMES)):
        if (value := form.get(name)) in options:
            response.set_cookie(cookie, str(value), max_age=A_YEAR, httponly=True, samesite="strict")
    return response


def asset(request: Request) -> Response:
    """A style or a script of ours."""
    name = request.path_params["name"]
    if name not in ASSETS:
        raise HTTPException(404)
    content = package_files("kz_textkit.workbench").joinpath("static").joinpath(name).read_bytes()
    kind = types_map[f".{name.rpartition('.')[2]}"]
    return Response(content, media_type=kind, headers={"cache-control": "no-cache"})


def _known_error(request: Request, error: Exception) -> Response:
    """What a user can do something about, in a page; without a corpus, the page where one is made."""
    if isinstance(error, CorpusError) and not request.app.state.workspace.stamp and request.method == "GET":
        return RedirectResponse("/files", 303)
    return page(request, "error.html", status=400, message=str(error))


def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return page(request, "error.html", status=status, message="")


def _fault(request: Request, error: Exception) -> Response:
    """An error of ours: the page names the file that a report needs."""
    what = f"{type(error).__name__}: {' '.join(str(error).split())}"
    return page(request, "error.html", status=500, message=f"internal error ({what}); please report it, with {log_fault(error)}")
