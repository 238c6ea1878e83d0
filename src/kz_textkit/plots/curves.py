"""Curves: how the vocabulary grows, how much few words cover, and how often terms are used from year to year."""

from __future__ import annotations

import pandas as pd
from matplotlib.ticker import NullFormatter

from kz_textkit.plots.figure import COLOURS, Plot, drawn, new_plot, of_axis, shortened
from kz_textkit.plots.labels import LANGUAGE, label, number

__all__ = ["coverage_plot", "growth_plot", "trend_plot"]

SIZE = (7.0, 4.0)


@drawn
def growth_plot(table: pd.DataFrame, *, title: str = "", language: str = LANGUAGE) -> Plot:
    """Different words, and those that occurred once so far, by the words of the text read: the columns tokens, types and hapaxes.

    >>> from kz_textkit.stats.vocabulary import growth_curve
    >>> growth_plot(growth_curve("билік пен билік туралы".split())).axes[0].get_ylabel()
    'әртүрлі сөздер'
    """
    plot, (axes,) = new_plot(*SIZE)
    for name, colour, dashes in (("types", COLOURS[0], "-"), ("hapaxes", COLOURS[1], "--")):
        axes.plot(table["tokens"], table[name], dashes, color=colour, label=label(name, language), linewidth=1.8)
    of_axis(axes, language, x="tokens", y="types")
    axes.set_xlim(left=0)
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False, loc="upper left")
    if title:
        axes.set_title(shortened(title, 80), loc="left")
    return plot


@drawn
def coverage_plot(table: pd.DataFrame, *, title: str = "", language: str = LANGUAGE) -> Plot:
    """How much of the text the commonest words cover: the columns rank and coverage."""
    plot, (axes,) = new_plot(*SIZE)
    axes.plot(table["rank"], table["coverage"], color=COLOURS[0], linewidth=1.8)
    of_axis(axes, language, y="coverage")
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(lambda value, _: number(value, language))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.set_xlabel(label("rank", language))
    axes.set_ylim(0, 1)
    if title:
        axes.set_title(shortened(title, 80), loc="left")
    return plot


@drawn
def trend_plot(table: pd.DataFrame, *, title: str = "", language: str = LANGUAGE) -> Plot:
    """How often terms are used from year to year, a line a term, with a band of 95 % confidence: the columns that
    `kz_textkit.stats.trend.trend` gives, term, the column of years, per_million, low and high.
    """
    by = str(table.attrs.get("by", table.columns[1]))
    plot, (axes,) = new_plot(*SIZE)
    for turn, (term, rows) in enumerate(table.groupby("term", sort=False)):
        colour, years = COLOURS[turn % len(COLOURS)], rows[by].astype(float)
        axes.fill_between(years, rows["low"], rows["high"], color=colour, alpha=0.16, linewidth=0)
        axes.plot(years, rows["per_million"], "-o", color=colour, label=shortened(str(term), 40), linewidth=1.6, markersize=4)
    of_axis(axes, language, x="", y="per_million")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.set_xlabel(f"{by}\n({label('band', language)})")
    axes.set_ylim(bottom=0)
    if len(table):
        axes.legend(frameon=False)
    if title:
        axes.set_title(shortened(title, 80), loc="left")
    return plot
