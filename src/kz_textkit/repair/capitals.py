"""Capitals inside of words in small letters: `жӘне` for `және`, `аҚпарат` for `ақпарат`.

Optical character recognition confuses capital and small letters of one shape, and Tesseract's Kazakh data above all those that Russian
has not; some old keyboards gave the capital where the small letter was missing. A word that begins with a small letter and has such a
capital between small ones, or at its end, has no other reading; names made of several words (`АқҚала`) begin with a capital.
"""

from __future__ import annotations

import re

from kz_textkit.alignment import Edit
from kz_textkit.alphabet import KAZAKH_LOWER, KAZAKH_SPECIAL, KAZAKH_UPPER
from kz_textkit.repair.letter_model import word_score
from kz_textkit.repair.places import words_with

__all__ = ["CAPITALS", "capitals_in_words"]

CAPITALS = "".join(letter for letter in KAZAKH_UPPER if letter in KAZAKH_SPECIAL)
"""Kazakh capitals that Russian has not."""
#: Score from which the word in small letters is Kazakh.
SURE = 0.8

_CAPITAL = re.compile(f"[{CAPITALS}](?<=[{KAZAKH_LOWER}].)(?![{KAZAKH_UPPER}])")
_WORD = re.compile(f"(?<![\\w'’@./])[{KAZAKH_LOWER}](?:[{KAZAKH_LOWER}]|[{CAPITALS}](?=[{KAZAKH_LOWER}]|\\b))+(?![\\w@/])")


def capitals_in_words(text: str) -> list[Edit]:
    """Small letters for capitals inside of words; suggestions where the word does not look Kazakh.

    >>> [(e.start, e.before, e.after) for e in capitals_in_words("Мұнда аҚпарат жӘне АқҚала, ҚазҰУ")]
    [(7, 'Қ', 'қ'), (15, 'Ә', 'ә')]
    """
    edits: list[Edit] = []
    for match in words_with(text, _CAPITAL, _WORD):
        word, start = match[0], match.start()
        sure = word_score(word.lower()) >= SURE
        edits += [
            Edit(start + i, start + i + 1, letter, letter.lower(), "homoglyph", sure, 0.9 if sure else 0.5)
            for i, letter in enumerate(word)
            if letter in CAPITALS
        ]
    return edits
