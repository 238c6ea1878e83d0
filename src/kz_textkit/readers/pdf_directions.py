"""Lines of scripts that run from right to left (Kazakh in Arabic letters), put into the order in which they are read.

Letters are found from left to right as they stand on the page. In a line that has more letters of such a script than others the order
is turned round, and that of numbers and of words in other letters is turned back: the rules of the Unicode bidirectional algorithm,
read backwards, for what one line of print needs of them.
"""

from __future__ import annotations

import numpy as np

from kz_textkit.readers.pdf_characters import Integers, Truths

__all__ = ["reading_order"]

NEUTRAL = frozenset(range(0x21, 0x30)) | frozenset(range(0x3A, 0x41)) | {0x5B, 0x5D, 0x7B, 0x7D, 0xAB, 0xBB, 0x2013, 0x2014, 0x2026}
"""Marks that go with what is on both sides of them."""


def reading_order(codes: Integers, before: Integers, first: Integers) -> tuple[Integers, Integers]:
    """Places of the characters in the order of reading, and what is written before each in that order.

    `codes` are the characters from left to right, row after row; `first` is where rows begin, `before` what is written before each
    character (a code point, or -1).

    >>> codes = np.array([ord(letter) for letter in "قازاق تىلى"[::-1] if letter != " "])
    >>> before = np.where(np.arange(9) == 4, ord(" "), -1)
    >>> order, _ = reading_order(codes, before, np.array([0]))
    >>> "".join(chr(code) for code in codes[order])
    'قازاقتىلى'
    """
    order, written = np.arange(len(codes)), before.copy()
    turned = _runs_to_the_left(codes)
    if not turned.any():
        return order, written
    for start, end in zip(first.tolist(), [*first[1:].tolist(), len(codes)], strict=True):
        row = turned[start:end]
        neutral = np.array([code in NEUTRAL for code in codes[start:end].tolist()])
        if row.sum() * 2 > (~neutral).sum():
            places = _turned(row, neutral)
            order[start:end] = start + places[:, 0]
            written[start:end] = np.where(places[:, 1] < 0, -1, before[start + places[:, 1]])
    return order, written


def _runs_to_the_left(codes: Integers) -> Truths:
    hebrew_to_arabic = (
        (codes >= 0x590) & (codes < 0x900) & ~((codes >= 0x660) & (codes < 0x66A)) & ~((codes >= 0x6F0) & (codes < 0x6FA))
    )
    return hebrew_to_arabic | ((codes >= 0xFB1D) & (codes < 0xFE00)) | ((codes >= 0xFE70) & (codes < 0xFEFF))


def _turned(row: Truths, neutral: Truths) -> Integers:
    """For each place of a turned row: the character, and the one that had before it (from left to right) what comes before it now."""
    other = ~row & ~neutral
    # A mark between two characters that run to the right runs with them.
    places = np.arange(len(row))
    last = np.maximum.accumulate(np.where(~neutral, places, -1))
    following = np.minimum.accumulate(np.where(~neutral, places, len(row))[::-1])[::-1]
    inside = neutral & (last >= 0) & (following < len(row))
    other |= inside & np.where(inside, other[np.maximum(last, 0)] & other[np.minimum(following, len(row) - 1)], False)
    borders = [0, *(np.flatnonzero(other[1:] != other[:-1]) + 1).tolist(), len(row)]
    result: list[tuple[int, int]] = []
    for start, end in zip(borders[-2::-1], borders[:0:-1], strict=True):
        boundary = end if end < len(row) else -1
        if other[start]:
            result += [(start, boundary), *((place, place) for place in range(start + 1, end))]
        else:
            result += [(end - 1, boundary), *((place, place + 1) for place in range(end - 2, start - 1, -1))]
    return np.array(result, dtype=np.int64)
