"""Labelled texts as the tagger sees them: signs of the lines that are left when furniture is out, with the label that each should
get."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from texts import LabelledText

from kz_textkit.alignment import Alignment
from kz_textkit.cleaning.marks import shift_marks
from kz_textkit.layout.page import read_page_lines
from kz_textkit.layout.signs import Column
from kz_textkit.repair import repair

FURNITURE = ("page_number", "running_head", "url")


@dataclass
class Prepared:
    """One labelled text, ready for training or scoring."""

    text: LabelledText
    signs: Mapping[str, Column]
    rows: list[int]
    """For each line that is left the number of its line in the labelled text."""
    labels: list[str]
    """For each line that is left its label; `?` where it is not to be learnt from."""
    apart: np.ndarray
    together: np.ndarray
    alike: np.ndarray
    known: Mapping[int, str]


def prepare(text: LabelledText) -> Prepared:
    raw = text.text
    repaired = repair(raw)
    applied = [edit for edit in repaired.edits if edit.applied]
    alignment = Alignment.from_edits(len(raw), applied)
    damaged = [alignment.to_target(e.start, e.end) for e in applied if e.rule == "legacy_letter"]
    page = read_page_lines(repaired.text, damaged, shift_marks(text.marks, len(raw), applied))
    row_starts = [0]
    for line in raw.split("\n"):
        row_starts.append(row_starts[-1] + len(line) + 1)
    rows, labels, seen = [], [], set()
    for line in page.lines:
        start = alignment.to_source(line.start, line.start + 1)[0]
        row = min(bisect_right(row_starts, start) - 1, len(text.labels) - 1)
        label = text.labels[row] or "?"
        if row in seen and label in KINDS:
            label = f"{label}_cont"
        seen.add(row)
        rows.append(row)
        labels.append("furniture" if label in FURNITURE else label)
    return Prepared(text, page.signs, rows, labels, page.apart, page.together, page.alike, page.known)


KINDS = ("heading", "para", "item", "question", "outline", "toc", "table", "source", "note", "verse", "code", "front")
