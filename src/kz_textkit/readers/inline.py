"""The text of one block as a reader puts it together: runs, generated text, links and notes, then white space set right at once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, NamedTuple

from kz_textkit.document import MarkKind

__all__ = ["Content", "Inline", "InlineMark"]

_SPACES = re.compile("[ \t\r\n\f]+")
_AT_BREAKS = re.compile(r"[^\S\n]*\n\s*")
_REPEATED = re.compile("(?<= ) +")
_LINES_AT_ENDS = re.compile(r"\A\s*\n|\s+\Z")


class InlineMark(NamedTuple):
    """A mark with offsets from the start of its block."""

    start: int
    end: int
    kind: MarkKind
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """The finished text of a block, without white space at its ends, and the marks in it."""

    text: str
    marks: tuple[InlineMark, ...] = ()


@dataclass(slots=True)
class Inline:
    """The text of a block under construction; offsets count what was written.

    With `collapse`, white space counts as in HTML: any stretch of it is one space, and line ends are those of `line_break` alone. With
    `preformatted`, nothing but empty lines at the ends goes. Otherwise white space at the ends and around line breaks goes.

    >>> inline = Inline(collapse=True)
    >>> inline.write("  Қазақ\\n")
    >>> start = inline.length
    >>> inline.write(" тілі ")
    >>> inline.mark(start, "link", url="tili.html")
    >>> content = inline.content()
    >>> content.text, content.marks[0].start, content.marks[0].end
    ('Қазақ тілі', 6, 10)
    """

    collapse: bool = False
    preformatted: bool = False
    length: int = 0
    pieces: list[str] = field(default_factory=list)
    marks: list[InlineMark] = field(default_factory=list)

    def write(self, text: str) -> None:
        """Add text as it stands in the file."""
        if text:
            if self.collapse and ("  " in text or "\n" in text or "\t" in text or "\r" in text or "\f" in text):
                text = _SPACES.sub(" ", text)
            self.pieces.append(text)
            self.length += len(text)

    def write_as_is(self, text: str) -> None:
        """Add text whose white space counts, such as a tab that the format names."""
        self.pieces.append(text)
        self.length += len(text)

    def line_break(self) -> None:
        """Begin a new line in the same block."""
        self.pieces.append("\n")
        self.length += 1

    def generated(self, text: str, by: str) -> None:
        """Add text that stands in no run of the file."""
        if text:
            start = self.length
            self.pieces.append(text)
            self.length += len(text)
            self.mark(start, "generated", by=by)

    def mark(self, start: int, kind: MarkKind, /, **value: Any) -> None:
        """Mark what was written since the offset `start`."""
        self.marks.append(InlineMark(start, self.length, kind, value))

    def extend(self, content: Content) -> None:
        """Add a finished text with its marks."""
        self.marks += [mark._replace(start=mark.start + self.length, end=mark.end + self.length) for mark in content.marks]
        self.pieces.append(content.text)
        self.length += len(content.text)

    def content(self) -> Content:
        """What was written, with white space set right. Marks of nothing are dropped, but for anchors."""
        text = "".join(self.pieces)
        deletions = self._deletions(text)
        if not deletions:
            return Content(text, tuple(self.marks))
        kept, position = [], 0
        for start, end in deletions:
            kept.append(text[position:start])
            position = end
        kept.append(text[position:])
        if not self.marks:
            return Content("".join(kept))
        starts = [start for start, _ in deletions]
        gone = [0, *accumulate(end - start for start, end in deletions)]

        def moved(offset: int) -> int:
            i = bisect_right(starts, offset)
            return offset - gone[i] + (max(0, deletions[i - 1][1] - offset) if i else 0)

        marks = (InlineMark(moved(m.start), moved(m.end), m.kind, m.value) for m in self.marks)
        return Content("".join(kept), tuple(m for m in marks if m.end > m.start or m.kind == "anchor"))

    def _deletions(self, text: str) -> list[tuple[int, int]]:
        if self.preformatted:
            return [m.span() for m in _LINES_AT_ENDS.finditer(text)]
        first, last = len(text) - len(text.lstrip()), len(text.rstrip())
        if first >= last:
            return [(0, len(text))] if text else []
        inside: list[tuple[int, int]] = []
        if "\n" in text:
            for m in _AT_BREAKS.finditer(text, first, last):
                at = text.index("\n", m.start())
                inside += [span for span in ((m.start(), at), (at + 1, m.end())) if span[0] < span[1]]
        if self.collapse and "  " in text:
            taken = {offset for span in inside for offset in range(*span)}
            inside += [m.span() for m in _REPEATED.finditer(text, first, last) if m.start() not in taken]
        return sorted(span for span in ((0, first), *inside, (last, len(text))) if span[0] < span[1])
