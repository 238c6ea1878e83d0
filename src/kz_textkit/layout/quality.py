"""How a text came out: measures that show a layout that went wrong, and warnings that say where.

None of them decides anything. Many headings are headings of nothing; wide gaps inside lines of prose are two columns printed side by
side. What can be seen of the finished blocks is measured where they are made (`cleaning.quality`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kz_textkit.layout.lines import Line
from kz_textkit.layout.pieces import Piece

__all__ = ["measure", "warnings_of"]

HEADINGS = 250
"""Headings in a thousand lines that no text has."""
CUT = 0.05
"""Share of paragraphs that break off at the end of a full line beyond which paragraphs were cut: what is sound has up to 0.03."""
LEAST = 40
"""Characters of a line that may break off: shorter ones that stand alone are names, addresses, entries of forms."""
MIXED = 0.15
"""Share of lines of prose with a wide gap inside beyond which columns are mixed."""
FEW = 12
"""Blocks below which shares say nothing."""

_GAP = re.compile(r"[^\W\d]{2}\S*\s{4,}\S*[^\W\d]{2}")
_ENDS = frozenset('.!?…:;»”")')
_PROSE = ("paragraph", "list_item")


def measure(lines: Sequence[Line], pieces: Sequence[Piece]) -> Mapping[str, float]:
    """Measures of a layout, by name: shares from 0 to 1, and headings in a thousand lines.

    - `full_cuts`: paragraphs of a wrapped text that end with a full line, though not with a sentence, before another paragraph;
    - `mixed_columns`: lines of prose with a wide gap inside.

    >>> from kz_textkit.layout.lines import read_lines
    >>> measure(read_lines("Көктемде қар      Күзде жапырақ"), [Piece("paragraph", 0, 1)])["mixed_columns"]
    1.0
    """
    prose = [piece for piece in pieces if piece.kind in _PROSE]
    inside = [lines[i] for piece in prose for i in (piece.lines() if piece.around else range(piece.first, piece.last))]
    headings = sum([piece.kind == "heading" for piece in pieces])
    full = any(line.ends_full for line in lines)
    cut = [i for piece, after in pairwise(pieces) if (i := _cut_after(lines, piece, after)) is not None] if full else []
    return {
        "full_cuts": round(len(cut) / len(prose), 4) if prose else 0.0,
        "headings_per_1000_lines": round(1000 * headings / len(lines), 1) if lines else 0.0,
        "mixed_columns": round(sum(["    " in line.text and _is_mixed(line) for line in inside]) / len(inside), 4) if inside else 0.0,
    }


def _cut_after(lines: Sequence[Line], piece: Piece, after: Piece) -> int | None:
    """The last line of a paragraph, where it is full and does not end a sentence, and another paragraph follows it."""
    last = piece.last - 1
    if not piece.kind == after.kind == "paragraph" or not lines[last].ends_full or lines[last].text[-1] in _ENDS:
        return None
    if len(lines[last].text) < LEAST and piece.last - piece.first == 1:
        return None
    return last


def _is_mixed(line: Line) -> bool:
    return "    " in line.text and _GAP.search(line.text) is not None


def warnings_of(
    lines: Sequence[Line], pieces: Sequence[Piece], quality: Mapping[str, float], page_names: Sequence[int]
) -> Iterator[str]:
    """What is suspicious, in words for the reader of a report, with the first place."""

    def place(line: Line) -> str:
        return f"page {page_names[line.page]}" if page_names else f"«{line.text[:40]}»"

    if len(pieces) < FEW:
        return
    if quality["headings_per_1000_lines"] > HEADINGS and len(lines) > 10 * FEW:
        first = lines[next(piece.first for piece in pieces if piece.kind == "heading")]
        count = quality["headings_per_1000_lines"]
        yield f"{count:.0f} of 1,000 lines are headings (first at {place(first)}): many of them are none."
    if quality["full_cuts"] > CUT and len(pieces) > 2 * FEW:
        first = next(lines[i] for piece, after in pairwise(pieces) if (i := _cut_after(lines, piece, after)) is not None)
        share = quality["full_cuts"]
        yield f"{share:.0%} of the paragraphs break off at the end of a full line (first at {place(first)}): they may go on in others."
    if quality["mixed_columns"] > MIXED:
        first = next(lines[i] for piece in pieces if piece.kind in _PROSE for i in piece.lines() if _is_mixed(lines[i]))
        yield f"Lines have wide gaps inside (first at {place(first)}): columns that stand side by side are mixed."
