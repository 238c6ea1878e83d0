"""UTF-8 of other scripts than Cyrillic shown as Latin-1 or windows-1252: `cafÃ©` for `café`, `donâ€™t` for `don’t`.

Names and quotations in a Kazakh text are hurt like that. It is not Kazakh damage, and ftfy knows it better than anyone: a word that
ftfy judges bad is mended by its `fix_encoding`, which undoes wrong decoding and does nothing else, so that quotation marks stay.
"""

from __future__ import annotations

import re

import ftfy
from ftfy.badness import is_bad

from kz_textkit.alignment import Edit

__all__ = ["LEADING", "misread_western_edits"]

LEADING = frozenset("ÂÃâÄÅÎÏðã")
"""What the first byte of a character in UTF-8 looks like in windows-1252, for the scripts that occur beside Kazakh."""

_LEADING = re.compile(f"[{''.join(sorted(LEADING))}]")
_LONGEST = 200
"""Characters on either side of one of these that are taken for its word."""


def misread_western_edits(text: str, rule: str) -> list[Edit]:
    """Edits of the words of `text` that ftfy can read, ordered and without overlaps.

    >>> [(e.before, e.after) for e in misread_western_edits("Ол «cafÃ©» деп жазды.", "encoding")]
    [('«cafÃ©»', '«café»')]
    """
    edits = []
    done = 0
    for match in _LEADING.finditer(text):
        if match.start() < done:
            continue
        start, done = _word_around(text, match.start(), done)
        word = text[start:done]
        if is_bad(word) and (mended := ftfy.fix_encoding(word)) != word:
            edits.append(Edit(start, done, word, mended, rule))
    return edits


def _word_around(text: str, at: int, floor: int) -> tuple[int, int]:
    # What is between white space; searched for from the letter, since letters are many and these are few.
    start, end = at, at + 1
    low, high = max(floor, at - _LONGEST), min(len(text), at + _LONGEST)
    while start > low and not text[start - 1].isspace():
        start -= 1
    while end < high and not text[end].isspace():
        end += 1
    return start, end
