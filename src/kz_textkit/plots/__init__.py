"""Pictures of the tables that the statistics give: each function takes a table and returns a `Plot`, a matplotlib Figure that is the
same file every time it is saved as SVG, PNG or PDF, and shows itself in a notebook.

They need matplotlib, which `pip install 'kz-textkit[plots]'` brings; without it the import of this package raises `UsageError`, in one
line that says so. Labels are in Kazakh, unless `language` says otherwise (`labels.tsv`).
"""

from __future__ import annotations

from importlib.util import find_spec

from kz_textkit.errors import UsageError

if find_spec("matplotlib") is None:
    raise UsageError("plots need matplotlib, which is not installed: pip install 'kz-textkit[plots]'")

from kz_textkit.plots.bars import bars_plot, keywords_plot, parts_plot
from kz_textkit.plots.curves import coverage_plot, growth_plot, trend_plot
from kz_textkit.plots.figure import PLOT_FORMATS, Plot, check_plot_path, save_plot
from kz_textkit.plots.network import collocates_plot, network_places, network_plot
from kz_textkit.plots.spread import across_plot, dispersion_plot

__all__ = [
    "PLOT_FORMATS",
    "Plot",
    "across_plot",
    "bars_plot",
    "check_plot_path",
    "collocates_plot",
    "coverage_plot",
    "dispersion_plot",
    "growth_plot",
    "keywords_plot",
    "network_places",
    "network_plot",
    "parts_plot",
    "save_plot",
    "trend_plot",
]
