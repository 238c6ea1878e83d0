"""The command `concordance`."""

from __future__ import annotations

import sys
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kz_textkit.cli.application import FormatOption, SettingsOption, app, chosen_settings, complain
from kz_textkit.cli.corpora import CorpusArgument
from kz_textkit.cli.parts import DocumentOption, KindOption, LongSectionOption, SubcorpusOption, WhereOption, part_of
from kz_textkit.cli.printing import UNBOUNDED, check_format, console, one_line, print_note, print_rows

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["concordance"]

LINES = 50
"""Lines of a concordance on the screen, unless more are asked for."""

NODE_WIDTH = 36
"""Columns that the match has at most."""

PLACE_WIDTH = 18
"""Columns that the place has at most."""

NODE_STYLE = "bold red"


@app.command()
def concordance(
    corpus: CorpusArgument,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="A word, or a query in CQL, as above.")],
    context: Annotated[int, typer.Option("--context", "-c", min=0, metavar="N", help="Context on each side.")] = 12,
    unit: Annotated[str, typer.Option("--unit", metavar="tokens|characters", help="What context is counted in.")] = "tokens",
    sort: Annotated[
        str,
        typer.Option(
            "--sort",
            "-s",
            metavar="POSITIONS",
            help="Sort by words around: `1R,2R`, `1L`, `node`, `left`, `right`; text order otherwise.",
        ),
    ] = "",
    sample: Annotated[int | None, typer.Option("--sample", min=0, metavar="N", help="Only so many hits, at random.")] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, metavar="N", help="The same number draws the same sample.")] = 0,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=0, metavar="N", help="Lines; 0 for all. 50 on the screen, all elsewhere.")
    ] = None,
    offset: Annotated[int, typer.Option("--offset", min=0, metavar="N", help="Lines to pass over.")] = 0,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="WHAT", help="Count the hits: by form, lemma, upos, feats, document, lecture or section."),
    ] = None,
    section: LongSectionOption = None,
    document: DocumentOption = None,
    kind: KindOption = None,
    where: WhereOption = None,
    subcorpus: SubcorpusOption = None,
    settings: SettingsOption = None,
    contents: Annotated[bool, typer.Option("--contents", help="Search tables of contents too.")] = False,
    format: FormatOption = "table",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file: .csv, .json or .xlsx.")
    ] = None,
) -> None:
    """Show words in context: every hit of a query, with the place to cite it by.

    A query is a word (`билік`: a form or a lemma, in capitals or not), a form in quotation marks (`"билі.*"`: a regular expression), or
    a row of tokens in brackets with conditions on `form`, `lemma`, `upos`, `feats` and `is_stop`:

    `[lemma="билік" & upos="NOUN"] []{0,2} [upos="VERB" & feats="Tense=Past"] within s`

    Conditions are joined by `&`, `|`, `!` and parentheses, compared with `=` and `!=`; values are regular expressions for the whole
    value, or for one of the features; `%c` after a value ignores capitals. `[]` is any token; `?`, `*`, `+` and `{2,3}` repeat;
    `("жаңа" | "ескі")` are alternatives. Nothing is found across paragraphs, with `within s` nothing across sentences.

    **Examples**

    `kz-textkit concordance corpus/clean билік --sort 1R`

    `kz-textkit concordance corpus/clean '[upos="ADJ"] [lemma="билік"]' --by lemma`

    `kz-textkit concordance corpus/clean '"қоғам.*" %c' --sample 100 --seed 7 -o қоғам.xlsx`
    """
    from kz_textkit.corpus.search import corpus_concordance, corpus_hit_frequencies
    from kz_textkit.tables import check_table_path, save_table

    check_format(format)
    if output is not None:
        check_table_path(output)
    part = part_of(corpus, section, document, kind, where, subcorpus)
    on_screen = format == "table" and output is None
    limits = chosen_settings(None, file=settings).limits
    if by is not None:
        table = corpus_hit_frequencies(corpus, query, by=by, part=part, contents=contents, limits=limits)
        hits = int(table["count"].sum())
        table = table.iloc[offset : offset + limit if limit else None]
    else:
        shown = (LINES if on_screen else None) if limit is None else limit or None
        table = corpus_concordance(
            corpus,
            query,
            part=part,
            contents=contents,
            limits=limits,
            context=context,
            unit=unit,
            sort=sort,
            sample=sample,
            seed=seed,
            limit=shown,
            offset=offset,
        )
        hits = table.attrs["hits"]
    if not hits:
        meant = "".join(f"; did you mean {hint}?" for hint in table.attrs.get("hints", [])[:1])
        (print if on_screen else complain)(f"no hits for {one_line(query)}{meant}")
    columns = list(table.columns)
    rows = table.astype(object).where(table.notna(), None).values.tolist()
    if output is not None:
        save_table(output, columns, rows, about=[("query", query), ("command", " ".join(sys.argv[1:]))])
    elif not on_screen or (by is not None and hits):
        print_rows([dict(zip(columns, row, strict=True)) for row in rows], columns, format, numbers=("count", "percent"), wide=by or "")
    elif hits:
        _print_kwic(table)
        _print_extent(len(table), hits, offset, sample)


def _print_kwic(table: pd.DataFrame) -> None:
    """Lines with the matches below each other, in the width there is."""
    from rich.cells import cell_len, set_cell_size
    from rich.text import Text

    out = console(tables=True)
    many = table["document"].nunique() > 1
    shown = [place or page for place, page in zip(table["place"], table["page"], strict=True)]
    places = [_place(*row, many) for row in zip(table["document"], table["section"], shown, strict=True)]
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


def _place(document: str, section: str, page: object, many: bool) -> str:
    """Where a hit stands, in few words: document where there are several, and page, or else section."""
    where = f"p. {page}" if isinstance(page, Integral) else page if isinstance(page, str) else "" if many else one_line(section)
    if not many:
        return _cut(where, PLACE_WIDTH)
    return f"{_cut(one_line(document), PLACE_WIDTH - len(where) - bool(where))} {where}".rstrip()


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


def _print_extent(lines: int, hits: int, offset: int, sample: int | None) -> None:
    among = f"a sample of {min(sample, hits):,} out of {hits:,}" if sample is not None and sample < hits else f"{hits:,}"
    what = (
        f"hits {offset + 1:,}–{offset + lines:,} of {among}" if lines < hits or offset else f"{hits:,} {'hit' if hits == 1 else 'hits'}"
    )
    print_note(f"\n{what}")
