"""The commands `dispersion` and `trend`: how terms are used over the parts of a text, and over the years."""

from __future__ import annotations

from typing import Annotated

import typer

from kz_textkit.cli.application import app
from kz_textkit.cli.corpora import CorpusArgument
from kz_textkit.cli.options import PartOptions, PartsOption, PlottedOptions, TermOptions, shares_options
from kz_textkit.cli.showing import about_part, draw, show_table

__all__ = ["dispersion", "trend"]

TermsArgument = Annotated[list[str], typer.Argument(metavar="WORD...", help="Lemmas, or forms with `--form`, in capitals or not.")]


@app.command()
@shares_options
def dispersion(
    corpus: CorpusArgument,
    words: TermsArgument,
    terms: TermOptions,
    part: PartOptions,
    table: PlottedOptions,
    parts: PartsOption = "lecture",
) -> None:
    """Where terms stand: how often in each part of a text, and how evenly (Gries' DP: 0 is even, near 1 is all in one small part).

    **Examples**

    `kz-textkit dispersion corpus/clean билік элита --plot таралу.svg`

    `kz-textkit dispersion corpus/clean сайлау --parts document --format csv`
    """
    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.usage import corpus_spread

    table.check()
    opened, chosen = Corpus(corpus), part.of(corpus)
    found = corpus_spread(opened, words, chosen, by=terms.way(opened), parts=parts)

    def plot() -> object:
        from kz_textkit.plots import dispersion_plot

        return dispersion_plot(found)

    draw(table, plot)
    even = [f"{term}: DP {value:.3f}" for term, value in found.attrs["dp"].items()]
    about = about_part(opened, chosen)
    show_table(found, table, shown=("term", "title", "count", "per_million", "words"), wide="title", about=about, notes=even)


@app.command()
@shares_options
def trend(
    corpus: CorpusArgument,
    words: TermsArgument,
    terms: TermOptions,
    part: PartOptions,
    table: PlottedOptions,
    over: Annotated[
        str, typer.Option("--over", metavar="COLUMN", help="Column of the metadata with a year, a date or another number.")
    ] = "year",
) -> None:
    """How often terms are used from year to year, with 95 % confidence, and whether that is a trend (Mann and Kendall's test).

    tau is 1 where it always rises and -1 where it always falls; p is the probability of that by chance; slope is Sen's, the median
    change per year. Documents without a year are left out.

    **Examples**

    `kz-textkit trend corpus/clean тіл дін --plot тренд.svg`

    `kz-textkit trend corpus/clean тіл --over date --where "genre = 'газет'" --format csv`
    """
    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.usage import corpus_trend

    table.check()
    opened, chosen = Corpus(corpus), part.of(corpus)
    found = corpus_trend(opened, words, chosen, over=over, by=terms.way(opened))

    def plot() -> object:
        from kz_textkit.plots import trend_plot

        return trend_plot(found)

    draw(table, plot)
    tests = found.drop_duplicates("term")
    said = [
        f"{term}: tau {tau:.2f}, p {p:.3f}, {slope:+,.1f} per million a unit of {over}"
        if tau == tau
        else f"{term}: no trend can be seen"
        for term, tau, p, slope in zip(tests["term"], tests["tau"], tests["p_value"], tests["slope"], strict=True)
    ]
    left_out = [f"left out, for they have no {over}: {found.attrs['without']:,} documents"] if found.attrs["without"] else []
    columns = ("term", over, "count", "per_million", "low", "high", "words", "documents")
    show_table(found, table, shown=columns, texts=(over,), about=about_part(opened, chosen), notes=[*said, *left_out])
