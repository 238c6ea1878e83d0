"""Why a line is what the layout says it is: its signs, and what each of them weighed.

The layout decides on all lines at once by adding up weights (`layout.tagger`); here they are shown for one line, for the label that it
got against the one that came next, so that a wrong decision can be understood and its weight or sign be put right.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from kz_textkit.alignment import Alignment
from kz_textkit.cleaning.marks import shift_marks
from kz_textkit.cleaning.repairing import repaired
from kz_textkit.document import RawDocument
from kz_textkit.errors import UsageError
from kz_textkit.layout.marked import covers
from kz_textkit.layout.page import read_page_lines
from kz_textkit.layout.settled import read_settled
from kz_textkit.layout.tagger import LABELS, emissions, load_weights, reasons, tag
from kz_textkit.settings import Settings
from kz_textkit.user_titles import read_user_titles

__all__ = ["Why", "WhyRow", "why"]


@dataclass(frozen=True, slots=True)
class WhyRow:
    """One sign, and what it weighed."""

    sign: str
    line: int
    """The line that it is seen on: 0 the line itself, -1 the line before it, 1 the one after."""
    value: str
    weight: float
    """What it speaks for the label by, above 0, or against it."""
    against: float
    """What it speaks for the other label by."""


@dataclass(frozen=True, slots=True)
class Why:
    """What a line was taken for, what it would have been next, and the signs that decided, the weightiest first."""

    text: str
    label: str
    """As in `layout.tagger.LABELS`; `furniture` where the line was taken out; `certain` where tables of contents or marks decided."""
    other: str
    rows: tuple[WhyRow, ...]


def why(raw: RawDocument, line: int, settings: Settings | None = None) -> Why:
    """What decided on a line of the raw text, counted from 1.

    Raises `UsageError` where the text has no such line, or it is blank.

    >>> found = why(RawDocument("а", "а.txt", "", "utf-8", "1-тарау. Зат есім\\n\\nЗат есім заттың атын білдіреді."), 1)
    >>> found.label, sum(row.weight - row.against for row in found.rows) > 0
    ('heading', True)
    """
    text_lines = raw.text.split("\n")
    if not 1 <= line <= len(text_lines) or not text_lines[line - 1].strip():
        raise UsageError(f"line {line} is blank, or there is none: the text has {len(text_lines):,} lines")
    start = sum(len(text) + 1 for text in text_lines[: line - 1])
    end = start + len(text_lines[line - 1])
    chosen = settings or Settings()
    found = repaired(raw.text, chosen)
    applied = [edit for edit in found.edits if edit.applied]
    alignment = Alignment.from_edits(len(raw.text), applied)
    marks = shift_marks(raw.marks, len(raw.text), applied)
    shown = text_lines[line - 1].strip()
    if covers(found.text, marks):
        return Why(shown, "certain", "", ())
    damaged = [alignment.to_target(edit.start, edit.end) for edit in applied if edit.rule == "legacy_letter"]
    titles, weights = read_user_titles(chosen.titles), load_weights()
    settled = read_settled(found.text, damaged, marks, titles, weights)
    page = settled[0] if settled else read_page_lines(found.text, damaged, marks, titles)
    first, last = alignment.to_target(start, end)
    at = bisect_right([one.start for one in page.lines], last) - 1
    if at < 0 or page.lines[at].end <= first:
        return Why(shown, "furniture", "", ())
    if settled:
        label = settled[1][at]
    else:
        label = tag(page.signs, weights, apart=page.apart, together=page.together, known=page.known, alike=page.alike)[at]
    if at in page.known:
        return Why(shown, label, "certain", ())
    scores = emissions(page.signs, weights)[at]
    other = next(LABELS[k] for k in (-scores).argsort() if LABELS[k] != label)
    signs: dict[tuple[str, int, str], list[float]] = {}
    for side, name in enumerate((label, other)):
        for reason in reasons(page.signs, weights, at, name):
            signs.setdefault((reason.sign, reason.line, reason.value), [0.0, 0.0])[side] = reason.weight
    rows = [WhyRow(sign, where, value, round(mine, 3), round(theirs, 3)) for (sign, where, value), (mine, theirs) in signs.items()]
    rows.sort(key=lambda row: -abs(row.weight - row.against))
    return Why(shown, label, other, tuple(rows))
