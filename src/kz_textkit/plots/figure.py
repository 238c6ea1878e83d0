"""What all plots share: the figure, its looks, and how it becomes a file.

There is no `pyplot` here, and so no window and no figure that somebody has to close. The looks of matplotlib are changed while a plot
is drawn or written and put back after it, by one thread at a time (`drawn`). The font is DejaVu Sans, which comes with matplotlib and
has all letters of Kazakh. Colours: M. Okabe, K. Ito, *Color Universal Design*, 2008, which people who confuse
red and green can tell apart.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from pathlib import Path
from threading import RLock
from typing import Any, ParamSpec

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from kz_textkit.errors import UsageError
from kz_textkit.plots.labels import label, number
from kz_textkit.writing import check_place, write_whole

__all__ = [
    "ACCENT",
    "COLOURS",
    "FAINT",
    "INK",
    "PLOT_FORMATS",
    "Plot",
    "check_plot_path",
    "drawn",
    "new_plot",
    "of_axis",
    "save_plot",
    "shortened",
]

PLOT_FORMATS = (".svg", ".png", ".pdf")
DOTS_PER_INCH = 150

INK, FAINT = "#22303c", "#d5dbe1"
ACCENT = "#0072b2"
COLOURS = (ACCENT, "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a7a7a")
"""Colours of lines and terms, in the order in which they are used."""

STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": "#8a97a3",
    "axes.linewidth": 0.8,
    "axes.titlesize": 10.0,
    "axes.titleweight": "bold",
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.fonttype": "none",
    "svg.hashsalt": "kz-textkit",
    "pdf.fonttype": 42,
    "text.parse_math": False,
    "text.usetex": False,
}
"""Looks. A term is data: `$` in it begins no formula. Letters stay letters in SVG, so that they can be searched and edited."""
_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}
"""Not the hour and not the version: the same table is the same file."""


_DRAWING = RLock()
_Arguments = ParamSpec("_Arguments")


class Plot(Figure):
    """A figure that shows itself in a notebook, and becomes a file by `svg`, `png` and `save`."""

    def svg(self) -> str:
        """The plot as SVG, the same every time."""
        return _written(self, "svg").decode()

    def png(self) -> bytes:
        """The plot as PNG."""
        return _written(self, "png")

    def save(self, path: str | Path) -> None:
        """Write the plot to a file, `.svg`, `.png` or `.pdf`; raises `UsageError` for another suffix, or where it can't be written."""
        save_plot(self, Path(path))

    def _repr_svg_(self) -> str:
        return self.svg()


def drawn(draw: Callable[_Arguments, Plot]) -> Callable[_Arguments, Plot]:
    """A function that makes a plot, so that it makes it with our looks, and lays it out once and for all: matplotlib would do so anew,
    and a hair's breadth elsewhere, each time that it is saved."""

    @wraps(draw)
    def draw_in_style(*arguments: _Arguments.args, **options: _Arguments.kwargs) -> Plot:
        with _DRAWING, rc_context(STYLE):
            plot = draw(*arguments, **options)
            plot.draw_without_rendering()
            plot.set_layout_engine("none")
            return plot

    return draw_in_style


def new_plot(width: float, height: float, rows: int = 1, columns: int = 1, **options: Any) -> tuple[Plot, list[Axes]]:
    """A plot of `width` by `height` inches with its axes, row by row, without the upper and right lines."""
    plot = Plot(figsize=(width, height), layout="constrained")
    axes = list(plot.subplots(rows, columns, squeeze=False, **options).flat)
    for one in axes:
        one.spines[["top", "right"]].set_visible(False)
    return plot, axes


def of_axis(axes: Axes, language: str, *, x: str | None = None, y: str | None = None) -> None:
    """Name the axes that count something, and write their numbers as the language has them."""
    for axis, key in ((axes.xaxis, x), (axes.yaxis, y)):
        if key is not None:
            axis.set_label_text(label(key, language))
            axis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]))
            axis.set_major_formatter(FuncFormatter(lambda value, _: number(round(value, 6), language)))


def shortened(text: str, length: int) -> str:
    """`text`, cut to `length` characters where it is longer.

    >>> shortened("Саяси жүйе және билік", 12)
    'Саяси жүйе…'
    """
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def check_plot_path(path: Path) -> None:
    """Raise `UsageError` where a plot can't be saved under this name, or something other than a file has it."""
    if path.suffix.lower() not in PLOT_FORMATS:
        raise UsageError(f"{path}: a plot is written to a file that ends in {', '.join(PLOT_FORMATS[:-1])} or {PLOT_FORMATS[-1]}")
    check_place(path)


def save_plot(plot: Figure, path: Path) -> None:
    """Write a plot to a file, in the format that its suffix names.

    Raises `UsageError` for another suffix than `PLOT_FORMATS`, and where the file can't be written.
    """
    check_plot_path(path)
    try:
        write_whole(path, _written(plot, path.suffix.lower()[1:]))
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror or error}") from None


def _written(plot: Figure, form: str) -> bytes:
    file = BytesIO()
    with _DRAWING, rc_context(STYLE):
        plot.savefig(file, format=form, dpi=DOTS_PER_INCH, metadata=_METADATA[form])
    return file.getvalue()
