"""The gold of the book that was made in several formats, and what was found of it."""

from __future__ import annotations

import json
from pathlib import Path

from kz_textkit.document import RawDocument

__all__ = ["found_blocks", "gold_blocks"]

REMOVED = ("table_cell", "running_head", "page_number", "furniture")


def gold_blocks(shared: Path) -> list[tuple[str, str]]:
    """Kind and text of each block of the book; captions have no style of their own in it."""
    gold = json.loads((shared / "documents/made/gold.json").read_text("utf-8"))
    return [(kind.replace("caption", "paragraph"), text) for kind, text in gold]


def found_blocks(raw: RawDocument) -> list[tuple[str, str]]:
    """Kind and text of each block, without what cleaning takes out: soft hyphens, marks of notes, numbers of lists."""
    gone = {
        i
        for m in raw.marks
        if (m.kind == "generated" and m.value["by"] in ("list_number", "note_number")) or (m.kind == "anchor" and "note" in m.value)
        for i in range(m.start, m.end)
    }
    return [
        (
            m.value.get("kind", "paragraph"),
            "".join(c for i, c in enumerate(raw.text[m.start : m.end], m.start) if i not in gone)
            .replace("\u00ad", "")
            .replace("\t", " ")
            .strip(),
        )
        for m in raw.marks
        if m.kind == "block" and m.value.get("kind") not in REMOVED
    ]
