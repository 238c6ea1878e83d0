"""The layout of a text whose format says where its blocks are: Word, web pages, e-books, Markdown, slides.

What a block is, its mark says; where the mark leaves that open, the text of the block does, with the means by which the lines of
plain text are told apart (`signs`, `tagger`), for which a block is a line. No block is joined to the next, and none
is cut.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import cast

from kz_textkit.alignment import Edit, apply_edits
from kz_textkit.document import BLOCK_KINDS, BlockKind, Mark, SectionKind
from kz_textkit.layout.contents import Contents, Entry, compare, find_contents
from kz_textkit.layout.convention import UNWRAPPED
from kz_textkit.layout.labels import heading_label, is_question, is_source, list_label, numbered_title, title_kind, toc_entry
from kz_textkit.layout.laid import LaidBlock, LaidLink, Layout
from kz_textkit.layout.lines import Line
from kz_textkit.layout.links import Url, decode
from kz_textkit.layout.marked_sections import MarkedHeading, build_marked
from kz_textkit.layout.marked_spans import REMOVED, Leaf, Removal, clean_edits, covers, find_leaves, inner_removals
from kz_textkit.layout.own_titles import LineTitle, OwnTitle
from kz_textkit.layout.page import announced_lines, known_labels, own_headings, stand_apart
from kz_textkit.layout.pieces import LABEL_OF, Heading, headings_of, pieces_of
from kz_textkit.layout.signs import signs_of
from kz_textkit.layout.tagger import load_weights, tag
from kz_textkit.layout.title_words import MAX_LABELLED, is_sentence, is_title_like

__all__ = ["covers", "heading_of", "lay_out_marked"]


_LABELLED = re.compile(r"(?:\d{1,3}(?:-\d{1,3})?[.)]|\(\d{1,3}\)|[^\W\d_]\))\s+\S")
"""A number or letter with its point or bracket, as before the items of a list and the clauses of a law: `3-1)`."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block on its way: its leaf, its span without what is taken out at its ends, its clean text."""

    leaf: Leaf
    start: int
    end: int
    text: str
    page: int | None

    @property
    def kind(self) -> BlockKind | None:
        """What its mark says it is, if that is a kind of block."""
        return cast(BlockKind, self.leaf.kind) if self.leaf.kind in BLOCK_KINDS else None

    @property
    def stands_out(self) -> bool:
        """The whole of it is bold or centered, as titles are where a writer knows no styles."""
        return bool(self.leaf.value.get("bold") or self.leaf.value.get("centered"))


def lay_out_marked(text: str, marks: Sequence[Mark], titles: Sequence[OwnTitle] = ()) -> Layout:
    """The layout of a repaired `text` that certain block marks cover (`covers`), with all offsets in it.

    >>> text = "Зат есім\\nЗат есім заттың\\nатын білдіреді."
    >>> title = Mark(0, 8, "block", {"kind": "heading", "level": 1})
    >>> layout = lay_out_marked(text, [title, Mark(9, 39, "block", {"kind": "paragraph"})])
    >>> [(s.title, len(s.blocks)) for s in layout.sections], [(e.before, e.after) for e in layout.edits]
    ([('Зат есім', 2)], [('\\n', ' ')])
    """
    leaves = find_leaves(text, marks)
    removals, urls = inner_removals(text, marks, leaves)
    pages = _Pages(marks)
    pieces, edits = _pieces(text, leaves, removals, pages)
    kinds = [piece.kind for piece in pieces]
    lines = _lines(pieces, kinds)
    own = own_headings(lines, titles)
    tables = _marked_contents(pieces, kinds) or _contents_of_text(lines, kinds)
    labels = _labels(lines, kinds, tables, own) if None in kinds else []
    headings = _headings(pieces, kinds, lines, tables, labels)
    _fill(kinds, pieces, labels, headings)
    blocks = [
        LaidBlock(kind or "paragraph", piece.start, piece.end, piece.page, str(piece.leaf.value.get("language", "")))
        for piece, kind in zip(pieces, kinds, strict=True)
    ]
    sections = build_marked(headings, tables, blocks)
    warnings = compare(tables, [h.heading for h in headings if h.heading.kind != "contents"])
    return Layout(tuple(edits), sections, tuple(_links(marks, leaves, pieces, urls, pages)), tuple(warnings), pages.count)


class _Pages:
    """Which page an offset is on."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        numbered = [(mark.start, int(mark.value["number"])) for mark in marks if mark.kind == "page" and "number" in mark.value]
        self._starts = [start for start, _ in numbered]
        self._numbers = [number for _, number in numbered]

    @property
    def count(self) -> int | None:
        return len(self._numbers) or None

    def of(self, offset: int) -> int | None:
        at = bisect_right(self._starts, offset) - 1
        return self._numbers[max(at, 0)] if self._numbers else None


def _pieces(text: str, leaves: Sequence[Leaf], removals: Sequence[Removal], pages: _Pages) -> tuple[list[_Piece], list[Edit]]:
    """The blocks, and all edits of the text in order."""
    pieces: list[_Piece] = []
    edits: list[Edit] = []
    starts = [removal.start for removal in removals]
    for leaf in leaves:
        rule = REMOVED.get(leaf.kind)
        if rule is not None:
            edits.append(Edit(leaf.start, leaf.end, text[leaf.start : leaf.end], "", rule))
            continue
        first = max(0, bisect_left(starts, leaf.start) - 1)
        own, start, end = clean_edits(text, leaf, removals[first : bisect_left(starts, leaf.end, first)])
        edits += own
        if end > start:
            inside = [e for e in own if e.start >= start and e.end <= end]
            pieces.append(_Piece(leaf, start, end, apply_edits(text, inside, start, end), pages.of(start)))
    return pieces, edits


def _lines(pieces: Sequence[_Piece], kinds: Sequence[BlockKind | None]) -> list[Line]:
    """The blocks as lines, with room around those that stand out."""
    lines: list[Line] = []
    before: _Piece | None = None
    for piece, kind in zip(pieces, kinds, strict=True):
        apart = before is None or (kind is None and piece.stands_out != before.stands_out)
        page_start = before is None or piece.page != before.page
        lines.append(Line(piece.start, piece.end, piece.text, 0, int(apart), (piece.page or 1) - 1, page_start))
        before = piece
    return lines


def _marked_contents(pieces: Sequence[_Piece], kinds: Sequence[BlockKind | None]) -> tuple[Contents, ...]:
    """The tables of contents that marks show: entries one after the other, with the title above them."""
    tables: list[Contents] = []
    for is_entry, group in groupby(range(len(pieces)), key=lambda i: kinds[i] == "toc_entry"):
        indices = list(group)
        if not is_entry:
            continue
        first = indices[0]
        titled = first > 0 and title_kind(pieces[first - 1].text) == "contents"
        entries = []
        for i in indices:
            entry = toc_entry(pieces[i].text)
            entries.append(Entry(i, i + 1, entry.title if entry else pieces[i].text, entry.page if entry else None))
        tables.append(Contents(first - titled, indices[-1] + 1, first, tuple(entries)))
    return tuple(tables)


def _contents_of_text(lines: Sequence[Line], kinds: list[BlockKind | None]) -> tuple[Contents, ...]:
    """Tables of contents that were typed as text: those whose blocks are of no marked kind."""
    tables = find_contents(lines) if None in kinds else ()
    found = tuple(table for table in tables if all(kinds[i] is None for i in range(table.title_last, table.last)))
    for table in found:
        for entry in table.entries:
            kinds[entry.first : entry.last] = ["toc_entry"] * (entry.last - entry.first)
    return found


def _headings(
    pieces: Sequence[_Piece],
    kinds: list[BlockKind | None],
    lines: Sequence[Line],
    tables: Sequence[Contents],
    labels: Sequence[str],
) -> list[MarkedHeading]:
    """The headings, in order: those of marks, and of blocks without a kind those that the text shows to be some."""
    marked = [
        MarkedHeading(heading_of(i, piece.text, lines[i].own), int(piece.leaf.value.get("level", 1)))
        for i, (piece, kind) in enumerate(zip(pieces, kinds, strict=True))
        if kind == "heading"
    ]
    if None not in kinds:
        return marked
    taken = {i for i, kind in enumerate(kinds) if kind is not None} | {i for t in tables for i in range(t.title_last, t.last)}
    found = {h.first: h for h in headings_of(lines, pieces_of(labels)) if not taken & set(range(h.first, h.last))}
    has_styles = bool(marked)
    headings = [*marked]
    end = 0
    for i, piece in enumerate(pieces):
        if i in taken or i < end:
            continue
        heading = found.get(i)
        if heading is not None and heading.last == len(pieces) and heading.rank == "plain" and lines[i].own is None:
            # A title has something under it.
            continue
        if heading is not None and (lines[i].own is not None or _is_believed(heading, piece, has_styles=has_styles)):
            # A title under its label (`1-тарау`, `ЗАТ ЕСІМ`) is a block of its own.
            headings.append(MarkedHeading(heading, None))
            kinds[i : heading.last] = ["heading"] * (heading.last - i)
            end = heading.last
        elif heading is None and piece.stands_out and _looks_like_title(pieces, i):
            headings.append(MarkedHeading(heading_of(i, piece.text), None))
            kinds[i] = "heading"
    return sorted(headings, key=lambda h: h.heading.first)


def heading_of(index: int, text: str, own: LineTitle | None = None) -> Heading:
    """What a block that is a heading says: its label, number and title, and the kind of section that it opens.

    >>> heading = heading_of(0, "1-дәріс. Зат есім")
    >>> heading.kind, heading.number, heading.title
    ('lecture', '1', 'Зат есім')
    """
    label = (own.label if own is not None else None) or heading_label(text) or numbered_title(text)
    kind = own.kind if own is not None else title_kind(text if label is None else text[label.rest_at :])
    known = cast(SectionKind, kind) if kind not in (None, "outline") else None
    if label is None or (not text[label.rest_at :].strip() and label.rank in ("number", "roman", "decimal")):
        return Heading(index, index + 1, "known" if known else "plain", 9.0, known or "section", title=text)
    section = label.kind if label.kind != "section" else known or "section"
    title, printed = text[label.rest_at :], text[: label.rest_at].strip()
    return Heading(index, index + 1, label.rank, label.order, section, label.number, label.value, title, printed)


def _is_believed(heading: Heading, piece: _Piece, *, has_styles: bool) -> bool:
    """Whether text that reads like a heading is one: where a writer used styles for titles, other titles stand out, or are numbered
    with a word, as articles of laws are.
    """
    if not has_styles or piece.stands_out:
        return True
    return heading.rank not in ("known", "capitals", "plain", "number", "roman", "decimal") and bool(heading.title)


def _looks_like_title(pieces: Sequence[_Piece], i: int) -> bool:
    """Whether a block that stands out stands alone, is short, and is no sentence."""
    text = pieces[i].text
    beside = [pieces[j].stands_out for j in (i - 1, i + 1) if 0 <= j < len(pieces)]
    return (
        not all(beside)
        and i + 1 < len(pieces)
        and len(text) <= MAX_LABELLED
        and text[-1] not in ".,;:"
        and is_title_like(text, labelled=True)
        and not is_sentence(text)
        and bool(pieces[i].leaf.value.get("bold"))
    )


def _labels(lines: Sequence[Line], kinds: Sequence[BlockKind | None], tables: Sequence[Contents], own: Mapping[int, str]) -> list[str]:
    """What the text of the blocks shows them to be, those that the marks say for certain among them."""
    known = {**own} | {i: LABEL_OF[kind] for i, kind in enumerate(kinds) if kind is not None} | known_labels(tables)
    signs = signs_of(lines, UNWRAPPED, announced_lines(lines, tables))
    return tag(signs, load_weights(), apart=stand_apart(lines, UNWRAPPED, signs), known=known, without=("furniture",))


def _fill(kinds: list[BlockKind | None], pieces: Sequence[_Piece], labels: Sequence[str], headings: Sequence[MarkedHeading]) -> None:
    """Gives the blocks that are of no kind yet the kind that their text shows, as far as that can be believed of such a file."""
    has_lists = "list_item" in kinds
    shown: dict[int, BlockKind] = {i: found.kind for found in pieces_of(labels) for i in found.lines()}
    # Where the format marks verse, what it does not mark is none; elsewhere a line of verse has others beside it.
    verse = {i for i, kind in shown.items() if kind == "verse" and kinds[i] is None}
    shown |= {i: "paragraph" for i in verse if "verse" in kinds or not {i - 1, i + 1} & verse}
    # What stands before a text has some text after it.
    last = len(pieces)
    while last and shown.get(last - 1) == "front":
        last -= 1
        shown[last] = "paragraph"
    opened = {h.heading.first: h.heading.kind for h in headings}
    section: SectionKind = "section"
    before = ""
    for i, piece in enumerate(pieces):
        section = opened.get(i, section)
        if kinds[i] is None:
            kinds[i] = _kind_of(shown.get(i, "paragraph"), piece.text, before, section, has_lists=has_lists)
        before = piece.text


def _kind_of(shown: BlockKind, text: str, before: str, section: SectionKind, *, has_lists: bool) -> BlockKind:
    """The kind of a block that its format leaves open, by what its text shows.

    Formats that mark blocks mark tables and code; where a writer had lists made, an item without a label is none. A block that begins
    with a number and its bracket or point, and is no heading, is an item.

    >>> _kind_of("list_item", "алма ағашы;", "Бақта өседі:", "section", has_lists=False)
    'list_item'
    >>> _kind_of("table_row", "1 2 3", "", "section", has_lists=False)
    'paragraph'
    """
    if section == "questions" and is_question(text):
        return "question"
    if section == "back_matter" and is_source(text):
        return "source"
    labelled = _LABELLED.match(text) is not None
    if shown in ("heading", "table_row", "code", "toc_entry", "paragraph"):
        return "list_item" if labelled else "paragraph"
    if shown == "list_item" and not labelled and list_label(text) is None and (has_lists or before[-1:] not in (":", ";", ",")):
        return "paragraph"
    return shown


def _links(
    marks: Sequence[Mark], leaves: Sequence[Leaf], pieces: Sequence[_Piece], urls: Sequence[Url], pages: _Pages
) -> list[LaidLink]:
    """The links of the format, and the addresses that were printed; those of menus go with them."""
    removed = [(leaf.start, leaf.end) for leaf in leaves if leaf.kind in REMOVED]
    starts = [start for start, _ in removed]

    def is_removed(offset: int) -> bool:
        at = bisect_right(starts, offset) - 1
        return at >= 0 and offset < removed[at][1]

    begins = [piece.start for piece in pieces]

    def mention(mark: Mark) -> tuple[int, int] | None:
        """The words of a link, without the mark-up around them."""
        at = max(0, bisect_right(begins, mark.start) - 1)
        inside = next((p for p in pieces[at : at + 2] if p.start < mark.end and mark.start < p.end), None)
        return None if inside is None else (max(mark.start, inside.start), min(mark.end, inside.end))

    found: list[tuple[int, LaidLink]] = []
    reached: set[int] = set()
    for mark in marks:
        if mark.kind == "link" and mark.value.get("url") and not is_removed(mark.start):
            title, kind = decode(str(mark.value["url"]))
            shown = str(mark.value.get("title") or title)
            link = LaidLink(str(mark.value["url"]), shown, kind, pages.of(mark.start), mention(mark))
            found.append((mark.start, link))
            reached.update(range(mark.start, mark.end))
    for url in urls:
        if url.start not in reached:
            title, kind = decode(url.address)
            found.append((url.start, LaidLink(url.address, title, kind, pages.of(url.start), (url.start, url.end))))
    return [link for _, link in sorted(found, key=lambda pair: pair[0])]
