"""The command `export`: a corpus in the formats of others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kz_textkit.cli.application import app
from kz_textkit.cli.corpora import CorpusArgument

__all__ = ["export"]


@app.command()
def export(
    corpus: CorpusArgument,
    format: Annotated[str, typer.Option("--format", "-f", metavar="conllu|tei|vrt|jsonl|spacy", help="The format to write.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file; to standard output otherwise.")
    ] = None,
) -> None:
    """Write a corpus in a format of others.

    `conllu` is CoNLL-U of Universal Dependencies; `tei` is TEI P5; `vrt` is the vertical file of Sketch Engine and the Corpus
    Workbench; `jsonl` has one block a line, as tools for annotation and loaders of data sets take it; `spacy` is spaCy's DocBin,
    which needs `-o`: a file `NAME.spacy`, or a folder for a corpus too large for one.

    **Examples**

    `kz-textkit export corpus/clean --format conllu > корпус.conllu`

    `kz-textkit export corpus/clean --format tei -o корпус.xml`

    `kz-textkit export corpus/clean --format spacy -o корпус.spacy`
    """
    from kz_textkit.corpus.export import export as export_text
    from kz_textkit.corpus.export import export_to_file
    from kz_textkit.corpus.reader import Corpus

    if output is None:
        export_text(Corpus(corpus), format, sys.stdout)
    else:
        export_to_file(Corpus(corpus), format, output)
