"""Pages from templates: the language and the look that the user chose, the way around, and texts that can do nothing."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from kz_textkit.printable import printable
from kz_textkit.report.changes import changed
from kz_textkit.rules import rule_info
from kz_textkit.workbench.messages import LANGUAGES, Messages, workbench_messages
from kz_textkit.workbench.shown import shown
from kz_textkit.workbench.workspace import Workspace

__all__ = [
    "COUNT_PAGES",
    "LANGUAGE_COOKIE",
    "THEMES",
    "THEME_COOKIE",
    "address",
    "environment",
    "is_partial",
    "language_of",
    "page",
    "words_of",
    "workspace_of",
]

LANGUAGE_COOKIE, THEME_COOKIE = "kz_language", "kz_theme"
THEMES = ("auto", "light", "dark")

PLACES = (
    *(("/", "overview"), ("/concordance", "concordance"), ("/frequency", "frequency"), ("/words", "words")),
    *(("/files", "files"), ("/decisions", "decisions"), ("/share", "share")),
)
"""The ways from each page: address, and key of the message that names it."""
COUNT_PAGES = ("frequency", "keywords", "collocations", "sketches", "ngrams", "vocabulary", "dispersion", "trends")
"""Pages of counts, which are one place of the way."""


def workspace_of(request: Request) -> Workspace:
    """What is open."""
    found: Workspace = request.app.state.workspace
    return found


def language_of(request: Request) -> str:
    """The language that the user chose, else the first of the browser's that there is, else Kazakh."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    wanted = [name.split(";")[0].strip()[:2].lower() for name in request.headers.get("accept-language", "").split(",")]
    return next((name for name in (chosen, *wanted) if name in LANGUAGES), "kk")


def words_of(request: Request) -> Messages:
    """The messages in the language of a request."""
    return workbench_messages(language_of(request))


def is_partial(request: Request) -> bool:
    """Whether htmx asks for a part of a page."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-history-restore-request") != "true"


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A template as answer, with what each page needs."""
    theme = request.cookies.get(THEME_COOKIE, "auto")
    text = (
        environment()
        .get_template(template)
        .render(
            t=words_of(request),
            theme=theme if theme in THEMES else "auto",
            languages=LANGUAGES,
            themes=THEMES,
            places=PLACES,
            count_pages=COUNT_PAGES,
            path=request.url.path,
            here=str(request.url.path) + (f"?{request.url.query}" if request.url.query else ""),
            corpus_name=workspace_of(request).folders.name,
            is_static=False,
            **values,
        )
    )
    # Lone surrogates can stand in a damaged text, and in no page.
    return HTMLResponse(text.encode("utf-8", "replace"), status_code=status)


def address(path: str, /, *parts: str, **query: object) -> str:
    """An address within the workbench; queries that are empty are left out.

    >>> address("/documents", "1 дәріс#", at="b1", page=None)
    '/documents/1%20%D0%B4%D3%99%D1%80%D1%96%D1%81%23?at=b1'
    """
    place = "/".join((path, *(quote(part, safe="", errors="replace") for part in parts)))
    chosen = {name.rstrip("_"): value for name, value in query.items() if value is not None and value is not False and value != ""}
    return f"{place}?{urlencode(chosen, doseq=True, errors='replace')}" if chosen else place


@cache
def environment() -> Environment:
    """The templates."""
    made = Environment(
        loader=PackageLoader("kz_textkit.workbench"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals.update(address=address, changed=changed, rule_info=rule_info)
    made.filters["shown"] = shown
    made.filters["said"] = printable
    return made
