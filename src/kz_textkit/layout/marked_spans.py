"""The stretches of a text whose format says where one thing ends and the next begins: which is whose, and what is taken out of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from kz_textkit.alignment import Edit
from kz_textkit.document import Mark
from kz_textkit.layout.addresses import spilled
from kz_textkit.layout.joins import spaced_words
from kz_textkit.layout.links import Url, find_urls

__all__ = ["REMOVED", "Leaf", "Removal", "clean_edits", "covers", "find_leaves", "inner_removals"]

REMOVED: Mapping[str, str] = MappingProxyType(
    {"running_head": "running_head", "page_number": "page_number", "url": "url", "furniture": "markup"}
)
"""Kinds of block marks that are taken out of the text, with the rules that say so."""
BY_LINES = frozenset(("verse", "code"))
"""Kinds whose every line is a block."""
NOTE_MARKS = frozenset(("note_number", "note_mark"))
"""Generated text that only ties notes to their place."""
MOST = 0.5
"""Share of the text that marked blocks must cover to decide."""

_SPACES = re.compile(r"\s+")
_NO_SPACE_BEFORE = frozenset(".,;:!?…)]}»”")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A stretch without white space at its ends that is one block, or furniture."""

    start: int
    end: int
    value: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """What its mark says."""

    @property
    def kind(self) -> str:
        return str(self.value.get("kind", ""))


@dataclass(frozen=True, slots=True)
class Removal:
    """A stretch inside a block that is taken out."""

    start: int
    end: int
    rule: str


def covers(text: str, marks: Sequence[Mark]) -> bool:
    """Whether certain blocks cover enough of the text to decide about all of it.

    >>> covers("Үй\\nТау", [Mark(0, 2, "block"), Mark(3, 6, "block")]), covers("Үй\\nТау", [Mark(0, 2, "line")])
    (True, False)
    """
    reached = covered = 0
    for mark in marks:
        if mark.kind == "block" and mark.certain and mark.end > reached:
            covered += mark.end - max(reached, mark.start)
            reached = mark.end
    return covered > 0 and covered >= MOST * len(text.strip())


def find_leaves(text: str, marks: Sequence[Mark]) -> list[Leaf]:
    """The blocks and the furniture that certain block marks make of `text`, in order.

    Of nested marks the inner one has its stretch, and what is left of the outer one goes on around it; furniture inside a block is no
    leaf but cut out of it (`inner_removals`). Text that no mark covers is a leaf a line, without a kind.

    >>> text = "Жеміс:\\n• алма\\n• өрік\\n5"
    >>> marks = [Mark(0, 20, "block", {"kind": "paragraph"}), Mark(7, 13, "block", {"kind": "list_item"})]
    >>> [(leaf.kind, text[leaf.start : leaf.end]) for leaf in find_leaves(text, marks)]
    [('paragraph', 'Жеміс:'), ('list_item', '• алма'), ('paragraph', '• өрік'), ('', '5')]
    """
    leaves: list[Leaf] = []
    opened: list[Mark] = []
    at = 0

    def emit(end: int) -> None:
        nonlocal at
        if end > at:
            leaves.extend(_leaves_of(text, at, end, opened[-1].value if opened else None))
            at = end

    for mark in marks:
        if mark.kind != "block" or not mark.certain or mark.value.get("kind") == "table_cell" or mark.end <= mark.start:
            continue
        while opened and opened[-1].end <= mark.start:
            emit(opened[-1].end)
            opened.pop()
        if opened and (_is_removed(opened[0]) or _is_removed(mark)):
            continue
        emit(mark.start)
        opened.append(mark)
    while opened:
        emit(opened[-1].end)
        opened.pop()
    emit(len(text))
    return _joined(text, leaves)


def inner_removals(text: str, marks: Sequence[Mark], leaves: Sequence[Leaf]) -> tuple[list[Removal], list[Url]]:
    """What is taken out of the leaves that are blocks, in order and without overlaps, and the addresses among it."""
    found = [
        Removal(mark.start, mark.end, rule) for mark in marks if mark.end > mark.start and (rule := _rule_inside(mark)) is not None
    ]
    urls: list[Url] = []
    for leaf in leaves:
        if leaf.kind not in REMOVED and leaf.kind != "code":
            inside = text[leaf.start : leaf.end]
            if "/" in inside or "www." in inside.lower():
                urls += (Url(leaf.start + url.start, leaf.start + url.end, url.address) for url in find_urls(inside))
    # An address in mark-up, as in a link of Markdown, is that of a link of the format.
    starts, ends = [removal.start for removal in found], [removal.end for removal in found]
    urls = [url for url in urls if not _is_inside(url, starts, ends)]
    found += (Removal(url.start, url.end, "url") for url in spilled(text, urls))
    found.sort(key=lambda removal: (removal.start, -removal.end))
    apart: list[Removal] = []
    for removal in found:
        if not apart or removal.start >= apart[-1].end:
            apart.append(removal)
        elif removal.end > apart[-1].end:
            apart.append(Removal(apart[-1].end, removal.end, removal.rule))
    return apart, urls


def clean_edits(text: str, leaf: Leaf, removals: Sequence[Removal]) -> tuple[list[Edit], int, int]:
    """The edits that make clean text of a leaf, and where its text begins and ends when what is taken out at its ends is left outside.

    White space becomes single spaces, but in program text; what a removal leaves between two spaces, at an end, or before a closing
    mark goes with it.

    >>> edits, start, end = clean_edits("Тіл\\nтуралы 1 .", Leaf(0, 14), [Removal(11, 12, "note_mark")])
    >>> [(e.before, e.after, e.rule) for e in edits]
    [('\\n', ' ', 'line_join'), (' ', '', 'spacing'), ('1', '', 'note_mark'), (' ', '', 'spacing')]
    """
    inside = [r for r in removals if r.start < leaf.end and r.end > leaf.start]
    if leaf.kind == "code" and not inside:
        return [], leaf.start, leaf.end
    pieces = _kept(text, leaf, inside)
    if not pieces:
        return [_removal(text, max(r.start, leaf.start), min(r.end, leaf.end), r.rule) for r in inside], leaf.end, leaf.end
    start, end = pieces[0][0], pieces[-1][1]
    edits = [_removal(text, max(r.start, leaf.start), min(r.end, leaf.end), r.rule) for r in inside]
    for (_, before), (after, _) in pairwise(pieces):
        edits += _seam(text, before, after, inside)
    for first, last in pieces:
        for begin, stop, together in (
            [*spaced_words(text, first, last), (last, last, [])] if leaf.kind != "code" else [(last, last, [])]
        ):
            edits += (
                Edit(m.start(), m.end(), m[0], " ", "line_join" if "\n" in m[0] else "spacing")
                for m in _SPACES.finditer(text, first, begin)
                if m[0] != " "
            )
            edits += together
            first = stop
    edits.sort(key=lambda e: (e.start, e.end))
    return edits, start, end


def _is_inside(url: Url, starts: Sequence[int], ends: Sequence[int]) -> bool:
    """Whether an address begins in one of the stretches, which are in order."""
    at = bisect_right(starts, url.start) - 1
    return at >= 0 and url.start < ends[at]


def _kept(text: str, leaf: Leaf, inside: Sequence[Removal]) -> list[tuple[int, int]]:
    """What is left of a leaf: stretches without white space at their ends."""
    kept: list[tuple[int, int]] = []
    at = leaf.start
    for border, following in [*((r.start, r.end) for r in inside), (leaf.end, leaf.end)]:
        piece = text[at:border] if border > at else ""
        if piece.strip():
            kept.append((at + len(piece) - len(piece.lstrip()), at + len(piece.rstrip())))
        at = max(at, following)
    return kept


def _seam(text: str, before: int, after: int, inside: Sequence[Removal]) -> Iterator[Edit]:
    """Edits for the white space between two kept stretches, around what is taken out between them: one space is left, or none."""
    gaps: list[tuple[int, int]] = []
    at = before
    for removal in inside:
        if removal.end <= before or removal.start >= after:
            continue
        if removal.start > at:
            gaps.append((at, removal.start))
        at = removal.end
    if after > at:
        gaps.append((at, after))
    # Where no more than signs of mark-up went, the space before them was meant: `.rs` in Markdown.
    between = [r for r in inside if r.end > before and r.start < after]
    has_words = any(r.rule != "markup" or any(map(str.isalnum, text[r.start : r.end])) for r in between)
    wanted = "" if has_words and text[after] in _NO_SPACE_BEFORE else " "
    for start, end in gaps:
        if text[start:end] != wanted:
            yield Edit(start, end, text[start:end], wanted, "spacing")
        wanted = ""


def _removal(text: str, start: int, end: int, rule: str) -> Edit:
    return Edit(start, end, text[start:end], "", rule)


def _rule_inside(mark: Mark) -> str | None:
    """The rule by which a mark takes text out of the block that it is in."""
    if mark.kind == "block":
        return REMOVED.get(mark.value.get("kind", "")) if mark.certain else None
    if mark.kind == "anchor":
        return "note_mark" if "note" in mark.value else None
    return "note_mark" if mark.kind == "generated" and mark.value.get("by") in NOTE_MARKS else None


def _is_removed(mark: Mark) -> bool:
    return mark.value.get("kind") in REMOVED


def _leaves_of(text: str, start: int, end: int, value: Mapping[str, Any] | None) -> Iterator[Leaf]:
    by_lines = value is None or value.get("kind") in BY_LINES
    indent = None
    if value is not None and value.get("kind") == "code":
        first = text.rfind("\n", 0, start) + 1
        start = first if not text[first:start].strip() else start
        indent = _common_indent(text[start:end])
    while start < end:
        border = text.find("\n", start, end) if by_lines else end
        border = end if border < 0 else border
        piece = text[start:border]
        if piece.strip():
            first = start + (len(piece) - len(piece.lstrip()) if indent is None else indent)
            yield Leaf(first, start + len(piece.rstrip()), {} if value is None else value)
        start = border + by_lines


def _common_indent(text: str) -> int:
    """White space that all lines of program text begin with: what is more than that is theirs.

    >>> _common_indent("  for қала in қалалар:\\n\\n      print(қала)")
    2
    """
    return min((len(line) - len(line.lstrip()) for line in text.split("\n") if line.strip()), default=0)


def _joined(text: str, leaves: Sequence[Leaf]) -> list[Leaf]:
    """Text without a mark put together with the block that it touches: a letter that repair put in at its end."""
    joined: list[Leaf] = []
    for leaf in leaves:
        last = joined[-1] if joined else None
        apart = last is None or last.end != leaf.start or last.kind in REMOVED or leaf.kind in REMOVED
        if last is not None and not apart and (not leaf.value or not last.value):
            joined[-1] = Leaf(last.start, leaf.end, last.value or leaf.value)
        else:
            joined.append(leaf)
    return joined
