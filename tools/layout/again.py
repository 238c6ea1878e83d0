"""Documents that were labelled by reading, set on pages once more in other ways.

What a reader labelled is a list of blocks: whatever the pages looked like, the same blocks can be set with other widths, hyphens, gaps,
heads and feet (`tests/support/pages`). So one document whose structure the world made teaches many pages. A document that is measured
must not be among those that were set again for training: it has the same name (`texts.source_of`).
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from operator import or_
from pathlib import Path
from zlib import crc32

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "support"))

from labelled import LabelledText
from pages import set_source
from pages.model import Block, Place, Source
from pages.setting import choose

_FURNITURE = ("page_number", "running_head", "url")
_AGAIN_FURNITURE = {f"{label}_cont": label for label in _FURNITURE}
"""A head whose words an extractor put on lines of their own is furniture, line for line."""
_LINE_BY_LINE = ("verse", "code", "front", "heading")
"""Kinds whose lines stay as they were printed."""
_HYPHEN = re.compile(r"(?<=[^\W\d])(?:[-¬\u2010\xad\x02\ufffe])$")
_CELLS = re.compile(r"\t| {2,}")
_ENTRY = re.compile(r"^(.*?\S)\s*(?:\.{3,}|…+|\s{2,}|\t|(?:\s\.){3,})[.…\s]*(\d{1,4})$")
_REACH = 12
"""Blocks that may stand between the lines of one."""
_STRETCHED = 0.05
"""Share of settings in narrow columns whose justified lines come out a word a line."""
_CLOSE = 0.15
"""Share of settings that show neither stanzas nor titles by gaps."""
LINES = (60, 220)
"""Least and most lines of a stretch that is set."""


def blocks_of(text: LabelledText) -> list[Block]:
    """The blocks of a labelled text; menus of web pages stay, heads and feet of pages do not.

    >>> text = LabelledText("а", "law", "training", "1-бап. Тіл\\n1. Тіл туралы\\nзаң.", ("heading", "item", "item_cont"))
    >>> [(block.kind, block.text) for block in blocks_of(text)]
    [('heading', '1-бап. Тіл'), ('item', '1. Тіл туралы заң.')]
    """
    lines = text.text.split("\n")
    printed = "\f" in text.text or "page_number" in text.labels
    levels = text.levels or (0,) * len(lines)
    blocks: list[Block] = []
    gap = False
    for line, label, level in zip(lines, text.labels, levels, strict=True):
        content = line.strip()
        if not content:
            gap = True
            continue
        kind = label.removesuffix("_cont")
        if label in _FURNITURE:
            if not printed and label == "running_head":
                blocks.append(Block(label, content))
            continue
        begun = _begun(blocks, kind) if label.endswith("_cont") else None
        if label == "?" or (label.endswith("_cont") and begun is None):
            blocks.append(Block("para", content, doubtful=True))
        elif begun is not None:
            blocks[begun] = replace(blocks[begun], text=_joined(blocks[begun].text, content, kind))
        else:
            content = _tabbed(line.strip(" \f"), kind)
            close = kind in ("item", "table", "toc", "front") and not gap and bool(blocks) and blocks[-1].kind == kind
            blocks.append(Block(kind, content, level, close=close and kind == "front", run_on=kind in _LINE_BY_LINE))
        gap = False
    return blocks


def _begun(blocks: list[Block], kind: str) -> int | None:
    """The block that a line goes on with: notes, marks and tables may stand between."""
    for k in range(len(blocks) - 1, max(-1, len(blocks) - _REACH), -1):
        if blocks[k].doubtful:
            return None
        if blocks[k].kind == kind:
            return k
        if blocks[k].kind not in ("note", "mark", "table", "running_head"):
            return None
    return None


def _joined(text: str, line: str, kind: str) -> str:
    if kind in _LINE_BY_LINE:
        return f"{text}\n{line}"
    without = _HYPHEN.sub("", text)
    return without + line if without != text and line[:1].islower() else f"{text} {line}"


def _tabbed(text: str, kind: str) -> str:
    if kind == "table":
        return _CELLS.sub("\t", text)
    if kind == "toc" and (entry := _ENTRY.match(text)):
        return f"{entry[1]}\t{entry[2]}"
    return text


def set_again(texts: Sequence[LabelledText], times: int) -> Iterator[LabelledText]:
    """Each document so many times, in ways drawn at random but always the same."""
    for name, blocks, kind in documents_of(texts):
        for number in range(times):
            rng = random.Random(crc32(f"{name}/{number}".encode()))
            setting = choose("training", rng, kind.lower().split()[0])
            if setting.wrapped and rng.random() < _STRETCHED:
                setting = replace(setting, stretched=rng.choice((0.1, 0.3, 0.6)), width=rng.randint(12_000, 22_000))
            if rng.random() < _CLOSE:
                setting = replace(setting, stanza_gap=0, before_heading=rng.choice((0, 0, 1)), after_heading=0)
            source = Source(kind, "training", tuple(_stretch(placed(blocks, rng), rng)), title_of(blocks), "", "again")
            text = set_source(source, setting, rng)
            labels = tuple(_AGAIN_FURNITURE.get(label, label) for label in text.labels)
            yield replace(text, name=f"{name}.again{number}", kind=kind, labels=labels)


def placed(blocks: Sequence[Block], rng: random.Random) -> list[Block]:
    """The blocks with title pages, dates and signatures put where people put them."""
    before, after = rng.choice(_BEFORE), rng.choice(_AFTER)
    begun = [False, *accumulate((block.kind in ("para", "item", "verse") for block in blocks), or_)]
    places: dict[str, tuple[Place, Place]] = {"front": (before, after), "mark": ("centre", "centre")}
    return [
        replace(block, place=places[block.kind][text]) if block.kind in places else block
        for block, text in zip(blocks, begun, strict=False)
    ]


_BEFORE: Sequence[Place] = ("centre", "centre", "centre", "left", "right")
_AFTER: Sequence[Place] = ("left", "right", "right", "centre")


def documents_of(texts: Iterable[LabelledText]) -> Iterator[tuple[str, list[Block], str]]:
    """Name, blocks and kind of each document; of one that several extractors gave, as the first gave it."""
    seen: set[str] = set()
    for text in texts:
        parts = text.name.split(".")
        own = parts[0] == "own"
        document = ".".join(parts[:2]) if own else parts[0]
        extractor = "" if own else ".".join(parts[1:2])
        stretch = "" if own else ".".join(parts[2:])
        if (key := f"{document} {stretch}") in seen or extractor == "pdftotext-layout":
            continue
        seen.add(key)
        yield f"{document}.{stretch}" if stretch else document, blocks_of(text), text.kind


def _stretch(blocks: list[Block], rng: random.Random) -> list[Block]:
    """A stretch of a long document, from a title of it; a short document as it is."""
    most = rng.randint(*LINES)
    size = [1 + len(block.text) // 70 + block.text.count("\n") for block in blocks]
    if sum(size) <= most:
        return blocks
    starts = [k for k, block in enumerate(blocks) if block.kind == "heading"] or [0]
    begin = 0 if rng.random() < 0.4 else rng.choice(starts)
    end, used = begin, 0
    while end < len(blocks) and used < most:
        used += size[end]
        end += 1
    return blocks[begin:end]


def title_of(blocks: list[Block]) -> str:
    """What a running head says: the first title that has a word in it."""
    titles = (block.text.replace("\n", " ")[:60] for block in blocks if block.kind == "heading")
    return next((title for title in titles if _WORD.search(title)), "")


_WORD = re.compile(r"[^\W\d_]{4}")
