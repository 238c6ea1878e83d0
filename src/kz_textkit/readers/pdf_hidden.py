"""Which letters of a page of a PDF a reader sees: what is off the page, too small, drawn twice, or hidden beneath is told apart.

Letters that are not drawn at all are the text layer of a scan, and kept; where they repeat what is drawn they are left out. White
letters are kept where there is something dark behind them. Letters drawn twice a hair apart (bold letters that are none) are one.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from kz_textkit.readers.pdf_characters import Characters, Floats, Sheet, Truths

__all__ = ["Picture", "seen"]

SMALLEST = 1.0
"""Size in points below which letters are not meant to be read."""
MARGIN = 2.0
"""Points beyond the edge of the page at which a letter's middle is off it."""
CONTRAST = 40
"""Difference of the lightest and the darkest point, of 255, from which on something is seen in a place."""

Picture = npt.NDArray[np.uint8]
"""A page as grey points, a point of the page each."""


def seen(characters: Characters, sheet: Sheet, picture: Callable[[], Picture]) -> tuple[Characters, int]:
    """The characters that are kept, and how many letters were left out as hidden; `picture` draws the page."""
    x, y = characters.centres()
    inside = (x > -MARGIN) & (x < sheet.width + MARGIN) & (y > -MARGIN) & (y < sheet.height + MARGIN)
    kept = (characters.size >= SMALLEST) & inside
    invisible = np.array([style.invisible for style in characters.styles] or [False])[characters.style] & kept
    white = np.array([style.white for style in characters.styles] or [False])[characters.style] & kept
    if white.any():
        kept[np.flatnonzero(white)[~_contrasts(picture(), x[white], y[white], characters.size[white])]] = False
    if invisible.any() and _repeats(x, y, characters.size, invisible, kept & ~invisible):
        kept &= ~invisible
    hidden = int((~kept & ~characters.is_space).sum())
    kept &= ~_drawn_twice(characters, kept)
    return (characters if kept.all() else characters.take(kept)), hidden


def _contrasts(picture: Picture, x: Floats, y: Floats, size: Floats) -> Truths:
    result = np.zeros(len(x), dtype=bool)
    for index, (left, top, half) in enumerate(zip(x.tolist(), y.tolist(), (size / 2 + 1).tolist(), strict=True)):
        part = picture[max(0, int(top - half)) : int(top + half) + 1, max(0, int(left - half)) : int(left + half) + 1]
        result[index] = part.size > 0 and int(part.max()) - int(part.min()) > CONTRAST
    return result


def _repeats(x: Floats, y: Floats, size: Floats, hidden: Truths, shown: Truths) -> bool:
    """Whether most hidden letters have a letter that is drawn in their place."""
    if not shown.any():
        return False
    step = max(3.0, float(np.median(size[shown])))
    places = {(column, row) for column, row in zip((x[shown] // step).tolist(), (y[shown] // step).tolist(), strict=True)}
    found = [(column, row) in places for column, row in zip((x[hidden] // step).tolist(), (y[hidden] // step).tolist(), strict=True)]
    return sum(found) > 0.5 * len(found)


def _drawn_twice(characters: Characters, kept: Truths) -> Truths:
    """Characters that stand where the same one does already; of a ligature that stands for two alike both are kept."""
    result = np.zeros(len(characters), dtype=bool)
    places = np.flatnonzero(kept & ~characters.is_space)
    if len(places) < 2:
        return result
    code, size, angle = characters.code[places], characters.size[places], characters.angle[places]
    row = np.round(characters.base[places] / np.maximum(0.15 * size, 0.5)).astype(np.int64)
    x = characters.x0[places]
    order = np.lexsort((places, x, row, code, angle))
    near = (code[order][1:] == code[order][:-1]) & (row[order][1:] == row[order][:-1]) & (angle[order][1:] == angle[order][:-1])
    width = np.maximum(characters.x1[places] - x, 0.15 * size)[order]
    near &= (np.diff(x[order]) < 0.35 * width[1:]) & (np.abs(np.diff(characters.base[places][order])) < 0.15 * size[order][1:])
    run = characters.run[places][order]
    near &= ~((run[1:] == run[:-1]) & (np.abs(np.diff(places[order])) == 1))
    later = np.maximum(places[order][1:], places[order][:-1])
    result[later[near]] = True
    return result
