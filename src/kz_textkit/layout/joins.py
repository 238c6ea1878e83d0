"""Blocks as spans of the text, and the edits that make clean text of them: lines joined, hyphens kept or dropped, furniture taken out.

Everything between the texts of two joined lines becomes one space, or nothing after a hyphen. Furniture in between is an edit of its
own, so that each edit says what it removed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter

from kz_textkit.alignment import Edit
from kz_textkit.alphabet import VOWELS
from kz_textkit.layout.furniture import Removal
from kz_textkit.layout.hyphens import Evidence, keeps_hyphen
from kz_textkit.layout.laid import LaidBlock
from kz_textkit.layout.lines import Line
from kz_textkit.layout.pieces import Piece

__all__ = ["STOPS", "begins_with_stop", "has_spaced_words", "make_blocks", "spaced_words"]

HYPHENS = "-\u2010"
"""What a line that ends in a part of a word ends in."""
_GAP = re.compile(r"\s+")
_WIDE = re.compile(r"\s{2,}|[^\S ]")
_ODD_SPACES = "\t\xa0\x1c\x1d\x1e\x1f\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_SPACED = re.compile(r"(?<!\S)[^\W\d_](?:[ \t]{1,4}[^\W\d_]){3,}(?![^\s.,:;!?»–—-])")
"""Letters set apart from one another, as titles and stressed words were; words are parted by more than one space."""
_TWO_APART = re.compile(r"[ \t][^\W\d_][ \t]{1,4}[^\W\d_][ \t]")
"""What has letters set apart has two such inside; most texts have none, which is seen in half the time."""
_LEADER = re.compile(r"\s*(?:[.…_·]{3,}|…+|(?:\s?[.·]\s){3,})[.…_·\s]*(?=\w{1,6}\Z)")
STOPS = ".,;:!?»)"
_STOP = re.compile(rf"[{STOPS}]+(?:\s|\Z)")
"""What a line goes on with where an extractor began a new one after a raised figure: it stands behind its word."""
_FIRST_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LAST_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*\Z")


def make_blocks(
    text: str,
    lines: Sequence[Line],
    pieces: Sequence[Piece],
    removals: Sequence[Removal],
    page_names: Sequence[int],
    soft: Collection[int] = (),
) -> tuple[list[LaidBlock], list[Edit]]:
    """Blocks for the pieces, and all edits of the text in order; `soft` are offsets of hyphens that only lines are divided by.

    >>> from kz_textkit.layout.lines import read_lines
    >>> text = "қыр-\\nсырымен  таныс"
    >>> blocks, edits = make_blocks(text, read_lines(text), [Piece("paragraph", 0, 2)], [], [])
    >>> blocks[0].end, [(edit.before, edit.after, edit.rule) for edit in edits]
    (19, [('\\n', '', 'hyphen_join'), ('  ', ' ', 'spacing')])
    """
    divided: dict[int, tuple[str, str]] = {}
    for piece in pieces:
        for i, j in _joins(piece, lines) if piece.last - piece.first > 1 else ():
            if lines[i].text[-1] in HYPHENS:
                parts = _divided(lines[i], lines[j])
                if parts is not None:
                    divided[i] = parts
    evidence = Evidence.of(text, divided.values()) if divided else Evidence()
    keeps = {i: lines[i].end - 1 not in soft and keeps_hyphen(*parts, evidence) for i, parts in divided.items()}
    nested = {k: _own_edits(text, lines, piece, keeps) for k, piece in _nested(pieces)}
    blocks = [
        LaidBlock(
            piece.kind,
            (top := lines[piece.first]).start,
            lines[piece.last - 1].end,
            page_names[top.page] if page_names else None,
            own_edits=nested.get(k),
        )
        for k, piece in enumerate(pieces)
    ]
    outer = [piece for k, piece in enumerate(pieces) if k not in nested]
    return blocks, _edits(text, lines, outer, removals, keeps)


def _joins(piece: Piece, lines: Sequence[Line]) -> Iterable[tuple[int, int]]:
    """Pairs of lines of a piece that are next to one another in it."""
    if not piece.around:
        return ((i, i + 1) for i in range(piece.first, piece.last - 1))
    return pairwise(piece.lines())


def _nested(pieces: Sequence[Piece]) -> Iterator[tuple[int, Piece]]:
    """The pieces that stand inside the stretch of a piece before them, each with its place among all."""
    reached = 0
    for k, piece in enumerate(pieces):
        if piece.last <= reached:
            yield k, piece
        reached = max(reached, piece.last)


def _own_edits(text: str, lines: Sequence[Line], piece: Piece, keeps: Mapping[int, bool]) -> tuple[Edit, ...]:
    """The edits of a nested piece, which its own text is made by."""
    editor = _Editor(text, ())
    edits: list[Edit] = []
    for i in piece.lines():
        if i > piece.first:
            edits += editor.between(lines[i - 1].end, lines[i].start, keeps.get(i - 1))
        edits += editor.inside_line(lines[i])
    return tuple(edits)


def _edits(
    text: str, lines: Sequence[Line], pieces: Sequence[Piece], removals: Sequence[Removal], keeps: Mapping[int, bool]
) -> list[Edit]:
    """All edits in order; `keeps` says of the lines that end in a divided word whether its hyphen stays."""
    editor = _Editor(text, removals)
    edits: list[Edit] = []
    joins: list[tuple[int, int]] = []
    for piece in pieces:
        before = lines[piece.first]
        if before.start > editor.next_furniture:
            edits += editor.outside(before.start)
        if editor.lines_stay and piece.kind != "toc_entry":
            for i, j in _joins(piece, lines) if piece.last - piece.first > 1 else ():
                if i in keeps:
                    edits += editor.between(lines[i].end, lines[j].start, keeps[i])
                else:
                    joins.append((lines[i].end, lines[j].start))
            continue
        add = editor.inside_entry if piece.kind == "toc_entry" else editor.inside_line
        edits += add(before)
        for i, j in _joins(piece, lines):
            line = lines[j]
            if line.end > editor.next_furniture or i in keeps:
                edits += editor.between(before.end, line.start, keeps.get(i))
            else:
                joins.append((before.end, line.start))
            edits += add(line)
            before = line
    edits += editor.outside(len(text))
    # Nearly all edits join two lines and nothing else; they are made all at once.
    edits += map(Edit._make, [(start, end, text[start:end], _space_before(text, end), "line_join", True, 1.0) for start, end in joins])
    edits.sort(key=itemgetter(0))
    return edits


def _space_before(text: str, start: int) -> str:
    """What stands between a line that begins at `start` and the one that goes on in it."""
    return "" if begins_with_stop(text, start) else " "


def begins_with_stop(text: str, start: int = 0) -> bool:
    """Whether the stop behind a word stands at `start`, alone: extractors begin a new line after a raised figure.

    >>> begins_with_stop(". Кейін көшіп кетті."), begins_with_stop(".kz порталы")
    (True, False)
    """
    return text[start] in STOPS and _STOP.match(text, start) is not None


def _divided(line: Line, following: Line) -> tuple[str, str] | None:
    """The parts of the word that the hyphen at the end of a line stands in, or None where there is none on both sides."""
    before, after = _LAST_WORD.search(line.text, max(0, len(line.text) - 60), len(line.text) - 1), _FIRST_WORD.match(following.text)
    return (before.group(), after.group()) if before and after else None


def _is_word(spaced: str) -> bool:
    """Letters that are set apart make a word, and are no list of letters.

    >>> _is_word("Ш и т і"), _is_word("а б в г")
    (True, False)
    """
    letters = spaced.lower().split()
    return letters != sorted(letters) and not VOWELS.isdisjoint(letters)


def has_spaced_words(text: str) -> bool:
    """Whether some word of a text is written in letters that are set apart.

    >>> has_spaced_words("К І Р І С П Е"), has_spaced_words("кіріспе")
    (True, False)
    """
    return _TWO_APART.search(text) is not None and any(_is_word(spaced.group()) for spaced in _SPACED.finditer(text))


def spaced_words(text: str, start: int, end: int) -> Iterator[tuple[int, int, list[Edit]]]:
    """Stretches of letters that are set apart from `start` to `end`, each with the edits that put its words together; words are parted
    by more than one space.

    >>> [(s, e, [(x.before, x.after) for x in edits]) for s, e, edits in spaced_words("С ө з д е р   ж ә н е", 0, 21)][0][2][4:6]
    [(' ', ''), ('   ', ' ')]
    """
    for spaced in _SPACED.finditer(text, start, end) if _TWO_APART.search(text, start, end) is not None else ():
        if _is_word(spaced.group()):
            gaps = _GAP.finditer(text, spaced.start(), spaced.end())
            edits = [Edit(gap.start(), gap.end(), gap.group(), "" if len(gap.group()) == 1 else " ", "spacing") for gap in gaps]
            yield spaced.start(), spaced.end(), [e for e in edits if e.before != e.after]


class _Editor:
    """Makes edits from left to right."""

    def __init__(self, text: str, removals: Sequence[Removal]) -> None:
        self.text = text
        self.removals = removals
        self.starts = [removal.start for removal in removals]
        self.done = 0
        """Removals that have become edits."""
        self.next_furniture = self.starts[0] if self.starts else len(text)
        """Where the next one begins."""
        apart = _TWO_APART.search(text) is not None and _SPACED.search(text) is not None
        self.odd_spaces = apart or any(space in text for space in _ODD_SPACES)
        """The text has white space inside lines that is not the common space, or letters that are set apart."""
        self.lines_stay = not (removals or self.odd_spaces or "  " in text)
        """No line has anything inside that is edited, but for dots in tables of contents."""

    def outside(self, end: int) -> Iterator[Edit]:
        """Edits for furniture before `end`, outside blocks."""
        for removal in self._taken(end):
            yield self._edit(removal.start, removal.end, "", removal.rule)

    def between(self, start: int, end: int, keep: bool | None) -> Iterator[Edit]:
        """Edits for what lies between two lines; `keep` says what becomes of a hyphen, None that there is none."""
        rule, after = ("line_join", _space_before(self.text, end)) if keep is None else ("hyphen_join", "")
        position = start - 1 if keep is False else start
        for removal in self._taken(end):
            if position < removal.start:
                yield self._edit(position, removal.start, after, rule)
                after = ""
            yield self._edit(removal.start, removal.end, "", removal.rule)
            position = removal.end
        if position < end:
            yield self._edit(position, end, after, rule)

    def inside_line(self, line: Line) -> Iterator[Edit]:
        """Edits inside a line: furniture, and runs of white space."""
        if line.end > self.next_furniture:
            yield from self._around_furniture(line)
        elif "  " in line.text or self.odd_spaces:
            yield from self._spacing(line.start, line.end)

    def inside_entry(self, line: Line) -> Iterator[Edit]:
        """Edits inside a line of a table of contents: the dots between title and page become a space."""
        leader = _LEADER.search(self.text, line.start, line.end)
        if leader is None or line.end > self.next_furniture or leader.start() == line.start:
            yield from self.inside_line(line)
            return
        yield from self._spacing(line.start, leader.start())
        yield self._edit(leader.start(), leader.end(), " ", "spacing")

    def _around_furniture(self, line: Line) -> Iterator[Edit]:
        position = line.start
        for removal in self._taken(line.end):
            content = self.text[position : removal.start]
            kept = position + len(content.rstrip())
            yield from self._spacing(position, kept)
            if kept < removal.start:
                yield self._edit(kept, removal.start, "", "spacing")
            yield self._edit(removal.start, removal.end, "", removal.rule)
            position = removal.end
        rest = self.text[position : line.end]
        begin = position + len(rest) - len(rest.lstrip())
        if begin > position and self.text[position:begin] != " ":
            yield self._edit(position, begin, " ", "spacing")
        yield from self._spacing(begin, line.end)

    def _spacing(self, start: int, end: int) -> Iterator[Edit]:
        """Edits that make runs of white space one space, and words of letters that are set apart."""
        position = start
        for first, last, edits in spaced_words(self.text, start, end) if self.odd_spaces else ():
            yield from self._wide(position, first)
            yield from edits
            position = last
        yield from self._wide(position, end)

    def _wide(self, start: int, end: int) -> Iterator[Edit]:
        for match in _WIDE.finditer(self.text, start, end):
            yield self._edit(match.start(), match.end(), " ", "spacing")

    def _taken(self, end: int) -> Sequence[Removal]:
        """The removals before `end` that have not become edits yet, which they now do."""
        first = self.done
        self.done = max(first, bisect_left(self.starts, end))
        self.next_furniture = self.starts[self.done] if self.done < len(self.starts) else len(self.text)
        return self.removals[first : self.done]

    def _edit(self, start: int, end: int, after: str, rule: str) -> Edit:
        return Edit(start, end, self.text[start:end], after, rule)
