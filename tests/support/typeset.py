"""Sets the clean originals of `tests/originals/` as pages of many conventions, so that the layout has to find their blocks again."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from damage import Original
from kz_textkit.layout.widths import AVERAGE
from pages.model import Block, Source
from pages.setter import set_source
from pages.setting import Setting

__all__ = ["STYLES", "set_in"]

_KINDS = {"paragraph": "para", "list_item": "item", "outline_item": "outline", "toc_entry": "toc", "table_row": "table"}
_PLAIN = Setting(before_heading=1, after_heading=1)
_APART = Setting(between=1, in_lists=1, before_heading=2, after_heading=2)
_PAGED = {"height": 40, "first_page": 5}
_UNWRAPPED = Setting(wrapped=False, before_heading=0, after_heading=0)
_HEAD = "{title} {n}|{n} {title}"

STYLES = {
    "a blank line after every line": replace(_PLAIN, indent=2000, inside=1),
    "a blank line between paragraphs": _APART,
    "page numbers and divided words": replace(_APART, hyphens=1.0, foot="{n}", **_PAGED),
    "indents": replace(_PLAIN, indent=2500, indent_text="    "),
    "indents, heads, form feeds": replace(_PLAIN, indent=2500, indent_text="    ", hyphens=1.0, head=_HEAD, page_end="\n\f", **_PAGED),
    "indents that the text lost": replace(_PLAIN, indent=2500),
    "lost indents, page numbers": replace(_PLAIN, indent=2500, hyphens=1.0, foot="- {n} -", **_PAGED),
    "no sign but the room on last lines": _PLAIN,
    "narrow columns": replace(_PLAIN, width=19_000, indent=1000, indent_text="  ", hyphens=1.0),
    "lines of 72 characters": replace(_APART, width=72 * AVERAGE, by_characters=True),
    "lines of 72 characters, indents": replace(_PLAIN, width=72 * AVERAGE, by_characters=True, indent=4 * AVERAGE, indent_text="    "),
    "a line is a paragraph": _UNWRAPPED,
    "a line is a paragraph, page numbers": replace(_UNWRAPPED, foot="{n} | бет", height=12, first_page=5),
    "ragged lines": replace(
        _PLAIN, indent=1500, indent_text="  ", hyphens=1.0, ragged=1500, head=_HEAD.replace("title", "TITLE"), **_PAGED
    ),
}


def set_in(style: Setting, blocks: Sequence[Original]) -> str:
    """The raw text of pages that hold the blocks."""
    own = tuple(Block(_KINDS.get(block.kind, block.kind), block.text, block.level) for block in blocks)
    return set_source(Source("original", "training", own, "Қазақ тілі мен әдебиеті"), style, random.Random(3), most=100_000).text
