"""Notes at the foot of a page, and the marks in the text that lead to them.

A mark is a number or sign that is raised and small. A note stands below the text of its column or page, in smaller letters, and begins
with the number or sign of a mark; both together are better evidence than either. What is small and raised after a unit of measure is a
power.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from kz_textkit.alphabet import KAZAKH_LOWER
from kz_textkit.readers.pdf_pages import Line, PageText

__all__ = ["Note", "Reference", "notes_of", "references_of"]

RAISED = 0.12
"""Height above the base line, in sizes of the line, from which a small letter is raised."""
SMALL = 0.85
"""Size of a raised letter beside its line, at most."""
SMALLER = 0.94
"""Size of notes beside that of the text, at most."""

_MARK = re.compile(r"[(\[]?(\d{1,3}|\*{1,4}|[†‡§]{1,3}|[⁰¹²³⁴-⁹]{1,3})[)\]]?")
_LABEL = re.compile(r"[(\[]?(\d{1,3}|\*{1,4}|[†‡§]{1,3}|[⁰¹²³⁴-⁹]{1,3})[)\].]?\s?(?=[^\W\d_]|[«\"“„(])")
_RAISED_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_UNIT = re.compile(rf"(?:^|[\d\s.,(/])(?:м|км|см|мм|дм|мкм|m|km|cm|mm|[a-z{KAZAKH_LOWER}])$", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\W*\d{1,4}\W*")


class Reference(NamedTuple):
    """A mark in the text of a page: where it stands, and its number or sign."""

    start: int
    end: int
    label: str


class Note(NamedTuple):
    """A note at the foot of a page: where it stands, and where the number or sign that it begins with ends."""

    start: int
    end: int
    label: str
    label_end: int


def references_of(page: PageText) -> list[Reference]:
    """The raised numbers and signs of a page that are no powers, in order; those that a line begins with are left out."""
    found: list[Reference] = []
    for start, end in _raised(page):
        match = _MARK.fullmatch(page.text[start:end])
        before = page.text[max(0, start - 12) : start]
        if match and before and not before.endswith("\n") and not _is_power(before, match[1]):
            found.append(Reference(start, end, match[1].translate(_RAISED_DIGITS)))
    return found


def _raised(page: PageText) -> Iterator[tuple[int, int]]:
    with np.errstate(invalid="ignore"):
        raised = np.zeros(len(page.text), dtype=bool)
        for line in page.lines:
            part = slice(line.start, line.end)
            raised[part] = (page.rise[part] > RAISED) & (page.size[part] <= SMALL * line.size)
    if not page.text.isascii():
        for match in re.finditer("[⁰¹²³⁴-⁹]+", page.text):
            raised[match.start() : match.end()] = True
    edges = np.flatnonzero(np.diff(np.concatenate(([0], raised.astype(np.int8), [0]))))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _is_power(before: str, label: str) -> bool:
    return label.translate(_RAISED_DIGITS) in ("2", "3") and _UNIT.search(before) is not None


def notes_of(page: PageText, references: list[Reference], body: float) -> list[Note]:
    """The notes of a page whose text is set in the size `body`, in order."""
    labels = {reference.label for reference in references}
    found: list[Note] = []
    for foot in _feet(page, body):
        open_note: tuple[Line, str, int] | None = None
        last = None
        for line in foot:
            match = _LABEL.match(page.text, line.start, line.end)
            label = match[1].translate(_RAISED_DIGITS) if match else ""
            if match and (label in labels or (open_note is not None and _follows(label, open_note[1]))):
                if open_note is not None and last is not None:
                    found.append(Note(open_note[0].start, last.end, open_note[1], open_note[2]))
                open_note = line, label, match.end()
            last = line if open_note is not None else None
        if open_note is not None and last is not None:
            found.append(Note(open_note[0].start, last.end, open_note[1], open_note[2]))
    return found


def _follows(label: str, previous: str) -> bool:
    return (label.isdigit() and previous.isdigit() and int(label) == int(previous) + 1) or label == previous + "*"


def _feet(page: PageText, body: float) -> Iterator[list[Line]]:
    """The small lines at the foot of each column, from top to bottom; a page number under them is left out."""
    upright = [line for line in page.lines if line.angle == 0]
    end = len(upright)
    while end:
        begin = end
        while begin and not (begin < end and _new_column(upright[begin - 1], upright[begin])):
            begin -= 1
        yield _foot(page, upright[begin:end], body)
        end = begin


def _new_column(line: Line, following: Line) -> bool:
    return following.y1 < line.y0


def _foot(page: PageText, lines: list[Line], body: float) -> list[Line]:
    while lines and (_PAGE_NUMBER.fullmatch(page.text, lines[-1].start, lines[-1].end) or lines[-1].end - lines[-1].start < 3):
        lines = lines[:-1]
    first = len(lines)
    while first and lines[first - 1].size <= SMALLER * body:
        first -= 1
    return lines[first:]
