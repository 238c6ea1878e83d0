"""Where terms stand in a text: the dispersion plot, and the table of terms by parts as a map of colours."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap

from kz_textkit.plots.figure import ACCENT, COLOURS, FAINT, Plot, drawn, new_plot, of_axis, shortened
from kz_textkit.plots.labels import LANGUAGE, number

__all__ = ["across_plot", "dispersion_plot"]

ROW, CELL = 0.5, 0.30
"""Inches of a term's row in a dispersion plot, and of a cell in a map."""
PARTS_NAMED = 24
"""Parts that have room for a number above the plot."""
PAPER_TO_ACCENT = LinearSegmentedColormap.from_list("kz", ["#ffffff", ACCENT])


@drawn
def dispersion_plot(table: pd.DataFrame, *, title: str = "", language: str = LANGUAGE) -> Plot:
    """Where terms stand: a line for each occurrence, the parts of the text one after the other along the axis.

    `table` is what `kz_textkit.stats.occurrences.spread` gives: a row for each term and part with the columns term, words (of the part)
    and at (numbers of the words, from 1, with spaces between).

    >>> table = pd.DataFrame({"term": ["билік", "билік"], "title": ["1", "2"], "words": [9, 11], "at": ["2 5", "1"]})
    >>> [round(x) for x in dispersion_plot(table).axes[0].get_xlim()]
    [0, 20]
    """
    terms = list(dict.fromkeys(table["term"]))
    plot, (axes,) = new_plot(8.0, 1.1 + ROW * max(len(terms), 1))
    ends = [0]
    for row, term in enumerate(terms):
        rows = table[table["term"] == term]
        sizes = rows["words"].to_numpy(dtype=np.int64)
        ends = [0, *np.cumsum(sizes).tolist()]
        places = [start + int(at) - 0.5 for start, cell in zip(ends, rows["at"], strict=False) for at in str(cell).split()]
        axes.vlines(places, row - 0.36, row + 0.36, color=COLOURS[row % len(COLOURS)], linewidth=0.7)
    for border in ends:
        axes.axvline(border, color=FAINT, linewidth=0.8, zorder=0)
    count = len(ends) - 1
    if 1 < count <= PARTS_NAMED:
        above = axes.secondary_xaxis("top")
        middles = [(a + b) / 2 for a, b in pairwise(ends)]
        above.set_xticks(middles, [str(n) for n in range(1, count + 1)])
        above.tick_params(length=0, labelsize=8, labelcolor="#5b6872")
        above.spines["top"].set_visible(False)
    axes.set_yticks(range(len(terms)), [f"{shortened(term, 26)}  {number(_count(table, term), language)}" for term in terms])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(max(len(terms), 1) - 0.5, -0.5)
    axes.set_xlim(0, max(ends[-1], 1))
    of_axis(axes, language, x="position")
    if title:
        axes.set_title(shortened(title, 80), loc="left")
    return plot


@drawn
def across_plot(table: pd.DataFrame, *, top: int = 30, title: str = "", language: str = LANGUAGE) -> Plot:
    """How often terms occur in each part, darker where they are more: `table` has the terms in its first column, count in the second,
    and a column for each part (`kz_textkit.stats.frequency_list.terms_by_part`)."""
    shown = table.head(top)
    parts = [str(name) for name in shown.columns[2:]]
    cells = shown[shown.columns[2:]].to_numpy(dtype=float)
    plot, (axes,) = new_plot(1.8 + max(CELL * 1.5 * len(parts), 2.5), 1.0 + CELL * max(len(shown), 1) + (1.2 if _long(parts) else 0))
    if cells.size:
        axes.imshow(cells, aspect="auto", cmap=PAPER_TO_ACCENT, vmin=0)
    darkest = cells.max(initial=1)
    for i, j in np.argwhere(cells > 0).tolist():
        colour = "white" if cells[i, j] > 0.55 * darkest else "#22303c"
        axes.text(j, i, number(cells[i, j], language), ha="center", va="center", fontsize=7.5, color=colour)
    axes.set_yticks(range(len(shown)), [shortened(term, 30) for term in shown.iloc[:, 0].astype(str)])
    axes.set_xticks(
        range(len(parts)),
        [shortened(name, 24) for name in parts],
        rotation=60 if _long(parts) else 0,
        ha="left" if _long(parts) else "center",
    )
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    if title:
        axes.set_title(shortened(title, 80), loc="left")
    return plot


def _long(names: list[str]) -> bool:
    return max(map(len, names), default=0) > 4


def _count(table: pd.DataFrame, term: str) -> int:
    return sum(len(str(cell).split()) for cell in table.loc[table["term"] == term, "at"])
