"""Marks of footnotes: the figure or star in a sentence that the note at the foot of its page answers.

A note says what its mark is (`1 Ескі сөз.`, `[2] Қараңыз…`, `* Аударма.`, `³ Сонда.`). In the text above it the mark is looked for,
behind
a word and nowhere else: glued to it (`қабылдауға1`), or apart where only one figure of its value stands so. What is found is taken out
of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from kz_textkit.alignment import Edit
from kz_textkit.layout.lines import Line
from kz_textkit.layout.pieces import Piece

__all__ = ["lone_marks", "note_marks"]

REACH = 400
"""Lines above a note that its mark is looked for in, where the text shows no pages."""

_LABEL = re.compile(
    r"\[(?P<brackets>\d{1,3})\]|\(\d{1,3}\)|\d{1,3}\)(?=\s)|(?P<number>\d{1,3})(?=[\s.]|$|[^\W\d])|(?P<sign>\*{1,3}|†|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})"
)
_LONE = re.compile(r"\[?\d{1,3}\]?|\*{1,3}|†|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}")
LONGEST_MARK = 5
"""Characters of the longest of these."""
_SMALL = "а-яәғқңөұүһіё"


def lone_marks(lines: Sequence[Line], labels: Sequence[str]) -> dict[int, int]:
    """Lines with nothing but the mark of a note, as an extractor leaves them that takes raised figures for lines of their own: for the
    index of each that of its note. Marks in a row are those of the notes after them, in order; one too many is the last note's too.

    >>> from kz_textkit.layout.lines import read_lines
    >>> lone_marks(read_lines("1\\n2\\nШиті – ескі мылтық.\\nОқшантай – қалта."), ["mark", "mark", "note", "note"])
    {0: 2, 1: 3}
    """
    found: dict[int, int] = {}
    run: list[int] = []
    for i, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if len(line.text) <= LONGEST_MARK and _LONE.fullmatch(line.text):
            run.append(i)
        elif run and label == "note" and (len(run) > 1 or labels[run[0]] in ("mark", "note")):
            notes = [k for k in range(i, min(i + len(run), len(labels))) if labels[k] == "note" and not _LONE.fullmatch(lines[k].text)]
            found |= dict.fromkeys(run, notes[-1]) | dict(zip(run, notes, strict=False))
            run = []
        else:
            run = []
    return found


def note_marks(lines: Sequence[Line], pieces: Sequence[Piece], marks: Mapping[int, str] = MappingProxyType({})) -> list[Edit]:
    """Edits that take the marks of notes out of the text, in order. `marks` are those that stood on lines of their own, by the offset
    of the note.

    >>> from kz_textkit.layout.lines import read_lines
    >>> lines = read_lines("Оның қолында шиті1 бар еді.\\n1 Ескі сөз.")
    >>> [(e.start, e.before) for e in note_marks(lines, [Piece("paragraph", 0, 1), Piece("note", 1, 2)])]
    [(17, '1')]
    """
    notes = [piece.first for piece in pieces if piece.kind == "note"]
    if not notes:
        return []
    body = {i for piece in pieces if piece.kind not in ("note", "code", "toc_entry", "table_row") for i in piece.lines()}
    found: dict[int, Edit] = {}
    for i in notes:
        label = _LABEL.match(marks.get(lines[i].start, lines[i].text))
        if label is None:
            continue
        edit = _find(lines, [k for k in _above(lines, i) if k in body], label, found)
        if edit is not None:
            found[edit.start] = edit
    return [found[start] for start in sorted(found)]


def _above(lines: Sequence[Line], i: int) -> Iterator[int]:
    """The lines above line `i` on its page, from the first."""
    first = i
    while first > 0 and i - first < REACH and lines[first - 1].page == lines[i].page:
        first -= 1
    return iter(range(first, i))


def _find(lines: Sequence[Line], above: Sequence[int], label: re.Match[str], taken: dict[int, Edit]) -> Edit | None:
    number = label["number"]
    if number is None:
        mark = re.escape(label.group())
        patterns = [re.compile(rf"(?<=[\w»”\"'.,!?…)])\s?{mark}(?![\d*])")]
    else:
        patterns = [
            re.compile(rf"(?<=[{_SMALL}»”][.,;:!?…]){number}(?![\w.,%])|(?<=[{_SMALL}»”]){number}(?![\w%])"),
            re.compile(rf"(?<=[{_SMALL}»”]) {number}(?=[.,;:!?]?(?: [{_SMALL}]|$))"),
        ]
    for pattern in patterns:
        places = [
            (lines[k].start + match.start(), match.group())
            for k in above
            if lines[k].end - lines[k].start == len(lines[k].text)
            for match in pattern.finditer(lines[k].text)
        ]
        places = [place for place in places if place[0] not in taken]
        if len(places) == 1 or (places and pattern is patterns[0]):
            start, before = places[0]
            return Edit(start, start + len(before), before, "", "note_mark")
    return None
