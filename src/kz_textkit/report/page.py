"""The report as one HTML file.

Texts of a corpus are hostile until proven otherwise: everything goes through Jinja's autoescaping, only addresses on the web become
links, and the page carries a content security policy that lets no script run but its own, named by its hash, and nothing be loaded. The
plots are SVG made here, not by a plotting library: a hundred times smaller than a library's JavaScript, sharp in print, visible without
scripts, and free of the `eval` that Vega needs and the policy forbids.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from kz_textkit.corpus.reader import Corpus
from kz_textkit.errors import UsageError
from kz_textkit.report.changes import changed, pieces
from kz_textkit.report.contents import BINS, Contents, gather
from kz_textkit.report.messages import messages
from kz_textkit.writing import write_whole

__all__ = ["render", "write_report"]

PRINTED_TERMS = 60
"""Rows of the table of terms that go on paper."""


def write_report(corpus: Corpus, path: Path, *, language: str = "en", terms: Sequence[str] = (), title: str = "") -> int:
    """Write the report on `corpus` to the file `path`, and give its size in bytes.

    The plot of dispersion shows `terms`, or else frequent ones and keywords; the `title` is that of the document or the name of the
    folder where none is given. Raises `UsageError` where there is no such
    language or the file can't be written.
    """
    words = messages(language)
    page = render(gather(corpus, chosen=terms, title=title), words.language)
    # Lone surrogates can stand in a damaged text, and in no file.
    content = page.encode("utf-8", "replace")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror or error}") from error
    return len(content)


def render(contents: Contents, language: str = "en") -> str:
    """The page that says `contents`, as HTML.

    Raises `UsageError` where there is no such language.
    """
    script, style = _asset("report.js"), _asset("report.css")
    page = (
        _environment()
        .get_template("report.html")
        .render(
            c=contents,
            t=messages(language),
            script=script,
            script_hash=b64encode(sha256(script.encode()).digest()).decode(),
            style=style,
            bins=BINS,
            printed_terms=PRINTED_TERMS,
        )
    )
    return page.lstrip()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("kz_textkit.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(changed=changed, pieces=pieces)
    return environment


@cache
def _asset(name: str) -> str:
    return files("kz_textkit.report").joinpath("templates").joinpath(name).read_text("utf-8")
