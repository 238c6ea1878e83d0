"""Labels for what an extractor gives of a printed document whose blocks are known: each line is looked for where the text goes on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kz_textkit.document import Mark
from labelled import LabelledText
from pages.model import HYPHEN, NOTE, Source

__all__ = ["labelled_by_blocks"]

_LEFT_OUT = dict.fromkeys(map(ord, " \t\n\r\f\v\xa0\u2002\u2003\u2009\u200b\xad\ufffe\x02-\u2010\u2011¬"))
_LEADERS = re.compile(r"\.{4,}|…{2,}")
"""Dots of contents."""
_CELLS = re.compile(r"\s{2,}")
_FAR = 800
"""Letters that an extractor may leave out, or put elsewhere."""
_NEAR = 2
_KNOWN = 14
"""Letters by which a line is found again after something that is not of the document."""


_READ, _ALIKE = 4, 0.8
"""Letters one after the other that an OCR must have read right, and share of all."""


@dataclass
class _Begun:
    at: int
    kind: str
    level: int
    doubtful: bool


class _Body:
    """The letters of a document one after the other, and what begins where."""

    def __init__(self, source: Source) -> None:
        self.begun: list[_Begun] = []
        self.notes: list[tuple[str, str]] = []
        """Number and letters of each footnote."""
        self.lines: dict[str, list[int]] = defaultdict(list)
        """Where a printed line or cell of its own begins, by its letters."""
        self.letters = ""
        for block in source.blocks:
            text = block.text.replace(HYPHEN, "")
            for note in block.notes:
                number = str(len(self.notes) + 1)
                text = text.replace(NOTE, number, 1)
                self.notes.append((number, _letters(note)))
            for at, piece in enumerate(re.split(r"[\t\n]" if block.kind == "table" else r"\n", text)):
                own = _letters(piece)
                if own:
                    kind = block.kind if not at or block.kind == "table" else f"{block.kind}_cont"
                    self.begun.append(_Begun(len(self.letters), kind, block.level, block.doubtful))
                    self.lines[own].append(len(self.letters))
                    self.letters += own
        self.starts = [one.at for one in self.begun]

    def place(self, own: str, reached: int) -> int | None:
        """Where the letters of a line begin, nearest to what was reached."""
        if self.letters.startswith(own, reached):
            return reached
        if alone := [at for at in self.lines.get(own, ()) if abs(at - reached) < _FAR]:
            return min(alone, key=lambda at: abs(at - reached))
        if len(own) < _KNOWN:
            return self._misread(own, reached)
        found = self.letters.find(own, reached, reached + _FAR + len(own))
        if found < 0:
            found = self.letters.find(own, max(0, reached - _FAR), reached)
        return found if found >= 0 else self._misread(own, reached)

    def _misread(self, own: str, reached: int) -> int | None:
        """Where a line begins of which an OCR has read some letters wrong: known by those that it read right."""
        for at in range(0, len(own) - _READ + 1, 2):
            found = self.letters.find(own[at : at + _READ], max(0, reached - _FAR), reached + _FAR + len(own))
            if (
                found >= at
                and SequenceMatcher(None, own, self.letters[found - at : found - at + len(own)], autojunk=False).ratio() > _ALIKE
            ):
                near = self.starts[max(0, bisect_right(self.starts, found - at + _NEAR) - 1)]
                return near if abs(near - (found - at)) <= _NEAR else found - at
        return None

    def label(self, at: int, length: int) -> tuple[str, int]:
        """Label and level of a line of so many letters that begins there."""
        number = bisect_right(self.starts, at) - 1
        one = self.begun[number]
        inside = [other.kind for other in self.begun[number + 1 :][:40] if one.at <= other.at < at + length - _NEAR]
        if one.doubtful or any(kind != one.kind or kind not in ("table", "mark") for kind in inside):
            return "?", 0
        kind = one.kind if at - one.at <= _NEAR or one.kind.endswith("_cont") else f"{one.kind}_cont"
        kind = "table" if kind == "table_cont" and inside else kind.replace("mark_cont", "mark")
        return kind, one.level if kind.startswith("heading") else 0


def labelled_by_blocks(
    source: Source, text: str, marks: tuple[Mark, ...] = (), *, name: str, heads: Sequence[str] = (), feet: Sequence[str] = ()
) -> LabelledText:
    """`text`, what a program gave of a printed `source`, line by line; `heads` and `feet` are what pages may have, `#` their number."""
    body = _Body(source)
    labels: list[str] = []
    levels: list[int] = []
    reached = page = 0
    lines = text.split("\n")
    furniture = _furniture(lines, heads, feet)
    for number, line in enumerate(lines):
        page += line.count("\f")
        own = _letters(line)
        label, level = "", 0
        if own:
            if number in furniture:
                label = "running_head" if re.search(r"[^\W\d_]{2}", line) else "page_number"
            elif (at := body.place(own, reached)) is not None:
                label, level = body.label(at, len(own))
                reached = max(at + len(own), reached if at < reached else 0)
            else:
                label = _label_of_note(own, body, lines[number + 1] if number + 1 < len(lines) else "")
                label = _label_of_cells(line, body, reached) if label == "?" else label
        labels.append(label)
        levels.append(level)
    full = f"{source.name}/{source.kind}/{name}"
    return LabelledText(full, source.kind, source.split, text, tuple(labels), tuple(levels), marks)


def _label_of_note(own: str, body: _Body, following: str) -> str:
    """The label of a line that is not in the text: of a footnote, of its number alone, or not known."""
    for number, note in body.notes:
        if note.startswith(own) or ((number + note).startswith(own) and len(own) > len(number)) or own.startswith(number + note):
            return "note"
        if len(own) > 3 and own in note:
            return "note_cont"
        if own == number and following and note.startswith(_letters(following)):
            return "mark"
    return "?"


def _label_of_cells(line: str, body: _Body, reached: int) -> str:
    """The label of a line of a table whose cells have several lines each."""
    cells = _CELLS.split(line.strip())
    at = body.place(_letters(cells[0]), reached) if len(cells) > 1 or len(cells[0]) < _CELL else None
    return "table" if at is not None and body.label(at, 1)[0] == "table" else "?"


_CELL = 40
"""Letters of a line that may be a part of a cell."""


def _furniture(lines: list[str], heads: Sequence[str], feet: Sequence[str]) -> set[int]:
    """Numbers of the lines that are heads and feet: the first of a page that is like a head, the last that is like a foot."""
    pages: list[list[int]] = [[]]
    for number, line in enumerate(lines):
        if "\f" in line:
            pages.append([])
        if line.strip():
            pages[-1].append(number)
    found: set[int] = set()
    for page, own in enumerate(pages, 1):
        found.update(_first_like(own[:4], lines, heads, page))
        found.update(_first_like(own[-4:], lines, feet, page, last=True))
    return found


def _first_like(own: list[int], lines: list[str], shapes: Sequence[str], page: int, *, last: bool = False) -> Sequence[int]:
    """The first, or last, of a page's lines that look like one of the shapes; a shape of two lines has a line feed."""
    wanted = {tuple(_letters(part).replace("#", str(page)) for part in shape.split("\n")) for shape in shapes}
    found = (own[at : at + size] for at in range(len(own)) for size in (2, 1))
    like = [these for these in found if tuple(_letters(lines[number]) for number in these) in wanted]
    return like[-1 if last else 0] if like else ()


def _letters(text: str) -> str:
    return _LEADERS.sub("", text.translate(_LEFT_OUT))
