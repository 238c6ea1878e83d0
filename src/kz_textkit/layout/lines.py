"""The lines of a text, as the other parts of `layout` look at them: where each stands, how wide it was printed, what lies before it.

Blank lines are no lines here; they are counted in `Line.blank_before`. Lines are separated by line feeds, carriage returns (with or
without a line feed), form feeds and the line and paragraph separators of Unicode; a form feed also begins a page.

How a document breaks its lines is learnt from it (`Convention`): in one text every line is followed by a blank one, in another only
paragraphs are, in a third a line is a paragraph however long.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kz_textkit.layout.widths import printed_widths

__all__ = ["Line", "read_lines"]

TAB = 4
"""Spaces that a tab counts in an indent."""
LONG_GAP = 1000
"""White space that is too long to remember its shape."""
MEASURED = 2000
"""Characters of a line that are measured; a longer line was never printed as one, and its width is scaled up from them."""


class Line(NamedTuple):
    """A line that is not blank. A tuple, because a text has many thousands of them.

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
    ends_full: bool = False
    """The first word of the next line would not have fitted on this line (indented, if the line before was not full), so that the
    paragraph need not end here. Always False in a text whose lines are not wrapped (one line = one paragraph), and for the last line of
    all."""
    room: int = 0
    """Width that would have been left on the line, had it no indent, with the first word of the next line on it. 0 where lines are not
    wrapped."""


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
    widths = printed_widths([content[:MEASURED] for content in contents])
    hurt = _DamagedSpans(damaged)
    lines: list[Line] = []
    page = previous = 0
    for match, content, width in zip(matches, contents, widths, strict=True):
        start = match.start()
        end = start + len(content)
        indent, breaks, fed = _shape(text[previous:start]) if start - previous < LONG_GAP else _shape.__wrapped__(text[previous:start])
        if fed and lines:
            page += 1
        if len(content) > MEASURED:
            width = width * len(content) // MEASURED
        blank = breaks - 1 if breaks > 1 and lines else breaks * (not lines)
        lines.append(Line(start, end, content, indent, blank, page, fed or not lines, hurt.touch(start, end), width))
        previous = end
    return lines


class _DamagedSpans:
    """Spans in order, asked for by lines in order."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._spans = iter(spans)
        self._span = next(self._spans, None)

    def touch(self, start: int, end: int) -> bool:
        """Whether one of the spans lies at least in part between `start` and `end`."""
        while self._span is not None and self._span[1] <= start:
            self._span = next(self._spans, None)
        return self._span is not None and self._span[0] < end


@lru_cache(maxsize=1024)
def _shape(gap: str) -> tuple[int, int, bool]:
    """Indent that the white space `gap` before a line ends with, the line breaks in it, and whether one of them is a form feed."""
    breaks = sum(map(gap.count, _BREAKS)) - gap.count("\r\n")
    fed = "\f" in gap
    if not breaks:
        breaks = int(fed)
    tail = gap[max(map(gap.rfind, _BREAKS + "\f")) + 1 :]
    return len(tail) + (TAB - 1) * tail.count("\t"), breaks, fed
