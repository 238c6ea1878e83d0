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
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="The format to write, such as `conllu`.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE|FOLDER", help="Where to write; one text goes to standard output otherwise."),
    ] = None,
) -> None:
    """Write a corpus in a format of others, with what their programs need beside it.

    One text, to a file or to standard output: `conllu` (Universal Dependencies), `tei` (TEI P5), `jsonl` (one block a line), `vrt` (the
    vertical file alone), `prodigy` (tasks for Prodigy).

    A folder, which has to be new, empty or an earlier export: `cwb` (IMS Open Corpus Workbench: vertical file, registry, `encode.sh`),
    `sketch` (Sketch Engine, NoSketch Engine), `hf` (a data set for Hugging Face `datasets`, in splits, with a card), `brat`, `webanno`
    (for INCEpTION), `label-studio`, `spacy` (DocBin; a file, where the name ends in `.spacy`).

    **Examples**

    `kz-textkit export corpus/clean --format conllu > корпус.conllu`

    `kz-textkit export corpus/clean --format tei -o корпус.xml`

    `kz-textkit export corpus/clean --format spacy -o корпус.spacy`

    `kz-textkit export corpus/clean --format hf -o деректер`

    `kz-textkit export corpus/clean --format cwb -o дәрістер && дәрістер/encode.sh`
    """
    from kz_textkit.corpus.export import export as export_text
    from kz_textkit.corpus.export import export_to_file
    from kz_textkit.corpus.reader import Corpus

    if output is None:
        export_text(Corpus(corpus), format, sys.stdout)
    else:
        export_to_file(Corpus(corpus), format, output)
