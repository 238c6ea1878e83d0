"""From the lines of a repaired text to its structure: what is text and what page furniture, which lines are one paragraph, what stands
under which heading.

The way: `lines` (where each line stands, how wide it was printed) > `furniture` (addresses, page numbers, running heads, pages) >
`convention` (how this document breaks its lines) > `contents` (tables of contents) > `signs` (what can be seen of each line) > `tagger`
(what each line is, decided for all at once with learnt weights) > `pieces` > `joins` (edits) > `sections`. Nothing here knows of files,
of repair or of words beyond those of the text; every guess rests on the document itself or on tables in `data/`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby
from operator import itemgetter

from kz_textkit.alignment import Edit
from kz_textkit.document import Mark
from kz_textkit.layout.contents import find_contents
from kz_textkit.layout.furniture import Furniture
from kz_textkit.layout.hints import anchor_edits, links_of_marks
from kz_textkit.layout.joins import make_blocks
from kz_textkit.layout.laid import LaidBlock, LaidLink, LaidSection, Layout
from kz_textkit.layout.lines import Line
from kz_textkit.layout.links import decode, find_mentions
from kz_textkit.layout.marked import covers, lay_out_marked
from kz_textkit.layout.notes import lone_marks, note_marks
from kz_textkit.layout.own_titles import OwnTitle
from kz_textkit.layout.page import PageLines, read_page_lines, with_whole_words, without_furniture
from kz_textkit.layout.pieces import headings_of, pieces_of
from kz_textkit.layout.quality import measure, warnings_of
from kz_textkit.layout.sections import build
from kz_textkit.layout.settled import read_settled
from kz_textkit.layout.tagger import load_weights, tag

__all__ = ["LaidBlock", "LaidLink", "LaidSection", "Layout", "lay_out"]

NEAR = 45
"""Lines before an address in which its mention is sought where the text shows no pages."""


def lay_out(
    text: str,
    *,
    damaged: Sequence[tuple[int, int]] = (),
    soft: Collection[int] = (),
    marks: Sequence[Mark] = (),
    titles: Sequence[OwnTitle] = (),
    nested: bool = True,
) -> Layout:
    """The layout of `text`, which has been repaired, with all offsets in it.

    `soft` are offsets of hyphens that were soft ones: they divide lines, not words. `damaged` are the spans, in order, in which a
    letter of a misbuilt font was repaired: a title may betray itself by its other font. `marks` are what the format knows, in order,
    with offsets in `text`; where certain blocks among them cover it, they decide (`marked`). `titles` are the user's own
    (`own_titles`). Where notes are not `nested`, a note at the foot of a page cuts the paragraph that goes on on the next. What lies
    outside blocks and edits is white space; blocks and edits are in order, and no edit reaches over the border of a block.

    >>> text = "1-тарау. Зат есім\\n\\nЗат есім заттың атын білдіреді.\\n\\n2-тарау. Сын есім\\n\\nСын есім заттың сынын білдіреді."
    >>> [(section.number, section.title) for section in lay_out(text).sections]
    [('1', 'Зат есім'), ('2', 'Сын есім')]
    """
    if covers(text, marks):
        return lay_out_marked(text, marks, titles)
    weights = load_weights()
    settled = read_settled(text, damaged, marks, titles, weights)
    if settled is not None and (layout := _lay_out_settled(text, *settled)) is not None:
        return layout
    page = read_page_lines(text, damaged, marks, titles)
    furniture = page.furniture
    labels = tag(page.signs, weights, apart=page.apart, together=page.together, known=page.known, alike=page.alike)
    lone = lone_marks(page.lines, labels)
    marks_of = {page.lines[note].start: page.lines[mark].text for mark, note in sorted(lone.items(), reverse=True)}
    lines, labels, removals = without_furniture(page.lines, labels, lone)
    contents = find_contents(lines) if removals else page.contents
    pieces = pieces_of(with_whole_words(lines, labels), nested=nested)
    headings = list(headings_of(lines, pieces))
    removals = sorted([*furniture.removals, *removals], key=lambda removal: removal.start)
    blocks, edits = make_blocks(text, lines, pieces, removals, furniture.page_names, soft)
    anchored = list(anchor_edits(text, lines, marks)) or note_marks(lines, pieces, marks_of)
    blocks, outside = _inside_notes(blocks, anchored)
    edits = sorted([*edits, *outside], key=itemgetter(0, 1))
    sections, warnings = build(text, edits, lines, headings, contents, blocks)
    quality = measure(lines, pieces)
    warnings = (*warnings, *warnings_of(lines, pieces, quality, furniture.page_names))
    return Layout(
        tuple(edits),
        sections,
        (*_links(text, lines, furniture), *links_of_marks(marks)),
        warnings,
        len(furniture.page_names) or None,
        quality,
    )


def _inside_notes(blocks: Sequence[LaidBlock], edits: Sequence[Edit]) -> tuple[list[LaidBlock], list[Edit]]:
    """Edits that lie inside notes which stand in a paragraph, given to these blocks; and the other edits."""
    nested = {k: block for k, block in enumerate(blocks) if block.own_edits is not None}
    own = {k: [e for e in edits if block.start <= e.start and e.end <= block.end] for k, block in nested.items()} if edits else {}
    taken = {e.start for inside in own.values() for e in inside}
    result = [
        block._replace(own_edits=tuple(sorted([*(block.own_edits or ()), *own[k]], key=itemgetter(0, 1)))) if own.get(k) else block
        for k, block in enumerate(blocks)
    ]
    return result, [e for e in edits if e.start not in taken]


def _lay_out_settled(text: str, page: PageLines, labels: Sequence[str]) -> Layout | None:
    """The layout of a text that is clean already: its lines as they are. None where its sections would not begin at empty lines."""
    lines = page.lines
    pieces = pieces_of(labels)
    blocks = [LaidBlock(piece.kind, lines[piece.first].start, lines[piece.first].end) for piece in pieces]
    sections, warnings = build(text, (), lines, list(headings_of(lines, pieces)), page.contents, blocks)
    begun = [section.blocks[0].start for section in sections if section.blocks]
    if begun != [line.start for i, line in enumerate(lines) if line.blank_before or not i]:
        return None
    quality = measure(lines, pieces)
    links = tuple(_links(text, lines, page.furniture))
    return Layout((), sections, links, (*warnings, *warnings_of(lines, pieces, quality, ())), None, quality)


def _links(text: str, lines: Sequence[Line], furniture: Furniture) -> list[LaidLink]:
    """The addresses as links, tied to words on their page, or on the lines before them where the text shows no pages."""
    links: list[LaidLink] = []
    names = furniture.page_names
    starts = [line.start for line in lines]
    at = 0
    for page, group in groupby(furniture.urls, key=lambda found: found[1]):
        urls = [url for url, _ in group]
        decoded = [decode(url.address) for url in urls]
        while at < len(lines) and (starts[at] < urls[0].start or lines[at].page < page):
            at += 1
        near = _lines_around(lines, at, page) if names else lines[max(0, at - NEAR) : at + 1]
        mentions = find_mentions([title for title, _ in decoded], text, [(line.start, line.end) for line in near])
        links += [
            # An address that stays in its sentence is mentioned by itself.
            LaidLink(url.address, title, kind, names[page] if names else None, mention or (url.start, url.end))
            for url, (title, kind), mention in zip(urls, decoded, mentions, strict=True)
        ]
    return links


def _lines_around(lines: Sequence[Line], at: int, page: int) -> Sequence[Line]:
    """The lines of a page, one of which is at or before index `at`."""
    first = min(at, len(lines))
    while first > 0 and lines[first - 1].page >= page:
        first -= 1
    last = first
    while last < len(lines) and lines[last].page == page:
        last += 1
    return lines[first:last]
