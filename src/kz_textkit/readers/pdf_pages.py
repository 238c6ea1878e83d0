"""A page of a PDF as lines in reading order, each with its text and its geometry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from kz_textkit.readers.pdf_characters import Characters, Integers, Truths
from kz_textkit.readers.pdf_columns import columns_of
from kz_textkit.readers.pdf_lines import first_of_runs, fragments_of, rows_of, word_starts

__all__ = ["Line", "Page", "lines_of"]


class Line(NamedTuple):
    """A printed line."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    """Of most of its letters."""
    font: str
    bold: bool
    italic: bool
    column: int
    hidden: bool
    rotated: bool


class Page(NamedTuple):
    """A page with its lines in reading order."""

    number: int
    label: str
    width: float
    height: float
    lines: tuple[Line, ...]


def lines_of(characters: Characters) -> Iterator[Line]:
    """The lines of a page in reading order: text that runs from left to right first, then what is turned, by direction."""
    kept = _shown(characters)
    for quarter in range(5):
        members = np.flatnonzero(kept & (characters.quarter == quarter))
        if len(members):
            yield from _lines_of_direction(characters.take(members), quarter)


def _shown(characters: Characters) -> Truths:
    return characters.size >= 1.0


def _lines_of_direction(characters: Characters, quarter: int) -> Iterator[Line]:
    spaces = characters.is_space
    letters = characters.take(~spaces)
    if not len(letters):
        return
    order, fragments = fragments_of(letters)
    letters, space_before = letters.take(order), _space_before(spaces)[order]
    rows: list[Integers] = []
    columns: list[int] = []
    for column in columns_of(fragments):
        for row in rows_of(fragments, column.members):
            rows.append(np.concatenate([np.arange(fragments.first[one], fragments.last[one]) for one in row]))
            columns.append(column.number)
    number = np.repeat(np.arange(len(rows)), [len(one) for one in rows])
    places = np.concatenate(rows)
    places = places[np.lexsort((places, letters.x0[places], number))]
    yield from _assembled(letters.take(places), number, columns, space_before[places], quarter)


def _space_before(spaces: Truths) -> Truths:
    # Of each letter, in the order of the file.
    return np.concatenate(([False], spaces[:-1]))[~spaces]


def _assembled(letters: Characters, row: Integers, columns: list[int], space_before: Truths, quarter: int) -> Iterator[Line]:
    first = first_of_runs(row)
    counts = np.zeros((len(first), len(letters.styles)), dtype=np.int64)
    np.add.at(counts, (row, letters.style), 1)
    most, half = counts.argmax(axis=1), counts.sum(axis=1) / 2
    bold, italic, hidden = (
        counts @ np.array([getattr(style, name) for style in letters.styles], dtype=np.int64) > half
        for name in ("bold", "italic", "invisible")
    )
    x0, x1 = np.minimum.reduceat(letters.x0, first), np.maximum.reduceat(letters.x1, first)
    base = np.maximum.reduceat(np.where(letters.style == most[row], letters.base, -1e9), first)
    for number, text in enumerate(_texts(letters, first, word_starts(letters, row, space_before))):
        style = letters.styles[int(most[number])]
        low = float(base[number])
        box = _turned_back(float(x0[number]), low - 0.8 * style.size, float(x1[number]), low + 0.22 * style.size, quarter)
        yield Line(
            text,
            *box,
            style.size,
            style.font.name,
            bool(bold[number]),
            bool(italic[number]),
            columns[number],
            bool(hidden[number]),
            quarter != 0,
        )


def _texts(letters: Characters, first: Integers, starts: Truths) -> list[str]:
    codes = letters.code.copy()
    codes[(codes == 0x02) | (codes == 0xFFFE)] = ord("-")
    codes[(codes < 0x20) | (codes >= 0xD800) & (codes < 0xE000) | (codes > 0x10FFFF)] = 0xFFFD
    # A line feed before each row and a space before each other word.
    before = np.where(np.isin(np.arange(len(codes)), first), ord("\n"), np.where(starts, ord(" "), -1))
    both = np.stack((before, codes), axis=1).ravel()
    return both[both >= 0].astype("<u4").tobytes().decode("utf-32-le")[1:].split("\n")


def _turned_back(x0: float, y0: float, x1: float, y1: float, quarter: int) -> tuple[float, float, float, float]:
    # The box of a line of turned text on the page as it is shown.
    if quarter == 1:
        return -y1, x0, -y0, x1
    if quarter == 2:
        return -x1, -y1, -x0, -y0
    if quarter == 3:
        return y0, -x1, y1, -x0
    return x0, y0, x1, y1
