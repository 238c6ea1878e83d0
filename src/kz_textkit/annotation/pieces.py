"""A text without end in pieces that can be annotated one by one, cut between sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["MAX_CHARS", "MAX_UNSPACED", "pieces"]

MAX_CHARS = 50_000
"""Longest text that is given to the pipeline in one go."""
MAX_UNSPACED = 1_000
"""Longest run without white space that is given to the tokenizer: no word of any language, and slow to search."""

_sentence_end = re.compile(r"(?<=[.!?…»”\"')\]])\s+(?=[^\s\w]*[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ0-9])")
_unspaced = re.compile(rf"\S{{{MAX_UNSPACED}}}(?=\S)")


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
