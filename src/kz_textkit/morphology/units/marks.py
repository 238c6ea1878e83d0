"""Punctuation, symbols and emoji: tokens without letters and figures."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from kz_textkit.morphology.units.letters import DIGITS, LETTERS
from kz_textkit.morphology.units.reading import Analyzer, UnitReading, whole

__all__ = ["Marks"]

PICTURES = frozenset({"So", "Sk", "Cf", "Mn"})
"""Categories of what emoji are made of."""
SYMBOLS = frozenset("+=<>$%№§©®°&*#@^~|/\\€₸£¥±×÷")


class Marks:
    """Reads `!` as PUNCT and `%` as SYM; what the dictionary has of a mark comes before it."""

    score = "0: there is no other reading"

    def read(self, word: str, found: Sequence[UnitReading], analyzer: Analyzer) -> list[UnitReading]:
        """Readings of a token without letters and figures."""
        if LETTERS.search(word) or DIGITS.search(word):
            return []
        pictures = all(ch in SYMBOLS or unicodedata.category(ch) in PICTURES for ch in word)
        return [*analyzer.dictionary_readings(word), whole(word, "SYM" if word and pictures else "PUNCT", "", 0.0, True, "punctuation")]
