"""Terms as bars: frequencies, keywords with their confidence intervals, and the first terms of every part side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kz_textkit.plots.figure import ACCENT, COLOURS, INK, Plot, drawn, new_plot, of_axis, shortened
from kz_textkit.plots.labels import LANGUAGE, label, number

__all__ = ["bars_plot", "keywords_plot", "parts_plot"]

BAR = 0.27
"""Inches that a bar takes."""
WIDTH = 7.0
TERM_LENGTH, TITLE_LENGTH = 34, 32
"""Characters of a term and of a title that are shown."""
INTERVAL = ("log_ratio_low", "log_ratio_high")


@drawn
def bars_plot(table: pd.DataFrame, term: str, value: str, *, top: int = 20, title: str = "", language: str = LANGUAGE) -> Plot:
    """The first `top` rows of a table as bars: the column `term` names them, and `value` is how long they are.

    >>> bars_plot(pd.DataFrame({"lemma": ["билік", "заң"], "count": [12, 5]}), "lemma", "count").axes[0].get_xlabel()
    'жиілігі'
    """
    shown = table.head(top)
    plot, (axes,) = new_plot(WIDTH, 0.9 + BAR * max(len(shown), 1))
    _bars(axes, [str(name) for name in shown[term]], shown[value].tolist(), language)
    of_axis(axes, language, x=value)
    _head(axes, title, shown, language)
    return plot


@drawn
def keywords_plot(table: pd.DataFrame, value: str = "log_ratio", *, top: int = 20, title: str = "", language: str = LANGUAGE) -> Plot:
    """Keywords as bars, with the 95 % confidence interval of the log ratio where the table has it, and the two counts beside them.

    `table` is what `kz_textkit.corpus.statistics.corpus_keywords` gives: term, count, reference_count and the measures. Where it has
    the keywords of several parts (the column title), `parts_plot` is what shows them.
    """
    if "title" in table.columns:
        return parts_plot(table, value, title=title, language=language)
    shown = table.head(top)
    values = shown[value].tolist()
    plot, (axes,) = new_plot(WIDTH, 0.9 + BAR * max(len(shown), 1))
    _bars(axes, shown["term"].tolist(), values, language, texts=_counts(shown, language))
    if value == "log_ratio" and set(INTERVAL) <= set(shown.columns):
        reach = np.abs(shown[list(INTERVAL)].to_numpy(dtype=float).T - np.asarray(values, dtype=float))
        axes.errorbar(values, range(len(shown)), xerr=reach, fmt="none", ecolor=INK, elinewidth=0.9, capsize=2)
    of_axis(axes, language, x=value)
    _head(axes, title, shown, language)
    return plot


@drawn
def parts_plot(
    table: pd.DataFrame, value: str = "log_likelihood", *, top: int = 5, columns: int = 3, title: str = "", language: str = LANGUAGE
) -> Plot:
    """The first `top` terms of every part, a small plot each, in the order of the table: the columns title, term and `value`."""
    keys = [name for name in ("doc_id", "section_id", "title") if name in table.columns]
    groups = [rows.head(top) for _, rows in table.groupby(keys, sort=False, dropna=False)]
    columns = max(min(columns, len(groups)), 1)
    lines = max(-(-len(groups) // columns), 1)
    plot, axes = new_plot(3.6 * columns, 0.5 + lines * (0.75 + BAR * top), lines, columns, sharex=True)
    for one, rows in zip(axes, groups, strict=False):
        _bars(one, rows["term"].tolist(), rows[value].tolist(), language, rows=top, length=22)
        one.set_title(shortened(str(rows["title"].iloc[0]), TITLE_LENGTH), loc="left", fontsize=9)
        one.tick_params(labelbottom=True)
        of_axis(one, language, x=value)
        one.set_xlabel("")
    for one in axes[len(groups) :]:
        one.set_visible(False)
    plot.supxlabel(label(value, language), fontsize=9)
    if title:
        plot.suptitle(title, fontsize=10, fontweight="bold")
    return plot


def _bars(
    axes: Axes,
    names: Sequence[str],
    values: Sequence[float],
    language: str,
    *,
    texts: Sequence[str] = (),
    rows: int = 0,
    length: int = TERM_LENGTH,
) -> None:
    """Bars from above to below, negative ones in another colour; `rows` is how many there is room for."""
    places = range(len(names))
    axes.barh(places, values, height=0.66, color=[ACCENT if value >= 0 else COLOURS[1] for value in values])
    axes.set_yticks(places, [shortened(name, length) for name in names])
    axes.set_ylim(max(len(names), rows, 1) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.axvline(0, color=INK, linewidth=0.8)
    if texts:
        on_right = axes.secondary_yaxis("right")
        on_right.set_yticks(places, texts)
        on_right.tick_params(length=0, labelsize=8, labelcolor="#5b6872")
        on_right.spines["right"].set_visible(False)


def _counts(table: pd.DataFrame, language: str) -> list[str]:
    counts = zip(table["count"].tolist(), table["reference_count"].tolist(), strict=True)
    return [f"{number(count, language)} : {number(other, language)}" for count, other in counts]


def _head(axes: Axes, title: str, shown: pd.DataFrame, language: str) -> None:
    if title:
        axes.set_title(shortened(title, 80), loc="left")
    if shown.empty:
        axes.text(0.5, 0.5, label("nothing", language), transform=axes.transAxes, ha="center")
