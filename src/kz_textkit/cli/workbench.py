"""The command `open`: the workbench in the browser."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from kz_textkit.cli.application import app
from kz_textkit.errors import UsageError

__all__ = ["open_workbench"]

NEEDED = ("starlette", "uvicorn", "python_multipart")


@app.command("open")
def open_workbench(
    folder: Annotated[Path, typer.Argument(metavar="CORPUS or FOLDER", help="A corpus, or a folder of texts to make one of.")] = Path(
        "corpus"
    ),
    sources: Annotated[
        Path | None,
        typer.Option("--sources", metavar="FOLDER", help="Where the files are that the corpus was made of; `raw` beside it otherwise."),
    ] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, metavar="N", help="Port on this machine; any free one.")] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser, or only print the address.")] = True,
) -> None:
    """Open the workbench: look at a corpus, decide on its edits, search and count, in the browser on this machine.

    Nobody else can reach it. It stops with Ctrl-C; what was decided is kept in files beside the corpus.

    **Examples**

    `kz-textkit open` opens `corpus`, where `kz-textkit run` keeps `raw` and `clean`.

    `kz-textkit open дәрістер-корпус --sources дәрістер`

    `kz-textkit open дәрістер/` for a folder of texts, of which a corpus is made in the browser.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise UsageError(f"the workbench needs {', '.join(missing)}: install them with `pip install 'kz-textkit[workbench]'`")
    from kz_textkit.workbench.server import serve
    from kz_textkit.workbench.workspace import folders_of

    serve(folders_of(folder, sources), port=port, browser=browser)
