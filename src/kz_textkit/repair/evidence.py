"""How much a text looks like Kazakh or Russian: what decides between 8-bit encodings, of a file (`readers`) and of a stretch of text.

A wrong reading of 8-bit Cyrillic has unlikely letter sequences, letters of other languages or signs inside words, and (KOI8-R read as
windows-1251 or the other way round) capitals where small letters belong.
"""

from __future__ import annotations

import re

from kz_textkit.repair.languages import CYRILLIC_LANGUAGES
from kz_textkit.repair.letter_model import word_total

__all__ = ["cyrillic_score"]

# A word may have signs inside it that are letters in another reading.
_WORD = re.compile("[\u0400-\u052f](?:[\u0400-\u052f¤¦±µ†‡‰€‚‹›™¬·°¶§\u00ad\ufffd]*[\u0400-\u052f])*")
_SIGN = re.compile("[^\u0400-\u052f]")
_FRAME = re.compile("[\u2320\u2321\u2500-\u25ff≈≤≥√∙\u0080-\u009f]")

#: Cost of a sign within a word, of a letter in the wrong case, and of a sign for drawing frames, in the unit of the letter model.
SIGN, CASE, FRAME = -5.0, -1.5, -2.0
#: What a Russian function word is worth, a letter.
RUSSIAN = 4.0

_RUSSIAN_WORDS = frozenset(CYRILLIC_LANGUAGES["ru"].words.split())


def cyrillic_score(text: str) -> float:
    """Mean score per letter: about 2 for Kazakh, 0 for Russian, below -2 for either in the wrong encoding; 0 without Cyrillic letters.

    >>> right = "Мектеп жасынан кітапқа құмар болдым"
    >>> cyrillic_score(right) > 1 > -2 > cyrillic_score(right.encode("kz1048").decode("koi8-r"))
    True
    """
    total, letters = 0.0, 0
    for word in _WORD.findall(text):
        lower = word.lower()
        if _SIGN.search(word):
            total += SIGN * len(_SIGN.findall(word))
        score, length = word_total(lower)
        if lower in _RUSSIAN_WORDS:
            score = max(score, RUSSIAN * len(word))
        total += score
        letters += length
        if word[1:] != lower[1:] and not word.isupper():
            total += CASE * sum(letter.isupper() for letter in word[1:])
    total += FRAME * len(_FRAME.findall(text))
    return total / letters if letters else 0.0
