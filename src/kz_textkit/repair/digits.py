"""Digits in the place of letters inside words: `6ір` for `бір`, `қа3ақ` for `қазақ`, `0рал` for `Орал`.

Optical character recognition reads `б` as 6, `з` as 3, `о` as 0, and some type them so. But a digit before letters is as often a
number that lacks its space or hyphen (`6ай`, `20ға`), and one after letters a footnote mark or a unit (`м2`): a digit is read as a
letter only inside or before the letters of a word that the letter model knows, and not where what follows it is a word by itself.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from kz_textkit.alignment import Edit
from kz_textkit.alphabet import DIGIT_TO_CYRILLIC, KAZAKH_LOWER, KAZAKH_UPPER
from kz_textkit.repair.letter_model import word_score
from kz_textkit.repair.places import words_with

__all__ = ["digits_in_words"]

#: Score from which the word with letters for digits is Kazakh, and below which what follows the digit is no word by itself.
SURE, NO_WORD = 1.2, 0.4

_LETTERS = KAZAKH_LOWER + KAZAKH_UPPER
_WORD = re.compile(
    rf"(?<![\w.,/-])[{_LETTERS}]*(?:[{''.join(DIGIT_TO_CYRILLIC)}][{_LETTERS}]+)+(?![\w])",
)
_DIGIT_BEFORE_LETTER = re.compile(f"[{''.join(DIGIT_TO_CYRILLIC)}](?=[{_LETTERS}])")


def digits_in_words(text: str) -> list[Edit]:
    """Letters for single digits inside words, or at their beginning where nothing else makes sense; suggestions where something does.

    >>> [(e.before, e.after, e.applied) for e in digits_in_words("6ір қа3ақ, 6 ай, 6ай, 20ға, м2")]
    [('6', 'б', True), ('3', 'з', True), ('6', 'б', False)]
    """
    edits: list[Edit] = []
    for match in words_with(text, _DIGIT_BEFORE_LETTER, _WORD):
        found = _read(match[0])
        if found is None:
            continue
        word, applied = found
        edits += [
            Edit(match.start() + i, match.start() + i + 1, before, after, "homoglyph", applied, 0.8 if applied else 0.4)
            for i, (before, after) in enumerate(zip(match[0], word, strict=True))
            if before != after
        ]
    return edits


@lru_cache(maxsize=1 << 12)
def _read(word: str) -> tuple[str, bool] | None:
    digits = [i for i, c in enumerate(word) if c.isdigit()]
    if len(word) < 3 or len(digits) > 2 or len(digits) * 2 > len(word):
        return None
    capital = word[1:2].isupper()
    choices = [_letters_for(c, i == 0, capital) for i, c in enumerate(word)]
    best = max(("".join(c) for c in product(*choices)), key=word_score)
    if word_score(best) < SURE:
        return None
    rest = word[digits[0] + 1 :]
    leading = digits[0] == 0 and word[0] != "0"
    return best, not leading or word_score(rest) < NO_WORD


def _letters_for(character: str, first: bool, capital: bool) -> str:
    letters = DIGIT_TO_CYRILLIC.get(character, character)
    if len(letters) == 1:
        return letters
    if first and character == "0":
        return letters[1]
    return letters[1] if capital else letters[0]
