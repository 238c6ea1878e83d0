"""How a document came out: shares that a reader can judge it by, and what is said, with the place, where one of them is unusual.

Each measure counts blocks that something is wrong with, as far as can be seen of the clean text alone: a paragraph that breaks off in
mid-sentence, one that is so long that others must be in it, numbers that stand alone as page numbers do, words that come again page by
page as running heads do. Bounds are set where sound documents of many kinds (laws, textbooks, tales, news) stay far below; a
poem or a glossary may pass one, and the warning then says what was found, not that it is wrong.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from kz_textkit.document import Block, RawDocument
from kz_textkit.layout.labels import title_kind

__all__ = ["quality_of", "quality_warnings"]

_LETTERS_LEFT = re.compile("[\ue000-\uf8ff\ufffdҤҥӚӛҦҧћЋђЂњЊџЏѓЃѕЅ]")
_DIGITS = re.compile(r"\d+")
_NUMBER_ALONE = re.compile(r"\W*\d{1,4}\W*")
FEW = 20
"""Blocks of running text below which a share says nothing."""
LONG = 2500
"""Characters of a paragraph that is hardly one: four in five of printed pages have less."""
CUT = 80
"""Characters from which a paragraph that ends in a word or comma is no line that stands alone."""
ALIKE = 4
"""Times that words come as blocks of their own, each on another page, to be taken for running heads."""
LONGEST_HEAD = 90
"""Characters of the longest running head."""


class Bound(NamedTuple):
    """From where on something is said, and what."""

    share: float
    text: str


BOUNDS: Mapping[str, Bound] = MappingProxyType(
    {
        "broken_blocks": Bound(0.08, "{share:.0%} of its paragraphs break off in mid-sentence: they may be lines of one"),
        "cut_blocks": Bound(0.15, "{share:.0%} of its paragraphs end without the end of a sentence: they may go on in others"),
        "long_blocks": Bound(0.3, "{share:.0%} of its text is in paragraphs of over 2,500 characters: there may be several in one"),
        "headings": Bound(0.5, "{share:.0%} of its blocks are headings, which is unusual"),
        "numbers_alone": Bound(0.02, "{share:.0%} of its blocks are numbers alone: they may be page numbers"),
        "repeated_blocks": Bound(0.02, "{share:.0%} of its blocks are words that come again page by page: they may be running heads"),
        "damaged_words": Bound(0.01, "{share:.1%} of its words have letters that are no Kazakh ones, or were lost"),
    }
)
"""Shares above which something is said, and what."""


def quality_of(raw: RawDocument, blocks: Sequence[Block]) -> dict[str, float]:
    """Shares from 0 to 1, by name:

    - `broken_blocks`: paragraphs that end in a letter before one that begins with a small letter;
    - `cut_blocks`: longer paragraphs that end in a letter or comma;
    - `long_blocks`: of the characters of paragraphs, those in paragraphs that are too long to be one;
    - `headings`, `numbers_alone`, `repeated_blocks`: of all blocks;
    - `damaged_words`: with letters of a misbuilt font, or lost ones;
    - `unreadable_pages`; `kept`: characters of the raw text that are in the clean one.

    >>> quality_of(RawDocument("а", "а", "", "utf-8", "Үй"), [])["kept"]
    0.0
    """
    pages = [mark for mark in raw.marks if mark.kind == "page" and "number" in mark.value]
    faulty = _faulty(blocks)
    words = sum(block.text.count(" ") + 1 for block in blocks)
    damaged = sum(1 for block in faulty["damaged_words"] for word in block.text.split() if _LETTERS_LEFT.search(word))
    running = [block for block in blocks if block.kind == "paragraph"]
    pairs = sum(a.kind == b.kind == "paragraph" for a, b in pairwise(blocks))
    prose = sum(len(block.text) for block in running)
    totals = {
        "broken_blocks": pairs,
        "cut_blocks": len(running),
        **dict.fromkeys(("headings", "numbers_alone", "repeated_blocks"), len(blocks)),
    }
    found = {name: len(faulty[name]) / total if total >= FEW else 0.0 for name, total in totals.items()}
    found |= {
        "long_blocks": sum(len(block.text) for block in faulty["long_blocks"]) / prose if prose >= 4 * LONG else 0.0,
        "damaged_words": damaged / words if words else 0.0,
        "unreadable_pages": sum(bool(mark.value.get("unreadable")) for mark in pages) / len(pages) if pages else 0.0,
        "kept": min(1.0, sum(len(block.text) for block in blocks) / len(raw.text)) if raw.text else 0.0,
    }
    return {name: round(share, 4) for name, share in found.items()}


def _faulty(blocks: Sequence[Block]) -> dict[str, list[Block]]:
    """The blocks that each measure counts, by its name."""
    running = [block for block in blocks if block.kind == "paragraph"]
    return {
        "broken_blocks": [
            a for a, b in pairwise(blocks) if a.kind == b.kind == "paragraph" and a.text[-1].isalpha() and b.text[0].islower()
        ],
        "cut_blocks": [block for block in running if len(block.text) >= CUT and (block.text[-1].isalpha() or block.text[-1] == ",")],
        "long_blocks": [block for block in running if len(block.text) > LONG],
        "headings": [block for block in blocks if block.kind == "heading"],
        "numbers_alone": [b for b in blocks if b.kind not in ("table_row", "code") and _NUMBER_ALONE.fullmatch(b.text)],
        "repeated_blocks": _repeated(blocks),
        "damaged_words": [block for block in blocks if _LETTERS_LEFT.search(block.text)],
    }


def _repeated(blocks: Sequence[Block]) -> list[Block]:
    """Blocks with words that come page by page, but for their numbers: no known titles, which chapters have in common."""
    alike: dict[str, list[Block]] = defaultdict(list)
    for block in blocks:
        if block.page is not None and block.kind in ("heading", "paragraph", "front") and len(block.text) <= LONGEST_HEAD:
            plain = _DIGITS.sub("", block.text).strip()
            if len(plain) > 3 and title_kind(block.text) is None:
                alike[plain].append(block)
    pages = {block.page for block in blocks}
    return [
        block
        for group in alike.values()
        if len(group) >= ALIKE and len({b.page for b in group}) == len(group) and 4 * len(group) >= len(pages)
        for block in group
    ]


def quality_warnings(quality: Mapping[str, float], blocks: Sequence[Block] = ()) -> tuple[str, ...]:
    """What to say of a document with these shares and blocks, each with the first place.

    >>> quality_warnings({"headings": 0.75})
    ('75% of its blocks are headings, which is unusual',)
    """
    unusual = {name: bound.text for name, bound in BOUNDS.items() if quality.get(name, 0.0) > bound.share}
    faulty = _faulty(blocks) if unusual and blocks else {}
    return tuple(f"{text.format(share=quality[name])}{_place(faulty.get(name, ()))}" for name, text in unusual.items())


def _place(blocks: Sequence[Block]) -> str:
    """The first of these blocks, in words."""
    if not blocks:
        return ""
    first = blocks[0]
    words = first.text[:40] + ("…" if len(first.text) > 40 else "")
    return f" (first: «{words}»)" if first.page is None else f" (first on page {first.page}: «{words}»)"
