"""Sets the clean originals of `tests/originals/` as pages of many conventions, so that the layout has to find their blocks again."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from damage import Original, syllables
from kz_textkit.layout.widths import AVERAGE, printed_width

PAGE = 40


@dataclass(frozen=True, kw_only=True)
class Style:
    """How pages are set; widths in thousandths of an em, gaps in blank lines."""

    width: int = 34_000
    indent: int = 0
    """Printed width of the indent of first lines."""
    spaces: int = 0
    """Spaces that the indent left in the text."""
    between: int = 0
    """Blank lines between paragraphs."""
    inside: int = 0
    """Blank lines between the lines of a paragraph."""
    around_headings: int = 1
    hyphens: bool = False
    columns: bool = False
    """A line is so many characters long, not so wide."""
    ragged: int = 0
    """How much the full width of a line may differ."""
    wrapped: bool = True
    number: str = ""
    """Page number at the foot, with `{}` for the number."""
    head: str = ""
    form_feeds: bool = False


STYLES = {
    "a blank line after every line": Style(indent=2000, inside=1, between=1),
    "a blank line between paragraphs": Style(between=1),
    "page numbers and divided words": Style(between=1, hyphens=True, number="{}"),
    "indents": Style(indent=2500, spaces=4),
    "indents, heads, form feeds": Style(indent=2500, spaces=4, hyphens=True, head="Қазақ тілі мен әдебиеті", form_feeds=True),
    "indents that the text lost": Style(indent=2500),
    "lost indents, page numbers": Style(indent=2500, hyphens=True, number="- {} -"),
    "no sign but the room on last lines": Style(),
    "narrow columns": Style(width=19_000, indent=1000, spaces=2, hyphens=True),
    "lines of 72 characters": Style(width=72 * AVERAGE, columns=True, between=1),
    "lines of 72 characters, indents": Style(width=72 * AVERAGE, columns=True, spaces=4),
    "a line is a paragraph": Style(wrapped=False, around_headings=0),
    "a line is a paragraph, page numbers": Style(wrapped=False, around_headings=0, number="{} | бет"),
    "ragged lines": Style(indent=1500, spaces=2, hyphens=True, ragged=1500, head="ҚАЗАҚ ӘДЕБИЕТІНІҢ ТАРИХЫ"),
}


def set_in(style: Style, blocks: Sequence[Original]) -> str:
    """The raw text of pages that hold the blocks."""
    rng = random.Random(3)
    lines: list[str] = []
    for block in blocks:
        heading = block.kind == "heading"
        own = _wrap(block.text, style, 0 if heading else style.indent, rng) if style.wrapped else [block.text]
        if not heading:
            own[0] = " " * style.spaces + own[0]
        around = [""] * (style.around_headings if heading else 0)
        apart = [line for pair in zip(own, [[""] * style.inside] * len(own), strict=True) for line in (pair[0], *pair[1])]
        lines += around + apart[: len(apart) - style.inside] + [""] * style.between + around
    if not (style.number or style.head):
        return "\n".join(lines)
    pages = []
    for number, at in enumerate(range(0, len(lines), PAGE if style.wrapped else 12), 5):
        page = lines[at : at + (PAGE if style.wrapped else 12)]
        head = [f"{style.head} {number}" if number % 2 else f"{number} {style.head}", ""] if style.head else []
        foot = ["", style.number.format(number)] if style.number else []
        pages.append("\n".join(head + page + foot))
    return ("\n\f" if style.form_feeds else "\n").join(pages)


def _wrap(text: str, style: Style, indent: int, rng: random.Random) -> list[str]:
    lines, line, full = [], "", style.width - (AVERAGE * style.spaces if style.columns else indent)
    for piece in re.findall(r"\S+?(?<=\w)-(?=\w)|\S+|\s+", text):
        if _width(line + piece.rstrip(), style) <= full:
            line += piece
            continue
        heads = [head for head in syllables(piece) if _width(line + head + "-", style) <= full] if style.hyphens else []
        if heads:
            line += heads[-1] + "-"
            piece = piece[len(heads[-1]) :]
        lines.append(line.rstrip())
        line, full = piece.lstrip(), style.width + rng.randint(-style.ragged, style.ragged)
    return [*lines, line.rstrip()]


def _width(line: str, style: Style) -> int:
    return AVERAGE * len(line) if style.columns else printed_width(line)
