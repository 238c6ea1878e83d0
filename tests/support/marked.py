"""What tests ask of a document that was read from a foreign format."""

from __future__ import annotations

from typing import Any

from kz_textkit.document import RawDocument


def blocks(raw: RawDocument) -> list[tuple[str, str]]:
    """Kind and text of each block, cells left out; a block whose kind is open is a paragraph."""
    return [(kind, text) for kind, text, _ in valued(raw)]


def valued(raw: RawDocument) -> list[tuple[str, str, dict[str, Any]]]:
    """Kind, text and the rest of the value of each block, cells left out."""
    return [
        (m.value.get("kind", "paragraph"), raw.text[m.start : m.end], dict(m.value))
        for m in raw.marks
        if m.kind == "block" and m.value.get("kind") != "table_cell"
    ]


def marked(raw: RawDocument, kind: str) -> list[tuple[str, dict[str, Any]]]:
    """Text and value of each mark of a kind."""
    return [(raw.text[m.start : m.end], dict(m.value)) for m in raw.marks if m.kind == kind]


def check_marks(raw: RawDocument) -> None:
    """Marks are in order and inside the text, blocks don't cut into each other, and every letter is in a block."""
    assert [(m.start, -m.end) for m in raw.marks] == sorted((m.start, -m.end) for m in raw.marks)
    assert all(0 <= m.start <= m.end <= len(raw.text) for m in raw.marks)
    position = 0
    for m in raw.marks:
        if m.value.get("kind") == "furniture" and m.end <= position:
            continue  # It is taken out of the block that it is in.
        if m.kind == "block" and m.value.get("kind") != "table_cell":
            assert not raw.text[position : m.start].strip(), raw.text[position : m.start]
            assert m.start >= position
            assert raw.text[m.start : m.end] == raw.text[m.start : m.end].strip("\n")
            position = m.end
    assert not raw.text[position:].strip()
