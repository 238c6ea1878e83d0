"""Documents with known outlines (`outlines/`), set as texts are set in the world: one line a paragraph, wrapped, indented, out of a
PDF.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass

from repository import TESTS

OUTLINES = TESTS / "outlines"
SETTINGS = ("lines", "apart", "wrapped", "indented", "double")
COLUMNS = 70


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
    text = ""
    starts = []
    before = ""
    for block in blocks:
        lines = _lines(block, setting)
        text += _gap(before, block.kind, setting) if before else ""
        starts.append(len(text) + len(lines[0]) - len(lines[0].lstrip()))
        text += (" \n\n" if setting == "double" else "\n").join(lines)
        before = block.kind
    return text + "\n", starts


def _lines(block: Block, setting: str) -> list[str]:
    if block.kind == "toc_entry":
        title, page = block.text.split("\t")
        return [f"{title}      {page}" if setting == "double" else f"{title} {'.' * max(3, COLUMNS - len(title))} {page}"]
    if block.kind == "verse":
        return block.text.split("/")
    if setting in ("lines", "apart"):
        return [block.text]
    indent = "    " if setting == "indented" and not block.kind.startswith("heading") else ""
    return textwrap.wrap(block.text, COLUMNS, initial_indent=indent, break_on_hyphens=False)


def _gap(before: str, kind: str, setting: str) -> str:
    if kind == "heading-goes-on" and setting != "double":
        return "\n"
    title = kind == "heading" or before.startswith("heading")
    if setting == "lines":
        return "\n\n" if "verse" in (before, kind) else "\n"
    if setting == "indented":
        return "\n\n" if title or kind == "verse" else "\n"
    if setting == "double":
        return " \n\n \n\n" if (title and kind != before and kind != "heading-goes-on") or kind == "verse" else " \n\n"
    listed = kind == before and kind in ("list_item", "question", "outline_item", "toc_entry", "source")
    return "\n" if listed and setting == "wrapped" else "\n\n"
