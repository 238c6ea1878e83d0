"""The commands `composition` and `subcorpus`: what a corpus is made of, and names for parts of it."""

from __future__ import annotations

from typing import Annotated

import typer

from kz_textkit.cli.application import FormatOption, app
from kz_textkit.cli.corpora import CorpusArgument
from kz_textkit.cli.messages import said
from kz_textkit.cli.options import PartOptions, PlottedOptions, shares_options
from kz_textkit.cli.parts import DocumentOption, KindOption, SectionOption, WhereOption, part_of
from kz_textkit.cli.printing import check_format, one_line, print_rows
from kz_textkit.cli.showing import about_part, draw, show_table

__all__ = ["composition", "subcorpus"]


@app.command()
@shares_options
def composition(
    corpus: CorpusArgument,
    part: PartOptions,
    table: PlottedOptions,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", "-b", metavar="COLUMN", help="Column of the metadata, such as `genre`; document otherwise. Repeatable."),
    ] = None,
) -> None:
    """What a corpus is made of: documents, words and different terms, by what the metadata say.

    **Examples**

    `kz-textkit composition corpus/clean --by genre`

    `kz-textkit composition corpus/clean --by genre --by year --format csv`
    """
    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.statistics import composition as composition_of

    table.check()
    opened, columns = Corpus(corpus), by or ["doc_id"]
    chosen = part.of(corpus)
    made_of = composition_of(opened, columns, chosen, by=opened.default_terms)

    def plot() -> object:
        from kz_textkit.plots import bars_plot

        return bars_plot(made_of, columns[0], "words", top=len(made_of))

    draw(table, plot)
    show_table(made_of, table, wide=columns[0], texts=columns, about=about_part(opened, chosen))


@app.command()
def subcorpus(
    corpus: CorpusArgument,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Name of the part; without one, all are listed.")] = None,
    section: SectionOption = None,
    document: DocumentOption = None,
    kind: KindOption = None,
    where: WhereOption = None,
    remove: Annotated[bool, typer.Option("--remove", help="Forget the name.")] = False,
    format: FormatOption = "table",
) -> None:
    """Give a part of a corpus a name, for `--in NAME` and `--against NAME` of the other commands.

    **Examples**

    `kz-textkit subcorpus corpus/clean заңдар --where "genre = 'заң' and year >= 1991"`

    `kz-textkit keywords corpus/clean --in заңдар --against романдар`

    `kz-textkit subcorpus corpus/clean`
    """
    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.part import tokens_of_part
    from kz_textkit.corpus.subcorpora import save_subcorpus, saved_subcorpora

    check_format(format)
    opened = Corpus(corpus)
    if name is None:
        rows = [{"name": name, "part": opened.name_of(part)} for name, part in saved_subcorpora(opened.path).items()]
        if format == "table" and not rows:
            print(said("no subcorpus is saved"))
        else:
            print_rows(rows, ("name", "part"), format, wide="part")
    elif remove:
        save_subcorpus(opened.path, name, None)
    else:
        part = part_of(corpus, section, document, kind, where, None)
        tokens_of_part(opened.tables, part)
        save_subcorpus(opened.path, name, part)
        print(f"{one_line(name)}: {one_line(opened.name_of(part))}")
