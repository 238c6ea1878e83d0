"""The labelled texts that the layout is trained on and measured by: read ones, and ones that code set on pages."""

from __future__ import annotations

import random
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(ROOT / "tests" / "support"))

import outlined  # noqa: E402
from gold import own_texts, real_texts  # noqa: E402
from labelled import LabelledText  # noqa: E402
from pages import set_texts  # noqa: E402
from pages.material import Material  # noqa: E402

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


FURNITURE = ("page_number", "running_head", "url")
LESSONS = Path(__file__).parent / "lessons.txt"
DOCUMENTS = Path(__file__).parent / "documents.txt"
_WAYS = ((0, 0, 0), (0, 1, 0), (72, 0, 0), (72, 1, 0), (60, 0, 4), (84, 0, 2))
"""How a lesson is set: columns of a line (0: a line is a paragraph), blank lines between blocks, indent of paragraphs."""


def lessons(text: str | None = None, name: str = "lesson") -> Iterator[LabelledText]:
    """The short texts of `lessons.txt`, or of `text` that is written like it, each set in several ways; `name` begins their names."""
    rows = (LESSONS.read_text(encoding="utf-8") if text is None else text).split("\n")
    rows = [row for row in rows if not row.startswith("# ") or "|" in row]
    for number, lesson in enumerate("\n".join(rows).strip("\n").split("\n\n")):
        blocks = [row.partition("|")[::2] for row in lesson.split("\n")]
        for columns, apart, indent in _WAYS:
            lines, labels = [], []
            for label, content in blocks:
                kind = label.rstrip("=")
                if labels and not label.endswith("=") and (apart or kind == "heading" or labels[-1].startswith("heading")):
                    lines.append("")
                    labels.append("")
                space = " " * indent if kind in ("para", "item", "question") else ""
                own = textwrap.wrap(content, columns, initial_indent=space, break_on_hyphens=False) if columns else [space + content]
                lines += own
                labels += [kind, *[kind if kind in FURNITURE else f"{kind.removesuffix('_cont')}_cont"] * (len(own) - 1)]
            yield LabelledText(f"{name}{number}.{columns}-{apart}-{indent}", "lesson", "training", "\n".join(lines), tuple(labels))


def documents(path: Path = DOCUMENTS) -> Iterator[LabelledText]:
    """The documents of `documents.txt`, a block a line, to be set on pages (`again`)."""
    name, number = "", 0
    rows: list[tuple[str, str]] = []
    for row in [*path.read_text(encoding="utf-8").split("\n"), "= "]:
        if row.startswith("= "):
            if rows:
                lines = [
                    (f"{label}_cont" if at else label, line) for label, content in rows for at, line in enumerate(content.split(" / "))
                ]
                text, labels = "\n".join(line for _, line in lines), tuple(label for label, _ in lines)
                yield LabelledText(f"written{number}.text", name, "training", text, labels)
            name, number, rows = row[2:], number + 1, []
        elif row and not row.startswith("# "):
            label, _, content = row.partition("|")
            material = Material("training", random.Random(crc32(f"{number} {len(rows)} {row}".encode())))
            rows += _filled(label, content, material, "––—-"[number % 4])


_BLANK = re.compile(r"\{(\w+):(\d+)\}")


def _filled(label: str, content: str, material: Material, dash: str) -> list[tuple[str, str]]:
    """A block as it is written, or those that it stands for, in sentences of others that are not in the repository."""
    what, _, count = content.partition(" ") if label == "prose" else (label, "", content)
    times = range(int(count)) if label in ("prose", "talk", "stanza") else ()
    if label == "prose":
        return [("para", material.paragraph(what, 1, material.rng.choice((2, 4, 8)))) for _ in times]
    if label == "talk":
        return [("para", f"{dash} {material.one('speech/story').lstrip('–—- ')}") for _ in times]
    if label == "stanza":
        return [("verse", " / ".join(material.stanza())) for _ in times]
    return [(label, _BLANK.sub(lambda blank: material.paragraph(blank[1], int(blank[2]), int(blank[2])), content))]


def source_of(text: LabelledText) -> str:
    """Name of the document behind a labelled text: what is measured must not have been seen in another setting."""
    return text.name.split(".")[1] if text.name.startswith("own.") else text.name.split(".")[0]


def read_texts() -> list[LabelledText]:
    """Documents whose lines were labelled by reading, but those held out."""
    return [text for text in (*real_texts(SHARED), *own_texts()) if text.split != "held_out"]


def training_texts(count: int) -> list[LabelledText]:
    """Texts that code set on pages, for training: the outlines of the tests, and so many of `pages`."""
    return [
        *[text for _ in range(4) for text in outlines()],
        *lessons(),
        *lessons(),
        *set_texts(1, count, split="training"),
        *set_texts(3, count // 4, split="training", marks=True),
        *set_texts(5, count // 6, kinds=["site"], split="training"),
    ]


def development_texts(count: int) -> list[LabelledText]:
    """Texts that code set on pages with other words, titles and settings."""
    return [*set_texts(2, count, split="development"), *set_texts(4, count // 3, split="development", marks=True)]
