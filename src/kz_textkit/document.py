"""The data model: what a text is at each station of its way from a raw file to a corpus.

Plain frozen dataclasses, no behaviour beyond views. All offsets count Unicode code points. Unless a field says otherwise they are
offsets in `RawDocument.text`, the decoded and otherwise untouched text of the file, so that every result can be cited and checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, get_args

from kz_textkit.alignment import Alignment, Edit

__all__ = [
    "BLOCK_KINDS",
    "SECTION_KINDS",
    "Block",
    "BlockKind",
    "Decision",
    "Document",
    "Edit",
    "Extraction",
    "Link",
    "LinkKind",
    "Mark",
    "MarkKind",
    "RawDocument",
    "Section",
    "SectionKind",
]

BlockKind = Literal[
    "heading",
    "paragraph",
    "list_item",
    "question",
    "table_row",
    "outline_item",
    "toc_entry",
    "source",
    "note",
    "verse",
    "code",
    "front",
]
SectionKind = Literal["front_matter", "lecture", "section", "questions", "back_matter", "contents"]
LinkKind = Literal["article", "redlink", "external"]
MarkKind = Literal["line", "page", "block", "link", "anchor", "generated"]

BLOCK_KINDS: tuple[str, ...] = get_args(BlockKind)
SECTION_KINDS: tuple[str, ...] = get_args(SectionKind)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a format knows of a stretch of its text, beside what the text itself shows.

    Certain marks decide; uncertain ones are signs among others. What `value` holds, by kind; keys that the format does not give are
    left out, and lengths are in points from the upper left corner of the page:

    - `line`: a printed line: `x0`, `y0`, `x1`, `y1` of its box, `size` of most of its letters, `font`, `bold`, `italic`; `column` from
      0; `hidden` or `rotated` where it is; `confidence` (0 to 1) of a line that was read by OCR.
    - `page`: a page: `number` from 1 in the file, `label` as printed, `width`, `height`; `unreadable` where its letters can't be known;
      or, in formats without pages, a part: `part` (name of the file in the package) for `places`.
    - `block`: one thing of the page, neither joined to the next nor cut: `kind`, which is a kind of block, or `running_head`,
      `page_number`, `url`, `furniture` (menus, comments of the page, mark-up inside another block), which are removed, or
      `table_cell` in a `table_row`. Where the format says that it is one thing and not what (a Word paragraph without a style,
      `<p>`), `kind` is left out. `level` of a heading, `number` of a list item as printed, `table`, `row`, `column` from 0,
      `note` (name of a note), `caption` true for a caption, `bold`, `italic`, `caps`, `centered` and `keep_next` (with the next
      block on a page) true where all of it is, `size`, `language` (ISO 639-1), `paragraph` from 1 in its part. Verse and code
      hold a line feed after each line; in other blocks one is a line break that becomes a space.
    - `link`: words that lead somewhere: `url`, `title`.
    - `anchor`: `note` (name of the note that this mark in the text belongs to), or `name` of a place that links lead to.
    - `generated`: text that stands in no run of the file and was put in: `by` (`list_number`, `note_number`, `cell_separator`,
      `paragraph_separator`, `quotation_mark`, …).
    """

    start: int
    """Offset in `RawDocument.text`."""
    end: int
    kind: MarkKind
    value: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Extraction:
    """How the text of a file that is no plain text came out of it, so that it can be had again."""

    format: str
    """`pdf`, `docx`, `html`, …"""
    extractor: str
    """Name of the library or program that reads the format."""
    version: str
    """Its version."""
    settings: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    text_sha256: str = ""
    """Hex digest of the extracted text in UTF-8."""


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A file as it was read: its text decoded or extracted, and nothing else done to it.

    Of plain text, `text.encode(encoding)`, with the bytes of `undecodable` put back at their offsets in place of U+FFFD, gives the
    bytes whose SHA-256 is `sha256`. Of other formats, `extraction` says how the text was had; lines end in line feeds, and a form feed
    stands between pages.
    """

    doc_id: str
    """File name without suffix, made unique within a run."""
    source: str
    """Path of the file as it was given, or a name for text that came from elsewhere."""
    sha256: str
    """Hex digest of the bytes of the file."""
    encoding: str
    """Name of a Python codec."""
    text: str
    undecodable: tuple[tuple[int, bytes], ...] = ()
    """Bytes that the encoding has no character for: (offset of the U+FFFD that stands for them in `text`, the bytes)."""
    marks: tuple[Mark, ...] = ()
    """In the order of their starts, longer ones first; none for plain text."""
    extraction: Extraction | None = None
    """None for plain text."""
    metadata: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What the format says of the work: `title`, `author`, `date`, `language`, `publisher`, …"""
    warnings: tuple[str, ...] = ()
    """What could not be read: pages without letters, parts that are damaged."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of clean text that is one thing on the page: a paragraph, a heading, a list item, a row of a table."""

    kind: BlockKind
    text: str
    alignment: Alignment
    """From offsets in `text` to offsets in the raw text."""
    page: int | None = None
    """Page that the block begins on."""
    block_id: str = ""
    """Unique in its document; sorts in document order."""
    language: str = ""
    """ISO 639-1 code where it is known, else empty."""

    @property
    def raw_start(self) -> int:
        """Offset in the raw text of the first character of the block."""
        return self.alignment.source_start

    @property
    def raw_end(self) -> int:
        """Offset in the raw text after the last character of the block."""
        return self.alignment.source_end


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading of a section; sections nest by `parent_id`."""

    section_id: str
    """Unique in its document; sorts in document order."""
    parent_id: str | None
    kind: SectionKind
    number: str
    """Number as printed, without its label and closing point (`1`, `1.2`, `IV`), or an empty string."""
    title: str
    """Title without label and number, over one line; empty where the text gives none."""
    level: int
    """1 for the top of the tree."""
    blocks: tuple[Block, ...]
    """The section's own blocks, its heading first; blocks of nested sections are in those."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link target that was printed in the text and is kept as knowledge."""

    url: str
    """The address, put together again where it was broken over lines."""
    title: str
    """Percent-decoded title of the page it leads to, underscores as spaces; empty for addresses without one."""
    kind: LinkKind
    page: int | None
    block_id: str | None = None
    """Block of the mention that the link was printed under, where that was found."""
    start: int | None = None
    """Offset of the mention in the text of that block."""
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a correction that a person made (`kz_textkit.cleaning.corrections`)."""

    correction_id: str
    action: str
    start: int
    """Where its place is in the raw text now."""
    end: int
    before: str
    value: str
    by: str = ""
    made: str = ""
    problem: str = ""
    """Why it does not fit any more, and was left out; empty where it was applied."""

    @property
    def place(self) -> str:
        """Action and place in words for messages.

        >>> Decision("c1", "text", 17, 23, "калалы", "қалалы").place
        'text at 17 («калалы»)'
        """
        shown = " ".join(self.before.split())
        return f"{self.action} at {self.start:,}" + (f" («{shown[:40]}{'…' if len(shown) > 40 else ''}»)" if shown else "")


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned text: the corpus side of a raw document, with the record that leads back."""

    raw: RawDocument
    edits: tuple[Edit, ...]
    """In raw order; the applied ones do not overlap."""
    sections: tuple[Section, ...]
    """In document order, parents before children."""
    links: tuple[Link, ...] = ()
    warnings: tuple[str, ...] = ()
    pages: int | None = None
    """Number of pages, where the text shows pages."""
    language: str = "kk"
    """ISO 639-1 code of the language that most of the text is in, `und` where it is not clear."""
    title: str = ""
    quality: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    """How the text came out, by measure: shares and counts that a reader can judge it by."""
    timings: dict[str, float] = field(default_factory=dict, compare=False)
    """Seconds by step."""
    decisions: tuple[Decision, ...] = ()
    """What became of each correction, in the order in which they were made."""
    title_from: str = ""
    """What says so of the title: `metadata`, `title page`, `heading`, `running head`, `file name`, `first words`, or `person`."""

    @property
    def blocks(self) -> Iterator[Block]:
        """All blocks in document order."""
        return (block for section in self.sections for block in section.blocks)

    @property
    def text(self) -> str:
        """The clean text: one block a line, an empty line between sections."""
        return "\n\n".join("\n".join(b.text for b in s.blocks) for s in self.sections if s.blocks)

    def _repr_html_(self) -> str:
        from kz_textkit.display.documents import document_html  # What shows documents knows them, and not the other way round.

        return document_html(self)
