"""What a format knows of some of its lines: notes, titles named by bookmarks, ruled tables, links.

A reader of pages knows some lines better than the text shows them: the notes that its raised figures lead to, the titles that its
outline names. Such lines get their label before the others are decided on, and are no furniture.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from kz_textkit.alignment import Edit
from kz_textkit.document import Mark
from kz_textkit.layout.furniture import Removal
from kz_textkit.layout.laid import LaidLink
from kz_textkit.layout.lines import Line
from kz_textkit.layout.links import decode

__all__ = ["anchor_edits", "hinted_labels", "links_of_marks", "without_note_numbers"]

_LABELS = {"note": "note", "heading": "heading", "table_row": "table"}


def hinted_labels(lines: Sequence[Line], marks: Sequence[Mark]) -> dict[int, str]:
    """Labels of the lines that block marks name, by index.

    >>> from kz_textkit.layout.lines import read_lines
    >>> hinted_labels(read_lines("сөз\\n1 Ескі сөз,\\nұмытылған."), [Mark(4, 27, "block", {"kind": "note"}, certain=False)])
    {1: 'note', 2: 'note_cont'}
    """
    starts = [line.start for line in lines]
    labels: dict[int, str] = {}
    for mark in marks:
        label = _LABELS.get(str(mark.value.get("kind", ""))) if mark.kind == "block" else None
        if label is None or (label == "table" and not mark.certain):
            continue
        first = bisect_left(starts, mark.start)
        for i in range(first, bisect_left(starts, mark.end)):
            labels.setdefault(i, label if i == first else f"{label}_cont")
    return labels


def without_note_numbers(lines: Sequence[Line], marks: Sequence[Mark]) -> list[Removal]:
    """Takes the numbers of notes, which anchors name, from the beginning of the lines of their notes; gives what was taken out.

    >>> from kz_textkit.layout.lines import read_lines
    >>> lines = read_lines("сөз\\n1 Ескі сөз.")
    >>> note = {"note": "n1"}
    >>> without_note_numbers(lines, [Mark(4, 15, "block", {"kind": "note", **note}), Mark(4, 5, "anchor", note)]), lines[1].text
    ([Removal(start=4, end=5, rule='note_mark')], 'Ескі сөз.')
    """
    notes = {mark.start for mark in marks if mark.kind == "block" and mark.value.get("kind") == "note"}
    numbers = {mark.start: mark.end for mark in marks if mark.kind == "anchor" and "note" in mark.value and mark.start in notes}
    removals: list[Removal] = []
    for line in lines if numbers else ():
        end = numbers.get(line.start)
        if end is not None and line.start < end < line.end and line.whole:
            rest = line.text[end - line.start :].lstrip()
            removals.append(Removal(line.start, end, "note_mark"))
            line.start, line.text = line.end - len(rest), rest
    return removals


def anchor_edits(text: str, lines: Sequence[Line], marks: Sequence[Mark]) -> Iterator[Edit]:
    """Edits that take the marks of notes, which anchors name, out of the lines that they stand in."""
    starts = [line.start for line in lines]
    reached = 0
    for mark in sorted((m for m in marks if m.kind == "anchor" and "note" in m.value), key=lambda m: m.start):
        line = lines[at] if (at := bisect_right(starts, mark.start) - 1) >= 0 else None
        if line is None or not line.whole or mark.start <= max(line.start, reached - 1) or mark.end > line.end:
            continue
        around = (text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1])
        taken = text[mark.start : mark.end]
        # The mark of a note is a sign or number; what has white space in it is none, and spaces have edits of their own.
        if taken and not any(map(str.isspace, taken)) and not all(one.isspace() for one in around if one):
            reached = mark.end + 1
            yield Edit(mark.start, mark.end, taken, "", "note_mark")


def links_of_marks(marks: Sequence[Mark]) -> Iterator[LaidLink]:
    """The links of the format, each at its words; those within the file are left out."""
    for mark in marks:
        url = str(mark.value.get("url", "")) if mark.kind == "link" else ""
        if url and not url.startswith("#"):
            title, kind = decode(url)
            yield LaidLink(url, str(mark.value.get("title") or title), kind, None, (mark.start, mark.end))
