"""Capitals inside of words in small letters: `жӘне` for `және`, `аҚпарат` for `ақпарат`.

Optical character recognition confuses capital and small letters of one shape, and Tesseract's Kazakh data above all those that Russian
has not; some old keyboards gave the capital where the small letter was missing. A word that begins with a small letter and has such a
capital between small ones, or at its end, has no other reading; names made of several words (`АқҚала`) begin with a capital.
"""

from __future__ import annotations

import re

from kz_textkit.alignment import Edit
from kz_textkit.alphabet import KAZAKH_LOWER
from kz_textkit.repair.letter_model import word_score
from kz_textkit.repair.places import LONGEST_WORD, in_address

__all__ = ["CAPITALS", "capitals_in_words"]

CAPITALS = "ӘҒҚҢӨҰҮҺІ"
"""Kazakh capitals that Russian has not."""
#: Score from which the word in small letters is Kazakh.
SURE = 0.8

_CAPITAL = re.compile(f"[{CAPITALS}](?<=[{KAZAKH_LOWER}].)(?![{KAZAKH_LOWER.upper()}])")
_WORD = re.compile(f"(?<![\\w'’@./])[{KAZAKH_LOWER}](?:[{KAZAKH_LOWER}]|[{CAPITALS}](?=[{KAZAKH_LOWER}]|\\b))+(?![\\w@/])")


def capitals_in_words(text: str) -> list[Edit]:
    """Small letters for capitals inside of words; suggestions where the word does not look Kazakh.

    >>> [(e.start, e.before, e.after) for e in capitals_in_words("Мұнда аҚпарат жӘне АқҚала, ҚазҰУ")]
    [(7, 'Қ', 'қ'), (15, 'Ә', 'ә')]
    """
    edits: list[Edit] = []
    last = 0
    for capital in _CAPITAL.finditer(text):
        start = capital.start()
        if start < last:
            continue
        low = max(last, start - LONGEST_WORD)
        while start > low and text[start - 1].isalnum():
            start -= 1
        match = _WORD.match(text, start, start + 2 * LONGEST_WORD)
        if match is None or in_address(text, start, match.end()):
            continue
        last = match.end()
        word = match[0]
        sure = word_score(word.lower()) >= SURE
        edits += [
            Edit(start + i, start + i + 1, letter, letter.lower(), "homoglyph", sure, 0.9 if sure else 0.5)
            for i, letter in enumerate(word)
            if letter in CAPITALS
        ]
    return edits
