"""The layout of a text whose blocks and sections are known already: of one that was laid out with what its format knew of it.

What a heading is, a style, a face or a place on the page may have said; the clean text alone does not say it again (a title over verse
looks like verse). So where such a text is looked at once more, its blocks stay as they were, and only what is inside them is
cleaned: addresses that came to light, runs of white space.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from kz_textkit.alignment import Edit, apply_edits
from kz_textkit.layout.laid import LaidBlock, LaidLink, LaidSection, Layout
from kz_textkit.layout.links import decode
from kz_textkit.layout.marked import heading_of
from kz_textkit.layout.marked_sections import title_of_heading
from kz_textkit.layout.marked_spans import Leaf, clean_edits, inner_removals

__all__ = ["lay_out_known"]


def lay_out_known(text: str, sections: Sequence[LaidSection]) -> Layout:
    """The layout of a repaired `text` that consists of the blocks of `sections`, whose spans are in order, and white space.

    A block of which nothing is left is none. Titles are read anew where the text of their heading does not have them any more.

    >>> blocks = (LaidBlock("heading", 0, 4), LaidBlock("verse", 5, 36))
    >>> layout = lay_out_known("Анам\\nАяулы анам http://a.kz/ келді", [LaidSection("section", "", "Анам", 1, None, blocks)])
    >>> [(block.kind, block.start) for block in layout.sections[0].blocks], [(e.before, e.rule) for e in layout.edits]
    ([('heading', 0), ('verse', 5)], [('http://a.kz/', 'url'), (' ', 'spacing')])
    """
    leaves: list[list[Leaf]] = [[_leaf(text, block) for block in section.blocks] for section in sections]
    removals, urls = inner_removals(text, (), [leaf for own in leaves for leaf in own])
    starts = [removal.start for removal in removals]
    edits: list[Edit] = []
    laid: list[LaidSection] = []
    for section, own in zip(sections, leaves, strict=True):
        kept: list[LaidBlock] = []
        for block, leaf in zip(section.blocks, own, strict=True):
            if leaf.end == leaf.start:
                continue
            near = removals[max(0, bisect_left(starts, leaf.start) - 1) : bisect_left(starts, leaf.end)]
            inside, start, end = clean_edits(text, leaf, near)
            edits += inside
            if end > start:
                kept.append(LaidBlock(block.kind, start, end, block.page, block.language))
        laid.append(_titled(text, replace(section, blocks=tuple(kept)), edits))
    links = []
    for url in urls:
        title, kind = decode(url.address)
        links.append(LaidLink(url.address, title, kind, None, (url.start, url.end)))
    return Layout(tuple(edits), tuple(laid), tuple(links))


def _leaf(text: str, block: LaidBlock) -> Leaf:
    if block.kind == "code":
        return Leaf(block.start, block.end, {"kind": block.kind})
    piece = text[block.start : block.end]
    start = block.start + len(piece) - len(piece.lstrip())
    return Leaf(start, max(start, block.start + len(piece.rstrip())), {"kind": block.kind})


def _titled(text: str, section: LaidSection, edits: Sequence[Edit]) -> LaidSection:
    """The section, its title read from its heading where a repair changed that."""
    heading = next(iter(section.blocks), None)
    if heading is None or heading.kind != "heading" or section.title in text[heading.start : heading.end]:
        return section
    inside = [e for e in edits if e.start >= heading.start and e.end <= heading.end]
    clean = apply_edits(text, inside, heading.start, heading.end)
    return section if section.title in clean else replace(section, title=title_of_heading(heading_of(0, clean)))
