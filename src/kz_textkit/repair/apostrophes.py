"""Apostrophes for the hard sign: `об'ект` for `объект`.

Typewriters and some keyboard layouts had no `ъ`, and the habit lives on. Words with a hard sign are few in Kazakh, all of them loans
with a Latin or Russian prefix before `е ё ю я`; only these are mended, and only in text that has letters special to Kazakh: in
Ukrainian and Belarusian the apostrophe is the spelling (`об'єкт`, `сям'я`).
"""

from __future__ import annotations

import re

from kz_textkit.alignment import Edit
from kz_textkit.repair.places import occurrences, word_span

__all__ = ["APOSTROPHES", "apostrophes_in_words"]

PREFIXES = ("об", "суб", "под", "ад", "ин", "кон", "раз", "из", "пред", "меж", "транс", "с")
"""What stands before a hard sign in loanwords of Kazakh: объект, субъект, подъезд, адъютант, инъекция, конъюнктура, съезд ..."""

APOSTROPHES = "'’ʼ`"
"""What is typed for a hard sign."""

_AFTER_HARD_SIGN = frozenset("еёюяЕЁЮЯ")
_KAZAKH_ONLY = re.compile("[әғқңөұү]")


def apostrophes_in_words(text: str) -> list[Edit]:
    """A hard sign for the apostrophe in Kazakh loanwords.

    >>> [(e.before, e.after) for e in apostrophes_in_words("құрылыс об'ектісі, съезд делегаты")]
    [("'", 'ъ')]
    >>> apostrophes_in_words("з'їзд, об'єкт, об'ява")
    []
    """
    edits: list[Edit] = []
    for at in occurrences(text, APOSTROPHES):
        if text[at + 1 : at + 2] not in _AFTER_HARD_SIGN:
            continue
        start, _ = word_span(text, at, at)
        before, after = text[start:at], text[at + 1 : at + 3]
        if before.lower() in PREFIXES and after.isalpha():
            edits.append(Edit(at, at + 1, text[at], "Ъ" if before.isupper() and after.isupper() else "ъ", "homoglyph", True, 0.8))
    if edits and not _KAZAKH_ONLY.search(text):
        return []
    return edits
