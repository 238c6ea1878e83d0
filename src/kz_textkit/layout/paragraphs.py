"""Which lines belong together, and what each such piece of the page is: paragraph, list item, question, row of a table, source, note.

Whether a line begins a new piece is decided by the line before it and itself: blank lines and indents as far as this document uses them
(`convention`), the room that was left on the line before, how that line ends and this one begins, and labels of list items, whose
numbers have to go on from the one before where the line break alone proves nothing: prose wraps before "2)" as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kz_textkit.document import BlockKind
from kz_textkit.layout.convention import Convention
from kz_textkit.layout.headings import Heading
from kz_textkit.layout.labels import ListLabel, caption, is_question, is_source, is_table_like, list_label, normal_title
from kz_textkit.layout.lines import Line
from kz_textkit.layout.sections import Decided

__all__ = ["Piece", "find_pieces"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines `first` up to, not including, `last` that are one block."""

    kind: BlockKind
    first: int
    last: int


CLEAR_ROOM = 0.005
"""Room, as a share of the full width, that proves an end after a line that ends a sentence."""
OPEN_ROOM = 0.22
"""The same after a line that breaks off before a small letter."""
CAPITAL_ROOM = 0.025
"""The same after a line that breaks off before a capital: a name or a title."""
COLON_ROOM = 0.03
"""The same after a colon or semicolon before a small letter."""
POINT_ROOM = 0.10
"""The same after a point before a small letter, as after an abbreviation."""

_OPENING = "«\"“„(['‘"
_CLOSING = "»\"”)]'’"


def find_pieces(
    lines: Sequence[Line],
    convention: Convention,
    *,
    decided: Sequence[Decided] = (),
    headings: Sequence[Heading] = (),
) -> list[Piece]:
    """The pieces that all `lines` fall into, in order; those of `decided` among them. `headings` tell lists of questions and of
    literature.

    >>> from kz_textkit.layout.lines import read_lines
    >>> from kz_textkit.layout.convention import UNWRAPPED
    >>> [piece.kind for piece in find_pieces(read_lines("Сөз таптары:\\n1) зат есім;\\n2) сын есім."), UNWRAPPED)]
    ['paragraph', 'list_item', 'list_item']
    """
    fixed = {block.first: Piece(block.kind, block.first, block.last) for block in decided}
    contexts = _contexts(headings, len(lines))
    pieces: list[Piece] = []
    at = 0
    while at < len(lines):
        if at in fixed:
            pieces.append(fixed[at])
            at = max(at + 1, fixed[at].last)
            continue
        end = at + 1
        while end < len(lines) and end not in fixed:
            end += 1
        pieces += _pieces_between(lines, at, end, convention, contexts)
        at = end
    return pieces


_LITERATURE = ("әдебиет", "дереккөз", "дерек көз", "библиограф", "литератур", "сілтеме", "источник")
_WITHIN = frozenset(("week", "topic", "lesson", "number", "decimal", "roman"))


def _contexts(headings: Sequence[Heading], count: int) -> list[str]:
    """For each line `questions` or `sources` where its section is a list of those, else an empty string."""
    contexts = [""] * count
    current, order = "", 0.0
    for k, heading in enumerate(headings):
        if heading.kind == "questions":
            current, order = "questions", heading.order
        elif heading.kind == "back_matter" and any(word in normal_title(heading.title) for word in _LITERATURE):
            current, order = "sources", heading.order
        elif not (heading.order > order and heading.rank in _WITHIN):
            current = ""
        if current:
            end = headings[k + 1].first if k + 1 < len(headings) else count
            contexts[heading.last : end] = [current] * (end - heading.last)
    return contexts


# --- where pieces begin


class _Starts:
    """Goes through the lines of a stretch without headings and decides which begin pieces."""

    def __init__(self, convention: Convention) -> None:
        self.convention = convention
        self.unit = max(1, convention.full)
        self.labels: dict[str, int | None] = {}
        """Styles of labels open in the running list, with their last value."""

    def begins(self, before: Line, line: Line, after: Line | None, *, first: bool) -> bool:
        """Whether `line` begins a piece; `first` says that `before` did."""
        label = list_label(line.text)
        starts = self._decide(before, line, after, label)
        if starts:
            self._remember(label, line)
        return starts

    def _remember(self, label: ListLabel | None, line: Line) -> None:
        if label is not None:
            self.labels[label.style] = label.value
        elif line.blank_before > self.convention.gap_between:
            self.labels.clear()

    def _decide(self, before: Line, line: Line, after: Line | None, label: ListLabel | None) -> bool:
        convention, text = self.convention, line.text
        low = text[0].islower()
        open_end = _is_open(before.text)
        if not convention.wrapped:
            crossed = line.page_start or line.start - before.end > 400
            return not (crossed and low and open_end and label is None)
        if _is_divided(before.text, text) and not (line.blank_before > convention.gap_in and not line.page_start and not low):
            return False
        if line.blank_before > convention.gap_in and not line.page_start:
            return not (open_end and low and before.ends_full)
        if convention.indent_first > convention.indent and not line.page_start:
            if line.indent >= convention.indent + 2:
                return not (open_end and low)
            if label is None and not (before.text[-1] in ".!?:" and before.room > 0.3 * self.unit):
                return False
        if label is not None:
            return self._label_begins(before, label, open_end)
        if before.ends_full:
            return self._is_indented_first(before, line, after)
        return before.room > self._proof(before.text, low=low, open_end=open_end) * self.unit

    def _proof(self, before: str, *, low: bool, open_end: bool) -> float:
        """Room that proves the end of a piece."""
        if open_end:
            return OPEN_ROOM if low else CAPITAL_ROOM
        if not low:
            return CLEAR_ROOM
        return COLON_ROOM if before[-1] in ":;" else POINT_ROOM

    def _label_begins(self, before: Line, label: ListLabel, open_end: bool) -> bool:
        """Whether a label at the beginning of a line is that of an item, and not of prose that is wrapped there."""
        if label.style == "bullet":
            return True
        if not before.ends_full:
            if label.style == "dash" or open_end:
                return before.room > (CAPITAL_ROOM if not open_end or before.text[-1] == "," else OPEN_ROOM / 2) * self.unit
            return True
        if open_end:
            return False
        if label.style == "dash":
            return True
        if label.value is None:
            return (before.text[-1] in ".;:" and label.style in self.labels) or before.text[-1] in ":;"
        expected = self.labels.get(label.style)
        return (label.value == 1 and before.text[-1] != ")") or (expected is not None and label.value == expected + 1)

    def _is_indented_first(self, before: Line, line: Line, after: Line | None) -> bool:
        """Whether a line after a full one is the first of a paragraph: it is itself full only if it was indented."""
        indent = self.convention.first_indent
        if not indent or before.text[-1] not in ".!?…»" or not (line.text[0].isupper() or line.text[0] in _OPENING):
            return False
        if after is None or not _is_open(line.text) or after.text[0].isupper():
            return False
        # `room` counts on the full width after a line that was full: with an indent, nothing would be left.
        return 0.15 * indent < line.room <= indent


def _is_open(text: str) -> bool:
    """Whether a line breaks off in the middle of a sentence."""
    last = text[-1]
    return last.isalnum() or last in ",-–—" or (last in _CLOSING and text[-2:-1] not in ".!?…;:")


def _is_divided(before: str, line: str) -> bool:
    """Whether a word, a compound or a range of numbers goes on from one line to the next."""
    return before[-1] == "-" and before[-2:-1].isalnum() and line[0].isalnum()


def _pieces_between(lines: Sequence[Line], at: int, end: int, convention: Convention, contexts: Sequence[str]) -> list[Piece]:
    """Pieces of a stretch of lines without headings."""
    starts = [at]
    decide = _Starts(convention)
    decide.labels.update(_style_of(lines[at].text))
    first = True
    for i in range(at + 1, end):
        following = lines[i + 1] if i + 1 < end else None
        first = decide.begins(lines[i - 1], lines[i], following, first=first)
        if first:
            starts.append(i)
    spans = list(zip(starts, [*starts[1:], end], strict=True))
    return _with_kinds(lines, spans, contexts)


def _style_of(text: str) -> dict[str, int | None]:
    label = list_label(text)
    return {} if label is None else {label.style: label.value}


# --- kinds


_NOTE = re.compile(
    r"(?:[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\*{1,3})\s?[^\W_a-zа-яәғқңөұүһі]|\[?\d{1,2}[\])]?\s+(?:Қараңыз|Қара:|Қар\.|Сонда|Бұл да сонда|Там же|См\.|Ibid)"
)
_SOURCE_START = re.compile(r"(?:Дерек\s?көз|Ескерту|Источник|Примечание)[^:.]{0,12}[:.]", re.IGNORECASE)


def _with_kinds(lines: Sequence[Line], spans: Sequence[tuple[int, int]], contexts: Sequence[str]) -> list[Piece]:
    """Pieces with their kinds: each from itself, then lists without labels and tables from their neighbours."""
    kinds = [_kind(lines, first, last, contexts[first]) for first, last in spans]
    _mark_tables(lines, spans, kinds)
    _mark_unlabelled_items(lines, spans, kinds)
    return [Piece(kind, first, last) for kind, (first, last) in zip(kinds, spans, strict=True)]


def _kind(lines: Sequence[Line], first: int, last: int, context: str) -> BlockKind:
    text = lines[first].text
    label = list_label(text)
    if context == "sources":
        return "source"
    if context == "questions" and (label is not None or is_question(lines[last - 1].text)):
        return "question"
    if _SOURCE_START.match(text):
        return "source"
    if _NOTE.match(text) or (caption(text) and last - first < 3):
        return "note"
    if label is not None:
        if label.style == "dash" and _is_speech(lines, first, last):
            return "paragraph"
        return "list_item"
    if last - first == 1 and (is_table_like(text) or text.count("|") > 1):
        return "table_row"
    if is_source(text) and last - first < 4 and text[0].isdigit():
        return "source"
    return "paragraph"


_SAID = re.compile(r"[,!?…]\s*[–—-]\s*(?:де[дпгй]|д[еi]|сұра|айқай|күбір|жауап)")


def _is_speech(lines: Sequence[Line], first: int, last: int) -> bool:
    """Whether a piece that begins with a dash is somebody speaking."""
    if lines[last - 1].text[-1] in "!?…" or lines[first].text[-1] in "!?…":
        return True
    return any(_SAID.search(line.text) for line in lines[first:last])


_ROW = re.compile(r"(\d{1,3})\.?\s+[^\W_]")
_HEADER = re.compile(r"№(?:\s*(?:р/с|р/н|п/п|б/с))?\s+[^\W\d]|Р/с\s")


def _mark_tables(lines: Sequence[Line], spans: Sequence[tuple[int, int]], kinds: list[BlockKind]) -> None:
    """Rows that follow the header of a flattened table (`№ Атауы Саны`) and are numbered from 1."""
    for k, (first, last) in enumerate(spans):
        if last - first != 1 or not _HEADER.match(lines[first].text):
            continue
        expected = 1
        for j in range(k + 1, len(spans)):
            row = _ROW.match(lines[spans[j][0]].text)
            if row is None or int(row.group(1)) != expected:
                break
            kinds[j] = "table_row"
            expected += 1
        if expected > 1:
            kinds[k] = "table_row"


def _mark_unlabelled_items(lines: Sequence[Line], spans: Sequence[tuple[int, int]], kinds: list[BlockKind]) -> None:
    """Items of a list without labels: what follows a colon and ends in semicolons, up to the one that ends in a full stop."""
    inside = False
    for k, (first, last) in enumerate(spans):
        text, final = lines[first].text, lines[last - 1].text[-1]
        if kinds[k] != "paragraph":
            inside = kinds[k] == "list_item" and final == ";" and list_label(text) is None
            continue
        after_colon = k > 0 and lines[spans[k - 1][1] - 1].text[-1] == ":"
        before_low = text[0].islower()
        if (inside or after_colon) and (final == ";" or (inside and (before_low or final in ".,")) or (after_colon and before_low)):
            kinds[k] = "list_item"
            inside = final in ";,"
        else:
            inside = False
