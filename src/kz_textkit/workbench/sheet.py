"""A document as rows of raw text beside clean text, with the edits that lead from the one to the other.

All of it comes from the tables of the corpus: what stands between two edits of a block is the same on both sides, so the clean text and
the edits give the raw text of the block too. A row is a block, or an edit outside the blocks (a page number that was taken out).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from kz_textkit.alignment import Alignment, Edit
from kz_textkit.corpus.entries import DocumentEntry
from kz_textkit.corpus.places import Place, Places
from kz_textkit.corpus.raw_texts import edits_of, source_inside
from kz_textkit.corpus.reader import Corpus
from kz_textkit.corpus.rebuild import Gap, PlacedBlock, rebuild
from kz_textkit.document import RawDocument
from kz_textkit.errors import UsageError
from kz_textkit.record import edits_by_block

__all__ = ["LOOKS", "BlockRow", "Piece", "Row", "SectionRow", "Sheet", "edit_key", "sheet_of"]

LOOKS: Mapping[str, str] = {
    **dict.fromkeys(("homoglyph",), "likeness"),
    **dict.fromkeys(("symbol", "invisible", "spacing"), "marks"),
    **dict.fromkeys(("line_join", "hyphen_join"), "layout"),
    **dict.fromkeys(("url", "page_number", "running_head", "furniture", "note_mark", "markup"), "taken"),
}
"""Colour by rule; the other rules have that of letters."""


@dataclass(frozen=True)
class BlockRow:
    """A block as the tables have it."""

    section_id: str
    block_id: str
    kind: str
    text: str
    language: str
    raw_start: int
    raw_end: int
    page: int | None


@dataclass(frozen=True)
class SectionRow:
    """A section of the outline."""

    section_id: str
    parent_id: str | None
    kind: str
    number: str
    title: str
    level: int
    page: int | None
    first_block: str | None


class Piece(NamedTuple):
    """A stretch of a row: the same on both sides, or an edit."""

    raw: str
    clean: str
    edit: Edit | None = None
    kind: Literal["plain", "edit", "suggestion", "aside"] = "plain"
    """`aside` is a suggestion across edits, which stands after them."""


@dataclass(frozen=True)
class Row:
    """A block with what was done in it, or an edit outside the blocks."""

    row_id: str
    block: BlockRow | None
    edits: tuple[Edit, ...]
    suggestions: tuple[Edit, ...] = ()
    inside_another: bool = False
    """A note that the paragraph above was taken around; its raw text stands there."""

    @property
    def raw_start(self) -> int:
        return self.block.raw_start if self.block is not None else self.edits[0].start

    @property
    def raw_end(self) -> int:
        return self.block.raw_end if self.block is not None else self.edits[0].end

    @property
    def alignment(self) -> Alignment:
        """From the clean text of the block to the raw text."""
        return Alignment.of_span(self.raw_start, self.raw_end, self.edits)

    def pieces(self) -> Iterator[Piece]:
        """The row from left to right."""
        if self.block is None:
            for e in self.edits:
                yield Piece(e.before, e.after, e, "edit")
            return
        text, position, at = self.block.text, self.block.raw_start, 0
        waiting = list(self.suggestions)
        for e in self.edits:
            length = e.start - position
            yield from _plain(text[at : at + length], position, waiting)
            at += length
            yield Piece(e.before, e.after, e, "edit")
            at += len(e.after)
            position = max(position, e.end)
        yield from _plain(text[at:], position, waiting)
        yield from (Piece("", "", e, "aside") for e in waiting)


def _plain(text: str, start: int, waiting: list[Edit]) -> Iterator[Piece]:
    """A stretch without edits, with the suggestions that fall into it whole; others that began before its end stand after it."""
    at = 0
    end = start + len(text)
    while waiting and waiting[0].start < end:
        e = waiting.pop(0)
        if e.start < start + at or e.end > end:
            yield from ([Piece(text[at : e.start - start], text[at : e.start - start])] if e.start > start + at else [])
            at = max(at, min(e.start - start, len(text)))
            yield Piece("", "", e, "aside")
            continue
        if e.start > start + at:
            yield Piece(text[at : e.start - start], text[at : e.start - start])
        yield Piece(e.before, e.before, e, "suggestion")
        at = e.end - start
    if at < len(text):
        yield Piece(text[at:], text[at:])


def edit_key(edit: Edit) -> str:
    """What an edit is known by in addresses.

    >>> edit_key(Edit(7, 8, "ӛ", "ө", "legacy_letter"))
    '7-8-legacy_letter'
    """
    return f"{edit.start}-{edit.end}-{edit.rule}"


@dataclass(frozen=True)
class Sheet:
    """A document of a corpus, opened."""

    entry: DocumentEntry
    source: str
    """The path of its file in the folder of the texts."""
    title: str
    pages: int | None
    metadata: str
    quality: str
    rows: Sequence[Row]
    sections: Sequence[SectionRow]
    edits: Sequence[Edit]
    gaps: Sequence[Gap]
    places: Places
    lines: Sequence[Place]
    """The places with a box on their page, in order."""
    tokens: pa.Table = field(repr=False)

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Number of the row by its id."""
        return {row.row_id: number for number, row in enumerate(self.rows)}

    @cached_property
    def by_key(self) -> dict[str, Edit]:
        """Edits and suggestions by their key."""
        return {edit_key(e): e for e in self.edits}

    @cached_property
    def row_of_edit(self) -> dict[str, int]:
        """Number of the row by the key of an edit in it."""
        return {edit_key(e): n for n, row in enumerate(self.rows) for e in (*row.edits, *row.suggestions)}

    @cached_property
    def raw_text(self) -> str:
        """The raw text, put together again."""
        blocks = [
            PlacedBlock(row.block.block_id, row.block.text, row.block.raw_start, row.block.raw_end)
            for row in self.rows
            if row.block is not None
        ]
        return rebuild(blocks, [e for e in self.edits if e.applied], self.gaps)

    @property
    def raw(self) -> RawDocument:
        """The raw document, without its marks."""
        return RawDocument(self.entry.doc_id, self.entry.source, self.entry.sha256, self.entry.encoding, self.raw_text)

    @property
    def record(self) -> str:
        """Which document of its file it is; empty for the only one."""
        return self.entry.doc_id[len(self.entry.file) + 1 :] if self.entry.file_id else ""

    def edit(self, key: str) -> Edit:
        """The edit with a key. Raises `UsageError` where there is none."""
        if key not in self.by_key:
            raise UsageError("there is no such edit in the document any more")
        return self.by_key[key]

    def block(self, block_id: str) -> Row:
        """The row of a block. Raises `UsageError` where there is none."""
        number = self.row_of.get(block_id)
        if number is None or self.rows[number].block is None:
            raise UsageError("there is no such block in the document any more")
        return self.rows[number]

    def tokens_of(self, block_id: str) -> list[dict[str, Any]]:
        """The tokens of a block."""
        mask = pc.equal(self.tokens["block_id"], block_id)
        rows: list[dict[str, Any]] = self.tokens.filter(mask).to_pylist()
        return rows

    def boxes(self, start: int, end: int, page: int) -> list[tuple[float, float, float, float]]:
        """Left, top, width and height, in points, of the lines of a page that a stretch of the raw text stands on."""
        found = [line for line in self.lines if line.page == page and line.raw_start < max(end, start + 1) and start < line.raw_end]
        return [
            (line.x0 - 1, line.y0 - 1, line.x1 - line.x0 + 2, line.y1 - line.y0 + 2)
            for line in found
            if line.x0 is not None and line.y0 is not None and line.x1 is not None and line.y1 is not None
        ]

    def row_at(self, offset: int) -> int:
        """Number of the row that holds an offset of the raw text, or comes before it."""
        found = 0
        for number, row in enumerate(self.rows):
            if row.raw_start > offset:
                break
            found = number
        return found


TOKEN_COLUMNS = ["block_id", "token_id", "form", "lemma", "upos", "feats", "start", "end", "raw_start", "raw_end"]


def sheet_of(corpus: Corpus, doc_id: str) -> Sheet:
    """A document of a corpus as sheet.

    Raises `CorpusError` where it can't be read, `UsageError` where there is no such document.
    """
    entry = corpus.entry(doc_id)
    if entry is None:
        raise UsageError(f"there is no document {doc_id} in the corpus")
    about = corpus.rows("documents", doc_id).to_pylist()[0]
    edits = edits_of(corpus, doc_id)
    columns = tuple(BlockRow.__dataclass_fields__)
    blocks = [BlockRow(*values) for values in _columns(corpus.rows("blocks", doc_id), columns)]
    places = [Place(*values) for values in _columns(corpus.rows("places", doc_id), Place._fields)]
    places.sort(key=lambda place: (place.raw_start, -place.raw_end))
    return Sheet(
        entry=entry,
        source=source_inside(corpus, entry),
        title=about["title"] or doc_id,
        pages=about["pages"],
        metadata=about.get("metadata") or "{}",
        quality=about.get("quality") or "{}",
        rows=_rows(blocks, edits),
        sections=_sections(corpus.rows("sections", doc_id), blocks),
        edits=edits,
        gaps=[Gap(*values) for values in _columns(corpus.rows("gaps", doc_id), Gap._fields)],
        places=Places(places),
        lines=[place for place in places if place.x0 is not None],
        tokens=corpus.rows("tokens", doc_id).select(TOKEN_COLUMNS),
    )


def _columns(table: pa.Table, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    return zip(*(table[name].to_pylist() for name in names), strict=True)


def _rows(blocks: Sequence[BlockRow], edits: Iterable[Edit]) -> list[Row]:
    every = list(edits)
    inside: dict[str, tuple[Edit, ...]] = {}
    rows: list[Row] = []
    waiting = iter(blocks)

    def up_to(block: BlockRow | None) -> Iterator[Row]:
        """Blocks inside others, which the record passes over."""
        for other in waiting:
            if other is block:
                return
            yield Row(other.block_id, other, (), inside_another=True)

    for block, found in edits_by_block(blocks, [e for e in every if e.applied]):
        if block is None:
            rows.append(Row(f"e{found[0].start}-{found[0].rule}", None, tuple(found)))
        else:
            rows += up_to(block)
            inside[block.block_id] = tuple(found)
            rows.append(Row(block.block_id, block, tuple(found)))
    rows += up_to(None)
    return _with_suggestions(rows, sorted((e for e in every if not e.applied), key=lambda e: e.start))


def _with_suggestions(rows: list[Row], suggestions: Sequence[Edit]) -> list[Row]:
    if not suggestions:
        return rows
    blocks = (n for n, row in enumerate(rows) if row.block is not None and not row.inside_another)
    placed = sorted(blocks, key=lambda n: rows[n].raw_start)
    at = 0
    found: dict[int, list[Edit]] = {}
    for e in suggestions:
        while at + 1 < len(placed) and rows[placed[at + 1]].raw_start <= e.start:
            at += 1
        if placed and rows[placed[at]].raw_start <= e.start < rows[placed[at]].raw_end:
            found.setdefault(placed[at], []).append(e)
    return [
        Row(row.row_id, row.block, row.edits, tuple(found[n]), row.inside_another) if n in found else row for n, row in enumerate(rows)
    ]


def _sections(table: pa.Table, blocks: Sequence[BlockRow]) -> list[SectionRow]:
    first: dict[str, str] = {}
    for block in blocks:
        first.setdefault(block.section_id, block.block_id)
    names = ("section_id", "parent_id", "kind", "number", "title", "level", "page_start")
    found = [SectionRow(*row) for row in ((*values, first.get(values[0])) for values in _columns(table, names))]
    # A section without blocks of its own leads to the first of those nested in it.
    leads: dict[str, str] = {}
    for section in reversed(found):
        target = section.first_block or leads.get(section.section_id)
        if target and section.parent_id:
            leads[section.parent_id] = target
        if target:
            leads[section.section_id] = target
    return [replace(section, first_block=leads.get(section.section_id)) for section in found]
