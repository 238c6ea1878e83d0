"""Texts whose lines are labelled, by a reader or by the code that set them: what the layout is trained on and measured by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kz_textkit.document import Mark

__all__ = ["LABELS", "LabelledText", "Split"]

Split = Literal["training", "development", "held_out"]

_BEGUN = ("heading", "para", "item", "question", "outline", "toc", "table", "source", "note", "verse", "code", "front")
LABELS = (*_BEGUN, *(f"{label}_cont" for label in _BEGUN), "mark", "page_number", "running_head", "url")
"""What a line can be, as a careful linguist would say who sees the printed page; `_cont`: the block of the line above goes on."""


@dataclass(frozen=True)
class LabelledText:
    """A text with a label for each of its lines (a form feed stands at the start of the first line of a page)."""

    name: str
    """Document, convention and extractor, such as `tole_bi.pdftotext`."""
    kind: str
    """Kind of document: `novel`, `law`, `verse`, `slides`, …"""
    split: Split
    text: str
    labels: tuple[str, ...]
    """One for each line of `text.split("\\n")`; empty for blank lines, `?` for lines that a careful reader could decide otherwise."""
    levels: tuple[int, ...] = ()
    """Level of each heading line, 0 for other lines; empty where levels are not known."""
    marks: tuple[Mark, ...] = ()
    """What the format knew, as a reader gives it."""
