"""The data model: what a text is at each station of its way from a raw file to a corpus.

Plain frozen dataclasses, no behaviour beyond views. All offsets count Unicode code points. Unless a field says otherwise they are
offsets in `RawDocument.text`, the decoded and otherwise untouched text of the file, so that every result can be cited and checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, get_args

from kz_textkit.alignment import Alignment, Edit

__all__ = [
    "BLOCK_KINDS",
    "SECTION_KINDS",
    "Block",
    "BlockKind",
    "Document",
    "Edit",
    "Link",
    "LinkKind",
    "RawDocument",
    "Section",
    "SectionKind",
]

BlockKind = Literal["heading", "paragraph", "list_item", "question", "table_row", "outline_item", "toc_entry", "source", "note"]
SectionKind = Literal["front_matter", "lecture", "section", "questions", "back_matter", "contents"]
LinkKind = Literal["article", "redlink", "external"]

BLOCK_KINDS: tuple[str, ...] = get_args(BlockKind)
SECTION_KINDS: tuple[str, ...] = get_args(SectionKind)


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A file as it was read: its text decoded, and nothing else done to it.

    `text.encode(encoding)`, with the bytes of `undecodable` put back at their offsets in place of U+FFFD, gives the bytes whose
    SHA-256 is `sha256`.
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
    timings: dict[str, float] = field(default_factory=dict, compare=False)
    """Seconds by step."""

    @property
    def blocks(self) -> Iterator[Block]:
        """All blocks in document order."""
        return (block for section in self.sections for block in section.blocks)

    @property
    def text(self) -> str:
        """The clean text: one block a line, an empty line between sections."""
        return "\n\n".join("\n".join(b.text for b in s.blocks) for s in self.sections if s.blocks)
