"""The record of edits, block by block: which edit was made in which block, and which between them.

Blocks and edits have offsets of the raw text. Which block an edit is in follows from its place, except where text was put in just
between two blocks that touch: there the lengths of their texts tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from kz_textkit.alignment import Edit, undo_edits

__all__ = ["CoveredBlock", "edits_by_block", "keeps_everything"]


class CoveredBlock(Protocol):
    """A block with its clean text and the span of the raw text that it covers."""

    @property
    def text(self) -> str: ...
    @property
    def raw_start(self) -> int: ...
    @property
    def raw_end(self) -> int: ...


B = TypeVar("B", bound=CoveredBlock)


def edits_by_block(blocks: Sequence[B], edits: Iterable[Edit]) -> Iterator[tuple[B | None, list[Edit]]]:
    """Each block with the edits inside it, and each edit outside the blocks with None, in the order of the raw text.

    `edits` are applied ones, in order. A block inside another one (a note at the foot of a page, in a paragraph that goes on on the
    next) is passed over: the edit that took it out of there has its text.
    """
    pending = list(edits)
    i = reached = 0
    for block in blocks:
        if block.raw_end <= reached and block.raw_start < reached:
            continue
        reached = block.raw_end
        while i < len(pending) and _precedes(pending[i], block):
            yield None, [pending[i]]
            i += 1
        inside: list[Edit] = []
        missing = len(block.text) - (block.raw_end - block.raw_start)
        while i < len(pending) and _within(pending[i], block, missing):
            inside.append(pending[i])
            missing -= len(pending[i].after) - (pending[i].end - pending[i].start)
            i += 1
        yield block, inside
    for e in pending[i:]:
        yield None, [e]


def keeps_everything(text: str, blocks: Sequence[B], edits: Iterable[Edit]) -> bool:
    """Whether blocks and applied edits, in order, account for all of a raw text but white space, each stretch once.

    >>> keeps_everything("Ауыл.\\n12\\n", [], [Edit(0, 5, "Ауыл.", "", "furniture"), Edit(6, 8, "12", "", "page_number")])
    True
    >>> keeps_everything("Ауыл.\\n12\\n", [], [Edit(0, 5, "Ауыл.", "", "furniture")])
    False
    """
    position = 0
    for block, inside in edits_by_block(blocks, edits):
        if block is None:
            start, end, before = inside[0].start, inside[0].end, inside[0].before
        else:
            start, end = block.raw_start, block.raw_end
            try:
                before = undo_edits(block.text, inside, start)
            except ValueError:
                return False
        if start < position or text[position:start].strip() or text[start:end] != before:
            return False
        position = end
    return not text[position:].strip()


def _precedes(edit: Edit, block: CoveredBlock) -> bool:
    """Whether an edit is before the block. A block begins with a letter or a sign, so white space put in at its start is not in it."""
    if edit.start == edit.end == block.raw_start:
        return not edit.after.strip()
    return edit.end <= block.raw_start


def _within(edit: Edit, block: CoveredBlock, missing: int) -> bool:
    if edit.start == edit.end == block.raw_end:
        # Put in between two blocks that touch: it is in this one if this one's text is too long without it.
        return bool(edit.after.strip()) and missing > 0
    return block.raw_start <= edit.start and edit.end <= block.raw_end
