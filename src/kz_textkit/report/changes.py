"""A change in print: what was taken away and what came, letter by letter, with signs for what can't be seen."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

__all__ = ["Piece", "changed", "pieces"]

LONGEST = 120
"""Characters of a text that are shown."""

SIGNS = {
    "\n": "⏎",
    "\t": "⇥",
    "\f": "FF",
    "\u00a0": "NBSP",
    "\u00ad": "SHY",
    "\u200b": "ZWSP",
    "\u200c": "ZWNJ",
    "\u200d": "ZWJ",
    "\ufeff": "BOM",
}
"""What is printed for a character that can't be seen; others are printed by their code point."""


class Piece(NamedTuple):
    """Text that is printed in one way."""

    text: str
    is_changed: bool = False
    is_sign: bool = False
    """A stand-in for a character that can't be seen."""


def changed(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """`before` and `after` in pieces, those that differ marked.

    >>> before, after = changed("ӛмір", "өмір")
    >>> before[0], after[0], after[1].text
    (Piece(text='ӛ', is_changed=True, is_sign=False), Piece(text='ө', is_changed=True, is_sign=False), 'мір')
    """
    before, after = before[:LONGEST], after[:LONGEST]
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        left += pieces(before[i:j], is_changed=tag != "equal")
        right += pieces(after[k:m], is_changed=tag != "equal")
    return left, right


def pieces(text: str, *, is_changed: bool = False) -> list[Piece]:
    """`text` with stand-ins for what can't be seen; where nothing but space changed, spaces are shown too.

    >>> [piece.text for piece in pieces("қо\\u00adғам")]
    ['қо', 'SHY', 'ғам']
    """
    return list(_pieces(text, is_changed))


def _pieces(text: str, is_changed: bool) -> Iterator[Piece]:
    plain = ""
    shows_spaces = is_changed and text.isspace()
    for c in text:
        if c == " " and shows_spaces:
            sign = "␣"
        elif c.isprintable() and c not in SIGNS:
            plain += c
            continue
        else:
            sign = SIGNS.get(c, f"{ord(c):04X}")
        if plain:
            yield Piece(plain, is_changed)
            plain = ""
        yield Piece(sign, is_changed, True)
    if plain:
        yield Piece(plain, is_changed)
