"""A corpus as a folder of pages that need no server: to read, to send along, to put on a server for a group.

The overview, each document raw beside clean, the frequency list, and the report with keywords, plots and links. Nothing in them can be
changed, nothing is loaded from elsewhere, and no page has a script but the report.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from kz_textkit.corpus.reader import Corpus
from kz_textkit.report import write_report
from kz_textkit.workbench.decisions import Overlay
from kz_textkit.workbench.messages import workbench_messages
from kz_textkit.workbench.outline import tree_of
from kz_textkit.workbench.rendering import environment
from kz_textkit.workbench.sheet import LOOKS, Sheet, edit_key, sheet_of

__all__ = ["write_static_pages", "zipped"]

PAGE_ROWS = 250
"""Rows of one page of a document."""
MOST_TERMS = 5_000
"""Terms of the frequency list."""


def write_static_pages(corpus: Corpus, folder: Path, *, language: str = "kk", name: str = "") -> int:
    """Write the pages of a corpus into a new folder; how many there are.

    Raises `UsageError` where there is no such language.
    """
    words = workbench_messages(language)
    common = {"t": words, "corpus_name": name or corpus.path.name, "theme": "auto", "is_static": True}
    (folder / "documents").mkdir(parents=True)
    entries = corpus.manifest.documents
    titles = dict(zip(corpus.documents["doc_id"], corpus.documents["title"], strict=True))
    listed = []
    count = 0
    for number, entry in enumerate(entries, 1):
        sheet = sheet_of(corpus, entry.doc_id)
        stem = f"{number:0{len(str(len(entries)))}}"
        for page_name, text in _document_pages(sheet, stem, common):
            _write(folder / "documents" / page_name, text)
            count += 1
        listed.append(
            {
                "entry": entry,
                "source": sheet.source,
                "title": titles.get(entry.doc_id) or entry.doc_id,
                "to": f"documents/{stem}-1.html",
            }
        )
    table = corpus.frequencies().head(MOST_TERMS)
    pages = {
        "index.html": ("static_index.html", {"listed": listed, "up": ""}),
        "frequency.html": ("static_frequency.html", {"columns": list(table.columns), "rows": table.to_dict("records"), "up": ""}),
    }
    for page_name, (template, values) in pages.items():
        _write(folder / page_name, environment().get_template(template).render(**common, **values))
    write_report(corpus, folder / "report.html", language=language)
    style = files("kz_textkit.workbench").joinpath("static").joinpath("workbench.css").read_bytes()
    (folder / "workbench.css").write_bytes(style)
    return count + len(pages) + 1


def _document_pages(sheet: Sheet, stem: str, common: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The pages of one document: name and text."""
    parts = [sheet.rows[first : first + PAGE_ROWS] for first in range(0, len(sheet.rows), PAGE_ROWS)] or [()]
    page_of = {row.row_id: f"{stem}-{number}.html" for number, part in enumerate(parts, 1) for row in part}
    for number, part in enumerate(parts, 1):
        yield (
            f"{stem}-{number}.html",
            environment()
            .get_template("static_document.html")
            .render(
                **common,
                sheet=sheet,
                outline=tree_of(sheet.sections),
                page_of=page_of,
                shown_rows=part,
                number=number,
                pages=len(parts),
                stem=stem,
                up="../",
                overlay=Overlay(),
                looks=LOOKS,
                key=edit_key,
                current="",
            ),
        )


def _write(path: Path, text: str) -> None:
    # Lone surrogates can stand in a damaged text, and in no file.
    path.write_bytes(text.lstrip().encode("utf-8", "replace"))


def zipped(folder: Path, target: Path) -> None:
    """All files of a folder in a ZIP file, under the name of the folder."""
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder.parent).as_posix())
