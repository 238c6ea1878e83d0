"""The command `sketch`: the grammatical company of a word."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kz_textkit.cli.application import FormatOption, app, complain
from kz_textkit.cli.corpora import CorpusArgument
from kz_textkit.cli.parts import DocumentOption, KindOption, SectionOption, SubcorpusOption, WhereOption, part_of
from kz_textkit.cli.printing import check_format, one_line, print_rows

__all__ = ["sketch"]

SHOWN = ("relation", "collocate_is", "collocate", "upos", "together", "collocate_count", "log_dice", "meaning")
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file: .csv, .json or .xlsx.")]
NUMBERS = ("together", "collocate_count", "log_dice")


@app.command()
def sketch(
    corpus: CorpusArgument,
    word: Annotated[str, typer.Argument(metavar="WORD", help="The lemma whose company is looked at.")],
    upos: Annotated[str, typer.Option("--upos", "-u", metavar="TAG", help="Look at the word as this part of speech only.")] = "",
    relation: Annotated[str, typer.Option("--relation", metavar="NAME", help="One relation only: nsubj, obj, obl, amod, …")] = "",
    section: SectionOption = None,
    document: DocumentOption = None,
    kind: KindOption = None,
    where: WhereOption = None,
    subcorpus: SubcorpusOption = None,
    min_count: Annotated[int, typer.Option("--min-count", min=1, metavar="N", help="Times together at least.")] = 2,
    top: Annotated[int, typer.Option("--top", "-n", min=0, metavar="N", help="Collocates of each relation; 0 for all.")] = 10,
    format: FormatOption = "table",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file: .csv, .json or .xlsx.")
    ] = None,
) -> None:
    """The sketch of a word: its subjects, objects, adjectives, the verbs it is the object of, each with what stands there most.

    The corpus has to have been made with `kz-textkit run --syntax` (or `--full`).

    **Examples**

    `kz-textkit sketch корпус билік`

    `kz-textkit sketch корпус кітап --relation obj`

    `kz-textkit sketch корпус ал --upos VERB --top 0 -o ал.xlsx`
    """
    from kz_textkit.corpus import Corpus
    from kz_textkit.tables import save_table

    check_format(format)
    opened = Corpus(corpus)
    part = part_of(corpus, section, document, kind, where, subcorpus)
    table = opened.sketch(word, part, upos=upos, relation=relation, min_count=min_count, top=top)
    if table.empty:
        (print if format == "table" and output is None else complain)(f"nothing stands in a relation to {one_line(word)} so often")
    if output is not None:
        save_table(output, list(table.columns), table.values.tolist())
        return
    shown = table.assign(log_dice=table["log_dice"].map("{:.2f}".format)) if format == "table" else table
    rows = [dict(zip(shown.columns, row, strict=True)) for row in shown.values.tolist()]
    if rows or format != "table":
        print_rows(rows, SHOWN, format, numbers=NUMBERS)
