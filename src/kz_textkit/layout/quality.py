"""How a text came out: measures that show a layout that went wrong, and warnings that say where.

None of them decides anything. A paragraph that stops in mid-sentence while the next begins with a small letter was cut by something that
nobody recognised; many headings are headings of nothing; wide gaps inside lines of prose are two columns printed side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kz_textkit.layout.lines import Line
from kz_textkit.layout.pieces import Piece

__all__ = ["measure", "warnings_of"]

BROKEN = 0.08
"""Share of paragraphs that break in mid-sentence beyond which a text came out badly."""
HEADINGS = 250
"""Headings in a thousand lines that no text has."""
MIXED = 0.15
"""Share of lines of prose with a wide gap inside beyond which columns are mixed."""
FEW = 12
"""Blocks below which shares say nothing."""

_GAP = re.compile(r"[^\W\d]{2}\S*\s{4,}\S*[^\W\d]{2}")
_PROSE = ("paragraph", "list_item")


def measure(lines: Sequence[Line], pieces: Sequence[Piece]) -> Mapping[str, float]:
    """Measures of a layout, by name: shares from 0 to 1, and headings in a thousand lines.

    >>> from kz_textkit.layout.lines import read_lines
    >>> lines = read_lines("Көктемде қар еріп,\\nсу тасыды.")
    >>> measure(lines, [Piece("paragraph", 0, 1), Piece("paragraph", 1, 2)])["broken_blocks"]
    0.5
    """
    prose = [piece for piece in pieces if piece.kind in _PROSE]
    inside = [i for piece in prose for i in piece.lines()]
    headings = sum(piece.kind == "heading" for piece in pieces)
    return {
        "broken_blocks": round(len(list(_broken(lines, pieces))) / len(prose), 4) if prose else 0.0,
        "headings_per_1000_lines": round(1000 * headings / len(lines), 1) if lines else 0.0,
        "mixed_columns": round(sum(map(_is_mixed, (lines[i] for i in inside))) / len(inside), 4) if inside else 0.0,
    }


def _broken(lines: Sequence[Line], pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Paragraphs that stop in mid-sentence before one that begins with a small letter."""
    for piece, following in pairwise(piece for piece in pieces if piece.kind in (*_PROSE, "heading")):
        end, begin = lines[piece.last - 1].text[-1], lines[following.first].text[0]
        if following.kind == "paragraph" and (end.isalpha() or end in ",-") and begin.islower():
            yield piece


def _is_mixed(line: Line) -> bool:
    return "    " in line.text and _GAP.search(line.text) is not None


def warnings_of(lines: Sequence[Line], pieces: Sequence[Piece], quality: Mapping[str, float], page_names: Sequence[int]) -> Iterator[str]:
    """What is suspicious, in words for the reader of a report, with the first place."""

    def place(line: Line) -> str:
        return f"page {page_names[line.page]}" if page_names else f"«{line.text[:40]}»"

    if len(pieces) < FEW:
        return
    if quality["broken_blocks"] > BROKEN:
        first = lines[next(_broken(lines, pieces)).last - 1]
        share = quality["broken_blocks"]
        yield f"{share:.0%} of the paragraphs break in mid-sentence (first at {place(first)}): the lines of this text are not understood."
    if quality["headings_per_1000_lines"] > HEADINGS and len(lines) > 10 * FEW:
        first = lines[next(piece.first for piece in pieces if piece.kind == "heading")]
        count = quality["headings_per_1000_lines"]
        yield f"{count:.0f} of 1,000 lines are headings (first at {place(first)}): many of them are none."
    if quality["mixed_columns"] > MIXED:
        first = next(lines[i] for piece in pieces if piece.kind in _PROSE for i in piece.lines() if _is_mixed(lines[i]))
        yield f"Lines have wide gaps inside (first at {place(first)}): columns that stand side by side are mixed."
