"""Tables of results that show and plot themselves in a notebook, and are DataFrames in all else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from pandas.plotting import PlotAccessor

from kz_textkit.display import html
from kz_textkit.display.numbers import SHORT, is_text, shown_number

if TYPE_CHECKING:
    from kz_textkit.plots import Plot

__all__ = ["ResultTable", "as_result"]

ROWS = 30
"""Rows that a notebook shows; a concordance of more is cut likewise."""
LONGEST, SIDE = 120, 60
"""Characters of a cell, and of a side of a concordance line, that are shown."""
KIND, ABOUT = "kind", "about"
HIDDEN = {
    "keywords": ("chi_square", "chi_square_p_value", "diff_percent", "reference_per_million", "doc_id", "section_id"),
    "dispersion": ("at", "doc_id", "section_id"),
    "concordance": ("section_id", "block_id", "sentence_id", "token_id", "raw_start", "raw_end", "page", "section"),
    "each": ("doc_id", "section_id"),
    "collocates": ("dice", "mi3", "z_score"),
}
"""Columns of a kind of table that are not shown, and are there."""
LINE = {"left": "before", "node": "centre", "right": "after"}
FIRST = {"keywords": ("title", "term"), "each": ("title", "rank", "term"), "dispersion": ("term", "title")}


class ResultTable(pd.DataFrame):
    """A DataFrame that a method of `Corpus` gave: in a notebook it shows numbers as they are read and concordances line by line, and
    `table.plot()` is the picture that belongs to it. `table.plot.bar(…)` and all else are those of pandas.

    `attrs["kind"]` says what it is, `attrs["about"]` of what.
    """

    @property
    def _constructor(self) -> type[ResultTable]:
        return ResultTable

    @property
    def plot(self) -> Any:
        """The picture of the table, when called without arguments but `title`, `top` and `language`; else pandas' `plot`."""
        return _ResultPlot(self)

    def _repr_html_(self) -> str:
        kind, about = str(self.attrs.get(KIND, "")), str(self.attrs.get(ABOUT, ""))
        names = [name for name in self.columns if name not in HIDDEN.get(kind, ())]
        first = [name for name in FIRST.get(kind, ()) if name in names]
        names = [*first, *(name for name in names if name not in first)]
        shown = self.head(ROWS)
        columns = [[_cell(str(name), value) for value in shown[name].tolist()] for name in names]
        alignments = [_alignment(kind, str(name), self[name]) for name in names]
        heads = [SHORT.get(str(name), str(name).replace("_", " ")) for name in names]
        left = len(self) - len(shown)
        hits = self.attrs.get("hits")
        more = [f"{hits:,} hits"] if isinstance(hits, int) else []
        more += [f"… and {left:,} more rows"] if left > 0 else []
        body = html.table(heads, zip(*columns, strict=True), alignments) if names else ""
        return f"<div>{html.note(about)}{body}{html.note('; '.join(more))}</div>"


def as_result(table: pd.DataFrame, kind: str, about: str = "") -> ResultTable:
    """`table` as one that shows itself; `kind` says how, `about` of what it is."""
    result = ResultTable(table)
    result.attrs = {**table.attrs, KIND: kind, ABOUT: about}
    return result


class _ResultPlot(PlotAccessor):
    """`table.plot` of a result."""

    def __init__(self, data: ResultTable) -> None:
        super().__init__(data)
        self._result = data

    def __call__(self, *args: Any, **options: Any) -> Any:
        kind = str(self._result.attrs.get(KIND, ""))
        if args or set(options) - {"title", "top", "language"} or kind not in _DRAWN:
            return super().__call__(*args, **options)
        return _drawn(self._result, kind, options)


def _drawn(table: ResultTable, kind: str, options: dict[str, Any]) -> Plot:
    from kz_textkit import plots  # matplotlib is an extra, and takes a second to load.

    frame = pd.DataFrame(table)
    name, arguments = _DRAWN[kind]
    draw = getattr(plots, name)
    if kind == "collocates":
        arguments = (str(table.attrs.get("node", "")),)
    if kind == "keywords" and "title" in table:
        draw, arguments = plots.parts_plot, ("log_likelihood",)
    if kind == "frequencies":
        arguments = (next(name for name in ("lemma", "form") if name in table), "count")
    if kind == "concordance":
        frame = frame.groupby("lecture", sort=False).size().rename("count").reset_index()
    if kind == "composition":
        arguments = (str(table.columns[0]), "words")
    return draw(frame, *arguments, **options)


_DRAWN: dict[str, tuple[str, tuple[str, ...]]] = {
    "frequencies": ("bars_plot", ()),
    "keywords": ("keywords_plot", ()),
    "collocates": ("collocates_plot", ()),
    "network": ("network_plot", ()),
    "ngrams": ("bars_plot", ("ngram", "count")),
    "terms": ("bars_plot", ("term", "c_value")),
    "each": ("parts_plot", ("count",)),
    "across": ("across_plot", ()),
    "dispersion": ("dispersion_plot", ()),
    "trend": ("trend_plot", ()),
    "growth": ("growth_plot", ()),
    "coverage": ("coverage_plot", ()),
    "composition": ("bars_plot", ()),
    "concordance": ("bars_plot", ("lecture", "count")),
}
"""The function of `kz_textkit.plots` that draws a kind of table, and its arguments after it."""


def _alignment(kind: str, name: str, values: pd.Series[Any]) -> str:
    if kind == "concordance" and name in LINE:
        return LINE[name]
    return "left" if is_text(name, values) else "right"


def _cell(name: str, value: Any) -> str:
    shown = shown_number(name, value)
    if shown is None or shown is pd.NA:
        return ""
    text = f"{shown:,}" if isinstance(shown, int) and not isinstance(shown, bool) and "year" not in name.lower() else str(shown)
    longest = SIDE if name in ("left", "right") else LONGEST
    if len(text) <= longest:
        return text
    return f"…{text[-longest:]}" if name == "left" else f"{text[:longest]}…"
