"""The tree of sections of a document as rows: what stands where, how much of it, on which pages."""

from __future__ import annotations

from dataclasses import dataclass

from kz_textkit.document import Document, Section

__all__ = ["OutlineRow", "outline"]


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A section with its size; sizes and pages are of the section with all that is nested in it."""

    section_id: str
    parent_id: str | None
    level: int
    kind: str
    number: str
    title: str
    heading: str
    """The heading as it stands in the text, with its label; number and title where there is none."""
    blocks: int
    words: int
    """Stretches between white space, an estimate."""
    page_start: int | None
    page_end: int | None
    raw_start: int | None
    """Offset of the section in the raw text; None for one without text."""


def outline(document: Document) -> list[OutlineRow]:
    """The sections of a document in order, each with its size."""
    nested = _nested(document)
    return [_row(section, nested[section.section_id]) for section in document.sections]


def _nested(document: Document) -> dict[str, list[Section]]:
    """Each section with those in it, by id."""
    parents = {section.section_id: section.parent_id for section in document.sections}
    nested: dict[str, list[Section]] = {section.section_id: [] for section in document.sections}
    for section in document.sections:
        ancestor: str | None = section.section_id
        while ancestor is not None:
            nested[ancestor].append(section)
            ancestor = parents[ancestor]
    return nested


def _row(section: Section, nested: list[Section]) -> OutlineRow:
    blocks = [block for inner in nested for block in inner.blocks]
    pages = [block.page for block in blocks if block.page is not None]
    return OutlineRow(
        section_id=section.section_id,
        parent_id=section.parent_id,
        level=section.level,
        kind=section.kind,
        number=section.number,
        title=section.title,
        heading=_heading(section),
        blocks=len(blocks),
        words=sum(len(block.text.split()) for block in blocks),
        page_start=min(pages, default=None),
        page_end=max(pages, default=None),
        raw_start=min((block.raw_start for block in blocks), default=None),
    )


def _heading(section: Section) -> str:
    printed = section.blocks[0].text if section.blocks and section.blocks[0].kind == "heading" else ""
    return printed if printed and section.title in printed else " ".join(filter(None, (section.number, section.title)))
