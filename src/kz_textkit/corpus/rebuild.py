"""The raw text, put together again from what a corpus keeps of it: blocks, edits and gaps.

`raw text = corpus + record of edits` is the first promise of the project. What is here is the proof: `rebuild` knows nothing of the
raw text but what is in the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kz_textkit.alignment import Edit, undo_edits
from kz_textkit.document import Document
from kz_textkit.errors import CorpusError
from kz_textkit.record import edits_by_block

__all__ = ["Gap", "PlacedBlock", "gaps_of", "placed_blocks", "rebuild"]


class PlacedBlock(NamedTuple):
    """A block as the tables have it: clean text, and the span of the raw text that it covers."""

    block_id: str
    text: str
    raw_start: int
    raw_end: int


class Gap(NamedTuple):
    """White space of the raw text that is in no block and no edit."""

    start: int
    text: str


def placed_blocks(document: Document) -> list[PlacedBlock]:
    """The blocks of a document, in order."""
    return [PlacedBlock(block.block_id, block.text, block.raw_start, block.raw_end) for block in document.blocks]


def gaps_of(document: Document) -> list[Gap]:
    """What is in no block and no edit of a document.

    Raises `CorpusError` where that is more than white space: the promise that nothing is lost would be broken.
    """
    text = document.raw.text
    gaps: list[Gap] = []
    position = 0
    for start, end, _ in _covered(placed_blocks(document), [e for e in document.edits if e.applied]):
        if start > position:
            gaps.append(Gap(position, text[position:start]))
        position = max(position, end)
    if position < len(text):
        gaps.append(Gap(position, text[position:]))
    for gap in gaps:
        if not gap.text.isspace():
            raise CorpusError(
                f"{document.raw.doc_id}: text at {gap.start} is neither in a block nor in an edit: {gap.text.strip()[:40]!r}"
            )
    return gaps


def rebuild(blocks: Sequence[PlacedBlock], edits: Iterable[Edit], gaps: Iterable[Gap]) -> str:
    """The raw text that the blocks, the applied edits and the gaps of one document, each in order, came from.

    Raises `CorpusError` with the offset in the raw text where they do not fit together.

    >>> rebuild([PlacedBlock("b1", "Үкімет", 1, 7)], [Edit(1, 2, "Ҥ", "Ү", "legacy_letter")], [Gap(0, "\\n")])
    '\\nҤкімет'
    """
    pieces = [*_covered(blocks, edits), *((gap.start, gap.start + len(gap.text), gap.text) for gap in gaps)]
    pieces.sort(key=lambda piece: piece[:2])
    position = 0
    for start, end, text in pieces:
        if start != position:
            raise CorpusError(f"text at {min(start, position)} is {'missing' if start > position else 'there twice'}")
        if end - start != len(text):
            raise CorpusError(f"text at {start} should have {end - start} characters and has {len(text)}")
        position = end
    return "".join(text for _, _, text in pieces)


def _covered(blocks: Sequence[PlacedBlock], edits: Iterable[Edit]) -> Iterator[tuple[int, int, str]]:
    """Spans of the raw text with their text, in order: each block as it was before its edits, each edit outside the blocks."""
    for block, inside in edits_by_block(blocks, edits):
        if block is None:
            yield from ((e.start, e.end, e.before) for e in inside)
            continue
        missing = len(block.text) - (block.raw_end - block.raw_start) - sum(len(e.after) - (e.end - e.start) for e in inside)
        if missing:
            raise CorpusError(f"text of block {block.block_id} at {block.raw_start} does not fit its edits: {missing:+} characters")
        try:
            text = undo_edits(block.text, inside, block.raw_start)
        except ValueError as error:
            raise CorpusError(f"text of block {block.block_id} at {block.raw_start} does not fit its edits: {error}") from error
        yield block.raw_start, block.raw_end, text
