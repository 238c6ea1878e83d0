"""A text without end in pieces that can be annotated one by one, cut between sentences; and a document in stretches of such pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kz_textkit.document import Block, Document

__all__ = ["MAX_CHARS", "MAX_UNSPACED", "STRETCH", "Piece", "pieces", "stretches"]

STRETCH = 400_000
"""Characters of a document in which words are seen together, about: some 60,000 tokens. Nearly all documents are shorter."""

MAX_CHARS = 50_000
"""Longest text that is given to the pipeline in one go."""
MAX_UNSPACED = 1_000
"""Longest run without white space that is given to the tokenizer: no word of any language, and slow to search."""

_sentence_end = re.compile(r"(?<=[.!?…»”\"')\]])\s+(?=[^\s\w]*[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ0-9])")
_unspaced = re.compile(rf"\S{{{MAX_UNSPACED}}}(?=\S)")


class Piece(NamedTuple):
    """A part of a block that is annotated as a text of its own: nearly always all of it."""

    block: Block
    start: int
    """Offset in the text of the block."""
    text: str


def stretches(document: Document) -> Iterator[list[Piece]]:
    """The pieces of the blocks of a document, in stretches: what a document shows of its words (`morphology.document_memory`) is looked
    for in each by itself, so that a document without end needs no more memory than another."""
    stretch: list[Piece] = []
    size = 0
    for block in document.blocks:
        for start, end in pieces(block.text):
            stretch.append(Piece(block, start, block.text[start:end]))
            size += end - start
            if size >= STRETCH:
                yield stretch
                stretch, size = [], 0
    if stretch:
        yield stretch


def pieces(text: str, max_chars: int = MAX_CHARS) -> Iterator[tuple[int, int]]:
    """Spans that cover a text and are at most `max_chars` long, cut at the ends of sentences, or else at white space, or else anywhere.

    >>> list(pieces("Кеш түсті. Қой келді.", 15))
    [(0, 11), (11, 21)]
    """
    start = 0
    if 0 < len(text) <= min(max_chars, MAX_UNSPACED):
        yield 0, len(text)
        return
    while start < len(text):
        end = min(len(text), start + max_chars)
        if end < len(text):
            end = _cut_before(text, start, end)
        if run := _unspaced.search(text, start, end):
            end = run.end()
        yield start, end
        start = end


def _cut_before(text: str, start: int, end: int) -> int:
    """The last good place for a cut in the second half of the span, or its end."""
    ends = [found.end() for found in _sentence_end.finditer(text, (start + end) // 2, end)]
    if ends:
        return ends[-1]
    space = max(text.rfind(" ", start + 1, end), text.rfind("\n", start + 1, end))
    return space + 1 if space > start else end
