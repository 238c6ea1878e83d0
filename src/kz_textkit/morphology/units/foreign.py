"""Words of other languages: those in other letters, and unknown ones with the look of Russian."""

from __future__ import annotations

from collections.abc import Sequence

from kz_textkit.morphology.units.letters import CYRILLIC, KAZAKH_LETTERS, RUSSIAN_ENDS
from kz_textkit.morphology.units.reading import Analyzer, UnitReading, whole

__all__ = ["OtherLetters", "Russian"]


class OtherLetters:
    """Reads words without a Cyrillic letter: in small letters X, otherwise a name."""

    score = "0: there is no other reading"

    def read(self, word: str, found: Sequence[UnitReading], analyzer: Analyzer) -> list[UnitReading]:
        """Readings of a token without Cyrillic letters."""
        if CYRILLIC.search(word):
            return []
        upos, feats = ("X", "") if word.islower() else ("PROPN", "Case=Nom")
        return [whole(word, upos, feats, 0.0, False, "foreign", tag="FOREIGN")]


class Russian:
    """Reads unknown words without a letter that only Kazakh has, and with an end that Russian has, as foreign, beside the guess."""

    score = "3"

    def read(self, word: str, found: Sequence[UnitReading], analyzer: Analyzer) -> list[UnitReading]:
        """Readings of unknown words with Russian ends."""
        if word.islower() and word.endswith(RUSSIAN_ENDS) and KAZAKH_LETTERS.isdisjoint(word):
            return [whole(word, "X", "", 3.0, False, "foreign", tag="FOREIGN")]
        return []
