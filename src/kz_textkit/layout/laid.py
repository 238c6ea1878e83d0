"""What `lay_out` gives: the blocks, sections and links of a text, as spans of that text. Plain frozen dataclasses; tuples
where there are many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kz_textkit.alignment import Edit
from kz_textkit.document import BlockKind, LinkKind, SectionKind

__all__ = ["LaidBlock", "LaidLink", "LaidSection", "Layout"]


class LaidBlock(NamedTuple):
    """A block as a span of the text laid out; its clean text is the span with the edits inside it applied."""

    kind: BlockKind
    start: int
    end: int
    page: int | None = None
    language: str = ""
    """ISO 639-1 code, where the format says it."""
    own_edits: tuple[Edit, ...] | None = None
    """Of a block that stands inside the span of the block before it, as a note at the foot of a page does in a paragraph that goes on
    on the next: its edits. The edit that takes it out of the other block is among those of the layout. None for all other blocks."""


@dataclass(frozen=True, slots=True)
class LaidSection:
    """A section; `parent` is the index of the section around it in the same tuple, or None."""

    kind: SectionKind
    number: str
    title: str
    level: int
    parent: int | None
    blocks: tuple[LaidBlock, ...]


@dataclass(frozen=True, slots=True)
class LaidLink:
    """A link, and the span of the text where what it explains is mentioned."""

    url: str
    title: str
    kind: LinkKind
    page: int | None
    mention: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """All that layout finds in a text. `edits` are ordered, do not overlap, and straddle no block border."""

    edits: tuple[Edit, ...]
    sections: tuple[LaidSection, ...]
    links: tuple[LaidLink, ...] = ()
    warnings: tuple[str, ...] = ()
    pages: int | None = None
    quality: Mapping[str, float] = field(default_factory=dict)
    """How the text came out, by measure (`quality`)."""
