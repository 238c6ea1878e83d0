"""How a document came out: shares that a reader can judge it by, and what is said where one of them is unusual.

Bounds are set where sound documents of many kinds (laws, textbooks, tales, news) stay far below; a poem or a glossary may pass one, and
the warning then says what was found, not that it is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from kz_textkit.document import Block, RawDocument

__all__ = ["quality_of", "quality_warnings"]

_LETTERS_LEFT = re.compile("[\ue000-\uf8ff\ufffdҤҥӚӛҦҧћЋђЂњЊџЏѓЃѕЅ]")
FEW = 20
"""Blocks of running text below which a share says nothing."""

BOUNDS: Mapping[str, tuple[float, str]] = MappingProxyType(
    {
        "broken_blocks": (
            0.08,
            "{share:.0%} of its paragraphs break off in mid-sentence: they may be lines of one",
        ),
        "headings": (0.5, "{share:.0%} of its blocks are headings, which is unusual"),
        "damaged_words": (0.01, "{share:.1%} of its words have letters that are no Kazakh ones, or were lost"),
    }
)
"""Shares above which something is said, and what."""


def quality_of(raw: RawDocument, blocks: Sequence[Block]) -> dict[str, float]:
    """Shares from 0 to 1: `broken_blocks` (paragraphs that end in a letter before one that begins with a small letter),
    `headings` (of all blocks), `damaged_words` (with letters of a misbuilt font, or lost ones), `unreadable_pages`, `kept` (characters
    of the raw text that are in the clean one).

    >>> quality_of(RawDocument("а", "а", "", "utf-8", "Үй"), [])["kept"]
    0.0
    """
    pages = [mark for mark in raw.marks if mark.kind == "page" and "number" in mark.value]
    text = "\n".join([block.text for block in blocks])
    words = text.count(" ") + len(blocks)
    damaged = sum(1 for word in text.split() if _LETTERS_LEFT.search(word)) if _LETTERS_LEFT.search(text) else 0
    running = [(a.text, b.text) for a, b in pairwise(blocks) if a.kind == b.kind == "paragraph"]
    broken = sum([b[0].islower() and a[-1].isalpha() for a, b in running])
    found = {
        "broken_blocks": broken / len(running) if len(running) >= FEW else 0.0,
        "headings": sum([block.kind == "heading" for block in blocks]) / len(blocks) if len(blocks) >= FEW else 0.0,
        "damaged_words": damaged / words if words else 0.0,
        "unreadable_pages": sum(bool(mark.value.get("unreadable")) for mark in pages) / len(pages) if pages else 0.0,
        "kept": min(1.0, (len(text) - max(0, len(blocks) - 1)) / len(raw.text)) if raw.text else 0.0,
    }
    return {name: round(share, 4) for name, share in found.items()}


def quality_warnings(quality: Mapping[str, float]) -> tuple[str, ...]:
    """What to say of a document with these shares.

    >>> quality_warnings({"headings": 0.75})
    ('75% of its blocks are headings, which is unusual',)
    """
    return tuple(text.format(share=quality[name]) for name, (bound, text) in BOUNDS.items() if quality.get(name, 0.0) > bound)
