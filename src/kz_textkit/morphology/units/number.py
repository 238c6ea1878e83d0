"""Numbers in figures and Roman numerals, bare and with suffixes: `1995`, `55-ші`, `XX`, `35-те`, `5-жылдық`."""

from __future__ import annotations

from collections.abc import Sequence

from kz_textkit.morphology.lexicon import Entry
from kz_textkit.morphology.units.letters import CASE_CONTEXTS, DIGITS, LETTERS, NUMBER, NUMBER_HEAD
from kz_textkit.morphology.units.reading import Analyzer, UnitReading, endings, inflected, whole

__all__ = ["Number"]

FORMS = ("NumType=Card", "NumType=Ord", "NumType=Card,Ord")
ORDINALS = ("ші", "шы", "інші", "ыншы", "нші", "ншы")


class Number:
    """Reads figures as cardinals and ordinals, with the suffixes after them; a word after the hyphen makes a compound."""

    score = "2, 1.5, .3 for cardinal, ordinal, either (Roman 1, 2, 0); 4 with an ordinal suffix, 2 with others; 2 less than the word"

    def read(self, word: str, found: Sequence[UnitReading], analyzer: Analyzer) -> list[UnitReading]:
        """Readings of a token with figures or of Roman numerals."""
        if not (DIGITS.search(word) or NUMBER.match(word)):
            return []
        own = _bare(word) if NUMBER.match(word) else _suffixed(word, analyzer)
        if own or LETTERS.search(word):
            return own
        return [whole(word, "NUM", "NumType=Card", 0.0, True, "number")]


def _bare(word: str) -> list[UnitReading]:
    weights = (1.0, 2.0, 0.0) if word[0] in "IVXLCDM" else (2.0, 1.5, 0.3)
    return [whole(word, "NUM", feats, weight, True, "number") for feats, weight in zip(FORMS, weights, strict=True)]


def _suffixed(word: str, analyzer: Analyzer) -> list[UnitReading]:
    match = NUMBER_HEAD.match(word)
    if not match:
        return []
    head, rest = match.group(1), word[match.end() :]
    low = rest.lower()
    entry = Entry(head, "NUM", "", "NUM", 1.0, "own")
    found = [
        inflected(word, entry, head, head, ending, 2.0, True, "number")
        for context in CASE_CONTEXTS
        for ending in endings("NUM", context, low, "NUM", "")
        if not ending.derived
    ]
    if low in ORDINALS:
        parts = ((head, "NUM", head), (rest, "ORD", "(I)ншI"))
        found.append(UnitReading(head, "NUM", "NumType=Ord", parts, 4.0, True, "number", ()))
    if len(low) > 2 and match.group(2):
        for reading in analyzer.dictionary_readings(rest) or analyzer.guesses(rest):
            if reading.upos in ("NOUN", "ADJ", "VERB", "ADV"):
                morphemes = ((head + "-", "NUM", head), *reading.morphemes)
                lemma = f"{head}-{reading.lemma}"
                found.append(reading._replace(lemma=lemma, unit="hyphen", weight=reading.weight - 2, morphemes=morphemes))
    return found
