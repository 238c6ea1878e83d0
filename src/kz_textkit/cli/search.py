"""The command `concordance`."""

from __future__ import annotations

from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kz_textkit.cli.application import SettingsOption, app, chosen_settings, complain
from kz_textkit.cli.corpora import CorpusArgument
from kz_textkit.cli.options import LongPartOptions, PlottedOptions, shares_options
from kz_textkit.cli.printing import UNBOUNDED, console, one_line, print_note
from kz_textkit.cli.showing import draw, show_table
from kz_textkit.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["concordance"]

LINES = 50
"""Lines of a concordance on the screen, unless more are asked for."""

NODE_WIDTH = 36
"""Columns that the match has at most."""

PLACE_WIDTH = 22
"""Columns that the place has at most."""

NODE_STYLE = "bold red"


@app.command()
@shares_options
def concordance(
    corpus: CorpusArgument,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="A word, or a query in CQL, as above.")],
    part: LongPartOptions,
    table: PlottedOptions,
    context: Annotated[int, typer.Option("--context", "-c", min=0, metavar="N", help="Context on each side.")] = 12,
    unit: Annotated[
        str,
        typer.Option("--unit", metavar="tokens|characters|sentence|paragraph", help="What context is counted in, or all of it."),
    ] = "tokens",
    sort: Annotated[
        str,
        typer.Option(
            "--sort",
            "-s",
            metavar="POSITIONS",
            help="Sort by words around: `1R,2R`, `1L`, `node`, `ending`, `document`, `left`, `right`; text order otherwise.",
        ),
    ] = "",
    thin: Annotated[int, typer.Option("--thin", min=1, metavar="N", help="Every Nth hit only.")] = 1,
    sample: Annotated[int | None, typer.Option("--sample", min=0, metavar="N", help="Only so many hits, at random.")] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, metavar="N", help="The same number draws the same sample.")] = 0,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=0, metavar="N", help="Lines; 0 for all. 50 on the screen, all elsewhere.")
    ] = None,
    offset: Annotated[int, typer.Option("--offset", min=0, metavar="N", help="Lines to pass over.")] = 0,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="WHAT",
            help="Count the hits: by form, lemma, upos, feats, document, lecture, section, kind, page, category, or by a column of the "
            "metadata.",
        ),
    ] = None,
    categories: Annotated[
        Path | None,
        typer.Option("--categories", metavar="FILE", help="Take the column `category` of lines that were exported with -o before."),
    ] = None,
    cite: Annotated[bool, typer.Option("--cite", help="Show each line with its citation, to be copied.")] = False,
    settings: SettingsOption = None,
    contents: Annotated[bool, typer.Option("--contents", help="Search tables of contents too.")] = False,
) -> None:
    """Show words in context: every hit of a query, with the place to cite it by.

    A query is a word (`билік`: a form or a lemma, in capitals or not), a form in quotation marks (`"билі.*"`: a regular expression), or
    a row of tokens in brackets with conditions on `form`, `lemma`, `upos`, `feats` and `is_stop`:

    `[lemma="билік" & upos="NOUN"] []{0,2} [upos="VERB" & feats="Tense=Past"] within s`

    Conditions are joined by `&`, `|`, `!` and parentheses, compared with `=` and `!=`; values are regular expressions for the whole
    value, or for one of the features; `%c` after a value ignores capitals. `[]` is any token; `?`, `*`, `+` and `{2,3}` repeat;
    `("жаңа" | "ескі")` are alternatives; `<s>` is where a sentence begins, `</s>` where it ends. Nothing is found across paragraphs,
    with `within s` nothing across sentences.

    **Examples**

    `kz-textkit concordance corpus/clean билік --sort 1R`

    `kz-textkit concordance corpus/clean '[upos="ADJ"] [lemma="билік"]' --by lemma`

    `kz-textkit concordance corpus/clean билік --kind question --cite`

    `kz-textkit concordance corpus/clean '"қоғам.*" %c' --sample 100 --seed 7 -o қоғам.xlsx`

    `kz-textkit concordance corpus/clean '"қоғам.*" %c' --categories қоғам.xlsx --by category`
    """
    from kz_textkit.corpus.categories import CATEGORY, hits_by_category, read_categories, with_categories
    from kz_textkit.corpus.search import corpus_concordance, corpus_hit_frequencies

    table.check()
    chosen = part.of(corpus)
    searched: dict[str, Any] = {"part": chosen, "contents": contents, "limits": chosen_settings(None, file=settings).limits}
    given = read_categories(categories) if categories is not None else None
    if by == CATEGORY and given is None:
        raise UsageError("hits are counted by category where --categories names a file that has them")
    if by is not None and by != CATEGORY:
        found = corpus_hit_frequencies(corpus, query, by=by, **searched)
    else:
        every = by is not None or not table.on_screen
        shown = (None if every else LINES) if limit is None or by is not None else limit or None
        cut: dict[str, Any] = {"limit": shown, "offset": 0 if by is not None else offset}
        found = corpus_concordance(
            corpus, query, **searched, **cut, context=context, unit=unit, sort=sort, thin=thin, sample=sample, seed=seed
        )
        if given is not None:
            found = with_categories(found, given)
        elif table.output is not None and table.output.suffix.lower() == ".xlsx":
            found[CATEGORY] = ""
    hits = int(found["count"].sum()) if by is not None and by != CATEGORY else int(found.attrs["hits"])
    if not hits:
        meant = "".join(f"; did you mean {hint}?" for hint in found.attrs.get("hints", [])[:1])
        (print if table.on_screen else complain)(f"no hits for {one_line(query)}{meant}")
        if table.on_screen:
            return
    moved = found.attrs.get("moved", 0)
    notes = [("query", query)]
    if by is not None:
        counted = hits_by_category(found) if by == CATEGORY else found
        counted = counted.iloc[offset : offset + limit if limit else None]
        draw(table, lambda: _bars(counted, by))
        show_table(counted, table, wide=by, texts=(by,), said=notes, nothing="")
    elif table.on_screen:
        draw(table, lambda: _bars(_by_lecture(found), "lecture"))
        (_print_cited if cite else _print_kwic)(found)
        _print_extent(len(found), hits, offset, sample, thin)
    else:
        draw(table, lambda: _bars(_by_lecture(found), "lecture"))
        show_table(found, table, said=notes, nothing="")
    if moved:
        complain(f"{moved:,} categories of {categories} are of lines that have another match now: they were left out")


def _bars(table: pd.DataFrame, term: str) -> object:
    from kz_textkit.plots import bars_plot

    return bars_plot(table, term, "count", top=len(table))


def _by_lecture(lines: pd.DataFrame) -> pd.DataFrame:
    return lines.groupby("lecture", sort=False).size().rename("count").reset_index()


def _print_cited(table: pd.DataFrame) -> None:
    """Each line as text, with its citation under it."""
    from rich.text import Text

    out = console(tables=True)
    for left, node, right, cited in table[["left", "node", "right", "citation"]].itertuples(index=False):
        line = Text(f"{one_line(left)} ".lstrip())
        line.append(one_line(node), NODE_STYLE)
        line.append(f" {one_line(right)}")
        out.print(line)
        out.print(Text(f"    {one_line(cited)}", "dim"))


def _print_kwic(table: pd.DataFrame) -> None:
    """Lines with the matches below each other, in the width there is."""
    from rich.cells import cell_len, set_cell_size
    from rich.text import Text

    out = console(tables=True)
    shown = [place or page for place, page in zip(table["place"], table["page"], strict=True)]
    places = [_place(*row) for row in zip(table["document"], table["lecture"], shown, strict=True)]
    nodes = [_cut(one_line(node), NODE_WIDTH) for node in table["node"]]
    place_width = max(map(cell_len, places), default=0)
    node_width = max(map(cell_len, nodes), default=0)
    left_width = (out.width - node_width - place_width - 6) // 2
    right_width = out.width - node_width - place_width - 6 - left_width
    if out.width >= UNBOUNDED:
        left_width, right_width = (max(cell_len(one_line(text)) for text in table[side]) for side in ("left", "right"))
    for left, node, right, place in zip(table["left"], nodes, table["right"], places, strict=True):
        padding = node_width - cell_len(node)
        line = Text(_cut_left(one_line(left), left_width) + "  ", no_wrap=True)
        line.append(" " * (padding // 2))
        line.append(node, NODE_STYLE)
        line.append(" " * (padding - padding // 2) + "  ")
        line.append(set_cell_size(_cut(one_line(right), right_width), right_width))
        line.append(f"  {place}", "dim")
        out.print(line, soft_wrap=True)


def _place(document: str, lecture: str, page: object) -> str:
    """Where a hit stands, in few words: its document and its page, or else lecture."""
    where = f"p. {page}" if isinstance(page, Integral) else page if isinstance(page, str) else ""
    if where or not lecture:
        return f"{_cut(one_line(document), PLACE_WIDTH - len(where) - bool(where))} {where}".rstrip()
    return f"{_cut(one_line(document), PLACE_WIDTH // 2)} {_cut(one_line(lecture), PLACE_WIDTH // 2)}"


def _cut(text: str, width: int) -> str:
    from rich.cells import cell_len, set_cell_size

    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def _cut_left(text: str, width: int) -> str:
    """`text` in just so many columns, its end kept and set to the right."""
    from rich.cells import cell_len

    cut = text
    while cell_len(cut) > width - (cut != text):
        cut = cut[1:]
    cut = cut if cut == text else f"…{cut}"
    return " " * (width - cell_len(cut)) + cut


def _print_extent(lines: int, hits: int, offset: int, sample: int | None, thin: int) -> None:
    kept = -(-hits // thin)
    thinned = f"{kept:,} (every {thin}th of {hits:,})" if thin > 1 else f"{hits:,}"
    among = f"a sample of {min(sample, kept):,} out of {thinned}" if sample is not None and sample < kept else thinned
    what = (
        f"hits {offset + 1:,}–{offset + lines:,} of {among}" if lines < hits or offset else f"{hits:,} {'hit' if hits == 1 else 'hits'}"
    )
    print_note(f"\n{what}")
