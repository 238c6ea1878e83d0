"""The lines of a text, as the other parts of `layout` look at them: where each stands, how wide it was printed, what lies before it.

Blank lines are no lines here; they are counted in `Line.blank_before`. Lines are separated by line feeds, carriage returns (with or
without a line feed), form feeds and the line and paragraph separators of Unicode; a form feed also begins a page.

How a document breaks its lines is learnt from it (`Convention`): in one text every line is followed by a blank one, in another only
paragraphs are, in a third a line is a paragraph however long.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kz_textkit.layout.own_titles import LineTitle
from kz_textkit.layout.widths import printed_widths

__all__ = ["Line", "read_lines"]

TAB = 4
"""Spaces that a tab counts in an indent."""
MEASURED = 2000
"""Characters of a line that are measured; a longer line was never printed as one, and its width is scaled up from them."""


LONGEST_HEAD = 60
"""Characters of the longest word that is thought to have been wrapped."""


@dataclass(slots=True)
class Line:
    """A line that is not blank. A text has many thousands, so each is made once and filled in as more is known of it.

    >>> line = read_lines("\\n\\n  Билік туралы \\n")[0]
    >>> (line.text, line.start, line.end, line.indent, line.blank_before)
    ('Билік туралы', 4, 16, 2, 2)
    """

    start: int
    """Offset in the text of the first character that is not white space."""
    end: int
    """Offset after the last character that is not white space."""
    text: str
    """The line from `start` to `end`, runs of spaces inside it untouched."""
    indent: int = 0
    """Spaces before it on its line; a tab counts four."""
    blank_before: int = 0
    """Blank lines between it and the line before it (or the beginning of the text)."""
    page: int = 0
    """Ordinal of its page, from 0. Set from form feeds at first, and from all evidence by `furniture`."""
    page_start: bool = False
    """The first line of its page."""
    damaged: bool = False
    """It holds a letter of a misbuilt font that was repaired."""
    width: int = 0
    """Printed width (`widths.printed_width`, thousandths of an em; a Times face)."""
    head: int = 0
    """Width of what it begins with that could have stood on the line before: its first word, up to a hyphen in it."""
    ends_full: bool = False
    """The first word of the next line would not have fitted on this line (indented, if the line before was not full), so that the
    paragraph need not end here. Always False in a text whose lines are not wrapped (one line = one paragraph), and for the last line of
    all. Set by `convention`, as are the fields below."""
    room: int = 0
    """Width that would have been left on the line, had it no indent, with the head of the next line on it. 0 where lines are not
    wrapped."""
    inner: bool = False
    """It surely goes on from the line before, which was full and broke off before a small letter: no title, item or paragraph begins
    with it."""

    shift: int = 0
    """Width of the indent that was printed, where the geometry of the line is known (`geometry`, which sets the fields below too)."""
    size: float = 0.0
    """Size of its letters against that of most of the text; 0 where it is not known."""
    bold: bool = False
    """Its face is bold, and that of most of the text is not."""
    italic: bool = False
    own: LineTitle | None = None
    """What the user's own titles say of it."""

    @property
    def whole(self) -> bool:
        """Nothing was taken out of it."""
        return self.end - self.start == len(self.text)


# From the first character of a line that is not white space to the end of the line.
_LINE = re.compile(r"\S[^\n\r\f\v\x85\u2028\u2029]*")
_BREAKS = "\n\r\v\x85\u2028\u2029"


def read_lines(text: str, damaged: Sequence[tuple[int, int]] = ()) -> list[Line]:
    """The lines of `text` that are not blank, in order.

    `damaged` are the spans of `text`, in order, in which a letter of a misbuilt font was repaired. `page` and `page_start` come
    from form feeds; `ends_full` is not known yet.
    """
    matches = list(_LINE.finditer(text))
    contents = [match.group().rstrip() for match in matches]
    short = [content[:MEASURED] for content in contents]
    widths, heads = printed_widths(short, [_head(content) for content in short])
    shapes: dict[str, tuple[int, int, bool]] = {}
    lines: list[Line] = []
    add = lines.append
    page = previous = 0
    for match, content, width, head in zip(matches, contents, widths, heads, strict=True):
        start = match.start()
        gap = text[previous:start]
        shape = shapes.get(gap)
        if shape is None:
            shape = shapes[gap] = _shape(gap)
        indent, breaks, begins_page = shape
        if not lines:
            breaks, begins_page = breaks + 1, True
        elif begins_page:
            page += 1
        previous = start + len(content)
        if len(content) > MEASURED:
            width = width * len(content) // MEASURED
        add(Line(start, previous, content, indent, breaks - 1 if breaks else 0, page, begins_page, False, width, head))
    if damaged and lines:
        _mark_damaged(lines, damaged)
    return lines


def _head(line: str) -> int:
    """Length of the first word of a line, up to a hyphen in it."""
    end = line.find(" ", 0, LONGEST_HEAD)
    if end < 0:
        end = min(len(line), LONGEST_HEAD)
    hyphen = line.find("-", 1, end - 1)
    return end if hyphen < 0 else hyphen + 1


def _mark_damaged(lines: list[Line], spans: Sequence[tuple[int, int]]) -> None:
    """Sets `damaged` for the lines that the spans touch."""
    borders = np.asarray(spans, np.int64)
    first = np.searchsorted(np.fromiter((line.end for line in lines), np.int64, len(lines)), borders[:, 0], "right")
    last = np.searchsorted(np.fromiter((line.start for line in lines), np.int64, len(lines)), borders[:, 1], "left")
    for begin, end in set(zip(first.tolist(), last.tolist(), strict=True)):
        for i in range(begin, end):
            lines[i].damaged = True


def _shape(gap: str) -> tuple[int, int, bool]:
    """Indent that the white space `gap` before a line ends with, the line breaks in it, and whether one of them is a form feed."""
    breaks = sum(map(gap.count, _BREAKS)) - gap.count("\r\n")
    fed = "\f" in gap
    if not breaks:
        breaks = int(fed)
    tail = gap[max(map(gap.rfind, _BREAKS + "\f")) + 1 :]
    return len(tail) + (TAB - 1) * tail.count("\t"), breaks, fed
