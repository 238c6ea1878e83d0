"""The layout of the real textbook against the lines that were labelled by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kz_textkit.alignment import Alignment, apply_edits
from kz_textkit.layout import Layout, lay_out
from kz_textkit.repair import repair
from repository import GOLD

NAME = "000_7bb1e2f804af1cf3"
LABELS = GOLD / f"{NAME}.tsv"
BODY = frozenset("PIQTOESN")
KINDS = {
    "heading": "H",
    "paragraph": "P",
    "list_item": "I",
    "question": "Q",
    "table_row": "T",
    "outline_item": "O",
    "toc_entry": "E",
    "source": "S",
    "note": "N",
    "verse": "P",
    "front": "P",
    "code": "P",
}


@pytest.fixture(scope="module")
def textbook(shared: Path) -> tuple[str, str, Layout, dict[int, str]]:
    """The raw text, the repaired text, its layout, and the label of each block by the raw offset that it starts at."""
    raw = (shared / "texts" / f"{NAME}.txt").read_text(encoding="utf-8")
    repaired = repair(raw)
    applied = [edit for edit in repaired.edits if edit.applied]
    alignment = Alignment.from_edits(len(raw), applied)
    damaged = [alignment.to_target(edit.start, edit.end) for edit in applied if edit.rule == "legacy_letter"]
    layout = lay_out(repaired.text, damaged=damaged)
    found = {alignment.to_source(b.start, b.start + 1)[0]: KINDS[b.kind] for section in layout.sections for b in section.blocks}
    return raw, repaired.text, layout, found


@pytest.fixture(scope="module")
def gold() -> dict[int, str]:
    rows = [line.split("\t") for line in LABELS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {int(row[1]): row[2] for row in rows[1:]}


def f1(gold: set[int], found: set[int]) -> float:
    return 2 * len(gold & found) / (len(gold) + len(found))


def test_starts_of_paragraphs_and_items(textbook: tuple[str, str, Layout, dict[int, str]], gold: dict[int, str]) -> None:
    found = textbook[3]
    assert f1({at for at, label in gold.items() if label in BODY}, {at for at, label in found.items() if label in BODY}) >= 0.98
    prose = frozenset("PI")
    assert f1({at for at, label in gold.items() if label in prose}, {at for at, label in found.items() if label in prose}) >= 0.96


def test_headings(textbook: tuple[str, str, Layout, dict[int, str]], gold: dict[int, str]) -> None:
    found = textbook[3]
    assert f1({at for at, label in gold.items() if label == "H"}, {at for at, label in found.items() if label == "H"}) >= 0.93


def test_furniture_goes_and_no_other_number(textbook: tuple[str, str, Layout, dict[int, str]], gold: dict[int, str]) -> None:
    raw, text, layout, _ = textbook
    furniture = {at for at, label in gold.items() if label in "UuX"}
    clean = [
        apply_edits(text, [e for e in layout.edits if b.start <= e.start and e.end <= b.end], b.start, b.end)
        for section in layout.sections
        for b in section.blocks
    ]
    assert not any("http" in block or "%D0" in block for block in clean)
    lines = [match for match in re.finditer(r"\S[^\n]*", raw) if match.start() not in furniture]
    expected = re.findall(r"\d+", re.sub(r"\S*www\.\S+", "", "\n".join(match.group() for match in lines)))
    kept = re.findall(r"\d+", "\n".join(clean))
    assert abs(len(kept) - len(expected)) <= 2
    assert sorted(e.before for e in layout.edits if e.rule == "page_number") == ["29", "31", "35", "38", "50", "63", "94"]


def test_most_links_find_their_word(textbook: tuple[str, str, Layout, dict[int, str]]) -> None:
    links = [link for link in textbook[2].links if link.title]
    assert sum(link.mention is not None for link in links) > 0.8 * len(links)
