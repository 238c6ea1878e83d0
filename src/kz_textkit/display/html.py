"""Pieces of HTML for notebooks: tables, concordance lines, and raw text beside clean. Colours are those of the page, light or dark.

Whatever a text has in it is shown to the letter: nothing of it becomes markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

__all__ = ["changed", "note", "side_by_side", "table", "titled", "visible"]

CELL = "padding:.2em .7em;vertical-align:top;border-bottom:1px solid rgba(128,128,128,.25);"
ALIGNED = {
    "left": "text-align:left;",
    "right": "text-align:right;",
    "centre": "text-align:center;font-weight:bold;white-space:nowrap;",
    "before": "text-align:right;white-space:nowrap;",
    "after": "text-align:left;white-space:nowrap;",
}
"""How cells are set; before and after are the two sides of a concordance line, whose middle is the centre."""
LEFT = ALIGNED["left"]
GONE = "background:rgba(213,94,0,.18);text-decoration:line-through;"
COME = "background:rgba(0,158,115,.22);text-decoration:none;"
SIGNS = {"\n": "⏎\n", "\f": "⟨FF⟩\n", "\u00ad": "⟨SHY⟩", "\u200b": "⟨ZWSP⟩", "\ufeff": "⟨BOM⟩", "\t": "⇥"}
"""Stand-ins for what can't be seen."""


def visible(text: str) -> str:
    """`text` as HTML, what is invisible in it made visible.

    >>> visible("a<b\\u00adc")
    'a&lt;b⟨SHY⟩c'
    """
    return escape("".join(SIGNS.get(c, c if c.isprintable() else f"⟨{ord(c):04X}⟩") for c in text))


def note(text: str) -> str:
    """A line in small letters; nothing for no text."""
    return f'<div style="font-size:.85em;opacity:.75;margin:.3em 0">{escape(text)}</div>' if text else ""


def titled(title: str, rest: str) -> str:
    """Something under its title."""
    return f'<div><div style="font-weight:bold;margin:.3em 0">{escape(title)}</div>{rest}</div>'


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], alignments: Sequence[str]) -> str:
    """A table of texts; `alignments` has one of `ALIGNED` for each column."""
    styles = [CELL + ALIGNED[name] for name in alignments]

    def line(tag: str, cells: Sequence[str]) -> str:
        return "<tr>" + "".join(f'<{tag} style="{style}">{escape(c)}</{tag}>' for style, c in zip(styles, cells, strict=True)) + "</tr>"

    body = "".join(line("td", row) for row in rows)
    return f'<table style="border-collapse:collapse"><thead>{line("th", heads)}</thead><tbody>{body}</tbody></table>'


def changed(text: str, start: int, edits: Iterable[tuple[int, int, str, str]]) -> str:
    """A stretch of a raw text, which begins at `start` of it, with what was taken out and put in; `edits` are (start, end, after, why)
    in offsets of the whole text, in order.

    >>> "<del" in changed("ӛмір", 0, [(0, 1, "ө", "legacy_letter")])
    True
    """
    return "".join(_pieces(text, start, edits))


def _pieces(text: str, start: int, edits: Iterable[tuple[int, int, str, str]]) -> Iterator[str]:
    at = 0
    for begin, end, after, why in edits:
        begin, end = max(begin - start, at), min(end - start, len(text))
        if begin > end:
            continue
        yield visible(text[at:begin])
        if text[begin:end]:
            yield f'<del style="{GONE}" title="{escape(why)}">{visible(text[begin:end])}</del>'
        if after:
            yield f'<ins style="{COME}" title="{escape(why)}">{visible(after)}</ins>'
        at = end
    yield visible(text[at:])


def side_by_side(heads: tuple[str, str], rows: Iterable[tuple[str, str]]) -> str:
    """Two columns of HTML beside each other, their line breaks kept."""
    style = CELL + LEFT + "width:50%;white-space:pre-wrap;overflow-wrap:anywhere;"
    head = "".join(f'<th style="{CELL}{LEFT}">{escape(name)}</th>' for name in heads)
    body = "".join("<tr>" + "".join(f'<td style="{style}">{cell}</td>' for cell in row) + "</tr>" for row in rows)
    return f'<table style="border-collapse:collapse;width:100%;table-layout:fixed"><tr>{head}</tr>{body}</table>'
