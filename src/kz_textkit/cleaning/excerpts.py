"""Edits in their context: the words around a change, as they were in the raw text and as they are now."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from kz_textkit.alignment import Edit, apply_edits
from kz_textkit.document import Document

__all__ = ["Excerpt", "edits_in_context", "examples_by_rule", "line_and_column"]

EXAMPLES = 5
"""Examples of each rule that are kept."""

CANDIDATES = 200
"""Edits of each rule that are looked at for examples."""

LONGEST_EXAMPLE = 60
"""Characters of an example, about."""

_LINE_BREAKS = re.compile(r"[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """An edit with its place and what is around it."""

    edit: Edit
    line: int
    """Line of the raw text, from 1."""
    column: int
    """Character in the line, from 1."""
    left: str
    """Raw text before it, on its line."""
    right: str
    """Raw text after it, on its line."""


def edits_in_context(document: Document, *, width: int = 20) -> list[Excerpt]:
    """The edits of a document, suggestions too, with line, column and up to `width` characters of the raw text on both sides."""
    text = document.raw.text
    breaks = [i for i, c in enumerate(text) if c == "\n"]
    excerpts: list[Excerpt] = []
    for e in document.edits:
        line = bisect_right(breaks, e.start - 1)
        start = breaks[line - 1] + 1 if line else 0
        left = text[max(start, e.start - width) : e.start]
        right = text[e.end : e.end + width].partition("\n")[0]
        excerpts.append(Excerpt(e, line + 1, e.start - start + 1, left, right))
    return excerpts


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Line and character in it of an offset, both from 1.

    >>> line_and_column("Ауыл.\\nДала.", 8)
    (2, 3)
    """
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - start + 1


def examples_by_rule(document: Document) -> dict[str, list[tuple[str, str]]]:
    """Some applied edits of each rule: the words that they touch, before and after all edits; of a run of line breaks one is left.

    Addresses come with the titles that they lead to.
    """
    applied = [e for e in document.edits if e.applied and e.rule != "url"]
    chosen: dict[str, list[tuple[str, str]]] = {}
    if addresses := list(dict.fromkeys((urlsplit(k.url).netloc or k.url[:30], k.title) for k in document.links if k.title)):
        chosen["url"] = addresses[:EXAMPLES]
    looked: dict[str, int] = {}
    for i, e in enumerate(applied):
        looked[e.rule] = looked.get(e.rule, 0) + 1
        examples = chosen.setdefault(e.rule, [])
        if looked[e.rule] > CANDIDATES or len(examples) == EXAMPLES:
            continue
        example = _words_around(document.raw.text, applied, i)
        if example not in examples and not example[0][-1:].isspace():
            examples.append(example)
    return chosen


def _words_around(text: str, edits: Sequence[Edit], i: int) -> tuple[str, str]:
    start, end = edits[i].start, edits[i].end
    while start > 0 and not text[start - 1].isspace() and edits[i].start - start < LONGEST_EXAMPLE // 2:
        start -= 1
    while end < len(text) and not text[end].isspace() and end - edits[i].end < LONGEST_EXAMPLE // 2:
        end += 1
    first, last = i, i + 1
    while first > 0 and edits[first - 1].start >= start:
        first -= 1
    if first > 0 and edits[first - 1].end > start:
        start = edits[first - 1].end
    while last < len(edits) and edits[last].end <= end:
        last += 1
    if last < len(edits) and edits[last].start < end:
        end = edits[last].start
    return _shortened(text[start:end]), _shortened(apply_edits(text, edits[first:last], start, end))


def _shortened(text: str) -> str:
    text = _LINE_BREAKS.sub("\n", text)
    return text if len(text) <= LONGEST_EXAMPLE else text[: LONGEST_EXAMPLE // 2] + " … " + text[-LONGEST_EXAMPLE // 2 :]
