"""Tables and files that are taken along: written as on the command line, into a folder that is gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import rmtree
from urllib.parse import quote

import pandas as pd
from starlette.background import BackgroundTask
from starlette.responses import FileResponse

from kz_textkit.tables import save_table

__all__ = ["FORMATS", "download", "table_download"]

FORMATS = ("csv", "xlsx", "json")
"""Formats of tables."""


def download(name: str, write: Callable[[Path], object]) -> FileResponse:
    """A file to be taken along, which `write` makes at the path that it is given."""
    folder = Path(tempfile.mkdtemp(prefix="kz-textkit-"))
    try:
        write(folder / name)
    except BaseException:
        rmtree(folder, ignore_errors=True)
        raise
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return FileResponse(folder / name, headers=headers, background=BackgroundTask(rmtree, folder, ignore_errors=True))


def table_download(table: pd.DataFrame, name: str, *, about: Sequence[tuple[str, str]] = ()) -> FileResponse:
    """A table as CSV, XLSX or JSON, as its name says."""
    rows = table.astype(object).where(table.notna(), None).values.tolist()
    return download(name, lambda path: save_table(path, list(map(str, table.columns)), rows, about=about))
