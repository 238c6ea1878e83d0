"""Documents with known outlines (`outlines/`), set as texts are set in the world: one line a paragraph, wrapped, indented, out of a
PDF.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace

from kz_textkit.layout.widths import AVERAGE
from pages.model import Block as Printed
from pages.model import Source
from pages.setter import set_source
from pages.setting import Setting
from repository import TESTS

OUTLINES = TESTS / "outlines"
_KINDS = {"paragraph": "para", "list_item": "item", "outline_item": "outline", "toc_entry": "toc", "table_row": "table"}
_TYPED = Setting(width=70 * AVERAGE, by_characters=True, between=1, stanza_gap=1)
_LINES = Setting(wrapped=False, before_heading=0, after_heading=0, stanza_gap=1)
_SETTINGS = {
    "lines": _LINES,
    "apart": replace(_LINES, between=1, in_lists=1, before_heading=1, after_heading=1),
    "wrapped": _TYPED,
    "indented": replace(_TYPED, between=0, indent=4 * AVERAGE, indent_text="    "),
    "double": replace(_TYPED, inside=1, between=0, before_heading=1, after_heading=1, trail=" ", stanza_gap=1, dots="spaces"),
}
SETTINGS = tuple(_SETTINGS)


@dataclass(frozen=True)
class Block:
    """A block of a document: its kind, its text, and for headings what section it opens."""

    kind: str
    text: str
    level: int = 0
    section_kind: str = ""
    number: str = ""


def names() -> list[str]:
    return sorted(path.stem for path in OUTLINES.glob("*.txt"))


def read_outline(name: str) -> list[Block]:
    blocks = []
    for line in (OUTLINES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("%"):
            continue
        tag, text = re.fullmatch(r"\[([^\]]+)\] (.+)", line).groups()  # type: ignore[union-attr]
        kind, *rest = tag.split()
        blocks.append(Block(kind, text, *((int(rest[0]), rest[1], rest[2].strip("-")) if rest else ())))
    return blocks


def typeset(blocks: list[Block], setting: str) -> tuple[str, list[int]]:
    """The document as a text, and the offset of each of its blocks."""
    own = tuple(_printed(block) for block in blocks)
    text = set_source(Source("outline", "training", own), _SETTINGS[setting], random.Random(0), most=100_000)
    starts, at = [], 0
    for line, label in zip(text.text.split("\n"), text.labels, strict=True):
        if label and not label.endswith("_cont"):
            starts.append(at + len(line) - len(line.lstrip()))
        at += len(line) + 1
    return text.text + "\n", starts


def _printed(block: Block) -> Printed:
    if block.kind == "heading-goes-on":
        return Printed("heading", block.text, 1, close=True)
    verse = block.kind == "verse"
    return Printed(
        _KINDS.get(block.kind, block.kind), block.text.replace("/", "\n") if verse else block.text, block.level, run_on=verse
    )
