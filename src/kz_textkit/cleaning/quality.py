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

from kz_textkit.cleaning.word_quality import WORD_MEASURES, first_of, in_lists, seen_of, share_of
from kz_textkit.document import Block, RawDocument
from kz_textkit.layout.labels import title_kind

__all__ = ["quality_of", "quality_warnings"]

_LETTERS_LEFT = re.compile("[\ue000-\uf8ff\ufffdҤҥӚӛҦҧћЋђЂњЊџЏѓЃѕЅ]")
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_NO_HEAD = re.compile(r"\A\d+-[^\W\d_]|[^\W\d_][.!?]\Z")
"""What has a number of its own (`5-жаттығу`), or ends a sentence."""
_NUMBER_ALONE = re.compile(r"\W*\d{1,4}\W*")
FEW = 20
"""Blocks of running text below which a share says nothing."""
FEWEST_ROWS = 8
"""Rows of tables below which the same holds."""
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
        "cut_sources": Bound(0.1, "{share:.0%} of its sources break off before their end: they may go on in others"),
        "long_blocks": Bound(0.3, "{share:.0%} of its text is in paragraphs of over 2,500 characters: there may be several in one"),
        "headings": Bound(0.5, "{share:.0%} of its blocks are headings, which is unusual"),
        "numbers_alone": Bound(0.02, "{share:.0%} of its blocks are numbers alone: they may be page numbers"),
        "repeated_blocks": Bound(0.02, "{share:.0%} of its blocks are words that come again page by page: they may be running heads"),
        "cells_apart": Bound(0.6, "{share:.0%} of its rows of tables are one word or number: tables may have been read cell by cell"),
        "damaged_words": Bound(0.01, "{share:.1%} of its words have letters that are no Kazakh ones, or were lost"),
        "disordered_sentences": Bound(
            0.04, "{share:.0%} of its sentences go on with a small letter after their end: lines may be out of order, or columns mixed"
        ),
        "small_beginnings": Bound(0.09, "{share:.0%} of its paragraphs begin with a small letter: they may go on from others"),
        "heads_in_sentences": Bound(
            0.03, "{share:.0%} of its paragraphs have the same words after a number that rises: they may be running heads"
        ),
        "letters_alone": Bound(0.035, "{share:.0%} of its words are a letter alone: words may be cut up, or letters lost"),
        "long_words": Bound(0.015, "{share:.0%} of its words are longer than Kazakh ones are: spaces may be lost"),
        "signs_in_words": Bound(0.015, "{share:.0%} of its words have figures or signs inside: letters may be misread"),
        "without_own_letters": Bound(
            0.97,
            "{share:.1%} of its characters are none of the letters that Kazakh alone has: they may be lost, or typed as Russian ones",
        ),
    }
)
"""Shares above which something is said, and what."""


def quality_of(raw: RawDocument, blocks: Sequence[Block]) -> dict[str, float]:
    """Shares from 0 to 1, by name:

    - `broken_blocks`: paragraphs that end in a letter before one that begins with a small letter;
    - `cut_blocks`: longer paragraphs that end in a letter or comma;
    - `cut_sources`: sources that end in a comma, colon or dash;
    - `long_blocks`: of the characters of paragraphs, those in paragraphs that are too long to be one;
    - `cells_apart`: of the rows of tables, those that are one word or number;
    - `headings`, `numbers_alone`, `repeated_blocks`: of all blocks;
    - `damaged_words`: with letters of a misbuilt font, or lost ones;
    - those of words and sentences in Kazakh blocks (`word_quality`);
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
        "cut_sources": sum(block.kind == "source" for block in blocks),
        **dict.fromkeys(("headings", "numbers_alone", "repeated_blocks"), len(blocks)),
    }
    found = {name: len(faulty[name]) / total if total >= FEW else 0.0 for name, total in totals.items()}
    rows = sum(block.kind == "table_row" for block in blocks)
    found["cells_apart"] = len(faulty["cells_apart"]) / rows if rows >= FEWEST_ROWS else 0.0
    seen = seen_of(blocks)
    found |= {name: share_of(measure, seen) for name, measure in WORD_MEASURES.items()}
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
            a
            for (a, b), listed in zip(pairwise(blocks), in_lists(blocks)[1:], strict=True)
            if a.kind == b.kind == "paragraph" and a.text[-1].isalpha() and b.text[0].islower() and not listed
        ],
        "cut_blocks": [block for block in running if len(block.text) >= CUT and (block.text[-1].isalpha() or block.text[-1] == ",")],
        "cut_sources": [block for block in blocks if block.kind == "source" and block.text[-1] in ",:/(–—-"],
        "long_blocks": [block for block in running if len(block.text) > LONG],
        "headings": [block for block in blocks if block.kind == "heading"],
        "numbers_alone": _numbers_alone(blocks),
        "cells_apart": [block for block in blocks if block.kind == "table_row" and " " not in block.text],
        "repeated_blocks": _repeated(blocks),
        "damaged_words": [block for block in blocks if _LETTERS_LEFT.search(block.text)],
    }


def _numbers_alone(blocks: Sequence[Block]) -> list[Block]:
    """Blocks that are a number and nothing else: no years, and no numbers of chapters, which count from one."""
    alone = [
        block
        for block in blocks
        if block.kind not in ("table_row", "code") and _NUMBER_ALONE.fullmatch(block.text) and not _YEAR.search(block.text)
    ]
    values = [int(found.group()) for block in alone if (found := _DIGITS.search(block.text)) is not None]
    counted = sum(b in (1, a + 1) for a, b in pairwise([0, *values]))
    chapters = all(block.kind == "heading" for block in alone) and values[:1] == [1] and counted == len(values)
    return [] if chapters else alone


def _repeated(blocks: Sequence[Block]) -> list[Block]:
    """Blocks with words that come page by page, but for their numbers: no known titles, which chapters have in common."""
    alike: dict[str, list[Block]] = defaultdict(list)
    for block in blocks:
        if block.page is not None and block.kind in ("heading", "paragraph", "front") and len(block.text) <= LONGEST_HEAD:
            plain = _DIGITS.sub("", block.text).strip()
            if len(plain) > 3 and title_kind(block.text) is None and not _NO_HEAD.search(block.text):
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
    for name in WORD_MEASURES if unusual and blocks else ():
        if name in unusual and (first := first_of(WORD_MEASURES[name], seen_of(blocks))) is not None:
            faulty[name] = [first]
    return tuple(f"{text.format(share=quality[name])}{_place(faulty.get(name, ()))}" for name, text in unusual.items())


def _place(blocks: Sequence[Block]) -> str:
    """The first of these blocks, in words."""
    if not blocks:
        return ""
    first = blocks[0]
    words = first.text[:40] + ("…" if len(first.text) > 40 else "")
    return f" (first: «{words}»)" if first.page is None else f" (first on page {first.page}: «{words}»)"
