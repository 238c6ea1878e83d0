"""Tables of statistics on the screen, in a file, or drawn: what the commands of statistics do with what they counted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kz_textkit.cli.application import complain
from kz_textkit.cli.options import PlottedOptions, TableOptions
from kz_textkit.cli.printing import one_line, print_excel, print_note, print_rows
from kz_textkit.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from kz_textkit.corpus import Corpus
    from kz_textkit.corpus.part import Part

__all__ = ["about_part", "draw", "first", "show_table"]

TITLE_WIDTH = 36
"""Characters of the title of a part that are shown, beside its first term."""


def about_part(corpus: Corpus, part: Part) -> str:
    """What a table is of, where it is not of the whole corpus."""
    return corpus.name_of(part) if part else ""


def first(table: pd.DataFrame, top: int) -> pd.DataFrame:
    """The `top` first rows, or all for 0."""
    return table.head(top) if top else table


def draw(options: PlottedOptions, plot: Callable[[], Any]) -> None:
    """Write the plot that is asked for, if one is."""
    if options.plot is not None:
        from kz_textkit.plots import save_plot

        save_plot(plot(), options.plot)


def show_table(
    table: pd.DataFrame,
    options: TableOptions,
    *,
    shown: Sequence[str] = (),
    wide: str = "",
    nothing: str = "no words were found",
    about: str = "",
    notes: Sequence[str] = (),
    texts: Sequence[str] = (),
    said: Sequence[tuple[str, str]] = (),
) -> None:
    """Print a table, or write it to a file: the columns that are chosen, or all, of which a screen has `shown`.

    `nothing` is said where it has no rows; `about` says what it is of, and `notes` more of it; `wide` is the column that takes what
    room is left; `texts` are columns that are no numbers, whatever their values; `said` are names and values that a sheet of Excel has
    on its second page.
    """
    on_screen = options.on_screen
    if table.empty and nothing:
        (print if on_screen else complain)(nothing)
    columns = _chosen(table, options.columns) or (
        [name for name in shown or table.columns if name in table] if on_screen else list(table.columns)
    )
    rows = table[columns].astype(object).where(table[columns].notna(), None).values.tolist()
    if options.output is not None:
        sheet = [*said, ("part", about or "the whole corpus"), *(("note", text) for text in notes)]
        _save(options.output, columns, rows, sheet, excel=options.excel)
    elif options.excel:
        print_excel(columns, rows)
    elif not on_screen or rows:
        _print(table, columns, rows, options, wide, texts)
    if on_screen:
        for line in filter(None, (about, *notes)):
            print_note(one_line(line))


def _save(path: Path, columns: list[str], rows: list[list[Any]], said: Sequence[tuple[str, str]], *, excel: bool) -> None:
    from kz_textkit.cli.printing import decimal_point
    from kz_textkit.tables import save_table

    command = ("command", " ".join(["kz-textkit", *sys.argv[1:]]))
    save_table(path, columns, rows, about=[command, *said], decimal=decimal_point() if excel else None)


def _print(
    table: pd.DataFrame, columns: list[str], rows: list[list[Any]], options: TableOptions, wide: str, texts: Sequence[str]
) -> None:
    from kz_textkit.display.numbers import SHORT, is_text, shown_number

    names, cells = columns, rows
    numbers = [name for name in columns if name not in texts and not is_text(name, table[name])]
    if options.on_screen:
        names = [SHORT.get(name, name) for name in columns]
        cells = [[shown_number(name, value) for name, value in zip(columns, row, strict=True)] for row in rows]
        if columns[0] == "title":
            before = [None, *(row[0] for row in rows)]
            for row, title, last in zip(cells, [row[0] for row in rows], before, strict=False):
                row[0] = "" if title == last else title if len(title) <= TITLE_WIDTH else title[: TITLE_WIDTH - 1] + "…"
        numbers = [SHORT.get(name, name) for name in numbers]
    print_rows([dict(zip(names, row, strict=True)) for row in cells], names, options.format, numbers=numbers, wide=wide)


def _chosen(table: pd.DataFrame, names: str | None) -> list[str]:
    chosen = [name.strip() for name in (names or "").split(",") if name.strip()]
    for name in chosen:
        if name not in table:
            raise UsageError(f"there is no column {name}: choose from {', '.join(map(str, table.columns))}")
    return chosen
