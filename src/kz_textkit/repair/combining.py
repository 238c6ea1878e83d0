"""Letters in two code points: `й` as `и` with a breve, `ё` as `е` with two dots.

File systems and PDF extraction decompose the two letters of the Kazakh alphabet that Unicode can write with a combining mark; searches
and dictionaries have them in one code point (Unicode Standard Annex 15, form C).
"""

from __future__ import annotations

from kz_textkit.alignment import Edit

__all__ = ["combining_letters"]

COMPOSED = {
    "и\u0306": "й",
    "И\u0306": "Й",
    "е\u0308": "ё",
    "Е\u0308": "Ё",
}


def combining_letters(text: str) -> list[Edit]:
    """One code point for two.

    >>> [(len(e.before), len(e.after)) for e in combining_letters("маи\\u0306 аи\\u0306ы")]
    [(2, 1), (2, 1)]
    """
    edits: list[Edit] = []
    for mark in "\u0306\u0308":
        at = text.find(mark)
        while at > 0:
            composed = COMPOSED.get(text[at - 1 : at + 1])
            if composed is not None:
                edits.append(Edit(at - 1, at + 1, text[at - 1 : at + 1], composed, "homoglyph"))
            at = text.find(mark, at + 1)
    return sorted(edits, key=lambda e: e.start)
