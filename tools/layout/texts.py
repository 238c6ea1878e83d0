"""The labelled texts that the layout is trained on and measured by: read ones, and ones that code set on pages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(ROOT / "tests" / "support"))

import outlined  # noqa: E402
from gold import own_texts, real_texts  # noqa: E402
from labelled import LabelledText  # noqa: E402
from pages import set_texts  # noqa: E402

_KINDS = {
    "paragraph": "para",
    "list_item": "item",
    "question": "question",
    "outline_item": "outline",
    "toc_entry": "toc",
    "table_row": "table",
    "source": "source",
    "note": "note",
    "verse": "verse",
    "heading": "heading",
    "heading-goes-on": "heading",
}


def outlines() -> Iterator[LabelledText]:
    for name in outlined.names():
        blocks = outlined.read_outline(name)
        for setting in outlined.SETTINGS:
            text, starts = outlined.typeset(blocks, setting)
            yield _by_starts(f"outline_{name}.{setting}", name, text, [(s, b.kind) for s, b in zip(starts, blocks, strict=True)])


def _by_starts(name: str, kind: str, text: str, blocks: list[tuple[int, str]]) -> LabelledText:
    labels, at, position = [], 0, 0
    current = "para"
    for line in text.split("\n"):
        if not line.strip():
            labels.append("")
        else:
            begun = False
            while at < len(blocks) and blocks[at][0] < position + len(line):
                current, begun = _KINDS.get(blocks[at][1], "para"), not blocks[at][1].endswith("goes-on")
                at += 1
            labels.append(current if begun else f"{current}_cont")
        position += len(line) + 1
    return LabelledText(name, kind, "training", text, tuple(labels))


def source_of(text: LabelledText) -> str:
    """Name of the document behind a labelled text: what is measured must not have been seen in another setting."""
    return text.name.split(".")[1] if text.name.startswith("own.") else text.name.split(".")[0]


def read_texts() -> list[LabelledText]:
    """Documents whose lines were labelled by reading, but those held out."""
    return [text for text in (*real_texts(SHARED), *own_texts()) if text.split != "held_out"]


def training_texts(count: int) -> list[LabelledText]:
    """Texts that code set on pages, for training: the outlines of the tests, and so many of `pages`."""
    return [*outlines(), *set_texts(1, count, split="training")]


def development_texts(count: int) -> list[LabelledText]:
    """Texts that code set on pages with other words, titles and settings."""
    return list(set_texts(2, count, split="development"))
