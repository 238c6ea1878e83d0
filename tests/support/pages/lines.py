"""Lines of a document before pages are made of them: blocks filled to their measure, with the blank lines between them."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace

from labelled import LABELS
from pages.model import NOTE, Block, Source
from pages.setting import Setting
from pages.typesetting import fill

__all__ = ["Line", "flow"]

_FLUSH = ("heading", "front", "verse", "code", "table", "toc", "mark", "page_number", "running_head", "url")
"""Kinds without an indent of the first line."""
_LISTS = ("item", "question", "outline", "source", "table", "toc")


def _goes_on(label: str) -> str:
    """The label of a further line; furniture is furniture line by line.

    >>> _goes_on("para"), _goes_on("running_head")
    ('para_cont', 'running_head')
    """
    return label if label.endswith("_cont") or f"{label}_cont" not in LABELS else f"{label}_cont"


@dataclass(slots=True)
class Line:
    """A printed line and its label."""

    text: str
    label: str
    level: int = 0
    block: int = -1
    """Number of its block in the source."""
    notes: tuple[str, ...] = ()
    """Footnotes whose marks stand on it."""
    place: str = "left"
    indent: int = 0
    """Printed width of the white space before it."""
    last: bool = True
    """The last line of its block, which is not justified."""
    size: float = 12.0
    bold: bool = False
    column: int = 0
    new_page: bool = False

    @property
    def cont(self) -> str:
        """The label of a line that goes on with the same block."""
        return _goes_on(self.label)


def flow(source: Source, setting: Setting, rng: random.Random) -> list[Line | None]:
    """All lines of the body, with None for blank ones."""
    found: list[Line | None] = []
    sizes = {1: rng.choice((12, 14, 16, 18)), 2: rng.choice((12, 12, 13, 14))}
    bold = rng.random() < 0.8
    gap_of_headings = rng.randint(0, setting.before_heading)
    before: Block | None = None
    for at, block in enumerate(source.blocks):
        if before:
            found += [None] * (_gap(before, block, setting, gap_of_headings) + setting.inside)
        lines = _lines_of(block, at, setting, rng)
        if setting.drop_capital and before and _opens(before, block, lines[0].text):
            lines = _capital_dropped(lines)
        for line in lines:
            if block.kind == "heading":
                line.size, line.bold = float(sizes.get(block.level, 12)), bold
        apart = 1 if block.kind == "table" and setting.tables == "cells apart" else 0
        for line in lines[:-1]:
            found += [line, *[None] * (setting.inside + apart)]
        found.append(lines[-1])
        before = block
    return found


def _opens(before: Block, block: Block, text: str) -> bool:
    """Whether a block is the long first paragraph of a chapter."""
    chapter = before.kind == "heading" and before.level == 1
    return chapter and block.kind == "para" and len(block.text) > 150 and text.lstrip()[:2].isalpha()


def _capital_dropped(lines: list[Line]) -> list[Line]:
    """The large first letter of a chapter, which extractors put on a line of its own."""
    first = lines[0]
    text = first.text.lstrip()
    return [replace(first, text=text[0], notes=(), last=True, size=30.0), replace(first, text=text[1:], label="para_cont"), *lines[1:]]


def _gap(before: Block, block: Block, setting: Setting, gap_of_headings: int) -> int:
    """Blank lines between two blocks, beside those that stand after every line."""
    kinds = (before.kind, block.kind)
    if block.close:
        return 0
    if "heading" in kinds:
        gap = setting.before_heading if kinds[1] == "heading" else setting.after_heading
        gap = gap_of_headings if kinds == ("heading", "heading") else gap
    elif kinds == ("running_head", "running_head"):
        gap = setting.in_lists
    elif "verse" in kinds:
        gap = setting.stanza_gap if kinds == ("verse", "verse") else max(setting.between, min(1, setting.stanza_gap))
    elif kinds == ("table", "table") and setting.tables == "cells apart":
        gap = 1
    elif kinds[0] == kinds[1] and kinds[0] in ("table", "toc"):
        gap = min(setting.in_lists, setting.between) if setting.wrapped else setting.in_lists
    elif kinds[1] in _LISTS and (kinds[0] in _LISTS or before.text.endswith(":")):
        gap = setting.in_lists
    else:
        gap = setting.between
    return max(gap, 1 if block.apart else 0)


def _lines_of(block: Block, at: int, setting: Setting, rng: random.Random) -> list[Line]:
    kind = block.kind
    flush = kind in _FLUSH and not (kind == "heading" and setting.headings_indented)
    indented = not flush and block.place == "left"
    cells = kind == "table" and setting.tables.startswith("cells")
    plain = kind in ("running_head", "url", "mark", "page_number")
    notes = list(block.notes)
    lines: list[Line] = []
    for number, piece in enumerate(_pieces(block, setting)):
        indent = setting.indent if indented and not number else 0
        filled = _fill(piece, block, setting, indent, rng) if setting.wrapped else [piece]
        for text in filled:
            begun = not lines or plain or (cells and text is filled[0])
            here = text.count(NOTE)
            line = Line(text, kind if begun else _goes_on(kind), block.level, at, tuple(notes[:here]), block.place)
            del notes[:here]
            line.last = block.run_on or block.place != "left" or kind == "heading"
            if indented and not lines:
                line.text, line.indent = setting.indent_text + text, setting.indent
            elif kind == "verse":
                line.text = setting.verse_indent + text
            elif kind in ("item", "question", "source") and lines:
                line.text = setting.hanging + text
            lines.append(line)
    lines[-1].last = True
    lines[0].new_page = block.new_page
    return lines


def _fill(piece: str, block: Block, setting: Setting, indent: int, rng: random.Random) -> list[str]:
    if block.kind == "code" or (block.kind == "toc" and setting.dots not in ("above", "below")):
        return [piece]
    full = setting.width
    if block.kind == "heading" or block.place != "left":
        full = int(full * rng.choice((0.75, 0.85, 0.95)))
    hyphens = setting.hyphens if block.kind in ("para", "item", "note", "question", "source") else 0.0
    return fill(
        piece,
        full,
        rng,
        indent=indent,
        by_characters=setting.by_characters,
        hyphens=hyphens,
        ragged=setting.ragged if hyphens or not setting.hyphens else 0,
    )


def _pieces(block: Block, setting: Setting) -> list[str]:
    """What begins a line of its own within a block."""
    if block.kind == "table":
        cells = block.text.split("\t")
        if setting.tables.startswith("cells"):
            return [cell for cell in cells if cell]
        between = {"rows": " " if not setting.centred else "     ", "tabs": "\t", "bars": " | "}[setting.tables]
        return [between.join(cells)]
    if block.kind == "toc" and "\t" in block.text:
        title, page = block.text.split("\t")
        return _entry(title, page, setting)
    return block.text.split("\n")


def _entry(title: str, page: str, setting: Setting) -> list[str]:
    """An entry of contents, with its page where the setting has it."""
    width = max(30, setting.width // 500)
    rest = width - len(page)
    lead = fill(title, rest * 480, random.Random(0)) if setting.wrapped else [title]
    dots = max(3, rest - len(lead[-1]) - 1)
    last = {
        "dots": f"{lead[-1]} {'.' * dots} {page}",
        "spaced dots": f"{lead[-1]} {'. ' * (dots // 2)}{page}",
        "spaces": f"{lead[-1]}{' ' * max(3, dots)}{page}",
        "tab": f"{lead[-1]}\t{page}",
        "apart": f"{lead[-1]} {'.' * dots} {page}",
    }
    label = re.match(r"(?:\d+\.)+ |[IVX]+\. ", title)
    if setting.dots == "apart" and label:
        return [label[0].strip(), *_entry(title[label.end() :], page, replace(setting, dots="dots"))]
    if setting.dots == "first":
        return [f"{page} {lead[0]}", *lead[1:]]
    if setting.dots == "above":
        return [page, *lead]
    if setting.dots == "below":
        return [*lead, page]
    return [*lead[:-1], last[setting.dots]]
