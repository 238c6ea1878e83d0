"""The command `report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kz_textkit.cli.application import QuietOption, app
from kz_textkit.cli.corpora import CorpusArgument
from kz_textkit.cli.messages import current_language, said
from kz_textkit.cli.printing import one_line

__all__ = ["report"]


@app.command()
def report(
    corpus: CorpusArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The report, one HTML file.")] = Path("report.html"),
    lang: Annotated[
        str | None, typer.Option("--lang", "-l", metavar="en|kk|ru", help="Language of the report; that of messages otherwise.")
    ] = None,
    term: Annotated[
        list[str] | None,
        typer.Option("--term", "-t", metavar="TERM", help="A term to plot over the course of the text; may be given many times."),
    ] = None,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="Title of the report.", show_default=False)] = "",
    quiet: QuietOption = False,
) -> None:
    """Show a corpus to people: one HTML file to open, send and print.

    Frequent terms and keywords, with some of their lines; where terms stand in the text; how the vocabulary grows; the outline; then
    what was read, repaired and removed, with examples and places; links. The file needs no network.

    **Examples**

    `kz-textkit report corpus/clean -o report.html`

    `kz-textkit report corpus/clean -o есеп.html --lang kk --term билік --term мемлекет`
    """
    from kz_textkit.corpus.reader import Corpus
    from kz_textkit.report import write_report

    size = write_report(Corpus(corpus), output, language=lang or current_language(), terms=term or (), title=title)
    if not quiet:
        print(said("Written to {0} ({1} KiB).", one_line(str(output)), f"{max(round(size / 1024), 1):,}"))
