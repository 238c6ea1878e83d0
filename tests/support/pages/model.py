"""What is set: documents as lists of blocks whose kinds are known, before any page is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from labelled import Split

__all__ = ["HYPHEN", "NOTE", "Block", "Place", "Source"]

NOTE = "\ue001"
"""Stands in the text of a block where the mark of a footnote is printed; the notes are in `Block.notes`, in order."""
HYPHEN = "\ue000"
"""Ends a line that a divided word runs over, until the setting says how extractors leave that."""

Place = Literal["left", "centre", "right"]


@dataclass(frozen=True)
class Block:
    """One thing on the page.

    Line feeds in `text` are ends of lines whatever the measure (verse, code, titles of two lines); tabs stand between the cells of a
    table row and between a title and its page in contents.
    """

    kind: str
    """A label of `labelled.LABELS` that begins a block, or a label of furniture (`running_head`, `url`) for web pages."""
    text: str
    level: int = 0
    place: Place = "left"
    close: bool = False
    """Set under the block above without a blank line, whatever the setting."""
    apart: bool = False
    """Set apart from the block above by a blank line, whatever the setting."""
    new_page: bool = False
    """Opens a page, where there are pages (slides)."""
    run_on: bool = False
    """Its lines are not filled: each line feed ends a line and longer ones are turned over (verse, code)."""
    notes: tuple[str, ...] = ()
    doubtful: bool = False
    """A careful reader could decide otherwise: the label is `?`."""


@dataclass(frozen=True)
class Source:
    """A document before it is set."""

    kind: str
    split: Split
    blocks: tuple[Block, ...]
    title: str = ""
    """What running heads say."""
    author: str = ""
    name: str = field(default="")
    """Where the texts come from: `own`, `shared`, or the name of a file."""
